package xelion

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"

	"callboard/internal/feed"
)

const (
	loginGap       = 5 * time.Second // between two logins (dossier section 8)
	longestSpace   = 200             // bytes of a user space
	lastSuffix     = 5               // user spaces are tried bare, then with -2 to -5
	shortLifetime  = 2 * time.Minute // a token's lifetime outside these limits
	longLifetime   = 7 * 24 * time.Hour
	renewOtherwise = 30 * time.Minute // is not believed, and this is used instead
	renewRetry     = 30 * time.Second
	finishTime     = time.Second // a login under way may take this much longer than its connection
)

// session is our login at the PBX. The token outlives connections and, in its
// file, the process.
type session struct {
	rest     *rest
	user     string
	password Secret
	space    string // the configured user space
	file     tokenFile
	log      *slog.Logger

	busy chan struct{} // holds one token while somebody logs in or renews, so that it happens once

	mu        sync.Mutex // guards all that follows
	token     Secret     // empty: not logged in
	renewal   Secret     // empty: renew with the password
	inSpace   string     // user space of token or old
	old       Secret     // token of a session that may still be open at the PBX
	renewAt   time.Time
	until     time.Time // end of token by our clock, zero if unknown
	lastLogin time.Time
	version   string
	build     string
}

func newSession(r *rest, cfg Config, log *slog.Logger) *session {
	s := &session{rest: r, user: cfg.User, password: Secret(cfg.Password), space: cfg.UserSpace, file: newTokenFile(cfg.DataDir), log: log, busy: make(chan struct{}, 1)}
	if was := s.file.load(log); was.Base == r.base && was.User == cfg.User && was.Authentication != "" {
		s.old, s.inSpace = Secret(was.Authentication), was.UserSpace
	}
	return s
}

// info is what the session knows of the PBX and of itself.
func (s *session) info() feed.Info {
	s.mu.Lock()
	defer s.mu.Unlock()
	space := s.inSpace
	if space == "" {
		space = s.space
	}
	return feed.Info{Version: s.version, Build: s.build, UserSpace: space, TokenUntil: s.until}
}

// call sends a request with the session's token, logging in first if need be.
// A token that is not accepted leads to one new login and one more try.
func (s *session) call(ctx context.Context, method, path string, body []byte) (answer, error) {
	token, err := s.ready(ctx, "")
	if err != nil {
		return answer{}, err
	}
	a, err := s.rest.do(ctx, method, path, token, body)
	if refused, ok := errors.AsType[*answerError](err); !ok || !refused.expired() {
		return a, err
	}
	if token, err = s.ready(ctx, token); err != nil {
		return answer{}, err
	}
	return s.rest.do(ctx, method, path, token, body)
}

// ready returns a token other than refused, logging in if there is none.
func (s *session) ready(ctx context.Context, refused Secret) (Secret, error) {
	if err := s.occupy(ctx); err != nil {
		return "", err
	}
	defer s.free()
	s.mu.Lock()
	token := s.token
	s.mu.Unlock()
	if token != "" && token != refused {
		return token, nil
	}
	if err := s.login(ctx); err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.token, nil
}

func (s *session) occupy(ctx context.Context) error {
	select {
	case s.busy <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *session) free() { <-s.busy }

// login opens a session; s.busy is held. An earlier session of ours that may
// still be open is named in the request, which makes the PBX end it first. A
// user space that is taken leads to the next one, once round.
func (s *session) login(ctx context.Context) error {
	s.mu.Lock()
	if s.token != "" {
		s.old, s.token = s.token, ""
	}
	old, last := s.old, s.inSpace
	s.mu.Unlock()

	for _, space := range userSpaces(s.space, last) {
		a, err := s.postLogin(ctx, space, old)
		if refused, ok := errors.AsType[*answerError](err); ok && old != "" && refused.expired() {
			// The old token is not worth anything any more.
			old = ""
			s.mu.Lock()
			s.old = ""
			s.mu.Unlock()
			a, err = s.postLogin(ctx, space, "")
		}
		if refused, ok := errors.AsType[*answerError](err); ok {
			if refused.status == http.StatusUnauthorized && refused.code == 10005 {
				s.log.Warn("user space is taken at the PBX", "userSpace", space)
				continue
			}
			return loginRefusal(refused)
		}
		if err != nil {
			return err
		}
		return s.accept(a, space)
	}
	return codeRules[http.StatusUnauthorized][10005].refusal()
}

// loginRefusal reads an answer in the light of a login: there is no token yet
// that could have expired, and what is not found is the tenant.
func loginRefusal(e *answerError) *feed.Refusal {
	why := e.refusal()
	switch _, known := codeRules[e.status][e.code]; {
	case e.status == http.StatusNotFound:
		why.Code, why.Reason = "wrong-tenant", "The PBX does not know the tenant, or the address is not that of a Xelion PBX"
	case e.status == http.StatusUnauthorized && !known && !(e.code >= 10020 && e.code <= 10029):
		why.Code, why.Reason, why.Permanent = "login-refused", "The PBX refused the login without saying why; check user name, password and tenant", true
		why.Wait = max(why.Wait, permanentWait)
	}
	return why
}

// userSpaces are the names to try, the one that worked last first.
func userSpaces(base, last string) []string {
	names := []string{base}
	for n := 2; n <= lastSuffix; n++ {
		names = append(names, base+"-"+strconv.Itoa(n))
	}
	for i, name := range names {
		if name == last {
			copy(names[1:i+1], names[:i])
			names[0] = last
		}
	}
	return names
}

func (s *session) postLogin(ctx context.Context, space string, old Secret) (answer, error) {
	s.mu.Lock()
	wait := time.Until(s.lastLogin.Add(loginGap))
	s.mu.Unlock()
	if !pauseFor(ctx, wait) {
		return answer{}, ctx.Err()
	}
	s.mu.Lock()
	s.lastLogin = time.Now()
	s.mu.Unlock()
	body, err := json.Marshal(map[string]string{
		"userName": s.user, "password": string(s.password), "userSpace": space, "clientId": "dashboard",
	})
	if err != nil {
		return answer{}, err
	}
	ctx, done := finishing(ctx)
	defer done()
	return s.rest.do(ctx, http.MethodPost, "me/login", old, body)
}

// finishing returns a context that outlives ctx by finishTime. A login or a
// renewal that is broken off leaves a session whose token nobody knows, and its
// user space taken.
func finishing(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-longer.Done():
		case <-time.After(finishTime):
			cancel()
		}
	})
	return longer, func() { stop(); cancel() }
}

// accept takes over the answer to a login or a renewal.
func (s *session) accept(a answer, space string) error {
	body := a.body.object()
	token := body.member("authentication").secret()
	if token == "" {
		return errNotPBX
	}
	now := time.Now()
	until, renewIn := lifetime(body.member("validUntil"), a.date, now)
	s.mu.Lock()
	s.token, s.old, s.inSpace = token, "", space
	s.renewal = body.member("renewalToken").secret()
	s.until, s.renewAt = until, now.Add(renewIn)
	if v, _ := body.member("serverVersion").text(); v != "" {
		s.version = v
	}
	if v, _ := body.member("buildNumber").text(); v != "" {
		s.build = v
	}
	s.mu.Unlock()
	err := s.file.save(stored{Base: s.rest.base, User: s.user, UserSpace: space, Authentication: string(token)})
	if err != nil {
		// The session works; only a crash would now leave its user space taken.
		s.log.Warn("cannot store the session's token", "error", err)
	}
	return nil
}

// lifetime says when a token ends by our clock and how long to wait before it
// is renewed: 60 % of its lifetime, measured between two times of the PBX's own
// clock so that ours does not matter (dossier section 2.4).
func lifetime(validUntil value, date, now time.Time) (until time.Time, renewIn time.Duration) {
	end, ok := validUntil.date(time.UTC)
	if !ok || end.IsZero() {
		return time.Time{}, renewOtherwise
	}
	if date.IsZero() {
		date = now
	}
	life := end.Sub(date)
	if life > 0 {
		until = now.Add(life).UTC().Round(0)
	}
	if life <= shortLifetime || life > longLifetime {
		return until, renewOtherwise
	}
	return until, life * 6 / 10
}

// keepFresh renews the token in time until ctx ends. A renewal that fails is
// no reason to give up a socket that works.
func (s *session) keepFresh(ctx context.Context) {
	for retry := time.Duration(0); ; {
		s.mu.Lock()
		wait := time.Until(s.renewAt)
		s.mu.Unlock()
		select {
		case <-ctx.Done():
			return
		case <-time.After(max(wait, retry)):
		}
		err := s.renew(ctx)
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			retry = 0
			continue
		}
		why := refuse(err)
		retry = min(max(2*retry, renewRetry, why.Wait), max(permanentWait, why.Wait))
		s.log.Warn("the session could not be renewed", "code", why.Code, "reason", why.Reason, "retry", retry)
	}
}

// renew replaces the token, by a new login where renewal is refused.
func (s *session) renew(ctx context.Context) error {
	if err := s.occupy(ctx); err != nil {
		return err
	}
	defer s.free()
	s.mu.Lock()
	token, key, space := s.token, s.renewal, s.inSpace
	due := !time.Now().Before(s.renewAt)
	s.mu.Unlock()
	if token == "" {
		return s.login(ctx)
	}
	if !due { // somebody logged in meanwhile
		return nil
	}
	if key == "" {
		key = s.password
	}
	body, err := json.Marshal(string(key))
	if err != nil {
		return err
	}
	renewing, done := finishing(ctx)
	defer done()
	a, err := s.rest.do(renewing, http.MethodPost, "me/renew", token, body)
	if refused, ok := errors.AsType[*answerError](err); ok && refused.status == http.StatusUnauthorized {
		return s.login(ctx)
	}
	if err != nil {
		return err
	}
	return s.accept(a, space)
}

// leave ends the session, so that its user space is free at once.
func (s *session) leave(ctx context.Context) {
	if s.occupy(ctx) != nil {
		return
	}
	defer s.free()
	s.mu.Lock()
	token := s.token
	s.token, s.until = "", time.Time{}
	s.mu.Unlock()
	if token == "" {
		return
	}
	if _, err := s.rest.do(ctx, http.MethodPost, "me/logout", token, nil); err != nil {
		// The stored token lets the next start end this session.
		s.mu.Lock()
		s.old = token
		s.mu.Unlock()
		s.log.Warn("could not log out of the PBX", "code", refuse(err).Code)
		return
	}
	if err := s.file.remove(); err != nil {
		s.log.Warn("cannot remove the stored token", "error", err)
	}
}

// userSpace is the name of our session, cut so that a suffix still fits.
func userSpace(configured, hostname string) string {
	if configured == "" {
		configured = "dashboard-" + hostname
	}
	for len(configured) > longestSpace-len("-5") {
		_, n := utf8.DecodeLastRuneInString(configured)
		configured = configured[:len(configured)-n]
	}
	return configured
}
