package eventlog

import (
	"bytes"
	"database/sql"
	"errors"
	"slices"
	"time"

	"callboard/internal/sqlitefile"
)

// mostCommitted bounds one transaction, so that a burst neither holds the lock
// of the file for long nor makes a giant -wal.
const mostCommitted = 8192

// reopenAfter is how many tries in a row fail before the file is opened anew:
// what the descriptor fails at, a new one may not.
const reopenAfter = 20

// errAgain is a transaction whose entries were given up under it.
var errAgain = errors.New("entries were given up while they were written")

// run is the writer: the only one to write entries. It is gone after close.
func (d *Disk) run() {
	defer close(d.gone)
	w := writer{Disk: d, slots: make([]slot, chunkSlots)}
	house := time.NewTicker(time.Second)
	defer house.Stop()
	batch := time.NewTimer(time.Hour)
	defer batch.Stop()
	batch.Stop()
	armed := false
	for {
		select {
		case <-d.kick:
			if !armed {
				armed = true
				batch.Reset(d.o.Commit)
			}
		case <-batch.C:
			if armed = false; !w.commit(false) && w.behind() {
				armed = true
				wait := d.o.Retry
				if w.fails == 0 {
					wait = 0 // the transaction was full, not the disk
				}
				batch.Reset(wait)
			}
		case <-house.C:
			w.keepHouse()
		case <-d.order.done:
			for try := 0; !w.commit(true) && w.behind() && (w.fails == 0 || try < 2); try++ {
				if w.fails > 0 {
					time.Sleep(d.o.Retry) // once: nobody can wait longer for a disk that is full
				}
			}
			if n := d.Status().Queue; n > 0 {
				d.o.Log.Error("the journal was closed without its last entries", "entries", n, "why", d.Status().Why)
			}
			return
		}
	}
}

// A writer is what the goroutine of run keeps for itself.
type writer struct {
	*Disk
	slots     []slot
	buf       bytes.Buffer
	fails     int               // in a row
	compacted uint64            // entries before this are bodies, or on disk
	broken    sqlitefile.Report // of the file last given up, until the next is there
	broke     time.Time         // when a file was last put aside
	checked   time.Time         // when the file was last seen at its path
	stmt      *sql.Stmt         // inserts an entry into of
	of        *store
}

// behind reports that something waits for the disk.
func (w *writer) behind() bool {
	w.order.mu.Lock()
	defer w.order.mu.Unlock()
	return w.order.last > w.committed || len(w.holes) > 0 || w.recorder.waiting()
}

// commit writes what waits in one transaction and reports whether all of it
// was. An error is counted and said, never returned: the next try comes.
func (w *writer) commit(last bool) (all bool) {
	began := time.Now()
	w.writing.Lock()
	n, all, err := w.transaction(last)
	w.writing.Unlock()
	w.thaw()
	switch {
	case errors.Is(err, errAgain):
		return false
	case err == nil:
		w.fails = 0
		w.resumed(time.Since(began), n)
		return all
	}
	w.fails++
	w.pausedBy(err)
	switch {
	case sqlitefile.IsCorrupt(err):
		w.renew("it is damaged")
	case w.fails%reopenAfter == 0:
		w.reopen()
	}
	if !last {
		w.compact()
	}
	return false
}

// transaction returns how many entries it wrote.
func (w *writer) transaction(last bool) (n int, all bool, err error) {
	ctx := w.ctx
	s := w.store.Load()
	if s == nil {
		if s, err = w.attach(ctx); err != nil {
			return 0, false, err
		}
	}
	if s != w.of {
		if w.stmt != nil {
			_ = w.stmt.Close()
		}
		// Writing a row again changes nothing: after an error in the commit
		// itself nobody knows whether it counts.
		if w.stmt, err = s.Write.PrepareContext(ctx, "INSERT OR REPLACE INTO journal(seq, at, back, id, body) VALUES(?, ?, ?, ?, ?)"); err != nil {
			return 0, false, err
		}
		w.of = s
	}
	w.order.mu.Lock()
	from := w.committed + 1
	most := uint64(mostCommitted)
	if w.fails > 0 { // a disk that takes nothing is asked with little
		most = chunkSlots
	}
	until := min(w.order.last, w.committed+most)
	holes := slices.Clone(w.holes)
	w.frozen = len(holes)
	all = until == w.order.last
	w.order.mu.Unlock()
	block, frames := w.recorder.block(&w.squeeze, last)
	if until < from && len(holes) == 0 && block == nil {
		return 0, all, nil
	}
	tx, err := s.Write.BeginTx(ctx, nil)
	if err != nil {
		return 0, false, err
	}
	defer func() { _ = tx.Rollback() }()
	for _, h := range holes {
		if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO hole VALUES(?, ?, ?, ?, ?)",
			int64(h.First), int64(h.Last), nanos(h.From), nanos(h.To), h.GivenUp); err != nil {
			return 0, false, err
		}
	}
	stmt := tx.StmtContext(ctx, w.stmt)
	for next := from; next <= until; {
		w.order.mu.Lock()
		k := 0
		if next >= w.order.first { // else it was given up meanwhile
			k = w.order.take(next, w.slots[:min(uint64(len(w.slots)), until-next+1)])
		}
		w.order.mu.Unlock()
		if k == 0 {
			return 0, false, errAgain
		}
		if err := insert(ctx, stmt, w.slots[:k], &w.buf); err != nil {
			return 0, false, err
		}
		clear(w.slots[:k])
		next += uint64(k)
		n += k
	}
	var id int64
	if block != nil {
		res, err := tx.ExecContext(ctx, "INSERT INTO frame(from_at, to_at, bytes, body) VALUES(?, ?, ?, ?)", frames.from, frames.to, len(block), block)
		if err != nil {
			return 0, false, err
		}
		if id, err = res.LastInsertId(); err != nil {
			return 0, false, err
		}
	}
	if err := tx.Commit(); err != nil {
		return 0, false, err
	}
	if block != nil {
		w.recorder.written(id)
		w.frameBytes.Add(int64(len(block)))
	}
	w.stored(from, until, len(holes))
	return n, all, nil
}

// stored notes that entries are on disk, and so many of the first holes. Only
// now may entries leave memory. Whoever sees them there sees no pause beside them.
func (w *writer) stored(from, until uint64, holes int) {
	o := &w.order
	o.mu.Lock()
	defer o.mu.Unlock()
	w.holes = slices.Delete(w.holes, 0, holes)
	w.frozen = 0
	w.committed = max(w.committed, until)
	w.pause.over()
	for i := range w.holes { // entries that were given up while they were written after all
		if h := &w.holes[i]; h.First >= from && h.First <= until {
			saved := min(until, h.Last) + 1 - h.First
			h.First += saved
			h.GivenUp -= int(saved)
			w.givenUp -= saved
		}
	}
	n := len(w.holes)
	w.holes = slices.DeleteFunc(w.holes, func(h Hole) bool { return h.First > h.Last })
	w.nHoles -= n - len(w.holes)
	if o.last >= uint64(w.o.Ring) {
		o.drop(min(w.committed+1, o.last+1-uint64(w.o.Ring)))
	}
	o.wake()
}

// thaw lets holes grow again, and joins those that a failed transaction kept
// apart.
func (w *writer) thaw() {
	w.order.mu.Lock()
	defer w.order.mu.Unlock()
	w.frozen = 0
	for i := len(w.holes) - 1; i > 0; i-- {
		if a, b := &w.holes[i-1], w.holes[i]; a.Last+1 == b.First {
			a.Last, a.To = b.Last, b.To
			a.GivenUp += b.GivenUp
			w.holes = slices.Delete(w.holes, i, i+1)
			w.nHoles--
		}
	}
}

// compact turns the facts that wait into bodies, which take a fraction of the
// memory: the disk may take nothing for hours.
func (w *writer) compact() {
	o := &w.order
	o.mu.Lock()
	next := max(w.committed+1, o.first, w.compacted)
	until := o.last
	o.mu.Unlock()
	for until > next && until-next > chunkSlots { // the youngest are left: followers want their facts
		o.mu.Lock()
		n := 0
		if next = max(next, o.first); next < until {
			n = o.take(next, w.slots[:min(uint64(len(w.slots)), until-next)])
		}
		o.mu.Unlock()
		if n == 0 {
			return
		}
		for i := range w.slots[:n] {
			if s := &w.slots[i]; s.fact != nil {
				w.buf.Reset()
				_ = s.writeBody(&w.buf) // a buffer takes everything
				s.body, s.fact = bytes.Clone(w.buf.Bytes()), nil
			}
		}
		o.mu.Lock()
		for i := range w.slots[:n] {
			if s := &w.slots[i]; s.seq >= o.first && s.seq <= o.last {
				*o.slot(s.seq) = *s
			}
		}
		o.mu.Unlock()
		clear(w.slots[:n])
		next += uint64(n)
		w.compacted = next
	}
}
