package web

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/state"
)

// A Record is what is kept beyond memory; *history.Store is one. Its methods
// read a disk: they take a moment and can fail, and then pages say what they do
// not know instead of leaving it out.
type Record interface {
	// Gaps are those that touch a stretch of time, oldest first.
	Gaps(ctx context.Context, from, to time.Time) ([]history.Gap, error)
	// Alarms are those that stood in a stretch of time, oldest first.
	Alarms(ctx context.Context, from, to time.Time) ([]history.Alarm, error)
	// Day are the journeys of a day.
	Day(ctx context.Context, day time.Time) ([]state.Journey, error)
	// DurationCheck says what the PBX's duration means.
	DurationCheck(ctx context.Context, since time.Time) (history.Check, error)
	// Status says since when there is anything.
	Status(ctx context.Context) (history.Status, error)
	// Review marks a gap as looked at, once: the first name stands. Errors:
	// history.ErrNotFound, history.ErrReviewed.
	Review(ctx context.Context, gap history.Gap, by string, at time.Time) error
}

// recordOf is the record of a configuration; nil where nothing is kept.
func recordOf(c Config) Record {
	if c.Record != nil {
		return c.Record
	}
	r, _ := c.History.(Record)
	return r
}

// The beginning and the end of all times that a record can hold.
var (
	ever  = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	never = time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)
)

// gaps are the interruptions that touch a stretch of time, oldest first: those
// of the record, and in their place what the board itself remembers, which is
// newer. kept is false where the record cannot be read: older ones are missing
// then.
func (rd *reading) gaps(ctx context.Context, from, to time.Time) (list []hub.GapFact, kept bool) {
	s := rd.s
	var old []history.Gap
	if s.record != nil {
		var err error
		if old, err = s.record.Gaps(ctx, from, to); err == nil {
			kept = true
		} else if ctx.Err() == nil {
			s.log.Warn("the record of gaps cannot be read", "error", masked(err))
		}
	}
	type key struct {
		kind string
		at   int64
	}
	at := map[key]int{}
	for i := range old {
		g := &old[i]
		fact := hub.GapFact{
			Gap:  state.Gap{From: g.From, To: g.To, Code: g.Code, Reason: g.Reason, Touched: g.Touched, Lost: g.Lost},
			Kind: g.Kind, ReviewedBy: g.ReviewedBy, ReviewedAt: g.ReviewedAt,
		}
		at[key{fact.Kind, fact.ID()}] = len(list)
		list = append(list, fact)
	}
	for _, g := range s.Hub.GapsOf(rd.lens) {
		if !g.From.Before(to) || !g.To.IsZero() && g.To.Before(from) {
			continue
		}
		if i, known := at[key{g.Kind, g.ID()}]; known {
			g.ReviewedBy, g.ReviewedAt = list[i].ReviewedBy, list[i].ReviewedAt
			list[i] = g
			continue
		}
		list = append(list, g)
	}
	slices.SortStableFunc(list, func(a, b hub.GapFact) int { return a.From.Compare(b.From) })
	for i := range list {
		list[i].ReviewedBy = rd.lens.Name(list[i].ReviewedBy, true)
	}
	return list, kept
}

// gap is one interruption.
func (rd *reading) gap(ctx context.Context, id int64) (g hub.GapFact, kept bool, err error) {
	from := time.UnixMilli(id).UTC()
	list, kept := rd.gaps(ctx, from, from.Add(time.Millisecond))
	for _, g := range list {
		if g.ID() == id {
			return g, kept, nil
		}
	}
	return g, kept, errNoGap
}

// keptSince is since when there is a record; false where it cannot be read.
func (rd *reading) keptSince(ctx context.Context) (time.Time, bool) {
	if rd.s.record == nil {
		return time.Time{}, false
	}
	status, err := rd.s.record.Status(ctx)
	return status.First, err == nil
}

// alarms are those raised in a stretch of time that may be seen: of a part of the
// company those of its calls, lines and people, and none of all together.
func (rd *reading) alarms(ctx context.Context, from, to time.Time) ([]history.Alarm, error) {
	list, err := rd.s.record.Alarms(ctx, from, to)
	if rd.scope == nil {
		return list, err
	}
	return slices.DeleteFunc(list, func(a history.Alarm) bool { return !rd.takesAlarm(ctx, &a) }), err
}

func (rd *reading) takesAlarm(ctx context.Context, a *history.Alarm) bool {
	if a.Call != 0 {
		calls, has := rd.s.History.(Calls)
		if !has {
			return false
		}
		c, err := calls.Call(ctx, a.Call)
		return err == nil && c.Within(rd.scope)
	}
	kind, name, _ := strings.Cut(a.Scope, ":")
	switch kind {
	case "line":
		return rd.sight.LineIn(name, "")
	case "user":
		return rd.sight.UserIn(name, "", "")
	case "team":
		spelled, _ := rd.s.Hub.Setup().Teams.Named(name)
		return slices.ContainsFunc(rd.lens.Scope.Teams(), func(t string) bool { mine, ok := rd.s.Hub.Setup().Teams.Named(t); return ok && mine == spelled })
	}
	return false
}

// review marks an interruption in the record.
func (s *site) review(ctx context.Context, g *hub.GapFact, by string) error {
	err := s.record.Review(ctx, history.Gap{
		Kind: g.Kind, From: g.From, To: g.To, Code: g.Code, Reason: g.Reason, Touched: g.Touched, Lost: g.Lost,
	}, by, s.Hub.Now())
	switch {
	case errors.Is(err, history.ErrReviewed):
		return errFirst
	case err != nil:
		s.log.Warn("a gap could not be marked as reviewed", "error", masked(err))
		return errLapse
	}
	return nil
}

// unseen are the interruptions of the feed among some: those that make counts
// a least.
func unseen(gaps []hub.GapFact) []state.Gap {
	var out []state.Gap
	for i := range gaps {
		if g := &gaps[i]; g.Kind == hub.GapFeed || g.Kind == hub.GapProcess {
			out = append(out, g.Gap)
		}
	}
	return out
}
