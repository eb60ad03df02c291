package keeper

import (
	"context"
	"errors"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/history"
	"callboard/internal/state"
)

// rows are what settled up to an entry.
type rows struct {
	seq uint64
	state.Settled
	clocks []history.Gap
}

const (
	// takeEvery is after how many entries rows are taken from the board; they are
	// taken sooner as long as no more than a quarter of pace.waiting wait for the
	// history.
	takeEvery = 500
	// imagesMost is how many snapshots wait for the disk; the newest count.
	imagesMost = 2
	// farBehind is when the board is too far behind the log for a snapshot of it
	// to be of use.
	farBehind = 5_000
)

// images are snapshots that wait until the journal has all entries in them, and
// the history all rows.
type images struct {
	list []eventlog.Snapshot
	seq  uint64 // of the last one made
	at   time.Time
}

// Run follows the log, writes what is behind the disk, and keeps house in the
// history, until ctx ends.
func (k *Keeper) Run(ctx context.Context) error {
	done := make(chan struct{}, 3)
	start := func(f func()) {
		go func() {
			defer func() { done <- struct{}{} }()
			f()
		}()
	}
	start(func() { k.follow(ctx) })
	start(func() { k.writing(ctx) })
	start(func() {
		if err := k.store.Run(ctx); err != nil && ctx.Err() == nil {
			k.log.Error("the history is not kept in order any more", "error", err)
		}
	})
	for range cap(done) {
		<-done
	}
	return nil
}

// writing writes what can be written, and looks at the disk, until ctx ends.
func (k *Keeper) writing(ctx context.Context) {
	look := time.NewTicker(k.pace.write)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		k.mu.Lock()
		if k.own != nil {
			if len(k.waiting) < k.pace.waiting/4 {
				k.take()
			}
			k.keepImage(false)
		}
		k.mu.Unlock()
		k.reopen()
		k.lookAtDisk(ctx)
		k.write(ctx)
		k.erase(ctx)
	}
}

// take takes from the board what has settled. k.mu is held.
func (k *Keeper) take() {
	k.untaken = 0
	if s := k.own.Settled(); !s.Empty() || len(k.clocks) > 0 {
		k.waiting = append(k.waiting, rows{k.seq, s, k.clocks})
		k.clocks = nil
	}
}

// keepImage makes a snapshot if one is due. k.mu is held.
func (k *Keeper) keepImage(now bool) {
	at := k.own.Now()
	if !now {
		if at.Sub(k.images.at).Abs() < k.pace.snapshot || k.seq < k.images.seq+k.pace.little || k.seq+farBehind < k.appended.Load() {
			return
		}
	}
	k.take()
	image, err := k.own.Image()
	if err != nil {
		k.log.Error("no snapshot", "error", err)
		return
	}
	if len(k.images.list) >= imagesMost {
		k.images.list = append(k.images.list[:0], k.images.list[1:]...)
	}
	k.images.list = append(k.images.list, eventlog.Snapshot{Seq: k.seq, At: at, Image: image})
	k.images.seq, k.images.at = k.seq, at
}

// write writes rows and snapshots whose entries are on the disk, in their
// order: a snapshot comes before the rows of later entries, so that a journal
// which began with the history of a day is never followed without it.
func (k *Keeper) write(ctx context.Context) {
	durable := k.disk.Durable()
	for ctx.Err() == nil {
		k.mu.Lock()
		var r rows
		var image *eventlog.Snapshot
		if len(k.images.list) > 0 && k.images.list[0].Seq <= durable {
			image = &k.images.list[0]
		}
		if len(k.waiting) > 0 && k.waiting[0].seq <= durable && (image == nil || k.waiting[0].seq <= image.Seq) {
			r, image = k.waiting[0], nil
		}
		k.mu.Unlock()
		switch {
		case image != nil:
			if !k.save(ctx, *image) {
				return
			}
		case r.seq > 0:
			// Where the history is not there yet the journal tells it all of this
			// again, see reopen.
			if k.store.Away() == nil && !k.put(ctx, history.Batch{
				Epoch: k.epoch, Seq: r.seq, Calls: r.Calls, Journeys: r.Journeys, Gone: r.Gone, Gaps: append(gapsOf(r.Gaps), r.clocks...), GoneGaps: r.GoneGaps,
			}) {
				return
			}
			k.mu.Lock()
			k.waiting[0] = rows{}
			if k.waiting = k.waiting[1:]; len(k.waiting) == 0 {
				k.waiting = nil
			}
			k.mu.Unlock()
		default:
			return
		}
	}
}

// save writes a snapshot, and lets the history know how far it is, so that the
// next start finds both at one place.
func (k *Keeper) save(ctx context.Context, s eventlog.Snapshot) bool {
	if err := k.disk.SaveSnapshot(ctx, s); err != nil {
		if ctx.Err() == nil {
			k.log.Warn("a snapshot could not be written", "error", err)
		}
		return false // the next look tries again
	}
	k.mu.Lock()
	k.status.Snapshots++
	k.status.LastSnapshot = s.At
	if len(k.images.list) > 0 && k.images.list[0].Seq == s.Seq {
		k.images.list = k.images.list[1:]
	}
	k.mu.Unlock()
	return k.store.Away() != nil || k.put(ctx, history.Batch{Epoch: k.epoch, Seq: s.Seq})
}

// put writes one batch and keeps account of whether that works.
func (k *Keeper) put(ctx context.Context, b history.Batch) bool {
	err := k.store.Put(ctx, b)
	if err == nil {
		k.written(b)
		return true
	}
	if ctx.Err() == nil {
		k.failed(err)
	}
	return false
}

// gapsOf are the board's gaps as the history has them.
func gapsOf(gaps []state.Gap) []history.Gap {
	out := make([]history.Gap, len(gaps))
	for i, g := range gaps {
		out[i] = history.GapOf(g)
	}
	return out
}

// finish takes in what came last, writes what is left, and takes a last
// snapshot.
func (k *Keeper) finish(ctx context.Context) {
	last := k.appended.Load()
	if _, err := k.begin(ctx); err != nil {
		k.log.Warn("the end of the journal is left to the next start", "error", err)
		return
	}
	err := k.journal.Follow(ctx, k.place(), func(e eventlog.Entry) error {
		if err := k.entry(e); err != nil {
			return err
		}
		if e.Seq >= last {
			return errDone
		}
		return nil
	})
	if last > k.place() && !errors.Is(err, errDone) {
		k.log.Info("the end of the journal is left to the next start", "entries", last-k.place())
		return
	}
	k.mu.Lock()
	if k.images.seq != k.seq {
		k.keepImage(true)
	}
	k.mu.Unlock()
	if err := k.disk.WaitDurable(ctx, last); err != nil {
		k.log.Warn("the end of the journal is not on the disk", "error", err)
		return
	}
	k.write(ctx)
}

var errDone = errors.New("keeper: all is taken in")

func (k *Keeper) place() uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.seq
}
