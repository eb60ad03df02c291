package history

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Of many who mark a gap at once one name stands, whatever is told of the gap
// later; with the gap the mark goes.
func TestReviewStandsOnce(t *testing.T) {
	ctx, s := context.Background(), open(t, Options{})
	from := time.Date(2026, 11, 22, 12, 48, 2, 123456789, time.UTC)
	gap := Gap{Kind: GapFeed, From: from, Code: "reset"}
	if err := s.Put(ctx, Batch{Epoch: "a", Seq: 1, Gaps: []Gap{gap, {Kind: GapDisk, From: from}}}); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		all.Go(func() { errs[i] = s.Review(ctx, gap, "supervisor "+strconv.Itoa(i), from.Add(time.Hour)) })
	}
	all.Wait()
	first := -1
	for i, err := range errs {
		switch {
		case err == nil && first < 0:
			first = i
		case !errors.Is(err, ErrReviewed):
			t.Errorf("supervisor %d: %v", i, err)
		}
	}
	if first < 0 {
		t.Fatal("nobody marked it")
	}
	gap.To, gap.Touched = from.Add(2*time.Minute), 3
	if err := s.Put(ctx, Batch{Epoch: "a", Seq: 2, Gaps: []Gap{gap}}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Gaps(ctx, from.Add(-time.Hour), from.Add(time.Hour))
	if err != nil || len(got) != 2 {
		t.Fatalf("%v, %v", got, err)
	}
	for _, g := range got {
		want := ""
		if g.Kind == GapFeed {
			want = "supervisor " + strconv.Itoa(first)
		}
		if g.ReviewedBy != want || (want != "") == g.ReviewedAt.IsZero() || want != "" && g.Touched != 3 {
			t.Errorf("%+v, want the mark of %q", g, want)
		}
	}
	if _, err := s.Retain(ctx, from.Add(DefaultKeep+time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.Review(ctx, gap, "somebody", from); err != nil {
		t.Errorf("the mark outlived its gap: %v", err)
	}
}
