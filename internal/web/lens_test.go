package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/internal/state"
	"callboard/internal/teams"
)

// lensHouse has two teams with a call each, a record, and people to sign in.
type lensHouse struct {
	*house
	t      *testing.T
	access *access.Service
}

func openLensHouse(t *testing.T) *lensHouse {
	t.Helper()
	svc, err := access.New(access.Options{Dir: t.TempDir(), Hash: access.HashParams{Time: 1, Memory: 64, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	record := &keptBoard{ctx: t.Context(), cfg: state.Config{Zone: time.FixedZone("CET", 3600)}}
	h := &lensHouse{t: t, access: svc, house: open(t, func(c *Config) { c.Access, c.Travel = svc, record }, nil)}
	of, err := teams.Parse("teams.yaml", []byte("teams:\n  - {name: Vendre, lines: [\"1601\"], users: [\"501\", \"502\", \"503\"]}\n  - {name: Brackendesk, lines: [\"1602\"], users: [\"509\"]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	h.hub.Use(hub.Setup{Teams: of})
	h.up()
	h.calls()
	h.apply(state.Name{Kind: state.NameUser, OID: "509", Text: "Quirijn Molenaarde", Number: "2097"})
	h.apply(state.Name{Kind: state.NameLine, OID: "1602", Text: "Oddmarket"})
	h.apply(state.Name{Kind: state.NameAddressable, OID: "a9", Text: "Zwaluwnest"})
	for i, kind := range []state.EventType{state.NewCall, state.HungUp, state.NewCall} { // one gave up, one rings
		h.apply(state.Event{
			Type: kind, CallID: fmt.Sprintf("SIP/other-%d", i/2), Date: time.Now().UTC().Truncate(time.Second), Line: "1602", Duration: -1,
			Caller: state.Party{FlowID: fmt.Sprintf("g%d", i/2), Number: "+31475778899", Addressable: "a9"}, Callee: state.Party{FlowID: fmt.Sprintf("h%d", i/2), Number: "2097", User: "509"},
		})
		time.Sleep(2 * time.Second)
	}
	h.gaveUp()
	record.from, record.to = time.Now().Add(-time.Hour), time.Now()
	h.hub.Read(func(b *board, _ time.Time) { record.image, err = b.Image() })
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *lensHouse) close() {
	h.stop()
	if err := h.access.Close(); err != nil {
		h.t.Error(err)
	}
}

// person signs somebody in and gives the cookies.
func (h *lensHouse) person(role access.Role, l privacy.Lens) []*http.Cookie {
	h.t.Helper()
	a, err := h.access.Add(h.t.Context(), access.Who{Kind: access.Local, ID: "local"}, access.NewAccount{
		Login: fmt.Sprintf("p%d", len(h.access.Accounts())), Role: role, OwnLevel: true, Level: l.Level, Scope: l.Scope, Password: "correct horse battery 7",
	})
	if err != nil {
		h.t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	if _, err := h.access.Start(rec, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/", nil), a, netip.MustParseAddr("127.0.0.1")); err != nil {
		h.t.Fatal(err)
	}
	return rec.Result().Cookies()
}

// ask sends a request as a page of ours would.
func (h *lensHouse) ask(method, address string, cookies []*http.Cookie, form string) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(method, "http://127.0.0.1"+address, strings.NewReader(form))
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	rec := httptest.NewRecorder()
	h.handler.ServeHTTP(rec, r)
	return rec
}

// randomName is the name of a life of the model, in which any digits may stand.
var randomName = regexp.MustCompile(`\b[0-9a-f]{16}\b`)

var lensAddresses = []string{
	"/", "/?q=0101", "/people", "/lines", "/missed", "/missed?state=closed", "/numbers?n=offered", "/numbers?n=ringing", "/status", "/gaps", "/handover", "/history",
	"/wall", "/wall?layout=people", "/wall?rotate=calls,numbers,people,line", "/calls/1", "/calls/2", "/calls/3", "/calls/4", "/calls/5",
	"/api/v1/board", "/api/v1/missed", "/api/v1/numbers?n=offered", "/api/v1/gaps", "/api/v1/calls/2", "/api/v1/calls/4",
	"/missed.csv",
}

// Pages, streams asked for once, files and the API show what somebody may see
// and nothing else, now and at a moment of the record.
func TestPagesAndAnswersThroughALens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openLensHouse(t)
		defer h.close()

		for _, c := range []struct {
			name  string
			lens  privacy.Lens
			hides []string
			shows map[string]string // by address
		}{
			{"last-three", privacy.Lens{Level: privacy.LastThree},
				[]string{"5550101", "5550199", "0123456", "5778899", "SIP/", "trunk1-", `"f1"`, `"f2"`},
				map[string]string{"/": "+31 475 77 8···", "/api/v1/board": `"callId":"",`, "/people": "Anna de Vries", "/missed": "+31 475 77 8···", "/calls/2": "Noord"}},
			{"initials", privacy.Lens{Level: privacy.Initials},
				[]string{"3120555", "1205550", "2055501", "0123456", "4930123", "3147577", "1475778", "4757788", "Anna", "Vries", "Noord", "Zwaluwnest", "Quirijn", ">2097<", `"2097"`, `"201"`, "SIP/"},
				map[string]string{"/": "A. D. V.", "/api/v1/board": `"number":"•••"`, "/people": "Q. M."}},
			{"counts", privacy.Lens{Level: privacy.Counts},
				[]string{"3120555", "1205550", "2055501", "0123456", "4930123", "3147577", "1475778", "4757788", "Anna", "Vries", "Noord", "Zwaluwnest", "Quirijn", "SIP/", `id="c2"`, `href="/calls/`},
				map[string]string{"/": "This view shows counts only", "/people": "This view shows counts only", "/missed": "This view shows counts only", "/api/v1/board": `"calls":[]`, "/wall": "p-wall-numbers"}},
			{"a team", privacy.Lens{Scope: privacy.NewScope([]string{"Vendre"}, nil)},
				[]string{"Brackendesk", "Oddmarket", "Quirijn", "2097", "Zwaluwnest", "5778899", "SIP/other", `"1602"`},
				map[string]string{"/": "+31 20 555 01 01", "/api/v1/board": "SIP/trunk1-00000a41", "/people": "Anna de Vries", "/lines": "Vendre"}},
			{"a line of another", privacy.Lens{Scope: privacy.NewScope(nil, []string{"oddmarket"})},
				[]string{"Vendre", "Anna", "Noord", "5550101", "SIP/trunk1", `"1601"`},
				map[string]string{"/": "+31 475 77 88 99", "/api/v1/missed": "+31475778899"}},
		} {
			cookies := h.person(access.Supervisor, c.lens)
			moment := "at=" + url.QueryEscape(h.hub.Now().Add(-time.Second).Format(time.RFC3339))
			answered := 0
			for _, address := range lensAddresses {
				for _, at := range []string{"", moment} {
					whole := address
					if at != "" {
						whole += map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")] + at
					}
					rec := h.ask(http.MethodGet, whole, cookies, "")
					if rec.Code == http.StatusOK {
						answered++
					} else if rec.Code >= 500 {
						t.Errorf("%s: %s: %d", c.name, whole, rec.Code)
					}
					body := randomName.ReplaceAllString(rec.Body.String(), "")
					bare := strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(body)
					for _, text := range c.hides {
						if rec.Code != http.StatusOK && strings.HasPrefix(text, "href=") {
							continue // the page of what cannot be shown has its own address
						}
						if strings.Contains(body, text) || strings.Contains(bare, text) {
							i := max(strings.Index(body, text), 0)
							t.Errorf("%s: %s tells %q: …%.200s", c.name, whole, text, body[max(i-80, 0):])
						}
					}
					if want := c.shows[address]; want != "" && at == "" && !strings.Contains(body, want) {
						t.Errorf("%s: %s does not show %q:\n%s", c.name, whole, want, body[max(strings.Index(body, "<main"), 0):])
					}
				}
			}
			if answered < len(lensAddresses) {
				t.Errorf("%s: only %d of %d answers", c.name, answered, 2*len(lensAddresses))
			}
		}

	})
}

// What a lens does not show cannot be acted on either, and is not said to be
// there.
func TestActsThroughALens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openLensHouse(t)
		defer h.close()
		var other, mine uint64 // customers to call back
		for _, e := range h.hub.Ledger(privacy.Lens{}).Ledger.Open {
			if e.Last().Line == "1602" {
				other = e.ID
			} else {
				mine = e.ID
			}
		}
		var ghost uint64
		h.gap()
		for _, c := range h.hub.Look(privacy.Lens{}).Calls {
			if c.Line == "1602" {
				ghost = c.Seq
			}
		}
		if other == 0 || mine == 0 || ghost == 0 {
			t.Fatalf("nothing to act on: %d, %d, %d", other, mine, ghost)
		}
		team := h.person(access.Supervisor, privacy.Lens{Scope: privacy.NewScope([]string{"Vendre"}, nil)})
		for address, want := range map[string]int{
			fmt.Sprintf("/missed/%d/claim", other):         http.StatusNotFound,
			fmt.Sprintf("/api/v1/missed/%d/claim", other):  http.StatusNotFound,
			fmt.Sprintf("/api/v1/missed/%d/note", 999999):  http.StatusNotFound,
			fmt.Sprintf("/api/v1/missed/%d/claim", mine):   http.StatusOK,
			fmt.Sprintf("/calls/%d/dismiss", ghost):        http.StatusNotFound,
			fmt.Sprintf("/api/v1/calls/%d/dismiss", ghost): http.StatusNotFound,
		} {
			if rec := h.ask(http.MethodPost, address, team, "text=x"); rec.Code != want {
				t.Errorf("POST %s: %d, want %d: %.300s", address, rec.Code, want, rec.Body)
			}
		}
		if rec := h.ask(http.MethodGet, fmt.Sprintf("/missed/%d/note", other), team, ""); rec.Code != http.StatusNotFound {
			t.Errorf("the form of a customer of another team: %d", rec.Code)
		}
		masked := h.person(access.Supervisor, privacy.Lens{Level: privacy.LastThree})
		rec := h.ask(http.MethodPost, fmt.Sprintf("/api/v1/missed/%d/note", other), masked, "text=x")
		if rec.Code != http.StatusOK || strings.Contains(rec.Body.String(), "778899") {
			t.Errorf("the answer to a word: %d %s", rec.Code, rec.Body)
		}
		counts := h.person(access.Supervisor, privacy.Lens{Level: privacy.Counts})
		if rec := h.ask(http.MethodPost, fmt.Sprintf("/api/v1/missed/%d/claim", mine), counts, "text=x"); rec.Code != http.StatusNotFound {
			t.Errorf("a word on a customer where only counts are shown: %d", rec.Code)
		}
	})
}

// Somebody may ask for less than they may see, never for more, and what they
// ask for goes along in every address of the page.
func TestAskedForMask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openLensHouse(t)
		defer h.close()
		all, viewer := h.person(access.Supervisor, privacy.Lens{}), h.person(access.Viewer, privacy.Lens{Level: privacy.Initials})
		for _, c := range []struct {
			cookies []*http.Cookie
			mask    string
			number  string
		}{
			{all, "", "+31205550101"}, {all, "full", "+31205550101"}, {all, "last-three", "+31205550···"}, {all, "Initials", "•••"},
			{viewer, "", "•••"}, {viewer, "full", "•••"}, {viewer, "last-three", "•••"},
		} {
			rec := h.ask(http.MethodGet, "/api/v1/board?mask="+c.mask, c.cookies, "")
			var b struct {
				Calls []struct{ Caller struct{ Number string } }
			}
			if err := json.Unmarshal(rec.Body.Bytes(), &b); err != nil || len(b.Calls) == 0 || b.Calls[0].Caller.Number != c.number {
				t.Errorf("mask=%s: %v, want %s (%v)", c.mask, b, c.number, err)
			}
		}
		for _, address := range []string{"/?mask=none", "/people?mask=none", "/status?mask=none", "/history?mask=none", "/api/v1/board?mask=none", "/api/v1/calls/2?mask=none", "/api/v1/missed?mask=none"} {
			if rec := h.ask(http.MethodGet, address, all, ""); rec.Code != http.StatusBadRequest || !strings.Contains(rec.Body.String(), "mask") {
				t.Errorf("%s: %d %.200s", address, rec.Code, rec.Body)
			}
		}
		for _, address := range []string{"/", "/people", "/missed", "/history", "/calls/2", "/lines", "/gaps", "/status"} {
			body := h.ask(http.MethodGet, address+"?mask=last-three", all, "").Body.String()
			for _, kind := range []string{`href="/`, `data-stream="/`, `action="/`} {
				for part := range strings.SplitSeq(body, kind) {
					if part == body || strings.HasPrefix(part, "<!doctype") {
						continue
					}
					to, _, _ := strings.Cut(part, `"`)
					path, _, _ := strings.Cut(to, "?")
					if n := strings.Count(to, "mask="); n != 1 && !strings.HasPrefix(path, "static/") && !strings.HasPrefix(path, "api/") && !strings.HasPrefix(path, "manifest") &&
						!strings.HasPrefix(path, "favicon") && !strings.HasPrefix(to, "#") && kind != `action="/` {
						t.Errorf("%s?mask=last-three leads to /%s", address, to)
					}
				}
			}
		}
	})
}
