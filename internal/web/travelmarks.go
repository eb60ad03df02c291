package web

import (
	"context"
	"time"

	"callboard/internal/travel"
)

// A Marker knows the moments of the record worth a look: travel.Engine is one.
type Marker interface {
	Marks(ctx context.Context, from, to time.Time) ([]travel.Mark, error)
	Next(ctx context.Context, kind string, after time.Time) (travel.Mark, bool, error)
	Prev(ctx context.Context, kind string, before time.Time) (travel.Mark, bool, error)
}
