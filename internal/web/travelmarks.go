package web

import (
	"context"
	"time"
)

// Kinds of marks.
const (
	markGap      = "gap"
	markAlarm    = "alarm"
	markTransfer = "transfer"
)

// A mark is a moment or stretch of the record worth a look.
type mark struct {
	Kind     string
	From, To time.Time // To is zero while it lasts
	Code     string    // of an alarm its kind
}

// marks are those that touch a stretch, oldest first.
func (s *site) marks(ctx context.Context, from, to time.Time) ([]mark, error) {
	var marks []mark
	gaps, _ := s.gaps(ctx, from, to)
	for i := range gaps {
		marks = append(marks, mark{Kind: markGap, From: gaps[i].From, To: gaps[i].To})
	}
	return marks, nil
}

// nextMark is the first mark of a kind that begins after a moment.
func (s *site) nextMark(context.Context, string, time.Time) (mark, bool, error) {
	return mark{}, false, nil
}

// prevMark is the last mark of a kind that begins before a moment.
func (s *site) prevMark(context.Context, string, time.Time) (mark, bool, error) {
	return mark{}, false, nil
}
