package travel_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/hub"
	"callboard/internal/state"
	"callboard/internal/travel"
)

// A moment in which nothing ran says so, moments outside of the record are
// refused with its span, and only so many are shown at once.
func TestMomentsAreBounded(t *testing.T) {
	watch(t, fakepbx.Options{Seed: 5, CallsPerMinute: 6}, func(t *testing.T, h *house) {
		rest(10 * time.Minute)
		h.live().Stop()
		h.stop()
		ended := h.live().Now()
		rest(5 * time.Minute)
		board, err := h.travel.Board(t.Context(), ended)
		if err != nil {
			t.Fatal(err)
		}
		h.begin(t.Context(), board.Board)
		h.Apply(state.Input{Fact: state.Link{State: state.LinkDialing}})
		rest(time.Minute)

		in, err := h.travel.Board(t.Context(), ended.Add(2*time.Minute))
		if err != nil || in.Hole.Code != state.Stopped || in.Hole.To.Sub(in.Hole.From) < 5*time.Minute {
			t.Errorf("in the time in which nothing ran: %v, %+v", err, in.Hole)
		}
		if before, err := h.travel.Board(t.Context(), ended.Add(-time.Minute)); err != nil || before.Hole != (hub.Hole{}) || before.Checked.IsZero() || !before.Equal {
			t.Errorf("before it: %v, %+v", err, before.Record)
		}
		from, to, err := h.travel.Span(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []time.Time{from.Add(-time.Second), to.Add(time.Second)} {
			var outside *travel.OutsideError
			if _, err := h.travel.Board(t.Context(), at); !errors.As(err, &outside) || outside.Later != at.After(to) || !outside.From.Equal(from) {
				t.Errorf("%s: %v", at, err)
			}
		}

		var releases []func()
		for i := range 8 {
			_, release, err := h.travel.Hub(t.Context(), from.Add(time.Duration(i+1)*time.Minute), 0)
			if err != nil {
				t.Fatal(err)
			}
			releases = append(releases, release)
		}
		if _, _, err := h.travel.Hub(t.Context(), to, 0); !errors.Is(err, travel.ErrBusy) {
			t.Errorf("a ninth moment: %v", err)
		}
		if _, release, err := h.travel.Hub(t.Context(), from.Add(time.Minute), 0); err != nil {
			t.Errorf("one that is there already: %v", err)
		} else {
			release()
		}
		for _, release := range releases {
			release()
		}
		if _, release, err := h.travel.Hub(t.Context(), to, 0); err != nil {
			t.Errorf("once the others are not used: %v", err)
		} else {
			release()
		}
	})
}

// A record that is played is at every moment the board of that moment, and
// stands still at now; a fold sees the same boards.
func TestPlayedAndFoldedBoardsAreThoseOfTheirMoments(t *testing.T) {
	if raceOn {
		t.Skip("long: make test runs it once more, without the race detector")
	}
	watch(t, fakepbx.Options{Seed: 6, CallsPerMinute: 8, CutEvery: 4 * time.Minute}, func(t *testing.T, h *house) {
		rest(20 * time.Minute)
		from := h.live().Now().Add(7*time.Second - 15*time.Minute).Truncate(time.Second) // beside the cuts, which come at whole minutes
		codes := map[time.Time]uint64{}
		err := h.travel.Fold(t.Context(), from, from.Add(10*time.Minute), 30*time.Second, func(b *state.Board, now time.Time) error {
			codes[now] = b.Code()
			return nil
		})
		if err != nil || len(codes) != 21 {
			t.Fatalf("%d moments, %v", len(codes), err)
		}
		for at, code := range codes {
			if rec, err := h.travel.Board(t.Context(), at); err != nil || rec.Board.Code() != code {
				t.Errorf("the fold at %s: %v, %x, not %x", at, err, code, rec.Board.Code())
			}
		}

		played, release, err := h.travel.Hub(context.Background(), from, 30)
		if err != nil {
			t.Fatal(err)
		}
		defer release()
		checked := 0
		for range 20 {
			rest(time.Second) // half a minute
			played.Advance(played.Now())
			var code uint64
			var at time.Time
			played.Read(func(b *state.Board, now time.Time) { code, at = b.Code(), now })
			if was, ok := codes[at]; ok {
				checked++
				if code != was {
					t.Errorf("played to %s it is %x, was %x", at, code, was)
				}
			}
		}
		if checked < 15 {
			t.Errorf("only %d moments were compared", checked)
		}
		rest(2 * time.Minute)
		record, end := played.RecordNow(), played.Now()
		if !record.Reached || record.Differ > 0 || !record.Equal || h.live().Now().Sub(end) > 2*time.Minute {
			t.Errorf("at the end, %s: %+v", end, record)
		}
		rest(time.Minute)
		if !played.Now().Equal(end) {
			t.Errorf("its clock goes on to %s", played.Now())
		}
	})
}
