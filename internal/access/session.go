package access

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"time"

	"github.com/alexedwards/scs/v2"
)

// Names of the cookie that bears a session: with the prefix where it travels
// over TLS only.
const (
	CookieName       = "callboard"
	SecureCookieName = "__Host-callboard"
)

// afterRenewal is how long the former token of a session is still taken, for
// requests that were under way when it was replaced.
const afterRenewal = 30 * time.Second

// A session is somebody's sign-in in one browser.
type session struct {
	hash    string // of the token
	id      string
	person  int64
	data    []byte // as scs has it
	started time.Time
	seen    time.Time
	kept    time.Time // seen, as it is in the file
	until   time.Time
	rights  int64
	network string
	browser string
	shown   time.Time
	unkept  bool // the file could not take it: it ends with the process
}

// A former token leads to the session that it was of.
type former struct {
	id    string
	until time.Time
}

// A Session is where and since when somebody is signed in, for people to read.
type Session struct {
	ID       string // names it in EndSession; not the token
	Person   int64
	Started  time.Time
	LastSeen time.Time // to the minute
	Until    time.Time // it ends then at the latest
	Network  string    // of the address: "192.0.2.0/24"
	Browser  string    // in words: "Firefox on Linux"; empty when it is no known one
	Streams  int       // pages open now
	Shown    time.Time // hidden numbers are shown until then; zero: they are not
}

const sessionColumns = "token, id, person, data, started, seen, until, rights, network, browser, shown"

func scanSession(row scanner) (*session, error) {
	var e session
	var started, seen, until, shown int64
	err := row.Scan(&e.hash, &e.id, &e.person, &e.data, &started, &seen, &until, &e.rights, &e.network, &e.browser, &shown)
	e.started, e.seen, e.until, e.shown = fromMillis(started), fromMillis(seen), fromMillis(until), fromMillis(shown)
	e.kept = e.seen
	return &e, err
}

// takeSessions puts those of the file in the place of those known, but for what
// memory knows better. It needs mu.
func (s *Service) takeSessions(list []*session) {
	was := s.byID
	s.sessions, s.byID = make(map[string]*session, len(list)), make(map[string]*session, len(list))
	for _, e := range was {
		if e.unkept {
			list = append(list, e)
		}
	}
	for _, e := range list {
		if s.dead[e.id] {
			continue
		}
		if old := was[e.id]; old != nil && old.seen.After(e.seen) {
			e.seen = old.seen
		}
		s.sessions[e.hash], s.byID[e.id] = e, e
	}
}

// manager makes scs's part: tokens, cookies and the total limit are its, the
// idle limit is ours, as it would write with every request.
func (s *Service) manager(secure bool) *scs.SessionManager {
	m := &scs.SessionManager{ // not scs.New, which begins a goroutine that nothing ends
		Lifetime: s.opt.Total, Store: &store{s}, Codec: codec{}, HashTokenInStore: true,
		Cookie: scs.SessionCookie{Name: CookieName, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode},
	}
	if secure {
		m.Cookie.Name, m.Cookie.Secure = SecureCookieName, true
	}
	return m
}

func (s *Service) managerOf(r *http.Request) *scs.SessionManager {
	if s.isSecure(r) {
		return s.secure
	}
	return s.plain
}

// Start signs somebody in: this browser gets a session with a new token and is
// known from now on; a session that it had ends. Nothing may have been written
// to w. addr is the browser's address.
func (s *Service) Start(w http.ResponseWriter, r *http.Request, a Account, addr netip.Addr) (Who, error) {
	m := s.managerOf(r)
	if old := s.sessionOf(r); old != "" {
		if err := s.EndSession(r.Context(), Who{Kind: Person, ID: a.Ref(), Name: a.Name}, old); err != nil && !errors.Is(err, ErrUnknown) {
			return Who{}, err
		}
	}
	now := time.Now()
	ctx, err := m.Load(context.WithoutCancel(r.Context()), "")
	if err != nil {
		return Who{}, err
	}
	id := rand.Text()
	m.Put(ctx, "id", id)
	ctx = context.WithValue(ctx, startKey{}, &session{
		id: id, person: a.ID, started: now, seen: now, until: m.Deadline(ctx), rights: a.rights,
		network: network(addr).String(), browser: Browser(r.UserAgent()),
	})
	token, expiry, err := m.Commit(ctx)
	if err != nil {
		return Who{}, err
	}
	m.WriteSessionCookie(ctx, w, token, expiry)
	s.markDevice(w, r, a)
	if err := s.keepPlace(ctx, a, addr, now); err != nil {
		s.log.Warn("the network of a sign-in cannot be kept", "party", a.Ref(), "error", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.byID[id]
	if e == nil { // changed in between: disabled, removed
		return Who{}, ErrRefused
	}
	who, ok := s.whoOf(e, now)
	if !ok {
		return Who{}, ErrRefused
	}
	return who, nil
}

type startKey struct{}

// Who is the party behind a browser's request, of kind Nobody without a session
// that stands. Where the person's rights changed since the session's token was
// made, the browser gets a new token, unless w is nil; nothing may have been
// written to w.
func (s *Service) Who(w http.ResponseWriter, r *http.Request) Who {
	now := time.Now()
	id := s.sessionOf(r)
	s.mu.Lock()
	e := s.byID[id]
	if e == nil {
		s.mu.Unlock()
		return Who{}
	}
	who, ok := s.whoOf(e, now)
	stale := ok && e.rights != s.people[e.person].rights
	if ok {
		e.seen = now
	}
	s.mu.Unlock()
	if stale && w != nil {
		s.renew(w, r)
	}
	return who
}

// sessionOf is the id of the session of a request's cookie, empty without one.
func (s *Service) sessionOf(r *http.Request) string {
	m := s.managerOf(r)
	c, err := r.Cookie(m.Cookie.Name)
	if err != nil || len(c.Value) > 128 {
		return ""
	}
	ctx, err := m.Load(r.Context(), c.Value)
	if err != nil {
		return ""
	}
	return m.GetString(ctx, "id")
}

// whoOf is the party of a session, if it stands. It needs mu.
func (s *Service) whoOf(e *session, now time.Time) (Who, bool) {
	a, ok := s.people[e.person]
	if !ok || a.Disabled || !s.stands(e, now) {
		return Who{}, false
	}
	who := Who{Kind: Person, ID: a.Ref(), Session: e.id, Name: a.Name, Role: a.Role, Lens: a.Lens(), Until: e.until}
	if now.Before(e.shown) && who.May(Reveal) {
		who.Lens.Level, who.Shown = 0, e.shown
	}
	return who, true
}

// stands reports that a session has not ended by itself. Whoever looks at an
// open page uses it, though no request comes. It needs mu.
func (s *Service) stands(e *session, now time.Time) bool {
	return now.Before(e.until) && (s.held[e.id] > 0 || now.Sub(e.seen) < s.opt.Idle)
}

// renew gives a session another token and its browser the cookie.
func (s *Service) renew(w http.ResponseWriter, r *http.Request) {
	m := s.managerOf(r)
	c, err := r.Cookie(m.Cookie.Name)
	if err != nil {
		return
	}
	ctx, err := m.Load(context.WithoutCancel(r.Context()), c.Value)
	if err != nil || m.GetString(ctx, "id") == "" {
		return
	}
	until := m.Deadline(ctx)
	if err := m.RenewToken(ctx); err != nil {
		return
	}
	m.SetDeadline(ctx, until) // signing in again is the only way to stay longer
	token, expiry, err := m.Commit(ctx)
	if err != nil {
		s.log.Warn("a session keeps its token: the file of accounts takes nothing", "error", err)
		return
	}
	m.WriteSessionCookie(ctx, w, token, expiry)
}

// End signs the browser of a request out.
func (s *Service) End(w http.ResponseWriter, r *http.Request) error {
	m := s.managerOf(r)
	id := s.sessionOf(r)
	ctx, err := m.Load(r.Context(), "")
	if err != nil {
		return err
	}
	m.WriteSessionCookie(ctx, w, "", time.Time{})
	s.mu.Lock()
	e := s.byID[id]
	if e == nil {
		s.mu.Unlock()
		return nil
	}
	note := Entry{Event: SignedOut, Party: userRef(e.person), Name: s.people[e.person].Name, Address: e.network}
	s.mu.Unlock()
	return s.endSessions(r.Context(), note, func(x *session) bool { return x.id == id })
}

// Sessions are where somebody is signed in, the latest first; person 0 means
// everybody.
func (s *Service) Sessions(person int64) []Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	var list []Session
	for _, e := range s.byID {
		if person != 0 && e.person != person || !s.stands(e, now) {
			continue
		}
		out := Session{
			ID: e.id, Person: e.person, Started: e.started, LastSeen: e.seen.Truncate(time.Minute), Until: e.until,
			Network: e.network, Browser: e.browser, Streams: s.held[e.id],
		}
		if now.Before(e.shown) {
			out.Shown = e.shown
		}
		if out.LastSeen.Before(e.started) {
			out.LastSeen = e.started
		}
		list = append(list, out)
	}
	slices.SortFunc(list, func(a, b Session) int { return b.Started.Compare(a.Started) })
	return list
}

// EndSession ends one session; the error is ErrUnknown if there is none. Whose
// session it is, and whether by may end it, is for the caller to know.
func (s *Service) EndSession(ctx context.Context, by Who, id string) error {
	s.mu.Lock()
	e := s.byID[id]
	s.mu.Unlock()
	if e == nil {
		return ErrUnknown
	}
	return s.endSessions(ctx, Entry{Event: SessionEnded, Party: by.ID, Name: by.Name, Subject: userRef(e.person)}, func(x *session) bool { return x.id == id })
}

// EndOthers ends all sessions of a person but the one that asks, and counts them.
func (s *Service) EndOthers(ctx context.Context, w Who) (int, error) {
	person, ok := w.Person()
	if !ok {
		return 0, ErrUnknown
	}
	n := len(s.Sessions(person))
	err := s.endSessions(ctx, Entry{Event: SessionEnded, Party: w.ID, Name: w.Name, Subject: w.ID, Reason: "all others"},
		func(e *session) bool { return e.person == person && e.id != w.Session })
	return max(n-len(s.Sessions(person)), 0), err
}

// EndAll ends all sessions of a person.
func (s *Service) EndAll(ctx context.Context, by Who, person int64) error {
	return s.endSessions(ctx, Entry{Event: SessionEnded, Party: by.ID, Name: by.Name, Subject: userRef(person), Reason: "all"},
		func(e *session) bool { return e.person == person })
}

// endSessions ends those that are meant. Memory forgets them even where the
// file cannot be written: a right must not outlive its end for a full disk.
func (s *Service) endSessions(ctx context.Context, note Entry, meant func(*session) bool) error {
	s.mu.Lock()
	var ids []string
	for id, e := range s.byID {
		if meant(e) {
			ids = append(ids, id)
			s.dead[id] = true
			delete(s.byID, id)
			delete(s.sessions, e.hash)
		}
	}
	s.recheck(time.Now())
	s.mu.Unlock()
	if len(ids) == 0 {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	err := s.change(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, "DELETE FROM session WHERE id=?", id); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, note)
	})
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, id := range ids {
			delete(s.dead, id)
		}
	}
	return err
}

// keepSeen writes when sessions were last used, and deletes those that ended by
// themselves. It needs doing.
func (s *Service) keepSeen(ctx context.Context, all bool) error {
	now := time.Now()
	seen, gone := map[string]time.Time{}, []string{}
	s.mu.Lock()
	for h, f := range s.former {
		if now.After(f.until) {
			delete(s.former, h)
		}
	}
	for id := range s.dead { // the file could not forget them when they ended
		gone = append(gone, id)
	}
	for id, e := range s.byID {
		if !s.stands(e, now) {
			gone = append(gone, id)
			delete(s.byID, id)
			delete(s.sessions, e.hash)
			continue
		}
		if s.held[id] > 0 {
			e.seen = now
		}
		if d := e.seen.Sub(e.kept); !e.unkept && (d >= time.Minute || all && d > 0) {
			seen[id], e.kept = e.seen, e.seen
		}
	}
	s.mu.Unlock()
	if len(seen) == 0 && len(gone) == 0 {
		return nil
	}
	tx, err := s.file.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for id, at := range seen {
		if _, err := tx.ExecContext(ctx, "UPDATE session SET seen=? WHERE id=?", millis(at), id); err != nil {
			return err
		}
	}
	for _, id := range gone {
		if _, err := tx.ExecContext(ctx, "DELETE FROM session WHERE id=?", id); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range gone {
		delete(s.dead, id)
	}
	return nil
}

// A store is where scs keeps sessions: memory for reading, the file for what
// must outlive a restart. Keys are hashes of tokens.
type store struct{ s *Service }

var (
	_ scs.CtxStore         = (*store)(nil)
	_ scs.IterableCtxStore = (*store)(nil)
)

func (t *store) FindCtx(_ context.Context, hash string) ([]byte, bool, error) {
	now := time.Now()
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	e := t.s.sessions[hash]
	if e == nil {
		if f, ok := t.s.former[hash]; ok && now.Before(f.until) {
			e = t.s.byID[f.id]
		}
	}
	if e == nil || !t.s.stands(e, now) {
		return nil, false, nil
	}
	return e.data, true, nil
}

func (t *store) AllCtx(context.Context) (map[string][]byte, error) {
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	all := map[string][]byte{}
	for hash, e := range t.s.sessions {
		if t.s.stands(e, time.Now()) {
			all[hash] = e.data
		}
	}
	return all, nil
}

// DeleteCtx is called when a token is replaced: the new one takes its place in
// CommitCtx.
func (t *store) DeleteCtx(context.Context, string) error { return nil }

// CommitCtx keeps a new session, or an old one under its new token.
func (t *store) CommitCtx(ctx context.Context, hash string, data []byte, _ time.Time) error {
	_, values, err := codec{}.Decode(data)
	if err != nil {
		return err
	}
	id, _ := values["id"].(string)
	if fresh, ok := ctx.Value(startKey{}).(*session); ok {
		e := *fresh
		e.hash, e.data, e.kept = hash, data, e.seen
		return t.s.addSession(ctx, &e)
	}
	return t.s.replaceToken(ctx, id, hash, data)
}

func (t *store) Find(hash string) ([]byte, bool, error) {
	return t.FindCtx(context.Background(), hash)
}
func (t *store) All() (map[string][]byte, error) { return t.AllCtx(context.Background()) }
func (t *store) Delete(hash string) error        { return t.DeleteCtx(context.Background(), hash) }
func (t *store) Commit(hash string, data []byte, expiry time.Time) error {
	return t.CommitCtx(context.Background(), hash, data, expiry)
}

func (s *Service) addSession(ctx context.Context, e *session) error {
	a, err := s.Account(e.person)
	if err != nil {
		return ErrRefused
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO session("+sessionColumns+") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
			e.hash, e.id, e.person, e.data, millis(e.started), millis(e.seen), millis(e.until), e.rights, e.network, e.browser); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE person SET signed_in=? WHERE id=?", millis(e.started), e.person); err != nil {
			return err
		}
		return s.note(ctx, tx, Entry{Event: SignedIn, Party: a.Ref(), Name: a.Name, Address: e.network, Reason: e.browser})
	})
	if err == nil || !passing(err) {
		return err
	}
	// The board must be seen on a full disk too: this one ends with the process.
	s.log.Error("somebody signed in and the file of accounts cannot take it: neither the session outlives a restart nor does the audit log know", "party", a.Ref(), "error", err)
	s.mu.Lock()
	defer s.mu.Unlock()
	e.unkept = true
	s.sessions[e.hash], s.byID[e.id] = e, e
	return nil
}

func (s *Service) replaceToken(ctx context.Context, id, hash string, data []byte) error {
	s.mu.Lock()
	e := s.byID[id]
	if e == nil {
		s.mu.Unlock()
		return ErrUnknown
	}
	was, rights, unkept := e.hash, s.people[e.person].rights, e.unkept
	s.mu.Unlock()
	s.doing.Lock()
	defer s.doing.Unlock()
	if !unkept {
		if s.file == nil {
			return s.Trouble()
		}
		if _, err := s.file.Write.ExecContext(ctx, "UPDATE session SET token=?, data=?, rights=? WHERE id=?", hash, data, rights, id); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e = s.byID[id]; e == nil {
		return ErrUnknown
	}
	delete(s.sessions, e.hash)
	s.former[was] = former{id, time.Now().Add(afterRenewal)}
	e.hash, e.data, e.rights = hash, data, rights
	s.sessions[hash] = e
	return nil
}

// A codec is how scs's values stand in the file: small, and of no Go types.
type codec struct{}

type coded struct {
	Until  time.Time      `json:"until"`
	Values map[string]any `json:"values"`
}

func (codec) Encode(until time.Time, values map[string]any) ([]byte, error) {
	return json.Marshal(coded{until, values})
}

func (codec) Decode(data []byte) (time.Time, map[string]any, error) {
	var c coded
	err := json.Unmarshal(data, &c)
	if c.Values == nil {
		c.Values = map[string]any{}
	}
	return c.Until, c.Values, err
}
