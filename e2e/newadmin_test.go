package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"callboard/e2e/board"
	"callboard/e2e/scripted"
)

const longEnough = "three green bottles on a wall"

// A new administrator sets Callboard up, by what the screens and the README say
// and nothing else: first sign-in by the link in the log, teams, two people who
// see different things, three displays of which one is switched off, hidden
// numbers shown with a reason, a program's token, and somebody's data given out
// and erased.
func TestANewAdministrator(t *testing.T) {
	t.Parallel()
	sim := start(t, "fakepbx", "--listen", "127.0.0.1:0", "--user", scripted.User, "--password", scripted.Password, "--calls-per-minute", "300")
	folder := t.TempDir()
	data, teams, password := filepath.Join(folder, "data"), filepath.Join(folder, "teams.yaml"), filepath.Join(folder, "pbx-password")
	write(t, teams, "teams:\n  - name: Inside\n    users: [Anna de Vries]\n")
	write(t, password, scripted.Password+"\n")
	b := start(t, "serve", "--listen", "127.0.0.1:0", "--data-dir", data, "--teams", teams, "--time-zone", "Europe/Amsterdam",
		"--pbx-url", sim.URL(""), "--pbx-user", scripted.User, "--pbx-password-file", password)

	// Without an account there is nothing to see.
	nobody := newSurfer(t, b.URL("/"))
	if nobody.must("/"); nobody.at.Path != "/signin" || strings.Contains(nobody.page, `id="list"`) {
		t.Fatalf("without an account one is at %s", nobody.at)
	}
	if status, _ := get(t, b.URL("/api/v1/board")); status != http.StatusUnauthorized {
		t.Errorf("the API without a token: %d", status)
	}

	// First sign-in: the link stands in the log, and is of use once.
	link := ""
	eventually(t, soon, "the log has a set-up link", func() bool {
		if m := regexp.MustCompile(`"?url"?="?(http://[^"\s]+/setup\?code=[^"\s]+)`).FindStringSubmatch(b.Log()); m != nil {
			link = m[1]
		}
		return link != ""
	})
	admin := newSurfer(t, b.URL("/"))
	admin.must(link)
	admin.press("Make account and sign in", url.Values{"login": {"vera"}, "name": {"Vera Blom"}, "password": {longEnough}})
	if admin.code != http.StatusOK || admin.at.Path == "/setup" || admin.at.Path == "/signin" {
		t.Fatalf("after set-up: %d at %s: %.300s", admin.code, admin.at.Path, admin.text())
	}
	if nobody.visit(link); nobody.code == http.StatusOK && strings.Contains(nobody.page, "Make account and sign in") {
		t.Error("the set-up link works twice")
	}
	eventually(t, back, "the board is live", func() bool { status, _ := get(t, b.URL("/readyz")); return status == http.StatusOK })
	if page := admin.must("/"); !strings.Contains(page, `id="list"`) || !strings.Contains(page, "Vera Blom") {
		t.Errorf("the board, or who is signed in, is missing: %.500s", admin.text())
	}

	// Teams, by the file; the service reads it anew when told to.
	write(t, teams, "teams:\n  - name: Sales team\n    users: [201, 202, 203, 204]\n    lines: [Verkoop]\n  - name: Support team\n    lines: [1602]\n")
	if err := syscall.Kill(b.PID(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	eventually(t, soon, "the teams are read", func() bool { return strings.Contains(admin.must("/admin/people"), "Support team") })

	// Two people who see different things.
	viewer := admin.adds(b, "bas", "Bas Jansen", "viewer", "", url.Values{"team": {"Sales team"}})
	supervisor := admin.adds(b, "sanne", "Sanne Meijer", "supervisor", "last-three", url.Values{"line": {"1602"}})
	sales := func(c seen) bool {
		inside := func(number string) bool { return slices.Contains([]string{"201", "202", "203", "204"}, number) }
		for _, l := range c.Legs {
			if inside(l.Number) {
				return true
			}
		}
		return c.Line.OID == "1601" || inside(c.Caller.Number) || inside(c.Callee.Number)
	}
	support := func(c seen) bool { return c.Line.OID == "1602" }
	for name, one := range map[string]struct {
		*surfer
		mine func(seen) bool
	}{"bas": {viewer, sales}, "sanne": {supervisor, support}} {
		some := 0
		eventually(t, back, name+" has calls", func() bool {
			for _, c := range one.calls() {
				some++
				if !one.mine(c) {
					t.Fatalf("%s sees a call of others: %+v", name, c)
				}
				for _, p := range []string{c.Caller.Number, c.Callee.Number} {
					if strings.Trim(p, "+0123456789") == "" && len(p) > 5 && !strings.HasPrefix(p, "+3120555020") { // but for the company's own lines
						t.Fatalf("%s sees a whole number: %q", name, p)
					}
				}
			}
			return some > 5
		})
		if one.visit("/admin/people"); one.code != http.StatusForbidden {
			t.Errorf("%s may administer: %d", name, one.code)
		}
	}
	if viewer.visit("/history"); viewer.code != http.StatusOK {
		t.Errorf("a viewer's history: %d", viewer.code)
	}

	// Three displays, by the code on each, and one of them switched off.
	var displays []*surfer
	for i := range 3 {
		displays = append(displays, admin.pairs(b, fmt.Sprintf("Corridor %d", i+1)))
	}
	for i, d := range displays {
		if page := d.must("/tv"); !strings.Contains(page, `data-page="wall"`) {
			t.Errorf("display %d shows no wall: %s", i+1, d.text())
		}
		if d.visit("/history"); d.code == http.StatusOK && d.at.Path == "/history" {
			t.Errorf("display %d shows the history", i+1)
		}
	}
	admin.must("/displays")
	admin.follow("Switch off: Corridor 2")
	admin.press("Switch off", nil)
	if page := displays[1].visit("/tv"); strings.Contains(page, `data-page="wall"`) || strings.Contains(page, "Verkoop") {
		t.Error("a display that was switched off still shows calls")
	}
	for _, i := range []int{0, 2} {
		if page := displays[i].must("/tv"); !strings.Contains(page, `data-page="wall"`) {
			t.Errorf("display %d went with the other", i+1)
		}
	}

	// Hidden numbers, shown for a reason that the audit log keeps.
	const reason = "customer asks to be called back, order 12"
	supervisor.must("/reveal")
	supervisor.press("Show for 15 minutes", url.Values{"reason": {reason}})
	eventually(t, soon, "numbers are shown", func() bool {
		return slices.ContainsFunc(supervisor.calls(), func(c seen) bool {
			return strings.HasPrefix(c.Caller.Number, "+") && strings.Trim(c.Caller.Number, "+0123456789") == ""
		})
	})
	if page := admin.must("/admin/audit"); !strings.Contains(page, reason) || !strings.Contains(admin.text(), "Sanne Meijer") {
		t.Error("the audit log does not tell who had numbers shown, and why")
	}

	// A program reads the API with its token, and only that.
	admin.must("/admin/programs")
	admin.press("Make token", url.Values{"name": {"Monitoring"}})
	token := regexp.MustCompile(`\bcb_[A-Za-z0-9_-]{20,}`).FindString(admin.page)
	if token == "" {
		t.Fatalf("no token is shown: %s", admin.text())
	}
	var answer struct {
		Epoch string
		Calls []seen
	}
	if status, body := asProgram(t, b, token, "/api/v1/board"); status != http.StatusOK || json.Unmarshal([]byte(body), &answer) != nil || answer.Epoch == "" {
		t.Errorf("the program: %d %.200s", status, body)
	}
	if status, _ := asProgram(t, b, token+"x", "/api/v1/board"); status != http.StatusUnauthorized {
		t.Errorf("a wrong token: %d", status)
	}

	admin.gives(b, data)
}

// seen is what this test reads of a call.
type seen struct {
	ID             string
	StartedAt      time.Time
	Line           struct{ OID, Name string }
	Caller, Callee struct{ Number, Name string }
	Legs           []struct{ Number string }
}

// calls are those that somebody sees on the board now.
func (s *surfer) calls() []seen {
	s.t.Helper()
	var a struct{ Calls []seen }
	if err := json.Unmarshal([]byte(s.must("/api/v1/board")), &a); err != nil {
		s.t.Fatal(err)
	}
	return a.Calls
}

// adds makes an account and returns its person, signed in.
func (s *surfer) adds(b *board.Process, login, name, role, level string, scope url.Values) *surfer {
	s.t.Helper()
	s.must("/admin/people")
	form := url.Values{"login": {login}, "name": {name}, "role": {role}, "level": {level}}
	maps.Copy(form, scope)
	s.press("Add and make a link", form)
	link := regexp.MustCompile(`http://[^"\s<]+/setup\?code=[^"\s<&]+`).FindString(s.page)
	if link == "" {
		s.t.Fatalf("no link for %s: %d %.500s", name, s.code, s.text())
	}
	person := newSurfer(s.t, b.URL("/"))
	person.must(link)
	person.press("Keep password and sign in", url.Values{"password": {longEnough + " of " + role}})
	if person.code != http.StatusOK || person.at.Path == "/setup" {
		s.t.Fatalf("%s is at %s: %s", name, person.at, person.text())
	}
	// Signed out and in again, as on every other day.
	person.must("/account")
	person.press("Sign out", nil)
	if person.must("/"); person.at.Path != "/signin" {
		s.t.Fatalf("%s is signed out and at %s", name, person.at)
	}
	person.press("Sign in", url.Values{"user": {login}, "password": {longEnough + " of " + role}})
	if person.code != http.StatusOK || person.at.Path != "/" {
		s.t.Fatalf("%s signs in and is at %s: %.300s", name, person.at, person.text())
	}
	return person
}

// pairs pairs a screen by the code it shows.
func (s *surfer) pairs(b *board.Process, name string) *surfer {
	s.t.Helper()
	screen := newSurfer(s.t, b.URL("/"))
	screen.must("/tv")
	m := regexp.MustCompile(`(?s)id="tv-code"[^>]*>(.*?)</h1>`).FindStringSubmatch(screen.page)
	if m == nil {
		s.t.Fatalf("the screen shows no code: %s", screen.text())
	}
	s.must("/displays")
	s.follow("Pair a display")
	s.press("Next", url.Values{"code": {strings.ToLower(wordsOf(m[1]))}})
	s.press("Pair", url.Values{"name": {name}})
	if s.code != http.StatusOK || !strings.Contains(s.text(), name) {
		s.t.Fatalf("%s is not paired: %d %.500s", name, s.code, s.text())
	}
	return screen
}

// gives out what is kept of one caller and erases it, with the commands of the
// page on privacy.
func (s *surfer) gives(b *board.Process, data string) {
	t := s.t
	t.Helper()
	number := ""
	eventually(t, back, "a caller is in the history", func() bool {
		var a struct {
			Journeys []struct{ Customer struct{ Number string } }
		}
		if err := json.Unmarshal([]byte(s.must("/api/v1/history?rows=journeys")), &a); err != nil {
			t.Fatal(err)
		}
		for _, j := range a.Journeys {
			if strings.HasPrefix(j.Customer.Number, "+") {
				number = j.Customer.Number
			}
		}
		return number != ""
	})
	run := func(args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), binary, args...)
		var out, errs strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err != nil {
			t.Fatalf("dashboard %s: %v\n%s", args[0], err, errs.String())
		}
		return out.String()
	}
	tell := func() (calls []seen, text string) {
		text = run("export", "--data-dir", data, "--time-zone", "Europe/Amsterdam", "--rows", "everything", "--number", number)
		var a struct{ Calls []seen }
		if err := json.Unmarshal([]byte(text), &a); err != nil {
			t.Fatal(err)
		}
		return a.Calls, text
	}
	if calls, text := tell(); len(calls) == 0 || !strings.Contains(text, number) {
		t.Errorf("nothing is told of %s", number)
	}
	began := time.Now()
	if said := run("erase", "--data-dir", data, "--time-zone", "Europe/Amsterdam", "--number", number); !strings.HasPrefix(said, "erased from ") {
		t.Errorf("the erasure says %q", said)
	}
	calls, _ := tell() // who calls again is kept again
	for _, c := range calls {
		if c.StartedAt.Before(began) {
			t.Errorf("a call of before is left: %+v", c)
		}
	}
	var a struct{ Calls []seen }
	if err := json.Unmarshal([]byte(s.must("/api/v1/history?limit=1000&to="+url.QueryEscape(began.UTC().Format(time.RFC3339))+"&number="+url.QueryEscape(number))), &a); err != nil || len(a.Calls) > 0 {
		t.Errorf("the history has %d calls of it, %v", len(a.Calls), err)
	}
	page := s.must("/admin/audit")
	if !strings.Contains(s.text(), "command line") && !strings.Contains(s.text(), "Command line") {
		t.Errorf("the audit log does not tell of the erasure: %.1000s", s.text())
	}
	if strings.Contains(page, number) || strings.Contains(page, strings.TrimPrefix(number, "+")) {
		t.Error("the audit log has the number")
	}
}

// asProgram asks with a token.
func asProgram(t *testing.T, b *board.Process, token, path string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.URL(path), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
