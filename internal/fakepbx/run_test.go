package fakepbx

import (
	"context"
	"testing"
	"time"
)

// run lets the company work for a while.
func run(t *testing.T, p *PBX, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	if err := p.Run(ctx); err != nil {
		t.Fatalf("run: %v", err)
	}
}
