package app

import (
	"context"
	"time"

	"callboard/internal/backtest"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/travel"
	"callboard/internal/web"
)

// standingFor is how far back alarms are looked for that never ended.
const standingFor = 31 * 24 * time.Hour

// remember makes the book of alarms and finds those that were up when the last
// process ended.
func (a *App) remember() (up []rules.Episode) {
	store := a.keeper.History()
	if store == nil {
		return nil
	}
	a.alarms = newAlarmbook(store.Put, a.log)
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	now := time.Now()
	kept, err := store.Alarms(ctx, now.Add(-standingFor), now)
	if err != nil {
		a.log.Warn("the alarms of the last process cannot be read", "error", err)
		return nil
	}
	return standing(kept)
}

// told takes an alarm down, where there is a history.
func (a *App) told(e rules.Episode) {
	if a.alarms != nil {
		a.alarms.note(e)
	}
}

// lookBack gives the web what is kept of the past: the history, and where there
// is a journal any moment of it.
func (a *App) lookBack(opt Options, model state.Config, cfg *web.Config) {
	var ledger travel.Ledger
	if store := a.keeper.History(); store != nil {
		cfg.History, ledger = store, store
	}
	cfg.HistoryKeep = opt.HistoryKeep
	cfg.HistoryPaused = func() time.Time { return a.keeper.Status().Paused }
	disk := a.keeper.Journal()
	if disk == nil {
		return
	}
	a.travel = travel.New(disk, travel.Config{
		State: model, Zone: opt.Zone, Language: opt.Language, Build: a.hub.Build(),
		Setup: a.hub.Setup, Now: a.hub.Now, Ledger: ledger, Log: a.log.With("part", "travel"),
	})
	a.backtests = backtest.NewRunner(a.travel, backtest.RunnerConfig{State: model, Zone: opt.Zone, Log: a.log.With("part", "backtest")})
	cfg.Travel, cfg.Backtests = a.travel, a.backtests
}

// forget ends whatever looks back, before the files are closed.
func (a *App) forget() {
	if a.backtests != nil {
		a.backtests.Close()
	}
	if a.travel != nil {
		a.travel.Close()
	}
}
