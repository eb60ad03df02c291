package history

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// fill writes calls and journeys of 90 days straight into the tables, which Put
// would need minutes for: one journey for each call, 40 people, 10 lines, 50,000
// customers, 60 calls of one instant now and then.
func fill(t testing.TB, s *Store, calls int, end time.Time) {
	t.Helper()
	ctx := context.Background()
	from := end.AddDate(0, 0, -90)
	step := int64(end.Sub(from)) / int64(calls)
	customers := min(50_000, calls/5+1)
	for _, q := range []string{
		`PRAGMA synchronous=OFF`,
		`PRAGMA cache_size=-200000`,
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<40)
			INSERT INTO party SELECT i, 200+i, 'Colleague '||i, 500+i, '', 0, 200+i, 200+i, 'colleague '||i, %[1]d FROM n`, end.UnixNano()),
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%[2]d)
			INSERT INTO party SELECT 100+i, printf('+3120%%07d', i), 'Customer '||i, '', '', 0, printf('+3120%%07d', i), printf('3120%%07d', i), 'customer '||i, %[1]d FROM n`, end.UnixNano(), customers),
		`INSERT INTO person SELECT id, user, name, fold, number, last FROM party WHERE user<>''`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<10) INSERT INTO line SELECT 1600+i, 'Line '||i, 'line '||i FROM n`,
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%[1]d), one AS (
			SELECT i, %[2]d + (i - (i%%1000<60)*(i%%1000))*%[3]d AS started, (i*7919)%%13 AS dice, (i*2654435761)%%40+1 AS who, ((i*2654435761)/64)%%40+1 AS other, 101+(i*48271)%%%[4]d AS outside, 1600+(i*31)%%10+1 AS line FROM n)
			INSERT INTO call SELECT i, 'SIP/trunk1-'||printf('%%08x', i), i, 1+(dice=0), 1+(dice>2), 0, 1, 0,
				started, iif(dice>2, started+15000000000, NULL), iif(dice>2, started+15000000000, NULL), started+15000000000+iif(dice>2, 180000000000, 0),
				15000000000, iif(dice>2, 180000000000, 0), 180000000000, line, outside, who, 0, 'flow-a'||i||char(31)||'flow-b'||i||char(31)||char(31),
				'[[0,'||outside||',2,0,null,null],[1,'||who||',2,0,15000000000,null],[1,'||other||',3,0,null,15000000000]]', 0, dice<2, 1, i FROM one`, calls, from.UnixNano(), step, customers),
		`INSERT INTO call_user SELECT callee, started, seq FROM call`,
		`INSERT OR IGNORE INTO call_user SELECT (callee+7)%40+1, started, seq FROM call`,
		`INSERT INTO journey SELECT seq, direction, 7, caller, line, '["'||(500+callee)||'"]', '["'||(500+callee)||'"]', '['||seq||']', started, connected, ended, wait, talk, phase=2, 1,
			started/1000000000-(started/1000000000)%3600, 1, seq FROM call`,
		`INSERT INTO journey_user SELECT person, started, seq FROM call_user`,
		`INSERT INTO hour SELECT 0, hour, line, ` + tally + ` FROM journey WHERE flags&1 GROUP BY hour, line`,
		`INSERT INTO hour SELECT 1, start, '', ` + sums + ` FROM hour WHERE whole=0 GROUP BY start`,
		`PRAGMA synchronous=FULL`,
		`PRAGMA cache_size=-1024`,
		`PRAGMA wal_checkpoint(TRUNCATE)`,
	} {
		if _, err := s.db().Write.ExecContext(ctx, q); err != nil {
			t.Fatalf("%v\n%s", err, q)
		}
	}
}

// reads are the questions that must be quick.
var reads = []struct {
	name string
	most time.Duration // with a million calls
	ask  func(ctx context.Context, s *Store, end time.Time) (rows int, err error)
}{
	{"Recent50", 2 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		calls, _, err := s.Calls(ctx, Filter{}, Cursor{}, 50)
		return len(calls), err
	}},
	{"Recent50OfUser", 2 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		calls, _, err := s.Calls(ctx, Filter{User: "507"}, Cursor{}, 50)
		return len(calls), err
	}},
	{"Recent50Journeys", 2 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		list, _, err := s.Journeys(ctx, Filter{}, Cursor{}, 50)
		return len(list), err
	}},
	{"Recent50JourneysOfUser", 2 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		list, _, err := s.Journeys(ctx, Filter{User: "Colleague 7"}, Cursor{}, 50)
		return len(list), err
	}},
	{"Recent50OfLine", 2 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		calls, _, err := s.Calls(ctx, Filter{Line: "1604"}, Cursor{}, 50)
		return len(calls), err
	}},
	{"Recent50OfTeam", 4 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		list, _, err := s.Journeys(ctx, Filter{Within: &Scope{Lines: []string{"1604"}, Users: team}}, Cursor{}, 50)
		return len(list), err
	}},
	{"Recent50CallsOfTeam", 4 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		calls, _, err := s.Calls(ctx, Filter{Within: &Scope{Lines: []string{"1604"}, Users: team}}, Cursor{}, 50)
		return len(calls), err
	}},
	{"Recent50OfUserInTeam", 4 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		calls, _, err := s.Calls(ctx, Filter{Within: &Scope{Users: team}, User: "507"}, Cursor{}, 50)
		return len(calls), err
	}},
	{"OneNumber", 50 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		calls, _, err := s.Calls(ctx, Filter{Number: "+31200000007"}, Cursor{}, 50)
		return len(calls), err
	}},
	{"PartOfNumber", 250 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		calls, _, err := s.Calls(ctx, Filter{Number: "123"}, Cursor{}, 50)
		return len(calls), err
	}},
	{"PartOfName", 250 * time.Millisecond, func(ctx context.Context, s *Store, _ time.Time) (int, error) {
		list, _, err := s.Journeys(ctx, Filter{Text: "customer 77"}, Cursor{}, 50)
		return len(list), err
	}},
	{"Chart90Days", 20 * time.Millisecond, func(ctx context.Context, s *Store, end time.Time) (int, error) {
		hours, err := s.Hours(ctx, end.AddDate(0, 0, -90), end, Scope{})
		return len(hours), err
	}},
	{"Chart90DaysOfLine", 20 * time.Millisecond, func(ctx context.Context, s *Store, end time.Time) (int, error) {
		hours, err := s.Hours(ctx, end.AddDate(0, 0, -90), end, Scope{Lines: []string{"1603"}})
		return len(hours), err
	}},
	{"Day", 500 * time.Millisecond, func(ctx context.Context, s *Store, end time.Time) (int, error) {
		day, err := s.Day(ctx, end.AddDate(0, 0, -3))
		return len(day), err
	}},
	{"CSV7Days", 2 * time.Second, func(ctx context.Context, s *Store, end time.Time) (int, error) {
		var n lines
		err := s.WriteCSV(ctx, &n, Filter{From: end.AddDate(0, 0, -7), To: end})
		return int(n), err
	}},
}

// team are colleagues of a scope.
var team = []string{"501", "502", "503", "504", "505", "506", "507", "508"}

// lines counts them.
type lines int

func (n *lines) Write(p []byte) (int, error) {
	for _, b := range p {
		if b == '\n' {
			*n++
		}
	}
	return len(p), nil
}

// BenchmarkMillion measures the questions against a million calls of 90 days.
// CALLBOARD_HISTORY names a folder that keeps the file between runs.
func BenchmarkMillion(b *testing.B) {
	end := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	dir := os.Getenv("CALLBOARD_HISTORY")
	if dir == "" {
		dir = b.TempDir()
	}
	s, err := Open(dir, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if st, err := s.Status(b.Context()); err != nil {
		b.Fatal(err)
	} else if st.Calls == 0 {
		began := time.Now()
		fill(b, s, 1_000_000, end)
		b.Logf("a million calls written in %v, %d MB", time.Since(began).Round(time.Second), s.db().Bytes()>>20)
	}
	for _, r := range reads {
		b.Run(r.name, func(b *testing.B) {
			best := time.Hour // of a machine that does other things as well
			for b.Loop() {
				began := time.Now()
				if n, err := r.ask(b.Context(), s, end); err != nil || n == 0 {
					b.Fatalf("%d rows, %v", n, err)
				}
				best = min(best, time.Since(began))
			}
			b.ReportMetric(float64(best.Microseconds())/1000, "best-ms")
			if best > r.most {
				b.Errorf("%v at best, at most %v", best, r.most)
			}
		})
	}
}

// The questions that must be quick do not read more when there is more: with
// ten times the calls, the newest 50 take no longer, give or take.
func TestQuickHoweverMuchThereIs(t *testing.T) {
	if testing.Short() || raceOn {
		t.Skip("writes 44,000 calls; under the race detector left out, without which make test runs it again")
	}
	end := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	took := map[string][2]time.Duration{}
	for i, n := range []int{4_000, 40_000} {
		s := open(t, Options{})
		fill(t, s, n, end)
		for _, r := range reads[:8] {
			best := time.Hour
			for range 15 {
				began := time.Now()
				if rows, err := r.ask(t.Context(), s, end); err != nil || rows != 50 {
					t.Fatalf("%s: %d rows, %v", r.name, rows, err)
				}
				best = min(best, time.Since(began))
			}
			both := took[r.name]
			both[i] = best
			took[r.name] = both
		}
		if i == 1 {
			steadyExport(t, s, end)
		}
	}
	for name, both := range took {
		if both[1] > 3*both[0]+2*time.Millisecond {
			t.Errorf("%s takes %v of 4,000 calls and %v of 40,000", name, both[0], both[1])
		}
	}
}

// steadyExport holds an export to its memory: rows are read in pieces.
func steadyExport(t *testing.T, s *Store, end time.Time) {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	peak := uint64(0)
	pipe, w := io.Pipe()
	go func() { w.CloseWithError(s.WriteCSV(t.Context(), w, Filter{From: end.AddDate(0, 0, -60)})) }()
	rows := csv.NewReader(pipe)
	rows.ReuseRecord = true
	n := 0
	for {
		_, err := rows.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%5000 == 0 {
			runtime.ReadMemStats(&after)
			peak = max(peak, after.HeapAlloc)
		}
	}
	if n < 25_000 {
		t.Errorf("%d rows", n)
	}
	if more := int64(peak) - int64(before.HeapAlloc); more > 20<<20 {
		t.Errorf("the export took %d MB beside what was there", more>>20)
	}
}
