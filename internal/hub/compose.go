package hub

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// A composer makes one picture of a view. It lives for one painting.
type composer struct {
	p      *painter
	v      *view
	q      Query
	look   presentation
	words  *views.Words
	now    time.Time
	moment time.Time // to which ages run: now, or when the last proof came
	old    *picture  // nil at first
	pic    *picture
	names  map[string]string // user → name, on the page of a call
}

// compose makes the present picture of a view. p.mu is held. Errors:
// ErrNotFound for a call nobody knows.
func (p *painter) compose(v *view, now time.Time) (*picture, error) {
	v.mu.Lock()
	old := v.pic
	v.mu.Unlock()
	c := p.composer(v, now)
	c.old = old
	var err error
	switch v.q.Page {
	case PageBoard:
		c.board()
	case PageWall:
		c.wall()
	case PageCall:
		err = c.call()
	case PageStatus:
		c.status()
	case PagePeople:
		c.people()
	case PageLines:
		c.linesPage()
	case PageMissed:
		c.missed()
	case PageNumbers:
		c.numbersPage()
	case PageGaps:
		c.gapsPage()
	case PageGap:
		c.gapPage()
	}
	if err != nil {
		return nil, err
	}
	c.pic.hash = stateHash(c.pic.items)
	c.pic.code = c.pic.hash
	if len(c.pic.coded) > 0 {
		c.pic.code = stateHash(append(slices.Clip(c.pic.items), c.pic.coded...))
	}
	c.alarmsPart()
	c.noticePart()
	c.reachedPart()
	c.strip()
	if v.q.Page != PageWall {
		c.navCounts()
	}
	c.pic.bytes = 128
	for i := range c.pic.parts {
		c.pic.bytes += len(c.pic.parts[i].json) + len(c.pic.parts[i].id) + 8
	}
	for i := range c.pic.items {
		it := &c.pic.items[i]
		c.pic.bytes += len(it.json) + len(it.id) + len(it.rev) + 32
	}
	return c.pic, nil
}

// composer is one for the present state of the mirror. p.mu is held.
func (p *painter) composer(v *view, now time.Time) *composer {
	c := &composer{p: p, v: v, q: v.q, look: v.look, words: wordsOf(v.q.Speaks), now: now, moment: now}
	c.pic = &picture{at: now, live: liveWord(p.feed.State)}
	if stopped := ageStop(p.feed); !stopped.IsZero() {
		c.moment, c.pic.moment = stopped, stopped
	}
	return c
}

// ageStop is the moment at which ages stand still because nobody proves them
// any more; zero while they run.
func ageStop(f state.Feed) time.Time {
	switch f.State {
	case state.Doubtful, state.Blind, state.CatchingUp:
		return f.AsOf
	}
	return time.Time{}
}

// liveWord is the contract's data-live for a state of the feed.
func liveWord(s state.FeedState) string {
	switch s {
	case state.Live:
		return "live"
	case state.Blind:
		return "blind"
	}
	return "doubtful"
}

// strip makes the freshness strip and the banner, which every page has.
func (c *composer) strip() {
	f, w := c.p.feed, c.words
	s := views.Strip{
		Live: c.pic.live, Words: w.Live,
		Gaps: c.gapsToday(), Attempt: f.Attempt,
		Date: c.words.Date(c.local(c.now)), Build: c.p.h.opt.Build,
	}
	bt := c.p.h.pulse()
	s.LimitProof, s.LimitFrame, s.Clock = c.limit(state.ProofLimit), c.limit(c.p.h.screenLimit()), c.clockNotice(bt)
	s.LimitEvent = spaced(w.OnStatus.LimitSilence, sprintf(w.OnStatus.SilenceFmt, c.brief(state.SilenceLimit)))
	s.Storage = c.pausedNotice()
	if c.q.Page != PageWall {
		s.GapsURL = Query{Page: PageGaps, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
	}
	if c.q.Page != PageStatus {
		s.StatusURL = Query{Page: PageStatus, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
	}
	if f.State != state.Live {
		s.Words, s.Reason = w.NotLive, c.feedReason()
		if !f.AsOf.IsZero() {
			s.AsOf = c.clock(f.AsOf)
		}
	}
	if f.State == state.Doubtful || f.State == state.Blind {
		s.Cut = "pbx"
	}
	if c.p.h.Recorded() {
		s.Record = c.recordSaid()
	}
	c.pic.strip = s
	shown := freshStrip(s, bt, c.q, c.pic.code)
	// Times that move with every message and the code that moves with every
	// frame travel in beats and frames, not as a new strip.
	key := s
	if shown.EventMS != 0 {
		key.EventMS = 1 // the words change with the first event
	}
	if c.q.Page == PageWall {
		if len(c.pic.coded) > 0 { // the page cannot compute it, so it comes with the strip
			key.Code, shown.Sealed = shown.Code, true
			c.pic.strip.Sealed = true
		}
		c.part("p-banner", s, views.WallBannerPart(shown))
		c.part("p-strip", key, views.WallFootPart(shown))
		return
	}
	c.part("p-banner", s, views.BannerPart(shown))
	c.part("p-strip", key, views.StripPart(shown))
}

// freshStrip fills in what moves with every message.
func freshStrip(s views.Strip, bt *beat, q Query, hash string) views.Strip {
	s.EventMS = milliseconds(bt.event)
	if !bt.proof.IsZero() {
		if s.Cut != "" {
			s.Proof = views.FormatAge(bt.at.Sub(bt.proof), false)
		} else {
			s.Proof = wordsOf(q.Speaks).Seconds(bt.at.Sub(bt.proof))
		}
	}
	if !bt.event.IsZero() {
		s.Event = views.FormatAge(bt.at.Sub(bt.event), false)
	}
	switch {
	case q.Page != PageBoard && q.Page != PageWall && q.Page != PagePeople && q.Page != PageMissed: // no list, nothing to compare by eye
	case s.Live == "blind":
		s.Code = "–"
	default:
		s.Code = hash[:4] + " " + hash[4:]
	}
	return s
}

// feedReason says in a sentence why the board is not live.
func (c *composer) feedReason() string {
	f := c.p.feed
	reason := c.reason(f.Code, f.Reason)
	switch f.State {
	case state.Quiet:
		return c.words.ReasonQuiet
	case state.CatchingUp:
		return cmp.Or(reason, c.words.ReasonCatchingUp)
	}
	return reason
}

// reason is what the feed says about itself: in other languages than English by
// its code, and where that is not known in the feed's own words.
func (c *composer) reason(code, said string) string {
	return sentence(cmp.Or(c.words.Feed.Reasons[code], views.CleanSentence(said)))
}

// sentence puts a full stop behind words that lack one.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// gapsToday counts the interruptions since midnight and how long they took
// together; one that lasts makes the length a least.
func (c *composer) gapsToday() string {
	midnight := c.midnight()
	count, open := 0, false
	var length time.Duration
	for _, g := range c.p.gaps {
		from, to := g.From, g.To
		if to.IsZero() {
			to, open = c.now.Truncate(time.Minute), true // it shows whole minutes: a strip does not tick
		}
		if !to.After(midnight) && !g.To.IsZero() {
			continue
		}
		if from.Before(midnight) {
			from = midnight
		}
		count++
		length += max(to.Sub(from), 0)
	}
	if count == 0 {
		return ""
	}
	return sprintf(c.words.GapsTodayFmt, count, views.FormatAge(length, open))
}

func (c *composer) local(t time.Time) time.Time { return t.In(c.p.h.opt.Zone) }

// midnight is the start of the present day on screen.
func (c *composer) midnight() time.Time {
	y, m, d := c.local(c.now).Date()
	return state.Midnight(y, m, d, c.p.h.opt.Zone)
}

// clock prints a time of day with seconds, which is proof; hour without.
func (c *composer) clock(t time.Time) string { return c.dayTime(t, "15:04:05") }
func (c *composer) hour(t time.Time) string  { return c.dayTime(t, "15:04") }

// dayTime prints a time of day, with the date if it is not today.
func (c *composer) dayTime(t time.Time, layout string) string {
	if t.IsZero() {
		return "–"
	}
	local := c.local(t)
	if local.Format(time.DateOnly) != c.local(c.now).Format(time.DateOnly) {
		return c.words.Day(local) + ", " + local.Format(layout)
	}
	return local.Format(layout)
}

// numbersKnown reports whether counts of zero mean zero: not before the first
// call event has proven the feed, and not without a view of it.
func (c *composer) numbersKnown() bool {
	return c.p.feed.State != state.Blind && c.p.feed.State != state.Quiet
}

// nowKnown is the same of what is up right now: a board without a call that is
// not live, as after a restart, knows nothing of that.
func (c *composer) nowKnown() bool {
	f := c.p.feed.State
	return c.numbersKnown() && (len(c.p.order) > 0 || f == state.Live)
}
