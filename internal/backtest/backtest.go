// Package backtest says how often alarms would have been raised over a stretch
// of the record under other rules than the present ones, before anybody saves
// them. Both rules see the same replayed board and go through the live board's
// own readings and engine (hub.Trial).
package backtest

import (
	"context"
	"errors"
	"time"

	"callboard/internal/hub"
	"callboard/internal/rules"
	"callboard/internal/state"
)

// A Source is a record that can be replayed: travel.Engine is one.
type Source interface {
	// Span is the stretch of which there is a record.
	Span(ctx context.Context) (from, to time.Time, err error)
	// Replay gives the board of a moment, which begin owns from then on, and
	// then every input up to another moment, in order.
	Replay(ctx context.Context, from, to time.Time, begin func(*state.Board) error, apply func(state.Input) error) error
}

// Errors of this package.
var (
	// ErrNothing says that there is no record of any part of the stretch.
	ErrNothing = errors.New("there is no record of that stretch")
	// ErrTooMany says that one of the rules raised more alarms than are kept.
	ErrTooMany = errors.New("the rules raise more alarms than can be listed")
)

// A Plan says what to run.
type Plan struct {
	State    state.Config // as the live board's
	Zone     *time.Location
	Present  hub.Setup
	Tried    hub.Setup
	From, To time.Time // To may be zero: up to now
	// Share is how much of one processor the run may take, 0 to 1; 0 means all.
	Share float64
	// Progress hears now and then how much is done, 0 to 1.
	Progress func(done float64)
}

const (
	// mostAlarms bounds the alarms kept of each of the two rules.
	mostAlarms = 20_000
	// warmUp is how much earlier the replay begins, so that what stands at From
	// is known as such and not taken for raised there.
	warmUp = time.Hour
	// mostExamples is how many of the alarms that only one of the rules raises
	// are listed of each kind.
	mostExamples = 5
	// slice is how long a run works before it rests.
	slice = 10 * time.Millisecond
)

// Run replays the stretch and compares. Errors: ErrNothing, ErrTooMany, ctx's
// and the source's.
func Run(ctx context.Context, src Source, plan Plan) (*Report, error) {
	began := time.Now()
	first, last, err := src.Span(ctx)
	if err != nil {
		return nil, err
	}
	r := &run{plan: plan, from: latest(plan.From, first), to: last}
	if !plan.To.IsZero() && plan.To.Before(last) {
		r.to = plan.To
	}
	if !r.from.Before(r.to) {
		return nil, ErrNothing
	}
	if plan.Zone == nil {
		r.plan.Zone = time.UTC
	}
	start := latest(r.from.Add(-warmUp), first)
	err = src.Replay(ctx, start, r.to, func(b *state.Board) error {
		r.trial = hub.NewTrial(hub.Options{State: plan.State, Board: b, At: start, Zone: r.plan.Zone}, []hub.Setup{plan.Present, plan.Tried}, r.told)
		r.look(start)
		return nil
	}, func(in state.Input) error {
		r.trial.Apply(in)
		r.look(in.At)
		if r.full {
			return ErrTooMany
		}
		return r.rest(ctx, in.At)
	})
	if err != nil {
		return nil, err
	}
	r.trial.Advance(r.to)
	r.look(r.to)
	if r.full {
		return nil, ErrTooMany
	}
	report := r.report(first, last)
	report.Took = time.Since(began)
	return report, nil
}

// run is one back-test under way.
type run struct {
	plan     Plan
	from, to time.Time
	trial    *hub.Trial
	sets     [2][]rules.Episode // of the present rules, of the tried ones; the latest word of each
	open     [2]map[string]int  // those up, by id
	blind    time.Time          // since when nothing was known; zero while something is
	gaps     []Stretch
	full     bool

	worked   time.Time // when this slice of work began
	entries  int
	progress float64
}

// told takes down what the trial tells.
func (r *run) told(set int, e rules.Episode) {
	if r.open[set] == nil {
		r.open[set] = map[string]int{}
	}
	id := e.ID()
	if i, ok := r.open[set][id]; ok {
		r.sets[set][i] = e
		delete(r.open[set], id)
		return
	}
	if len(r.sets[set]) == mostAlarms {
		r.full = true
		return
	}
	r.open[set][id] = len(r.sets[set])
	r.sets[set] = append(r.sets[set], e)
}

// look notes stretches in which the board knew nothing.
func (r *run) look(at time.Time) {
	feed := r.trial.Feed()
	blind := feed != state.Live && feed != state.Quiet
	switch {
	case blind && r.blind.IsZero():
		r.blind = at
	case !blind && !r.blind.IsZero():
		r.gap(r.blind, at)
		r.blind = time.Time{}
	}
	if blind && at.Equal(r.to) {
		r.gap(r.blind, at)
	}
}

func (r *run) gap(from, to time.Time) {
	if from = latest(from, r.from); from.Before(to) {
		r.gaps = append(r.gaps, Stretch{From: from, To: to})
	}
}

// rest lets others have the processor, and tells how far the run is.
func (r *run) rest(ctx context.Context, at time.Time) error {
	if r.entries++; r.entries%32 != 0 {
		return nil
	}
	if r.worked.IsZero() {
		r.worked = time.Now()
	}
	worked := time.Since(r.worked)
	if worked < slice {
		return ctx.Err()
	}
	if done := float64(at.Sub(r.from)) / float64(r.to.Sub(r.from)); r.plan.Progress != nil && done-r.progress >= 0.002 {
		r.progress = done
		r.plan.Progress(done)
	}
	if share := r.plan.Share; share > 0 && share < 1 {
		timer := time.NewTimer(time.Duration(float64(worked) * (1 - share) / share))
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
	}
	r.worked = time.Now()
	return ctx.Err()
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
