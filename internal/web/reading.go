package web

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/internal/state"
	"callboard/views"
)

// A reading is the record as one party may see it: their scope first, then the
// mask. Handlers reach the record by site.reading and in no other way; what they
// get is fit to be shown. It is made for one request.
type reading struct {
	s     *site
	lens  privacy.Lens
	sight *privacy.Sight  // nil of a clear lens
	scope *history.Scope  // nil is everything
	oids  map[string]bool // keys of colleagues that are oids, and no numbers
}

// keeps reports that there is a record that can be asked. The file of one may
// come later than the service.
func (s *site) keeps() bool {
	if s.History == nil {
		return false
	}
	late, may := s.History.(interface{ Away() error })
	return !may || late.Away() == nil
}

// reading is the record for whoever asks.
func (s *site) reading(r *http.Request) (*reading, error) {
	lens, err := s.lens(r)
	if err != nil {
		return nil, err
	}
	return s.readingOf(r.Context(), lens)
}

// readingOf is the record through a lens. Who belongs to a team is asked of the
// live pages' own sight; those of the past whom the PBX does not list any more
// are told by the names that the record has of them.
func (s *site) readingOf(ctx context.Context, lens privacy.Lens) (*reading, error) {
	rd := &reading{s: s, lens: lens, oids: map[string]bool{}}
	if lens.Clear() {
		return rd, nil
	}
	now := s.Hub.Sight(lens)
	for _, u := range s.Hub.Directory(privacy.Lens{}).Users {
		rd.oids[u.OID] = true
	}
	users, lines, gone := map[string]bool{}, map[string]bool{}, map[string]string{}
	if now.Scoped() {
		rd.scope = &history.Scope{Narrow: now.OwnTeams}
	}
	if s.keeps() {
		of, by, err := s.History.Members(ctx, func(oid, name, number string) bool {
			rd.oids[oid] = rd.oids[oid] || number != "" && number != oid
			gone[oid] = now.TeamOf(oid, name, number)
			return now.Scoped() && now.UserIn(oid, name, number)
		}, func(oid, name string) bool { return now.Scoped() && now.LineIn(oid, name) })
		if err != nil {
			return nil, err
		}
		if rd.scope != nil {
			rd.scope.Users, rd.scope.Lines = of, by
		}
		for _, oid := range of {
			users[oid] = true
		}
		for _, oid := range by {
			lines[oid] = true
		}
	}
	sight := *now
	sight.TeamOf = func(oid, name, number string) string {
		return cmp.Or(gone[oid], now.TeamOf(oid, name, number))
	}
	sight.Known = func(oid string) bool { return rd.oids[oid] || now.Known(oid) }
	if now.Scoped() {
		sight.UserIn = func(oid, name, number string) bool {
			return users[oid] || oid == "" && users[number] || now.UserIn(oid, name, number)
		}
		sight.LineIn = func(oid, name string) bool { return lines[oid] || now.LineIn(oid, name) }
	}
	rd.sight = &sight
	return rd, nil
}

// journeys are those of a list that may be seen, as they may be seen. The list
// stays as it is.
func (rd *reading) journeys(list []state.Journey) []state.Journey {
	if rd.sight == nil {
		return list
	}
	return rd.sight.Journeys(list)
}

// A veil makes rows of the record what a sight shows of them: a history.Mask.
type veil struct{ *privacy.Sight }

// Call is an ended call as it may be seen. One of which the sight knows better
// than the query that it may not be keeps its times alone.
func (v veil) Call(c *history.Call) {
	shown, ok := v.PastCall(c.Call)
	if !ok {
		shown = state.Call{Seq: c.Seq, Journey: c.Journey, StartedAt: c.StartedAt}
	}
	c.Call = shown
}

// Journey is a journey as it may be seen.
func (v veil) Journey(j *state.Journey) {
	shown, ok := v.Sight.Journey(*j)
	if !ok {
		shown = state.Journey{ID: j.ID, Start: j.Start}
	}
	*j = shown
}

// allowed is a choice that may be made at all. Whoever does not see numbers
// cannot look for them either, as an answer would tell one that was guessed; the
// same for names, and for people where nobody is shown by themselves.
func (rd *reading) allowed(f *history.Filter) error {
	level := rd.lens.Level
	user := f.User
	switch {
	case level == privacy.Full:
		return nil
	case f.Number != "" || strings.ContainsFunc(f.Text, unicode.IsDigit):
		return failed(http.StatusForbidden, numberHidden)
	case f.Text != "" && level >= privacy.Initials:
		return failed(http.StatusForbidden, nameHidden)
	case user == "":
		return nil
	case level >= privacy.Counts:
		return failed(http.StatusForbidden, countsOnly)
	case rd.oids[user]:
		return nil
	case level >= privacy.Initials: // a name or an extension, of which neither is shown
		return failed(http.StatusForbidden, nameHidden)
	case digitsOf(user) >= 5:
		return failed(http.StatusForbidden, numberHidden)
	}
	return nil
}

func numberHidden(w *views.ErrorWords) views.Trouble { return w.Hidden.Number }
func nameHidden(w *views.ErrorWords) views.Trouble   { return w.Hidden.Name }
func textHidden(w *views.ErrorWords) views.Trouble   { return w.Hidden.Text }
func countsOnly(w *views.ErrorWords) views.Trouble   { return w.Hidden.Counts }

func digitsOf(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// seen is a filter with what its reader may see.
func (rd *reading) seen(f history.Filter) history.Filter {
	f.Within = rd.scope
	if rd.sight != nil && (rd.sight.Masked() || rd.sight.OwnTeams) {
		f.Mask = veil{rd.sight}
	}
	return f
}

// Journeys are those of a page, none where only counts are shown.
func (rd *reading) Journeys(ctx context.Context, f history.Filter, after history.Cursor, limit int) ([]state.Journey, history.Cursor, error) {
	if rd.lens.Level >= privacy.Counts {
		return nil, history.Cursor{}, nil
	}
	return rd.s.History.Journeys(ctx, rd.seen(f), after, limit)
}

// Newer are those in front of a place.
func (rd *reading) Newer(ctx context.Context, f history.Filter, before history.Cursor, limit int) ([]state.Journey, error) {
	if rd.lens.Level >= privacy.Counts {
		return nil, nil
	}
	return rd.s.History.Newer(ctx, rd.seen(f), before, limit)
}

// Count is how many rows a filter chooses.
func (rd *reading) Count(ctx context.Context, f history.Filter) (int, error) {
	return rd.s.History.Count(ctx, rd.seen(f))
}

// Tallies counts them by the hour.
func (rd *reading) Tallies(ctx context.Context, f history.Filter) ([]history.Tally, error) {
	return rd.s.History.Tallies(ctx, rd.seen(f))
}

// counted is a choice of the reader's as the table of hours can count it; false
// where it cannot, because it is neither all of the scope nor without one.
func (rd *reading) counted(choice history.Scope) (history.Scope, bool) {
	all := len(choice.Lines)+len(choice.Users) == 0
	switch {
	case rd.scope == nil:
		return choice, true
	case all && len(rd.scope.Lines)+len(rd.scope.Users) > 0:
		return *rd.scope, true
	}
	return choice, false
}

// Hours are the counters of hours, of a scope that counted gave.
func (rd *reading) Hours(ctx context.Context, from, to time.Time, scope history.Scope) ([]history.Hour, error) {
	return rd.s.History.Hours(ctx, from, to, scope)
}

// Day are the journeys of a day.
func (rd *reading) Day(ctx context.Context, day time.Time) ([]state.Journey, error) {
	of := rd.s.History.Day
	if rd.s.record != nil {
		of = rd.s.record.Day
	}
	list, err := of(ctx, day)
	return rd.journeys(list), err
}

// Gaps are interruptions: the same for everybody, but for who has looked at one.
func (rd *reading) Gaps(ctx context.Context, from, to time.Time) ([]history.Gap, error) {
	return rd.s.History.Gaps(ctx, from, to)
}

// Span is from when to when there are calls.
func (rd *reading) Span(ctx context.Context) (first, last time.Time, err error) {
	return rd.s.History.Span(ctx)
}

// Names are those of colleagues and lines.
func (rd *reading) Names(ctx context.Context) (users, lines map[string]string, err error) {
	users, lines, err = rd.s.History.Names(ctx)
	if err != nil || rd.lens.Clear() {
		return users, lines, err
	}
	for oid, name := range users {
		switch {
		case rd.sight.OwnTeams && !rd.sight.UserIn(oid, name, ""):
			delete(users, oid)
		case rd.lens.Level == privacy.Full:
		case !rd.oids[oid]: // the key is what is shown
			delete(users, oid)
		case numberLike(name): // an extension in the place of a name
			users[oid] = rd.lens.Number(name, rd.sight.Colleague(name))
		default:
			users[oid] = rd.lens.Name(name, true)
		}
	}
	for oid, name := range lines {
		lines[oid] = rd.sight.LineName(name)
		if rd.scope != nil && !rd.sight.LineIn(oid, name) {
			delete(lines, oid)
		}
	}
	return users, lines, nil
}

// numberLike reports a text that has digits and no letters.
func numberLike(s string) bool {
	return digitsOf(s) > 0 && !strings.ContainsFunc(s, unicode.IsLetter)
}

// directory is whom and what calls can be chosen by.
func (rd *reading) directory() hub.Directory {
	d := rd.s.Hub.Directory(rd.lens)
	if rd.lens.Level >= privacy.Counts {
		d.Users = nil
	}
	return d
}

// Call is one ended call, or history.ErrNotFound where it may not be seen.
func (rd *reading) Call(ctx context.Context, seq uint64) (c history.Call, err error) {
	calls, has := rd.s.History.(Calls)
	if !has || !rd.s.keeps() || rd.lens.Level >= privacy.Counts {
		return c, history.ErrNotFound
	}
	if c, err = calls.Call(ctx, seq); err != nil || rd.lens.Clear() {
		return c, err
	}
	if !c.Within(rd.scope) {
		return history.Call{}, history.ErrNotFound
	}
	veil{rd.sight}.Call(&c)
	return c, nil
}

// WriteCSV is a file of what may be seen.
func (rd *reading) WriteCSV(ctx context.Context, w io.Writer, f history.Filter) error {
	return rd.s.History.WriteCSV(ctx, w, rd.seen(f))
}

// WriteJSON is the same as JSON. Where only counts are shown it has no rows but
// how many there are.
func (rd *reading) WriteJSON(ctx context.Context, w io.Writer, f history.Filter) error {
	if rd.lens.Level < privacy.Counts {
		return rd.s.History.WriteJSON(ctx, w, rd.seen(f))
	}
	n, err := rd.Count(ctx, f)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(map[string]any{cmp.Or(f.Rows, history.RowsCalls): []any{}, "count": n})
}

// team puts into a filter whom and which lines its team means today; one that
// there is not has nobody.
func (rd *reading) team(ctx context.Context, f *history.Filter) error {
	f.TeamUsers, f.TeamLines = []string{}, []string{}
	of := rd.s.Hub.TeamsOf(rd.lens)
	name, ok := of.Named(f.Team)
	if !ok || !rd.s.keeps() {
		return nil
	}
	var err error
	f.Team = name
	f.TeamUsers, f.TeamLines, err = rd.s.History.Members(ctx,
		func(oid, name, number string) bool { return of.OfUser(oid, name, number) == f.Team },
		func(oid, name string) bool { return of.OfLine(oid, name, "") == f.Team })
	now := rd.s.Hub.Directory(privacy.Lens{})
	for _, u := range now.Users { // some of whom it is not known there what they are called
		if u.Team == f.Team && !slices.Contains(f.TeamUsers, u.OID) {
			f.TeamUsers = append(f.TeamUsers, u.OID)
		}
		if u.Team == f.Team && u.Number != "" && !slices.Contains(f.TeamUsers, u.Number) {
			f.TeamUsers = append(f.TeamUsers, u.Number)
		}
	}
	for _, l := range now.Lines {
		if l.Team == f.Team && !slices.Contains(f.TeamLines, l.OID) {
			f.TeamLines = append(f.TeamLines, l.OID)
		}
	}
	return err
}
