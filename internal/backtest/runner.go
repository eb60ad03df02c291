package backtest

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"callboard/internal/hub"
	"callboard/internal/state"
)

// ErrBusy says that a run is under way: there is one at a time.
var ErrBusy = errors.New("a back-test is under way")

const (
	// share is how much of one processor a run in the background may take.
	share = 0.35
	// longest is how long one may take.
	longest = 10 * time.Minute
)

// A Runner runs back-tests in the background, one at a time, and keeps what
// came of the last one. Safe for concurrent use.
type Runner struct {
	src  Source
	cfg  RunnerConfig
	ctx  context.Context
	stop context.CancelFunc
	done sync.WaitGroup

	mu     sync.Mutex // guards what follows
	status Status
	cancel context.CancelCauseFunc // of the run under way; nil while there is none
}

// RunnerConfig is what all runs have in common.
type RunnerConfig struct {
	State state.Config   // as the live board's
	Zone  *time.Location // of days; nil means UTC
	Log   *slog.Logger   // nil discards
}

// A Status is how the runner is.
type Status struct {
	Running  bool
	Progress float64 // of the run under way, 0 to 1
	Started  time.Time
	Days     int // that were asked for

	Present, Tried hub.Setup // of the run under way, or the last one
	Changed        string    // between the two, as a settings file says it
	Report         *Report   // of the last run that came to an end; nil if it failed
	Err            error     // why it failed; ErrCancelled, context.DeadlineExceeded, or one of Run's
}

// ErrCancelled says that somebody cancelled the run.
var ErrCancelled = errors.New("cancelled")

// NewRunner returns a runner over a record. It must be closed.
func NewRunner(src Source, cfg RunnerConfig) *Runner {
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	r := &Runner{src: src, cfg: cfg}
	r.ctx, r.stop = context.WithCancel(context.Background())
	return r
}

// Close cancels the run under way and waits for it.
func (r *Runner) Close() {
	r.stop()
	r.done.Wait()
}

// Start begins a run over the last days. Errors: ErrBusy.
func (r *Runner) Start(present, tried hub.Setup, changed string, now time.Time, days int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cancel != nil {
		return ErrBusy
	}
	limited, freed := context.WithTimeout(r.ctx, longest)
	ctx, cancel := context.WithCancelCause(limited)
	r.cancel = cancel
	r.status = Status{Running: true, Started: now, Days: days, Present: present, Tried: tried, Changed: changed}
	r.done.Go(func() {
		defer freed()
		report, err := Run(ctx, r.src, Plan{
			State: r.cfg.State, Zone: r.cfg.Zone, Present: present, Tried: tried, From: Since(now, days, r.cfg.Zone), Share: share, Progress: r.progress,
		})
		if err != nil && ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		r.end(report, err)
		cancel(nil)
	})
	return nil
}

func (r *Runner) progress(done float64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status.Progress = min(max(done, 0), 1)
}

func (r *Runner) end(report *Report, err error) {
	switch {
	case err == nil:
		r.cfg.Log.Info("back-test done", "days", len(report.Days), "seconds", report.Took.Seconds())
	case !errors.Is(err, ErrCancelled) && r.ctx.Err() == nil:
		r.cfg.Log.Warn("back-test failed", "error", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status.Running, r.status.Report, r.status.Err, r.cancel = false, report, err, nil
}

// Cancel ends the run under way, if there is one.
func (r *Runner) Cancel() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cancel != nil {
		r.cancel(ErrCancelled)
	}
}

// Status says how the runner is. Its report is shared: the caller must not
// change it.
func (r *Runner) Status() Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}
