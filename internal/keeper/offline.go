package keeper

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"callboard/internal/history"
	"callboard/internal/state"
)

// Erase takes a number, in normal form, out of a data folder that no process
// uses: history, its backups, journal with its snapshots, and flight recorder.
// Of the options Dir, State, Held and Log count. Errors: a *LockedError, a
// *sqlitefile.NewerError, those of the disk.
func Erase(ctx context.Context, opt Options, number string) (history.Erased, error) {
	return eraseOffline(ctx, opt, subject{number: number})
}

// EraseColleague does so for one of the company's own people.
func EraseColleague(ctx context.Context, opt Options, who state.ForgetColleague) (history.Erased, error) {
	return eraseOffline(ctx, opt, subject{colleague: who})
}

func eraseOffline(ctx context.Context, opt Options, who subject) (e history.Erased, err error) {
	k := &Keeper{opt: opt, log: opt.Log, pace: usualPace, held: opt.Held}
	if k.log == nil {
		k.log = slog.New(slog.DiscardHandler)
	}
	if k.held == nil {
		if k.held, err = Lock(opt.Dir); err != nil {
			return e, err
		}
	}
	defer func() { err = errors.Join(err, k.shut()) }()
	if err := errors.Join(k.openHistory(), k.openJournal()); err != nil {
		return e, err
	}
	if k.store.Away() != nil || !k.disk.Status().Paused.IsZero() {
		return e, fmt.Errorf("a file of %s cannot be used, so nothing was erased", opt.Dir)
	}
	began := time.Now()
	if e, err = k.eraseOne(ctx, who); err != nil {
		return e, err
	}
	k.log.Info("a number or colleague was erased", "calls", e.Calls, "journeys", e.Journeys, "entries", e.Entries, "frames", e.Frames, "backups", e.Backups, "took", time.Since(began).Round(time.Millisecond))
	return e, nil
}
