package rules

import (
	"cmp"
	"slices"
	"time"
)

// A Episode is an alarm from its raise to its end, as the record keeps it. It
// holds no number and no name.
type Episode struct {
	Kind Kind
	Call uint64    // Seq of the call it is about; 0: the board as a whole
	From time.Time // raised
	To   time.Time // over; zero while it is up

	Value float64 // reading when it was raised; of an age in seconds
	Limit float64 // that it was beyond
}

// ID is that of the alarm (Alarm.ID): the same before and after its end, and
// after a restart.
func (s Episode) ID() string {
	return (&Alarm{Kind: s.Kind, Subject: s.Call, Raised: s.From}).ID()
}

// Scope is what an episode is about: "call" or "board".
func (s Episode) Scope() string {
	if s.Call != 0 {
		return "call"
	}
	return "board"
}

// Level is how much it asks for: "warning" or "alarm".
func (s Episode) Level() string {
	if s.Kind == CapacityWarn {
		return "warning"
	}
	return "alarm"
}

// Restore takes over alarms of a former process, so that one that is still up
// stays one; those that are over count as raises of the last hour. It is called
// before the first step; episodes about a part of the board are left out. What
// nobody reads at the first step ends there.
func (e *Engine) Restore(up []Episode) {
	if e.entries == nil {
		e.entries, e.raised = map[key]*entry{}, map[Kind]uint64{}
	}
	for _, s := range up {
		if s.From.IsZero() || s.Call&Part != 0 || !slices.Contains(Kinds, s.Kind) {
			continue
		}
		k := key{s.Kind, s.Call}
		en := e.entries[k]
		if en == nil {
			en = &entry{}
			e.entries[k] = en
		}
		en.raises = append(en.raises, s.From)
		slices.SortFunc(en.raises, time.Time.Compare)
		if s.To.IsZero() {
			en.alarm = Alarm{Kind: s.Kind, Subject: s.Call, Raised: s.From, Beyond: s.From, Said: s.From, Times: 1, Chatter: len(en.raises)}
			en.beyond = s.From
		}
	}
}

// Known says when readings were known last, where they are unknown at the first
// step: what Restore took over is as of then.
func (e *Engine) Known(last time.Time) { e.now = last }

// A Ledger tells raised and ended alarms from what each step says is up. The
// zero value is ready. Not safe for concurrent use.
type Ledger struct{ up []Episode }

// Restore makes episodes known that were told before.
func (l *Ledger) Restore(up []Episode) {
	for _, s := range up {
		if s.To.IsZero() && s.Call&Part == 0 {
			l.up = append(l.up, s)
		}
	}
}

// Note compares with the step before and returns the episodes that ended, then
// those that began. Alarms of a part of the board are not told: they are said
// of the whole already.
func (l *Ledger) Note(now time.Time, alarms []Alarm) (told []Episode) {
	kept := l.up[:0]
	var began []Episode
	same := func(s Episode, a *Alarm) bool {
		return s.Kind == a.Kind && s.Call == a.Subject && s.From.Equal(a.Raised)
	}
	for _, s := range l.up {
		if slices.ContainsFunc(alarms, func(a Alarm) bool { return same(s, &a) }) {
			kept = append(kept, s)
			continue
		}
		s.To = now
		told = append(told, s)
	}
	known := len(kept)
	for i := range alarms {
		a := &alarms[i]
		if a.Subject&Part != 0 || slices.ContainsFunc(kept[:known], func(s Episode) bool { return same(s, a) }) {
			continue
		}
		began = append(began, Episode{Kind: a.Kind, Call: a.Subject, From: a.Raised, Value: a.Value, Limit: cmp.Or(a.Limit.Over, a.Limit.Under)})
	}
	slices.SortFunc(told, byEpisode)
	slices.SortFunc(began, byEpisode)
	l.up = append(kept, began...)
	return append(told, began...)
}

func byEpisode(a, b Episode) int {
	return cmp.Or(a.From.Compare(b.From), slices.Index(Kinds, a.Kind)-slices.Index(Kinds, b.Kind), cmp.Compare(a.Call, b.Call))
}
