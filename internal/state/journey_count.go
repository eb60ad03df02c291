package state

import "time"

// A share is what a journey contributes to today's counters.
type share struct {
	offered, answered, unanswered, outbound, internal int
	wait                                              time.Duration
	waits                                             int
}

// count brings today's counters in line with what a journey now amounts to.
func (b *Board) count(j *journey) {
	b.follow(j)
	if j.day != b.today.Day { // yesterday's; what it amounted to went with the day
		j.share = share{}
		return
	}
	s := share{wait: j.share.wait, waits: j.share.waits}
	if j.counted {
		switch j.kind {
		case Internal:
			s.internal = 1
		case Outbound:
			s.outbound = 1
		default: // Inbound, or towards nobody known yet: a customer who waits
			s.offered = 1
			switch {
			case !j.face().answered.IsZero():
				s.answered = 1
			case j.live == 0 && !j.unsure:
				s.unanswered = 1
			}
		}
	}
	b.news(j)
	b.addShare(j, s)
}

// uncount takes a journey out of today's counters.
func (b *Board) uncount(j *journey) {
	if j.day == b.today.Day {
		b.today.WaitTotal -= j.share.wait
		b.today.WaitCount -= j.share.waits
		b.addShare(j, share{})
	}
	j.share = share{}
}

// addShare replaces what a journey contributes to the day and to its line.
func (b *Board) addShare(j *journey, now share) {
	was := j.share
	if now == was && was != (share{}) { // has its place in the day already
		return
	}
	j.share = now
	b.ofLine(j.line).add(now, was)
	b.today.Offered += now.offered - was.offered
	b.today.Answered += now.answered - was.answered
	b.today.Unanswered += now.unanswered - was.unanswered
	b.today.Outbound += now.outbound - was.outbound
	b.today.Internal += now.internal - was.internal
}

// add puts now in the place of was.
func (s *share) add(now, was share) {
	s.offered += now.offered - was.offered
	s.answered += now.answered - was.answered
	s.unanswered += now.unanswered - was.unanswered
}
