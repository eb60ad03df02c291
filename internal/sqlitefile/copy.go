package sqlitefile

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
)

// Copy writes a whole copy of a file that another process may be writing to, as
// of one moment, into a new file. It changes nothing in the one it reads.
func Copy(ctx context.Context, from, to string) error {
	if _, err := os.Stat(from); err != nil {
		return err
	}
	name := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: from}).EscapedPath(), RawQuery: "mode=rw&_pragma=busy_timeout(5000)&_pragma=cache_size(-512)"}).String()
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("copy of %s: %w", from, err)
	}
	return nil
}
