package hub

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

const (
	// framePause is the least time between two paintings: the first change
	// after a quiet moment goes out at once, a storm four times a second.
	framePause = 250 * time.Millisecond
	// sortPause is the least time between two changes of the order of rows
	// that stay in their group: a list that jumps cannot be read.
	sortPause = 2 * time.Second
	// statusPause is the least time between two paintings of a status view.
	statusPause = time.Second
	// endedShown is how many calls that ended lately the side panel lists.
	endedShown = 8
	// namesKept bounds the lines and people kept besides those of the board.
	namesKept = 10_000
)

// The painter keeps its own mirror of the board, fed with nothing but the
// changes, and paints the views from it. So the board's lock is never held
// while rendering.
type painter struct {
	h     *Hub
	root  *painter       // the clear painter, which this one follows; nil of that itself
	lens  privacy.Lens   // what it sees through
	sight *privacy.Sight // the same with what is known of the company; nil of the clear one

	mu        *sync.Mutex               // one for all painters: guards what follows, and all rendering
	lenses    map[privacy.Lens]*painter // of the clear one: those that follow it
	used      time.Time                 // when somebody looked through its lens last
	companyOf uint64                    // names of the clear one's company that were taken over
	calls     map[uint64]*mirrored
	order     []*mirrored // the same in order of Seq, nearly the order of the screen
	feed      state.Feed
	today     state.Today
	waiting   state.Waiting    // customers to call back
	open      []state.Callback // the same one by one, as of openRev
	openRev   uint64
	gaps      []state.Gap
	paused    pause // of writing
	ended     []state.Ended
	company   company
	hours     hourbook
	past      map[scope]*pastDay // of the week before, for charts
	day       daybook
	setup     setup
	watch     *watch
	came      *callers                            // through a scope: who came in today
	notice    Notice                              // an operator's; see noticeAt
	present   *roster                             // of the latest version that a view of people asked for
	tiles     map[presentation]map[string]*tileOf // by user
	told      state.FeedState                     // of the feed, by the last beat made for a change of it
	version   uint64                              // rises whenever the mirror changed
	since     time.Time                           // arrival of the oldest input that is in no frame yet
}

// mirrored is a call as the painter knows it, with everything made from it.
type mirrored struct {
	call          state.Call
	text, numbers string   // for searching, made when first searched
	teams         []string // folded, made when first asked for
	teamsOf       uint64   // company.names when they were made
	rows          []row
}

func newPainter(h *Hub) painter {
	return painter{
		h: h, mu: new(sync.Mutex), calls: map[uint64]*mirrored{}, company: newCompany(),
		tiles: map[presentation]map[string]*tileOf{}, setup: newSetup(h.opt.Setup, h.clock.now()), notice: h.opt.Notice,
		watch: newWatch(nil),
	}
}

// run paints when something changed or is due, until ctx ends.
func (p *painter) run(ctx context.Context) {
	alarm := time.NewTimer(0)
	defer alarm.Stop()
	var rest time.Time // no painting before it
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.h.wake:
		case <-alarm.C:
		}
		if wait := time.Until(rest); wait > 0 {
			alarm.Reset(wait)
			select {
			case <-ctx.Done():
				return
			case <-alarm.C:
			}
		}
		news, wait := p.paint()
		if news || p.h.clock.recorded { // what time alone brings is rare, unless it is played fast, and no reason for an event to wait
			rest = time.Now().Add(framePause)
		}
		alarm.Stop()
		if wait >= 0 {
			alarm.Reset(wait)
		}
	}
}

// paint brings all views up to date and reports whether a change of the board
// made a frame. wait is until the next one is to be painted without a change;
// negative: never.
func (p *painter) paint() (news bool, wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.absorb()
	now := p.h.clock.now()
	due := p.evaluate(now)
	for _, o := range p.lenses {
		due = earlier(due, o.evaluate(now))
	}
	present := time.Now()
	list, idle := p.h.views.alive(present) // readers are of the present, whatever the clock tells
	idle = earlier(idle, p.tidyLenses(present))
	lookers := int32(0)
	framed := false
	for _, v := range list {
		if v.q.reads() {
			lookers++
		}
		o, err := p.through(v.look.lens, present)
		if err != nil { // never: the painter of a view that is alive stays
			continue
		}
		if o.paintView(v, now) {
			framed = true
		}
		due = earlier(due, v.due)
	}
	p.h.lookers.Store(lookers)
	if framed && !p.since.IsZero() && p.h.opt.OnEventToFrame != nil {
		p.h.opt.OnEventToFrame(time.Since(p.since))
	}
	news = framed && !p.since.IsZero()
	p.since = time.Time{}
	p.tellFeed()
	wait = -1
	if !due.IsZero() {
		wait = p.h.clock.until(due)
	}
	if left := max(time.Until(idle), 0); !idle.IsZero() && (wait < 0 || left < wait) {
		wait = left
	}
	return news, wait
}

// tellFeed beats when the state of the feed is another than the last beat was
// made for: the word on the root element follows at once, whoever absorbed the
// change. p.mu is held.
func (p *painter) tellFeed() {
	if p.feed.State != p.told {
		p.told = p.feed.State
		p.h.beatNow()
	}
}

// absorb takes over what changed on the board. p.mu is held.
func (p *painter) absorb() {
	if p.root != nil {
		p.root.absorb()
		return
	}
	h := p.h
	h.mu.Lock()
	d := h.dirty
	if len(d.calls) == 0 && !d.feed && !d.today && !d.ledger && !d.names && !d.store {
		h.mu.Unlock()
		return
	}
	h.dirty = dirty{calls: make(map[uint64]note)}
	if d.store {
		p.paused = h.paused
	}
	if d.feed {
		p.feed = h.board.Feed()
		p.gaps = h.board.Gaps()
	}
	if d.today {
		p.today = h.board.Today()
	}
	if d.ledger {
		p.waiting = h.board.Waiting()
	}
	if d.ended {
		p.ended = h.board.RecentEnded(endedShown)
	}
	var people []state.Person
	var lines []state.PhoneLine
	if d.names {
		people, lines = h.board.People(), h.board.PhoneLines()
	}
	h.mu.Unlock()
	if d.names {
		p.company.take(people, lines, p.setup.Teams)
	}

	for seq, n := range d.calls {
		if n.gone {
			p.drop(seq)
			continue
		}
		m := p.put(asOf(n.call))
		p.company.learn(&m.call, p.setup.Teams)
	}
	p.version++
	if p.since.IsZero() {
		p.since = d.since
	}
	if len(p.lenses) > 0 {
		n := &news{h: h}
		for _, o := range p.lenses {
			o.follow(&d, n)
		}
	}
}

// put takes a call into the mirror, in the place of what it was before.
func (p *painter) put(call state.Call) *mirrored {
	m := p.calls[call.Seq]
	if m == nil {
		m = new(mirrored)
		p.calls[call.Seq] = m
		at, _ := slices.BinarySearchFunc(p.order, call.Seq, bySeq)
		p.order = slices.Insert(p.order, at, m)
	}
	*m = mirrored{call: call}
	return m
}

// drop takes a call out of the mirror, if it is there.
func (p *painter) drop(seq uint64) {
	if p.calls[seq] == nil {
		return
	}
	delete(p.calls, seq)
	at, _ := slices.BinarySearchFunc(p.order, seq, bySeq)
	p.order = slices.Delete(p.order, at, at+1)
}

// asOf is a call as the page shows it while the feed is lost: as it was. The
// whole page is in doubt then and says so; which calls stay unconfirmed is told
// when the feed is back.
func asOf(c state.Call) state.Call {
	if c.Confidence == state.Unconfirmed && c.Doubt.Kind == state.DoubtGap && c.Doubt.To.IsZero() {
		c.Confidence, c.Doubt = state.Confirmed, state.Doubt{}
		if c.Inferred {
			c.Doubt = state.Doubt{Kind: state.DoubtInferred, From: c.PairSince}
		}
	}
	return c
}

// paintView paints one view if it has to be, and reports whether that made a
// frame. p.mu is held.
func (p *painter) paintView(v *view, now time.Time) bool {
	late := !v.due.IsZero() && !now.Before(v.due)
	touched := p.h.touched.Load()
	switch v.q.Page {
	case PageStatus:
		readers, _ := v.use()
		if next := v.painted.Add(statusPause); readers == 0 {
			v.due = time.Time{}
			return false
		} else if now.Before(next) {
			v.due = next
			return false
		}
	case PageCall:
		if v.version == p.version && v.touched == touched && !late {
			return false
		}
	case PageLines, PageMissed, PageNumbers, PageGaps, PageGap: // made anew as a whole, so less often
		if v.version == p.version && v.touched == touched && !late {
			return false
		}
		if next := v.painted.Add(statusPause); now.Before(next) {
			v.due = next
			return false
		}
	default:
		if v.version == p.version && !late {
			return false
		}
	}
	err := p.repaint(v, now, touched)
	if v.q.Page == PageStatus {
		v.due = now.Add(statusPause) // much of it changes without a change of the board
	}
	return err == nil
}

// errSame says that a painting changed nothing.
var errSame = errors.New("nothing changed")

// repaint composes a view and publishes it if it differs from what it showed.
// p.mu is held. Errors: ErrNotFound, errSame.
func (p *painter) repaint(v *view, now time.Time, touched uint64) error {
	v.painted, v.version, v.touched, v.due = now, p.version, touched, time.Time{}
	pic, err := p.compose(v, now)
	if err != nil {
		return err // a call that was forgotten stays as it was last seen
	}
	v.mu.Lock()
	old := v.pic
	v.mu.Unlock()
	if old != nil && pic.same(old) {
		return errSame
	}
	bt := p.h.pulse()
	pic.proof, pic.event = bt.proof, bt.event
	pic.n = p.h.frame.Add(1)
	v.publish(pic, p.h.eventID(pic.n))
	if old != nil {
		p.h.views.framed(v.q.Page)
	}
	return nil
}

// same reports that a picture would make an empty frame.
func (p *picture) same(old *picture) bool {
	if p.live != old.live || p.hash != old.hash || len(p.parts) != len(old.parts) || !p.moment.Equal(old.moment) {
		return false
	}
	return !slices.ContainsFunc(p.parts, func(q part) bool { return q.fresh })
}

// enliven brings a view to life, unless somebody else just did. p is the clear
// painter, as in freshen and showMissed.
func (p *painter) enliven(q Query, key string, reader bool) (*view, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.h.clock.now()
	if v := p.h.views.open(key, time.Now(), reader); v != nil {
		return v, nil
	}
	p.absorb()
	v := newView(q)
	o, err := p.through(v.look.lens, time.Now())
	if err != nil {
		return nil, err
	}
	o.evaluate(now)
	o.watch.look(o, q.scope(), now)
	if err := o.repaint(v, now, p.h.touched.Load()); err != nil {
		return nil, err
	}
	if reader {
		v.readers = 1
	}
	if err := p.h.views.add(v, time.Now()); err != nil {
		return nil, err
	}
	if q.reads() {
		p.h.lookers.Add(1)
	}
	p.tellFeed()
	signal(p.h.wake) // others may have to show what was absorbed, and v may have a deadline
	return v, nil
}

// freshen repaints a view that is only painted while somebody looks.
func (p *painter) freshen(v *view) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.h.clock.now()
	if now.Sub(v.painted) < statusPause {
		return
	}
	p.absorb()
	if o, err := p.through(v.look.lens, time.Now()); err == nil {
		o.evaluate(now)
		_ = o.repaint(v, now, p.h.touched.Load()) // unchanged or forgotten: what it shows still stands
	}
	signal(p.h.wake)
}

// showMissed brings the pages of missed customers up to date at once: whoever
// said a word comes back to one of them and must find it there.
func (p *painter) showMissed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.absorb()
	now := p.h.clock.now()
	for _, v := range p.h.views.all() {
		if o, err := p.through(v.look.lens, time.Now()); err == nil && v.q.Page == PageMissed {
			o.evaluate(now)
			_ = o.repaint(v, now, p.h.touched.Load()) // unchanged: what it shows still stands
		}
	}
	signal(p.h.wake) // the other views show what was absorbed
}

// pulse reads what beats tell and cannot be seen in a picture.
func (h *Hub) pulse() *beat {
	h.mu.Lock()
	feed, pulse := h.board.Feed(), h.board.Pulse()
	h.mu.Unlock()
	return &beat{at: h.clock.now(), live: liveWord(feed.State), feed: feed.State.String(), proof: pulse.LastProof, event: pulse.LastEvent, skew: pulse.Skew, skewOver: pulse.SkewOver}
}

// beatNow makes a beat due in all views.
func (h *Hub) beatNow() {
	bt := h.pulse()
	for {
		old := h.beat.Load()
		if old != nil {
			bt.number = old.number + 1
		}
		if h.beat.CompareAndSwap(old, bt) {
			break
		}
	}
	for _, v := range h.views.all() {
		v.beatTo(bt.number)
	}
}

func bySeq(m *mirrored, seq uint64) int { return cmp.Compare(m.call.Seq, seq) }
