package access

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"callboard/internal/sqlitefile"
)

// The table of displays: one row each, as JSON, since all of them are read at
// the start and only then. Ids are never given twice.
const displayTable = `CREATE TABLE display (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT`

func (d *Displays) load(ctx context.Context, file *sqlitefile.File) ([]*displayRecord, error) {
	rows, err := file.Read.QueryContext(ctx, `SELECT id, body FROM display`)
	if err != nil {
		return nil, fmt.Errorf("read displays: %w", err)
	}
	defer rows.Close()
	var all []*displayRecord
	for rows.Next() {
		var id int64
		var body []byte
		if err := rows.Scan(&id, &body); err != nil {
			return nil, fmt.Errorf("read displays: %w", err)
		}
		r := &displayRecord{}
		if err := json.Unmarshal(body, r); err != nil {
			d.log.Warn("a display could not be read and has to be paired anew", "display", id)
			continue
		}
		r.ID = id
		all = append(all, r)
	}
	return all, rows.Err()
}

// put keeps a display as it is now; a new one gets its id.
func (d *Displays) put(ctx context.Context, r *displayRecord) error {
	if r.ID != 0 {
		d.publish(r)
	}
	file := d.file.Load()
	if file == nil {
		if r.ID == 0 {
			d.next++
			r.ID = d.next
			d.publish(r)
		}
		return nil
	}
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx) // what is in memory is kept, whoever hangs up
	if r.ID != 0 {
		// Who paired it may have been forgotten by another process since.
		_, err = file.Write.ExecContext(ctx, `INSERT INTO display (id, body) VALUES (?, ?)
			ON CONFLICT (id) DO UPDATE SET body = json_set(excluded.body, '$.CreatedBy', coalesce(json_extract(display.body, '$.CreatedBy'), ''))`, r.ID, string(body))
		return err
	}
	done, err := file.Write.ExecContext(ctx, `INSERT INTO display (body) VALUES (?)`, string(body))
	if err != nil {
		return err
	}
	if r.ID, err = done.LastInsertId(); err == nil {
		d.publish(r)
	}
	return err
}

// drop forgets a display that was switched off long ago.
func (d *Displays) drop(ctx context.Context, id int64) {
	r := d.byID[id]
	if file := d.file.Load(); file != nil {
		if _, err := file.Write.ExecContext(context.WithoutCancel(ctx), `DELETE FROM display WHERE id = ?`, id); err != nil {
			d.warn(r, err)
			return
		}
	}
	for _, h := range r.hashes() {
		delete(d.tokens, h)
	}
	delete(d.byID, id)
}

// OpenDisplays opens access.db for its displays alone, where sign-in is off.
// With an error, one of the disk, they are kept in memory until close is
// called. A file of a newer build is an error as any other.
func OpenDisplays(ctx context.Context, dir string, o DisplayOptions) (_ *Displays, close func() error, _ error) {
	d := NewDisplays(o)
	file, err := sqlitefile.Open(filepath.Join(dir, FileName), schema, sqlitefile.Options{})
	if err != nil {
		return d, func() error { return nil }, err
	}
	if err := d.keepIn(ctx, file); err != nil {
		return d, file.Close, err
	}
	return d, func() error {
		d.file.Store(nil)
		return file.Close()
	}, nil
}
