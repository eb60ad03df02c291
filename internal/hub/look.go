package hub

import (
	"time"

	"callboard/internal/privacy"
	"callboard/internal/rules"
	"callboard/internal/state"
)

// A Look is the board at one moment as a lens shows it: one consistent state.
// It is the caller's.
type Look struct {
	Now     time.Time // by the hub's clock
	Version uint64    // of the board
	Feed    state.Feed
	Pulse   state.Pulse
	Today   state.Today
	Calls   []state.Call   // that are up, by Seq; none at the level of counts
	Ledger  state.Recovery // asked for only; see Ledger
}

// Look gives one consistent look at the board.
func (h *Hub) Look(l privacy.Lens) Look { return h.look(l, true, false) }

// Head is a look without the calls and of no lens: how the feed is.
func (h *Hub) Head() Look { return h.look(privacy.Lens{}, false, false) }

// Ledger is a look with the ledger of customers to call back. At the level of
// counts its lists are empty.
func (h *Hub) Ledger(l privacy.Lens) Look { return h.look(l, false, true) }

func (h *Hub) look(l privacy.Lens, calls, ledger bool) Look {
	s, done := h.seeing(l)
	defer done()
	p := &h.painter
	h.mu.Lock()
	b := h.board
	out := Look{Now: h.clock.now(), Version: b.Version(), Feed: b.Feed(), Pulse: b.Pulse(), Today: b.Today()}
	if calls {
		out.Calls = make([]state.Call, 0, b.Len())
		for c := range b.Calls() {
			out.Calls = append(out.Calls, c)
		}
	}
	if ledger {
		out.Ledger = b.Recovery()
	}
	var people []state.Person
	if s != nil && s.Scoped() {
		p.rereadDay(out.Now)
		people = b.People()
	}
	h.mu.Unlock()
	if s == nil {
		return out
	}
	if s.Scoped() {
		out.Today = p.countScope(s, out.Today, people, out.Now)
	}
	if ledger {
		var in *callers
		if s.Scoped() {
			in = p.callers(s)
		}
		out.Ledger = p.ledgerOf(s, out.Ledger, in)
	}
	raw := out.Calls
	out.Calls = raw[:0]
	for _, c := range raw {
		if c, ok := s.Call(c); ok && s.Level != privacy.Counts {
			out.Calls = append(out.Calls, c)
		}
	}
	if s.Level == privacy.Counts {
		out.Ledger.Open, out.Ledger.Closed = nil, nil
	}
	return out
}

// History is all that a lens shows of a call that is up or ended lately, with
// the look it is of; false if there is none. At the level of counts there is
// none.
func (h *Hub) History(l privacy.Lens, seq uint64) (state.History, Look, bool) {
	s, done := h.seeing(l)
	defer done()
	h.mu.Lock()
	b := h.board
	look := Look{Now: h.clock.now(), Version: b.Version(), Feed: b.Feed(), Pulse: b.Pulse()}
	out, ok := b.History(seq)
	h.mu.Unlock()
	switch {
	case !ok || s == nil:
	case s.Level == privacy.Counts:
		return state.History{}, look, false
	default:
		out, ok = s.History(out)
	}
	return out, look, ok
}

// Callback is one entry of the ledger as a lens shows it; false if it shows
// none.
func (h *Hub) Callback(l privacy.Lens, id uint64) (state.Callback, bool) {
	s, done := h.seeing(l)
	defer done()
	h.mu.Lock()
	e, ok := h.board.Callback(id)
	h.mu.Unlock()
	switch {
	case !ok || s == nil:
	case s.Level == privacy.Counts:
		return state.Callback{}, false
	default:
		e, ok = s.Callback(e)
	}
	return e, ok
}

// Callbacks are the customers of a view of the page of missed ones: who waits,
// then who was spoken to today. known is false while nobody can vouch for them.
// Error: ErrTooManyViews.
func (h *Hub) Callbacks(q Query) (open, closed []state.Callback, known bool, err error) {
	p, done, err := h.behind(q)
	defer done()
	if err != nil {
		return nil, nil, false, err
	}
	ledger := p.recovery()
	c := &composer{p: p, q: q, v: newView(q)}
	wants := func(e *state.Callback) bool {
		return c.takesCallback(e) && (q.State != "mine" || c.isMine(e)) && p.lens.Level != privacy.Counts
	}
	for i := range ledger.Open {
		if e := &ledger.Open[i]; q.State != "closed" && wants(e) {
			open = append(open, *e)
		}
	}
	for i := range ledger.Closed {
		if e := &ledger.Closed[i]; wants(e) {
			closed = append(closed, *e)
		}
	}
	return open, closed, c.numbersKnown(), nil
}

// AlarmsOf are the alarms up now as a lens shows them, the most urgent first;
// at the level of counts those of the whole only. The caller must not change
// them. Error: ErrTooManyViews.
func (h *Hub) AlarmsOf(l privacy.Lens) ([]rules.Alarm, error) {
	if l.Clear() {
		return h.Alarms(), nil
	}
	p := &h.painter
	p.mu.Lock()
	defer p.mu.Unlock()
	p.absorb()
	o, err := p.through(l, time.Now())
	if err != nil {
		return nil, err
	}
	o.evaluate(h.clock.now())
	out := wholes(o.watch.up)
	if l.Level == privacy.Counts {
		var some []rules.Alarm
		for _, a := range out {
			if a.Subject == 0 {
				some = append(some, a)
			}
		}
		return some, nil
	}
	return out, nil
}

// NoticeOf is the notice as a lens shows it: numbers in it are masked.
func (h *Hub) NoticeOf(l privacy.Lens) Notice {
	n := h.Notice()
	n.Text = noticeThrough(l, n.Text)
	return n
}

func noticeThrough(l privacy.Lens, text string) string {
	return min(l.Level, privacy.Initials).Text(text) // an announcement is for everybody
}

// Sees is the lens of a query: that of its viewer, or a stricter level where
// the viewer asks for one.
func (q Query) Sees() privacy.Lens {
	asked, _ := privacy.ParseLevel(q.Mask)
	return q.Lens.AtLeast(asked)
}

// seeing is what a lens shows right now, as long as done is not called; nil is
// everything.
func (h *Hub) seeing(l privacy.Lens) (s *privacy.Sight, done func()) {
	if l.Clear() {
		return nil, func() {}
	}
	p := &h.painter
	p.mu.Lock()
	p.absorb()
	return p.sightOf(l), p.mu.Unlock
}

// behind is the painter of a query's lens, as long as done is not called.
func (h *Hub) behind(q Query) (o *painter, done func(), err error) {
	p := &h.painter
	p.mu.Lock()
	p.absorb()
	o, err = p.through(q.Sees(), time.Now())
	return o, p.mu.Unlock, err
}
