package eventlog

import (
	"context"
	"time"
)

// Snapshots of the last hour are all kept, of those before it the first of
// every quarter of an hour.
const (
	snapshotsAll  = time.Hour
	snapshotsThin = 15 * time.Minute
	mostImage     = 256 << 20
)

// SaveSnapshot stores an image of the board, compressed, once the entry it
// stands behind is on disk: an image must never know more than the journal
// that goes on from it. It waits for the disk.
func (d *Disk) SaveSnapshot(ctx context.Context, s Snapshot) error {
	if err := d.WaitDurable(ctx, s.Seq); err != nil {
		return err
	}
	image := d.squeeze.squeeze(s.Image)
	at := s.At.UnixNano()
	ok, err := d.ask(ctx, func(f *store) error {
		if _, err := f.Write.ExecContext(ctx, "INSERT OR REPLACE INTO snapshot VALUES(?, ?, ?)", int64(s.Seq), at, image); err != nil {
			return err
		}
		if _, err := f.Write.ExecContext(ctx, `DELETE FROM snapshot WHERE at < ?1 AND seq NOT IN (SELECT min(seq) FROM snapshot WHERE at < ?1 GROUP BY at / ?2)`,
			at-int64(snapshotsAll), int64(snapshotsThin)); err != nil {
			return err
		}
		var n int64
		if err := f.Write.QueryRowContext(ctx, "SELECT count(*) FROM snapshot").Scan(&n); err != nil {
			return err
		}
		d.snapshots.Store(n)
		return nil
	})
	if err == nil && !ok {
		return ErrClosed // durable, and no file: it is being exchanged or closed
	}
	return err
}

// Snapshots lists what snapshots there are, oldest first, without their images.
func (d *Disk) Snapshots(ctx context.Context) (list []Snapshot, err error) {
	_, err = d.ask(ctx, func(f *store) error {
		list = nil
		rows, err := f.Read.QueryContext(ctx, "SELECT seq, at FROM snapshot ORDER BY seq")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s Snapshot
			var at int64
			if err := rows.Scan(&s.Seq, &at); err != nil {
				return err
			}
			s.At = momentOf(at)
			list = append(list, s)
		}
		return rows.Err()
	})
	return list, err
}

// SnapshotBefore is the newest snapshot at or before an entry; false if there
// is none. One that the disk has spoilt is passed over and counted as
// unreadable.
func (d *Disk) SnapshotBefore(ctx context.Context, seq uint64) (s Snapshot, ok bool, err error) {
	for {
		var image []byte
		var at int64
		_, err = d.ask(ctx, func(f *store) error {
			image = nil
			rows, err := f.Read.QueryContext(ctx, "SELECT seq, at, image FROM snapshot WHERE seq<=? ORDER BY seq DESC LIMIT 1", int64(seq))
			if err != nil {
				return err
			}
			defer rows.Close()
			if rows.Next() {
				if err := rows.Scan(&s.Seq, &at, &image); err != nil {
					return err
				}
			}
			return rows.Err()
		})
		if err != nil || image == nil {
			return Snapshot{}, false, err
		}
		if s.Image, err = stretchUpTo(image, mostImage); err == nil {
			s.At = momentOf(at)
			return s, true, nil
		}
		d.unreadable.Add(1)
		if s.Seq == 0 {
			return Snapshot{}, false, nil
		}
		seq = s.Seq - 1
	}
}
