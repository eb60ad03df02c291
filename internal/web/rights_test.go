package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"callboard/internal/access"
	"callboard/internal/privacy"
)

// everyMethod is more than the site knows.
var everyMethod = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}

// The roles of the table. Those behind the line are nobody: what they bring is
// worth nothing (any more).
var roles = []string{
	"nobody", "viewer", "supervisor", "administrator", "token-viewer", "token-supervisor", "token-administrator", "display",
	"expired", "disabled", "signed-out", "ended-display", "wrong-token", "revoked-token", "expired-token",
}

// rule is who has a right, said anew: the table is held against it.
var rule = map[access.Right][]string{
	access.Watch:      {"viewer", "supervisor", "administrator", "token-viewer", "token-supervisor", "token-administrator", "display"},
	access.Look:       {"viewer", "supervisor", "administrator", "token-viewer", "token-supervisor", "token-administrator"},
	access.Act:        {"supervisor", "administrator", "token-supervisor", "token-administrator"},
	access.Export:     {"supervisor", "administrator", "token-supervisor", "token-administrator"},
	access.Reveal:     {"supervisor", "administrator", "token-supervisor", "token-administrator"},
	access.Pair:       {"supervisor", "administrator", "token-supervisor", "token-administrator"},
	access.Try:        {"supervisor", "administrator", "token-supervisor", "token-administrator"},
	access.Administer: {"administrator", "token-administrator"},
}

// due is the answer that a role has to get at a door.
func due(d Door, role string) string {
	wrong := strings.HasSuffix(role, "-token") // brings a token that is none
	program := strings.HasPrefix(role, "token-")
	known := slices.Contains(rule[access.Watch], role)
	asks := d.Sort == Data
	switch {
	case d.Right == access.Open:
		return "passes"
	case wrong:
		return "401"
	case d.Sort == Page && strings.HasSuffix(role, "display"):
		return "tv" // where its view is, or how to be paired again
	case !known && asks:
		return "401"
	case !known:
		return "signin"
	case program && !asks, !slices.Contains(rule[d.Right], role):
		return "403"
	}
	return "passes"
}

// A theatre is a house with sign-in on, and one guest of every role.
type theatre struct {
	*house
	t      *testing.T
	access *access.Service
	guests map[string]guest
	revive map[string]func() guest // who may sign themselves out in the course of the play
}

func stage(t *testing.T) *theatre {
	s := accounts(t)
	h := open(t, func(c *Config) {
		c.Access = s
		c.Storybook = Storybook
		c.History = pastOf(t, time.Now(), time.FixedZone("CET", 3600))
	}, nil)
	th := &theatre{house: h, t: t, access: s, guests: map[string]guest{"nobody": {0, nobody}}, revive: map[string]func() guest{}}
	// Those who were somebody once.
	old := account(t, s, "expired", access.Viewer, privacy.Lens{Level: privacy.LastThree})
	th.guests["expired"], _ = signedIn(t, s, old)
	th.guests["expired-token"] = tokened(t, s, "old", access.Administrator, time.Hour)
	time.Sleep(25 * time.Hour)
	gone := account(t, s, "disabled", access.Administrator, privacy.Lens{})
	th.guests["disabled"], _ = signedIn(t, s, gone)
	if _, err := s.Change(t.Context(), operator, gone.ID, func(a *access.Account) error { a.Disabled = true; return nil }); err != nil {
		t.Fatal(err)
	}
	left := account(t, s, "left", access.Administrator, privacy.Lens{})
	out, is := signedIn(t, s, left)
	if err := s.EndSession(t.Context(), is, is.Session); err != nil {
		t.Fatal(err)
	}
	th.guests["signed-out"] = out
	th.guests["wrong-token"] = guest{0, bearing(access.TokenPrefix + strings.Repeat("a", 43))}
	revoked := tokened(t, s, "revoked", access.Administrator, 90*24*time.Hour)
	if err := s.RevokeToken(t.Context(), operator, revoked.id); err != nil {
		t.Fatal(err)
	}
	th.guests["revoked-token"] = revoked
	th.guests["display"] = pairedScreen(t, th.house, access.Settings{Name: "Front desk"})
	ended := pairedScreen(t, th.house, access.Settings{Name: "Loading bay"})
	if _, err := th.site.Displays.Revoke(t.Context(), ended.id); err != nil {
		t.Fatal(err)
	}
	th.guests["ended-display"] = ended
	// Those who are.
	for role, word := range access.Roles() {
		a := account(t, s, word, access.Role(role), privacy.Lens{Level: access.Role(role).Level()})
		th.revive[word] = func() guest { g, _ := signedIn(t, s, a); return g }
		th.guests[word] = th.revive[word]()
		th.guests["token-"+word] = tokened(t, s, "robot "+word, access.Role(role), 90*24*time.Hour)
	}
	th.up()
	th.calls()
	return th
}

func (th *theatre) end() {
	th.stop()
	if err := th.access.Close(); err != nil {
		th.t.Error(err)
	}
	if c, ok := th.site.History.(interface{ Close() error }); ok {
		c.Close()
	}
}

// ask sends one request as a role.
func (th *theatre) ask(role, method, path string, change func(*http.Request)) *http.Response {
	th.t.Helper()
	if strings.HasSuffix(role, "-token") {
		time.Sleep(3 * time.Second) // too many wrong ones in a minute are refused otherwise
	}
	ctx, cancel := context.WithTimeout(th.t.Context(), time.Second)
	defer cancel()
	r := httptest.NewRequest(method, path, nil).WithContext(ctx)
	r.Host = "localhost"
	g := th.guests[role]
	g.bring(r)
	if again := th.revive[role]; again != nil && th.access.Who(nil, r).Kind != access.Person {
		th.guests[role] = again()
		r.Header.Del("Cookie")
		th.guests[role].bring(r)
	}
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	func() {
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler { // a stream that a recorder cannot carry
				panic(p)
			}
		}()
		th.handler.ServeHTTP(w, r)
	}()
	res := w.Result()
	res.Request = r
	return res
}

// door is where a request comes to: one of no sort where there is none.
func (th *theatre) door(method, path string) Door {
	path, _, _ = strings.Cut(path, "?")
	for _, m := range []string{method, map[string]string{"HEAD": "GET"}[method]} {
		to := chi.NewRouteContext()
		if m == "" || !th.handler.(chi.Routes).Match(to, m, path) {
			continue
		}
		for _, d := range th.site.doors {
			if d.Method == m && d.Pattern == to.RoutePattern() {
				return d
			}
		}
	}
	return Door{Sort: anywhere}
}

// inWords is an answer in the words of the table.
func inWords(d Door, res *http.Response, body string) string {
	to := res.Header.Get("Location")
	switch {
	case res.StatusCode == http.StatusSeeOther && (to == "/signin" || strings.HasPrefix(to, "/signin?")) && d.Right != access.Open:
		return "signin"
	case res.StatusCode == http.StatusSeeOther && to == "/tv" && d.Right != access.Open:
		return "tv"
	case res.StatusCode == http.StatusUnauthorized:
		return "401"
	case res.StatusCode == http.StatusMethodNotAllowed:
		return "405"
	case res.StatusCode == http.StatusForbidden && strings.Contains(body, "Not for"), res.StatusCode == http.StatusForbidden && strings.Contains(body, "Another view"):
		return "403"
	}
	return "passes"
}

var inPath = regexp.MustCompile(`\{(\w+)(?::([^}|]*)[^}]*)?\}`)

// at is an address of a door: parts of its path that are open are filled with
// what does not exist.
func at(d Door) string {
	path := inPath.ReplaceAllStringFunc(d.Pattern, func(part string) string {
		m := inPath.FindStringSubmatch(part)
		switch {
		case m[2] != "":
			return m[2]
		case m[1] == "id":
			return "999999"
		}
		return "none"
	})
	path = strings.ReplaceAll(path, "*", "none")
	if path == "/events" || path == "/poll" {
		path += "?page=wall"
	}
	return path
}

// Every route, by every method, for every role: the table in testdata is what
// the site answers, and every answer in it is what the rule above wants.
func TestRights(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := stage(t)
		var order []string
		for _, d := range th.site.doors {
			if !slices.Contains(order, d.Pattern) {
				order = append(order, d.Pattern)
			}
		}
		var table strings.Builder
		fmt.Fprintf(&table, "# Who gets what: every route, by every method, for every role. Made from the router by\n# go test ./internal/web -run TestRights -update; held against the rule of rights_test.go.\n# signin: sent to sign in. tv: sent to the page of displays. passes: the route answers. Methods that are not listed: 405 for all.\n\n")
		cells, wrong := 0, 0
		for _, pattern := range order {
			for _, method := range everyMethod {
				door := th.door(method, at(Door{Pattern: pattern}))
				answers := map[string][]string{}
				for _, role := range roles {
					if th.guests[role].bring == nil {
						continue
					}
					cells++
					res := th.ask(role, method, at(Door{Pattern: pattern}), nil)
					body, err := readAll(res)
					if err != nil {
						t.Fatal(err)
					}
					checkHeaders(t, role+" "+method+" "+pattern, res)
					got, want := inWords(door, res, body), due(door, role)
					if door.Sort == anywhere {
						want = "405"
					}
					if method == "HEAD" && want == "403" && res.StatusCode == http.StatusForbidden {
						got = "403" // without a body
					}
					if got != want {
						wrong++
						t.Errorf("%s as %s: %s (%d), want %s: %.200s", method+" "+pattern, role, got, res.StatusCode, want, body)
					}
					answers[got] = append(answers[got], role)
				}
				if door.Pattern != pattern {
					continue // it has a row of its own
				}
				fmt.Fprintf(&table, "%s %s  (%s, %s)\n", method, pattern, rightWords[door.Right], door.Sort)
				for _, a := range []string{"passes", "403", "401", "signin", "tv", "405"} {
					if len(answers[a]) > 0 {
						fmt.Fprintf(&table, "  %-6s %s\n", a, strings.Join(answers[a], " "))
					}
				}
			}
		}
		th.end()
		t.Logf("%d routes, %d cells, %d unexpected answers", len(th.site.doors), cells, wrong)
		const file = "testdata/rights.txt"
		if *update {
			if err := os.WriteFile(file, []byte(table.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), table.String()); diff != "" {
			t.Errorf("the site answers otherwise than %s says (-file +site); -update rewrites it:\n%s", file, diff)
		}
	})
}

// rightWords are the rights as the table has them.
var rightWords = map[access.Right]string{
	access.Open: "open", access.Watch: "watch", access.Look: "look", access.Act: "act", access.Export: "export", access.Reveal: "reveal",
	access.Pair: "pair", access.Try: "try", access.Administer: "administer",
}

// There is no way in but doors.
func TestEveryRouteIsADoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Storybook = Storybook }, nil)
		defer h.stop()
		doors := map[string]bool{}
		for _, d := range h.site.doors {
			doors[d.Method+" "+d.Pattern] = true
			if _, ok := rightWords[d.Right]; !ok {
				t.Errorf("%s %s has the right %d, which nobody knows", d.Method, d.Pattern, d.Right)
			}
			if d.Sort == Public && d.Right != access.Open {
				t.Errorf("%s %s is public and wants a right", d.Method, d.Pattern)
			}
			if d.Method != http.MethodGet && (d.Sort == Page || d.Sort == Load || d.Sort == Frame || d.Sort == Public) {
				t.Errorf("%s %s changes something in a %s", d.Method, d.Pattern, d.Sort)
			}
		}
		routes := 0
		err := chi.Walk(h.handler.(chi.Routes), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
			routes++
			if !doors[method+" "+route] {
				t.Errorf("%s %s was registered past the doors", method, route)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if routes != len(doors) {
			t.Errorf("%d routes, %d doors", routes, len(doors))
		}
	})
}
