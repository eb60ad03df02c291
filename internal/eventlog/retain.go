package eventlog

import (
	"context"
	"time"

	"callboard/internal/sqlitefile"
)

// Deleting goes in chunks, with commits between them.
const (
	deleteRows   = 256
	deleteBlocks = 16
	deleteChunks = 40 // a second
	pageBytes    = 4096
)

// keepHouse is done once a second.
func (w *writer) keepHouse() {
	s := w.store.Load()
	if s == nil {
		return
	}
	if w.damaged.Load() {
		w.renew("it is damaged")
		w.commit(false)
		return
	}
	if time.Since(w.checked) >= 10*time.Second {
		w.checked = time.Now()
		if s.moved() {
			w.renew("it was removed or replaced while in use")
			w.commit(false)
			return
		}
	}
	if w.recorder.waiting() {
		w.commit(false)
	}
	if w.fails > 0 {
		return
	}
	for range deleteChunks {
		more, err := w.retain(w.ctx, s)
		if sqlitefile.IsCorrupt(err) {
			w.damaged.Store(true)
		}
		if err != nil || !more {
			return
		}
		select {
		case <-w.kick:
			w.commit(false)
		default:
		}
	}
}

// retain deletes one chunk of what is too old or too much, and reports whether
// there may be more. The newest entry always stays: it holds the sequence.
func (w *writer) retain(ctx context.Context, s *store) (more bool, err error) {
	w.order.mu.Lock()
	newest, last := w.order.mono, min(w.order.last, w.committed)
	w.order.mu.Unlock()
	var pages, free int64
	if err := s.Write.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		return false, err
	}
	if err := s.Write.QueryRowContext(ctx, "PRAGMA freelist_count").Scan(&free); err != nil {
		return false, err
	}
	cut := newest - int64(w.o.Keep)
	if (pages-free)*pageBytes-w.frameBytes.Load() > w.o.MaxBytes {
		cut = newest + 1
	}
	res, err := s.Write.ExecContext(ctx, "DELETE FROM journal WHERE seq IN (SELECT seq FROM journal WHERE seq<? ORDER BY seq LIMIT ?) AND at<?", int64(last), deleteRows, cut)
	if err != nil {
		return false, err
	}
	if n, _ := res.RowsAffected(); n > 0 {
		more = n == deleteRows || cut > newest
		// What stood before the oldest entry leads nowhere any more.
		for _, q := range []string{
			"DELETE FROM snapshot WHERE seq+1 < (SELECT min(seq) FROM journal)",
			"DELETE FROM hole WHERE last < (SELECT min(seq) FROM journal)",
		} {
			if _, err := s.Write.ExecContext(ctx, q); err != nil {
				return false, err
			}
		}
		var left int64
		if err := s.Write.QueryRowContext(ctx, "SELECT count(*) FROM snapshot").Scan(&left); err != nil {
			return false, err
		}
		w.snapshots.Store(left)
	}
	cut = newest - int64(w.o.FramesKeep)
	if w.frameBytes.Load() > w.o.FramesBytes {
		cut = 1<<63 - 1
	}
	var blocks, bytes int64
	if err := s.Write.QueryRowContext(ctx, "SELECT count(*), ifnull(sum(bytes), 0) FROM (SELECT id, bytes, to_at FROM frame ORDER BY id LIMIT ?) WHERE to_at<?", deleteBlocks, cut).Scan(&blocks, &bytes); err != nil {
		return false, err
	}
	if blocks > 0 {
		if _, err := s.Write.ExecContext(ctx, "DELETE FROM frame WHERE id IN (SELECT id FROM frame ORDER BY id LIMIT ?) AND to_at<?", deleteBlocks, cut); err != nil {
			return false, err
		}
		w.frameBytes.Add(-bytes)
		more = true
	}
	return more, nil
}
