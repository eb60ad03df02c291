package eventlog

import (
	"context"
	"fmt"
	"slices"
	"time"

	"callboard/internal/sqlitefile"
)

// attach opens a file for a process that has given out sequences already: its
// own one again, one that could not be opened at first, or a new one in the
// place of one that broke or went away.
func (w *writer) attach(ctx context.Context) (*store, error) {
	if w.o.Allowed != nil {
		if err := w.o.Allowed(); err != nil {
			return nil, err
		}
	}
	if err := sqlitefile.Held(w.path); err != nil {
		return nil, err
	}
	s, err := openStore(ctx, w.path)
	if err != nil {
		return nil, err
	}
	w.order.mu.Lock()
	epoch, began := w.epoch, w.began
	w.order.mu.Unlock()
	if strange := epoch != "" && s.epoch != epoch || epoch == "" && s.last > began; strange && !s.empty {
		// Another program's, or written under a clock that ran ahead: two
		// entries would have the same sequence.
		if s, err = w.replace(ctx, s, "its sequence is another"); err != nil {
			return nil, err
		}
	}
	fresh := epoch != "" && s.epoch != epoch
	if fresh { // this process still knows what the sequence means
		if _, err := s.Write.ExecContext(ctx, "UPDATE log SET epoch=?", epoch); err != nil {
			_ = s.Close()
			return nil, err
		}
		s.epoch = epoch
	}
	o := &w.order
	o.mu.Lock()
	switch {
	case fresh: // all that memory has goes into the new file
		w.committed = o.first - 1
		w.renewed++
		if s.Report.Broken == "" {
			s.Report.Broken, s.Report.Why = w.broken.Broken, w.broken.Why
		}
		w.broken = sqlitefile.Report{}
	case epoch == "":
		w.epoch = s.epoch
		if !s.empty && s.last < began { // nothing lies between, but nothing joins them either
			w.holes = slices.Insert(w.holes, 0, Hole{First: s.last + 1, Last: began, From: momentOf(s.lastAt), To: momentOf(o.mono)})
			w.nHoles++
		}
	}
	o.mu.Unlock()
	w.adopt(s)
	w.report(s)
	return s, nil
}

// replace moves an open file aside and opens a new one.
func (w *writer) replace(ctx context.Context, s *store, why string) (*store, error) {
	to, err := s.MoveAside(fileOptions)
	if err != nil {
		return nil, err
	}
	if s, err = openStore(ctx, w.path); err != nil {
		return nil, err
	}
	if !s.empty {
		_ = s.Close()
		return nil, fmt.Errorf("another program writes this file")
	}
	s.Report.Broken, s.Report.Why = to, why
	return s, nil
}

// renew gives the file up: the next transaction begins another. A damaged one
// is put aside, not more than once a minute, so that a dying disk does not
// fill up with broken files.
func (w *writer) renew(why string) {
	s := w.store.Load()
	if s == nil || !w.broke.IsZero() && time.Since(w.broke) < time.Minute {
		return
	}
	w.broke = time.Now()
	w.damaged.Store(false)
	w.store.Store(nil)
	w.broken.Why = why
	if s.moved() {
		_ = s.Close()
	} else if to, err := s.MoveAside(fileOptions); err == nil {
		w.broken.Broken = to
	} else {
		w.o.Log.Error("the journal's file cannot be put aside", "why", sqlitefile.Plain(err))
		return
	}
	w.o.Log.Error("the journal's file is given up, a new one begins with what memory has", "why", why)
}

// reopen opens the same file with new descriptors at the next transaction.
func (w *writer) reopen() {
	if s := w.store.Load(); s != nil {
		w.store.Store(nil)
		_ = s.Close()
	}
}

// nanos is a time for the file; 0 if it is not known.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}
