package app

import (
	"context"
	"slices"
	"time"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/web"
)

// pastHours reads for the charts of the board how many customers came in on a
// day of the past. A nil store gives none: charts then have no week before.
func pastHours(s *history.Store, zone *time.Location) func(ctx context.Context, day time.Time, lines, users []string) (hub.PastHours, error) {
	if s == nil {
		return nil
	}
	return func(ctx context.Context, day time.Time, lines, users []string) (p hub.PastHours, err error) {
		from, to := history.DayOf(day, zone)
		first, _, err := s.Span(ctx)
		if err != nil || first.IsZero() || first.After(from) {
			return p, err // not kept, or not the whole of it
		}
		hours, err := s.Hours(ctx, from, to, history.Scope{Lines: lines, Users: users})
		if err != nil {
			return p, err
		}
		for i := range hours {
			p.Counts[hours[i].Start.In(zone).Hour()] += hours[i].Offered
		}
		gaps, err := s.Gaps(ctx, from, to)
		p.Known, p.Least = true, slices.ContainsFunc(gaps, func(g history.Gap) bool { return g.Hides() })
		return p, err
	}
}

// show gives the web what is kept of calls that are over, if anything is.
func show(s *history.Store, cfg *web.Config) {
	if s != nil {
		cfg.History = s
	}
}
