package state

import (
	"slices"
	"time"
)

// Remember is a board that knows no calls, only what is kept of the day's
// journeys that are over, and the gaps of the feed: for the day on which the
// log was lost and the history was not. Its counters are a least (Complete is
// false): calls that were up are in no history, missed notices and what is
// counted of people are not known. now is the time of the board; journeys of
// other days are left out. Ids go on behind those of the journeys and their
// calls, or with cfg.FirstCall.
func Remember(cfg Config, now time.Time, journeys []Journey, gaps []Gap) *Board {
	b := New(cfg)
	b.Advance(now)
	since := time.Time{}
	for i := range journeys {
		t := journeys[i]
		b.nextJourney = max(b.nextJourney, t.ID)
		for _, seq := range t.Calls {
			b.nextSeq = max(b.nextSeq, seq)
		}
		if t.Day == "" {
			t.Day = b.dateOf(t.Start)
		}
		if t.Day != b.today.Day || !t.Counted || t.Ended.IsZero() || len(b.frozen) >= dayCap {
			continue
		}
		t.Doubt = false
		b.frozen = append(b.frozen, &t)
		b.countTold(&t)
		if since.IsZero() || t.Start.Before(since) {
			since = t.Start
		}
	}
	slices.SortFunc(b.frozen, (*Journey).compare)
	b.today.Complete = false
	if begin := b.dayStart(b.now); since.Before(begin) {
		since = later(since, begin) // its first call may have come up before midnight
	}
	if len(b.frozen) > 0 {
		b.today.Since, b.watching = since.UTC(), since.UTC()
	}
	b.published = b.today
	for _, g := range gaps {
		g.From, g.To = g.From.UTC(), g.To.UTC()
		if !g.From.IsZero() {
			b.gaps = append(b.gaps, g)
		}
	}
	slices.SortFunc(b.gaps, func(x, y Gap) int { return x.From.Compare(y.From) })
	b.gaps = slices.CompactFunc(b.gaps, func(x, y Gap) bool { return x.From.Equal(y.From) })
	b.gaps = slices.Clip(b.gaps[max(len(b.gaps)-gapCap, 0):])
	for i := range b.gaps[:max(len(b.gaps)-1, 0)] { // only the last one can still be open
		if g := &b.gaps[i]; g.To.IsZero() {
			g.To = b.gaps[i+1].From
		}
	}
	if cfg.Settle { // the history knows them
		for _, g := range b.gaps {
			b.unsettled.gaps = append(b.unsettled.gaps, toldGap{g, g.From.UnixNano(), true})
		}
	}
	b.dayVersion++
	return b
}

// countTold counts a journey of today of which only what was told is kept.
func (b *Board) countTold(t *Journey) {
	if !t.Counted {
		return
	}
	var s share
	switch t.Kind {
	case Internal:
		s.internal = 1
	case Outbound:
		s.outbound = 1
	default:
		s.offered = 1
		switch {
		case !t.Answered.IsZero():
			s.answered = 1
		case !t.Lost:
			s.unanswered = 1
			if b.normal(t.Customer.Number) == "" {
				b.anonymous++
			}
		}
		if t.WaitKnown {
			b.today.WaitTotal += t.Answered.Sub(t.Start)
			b.today.WaitCount++
		}
	}
	b.ofLine(t.Line).add(s, share{})
	b.today.Offered += s.offered
	b.today.Answered += s.answered
	b.today.Unanswered += s.unanswered
	b.today.Outbound += s.outbound
	b.today.Internal += s.internal
}
