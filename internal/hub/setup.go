package hub

import (
	"time"

	"callboard/internal/kpi"
	"callboard/internal/rules"
	"callboard/internal/teams"
)

// A Setup is what people write into files and may change while the hub runs.
type Setup struct {
	Rules     rules.Rules  // the zero value means rules.Default
	RulesFile string       // its name; empty: no file, the defaults hold
	Teams     *teams.Teams // nil means none
	TeamsFile string
}

// setup is a Setup in effect.
type setup struct {
	Setup
	since   time.Time // when it came into effect
	refused string    // why a later one was not taken; empty if none was
	at      time.Time // when that was
	number  int       // of setups taken before this one
}

func newSetup(s Setup, now time.Time) setup {
	if s.Rules.ServiceLevel == (kpi.ServiceLevel{}) {
		s.Rules = rules.Default()
	}
	return setup{Setup: s, since: now}
}

// Use puts other rules and teams into effect; every view is painted anew.
func (h *Hub) Use(s Setup) {
	p := &h.painter
	p.mu.Lock()
	number := p.setup.number + 1
	p.setup = newSetup(s, h.clock.now())
	p.setup.number = number
	s = p.setup.Setup
	h.inUse.Store(&s)
	for _, m := range p.calls {
		m.rows, m.teams = nil, nil
	}
	p.watch.unknown, p.watch.unknownOf = nil, 0
	p.company.regroup(p.setup.Teams)
	p.version++
	for _, o := range p.lenses {
		o.resetup()
		o.begin() // who belongs to its scope may be others now
	}
	p.mu.Unlock()
	signal(h.wake)
}

// Refuse notes that another setup was not taken, and why in one line; the
// status page says so until one is.
func (h *Hub) Refuse(why string) {
	p := &h.painter
	p.mu.Lock()
	p.setup.refused, p.setup.at = why, h.clock.now()
	p.version++
	for _, o := range p.lenses {
		o.version++
	}
	p.mu.Unlock()
	signal(h.wake)
}

// Setup is the one in effect.
func (h *Hub) Setup() Setup { return *h.inUse.Load() }

// rules are those in effect. p.mu is held.
func (p *painter) rules() rules.Rules { return p.setup.Rules }
