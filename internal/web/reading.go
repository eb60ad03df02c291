package web

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"maps"
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
	veil
	s      *site
	scope  *history.Scope // nil is everything
	dir    hub.Directory  // of everybody; of a clear lens empty
	inUser func(oid, name, number string) bool
	inLine func(oid, name string) bool
}

// reading is the record for whoever asks.
func (s *site) reading(r *http.Request) (*reading, error) {
	q, err := s.query(r, hub.PageHistory)
	if err != nil {
		return nil, err
	}
	return s.readingOf(r.Context(), q.Lens)
}

// readingOf is the record through a lens.
func (s *site) readingOf(ctx context.Context, lens privacy.Lens) (*reading, error) {
	rd := &reading{s: s, veil: veil{lens: lens, names: map[string]string{}, oids: map[string]bool{}}}
	if lens.Clear() {
		return rd, nil
	}
	rd.dir = s.Hub.Directory(privacy.Lens{})
	for _, u := range rd.dir.Users {
		rd.oids[u.OID] = true
		rd.names[u.OID] = cmp.Or(u.Name, u.Number)
	}
	rd.choose()
	if !lens.Scope.All() {
		rd.scope = &history.Scope{}
	}
	if s.History == nil {
		rd.addDirectory()
		return rd, nil
	}
	users, lines, err := s.History.Members(ctx, func(oid, name, number string) bool {
		if number != "" && number != oid {
			rd.oids[oid] = true
		}
		if rd.names[oid] == "" {
			rd.names[oid] = cmp.Or(name, number)
		}
		return rd.inUser(oid, name, number)
	}, rd.inLine)
	if err != nil {
		return nil, err
	}
	if rd.scope != nil {
		rd.scope.Users, rd.scope.Lines = users, lines
		rd.addDirectory()
	}
	return rd, nil
}

// choose says who and which lines belong to the scope: as on the live pages, the
// lines that it names, and whoever and whichever is of its teams today.
func (rd *reading) choose() {
	teams := rd.s.Hub.Setup().Teams
	wanted := map[string]bool{}
	for _, name := range rd.lens.Scope.Teams() {
		if spelled, ok := teams.Named(name); ok {
			wanted[spelled] = true
		}
	}
	userTeam, lineTeam := map[string]string{}, map[string]string{}
	for _, u := range rd.dir.Users {
		userTeam[u.OID] = u.Team
	}
	for _, l := range rd.dir.Lines {
		lineTeam[l.OID] = l.Team
	}
	lines := rd.lens.Scope.Lines()
	all := rd.lens.Scope.All()
	rd.inUser = func(oid, name, number string) bool {
		team, known := userTeam[oid]
		if !known {
			team = teams.OfUser(oid, name, number)
		}
		return all || wanted[team]
	}
	rd.inLine = func(oid, name string) bool {
		team, known := lineTeam[oid]
		if !known {
			team = teams.OfLine(oid, name, "")
		}
		return all || wanted[team] || slices.ContainsFunc(lines, func(l string) bool {
			return strings.EqualFold(l, oid) || name != "" && strings.EqualFold(l, name)
		})
	}
}

// addDirectory adds those of the scope whom no kept call has shown yet.
func (rd *reading) addDirectory() {
	if rd.scope == nil {
		return
	}
	for _, u := range rd.dir.Users {
		if rd.inUser(u.OID, u.Name, u.Number) && !slices.Contains(rd.scope.Users, u.OID) {
			rd.scope.Users = append(rd.scope.Users, u.OID)
		}
	}
	for _, l := range rd.dir.Lines {
		if rd.inLine(l.OID, l.Name) && !slices.Contains(rd.scope.Lines, l.OID) {
			rd.scope.Lines = append(rd.scope.Lines, l.OID)
		}
	}
}

// takes reports a journey of the scope.
func (rd *reading) takes(j *state.Journey) bool {
	if rd.scope.Has(j.Line, j.Users, j.RangAt) {
		return true
	}
	if j.Line != "" && rd.inLine(j.Line, j.LineName) {
		return true
	}
	stranger := func(key string) bool { return !rd.oids[key] && rd.inUser(key, "", key) }
	return slices.ContainsFunc(j.Users, stranger) || slices.ContainsFunc(j.RangAt, stranger)
}

// journeys are those of a list that may be seen, as they may be seen: for
// counting only at the strictest level. The list is changed.
func (rd *reading) journeys(list []state.Journey) []state.Journey {
	if rd.scope != nil {
		list = slices.DeleteFunc(list, func(j state.Journey) bool { return !rd.takes(&j) })
	}
	if rd.lens.Level != privacy.Full {
		for i := range list {
			rd.veil.Journey(&list[i])
		}
	}
	return list
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
	if rd.lens.Level != privacy.Full {
		f.Mask = &rd.veil
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
	maps.DeleteFunc(users, func(oid, _ string) bool { return !rd.oids[oid] }) // their key is what is shown, see person
	for oid, name := range users {
		users[oid] = rd.colleague(name)
	}
	return users, lines, nil
}

// directory is whom and what calls can be chosen by.
func (rd *reading) directory() hub.Directory {
	if rd.lens.Clear() {
		return rd.s.Hub.Directory(privacy.Lens{})
	}
	d := hub.Directory{Teams: slices.Clone(rd.dir.Teams)}
	for _, l := range rd.dir.Lines {
		if rd.inLine(l.OID, l.Name) {
			d.Lines = append(d.Lines, hub.Named{OID: l.OID, Name: l.Name, Number: l.Number, Team: l.Team})
		}
	}
	if rd.lens.Level < privacy.Counts {
		for _, u := range rd.dir.Users {
			if rd.inUser(u.OID, u.Name, u.Number) {
				d.Users = append(d.Users, hub.Named{OID: u.OID, Name: rd.lens.Name(u.Name, true), Number: rd.lens.Number(u.Number, true), Team: u.Team})
			}
		}
	}
	if !rd.lens.Scope.All() {
		mine := rd.lens.Scope.Teams()
		d.Teams = slices.DeleteFunc(d.Teams, func(name string) bool {
			return !slices.ContainsFunc(mine, func(t string) bool { spelled, _ := rd.s.Hub.Setup().Teams.Named(t); return spelled == name })
		})
	}
	return d
}

// Call is one ended call, or history.ErrNotFound where it may not be seen.
func (rd *reading) Call(ctx context.Context, seq uint64) (c history.Call, err error) {
	calls, has := rd.s.History.(Calls)
	if !has || rd.lens.Level >= privacy.Counts {
		return c, history.ErrNotFound
	}
	if c, err = calls.Call(ctx, seq); err != nil || rd.lens.Clear() {
		return c, err
	}
	if !c.Within(rd.scope) {
		return history.Call{}, history.ErrNotFound
	}
	if rd.lens.Level != privacy.Full {
		rd.veil.Call(&c)
	}
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

// Members are the users and lines of a choice among those of the scope.
func (rd *reading) Members(ctx context.Context, user func(oid, name, number string) bool, line func(oid, name string) bool) (users, lines []string, err error) {
	return rd.s.History.Members(ctx, user, line)
}
