package eventlog

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"

	"callboard/internal/state"
)

// Scrub rewrites entries, for the erasure of what somebody has a right to have
// forgotten: fact gives the new fact and whether it differs. It returns how
// many were changed. The flight recorder is emptied, because nobody can tell
// what its frames say; snapshots are another matter, see ScrubSnapshots. What
// was overwritten is not left in free space or in the -wal.
func (d *Disk) Scrub(ctx context.Context, fact func(state.Fact) (state.Fact, bool)) (n int, err error) {
	// Memory first, and not while the writer holds a copy of it. From then
	// on nothing new can reach the disk unscrubbed but by Append.
	d.writing.Lock()
	d.order.mu.Lock()
	last := d.order.last
	for seq := d.order.first; seq <= last; seq++ {
		s := d.order.slot(seq)
		e, err := s.entry()
		if err != nil {
			continue
		}
		if f, changed := fact(e.Fact); changed {
			s.fact, s.body = f, nil
			if seq > d.committed {
				n++ // the disk has none to count
			}
		}
	}
	d.order.mu.Unlock()
	d.recorder.clear()
	d.writing.Unlock()

	var buf bytes.Buffer
	for after := uint64(0); after < last; {
		found, through, _, err := d.batch(ctx, after, last+1, false)
		if err != nil {
			return n, err
		}
		if through == after {
			break
		}
		after = through
		var changed []Entry
		for _, e := range found {
			if f, differs := fact(e.Fact); differs {
				e.Fact = f
				changed = append(changed, e)
			}
		}
		if len(changed) == 0 {
			continue
		}
		if err := d.rewrite(ctx, changed, &buf); err != nil {
			return n, err
		}
		n += len(changed)
	}
	for {
		var more int64
		if _, err := d.ask(ctx, func(s *store) error {
			res, err := s.Write.ExecContext(ctx, "DELETE FROM frame WHERE id IN (SELECT id FROM frame ORDER BY id LIMIT ?)", deleteBlocks)
			if err != nil {
				return err
			}
			more, err = res.RowsAffected()
			return err
		}); err != nil {
			return n, err
		}
		if more == 0 {
			d.frameBytes.Store(0)
			break
		}
	}
	return n, d.empty(ctx)
}

// rewrite gives entries of the file another fact.
func (d *Disk) rewrite(ctx context.Context, entries []Entry, buf *bytes.Buffer) error {
	_, err := d.ask(ctx, func(s *store) error {
		tx, err := s.Write.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		for _, e := range entries {
			var mono, back int64
			if err := tx.QueryRowContext(ctx, "SELECT at, ifnull(back, 0) FROM journal WHERE seq=?", int64(e.Seq)).Scan(&mono, &back); err != nil {
				return err
			}
			buf.Reset()
			slot := slot{fact: e.Fact}
			if err := slot.writeBody(buf); err != nil {
				return err
			}
			buf.Write(binary.BigEndian.AppendUint32(nil, sum(e.Seq, mono, back, e.ID, buf.Bytes())))
			if _, err := tx.ExecContext(ctx, "UPDATE journal SET body=? WHERE seq=?", buf.Bytes(), int64(e.Seq)); err != nil {
				return err
			}
		}
		return tx.Commit()
	})
	return err
}

// ScrubSnapshots gives every snapshot's image to fn, which returns the new
// image and whether it differs. A snapshot for which fn fails, or that cannot
// be read, is deleted. It returns how many were changed or deleted.
func (d *Disk) ScrubSnapshots(ctx context.Context, fn func(Snapshot) ([]byte, bool, error)) (n int, err error) {
	var seqs []uint64
	if _, err := d.ask(ctx, func(s *store) error {
		seqs = nil
		rows, err := s.Read.QueryContext(ctx, "SELECT seq FROM snapshot ORDER BY seq")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var seq uint64
			if err := rows.Scan(&seq); err != nil {
				return err
			}
			seqs = append(seqs, seq)
		}
		return rows.Err()
	}); err != nil {
		return 0, err
	}
	for _, seq := range seqs {
		snap, ok, err := d.SnapshotBefore(ctx, seq)
		if err != nil {
			return n, err
		}
		query, args := "DELETE FROM snapshot WHERE seq=?", []any{int64(seq)}
		if ok && snap.Seq == seq {
			image, differs, err := fn(snap)
			switch {
			case err == nil && !differs:
				continue
			case err == nil:
				query, args = "UPDATE snapshot SET image=? WHERE seq=?", []any{d.squeeze.squeeze(image), int64(seq)}
			case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
				return n, err
			}
		}
		if _, err := d.ask(ctx, func(s *store) error {
			_, err := s.Write.ExecContext(ctx, query, args...)
			return err
		}); err != nil {
			return n, err
		}
		n++
	}
	return n, d.empty(ctx)
}

// empty writes all of the -wal into the file and cuts it off: it still holds
// the pages as they were.
func (d *Disk) empty(ctx context.Context) error {
	_, err := d.ask(ctx, func(s *store) error {
		_, err := s.Write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		return err
	})
	return err
}
