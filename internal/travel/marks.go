package travel

import (
	"cmp"
	"context"
	"slices"
	"time"

	"callboard/internal/history"
)

// Kinds of marks.
const (
	MarkGap      = "gap"
	MarkAlarm    = "alarm"
	MarkTransfer = "transfer"
)

// MarkKinds lists them.
var MarkKinds = []string{MarkGap, MarkAlarm, MarkTransfer}

// A Mark is a moment or stretch worth a look. It holds no number and no name.
type Mark struct {
	Kind     string
	From, To time.Time // To is zero while it lasts; equal to From of a transfer
	Code     string    // of a gap its cause, of an alarm its kind
	Call     uint64    // Seq of the call it is about; 0 if it is about none
}

const (
	// mostMarks bounds the marks of one kind that are read at once.
	mostMarks = 5000
	pageOf    = 1000
)

// Marks are the gaps, alarms and transfers of a stretch, by their beginning.
func (e *Engine) Marks(ctx context.Context, from, to time.Time) ([]Mark, error) {
	var all []Mark
	for _, kind := range MarkKinds {
		marks, err := e.marks(ctx, kind, from, to)
		if err != nil {
			return nil, err
		}
		all = append(all, marks...)
	}
	slices.SortStableFunc(all, func(a, b Mark) int { return a.From.Compare(b.From) })
	return all, nil
}

// marks are those of a kind that touch a stretch.
func (e *Engine) marks(ctx context.Context, kind string, from, to time.Time) (marks []Mark, err error) {
	if e.cfg.Ledger == nil {
		return nil, nil
	}
	switch kind {
	case MarkGap:
		gaps, err := e.cfg.Ledger.Gaps(ctx, from, to)
		if err != nil {
			return nil, err
		}
		for _, g := range gaps {
			if g.Hides() {
				marks = append(marks, Mark{Kind: kind, From: g.From, To: g.To, Code: cmp.Or(g.Code, g.Kind)})
			}
		}
	case MarkAlarm:
		alarms, err := e.cfg.Ledger.Alarms(ctx, from, to)
		if err != nil {
			return nil, err
		}
		for _, a := range alarms {
			marks = append(marks, Mark{Kind: kind, From: a.From, To: a.To, Code: a.Kind, Call: a.Call})
		}
	case MarkTransfer:
		return e.transfers(ctx, from, to)
	}
	return marks, nil
}

// longestCall is how much earlier a call may have begun that is handed on in a
// stretch.
const longestCall = 4 * time.Hour

// transfers are the moments at which a conversation passed to somebody else:
// of each call the last one, which is what is kept of it.
func (e *Engine) transfers(ctx context.Context, from, to time.Time) (marks []Mark, err error) {
	filter := history.Filter{From: from.Add(-longestCall), To: to}
	var after history.Cursor
	for range mostMarks / pageOf * 10 {
		calls, next, err := e.cfg.Ledger.Calls(ctx, filter, after, pageOf)
		if err != nil {
			return nil, err
		}
		for i := range calls {
			c := &calls[i]
			if at := c.PairSince; c.Transfers > 0 && !at.IsZero() && !at.Before(from) && at.Before(to) {
				marks = append(marks, Mark{Kind: MarkTransfer, From: at, To: at, Call: c.Seq})
			}
		}
		if next == (history.Cursor{}) || len(marks) >= mostMarks {
			break
		}
		after = next
	}
	slices.SortFunc(marks, func(a, b Mark) int { return a.From.Compare(b.From) })
	return marks, nil
}

// windows are how far a mark is looked for, step by step.
var windows = []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour, 31 * 24 * time.Hour}

// Next is the first mark of a kind that begins after a moment; ok is false if
// there is none.
func (e *Engine) Next(ctx context.Context, kind string, after time.Time) (Mark, bool, error) {
	from, now := after, e.cfg.Now()
	for _, window := range windows {
		to := after.Add(window)
		marks, err := e.marks(ctx, kind, from, to)
		if err != nil {
			return Mark{}, false, err
		}
		best := -1
		for i := range marks {
			if marks[i].From.After(after) && (best < 0 || marks[i].From.Before(marks[best].From)) {
				best = i
			}
		}
		if best >= 0 {
			return marks[best], true, nil
		}
		if from = to; from.After(now) {
			break
		}
	}
	return Mark{}, false, nil
}

// Prev is the last mark of a kind that begins before a moment.
func (e *Engine) Prev(ctx context.Context, kind string, before time.Time) (Mark, bool, error) {
	first, _, err := e.Span(ctx)
	if err != nil {
		return Mark{}, false, err
	}
	to := before
	for _, window := range windows {
		from := before.Add(-window)
		marks, err := e.marks(ctx, kind, from, to)
		if err != nil {
			return Mark{}, false, err
		}
		best := -1
		for i := range marks {
			if marks[i].From.Before(before) && (best < 0 || marks[i].From.After(marks[best].From)) {
				best = i
			}
		}
		if best >= 0 && !marks[best].From.Before(first) {
			return marks[best], true, nil
		}
		if best >= 0 || from.Before(first) {
			break
		}
		to = from
	}
	return Mark{}, false, nil
}
