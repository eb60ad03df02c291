package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/views"
)

// maxStretch is the longest time that one sheet is made for.
const maxStretch = 48 * time.Hour

// handover is "/handover": a shift on one sheet. Without a query it is the one
// that runs, or the last there was.
func (s *site) handover(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageHandover)
	if err != nil {
		return err
	}
	span, own, err := s.stretch(q)
	if err != nil {
		return err
	}
	rec, err := s.readingOf(r.Context(), q.Lens)
	if err != nil {
		return err
	}
	sheet := s.Hub.Handover(q, s.shiftFacts(r.Context(), rec, span, own))
	s.shiftBar(q, &sheet, span, own)
	return s.show(w, r, q, views.HandoverPageView(views.HandoverPage{Chrome: s.live(q, p, sheet.Title), Strip: p.Strip, Sheet: sheet}))
}

// stretch is the time that a query asks for.
func (s *site) stretch(q hub.Query) (span rules.Stretch, own bool, err error) {
	zone := s.Hub.Zone()
	set := s.Hub.Setup().Rules
	if q.From != "" {
		span.From, _ = hub.Moment(q.From, zone) // checked with the query
		span.To, _ = hub.Moment(q.To, zone)
		switch d := span.To.Sub(span.From); {
		case d <= 0:
			return span, true, &hub.QueryError{Field: "to", Value: q.To, Want: "a time after from"}
		case d > maxStretch:
			return span, true, &hub.QueryError{Field: "to", Value: q.To, Want: "a time at most 48 hours after from"}
		}
		span.Day = span.From.In(zone)
		return span, true, nil
	}
	named := slices.ContainsFunc(set.InEffect(), func(x rules.Shift) bool { return rules.SameShift(x.Name, q.Shift) })
	if q.Shift != "" && !named {
		wrong := &hub.QueryError{Field: "shift", Value: q.Shift, Want: "the name of a shift of the settings file"}
		for _, x := range set.Shifts {
			wrong.Choices = append(wrong.Choices, x.Name)
		}
		return span, false, wrong
	}
	now := s.Hub.Now().In(zone)
	if q.Day == "" {
		span, ok := set.LastShift(now, q.Shift)
		if !ok {
			return span, false, failed(http.StatusNotFound, func(w *views.ErrorWords) views.Trouble { return w.Ledger.NoShift })
		}
		return span, false, nil
	}
	day, _ := time.ParseInLocation(time.DateOnly, q.Day, zone) // checked with the query
	y, m, d := day.Add(12 * time.Hour).Date()
	var best rules.Stretch
	for _, x := range set.ShiftsOn(time.Date(y, m, d, 12, 0, 0, 0, zone)) {
		if q.Shift != "" && rules.SameShift(x.Shift.Name, q.Shift) {
			return x, false, nil
		}
		if q.Shift == "" && (best.From.IsZero() || !x.From.After(now)) {
			best = x
		}
	}
	if best.From.IsZero() {
		return best, false, failed(http.StatusNotFound, func(w *views.ErrorWords) views.Trouble { return w.Ledger.NoShift })
	}
	return best, false, nil
}

// shiftBar fills in the ways to other shifts.
func (s *site) shiftBar(q hub.Query, sheet *views.Handover, span rules.Stretch, own bool) {
	zone := s.Hub.Zone()
	set := s.Hub.Setup().Rules
	words := views.WordsOf(q.Speaks)
	now := s.Hub.Now()
	link := func(x *rules.Stretch) string {
		return hub.Query{Page: q.Page, Day: x.Day.Format(time.DateOnly), Shift: x.Shift.Name, Lang: q.Lang, Theme: q.Theme, Mask: q.Mask}.URL()
	}
	clocks := func(x *rules.Stretch) string {
		end := x.To.In(zone).Format("15:04")
		if end == "00:00" {
			end = "24:00"
		}
		return x.From.In(zone).Format("15:04") + "–" + end
	}
	title := func(x *rules.Stretch) string {
		return s.Hub.ShiftName(q, x.Shift.Name) + ", " + words.Day(x.From.In(zone)) + ", " + clocks(x)
	}
	noon := time.Date(span.Day.Year(), span.Day.Month(), span.Day.Day(), 12, 0, 0, 0, zone)
	for _, x := range set.ShiftsOn(noon) {
		if x.From.After(now) {
			continue
		}
		sheet.Shifts = append(sheet.Shifts, views.Choice{
			Label: s.Hub.ShiftName(q, x.Shift.Name), Count: clocks(&x), URL: link(&x),
			Chosen: !own && x.From.Equal(span.From) && x.Shift.Name == span.Shift.Name,
		})
	}
	if prev, ok := set.LastShift(span.From.In(zone).Add(-time.Second), ""); ok {
		sheet.Prev, sheet.PrevTitle = link(&prev), title(&prev)
	}
	for day := 0; day < 15 && sheet.Next == ""; day++ {
		for _, x := range set.ShiftsOn(noon.AddDate(0, 0, day)) {
			if x.From.After(span.From) && !x.From.After(now) {
				sheet.Next, sheet.NextTitle = link(&x), title(&x)
				break
			}
		}
	}
	sheet.From, sheet.To = span.From.In(zone).Format("2006-01-02T15:04"), span.To.In(zone).Format("2006-01-02T15:04")
	sheet.Hidden = hidden(hub.Query{Page: q.Page, Lang: q.Lang, Theme: q.Theme, Mask: q.Mask})
}

// shiftFacts gathers what is known of a stretch of time, from the board for the
// present day and from the record for others.
func (s *site) shiftFacts(ctx context.Context, rec *reading, span rules.Stretch, own bool) hub.ShiftFacts {
	f := hub.ShiftFacts{Name: span.Shift.Name, Own: own, From: span.From.UTC(), To: span.To.UTC()}
	s.shiftJourneys(ctx, rec, &f)
	f.Gaps, _ = rec.gaps(ctx, f.From, f.To)
	f.Gaps = slices.DeleteFunc(f.Gaps, func(g hub.GapFact) bool { return !g.To.IsZero() && !g.To.After(f.From) && !g.From.Equal(f.From) })
	s.shiftAlarms(ctx, rec, &f)
	s.shiftCustomers(ctx, rec, &f)
	return f
}

// shiftJourneys are the journeys that began in a stretch of time.
func (s *site) shiftJourneys(ctx context.Context, rec *reading, f *hub.ShiftFacts) {
	zone := s.Hub.Zone()
	now := s.Hub.Now()
	var today []state.Journey
	var since time.Time
	s.Hub.Read(func(b *state.Board, _ time.Time) {
		since, f.Short = b.Today().Since, b.JourneysOverflow()
		if f.To.After(since) && !since.IsZero() {
			today = b.Journeys()
		}
	})
	first := since // from when on anything is known
	seen := map[uint64]bool{}
	take := func(list []state.Journey) {
		for i := range list {
			j := list[i]
			if j.Start.Before(f.From) || !j.Start.Before(f.To) || seen[j.ID] {
				continue
			}
			if !j.Ended.IsZero() && j.StartKnown && !sameDay(j.Start, j.Ended, zone) {
				j.Counted = true // told after midnight, it belongs to the day before
			}
			seen[j.ID] = true
			f.Journeys = append(f.Journeys, j)
		}
	}
	take(rec.journeys(today))
	if s.record != nil {
		var err error
		if kept, ok := rec.keptSince(ctx); !ok {
			err = errLapse
		} else if !kept.IsZero() && (first.IsZero() || kept.Before(first)) {
			first = kept
		}
		for day := f.From.In(zone); err == nil && day.Before(f.To) && day.Before(now); day = noonAfter(day) {
			if sameDay(day, now, zone) {
				break // the board's own
			}
			var old []state.Journey
			if old, err = rec.Day(ctx, day); err == nil {
				take(old)
			}
		}
		if err != nil && ctx.Err() == nil {
			s.log.Warn("the record of calls cannot be read", "error", masked(err))
			first = since
		}
	}
	slices.SortStableFunc(f.Journeys, func(a, b state.Journey) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID)) })
	f.Kept = !first.IsZero() && first.Before(f.To)
	if f.Kept && first.After(f.From) {
		f.Since = first
		if sameDay(first, f.From, zone) && first.Equal(since) && !s.watchedFrom(since) {
			f.Since = time.Time{}
		}
	}
}

// watchedFrom reports that counting began in the middle of a day.
func (s *site) watchedFrom(since time.Time) bool {
	y, m, d := since.In(s.Hub.Zone()).Date()
	return !since.Equal(state.Midnight(y, m, d, s.Hub.Zone()))
}

func sameDay(a, b time.Time, zone *time.Location) bool {
	return a.In(zone).Format(time.DateOnly) == b.In(zone).Format(time.DateOnly)
}

// noonAfter is noon of the next day: it exists on every day.
func noonAfter(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+1, 12, 0, 0, 0, t.Location())
}

// shiftAlarms are the alarms raised in a stretch of time: those of the record,
// and those up now that it does not have yet.
func (s *site) shiftAlarms(ctx context.Context, rec *reading, f *hub.ShiftFacts) {
	type key struct {
		kind rules.Kind
		call uint64
		at   int64
	}
	seen := map[key]bool{}
	take := func(e rules.Episode) {
		k := key{e.Kind, e.Call, e.From.UnixMilli()}
		if e.From.Before(f.From) || !e.From.Before(f.To) || seen[k] {
			return
		}
		seen[k] = true
		f.Alarms = append(f.Alarms, e)
	}
	if s.record == nil {
		f.NoAlarms = f.To.Before(s.Hub.Now())
	} else {
		old, err := rec.alarms(ctx, f.From, f.To)
		f.NoAlarms = err != nil
		for i := range old {
			a := &old[i]
			take(rules.Episode{Kind: rules.Kind(a.Kind), Call: a.Call, From: a.From, To: a.To})
		}
	}
	up, _ := s.Hub.AlarmsOf(rec.lens) // too many lenses: those up now are told by the record
	for _, a := range up {
		take(rules.Episode{Kind: a.Kind, Call: a.Subject, From: a.Raised})
	}
	slices.SortStableFunc(f.Alarms, func(a, b rules.Episode) int { return a.From.Compare(b.From) })
}

// shiftCustomers are the customers to call back at the end of a stretch of time
// and those who were spoken to in it. While it runs, and a while behind it, that
// is the list of now; of long ago, that of a board made anew from the journal.
func (s *site) shiftCustomers(ctx context.Context, rec *reading, f *hub.ShiftFacts) {
	zone := s.Hub.Zone()
	now := s.Hub.Now()
	seen := map[uint64]bool{}
	closed := func(r *state.Recovery) {
		for _, e := range r.Closed {
			if at := e.Closed.At; !at.Before(f.From) && at.Before(f.To) && !seen[e.ID] {
				seen[e.ID] = true
				f.Closed = append(f.Closed, e)
			}
		}
	}
	present := s.Hub.Ledger(rec.lens).Ledger
	const fresh = 15 * time.Minute // a sheet printed just behind the end tells what is
	if now.Before(f.To.Add(fresh)) {
		f.Ledger = &present
		closed(&present)
	} else if then := s.boardAt(ctx, rec.lens, f.To); then != nil {
		f.Ledger, f.Then = then, f.To
		closed(then)
	} else if sameDay(f.To, now, zone) || sameDay(f.To.Add(-time.Second), now, zone) {
		f.Ledger = &present
		closed(&present)
	}
	// Closed entries go at midnight, so a night has those of its evening too.
	y, m, d := f.From.In(zone).Date()
	for day := d + 1; ; day++ {
		midnight := state.Midnight(y, m, day, zone)
		if !midnight.Before(f.To) || midnight.After(now) {
			break
		}
		if then := s.boardAt(ctx, rec.lens, midnight.Add(-time.Second)); then != nil {
			closed(then)
		}
	}
	slices.SortStableFunc(f.Closed, func(a, b state.Callback) int { return a.Closed.At.Compare(b.Closed.At) })
}

// boardAt is the recovery ledger as it was; nil where nothing tells.
func (s *site) boardAt(ctx context.Context, l privacy.Lens, at time.Time) (r *state.Recovery) {
	if s.Travel == nil {
		return nil
	}
	then, release, err := s.Travel.Hub(ctx, at, 0)
	if err != nil {
		return nil
	}
	defer release()
	ledger := then.Ledger(l).Ledger
	return &ledger
}
