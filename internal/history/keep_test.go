package history

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/sqlitefile"
	"callboard/internal/state"
)

// Old rows go with everything that names them, and nothing else goes.
func TestRetentionTakesTheOldAlone(t *testing.T) {
	s := open(t, Options{Zone: amsterdam, Keep: 30 * 24 * time.Hour})
	c := newCompany(7)
	var kept int
	for day := range 60 {
		journeys, calls := c.stretch(noon.AddDate(0, 0, -day), time.Hour, 5)
		if day == 45 { // a customer of long ago, who never came again
			calls[0].Call.Caller = state.Party{Number: "+31205559999", Name: "Long Ago"}
			journeys[0].Customer = calls[0].Call.Caller
		}
		if day <= 30 { // of the thirtieth day all began an hour before or less
			kept += 5
		}
		put(t, s, Batch{Epoch: "e", Seq: uint64(day + 1), Journeys: journeys, Calls: calls,
			Gaps: []Gap{{Kind: GapFeed, From: noon.AddDate(0, 0, -day), To: noon.AddDate(0, 0, -day).Add(time.Minute)}}})
	}
	rows, err := s.Retain(t.Context(), noon)
	if err != nil || rows != 600-2*kept {
		t.Fatalf("%d rows, %v, want %d", rows, err, 600-2*kept)
	}
	if n := must[int](t)(s.Count(t.Context(), Filter{})); n != kept {
		t.Errorf("%d calls, want %d", n, kept)
	}
	for _, query := range []string{
		`SELECT count(*) FROM party WHERE number LIKE '%9999'`,
		`SELECT count(*) FROM call_user WHERE seq NOT IN (SELECT seq FROM call)`,
		`SELECT count(*) FROM journey_user WHERE id NOT IN (SELECT id FROM journey)`,
		`SELECT count(*) FROM call WHERE caller NOT IN (SELECT id FROM party) OR callee NOT IN (SELECT id FROM party)`,
		`SELECT count(*) FROM call_user WHERE person NOT IN (SELECT id FROM person)`,
	} {
		var n int
		if err := s.db().Read.QueryRow(query).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d %v: %s", n, err, query)
		}
	}
	first := noon.AddDate(0, 0, -30)
	for _, h := range must[[]Hour](t)(s.Hours(t.Context(), noon.AddDate(-1, 0, 0), noon.AddDate(1, 0, 0), Scope{})) {
		if h.Start.Before(first) {
			t.Errorf("an hour of %v", h.Start)
		}
	}
	if gaps := must[[]Gap](t)(s.Gaps(t.Context(), time.Time{}, time.Time{})); len(gaps) != 31 {
		t.Errorf("%d gaps", len(gaps))
	}
	if data := whole(t, s.Dir()); strings.Contains(data, "31205559999") || strings.Contains(data, "Long Ago") {
		t.Error("the number of long ago still stands in the file")
	}
	journeys, calls := c.stretch(noon, time.Hour, 5) // names that went can come again
	put(t, s, Batch{Epoch: "e", Seq: 100, Journeys: journeys, Calls: calls})
}

// whole is all that lies in a data folder, after what is in memory was written.
func whole(t *testing.T, dir string) string {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	return lying(t, dir)
}

// lying is all that lies in a folder as it is.
func lying(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			all.Write(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// House is kept at three every night, at once where nights were missed, and
// the youngest seven copies stay.
func TestEveryNight(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2000, 3, 20, 9, 0, 0, 0, time.UTC))) // before the night in which clocks turn
		s, err := Open(dir, Options{Zone: amsterdam, Keep: 20 * 24 * time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		c := newCompany(8)
		journeys, calls := c.stretch(time.Now(), time.Hour, 20)
		put(t, s, Batch{Epoch: "e", Seq: 1, Journeys: journeys, Calls: calls})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx) }()
		time.Sleep(time.Minute)
		synctest.Wait()
		if names := backupNames(s); !slices.Equal(names, []string{"history-2000-03-20.db"}) {
			t.Errorf("a first start: %v", names)
		}
		for day := 21; day < 32; day++ {
			y, m, d := 2000, time.March, day
			time.Sleep(time.Until(time.Date(y, m, d, 2, 59, 0, 0, amsterdam)))
			synctest.Wait()
			before := len(backupNames(s))
			time.Sleep(time.Until(time.Date(y, m, d, 3, 1, 0, 0, amsterdam)))
			synctest.Wait()
			names := backupNames(s)
			if last := names[len(names)-1]; last != "history-"+time.Date(y, m, d, 12, 0, 0, 0, amsterdam).Format(time.DateOnly)+".db" || len(names) != min(before+1, 7) {
				t.Errorf("the night of March %d: %v", d, names)
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		time.Sleep(50 * time.Hour) // two nights without us
		ctx, stop = context.WithCancel(t.Context())
		go func() { ended <- s.Run(ctx) }()
		time.Sleep(time.Minute)
		synctest.Wait()
		if names := backupNames(s); names[len(names)-1] != "history-2000-04-02.db" || len(names) != 7 {
			t.Errorf("missed nights: %v", names)
		}
		time.Sleep(20 * 24 * time.Hour)
		synctest.Wait()
		if n := must[int](t)(s.Count(t.Context(), Filter{})); n != 0 {
			t.Errorf("%d calls outlived their time", n)
		}
		stop()
		<-ended
		list := s.backups()
		copied, err := Open(copyAlone(t, list[0]), Options{Zone: amsterdam})
		if err != nil {
			t.Fatal(err)
		}
		defer copied.Close()
		if st := must[Status](t)(copied.Status(t.Context())); copied.Report().Notable() || st.Seq != 1 {
			t.Errorf("a copy is not a history: %+v %+v", copied.Report(), st)
		}
	})
}

func backupNames(s *Store) (names []string) {
	for _, path := range s.backups() {
		names = append(names, filepath.Base(path))
	}
	return names
}

// copyAlone puts a backup where a history belongs, as somebody who restores one.
func copyAlone(t *testing.T, path string) string {
	t.Helper()
	dir := t.TempDir()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, FileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A backup that fails says so, and the next one takes it back.
func TestBackupThatFails(t *testing.T) {
	s := open(t, Options{})
	if err := os.WriteFile(filepath.Join(s.Dir(), backupFolder), nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	if _, err := s.Backup(t.Context(), noon); err == nil {
		t.Fatal("it has no folder to go to")
	}
	if st := must[Status](t)(s.Status(t.Context())); st.BackupFailed == "" || strings.Contains(st.BackupFailed, "\n") {
		t.Errorf("%q", st.BackupFailed)
	}
	os.Remove(filepath.Join(s.Dir(), backupFolder))
	path, err := s.Backup(t.Context(), noon)
	if err != nil || filepath.Base(path) != "history-2026-11-22.db" {
		t.Fatal(path, err)
	}
	if st := must[Status](t)(s.Status(t.Context())); st.BackupFailed != "" || st.Backup.IsZero() {
		t.Errorf("%+v", st)
	}
}

// One number is gone from rows, between rows and copies; counters, times and
// everybody else stay.
func TestEraseOneNumber(t *testing.T) {
	s := open(t, Options{Zone: amsterdam, Normal: func(n string) string { return strings.Replace(n, "0205", "+31205", 1) }})
	c := newCompany(9)
	journeys, calls := c.stretch(noon, 4*time.Hour, 300)
	target := state.Party{Number: "0205550777", Name: "Jansen Erasable", FlowID: "flow-of-jansen"}
	other := state.Party{Number: "+31205550777", Name: "J. Erasable", User: ""}
	for i, p := range []state.Party{target, other} {
		journeys[i].Kind, calls[i].Call.Direction = state.Inbound, state.Inbound
		journeys[i].Customer, calls[i].Call.Caller, calls[i].Call.Legs[0].Party = p, p, p
	}
	journeys[5].RangAt = append(journeys[5].RangAt, "0205550777") // an extension of which no oid is known
	put(t, s, Batch{Epoch: "e", Seq: 1, Journeys: journeys, Calls: calls})
	if _, err := s.Backup(t.Context(), noon); err != nil {
		t.Fatal(err)
	}
	hours := must[[]Hour](t)(s.HoursByLine(t.Context(), noon.Add(-time.Hour), noon.AddDate(0, 0, 1)))
	before := must[[]state.Journey](t)(s.Day(t.Context(), noon))
	match := func(n string) bool { return s.normal(n) == "+31205550777" }
	e, err := s.Erase(t.Context(), match)
	if err != nil || e.Calls != 2 || e.Journeys != 2 {
		t.Fatalf("%+v %v", e, err)
	}
	if n, err := s.EraseBackups(t.Context(), match); err != nil || n != 1 {
		t.Errorf("%d copies, %v", n, err)
	}
	for _, secret := range []string{"0205550777", "31205550777", "Erasable", "erasable", "flow-of-jansen"} {
		if strings.Contains(whole(t, s.Dir()), secret) {
			t.Errorf("%q still stands in the folder", secret)
		}
	}
	if again := must[[]Hour](t)(s.HoursByLine(t.Context(), noon.Add(-time.Hour), noon.AddDate(0, 0, 1))); !slices.Equal(hours, again) {
		t.Error("hours changed")
	}
	for i, j := range must[[]state.Journey](t)(s.Day(t.Context(), noon)) {
		if was := before[i]; j.Start != was.Start || j.Talk != was.Talk || j.Ended != was.Ended || len(j.RangAt) != len(was.RangAt) {
			t.Errorf("%+v was %+v", j, was)
		}
		if j.ID == journeys[0].ID && (j.Customer.Number != "" || j.Customer.Name != erasedName) {
			t.Errorf("%+v", j.Customer)
		}
		if j.ID != journeys[0].ID && j.ID != journeys[1].ID && j.Customer != before[i].Customer {
			t.Errorf("somebody else was erased: %+v", j.Customer)
		}
	}
	if e, err := s.Erase(t.Context(), match); err != nil || e != (Erased{}) {
		t.Errorf("a second time: %+v %v", e, err)
	}
	more, some := c.stretch(noon.Add(5*time.Hour), time.Minute, 1) // who calls again is new
	more[0].Customer, some[0].Call.Caller = target, target
	put(t, s, Batch{Epoch: "e", Seq: 2, Journeys: more, Calls: some})
	if n := must[int](t)(s.Count(t.Context(), Filter{Number: "0205550777"})); n != 1 {
		t.Errorf("%d calls with the number", n)
	}
}

// A copy that is being made while a number is erased does not keep it.
func TestEraseWhileACopyIsMade(t *testing.T) {
	const number = "0205550777"
	match := func(n string) bool { return n == number }
	s := open(t, Options{Zone: amsterdam})
	journeys, calls := newCompany(9).stretch(noon, time.Hour, 60)
	journeys[0].Customer.Number, calls[0].Call.Caller.Number = number, number
	put(t, s, Batch{Epoch: "e", Seq: 1, Journeys: journeys, Calls: calls})
	path, err := s.Backup(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Count(t.Context(), Filter{Number: number}); err != nil || n == 0 || !strings.Contains(lying(t, filepath.Dir(path)), number) {
		t.Fatalf("%d calls, %v: this test would prove nothing", n, err)
	}
	s.copying.Lock() // as while it is made: the copy has its name at the end
	made := filepath.Join(t.TempDir(), "made")
	if err := os.Rename(path, made); err != nil {
		t.Fatal(err)
	}
	erased := make(chan error, 1)
	go func() {
		_, err := s.Erase(t.Context(), match)
		if err == nil {
			_, err = s.EraseBackups(t.Context(), match)
		}
		erased <- err
	}()
	// Until the file has it no more, and long enough for the copies to be gone
	// through by whoever does not wait for this one.
	for after := 0; after < 200 && err == nil; {
		var n int
		if n, err = s.Count(t.Context(), Filter{Number: number}); n == 0 {
			after++
		}
	}
	err = errors.Join(err, os.Rename(made, path))
	s.copying.Unlock()
	if err := errors.Join(err, <-erased); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(lying(t, filepath.Dir(path)), number) {
		t.Error("the copy has the number")
	}
}

// A copy that is broken is deleted: nobody could tell whom it names.
func TestEraseFromABrokenCopy(t *testing.T) {
	s := open(t, Options{})
	dir := filepath.Join(s.Dir(), backupFolder)
	os.MkdirAll(dir, 0o700)
	if err := os.WriteFile(filepath.Join(dir, "history-2026-11-01.db"), []byte("+31205550777 and no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := s.EraseBackups(t.Context(), func(string) bool { return true }); err != nil || n != 1 {
		t.Errorf("%d %v", n, err)
	}
	if list, _ := os.ReadDir(dir); len(list) != 0 {
		t.Errorf("left behind: %v", list)
	}
}

// A request crosses from one process to the other and leaves no number behind.
func TestRequestAndAnswer(t *testing.T) {
	s := open(t, Options{Normal: func(n string) string { return "+" + n }})
	guest, err := Open(s.Dir(), Options{Guest: true, Normal: s.opt.Normal})
	if err != nil {
		t.Fatal(err)
	}
	defer guest.Close()
	id, err := guest.RequestErase(t.Context(), "31205550777")
	if err != nil {
		t.Fatal(err)
	}
	second := must[int64](t)(guest.RequestErase(t.Context(), "5"))
	list := must[[]Request](t)(s.Requests(t.Context()))
	if len(list) != 2 || list[0] != (Request{ID: id, Number: "+31205550777"}) {
		t.Fatalf("%+v", list)
	}
	if _, ok, err := guest.Answered(t.Context(), id); ok || err != nil {
		t.Errorf("answered already: %v", err)
	}
	if _, err := s.Erase(t.Context(), func(string) bool { return false }); err != nil { // brings all there is into the file, the request too
		t.Fatal(err)
	}
	if _, err := s.Backup(t.Context(), noon); err != nil { // a night in between
		t.Fatal(err)
	}
	want := Erased{1, 2, 3, 4, 5}
	if err := s.Answer(t.Context(), id, want, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Answer(t.Context(), second, Erased{}, "the disk is full"); err != nil {
		t.Fatal(err)
	}
	if e, ok, err := guest.Answered(t.Context(), id); !ok || err != nil || e != want {
		t.Errorf("%+v %v %v", e, ok, err)
	}
	if _, ok, err := guest.Answered(t.Context(), second); !ok || err == nil || err.Error() != "the disk is full" {
		t.Errorf("%v %v", ok, err)
	}
	if strings.Contains(lying(t, s.Dir()), "31205550777") {
		t.Error("the request still names the number")
	}
}

// What the PBX's duration means shows once enough calls can tell.
func TestDurationCheck(t *testing.T) {
	for name, c := range map[string]struct {
		n    int
		pbx  func(ring, talk time.Duration) time.Duration
		want Verdict
	}{
		"talk":    {60, func(_, talk time.Duration) time.Duration { return talk + time.Second }, MeansTalk},
		"total":   {60, func(ring, talk time.Duration) time.Duration { return ring + talk }, MeansTotal},
		"neither": {60, func(ring, talk time.Duration) time.Duration { return 3 * (ring + talk + 5*time.Second) }, MeansUnclear},
		"nothing": {60, func(_, _ time.Duration) time.Duration { return -1 }, MeansUnknown},
		"few":     {12, func(_, talk time.Duration) time.Duration { return talk }, MeansUnknown},
	} {
		s := open(t, Options{})
		var b Batch
		for i := range c.n {
			at, ring, talk := noon.Add(time.Duration(i)*time.Minute), time.Duration(i%30)*time.Second, time.Minute+time.Duration(i)*time.Second
			call := state.Call{Seq: uint64(i + 1), Phase: state.Talking, StartedAt: at, ConnectedAt: at.Add(ring)}
			switch i % 15 { // those that cannot tell are left out
			case 13:
				call.Inferred = true
			case 14:
				call.StartAtLeast = true
			}
			b.Calls = append(b.Calls, state.SettledCall{Ended: state.Ended{Call: call, At: at.Add(ring + talk), Outcome: state.EndedHungUp, Answered: true, Talk: talk, PBXDuration: c.pbx(ring, talk)}})
		}
		b.Epoch, b.Seq = "e", 1
		put(t, s, b)
		got := must[Check](t)(s.DurationCheck(t.Context(), noon.Add(-time.Hour)))
		if got.Verdict != c.want || got.Talk+got.Total+got.Both+got.Neither != got.Calls || c.want != MeansUnknown && got.Calls != 52 {
			t.Errorf("%s: %+v", name, got)
		}
		if late := must[Check](t)(s.DurationCheck(t.Context(), noon.Add(24*time.Hour))); late.Calls != 0 || late.Verdict != MeansUnknown {
			t.Errorf("%s, since tomorrow: %+v", name, late)
		}
	}
}

// A newer file is refused in one sentence and left as it is; a broken one is
// put aside and said.
func TestFilesThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{})
	journeys, calls := newCompany(10).stretch(noon, time.Hour, 50)
	put(t, s, Batch{Epoch: "e", Seq: 1, Journeys: journeys, Calls: calls})
	if _, err := s.db().Write.Exec(`UPDATE file_meta SET version=99; PRAGMA user_version=99`); err != nil {
		t.Fatal(err)
	}
	s.db().Read.Close()
	s.db().Write.Close()
	for _, guest := range []bool{false, true} {
		_, err := Open(dir, Options{Guest: guest})
		if _, newer := errors.AsType[*sqlitefile.NewerError](err); err == nil || newer == guest || strings.ContainsAny(err.Error(), "\n") {
			t.Errorf("a newer file, guest %v: %v", guest, err)
		}
	}
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	s = openIn(t, dir, Options{})
	if st := must[Status](t)(s.Status(t.Context())); !strings.HasPrefix(st.SetAside, FileName+".broken-") || st.Calls != 0 {
		t.Errorf("%+v", st)
	}
	put(t, s, Batch{Epoch: "e", Seq: 1, Journeys: journeys, Calls: calls})
	if _, err := Open(t.TempDir(), Options{Guest: true}); err == nil {
		t.Error("a guest made a file")
	}
}

// A full disk fails a batch whole; once there is room the same batch succeeds,
// and the sums are those of a history that met no such disk.
func TestFullDisk(t *testing.T) {
	if raceOn {
		t.Skip("one goroutine; make test runs it without the detector")
	}
	s, never := open(t, Options{}), open(t, Options{})
	c := newCompany(11)
	var pages int
	if err := s.db().Write.QueryRow(`PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		t.Helper()
		var now int
		if err := s.db().Write.QueryRow(`PRAGMA max_page_count=` + string(ints([]int64{int64(n)}))).Scan(&now); err != nil {
			t.Fatal(err)
		}
	}
	full := 0
	for i := range 40 {
		journeys, calls := c.stretch(noon.Add(time.Duration(i)*time.Hour), time.Hour, 20)
		b := Batch{Epoch: "e", Seq: uint64(i + 1), Journeys: journeys, Calls: calls}
		put(t, never, b)
		limit(pages + i) // grows more slowly than what is to be kept
		if err := s.Put(t.Context(), b); err != nil {
			if full++; !sqlitefile.IsFull(err) {
				t.Fatal(err)
			}
			epoch, seq, err := s.Applied(t.Context())
			if n := must[int](t)(s.Count(t.Context(), Filter{})); err != nil || seq != uint64(i) || i > 0 && epoch != "e" || n != 20*i {
				t.Fatalf("after a failure: %s %d, %d calls, %v", epoch, seq, n, err)
			}
			limit(1 << 20)
			put(t, s, b)
			if err := s.db().Write.QueryRow(`PRAGMA page_count`).Scan(&pages); err != nil {
				t.Fatal(err)
			}
			pages -= i
		}
	}
	if full < 3 {
		t.Errorf("full %d times: the disk was too large", full)
	}
	if dump(t, s) != dump(t, never) {
		t.Error("a history that met a full disk is another")
	}
}

// Nights in which clocks turn have 23 and 25 hours; each is its own row, and
// the day is all of them. Another zone counts all hours anew.
func TestHoursOfNightsWhenClocksTurn(t *testing.T) {
	for day, hours := range map[string]int{"2026-03-29": 23, "2026-10-25": 25, "2026-11-22": 24} {
		dir := t.TempDir()
		s := openIn(t, dir, Options{Zone: amsterdam})
		noonOf, err := time.ParseInLocation(time.DateOnly, day, amsterdam)
		if err != nil {
			t.Fatal(err)
		}
		from, to := DayOf(noonOf.Add(12*time.Hour), amsterdam)
		if to.Sub(from) != time.Duration(hours)*time.Hour {
			t.Fatalf("%s lasts %v", day, to.Sub(from))
		}
		var b Batch
		b.Epoch, b.Seq = "e", 1
		for at := from.Add(-30 * time.Minute); at.Before(to.Add(time.Hour)); at = at.Add(30 * time.Minute) {
			b.Journeys = append(b.Journeys, state.Journey{ID: uint64(len(b.Journeys) + 1), Kind: state.Inbound, Counted: true, Start: at, StartKnown: true, Ended: at.Add(time.Second), Line: "1601"})
		}
		put(t, s, b)
		got := must[[]Hour](t)(s.Hours(t.Context(), from, to, Scope{}))
		offered := 0
		for i, h := range got {
			offered += h.Offered
			if !h.Start.Equal(from.Add(time.Duration(i) * time.Hour)) {
				t.Errorf("%s: hour %d begins at %v", day, i, h.Start)
			}
		}
		if len(got) != hours || offered != 2*hours || len(must[[]state.Journey](t)(s.Day(t.Context(), noonOf))) != 2*hours {
			t.Errorf("%s: %d hours, %d journeys", day, len(got), offered)
		}
		s.Close()
		kolkata := time.FixedZone("half an hour off", 5*3600+1800)
		s = openIn(t, dir, Options{Zone: kolkata})
		for _, h := range must[[]Hour](t)(s.Hours(t.Context(), from, to, Scope{Lines: []string{"1601"}})) {
			if h.Start.Minute() != 30 || h.Offered != 2 {
				t.Errorf("%s, half an hour off: %+v", day, h)
			}
		}
	}
}

// Hours of people are counted from their journeys, each once.
func TestHoursOfPeople(t *testing.T) {
	s := open(t, Options{})
	journeys, calls := newCompany(12).stretch(noon, 3*time.Hour, 300)
	put(t, s, Batch{Epoch: "e", Seq: 1, Journeys: journeys, Calls: calls})
	for _, scope := range []Scope{{Users: []string{"503"}}, {Users: []string{"503", "504"}, Lines: []string{"1602"}}, {Lines: []string{"1602", "1603"}}} {
		want, got := 0, 0
		for i := range journeys {
			j := &journeys[i]
			in := slices.Contains(scope.Lines, j.Line)
			for _, u := range append(slices.Clone(j.Users), j.RangAt...) {
				in = in || slices.Contains(scope.Users, u)
			}
			if in && j.Counted && j.Kind < state.Outbound {
				want++
			}
		}
		for _, h := range must[[]Hour](t)(s.Hours(t.Context(), noon, noon.Add(4*time.Hour), scope)) {
			got += h.Offered
		}
		if got != want || want == 0 {
			t.Errorf("%+v: %d offered, want %d", scope, got, want)
		}
	}
}

// Whatever byte of the file rots, the history opens, answers or says that it
// cannot, and takes new rows; a file that is found broken is put aside.
func TestRottenBytes(t *testing.T) {
	if raceOn {
		t.Skip("one goroutine; make test runs it without the detector")
	}
	dir := t.TempDir()
	s := openIn(t, dir, Options{})
	journeys, calls := newCompany(13).stretch(noon, time.Hour, 60)
	put(t, s, Batch{Epoch: "e", Seq: 1, Journeys: journeys, Calls: calls})
	s.Close()
	sound, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	step := len(sound)/45 | 1
	aside := 0
	for at := 0; at < len(sound); at += step {
		dir := t.TempDir()
		rotten := slices.Clone(sound)
		rotten[at] ^= 0x5a
		if err := os.WriteFile(filepath.Join(dir, FileName), rotten, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(dir, Options{})
		if _, newer := errors.AsType[*sqlitefile.NewerError](err); newer {
			continue // its number says so, and nothing was harmed
		}
		if err != nil {
			t.Fatalf("byte %d: %v", at, err)
		}
		if s.Report().Broken != "" {
			aside++
		}
		var out strings.Builder
		for _, rows := range rowValues {
			_ = s.WriteCSV(t.Context(), &out, Filter{Rows: rows}) // rows, or an error
		}
		_, _ = s.Hours(t.Context(), noon, noon.Add(time.Hour), Scope{})
		more, some := newCompany(14).stretch(noon.Add(24*time.Hour), time.Hour, 5)
		if err := s.Put(t.Context(), Batch{Epoch: "new", Seq: 1, Journeys: more, Calls: some}); err != nil && !sqlitefile.IsCorrupt(err) {
			t.Errorf("byte %d: %v", at, err)
		}
		s.Close()
	}
	if aside == 0 {
		t.Error("no byte broke the file: this test would prove nothing")
	}
}
