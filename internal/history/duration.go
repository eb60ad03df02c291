package history

import (
	"context"
	"time"

	"callboard/internal/state"
)

const (
	durationSlack = 2 * time.Second // events travel, and the PBX counts whole seconds
	decisiveLeast = DurationNeeded
	decisiveShare = 90 // per cent of them that must agree
)

// DurationNeeded is how many calls must be able to tell the talk from ring and
// talk before there is a verdict.
const DurationNeeded = 20

// DurationCheck says what the PBX's duration means, by calls that began since:
// those that the PBX ended, that were answered before our eyes and handed on to
// nobody, and that have a duration.
func (s *Store) DurationCheck(ctx context.Context, since time.Time) (Check, error) {
	c := Check{Since: since}
	err := s.db().Read.QueryRowContext(ctx, `
		WITH one AS (
			SELECT abs(pbx-talk)<=?1 AS talks, abs(pbx-(ended-started))<=?1 AS totals FROM call
			WHERE started>=?2 AND outcome=?3 AND phase=?4 AND pbx IS NOT NULL AND wait IS NOT NULL AND transfers=0 AND flags&?5=0)
		SELECT count(*), ifnull(sum(talks AND NOT totals),0), ifnull(sum(totals AND NOT talks),0), ifnull(sum(talks AND totals),0), ifnull(sum(NOT talks AND NOT totals),0) FROM one`,
		int64(durationSlack), nanos(since), state.EndedHungUp, state.Talking, flagInferred|flagTransferred|flagStartAtLeast|flagTalkAtLeast).
		Scan(&c.Calls, &c.Talk, &c.Total, &c.Both, &c.Neither)
	c.Verdict = c.verdict()
	return c, s.failed(err)
}

// verdict judges by the calls that can tell: those that rang for long enough.
func (c *Check) verdict() Verdict {
	decisive := c.Talk + c.Total + c.Neither
	switch {
	case decisive < decisiveLeast:
		return MeansUnknown
	case c.Talk*100 >= decisive*decisiveShare:
		return MeansTalk
	case c.Total*100 >= decisive*decisiveShare:
		return MeansTotal
	}
	return MeansUnclear
}
