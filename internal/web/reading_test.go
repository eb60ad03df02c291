package web

import (
	"encoding/csv"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"callboard/internal/access"
	"callboard/internal/privacy"
	"callboard/internal/state"

	"github.com/google/go-cmp/cmp"
)

// pastPaths are the addresses at which anything of the record is told.
func (a *archive) pastPaths() []string {
	day := func(back int) string { return time.Now().Add(time.Hour).AddDate(0, 0, -back).Format(time.DateOnly) }
	week := "from=" + day(7) + "&to=" + day(0)
	var gaps struct{ Gaps []struct{ ID string } }
	a.json(a.person(access.Administrator, privacy.Full, ""), "/api/v1/gaps", &gaps)
	list := []string{
		"/history", "/history?day=" + day(1), "/history?" + week, "/history?direction=all&" + week, "/history?direction=all&outcome=unanswered&" + week, "/history?line=1602&" + week, "/history?team=Front&" + week, "/history?waited=5s&" + week,
		"/history?lang=nl&" + week, "/history?mask=initials&" + week,
		"/api/v1/history?limit=1000", "/api/v1/history?rows=journeys&limit=1000", "/api/v1/history?limit=7&line=Sales", "/api/v1/history.csv", "/api/v1/history.csv?rows=journeys",
		"/numbers?day=" + day(1), "/numbers?n=offered&day=" + day(6) + ".." + day(1), "/numbers?n=answered&part=counted&day=" + day(2), "/api/v1/numbers?n=offered&day=" + day(2), "/api/v1/numbers?n=longest-wait&day=" + day(6) + ".." + day(1),
		"/handover", "/handover?day=" + day(1), "/handover?from=" + day(2) + "T00:00&to=" + day(1) + "T23:00", "/gaps", "/gaps?lang=de", "/gaps/" + gaps.Gaps[0].ID, "/api/v1/gaps", "/api/v1/gaps/" + gaps.Gaps[0].ID, "/api/v1/duration", "/backtest",
		"/missed", "/missed.csv", "/api/v1/missed", "/lines", "/people", "/", "/poll?page=lines", "/poll?page=history", "/history?user=501&" + week,
	}
	for i := range 16 {
		seq := strconv.FormatUint(a.calls[i*25].Call.Seq, 10)
		list = append(list, "/calls/"+seq, "/api/v1/calls/"+seq)
	}
	return list
}

var punctuation = regexp.MustCompile(`[ \x{00a0}\x{202f}./()-]`)

// leaks are what of an answer somebody with a level may not see.
func (a *archive) leaks(level privacy.Level, body string) (found []string) {
	bare := punctuation.ReplaceAllString(body, "")
	for _, n := range a.numbers {
		if strings.Contains(bare, n) {
			found = append(found, n)
		}
	}
	secrets := []string{"idcanary", "flowcanary", "addrcanary"}
	if level >= privacy.Initials {
		secrets = append(secrets, "Canarius", "Kollegius", "77", "2001", "2002", "2003", "2004", "2005", "2006")
	}
	if level >= privacy.Counts {
		secrets = append(secrets, "V. C.", "S. K.", "A. K.")
	}
	for _, s := range secrets {
		switch {
		case s == "77": // the beginning of every number that is cut short
			if strings.Contains(bare, "+312077") {
				found = append(found, s)
			}
		case len(s) == 4 && s[0] == '2': // years and lengths of other things have four digits too
			if regexp.MustCompile(`["> ]` + s + `["< ,]`).MatchString(body) {
				found = append(found, s)
			}
		case strings.Contains(body, s):
			found = append(found, s)
		}
	}
	return found
}

// Nothing that a level hides comes out of the record, by whatever address.
func TestTheRecordKeepsWhatIsHidden(t *testing.T) {
	if raceOn {
		t.Skip("long: make test runs it once more, without the race detector")
	}
	inArchive(t, func(a *archive) {
		paths := a.pastPaths()
		clear := a.person(access.Administrator, privacy.Full, "")
		there := 0
		for _, path := range paths {
			if status, body := a.get(clear, path); status < 500 && len(a.leaks(privacy.Initials, body)) > 0 {
				there++
			}
		}
		if there < 20 {
			t.Fatalf("%d answers have anything to hide: this test would prove little", there)
		}
		answers := 0
		for _, level := range []privacy.Level{privacy.LastThree, privacy.Initials, privacy.Counts} {
			for _, scope := range []privacy.Scope{"", privacy.NewScope([]string{"Front"}, []string{"1603"})} {
				for _, role := range []access.Role{access.Viewer, access.Administrator} {
					if (role == access.Viewer) == (scope == "") && level != privacy.LastThree {
						continue // what a role may do is another test's matter
					}
					somebody := a.person(role, level, scope)
					for _, path := range paths {
						status, body := a.get(somebody, path)
						if found := a.leaks(level, body); len(found) > 0 {
							t.Errorf("%s %s %s %s (%d): %q", role, level, scope, path, status, found[:min(len(found), 5)])
						}
						if status == http.StatusOK {
							answers++
						}
						if status >= 500 {
							t.Errorf("%s %s %s %s: %d %.200s", role, level, scope, path, status, body)
						}
					}
				}
			}
		}
		t.Logf("%d answers", answers)
		if answers < 250 {
			t.Errorf("%d answers", answers)
		}
	})
}

// A search for what is hidden is refused, whether there is something or not, as
// the difference would tell it.
func TestAHiddenNumberCannotBeSearchedFor(t *testing.T) {
	inArchive(t, func(a *archive) {
		number := a.numbers[0]
		for level, refused := range map[privacy.Level][]string{
			privacy.Full:      nil,
			privacy.LastThree: {"number=" + number, "number=9999999", "number=1", "q=" + number, "q=77", "q=Klant+2", "user=%2B3120" + number},
			privacy.Initials:  {"number=" + number, "q=canarius", "q=nobody", "user=2001", "user=Anna+Kollegius", "user=nobody"},
			privacy.Counts:    {"number=" + number, "q=canarius", "user=501", "user=2001"},
		} {
			somebody := a.person(access.Supervisor, level, "")
			for _, query := range refused {
				for _, path := range []string{"/history?", "/api/v1/history?", "/api/v1/history.csv?", "/history?mask=full&"} {
					if status, body := a.get(somebody, path+query); status != http.StatusForbidden {
						t.Errorf("%s: %s%s: %d %.200s", level, path, query, status, body)
					}
				}
			}
		}
		one := a.person(access.Viewer, privacy.LastThree, "")
		if status, body := a.get(one, "/history?q=canarius&day=yesterday"); status != http.StatusOK || !strings.Contains(body, "Canarius") {
			t.Errorf("a name that is shown cannot be searched for: %d", status)
		}
		for lang, want := range map[string]string{"en": "Numbers are hidden", "nl": "Nummers zijn verborgen", "de": "Nummern sind verborgen"} {
			if _, body := a.get(one, "/history?number=123&lang="+lang); !strings.Contains(body, want) {
				t.Errorf("%s: the refusal does not say %q", lang, want)
			}
		}
		if status, body := a.get(a.person(access.Supervisor, privacy.Full, ""), "/api/v1/history?number="+number); status != http.StatusOK || !strings.Contains(body, number) {
			t.Errorf("who sees numbers finds none: %d", status)
		}
	})
}

// A scope is the same for the list, its counts, its files and single calls, and
// what one would choose by hand.
func TestAScopeOfThePast(t *testing.T) {
	inArchive(t, func(a *archive) {
		for _, scope := range []struct {
			privacy.Scope
			lines, users []string
		}{
			{privacy.NewScope([]string{"Front"}, nil), []string{"1601"}, []string{"501", "502", "503"}},
			{privacy.NewScope([]string{"back"}, []string{"billing"}), []string{"1603"}, []string{"504", "505"}},
			{privacy.NewScope(nil, []string{"1602"}), []string{"1602"}, nil},
			{privacy.NewScope([]string{"of nobody"}, nil), nil, nil},
		} {
			somebody := a.person(access.Supervisor, privacy.Full, scope.Scope)
			var want []string
			inbound := 0
			for _, j := range slices.SortedFunc(slices.Values(a.journeys), func(x, y state.Journey) int { return y.Start.Compare(x.Start)*2 + cmpID(y.ID, x.ID) }) {
				if slices.Contains(scope.lines, j.Line) || slices.ContainsFunc(j.Users, func(u string) bool { return slices.Contains(scope.users, u) }) ||
					slices.ContainsFunc(j.RangAt, func(u string) bool { return slices.Contains(scope.users, u) }) {
					want = append(want, strconv.FormatUint(j.ID, 10))
					if j.Kind == state.Inbound {
						inbound++
					}
				}
			}
			var got []string
			for after := ""; ; {
				var page struct {
					Journeys []struct{ Journey string }
					Next     string
				}
				a.json(somebody, "/api/v1/history?rows=journeys&limit=17"+after, &page)
				for _, j := range page.Journeys {
					got = append(got, j.Journey)
				}
				if page.Next == "" {
					break
				}
				after = "&after=" + page.Next
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s:\n%s", scope.Scope, diff)
			}
			_, file := a.get(somebody, "/api/v1/history.csv?rows=journeys")
			rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var inFile []string
			for _, row := range rows[1:] {
				inFile = append(inFile, row[0])
			}
			if diff := cmp.Diff(want, inFile); diff != "" {
				t.Errorf("%s, file:\n%s", scope.Scope, diff)
			}
			span := "from=" + time.Now().AddDate(0, 0, -8).Format(time.DateOnly)
			for query, n := range map[string]int{"direction=all&": len(want), "": inbound} {
				_, page := a.get(somebody, "/history?"+query+span)
				switch m := regexp.MustCompile(`past-note num">(?:at least |≥ ?)?(\d+) calls?,`).FindStringSubmatch(page); {
				case m == nil && n > 0:
					t.Errorf("%s: the page tells no count: %.300s", scope.Scope, page)
				case m != nil && m[1] != strconv.Itoa(n):
					t.Errorf("%s: the page counts %s, want %d", scope.Scope, m[1], n)
				}
				bars := 0
				for _, m := range regexp.MustCompile(`<td[^>]*class="num total"[^>]*>(?:≥ )?(\d+)`).FindAllStringSubmatch(page, -1) {
					k, _ := strconv.Atoi(m[1])
					bars += k
				}
				if bars != 0 && bars != n {
					t.Errorf("%s: the bars are %d, want %d", scope.Scope, bars, n)
				}
				walked := 0
				for next := "/history?" + query + span; next != ""; {
					_, page := a.get(somebody, next)
					walked += len(listed(page))
					next = ""
					if m := older.FindStringSubmatch(page); m != nil {
						next = m[1]
					}
				}
				if walked != n {
					t.Errorf("%s: %d rows on the pages, want %d", scope.Scope, walked, n)
				}
			}
			for i := 0; i < len(a.calls); i += 7 {
				c := &a.calls[i].Call
				status, _ := a.get(somebody, "/api/v1/calls/"+strconv.FormatUint(c.Seq, 10))
				mine := slices.Contains(want, strconv.FormatUint(c.Journey, 10))
				if mine != (status == http.StatusOK) || !mine && status != http.StatusNotFound {
					t.Fatalf("%s: call %d, of the scope: %v, answered %d", scope.Scope, c.Seq, mine, status)
				}
			}
		}
	})
}

func cmpID(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Where only counts are shown there are counts, the same as for everybody, and
// nothing else.
func TestCountsOnly(t *testing.T) {
	inArchive(t, func(a *archive) {
		somebody, all := a.person(access.Supervisor, privacy.Counts, ""), a.person(access.Supervisor, privacy.Full, "")
		var n struct {
			Journeys []any
			Count    int
		}
		a.json(somebody, "/api/v1/history?rows=journeys", &n)
		if len(n.Journeys) != 0 || n.Count != len(a.journeys) {
			t.Errorf("%+v, want %d", n, len(a.journeys))
		}
		if status, _ := a.get(somebody, "/api/v1/history.csv"); status != http.StatusForbidden {
			t.Errorf("a file: %d", status)
		}
		count := regexp.MustCompile(`past-note num">[^<]*`)
		_, page := a.get(somebody, "/history?day=yesterday")
		_, whole := a.get(all, "/history?day=yesterday")
		if got, want := count.FindString(page), count.FindString(whole); got == "" || got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if len(listed(page)) != 0 || len(listed(whole)) == 0 || !strings.Contains(page, "Counts only") {
			t.Errorf("%d rows and %d", len(listed(page)), len(listed(whole)))
		}
	})
}

// Files are noted in the audit log before they are given out, in words without
// numbers.
func TestExportsAreNoted(t *testing.T) {
	inArchive(t, func(a *archive) {
		somebody := a.person(access.Supervisor, privacy.Full, "")
		a.get(somebody, "/api/v1/history.csv?rows=journeys&line=Sales&number="+a.numbers[0])
		a.get(somebody, "/missed.csv?line=Sales")
		if status, _ := a.get(a.person(access.Viewer, privacy.Full, ""), "/api/v1/history.csv"); status != http.StatusForbidden {
			t.Errorf("a viewer got a file: %d", status)
		}
		log, err := a.access.Audit(a.t.Context(), access.AuditQuery{})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, e := range log {
			if e.Event == access.Exported {
				said = append(said, e.Name+": "+e.Subject+e.Reason)
			}
		}
		slices.Sort(said)
		if want := []string{"Vera: customers to call back, line Sales", "Vera: journeys, of one number, line Sales"}; !slices.Equal(said, want) {
			t.Errorf("%q, want %q", said, want)
		}
	})
}

// Handlers reach the record by a reading and in no other way.
func TestTheRecordIsReadThroughALens(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	direct := regexp.MustCompile(`\b(?:s|p\.s|rd\.s)\.(?:History|record|Record)\.[A-Z]\w*`)
	may := map[string]string{ // who else, and why
		"reading.go": "it is the lens", "record.go": "methods of a reading", "duration.go": "counts of all calls, without numbers, names or ids",
	}
	seen := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, use := range direct.FindAllString(string(text), -1) {
			seen++
			if may[file] == "" {
				t.Errorf("%s: %s goes past the lens", file, use)
			}
		}
	}
	if seen < 10 {
		t.Errorf("%d uses were found: this test would prove nothing", seen)
	}
}
