package eventlog

import (
	"context"
	"time"

	"callboard/internal/sqlitefile"
)

// A pause is a time in which the disk takes nothing.
type pause struct {
	since time.Time // zero: it does
	why   error
	count int
	tries int
	ended time.Time // since of the one that is over and not yet told
}

// over ends the pause, if there is one. Its owner's mutex is held.
func (p *pause) over() {
	if !p.since.IsZero() {
		p.ended, p.since, p.why = p.since, time.Time{}, nil
	}
}

// times are of the last hundred commits.
type times struct {
	n    uint64
	last [100]time.Duration
}

// pausedBy notes a failed commit.
func (d *Disk) pausedBy(err error) {
	d.order.mu.Lock()
	begins := d.pause.since.IsZero()
	if begins {
		d.pause.since = time.Now()
		d.pause.count++
	}
	d.pause.why = err
	d.pause.tries++
	waiting := d.order.last - d.committed
	d.order.mu.Unlock()
	if begins {
		d.o.Log.Error("the journal is paused", "why", sqlitefile.Plain(err), "entries_waiting", waiting)
	}
}

// resumed notes a commit.
func (d *Disk) resumed(took time.Duration, entries int) {
	d.order.mu.Lock()
	d.pause.over()
	since := d.pause.ended
	d.pause.ended = time.Time{}
	d.commits.last[d.commits.n%uint64(len(d.commits.last))] = took
	d.commits.n++
	givenUp := d.givenUp
	d.order.mu.Unlock()
	if !since.IsZero() {
		d.o.Log.Warn("the journal goes on", "paused_for", time.Since(since).Round(time.Millisecond), "entries", entries, "given_up", givenUp)
	}
}

// Status says how the log fares. It reads a row of the file at most.
func (d *Disk) Status() Status {
	b, _ := d.Bounds(context.Background())
	from, to, _ := d.Span(context.Background())
	d.order.mu.Lock()
	defer d.order.mu.Unlock()
	s := Status{
		Epoch: d.epoch, First: b.First, Last: d.order.last, Durable: d.durable(), From: from, To: to,
		Queue:  int(d.order.last - d.committed),
		Paused: d.pause.since, Pauses: d.pause.count, Tries: d.pause.tries,
		GivenUp: d.givenUp, Holes: d.nHoles, Repeats: d.order.dropped,
		Unreadable: d.unreadable.Load(), Unknown: d.unknown.Load(), Renewed: d.renewed,
		FrameBytes: d.frameBytes.Load(), Commits: d.commits.n, Snapshots: int(d.snapshots.Load()),
	}
	s.Frames, s.FramesLost = d.recorder.counts()
	for _, t := range d.commits.last {
		s.Slowest = max(s.Slowest, t)
	}
	if !s.Paused.IsZero() {
		s.Why, s.Code = sqlitefile.Plain(d.pause.why), code(d.pause.why)
	}
	if f := d.store.Load(); f != nil {
		s.Bytes, s.File = f.Bytes(), f.Report
	}
	return s
}

// code is a short stable word for why the disk takes nothing.
func code(err error) string {
	switch {
	case sqlitefile.IsFull(err):
		return "full"
	case sqlitefile.IsReadOnly(err):
		return "read-only"
	case sqlitefile.IsBusy(err):
		return "busy"
	case sqlitefile.IsCorrupt(err):
		return "damaged"
	case sqlitefile.IsMissing(err):
		return "missing"
	}
	return "io"
}
