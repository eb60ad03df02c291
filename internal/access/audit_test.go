package access

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/sqlitefile"
)

func TestNumbersInTheAuditLog(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"user:3":                            "user:3",
		"calls of 2026-11-22 09:30":         "calls of 2026-11-22 09:30",
		"extension 201, twice":              "extension 201, twice",
		"+31205550101":                      "+3120···",
		"call 020-555 01 01 back":           "call 020-5··· back",
		"0031 (0)20 5550101, then 12345":    "0031 (···, then 12···",
		"+31 20 555 01 01":                  "+31 20 ···",
		"line 1601 and 1602":                "line 1601 and 1602",
		"٠٦١٢٣٤٥٦٧٨":                        "٠٦١٢···",
		"between 01/02 and 03/04 of 555 77": "between 01/02 and 03/04 of 555 77",
	} {
		if got := maskNumbers(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestNoNumberInTheAuditLog: whatever is noted, no five digits stand together.
func TestNoNumberInTheAuditLog(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	for _, text := range []string{"12345", "a12345b", "1 2 3 4 5 6 7 8", "0612345678 0687654321", "+31-20-555-0101.", "٠٦١٢٣٤٥٦٧٨", "１２３４５６", "123456" + strings.Repeat("x", 500)} {
		if err := s.Note(ctx, Entry{Event: Exported, Subject: text, Reason: text}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Audit(ctx, AuditQuery{})
	if err != nil || len(list) != 8 {
		t.Fatal(list, err)
	}
	for _, e := range list {
		for _, text := range []string{e.Subject, e.Reason} {
			run := 0
			for _, r := range text {
				if run++; !strings.ContainsRune("0123456789٠١٢٣٤٥٦٧٨٩０１２３４５６７８９", r) {
					run = 0
				}
				if run >= 5 {
					t.Errorf("noted is %q", text)
					break
				}
			}
			if len(text) > maxText {
				t.Errorf("a text of %d bytes", len(text))
			}
		}
	}
}

func TestTheAuditLogOnlyGrows(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	for i := range 20 {
		if err := s.Note(ctx, Entry{Event: Exported, Party: "user:1", Reason: fmt.Sprint("row ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range []string{
		"UPDATE audit SET reason='nothing' WHERE id=3", "UPDATE audit SET id=99 WHERE id=3", "DELETE FROM audit WHERE id=20", "DELETE FROM audit",
		"INSERT INTO audit SELECT 99, at, event, party, name, address, subject, reason, hash FROM audit WHERE id=3",
		"INSERT OR REPLACE INTO audit SELECT 3, at, event, 'user:2', name, address, subject, reason, hash FROM audit WHERE id=3",
		"INSERT INTO audit_anchor SELECT id, hash, at, 1 FROM audit WHERE id=10",
		"INSERT INTO audit_anchor VALUES(10, x'00', 0, 1)",
	} {
		if _, err := s.file.Write.Exec(q); err == nil {
			t.Errorf("%s was done", q)
		}
	}
	if p, err := s.Verify(ctx); err != nil || p.Entries != 20 || p.First != 1 || p.Last != 20 {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestTamperingShows: somebody who may write the file drops the triggers and
// changes each column, takes entries out, or swaps them.
func TestTamperingShows(t *testing.T) {
	for q, at := range map[string]int64{
		"UPDATE audit SET at=at+1 WHERE id=7":             7,
		"UPDATE audit SET event='export ' WHERE id=7":     7,
		"UPDATE audit SET party='user:2' WHERE id=7":      7,
		"UPDATE audit SET name='Bob' WHERE id=7":          7,
		"UPDATE audit SET address='192.0.2.8' WHERE id=7": 7,
		"UPDATE audit SET subject='' WHERE id=7":          7,
		"UPDATE audit SET reason='' WHERE id=7":           7,
		"UPDATE audit SET hash=x'00' WHERE id=7":          7,
		"DELETE FROM audit WHERE id=7":                    7,
		"DELETE FROM audit WHERE id=1":                    1,
		"UPDATE audit SET id=CASE id WHEN 7 THEN -8 WHEN 8 THEN -7 ELSE id END; UPDATE audit SET id=-id WHERE id<0": 7,
		// Moving a letter from one column into the next must not leave the hash as it is.
		"UPDATE audit SET party='user:', name='1Anna' WHERE id=7": 7,
	} {
		s := open(t, Options{})
		ctx := context.Background()
		for i := range 12 {
			if err := s.Note(ctx, Entry{Event: Exported, Party: "user:1", Name: "Anna", Address: "192.0.2.7", Subject: "user:3", Reason: fmt.Sprint("row ", i)}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Verify(ctx); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"audit_fixed", "audit_kept", "audit_next"} {
			if _, err := s.file.Write.Exec("DROP TRIGGER " + name); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.file.Write.Exec(q); err != nil {
			t.Fatal(q, err)
		}
		_, err := s.Verify(ctx)
		if wrong, ok := errors.AsType[*ChainError](err); !ok || wrong.ID != at {
			t.Errorf("%s: %v", q, err)
		}
	}
}

// TestOldDaysGo as whole days, and the rest can still be verified.
func TestOldDaysGo(t *testing.T) {
	s := open(t, Options{AuditKeep: MinAuditKeep})
	ctx := context.Background()
	now := time.Now()
	for days := 100; days >= 0; days-- {
		for hour := range 2 {
			at := now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -days).Add(time.Duration(hour) * time.Hour / 100)
			if err := s.Note(ctx, Entry{At: at, Event: Exported, Party: "user:1"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.tend(ctx)
	p, err := s.Verify(ctx)
	if err != nil || p.Trimmed != 140 || p.First != 141 || p.Entries != 63 { // 31 days and the note of it
		t.Fatalf("%+v, %v", p, err)
	}
	if age := now.Sub(p.From); age < MinAuditKeep || age > MinAuditKeep+24*time.Hour {
		t.Errorf("the first entry is %v old", age)
	}
	s.tend(ctx)
	if again, err := s.Verify(ctx); err != nil || again != p {
		t.Errorf("the same day again: %+v, %v", again, err)
	}
	// An anchor does not free what came after it.
	if _, err := s.file.Write.Exec("DELETE FROM audit WHERE id=141"); err == nil {
		t.Error("an entry behind the anchor was deleted")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, Options{Dir: filepath.Dir(s.path)})
	if err := s.Note(ctx, Entry{Event: Exported}); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Verify(ctx); err != nil || again.Last != p.Last+1 {
		t.Errorf("after a restart: %+v, %v", again, err)
	}
}

func TestExportOfTheAuditLog(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	const n = exportPage + 50
	for i := range n {
		if err := s.Note(ctx, Entry{Event: Exported, Party: "user:1", Name: "=Anna\n\"x\"", Reason: fmt.Sprint("row ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := s.ExportAudit(ctx, operator, AuditQuery{}, JSONLines, &out); err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(out.String()) {
		var e struct {
			ID    int64
			At    time.Time
			Event string
			Hash  string
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.ID != int64(lines+1) || e.At.IsZero() || len(e.Hash) != 64 {
			t.Fatalf("%q: %v", line, err)
		}
		lines++
	}
	if lines != n+1 {
		t.Errorf("%d lines of %d entries and the export itself", lines, n)
	}
	out.Reset()
	if err := s.ExportAudit(ctx, operator, AuditQuery{Event: Exported}, CSV, &out); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != n+1 || rows[0][0] != "id" || rows[1][4] != "'=Anna \"x\"" {
		t.Errorf("%d rows, %v: %q", len(rows), err, rows[:2])
	}
	if err := s.ExportAudit(ctx, operator, AuditQuery{}, "xml", &out); err == nil {
		t.Error("xml")
	}
	if list, err := s.Audit(ctx, AuditQuery{Event: AuditExported}); err != nil || len(list) != 2 {
		t.Errorf("exports are noted: %+v, %v", list, err)
	}
}

// TestAuditFromTwoProcesses: both write, and the chain holds.
func TestAuditFromTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for range 2 {
		s := open(t, Options{Dir: dir})
		for range 2 {
			all.Go(func() {
				for i := range 25 {
					if err := s.Note(context.Background(), Entry{Event: Exported, Reason: fmt.Sprint(i)}); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	all.Wait()
	if p, err := open(t, Options{Dir: dir}).Verify(context.Background()); err != nil || p.Entries != 100 {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestKilledWhileNoting kills a process with SIGKILL while it notes, again and
// again: whatever it said is noted is there, in one chain.
func TestKilledWhileNoting(t *testing.T) {
	if dir := os.Getenv("ACCESS_TEST_NOTES"); dir != "" {
		noteForEver(dir)
	}
	dir := t.TempDir()
	times := 15
	if testing.Short() {
		times = 3
	}
	var noted []int64
	for k := range times {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWhileNoting$")
		cmd.Env = append(os.Environ(), "ACCESS_TEST_NOTES="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; n < 5+k*7 && lines.Scan(); n++ {
			id, err := strconv.ParseInt(lines.Text(), 10, 64)
			if err != nil {
				t.Fatalf("the process says %q", lines.Text())
			}
			noted = append(noted, id)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // said before it died
			if id, err := strconv.ParseInt(lines.Text(), 10, 64); err == nil {
				noted = append(noted, id)
			}
		}
		_ = cmd.Wait() // it was killed
	}
	s := open(t, Options{Dir: dir})
	p, err := s.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range noted {
		var reason string
		if err := s.file.Read.QueryRow("SELECT reason FROM audit WHERE event='export' AND reason=?", inLetters(id)).Scan(&reason); errors.Is(err, sql.ErrNoRows) {
			t.Fatalf("of %d acknowledged entries the %dth is lost", len(noted), i)
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if len(noted) < times*5 {
		t.Errorf("only %d entries were acknowledged", len(noted))
	}
	t.Logf("%d kills, %d acknowledged entries, %d in the log", times, len(noted), p.Entries)
}

// inLetters is a number as the audit log does not mask it.
func inLetters(n int64) string {
	return strings.Map(func(r rune) rune { return r - '0' + 'a' }, strconv.FormatInt(n, 10))
}

// noteForEver is the process that is killed.
func noteForEver(dir string) {
	s, err := New(Options{Dir: dir, Hash: cheap})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for {
		id := time.Now().UnixNano() % 1e12
		if err := s.Note(context.Background(), Entry{Event: Exported, Reason: inLetters(id)}); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(id)
	}
}

// TestRefusedSignInsAreCounted, not told one by one.
func TestRefusedSignInsAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s, err := New(Options{Dir: dir, Hash: cheap})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		ctx := context.Background()
		a := add(t, s, "anna", Viewer)
		for i := range 200 {
			for _, login := range []string{"anna", "Secret1!"} {
				_, _ = s.SignIn(ctx, Attempt{Login: login, Password: "wrong wrong", Addr: address(i)})
			}
		}
		for range 3 {
			_, _ = s.SignIn(ctx, Attempt{Login: "anna", Password: "wrong wrong", Addr: home})
		}
		s.tend(ctx)
		list, err := s.Audit(ctx, AuditQuery{Event: SignInRefused})
		if err != nil || len(list) != refusedRows+1 {
			t.Fatalf("%d entries, %v", len(list), err)
		}
		tries, own := 0, false
		for _, e := range list {
			n, err := strconv.Atoi(strings.Fields(e.Reason)[0])
			if err != nil || strings.Contains(e.Reason+e.Subject+e.Name, "Secret") {
				t.Errorf("%+v", e)
			}
			tries += n
			own = own || e.Address == "192.0.2.0/24" && e.Subject == a.Ref() && e.Reason == "3 tries"
		}
		if tries != 403 || !own {
			t.Errorf("%d tries are counted of 403; one network and one account: %v", tries, own)
		}
	})
}

// TestAFileThatCannotBeUsed lets nobody in, says so, and lets people in once it
// can be.
func TestAFileThatCannotBeUsed(t *testing.T) {
	t.Parallel() // it waits five seconds for the other one
	dir := t.TempDir()
	other := open(t, Options{Dir: dir})
	add(t, other, "anna", Administrator)
	conn, err := other.file.Write.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(context.Background(), "BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	var log logged
	s := open(t, Options{Dir: dir, Log: log.logger()})
	if err := s.Trouble(); !errors.Is(err, ErrShut) || !strings.Contains(log.String(), "nobody can sign in") {
		t.Errorf("%v; the log says %s", err, log.String())
	}
	if s.SetupNeeded() {
		t.Error("it asks to be set up, as nothing of it can be read")
	}
	if _, err := s.SignIn(context.Background(), Attempt{Login: "anna", Password: secret, Addr: home}); !errors.Is(err, ErrShut) {
		t.Errorf("signed in: %v", err)
	}
	if _, err := conn.ExecContext(context.Background(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	s.look(context.Background())
	if _, err := s.SignIn(context.Background(), Attempt{Login: "anna", Password: secret, Addr: home}); err != nil {
		t.Error(err)
	}
}

// TestAFullDisk: people get in to see the board, as long as the process lives;
// what must be noted first is refused; and a right ends all the same.
func TestAFullDisk(t *testing.T) {
	var log logged
	s := open(t, Options{Log: log.logger()})
	ctx := context.Background()
	a, err := s.Add(ctx, operator, NewAccount{Login: "anna", Role: Supervisor, OwnLevel: true, Level: privacy.LastThree, Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	var before client
	old, err := before.signIn(t, s, "anna", secret)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.file.Write.Exec("PRAGMA max_page_count=1"); err != nil { // SQLite takes what there is for the least
		t.Fatal(err)
	}
	for err = nil; err == nil; {
		err = s.Note(ctx, Entry{Event: Exported, Reason: strings.Repeat("full ", 60)})
	}
	if !sqlitefile.IsFull(err) {
		t.Fatal(err)
	}
	var c client
	var who Who
	for range 200 { // until its page has no room either
		c = client{}
		if who, err = c.signIn(t, s, "anna", secret); err != nil || c.who(s).ID != a.Ref() {
			t.Fatalf("%+v, %v", who, err)
		}
		if strings.Contains(log.String(), "cannot take it") {
			break
		}
	}
	if !s.byID[who.Session].unkept {
		t.Fatal("there was room for 200 sessions")
	}
	if _, err := s.Reveal(ctx, who, "calls a customer back"); err == nil || !c.who(s).Shown.IsZero() {
		t.Errorf("numbers are shown, and nobody will know: %v", err)
	}
	held, release := s.Hold(ctx, old)
	defer release()
	if err := s.EndSession(ctx, operator, old.Session); err == nil {
		t.Error("there was room to end a session")
	}
	if context.Cause(held) != ErrEnded || before.who(s).Kind != Nobody {
		t.Error("a session that was ended goes on, as the disk is full")
	}
	if _, err := s.file.Write.Exec("PRAGMA max_page_count=100000"); err != nil {
		t.Fatal(err)
	}
	s.tend(ctx)
	if err := s.read(ctx); err != nil {
		t.Fatal(err)
	}
	if before.who(s).Kind != Nobody || c.who(s).Kind != Person {
		t.Error("with room again, another one is signed in than before")
	}
	var rows int
	if err := s.file.Read.QueryRow("SELECT count(*) FROM session WHERE id=?", old.Session).Scan(&rows); err != nil || rows != 0 {
		t.Errorf("the session that was ended is in the file: %d, %v", rows, err)
	}
}
