package eventlog

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"time"

	"callboard/internal/sqlitefile"
)

// ReadFrames calls fn with the recorded frames of a journal from one time to
// another, both included, in the order in which they came. The file is only
// read: whoever writes it goes on meanwhile. What that process still holds in
// memory, ten seconds at most, is not among them, nor is a block that the disk
// has spoilt.
func ReadFrames(ctx context.Context, path string, from, to time.Time, fn func(Frame) error) error {
	db, err := guest(path)
	if err != nil {
		return err
	}
	defer db.Close()
	lo, hi := from.UnixNano(), to.UnixNano()
	for id := int64(0); ; {
		var block []byte
		err := db.QueryRowContext(ctx, "SELECT id, body FROM frame WHERE id>? AND to_at>=? AND from_at<=? ORDER BY id LIMIT 1", id, lo, hi).Scan(&id, &block)
		if err == sql.ErrNoRows {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %s", path, sqlitefile.Plain(err))
		}
		text, err := stretch(block)
		if err != nil {
			continue
		}
		if err := frames(text, func(f Frame) error {
			if at := f.At.UnixNano(); at < lo || at > hi {
				return nil
			}
			return fn(f)
		}); err != nil {
			return err
		}
	}
}

// ReadEntries calls fn with the entries of a journal in order. The file is only
// read: whoever writes it goes on meanwhile. What that process still holds in
// memory, a tenth of a second of it, is not among them.
func ReadEntries(ctx context.Context, path string, fn func(Entry) error) error {
	db, err := guest(path)
	if err != nil {
		return err
	}
	defer db.Close()
	for after := uint64(0); ; {
		var found []Entry
		rows, err := db.QueryContext(ctx, "SELECT "+columns+" FROM journal WHERE seq>? ORDER BY seq LIMIT ?", int64(after), readBatch)
		if err != nil {
			return fmt.Errorf("read %s: %s", path, sqlitefile.Plain(err))
		}
		for rows.Next() {
			e, _, err, _ := scan(rows)
			if err != nil {
				rows.Close()
				return fmt.Errorf("read %s: %s", path, sqlitefile.Plain(err))
			}
			after = e.Seq
			found = append(found, e)
		}
		if err := cmp.Or(rows.Err(), rows.Close()); err != nil {
			return fmt.Errorf("read %s: %s", path, sqlitefile.Plain(err))
		}
		if len(found) == 0 {
			return nil
		}
		for _, e := range found {
			if err := fn(e); err != nil {
				return err
			}
		}
	}
}

// guest opens a journal beside the process that writes it.
func guest(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: "mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=cache_size(-256)"}).String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	return db, nil
}
