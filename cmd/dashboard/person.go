package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/eventlog"
	"callboard/internal/history"
	"callboard/internal/keeper"
	"callboard/internal/plain"
	"callboard/internal/state"
)

// A found person is one of the company's own people: who it is at the PBX, at
// our sign-in, or both.
type found struct {
	colleague state.ForgetColleague // without any field where the PBX never told of them
	account   *access.Account
}

// words say who is meant.
func (p *found) words() string {
	var said []string
	if c := p.colleague; c != (state.ForgetColleague{}) {
		add := func(what, value string) {
			if value != "" {
				said = append(said, what+value)
			}
		}
		add("", c.Name)
		add("extension ", c.Number)
		add("oid ", c.User)
	}
	if p.account != nil {
		said = append(said, "the account "+p.account.Login)
	}
	return strings.Join(said, ", ")
}

// findPerson finds who is meant by a name, extension, oid or login name. The
// error says who else it could be.
func findPerson(ctx context.Context, store *history.Store, dir string, s *setting) (p found, err error) {
	text := strings.TrimSpace(s.text)
	if text == "" || strings.HasPrefix(text, state.Erased) {
		return p, s.wrong("a name, an extension, an oid or a login name")
	}
	list, err := store.Colleagues(ctx, text)
	if err != nil {
		return p, err
	}
	if len(list) == 0 { // the PBX has told of people who never called
		if list, err = inDirectory(ctx, filepath.Join(dir, journalName), text); err != nil {
			return p, err
		}
	}
	if len(list) > 1 {
		var all []string
		for _, c := range list {
			all = append(all, (&found{colleague: c}).words())
		}
		return p, s.wrong("one of several, by oid: %s", strings.Join(all, "; "))
	}
	if len(list) == 1 {
		p.colleague = list[0]
	}
	accounts, err := accountsOf(dir)
	if err != nil {
		return p, err
	}
	for _, a := range accounts {
		if !strings.EqualFold(a.Login, text) && plain.Fold(a.Name) != plain.Fold(text) && (p.colleague.Name == "" || plain.Fold(a.Name) != plain.Fold(p.colleague.Name)) {
			continue
		}
		if p.account != nil {
			return p, s.wrong("one of several, by login name: %s and %s are called alike", p.account.Login, a.Login)
		}
		p.account = &a
	}
	if len(list) == 0 && p.account != nil && plain.Fold(p.account.Name) != plain.Fold(text) { // a login name leads to the colleague of its name
		if list, err = store.Colleagues(ctx, p.account.Name); err == nil && len(list) == 1 {
			p.colleague = list[0]
		}
	}
	if p.colleague == (state.ForgetColleague{}) && p.account != nil { // what they wrote stands under their name
		p.colleague.Name = p.account.Name
	}
	if err == nil && p.account == nil && p.colleague == (state.ForgetColleague{}) {
		err = s.wrong("somebody of whom something is kept")
	}
	return p, err
}

// inDirectory finds people whom the PBX listed and who were in no call.
func inDirectory(ctx context.Context, path, text string) (list []state.ForgetColleague, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	told := map[string]state.Name{}
	err = eventlog.ReadEntries(ctx, path, func(e eventlog.Entry) error {
		if n, ok := e.Fact.(state.Name); ok && n.Kind == state.NameUser {
			told[n.OID] = n
		}
		return nil
	})
	for _, n := range told {
		if n.OID == text || n.Number == text || plain.Fold(n.Text) == plain.Fold(text) {
			list = append(list, state.ForgetColleague{User: n.OID, Number: n.Number, Address: n.Addressable, Name: n.Text})
		}
	}
	return list, err
}

// accountsOf are all accounts of a data folder.
func accountsOf(dir string) ([]access.Account, error) {
	if _, err := os.Stat(filepath.Join(dir, access.FileName)); err != nil {
		return nil, nil
	}
	s, err := access.New(access.Options{Dir: dir})
	if err != nil {
		return nil, err
	}
	return s.Accounts(), errors.Join(s.Trouble(), s.Close(), handOver(dir))
}

// person erases one of the company's own people.
func (o *erasure) person(ctx context.Context, s *setting) error {
	p, err := findPerson(ctx, o.store, o.dir, s)
	if err != nil {
		return err
	}
	if o.dry {
		about, err := o.store.AboutColleague(ctx, p.colleague)
		if err == nil {
			fmt.Fprintf(o.stdout, "this is %s; the history has them in %d calls and %d journeys; nothing was erased\n", p.words(), len(about.Calls), len(about.Journeys))
		}
		return err
	}
	who := p.colleague
	who.As = state.Pseudonym(letters(5))
	if p.account != nil { // first: the last administrator is not removed, and then nothing is
		if err := o.account(ctx, p.account.ID, who.As); err != nil {
			return fmt.Errorf("the account %s: %w", p.account.Login, err)
		}
	}
	e, err := o.everywhere(ctx,
		func(ctx context.Context) (int64, error) { return o.store.RequestEraseColleague(ctx, who) },
		func(opt keeper.Options) (history.Erased, error) { return keeper.EraseColleague(ctx, opt, who) })
	if err != nil {
		return err
	}
	noteDown(ctx, o.call, o.dir, access.Erased, "the colleague who is "+who.As+" now: "+strconv.Itoa(e.Calls)+" calls, "+strconv.Itoa(e.Journeys)+" journeys")
	o.done(e)
	fmt.Fprintf(o.stdout, "%s stands in the place of %s\n", who.As, p.words())
	if p.account != nil {
		fmt.Fprintln(o.stdout, "the account is removed; the audit log keeps what was done with it until its time is over")
	}
	if p.colleague.User != "" || p.colleague.Number != "" {
		fmt.Fprintln(o.stderr, "dashboard erase: somebody who is still at the PBX is told of by it again: remove them there; the settings and teams files are yours")
	}
	return nil
}

// account removes an account and the name of its owner.
func (o *erasure) account(ctx context.Context, id int64, as string) error {
	s, err := access.New(access.Options{Dir: o.dir})
	if err != nil {
		return err
	}
	if err = s.Trouble(); err == nil {
		err = s.Forget(ctx, operator(), id, as)
	}
	return errors.Join(err, s.Close(), handOver(o.dir))
}

// letters are random ones: of 26 to the power of five nobody meets the same
// twice in a company.
func letters(n int) string {
	text := make([]byte, n)
	_, _ = rand.Read(text) // never fails, see crypto/rand
	for i := range text {
		text[i] = 'a' + text[i]%26
	}
	return string(text)
}

// everyPersonal is what somebody of the company gets who asks what is kept of
// them.
type everyPersonal struct {
	Person   any           `json:"person"`
	Made     string        `json:"made"`
	Calls    any           `json:"calls"`    // as a side, or whose telephone rang
	Journeys any           `json:"journeys"` // who talked, or was rung
	Reviewed any           `json:"reviewed"` // gaps that they have looked at
	Alarms   any           `json:"alarms"`   // of them
	Notes    []writtenNote `json:"notes"`    // that they wrote, or that name them
	Account  *accountOut   `json:"account,omitempty"`
	Audit    []auditOut    `json:"audit,omitempty"` // what they did and what was done to their account
	// What the PBX told of them is in the journal, and as it came in the flight
	// recorder, whose frames cannot be told apart.
	JournalEntries int `json:"journalEntries"`
}

type accountOut struct {
	Login        string       `json:"login"`
	Name         string       `json:"name"`
	Role         string       `json:"role"`
	Level        string       `json:"level"`
	Teams        []string     `json:"teams"`
	Lines        []string     `json:"lines"`
	Disabled     bool         `json:"disabled"`
	Password     bool         `json:"password"` // has one, of which a hash is kept
	Issuer       string       `json:"issuer,omitempty"`
	Subject      string       `json:"subject,omitempty"`
	Created      time.Time    `json:"created"`
	Changed      time.Time    `json:"changed"`
	LastSignedIn time.Time    `json:"lastSignedIn,omitzero"`
	Sessions     []sessionOut `json:"sessions"`
	Networks     []placeOut   `json:"networks"`
}

type sessionOut struct {
	Started  time.Time `json:"started"`
	LastSeen time.Time `json:"lastSeen"`
	Network  string    `json:"network"`
	Browser  string    `json:"browser,omitempty"`
}

type placeOut struct {
	Network  string    `json:"network"`
	LastSeen time.Time `json:"lastSeen"`
}

type auditOut struct {
	ID      int64     `json:"id"`
	At      time.Time `json:"at"`
	Event   string    `json:"event"`
	By      string    `json:"by,omitempty"`
	Name    string    `json:"name,omitempty"`
	Address string    `json:"address,omitempty"`
	Subject string    `json:"subject,omitempty"`
	Reason  string    `json:"reason,omitempty"`
}

// exportPerson writes all that is kept of one of the company's own people.
func exportPerson(ctx context.Context, c *call, store *history.Store, dir string, person, out *setting) error {
	p, err := findPerson(ctx, store, dir, person)
	if err != nil {
		return err
	}
	about, err := store.AboutColleague(ctx, p.colleague)
	if err != nil {
		return err
	}
	who := p.colleague
	all := everyPersonal{
		Person: map[string]string{"name": who.Name, "extension": who.Number, "oid": who.User, "addressable": who.Address},
		Made:   time.Now().UTC().Format(time.RFC3339), Calls: about.Calls, Journeys: about.Journeys, Reviewed: about.Reviewed, Alarms: about.Alarms, Notes: []writtenNote{},
	}
	if err := all.readJournal(ctx, filepath.Join(dir, journalName), who); err != nil {
		return err
	}
	if p.account != nil {
		if err := all.readAccount(ctx, dir, *p.account); err != nil {
			return err
		}
	}
	noteDown(ctx, c, dir, access.Exported, "everything about the colleague of oid "+strconv.Quote(who.User))
	if out.text == "" {
		return writeJSON(c.stdout, all)
	}
	return writeFile(out, func(w io.Writer) error { return writeJSON(w, all) })
}

func (all *everyPersonal) readJournal(ctx context.Context, path string, who state.ForgetColleague) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	who.As = state.Pseudonym("x")
	return eventlog.ReadEntries(ctx, path, func(e eventlog.Entry) error {
		_, found := who.Without(e.Fact)
		if !found {
			return nil
		}
		all.JournalEntries++
		if w, said := e.Fact.(state.Word); said {
			all.Notes = append(all.Notes, writtenNote{e.At.UTC(), wordNames[w.Kind], w.By, w.Text})
		}
		return nil
	})
}

func (all *everyPersonal) readAccount(ctx context.Context, dir string, a access.Account) error {
	s, err := access.New(access.Options{Dir: dir})
	if err != nil {
		return err
	}
	all.Account = &accountOut{
		Login: a.Login, Name: a.Name, Role: a.Role.String(), Level: a.Lens().Level.String(), Teams: a.Scope.Teams(), Lines: a.Scope.Lines(),
		Disabled: a.Disabled, Password: a.Password, Issuer: a.Issuer, Subject: a.Subject,
		Created: a.Created.UTC(), Changed: a.Changed.UTC(), LastSignedIn: a.SignedIn.UTC(), Sessions: []sessionOut{}, Networks: []placeOut{},
	}
	for _, e := range s.Sessions(a.ID) {
		all.Account.Sessions = append(all.Account.Sessions, sessionOut{e.Started.UTC(), e.LastSeen.UTC(), e.Network, e.Browser})
	}
	places, err := s.Places(ctx, a.ID)
	for _, n := range places {
		all.Account.Networks = append(all.Account.Networks, placeOut{n.Network, n.Seen.UTC()})
	}
	if err == nil {
		for q := (access.AuditQuery{Party: a.Ref(), Limit: 1000}); ; {
			var some []access.Entry
			if some, err = s.Audit(ctx, q); err != nil || len(some) == 0 {
				break
			}
			for _, e := range some {
				all.Audit = append(all.Audit, auditOut{e.ID, e.At.UTC(), string(e.Event), e.Party, e.Name, e.Address, e.Subject, e.Reason})
			}
			q.Before = some[len(some)-1].ID
		}
	}
	return errors.Join(err, s.Close(), handOver(dir))
}
