package eventlog

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"callboard/internal/sqlitefile"
)

// readBatch is how many entries are read at a time. Nobody who works on an
// entry holds the file meanwhile.
const readBatch = 256

// ask runs a query on the present file, and again if the file was exchanged
// meanwhile. It reports false if there is no file.
func (d *Disk) ask(ctx context.Context, query func(*store) error) (bool, error) {
	for {
		s := d.store.Load()
		if s == nil {
			return false, nil
		}
		err := query(s)
		switch {
		case err == nil:
			return true, nil
		case ctx.Err() != nil:
			return true, ctx.Err()
		case d.store.Load() != s:
			continue
		case d.isClosed():
			return true, ErrClosed
		case sqlitefile.IsCorrupt(err):
			d.damaged.Store(true) // the writer begins another
		}
		return true, err
	}
}

func (d *Disk) isClosed() bool {
	d.order.mu.Lock()
	defer d.order.mu.Unlock()
	return d.order.closed
}

// batch reads up to readBatch entries with after < seq < before from disk.
// through is the sequence up to which it looked: an entry of a kind that this
// build does not know is counted and left out. With joined it stops before a
// missing sequence.
func (d *Disk) batch(ctx context.Context, after, before uint64, joined bool) (found []Entry, through uint64, next uint64, err error) {
	through = after
	ok, err := d.ask(ctx, func(s *store) error {
		found, through, next = nil, after, 0
		rows, err := s.Read.QueryContext(ctx, "SELECT "+columns+" FROM journal WHERE seq>? AND seq<? ORDER BY seq LIMIT ?", int64(after), int64(before), readBatch)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			e, _, err, spoilt := scan(rows)
			if err != nil {
				return err
			}
			if joined && e.Seq != through+1 {
				next = e.Seq
				break
			}
			through = e.Seq
			switch {
			case errors.Is(spoilt, errKind):
				d.unknown.Add(1)
				continue
			case spoilt != nil:
				d.unreadable.Add(1)
			}
			if found == nil {
				found = make([]Entry, 0, min(readBatch, before-e.Seq))
			}
			found = append(found, e)
		}
		return rows.Err()
	})
	if err == nil && !ok && d.hadFile() {
		err = errAway
	}
	return found, through, next, err
}

// errAway says that entries cannot be read for the moment: nobody knows yet
// whether they are lost.
var errAway = errors.New("eventlog: the file is being opened anew")

// hadFile reports that a file was open once.
func (d *Disk) hadFile() bool {
	d.order.mu.Lock()
	defer d.order.mu.Unlock()
	return d.epoch != ""
}

// earlier gives entries that memory no longer has, for order.follow.
func (d *Disk) earlier(ctx context.Context, after, before uint64, fn func(Entry) error) (uint64, error) {
	found, through, next, err := d.batch(ctx, after, before, true)
	if err != nil {
		return 0, err
	}
	if through == after {
		if next == 0 {
			next = before
		}
		return 0, &LostError{After: after, First: next}
	}
	for i := range found {
		if err := fn(found[i]); err != nil {
			return 0, err
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
	}
	return through, nil
}

// Read calls fn with all entries there are after one sequence and up to
// another, in order, also those that are not on disk yet. It waits for nothing
// and passes over holes; those who must know of them ask Holes.
func (d *Disk) Read(ctx context.Context, after, until uint64, fn func(Entry) error) error {
	var buf [32]slot
	for after < until {
		if err := ctx.Err(); err != nil {
			return err
		}
		d.order.mu.Lock()
		first, last := d.order.first, d.order.last
		n := 0
		if after+1 >= first {
			n = d.order.take(after+1, buf[:min(uint64(len(buf)), until-after)])
		}
		d.order.mu.Unlock()
		switch {
		case n > 0:
			for i := range buf[:n] {
				e, err := buf[i].entry()
				if err == nil {
					err = fn(e)
				}
				if err != nil {
					return err
				}
				buf[i] = slot{}
			}
			after += uint64(n)
		case after >= last:
			return nil
		default:
			before := first
			if until < first-1 {
				before = until + 1
			}
			found, through, _, err := d.batch(ctx, after, before, false)
			if err != nil {
				return err
			}
			if through == after { // the rest of these is lost, or not wanted
				through = before - 1
			}
			for i := range found {
				if err := fn(found[i]); err != nil {
					return err
				}
			}
			after = through
		}
	}
	return nil
}

// firstOnDisk is the oldest entry of the file and its time.
func (d *Disk) firstOnDisk(ctx context.Context) (seq uint64, at int64, ok bool, err error) {
	_, err = d.ask(ctx, func(s *store) error {
		err := s.Read.QueryRowContext(ctx, "SELECT seq, at FROM journal ORDER BY seq LIMIT 1").Scan(&seq, &at)
		ok = err == nil
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return seq, at, ok, err
}

// SeqAt is the last entry at or before a time; false if there is none. Times
// count as a board takes them: when the clock was set back, the latest time so
// far goes on until the clock has come to it. So a later time never gives an
// earlier entry.
func (d *Disk) SeqAt(ctx context.Context, at time.Time) (seq uint64, ok bool, err error) {
	t := at.UnixNano()
	d.order.mu.Lock()
	o := &d.order
	first, last := o.first, o.last
	inMemory := first <= last && o.slot(first).mono <= t
	if inMemory {
		lo, hi := first, last // slot(lo).mono <= t
		for lo < hi {
			if mid := lo + (hi-lo+1)/2; o.slot(mid).mono <= t {
				lo = mid
			} else {
				hi = mid - 1
			}
		}
		seq = lo
	}
	o.mu.Unlock()
	if inMemory {
		return seq, true, nil
	}
	lo, at0, ok, err := d.firstOnDisk(ctx)
	if err != nil || !ok || at0 > t || lo >= first {
		return 0, false, err
	}
	// Sequences may lack entries, so each probe takes the nearest one before.
	_, err = d.ask(ctx, func(s *store) error {
		low, high, found := lo, first-1, lo
		probe, err := s.Read.PrepareContext(ctx, "SELECT "+columns+" FROM journal WHERE seq<=? ORDER BY seq DESC LIMIT 1")
		if err != nil {
			return err
		}
		defer probe.Close()
		for low <= high {
			mid := low + (high-low)/2
			e, mono, err := d.probe(ctx, probe, mid)
			switch {
			case err != nil:
				return err
			case e < low: // nothing between low and mid
				low = mid + 1
			case mono <= t:
				found, low = max(found, e), mid+1
			default:
				high = e - 1
			}
		}
		seq = found
		return nil
	})
	return seq, err == nil, err
}

// probe finds the last entry up to seq whose time can be trusted.
func (d *Disk) probe(ctx context.Context, stmt *sql.Stmt, seq uint64) (uint64, int64, error) {
	for {
		rows, err := stmt.QueryContext(ctx, int64(seq))
		if err != nil {
			return 0, 0, err
		}
		var e Entry
		var mono int64
		var spoilt error
		ok := rows.Next()
		if ok {
			e, mono, err, spoilt = scan(rows)
		}
		if cerr := rows.Close(); err == nil {
			err = cerr
		}
		if err == nil {
			err = rows.Err()
		}
		switch {
		case err != nil || !ok:
			return 0, 0, err
		case spoilt == nil || errors.Is(spoilt, errKind) || e.Seq == 0:
			return e.Seq, mono, nil
		}
		seq = e.Seq - 1
	}
}

// Span is the time of the first and of the last entry, zero if there is none.
func (d *Disk) Span(ctx context.Context) (from, to time.Time, err error) {
	d.order.mu.Lock()
	o := &d.order
	if o.first <= o.last {
		from = momentOf(o.slot(o.first).mono)
	}
	if o.mono != 0 {
		to = momentOf(o.mono)
	}
	d.order.mu.Unlock()
	_, at, ok, err := d.firstOnDisk(ctx)
	if err != nil {
		return time.Time{}, time.Time{}, err
	}
	if ok && (from.IsZero() || at < from.UnixNano()) {
		from = momentOf(at)
	}
	if from.IsZero() {
		to = from
	}
	return from, to, nil
}

// Holes lists the runs of sequences that no disk has, oldest first: of what is
// on disk and of what waits for it.
func (d *Disk) Holes(ctx context.Context) ([]Hole, error) {
	var holes []Hole
	_, err := d.ask(ctx, func(s *store) error {
		holes = nil
		rows, err := s.Read.QueryContext(ctx, "SELECT first, last, from_at, to_at, given_up FROM hole ORDER BY first")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var h Hole
			var from, to int64
			if err := rows.Scan(&h.First, &h.Last, &from, &to, &h.GivenUp); err != nil {
				return err
			}
			h.From, h.To = known(from), known(to)
			holes = append(holes, h)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, err
	}
	d.order.mu.Lock()
	defer d.order.mu.Unlock()
	for _, h := range d.holes {
		if n := len(holes); n == 0 || holes[n-1].First < h.First {
			holes = append(holes, h)
		}
	}
	return holes, nil
}

// known is the time of so many nanoseconds, zero for 0.
func known(ns int64) time.Time {
	if ns == 0 {
		return time.Time{}
	}
	return momentOf(ns)
}
