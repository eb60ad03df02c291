package fakepbx

import (
	"time"
)

// A notice is one frame and who may get it.
type notice struct {
	typ, about string
	frame      []byte
	raw        bool // to every socket with any subscription
	binary     bool
}

// deliver loses, doubles and delays a notice as the options ask. Call with mu
// held.
func (p *PBX) deliver(n notice) {
	if p.chance(p.opts.DropPercent) {
		p.count.Dropped++
		return
	}
	times := 1
	if p.chance(p.opts.DuplicatePercent) {
		p.count.Duplicated++
		times = 2
	}
	for range times {
		if p.opts.ReorderWindow <= 0 {
			p.broadcast(n)
			continue
		}
		p.later(time.Duration(p.faults.Int64N(int64(p.opts.ReorderWindow))), func() { p.broadcast(n) })
	}
}

func (p *PBX) chance(percent float64) bool {
	return percent > 0 && p.faults.Float64()*100 < percent
}

// later runs f with mu held after d, unless the PBX is closed before. Call
// with mu held.
func (p *PBX) later(d time.Duration, f func()) {
	if p.closed {
		return
	}
	var t *time.Timer
	t = time.AfterFunc(d, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.timers, t)
		if !p.closed {
			f()
		}
	})
	p.timers[t] = true
}

// broadcast queues a notice on every socket that asked for it. It never
// waits: a socket whose queue is full is cut. Call with mu held.
func (p *PBX) broadcast(n notice) {
	for s := range p.sockets {
		if s.wants(n, !p.opts.NonAdmin) {
			s.push(message{data: n.frame, binary: n.binary, event: true})
		}
	}
}

func (s *socket) wants(n notice, admin bool) bool {
	switch {
	case n.raw:
		return len(s.subs) > 0
	case adminOnly[n.typ] && !admin:
		return false
	case n.typ == "quotaShapeEvent":
		return len(s.subs) > 0
	}
	return s.subs[subscription{n.typ, ""}] && n.about == "" || s.subs[subscription{n.typ, n.about}]
}
