package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"callboard/internal/backtest"
	"callboard/internal/eventlog"
	"callboard/internal/hub"
	"callboard/internal/keeper"
	"callboard/internal/rules"
	"callboard/internal/sqlitefile"
	"callboard/internal/state"
	"callboard/internal/travel"
)

// A BacktestPlan says which rules to try on the journal of a data folder.
type BacktestPlan struct {
	DataDir        string
	Zone           *time.Location
	Normal         func(number string) string
	Present, Tried rules.Rules
	From, To       time.Time // zero: seven days ago, and the end of the record
	Progress       func(done float64)
	Log            *slog.Logger
}

// Backtest tries rules on a copy of a journal, so that a board that is running
// is not disturbed and nothing of its folder changes.
func Backtest(ctx context.Context, plan BacktestPlan) (*backtest.Report, error) {
	folder, err := os.MkdirTemp("", "callboard-backtest-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, keeper.JournalFile)
	if err := sqlitefile.Copy(ctx, filepath.Join(plan.DataDir, keeper.JournalFile), file); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("there is no journal in %s", plan.DataDir)
		}
		return nil, err
	}
	const forever = 100 * 365 * 24 * time.Hour
	disk, err := eventlog.Open(file, eventlog.Options{Keep: forever, MaxBytes: 1 << 50, Log: plan.Log})
	if err != nil {
		return nil, err
	}
	defer disk.Close()
	model := state.Config{Zone: plan.Zone, Normal: plan.Normal}
	_, end, err := disk.Span(ctx)
	if err != nil {
		return nil, err
	}
	record := travel.New(disk, travel.Config{State: model, Zone: plan.Zone, Log: plan.Log, Now: func() time.Time { return end }})
	defer record.Close()
	from := plan.From
	if from.IsZero() {
		from = backtest.Since(end, 7, plan.Zone)
	}
	return backtest.Run(ctx, record, backtest.Plan{
		State: model, Zone: plan.Zone, Present: hub.Setup{Rules: plan.Present}, Tried: hub.Setup{Rules: plan.Tried},
		From: from, To: plan.To, Progress: plan.Progress,
	})
}
