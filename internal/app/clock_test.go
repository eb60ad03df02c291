package app

import (
	"testing"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/state"
)

// The PBX's clock is an hour and a minute ahead, then is put right, then falls
// behind: the board measures it each time, and no age ever follows it.
func TestAgesWithAWrongPBXClock(t *testing.T) {
	watch(t, fakepbx.Options{Seed: 5, CallsPerMinute: 12, ClockSkew: 61 * time.Minute}, func(d *day, goHome func()) {
		for _, step := range []struct {
			ahead time.Duration
			over  state.Anomaly
		}{{61 * time.Minute, state.ZoneMismatch}, {0, ""}, {-4 * time.Minute, state.ClockSkewed}} {
			d.pbx.SetClock(step.ahead)
			for range 5 * 12 {
				rest(5 * time.Second)
				started := map[string]time.Time{}
				for _, c := range d.pbx.Truth() {
					started[c.CallID] = c.Started
				}
				d.hub.Read(func(b *state.Board, now time.Time) {
					for c := range b.Calls() {
						is, known := started[c.CallID]
						if off := c.StartedAt.Sub(is).Abs(); known && off > 2*time.Second {
							t.Fatalf("with the PBX %s ahead a call that began %v is shown since %v", step.ahead, is, c.StartedAt)
						}
					}
				})
			}
			var p state.Pulse
			d.hub.Read(func(b *state.Board, _ time.Time) { p = b.Pulse() })
			if off := (p.Skew - step.ahead).Abs(); !p.SkewKnown || off > 2*time.Second || p.SkewOver != step.over {
				t.Errorf("%s ahead is measured as %s (known %v), %q", step.ahead, p.Skew, p.SkewKnown, p.SkewOver)
			}
			if d.feed().State != state.Live {
				t.Errorf("with the PBX %s ahead the feed is %v", step.ahead, d.feed().State)
			}
		}
		var p state.Pulse
		d.hub.Read(func(b *state.Board, _ time.Time) { p = b.Pulse() })
		if off := (p.Jump + 4*time.Minute).Abs(); off > 2*time.Second || p.JumpedAt.IsZero() {
			t.Errorf("the last jump is told as %s at %v", p.Jump, p.JumpedAt)
		}
	})
}
