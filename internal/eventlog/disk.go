package eventlog

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"callboard/internal/sqlitefile"
)

// A Disk is a Log whose entries a file follows. See the package's comment.
type Disk struct {
	path  string
	o     Options
	order order

	// Under order.mu.
	epoch     string
	began     uint64 // the sequence before the first one given out here
	committed uint64 // every entry up to this is on disk, or was given up
	holes     []Hole // not on disk yet; only the last one grows
	frozen    int    // so many holes are being written: they do not grow
	givenUp   uint64
	pause     pause
	commits   times
	renewed   int
	nHoles    int

	store      atomic.Pointer[store] // nil until a file could be opened
	squeeze    squeezer
	recorder   recorder
	snapshots  atomic.Int64
	frameBytes atomic.Int64
	damaged    atomic.Bool // a reader met damage in the file
	writing    sync.Mutex  // held by the writer during a transaction
	unreadable atomic.Uint64
	unknown    atomic.Uint64

	ctx    context.Context // of all that the writer does: ends a second after Close
	cancel context.CancelFunc
	kick   chan struct{} // something waits for the disk
	gone   chan struct{} // the writer has ended
	closed sync.Once
}

// Open opens journal.db at path, or makes it. A disk that is full or read-only,
// a folder that is not there, or a file that another process holds, is no
// error: the Disk begins paused, without what the file holds and with a
// sequence far beyond it, and takes the file in as soon as it can. The error is
// a *sqlitefile.NewerError.
func Open(path string, o Options) (*Disk, error) {
	d := &Disk{path: path, o: o.filled(), kick: make(chan struct{}, 1), gone: make(chan struct{})}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	d.order.done = make(chan struct{})
	d.recorder.most = mostPending
	var s *store
	err := sqlitefile.Held(path)
	if err == nil {
		s, err = openStore(d.ctx, path)
	}
	if err == nil {
		err = s.ids(d.ctx, &d.order.repeats)
	}
	switch {
	case err == nil:
		d.begin(s)
		d.report(s)
	case !newer(err):
		if s != nil {
			_ = s.Close()
		}
		// Whatever the file holds ends before this: no journal has an
		// entry for every millisecond since 1970.
		d.order.start(uint64(max(time.Now().UnixMilli(), 0)), 0)
		d.began, d.committed = d.order.last, d.order.last
		d.pausedBy(err)
	default:
		return nil, err
	}
	go d.run()
	return d, nil
}

// newer reports that a newer build has written the file: all else may pass.
func newer(err error) bool {
	_, is := errors.AsType[*sqlitefile.NewerError](err)
	return is
}

// begin takes the order up where the file ends.
func (d *Disk) begin(s *store) {
	d.order.start(s.last, s.lastAt)
	d.began, d.committed, d.epoch = s.last, s.last, s.epoch
	d.adopt(s)
}

// adopt makes s the file that is written and read.
func (d *Disk) adopt(s *store) {
	d.snapshots.Store(int64(s.snapshots))
	d.frameBytes.Store(s.frameBytes)
	d.recorder.isAt(s.lastFrame)
	d.store.Store(s)
}

func (d *Disk) report(s *store) {
	if s.Report.Notable() {
		d.o.Log.Warn("the journal's file was not as it should be", "did", s.Report.String())
	}
}

// Append is Log's. When more than Options.Queue entries wait for the disk,
// the oldest are given up: that makes a hole.
func (d *Disk) Append(ctx context.Context, entries ...Entry) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	o := &d.order
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return 0, ErrClosed
	}
	for i := range entries {
		o.push(&entries[i])
		if o.last-d.committed > uint64(d.o.Queue) {
			d.giveUp(o.last - uint64(d.o.Queue))
		}
	}
	o.wake()
	select {
	case d.kick <- struct{}{}:
	default:
	}
	return o.last, nil
}

// giveUp drops all entries up to seq that wait for the disk. The caller holds
// the lock.
func (d *Disk) giveUp(seq uint64) {
	o := &d.order
	if n := len(d.holes); n == d.frozen || d.holes[n-1].Last != d.committed {
		d.holes = append(d.holes, Hole{First: d.committed + 1, From: momentOf(o.slot(d.committed + 1).mono)})
		d.nHoles++
	}
	h := &d.holes[len(d.holes)-1]
	h.GivenUp += int(seq - d.committed)
	h.Last, h.To = seq, momentOf(o.slot(seq).mono)
	d.givenUp += seq - d.committed
	d.committed = seq
	o.drop(seq + 1)
}

// Durable is the last entry that is on disk with all before it that were not
// given up.
func (d *Disk) Durable() uint64 {
	d.order.mu.Lock()
	defer d.order.mu.Unlock()
	return d.durable()
}

// durable leaves out the entries given up since the last commit: nothing of
// them, or of the hole they leave, is on disk yet.
func (d *Disk) durable() uint64 {
	if n := len(d.holes); n > 0 {
		return d.holes[0].First - 1
	}
	return d.committed
}

// WaitDurable waits until Durable has come to seq. The error is ctx's, or
// ErrClosed.
func (d *Disk) WaitDurable(ctx context.Context, seq uint64) error {
	news, release := d.order.wait()
	defer release()
	for {
		if d.Durable() >= seq {
			return nil
		}
		select {
		case <-news:
		case <-d.gone:
			if d.Durable() >= seq {
				return nil
			}
			return ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Follow is Log's. An entry is told before it is on disk. At a hole it
// returns a *LostError after the entries before it. It needs a connection to
// the file only while it is behind what memory holds.
func (d *Disk) Follow(ctx context.Context, after uint64, fn func(Entry) error) error {
	return d.order.follow(ctx, after, fn, d.earlier)
}

// Bounds is Log's. The epoch is empty as long as no file could be opened.
func (d *Disk) Bounds(ctx context.Context) (Bounds, error) {
	d.order.mu.Lock()
	b := Bounds{Epoch: d.epoch, First: d.order.first, Last: d.order.last}
	closed := d.order.closed
	d.order.mu.Unlock()
	if closed {
		return Bounds{}, ErrClosed
	}
	first, _, ok, err := d.firstOnDisk(ctx)
	if err != nil {
		return Bounds{}, err
	}
	if ok && first < b.First {
		b.First = first
	}
	if b.Last == 0 {
		b.First = 0
	}
	return b, nil
}

// closeTime is how long what is left may take to write.
const closeTime = time.Second

// Close writes what is left, as far as the disk takes it within a second, and
// closes the file. Followers get the rest and ErrClosed.
func (d *Disk) Close() error {
	var err error
	d.closed.Do(func() {
		d.order.close()
		late := time.AfterFunc(closeTime, d.cancel)
		<-d.gone
		late.Stop()
		d.cancel()
		if s := d.store.Load(); s != nil {
			err = s.Close()
		}
	})
	<-d.gone
	return err
}
