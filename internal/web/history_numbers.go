package web

import (
	"context"
	"net/http"
	"slices"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/views"
)

// pastNumbers is the page of the numbers of days that are over: the same as that
// of today, of what the history has.
func (s *site) pastNumbers(w http.ResponseWriter, r *http.Request, q hub.Query) error {
	past, err := s.kept(r.Context(), q)
	if err != nil {
		return err
	}
	numbers, err := s.Hub.PastNumbers(r.Context(), q, past)
	if err != nil {
		return err
	}
	frame := hub.Query{Page: hub.PageHistory, Lang: q.Lang, Speaks: q.Speaks, Theme: q.Theme, Mask: q.Mask, Lens: q.Lens}
	picture, err := s.Hub.Picture(r.Context(), frame)
	if err != nil {
		return err
	}
	chrome := s.live(frame, picture, numbers.Title)
	chrome.Nav = navigation(q, views.WordsOf(q.Speaks))
	countMissed(chrome.Nav, picture)
	chrome.Spoken, chrome.BackURL = choices(q, hub.Query.URL), q.URL()
	return s.show(w, r, q, views.NumbersPageView(views.NumbersPage{Chrome: chrome, Strip: picture.Strip, Numbers: *numbers}))
}

// kept reads the days of a query from the history.
func (s *site) kept(ctx context.Context, q hub.Query) (hub.Past, error) {
	from, to, ok := q.Days(s.Hub.Zone())
	if now := s.Hub.Now(); !ok || !from.Before(now) {
		return hub.Past{}, &hub.QueryError{Field: "day", Value: q.Day, Want: "a day that has begun"}
	}
	past := hub.Past{From: from, To: to}
	if !s.keeps() {
		return past, nil
	}
	rec, err := s.readingOf(ctx, q.Lens)
	if err != nil {
		return past, err
	}
	begun, _, err := rec.Span(ctx)
	if err != nil {
		return past, err
	}
	past.Known = !begun.IsZero() && begun.Before(to)
	past.Complete = past.Known && !from.Before(begun) && !s.Hub.Now().Before(to)
	gaps, err := rec.Gaps(ctx, from, to)
	if err != nil {
		return past, err
	}
	if slices.ContainsFunc(gaps, func(g history.Gap) bool { return g.Hides() && g.From.Before(to) && (g.To.IsZero() || g.To.After(from)) }) {
		past.Complete = false
	}
	if past.Users, past.Lines, err = rec.Names(ctx); err != nil {
		return past, err
	}
	for day := from; day.Before(to); _, day = history.DayOf(day, s.Hub.Zone()) {
		journeys, err := rec.Day(ctx, day)
		if err != nil {
			return past, err
		}
		past.Journeys = append(past.Journeys, journeys...)
	}
	return past, nil
}

// isToday reports days that are today and nothing else: the board tells them.
func (s *site) isToday(q hub.Query) bool {
	from, to, ok := q.Days(s.Hub.Zone())
	now := s.Hub.Now()
	return ok && !now.Before(from) && now.Before(to) && daysBetween(from, to) == 1
}

// countMissed puts the number of customers to call back beside its page.
func countMissed(nav []views.NavItem, p hub.Picture) {
	for i := range nav {
		if n := &nav[i]; n.Page == hub.PageMissed {
			n.Count, n.TabCount = p.ToCallBack, p.ToCallBack
			n.TabCount.ID = hub.TabMissed
		}
	}
}

// dayOf gives the numbers of a query for programs.
func (s *site) dayOf(r *http.Request, q hub.Query) (hub.Day, error) {
	if q.Day == "" || s.isToday(q) {
		q.Day = ""
		return s.sight(r).Day(q)
	}
	past, err := s.kept(r.Context(), q)
	if err != nil {
		return hub.Day{}, err
	}
	return s.Hub.PastDay(q, past), nil
}
