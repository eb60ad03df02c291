package eventlog_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/eventlog/logtest"
	"callboard/internal/sqlitefile"
)

func TestMemory(t *testing.T) {
	logtest.Run(t, func(t *testing.T) logtest.Harness {
		m := eventlog.NewMemory(0)
		t.Cleanup(func() { _ = m.Close() })
		return logtest.Harness{Log: m}
	})
}

// quick has commits and retries short enough for tests, and a ring that most
// followers are behind.
var quick = eventlog.Options{Commit: 10 * time.Millisecond, Retry: 20 * time.Millisecond, Ring: 64}

func open(t *testing.T, path string, o eventlog.Options) *eventlog.Disk {
	t.Helper()
	d, err := eventlog.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func settle(t *testing.T, d *eventlog.Disk) {
	t.Helper()
	b, err := d.Bounds(t.Context())
	if err == nil {
		err = d.WaitDurable(t.Context(), b.Last)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestDisk(t *testing.T) {
	logtest.Run(t, func(t *testing.T) logtest.Harness {
		path := filepath.Join(t.TempDir(), "journal.db")
		d := open(t, path, quick)
		again := func() eventlog.Log {
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			d = open(t, path, quick)
			return d
		}
		return logtest.Harness{
			Log:    d,
			Settle: func() { settle(t, d) },
			Reopen: again,
			Lose: func() eventlog.Log {
				if err := d.Close(); err != nil {
					t.Fatal(err)
				}
				for _, p := range []string{path, path + "-wal", path + "-shm"} {
					if err := os.Remove(p); err != nil && !os.IsNotExist(err) {
						t.Fatal(err)
					}
				}
				d = open(t, path, quick)
				return d
			},
			Outage: func() func() { return lock(t, path, d) },
		}
	})
}

// lock holds the file as another program would, until the returned function
// is called; the log then waits for its five seconds, and has to try again.
func lock(t *testing.T, path string, d *eventlog.Disk) (unlock func()) {
	t.Helper()
	settle(t, d)
	f, err := sqlitefile.Open(path, eventlog.SchemaForTest, sqlitefile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := f.Write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
	}
}
