package eventlog

import (
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
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: "mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=cache_size(-256)"}).String())
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
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
