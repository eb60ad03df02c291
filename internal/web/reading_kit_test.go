package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/access"
	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/teams"
)

// An archive is a house with a week of calls behind it and people of every
// sort who may look at some of it. Customers have numbers 020 77x xxxx and the
// surname Canarius, colleagues the surname Kollegius; some calls were sent on to
// mobiles, some customers have a number for a name.
type archive struct {
	*house
	t        *testing.T
	store    *history.Store
	access   *access.Service
	journeys []state.Journey
	calls    []state.SettledCall
	numbers  []string // all telephone numbers from outside, their last seven digits
}

const archiveTeams = `teams:
  - name: Front
    users: ["2001", "2002", "2003"]
    lines: ["1601"]
  - name: Back
    users: ["Bea Kollegius", "505"]
`

func inArchive(t *testing.T, fn func(a *archive)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(10*24*time.Hour + 11*time.Hour) // Tuesday 11 January 2000, noon in the zone
		a := &archive{t: t}
		var err error
		zone := time.FixedZone("CET", 3600)
		if a.store, err = history.Open(t.TempDir(), history.Options{Zone: zone, Normal: func(s string) string { return strings.ReplaceAll(s, " ", "") }}); err != nil {
			t.Fatal(err)
		}
		defer a.store.Close()
		if a.access, err = access.New(access.Options{Dir: t.TempDir(), Hash: access.HashParams{Time: 1, Memory: 8, Threads: 1}}); err != nil {
			t.Fatal(err)
		}
		defer a.access.Close()
		a.fill(time.Now())
		a.house = open(t, func(c *Config) { c.History, c.Access = a.store, a.access }, nil)
		defer a.stop()
		list, err := teams.Parse("teams.yaml", []byte(archiveTeams))
		if err != nil {
			t.Fatal(err)
		}
		a.hub.Use(hub.Setup{Rules: rules.Default(), Teams: list})
		a.up()
		a.house.calls()
		a.gaveUp()
		for i, name := range []string{"Anna Kollegius", "Bram Kollegius", "Cato Kollegius", "Bea Kollegius", "Evi Kollegius", "Fred Kollegius"} {
			a.apply(state.Name{Kind: state.NameUser, OID: fmt.Sprint(501 + i), Text: name, Number: fmt.Sprint(2001 + i)})
		}
		for i, name := range []string{"Sales", "Support", "Billing"} {
			a.apply(state.Name{Kind: state.NameLine, OID: fmt.Sprint(1601 + i), Text: name})
		}
		synctest.Wait()
		a.numbers = append(a.numbers, "5550101", "5550199", "30123456") // of now
		fn(a)
	})
}

// fill makes a week of calls.
func (a *archive) fill(now time.Time) {
	random := rand.New(rand.NewPCG(7, 7))
	b := history.Batch{Epoch: "past", Seq: 1}
	number := func(n int) string {
		digits := fmt.Sprintf("77%05d", n*37%100000)
		if !slices.Contains(a.numbers, digits) {
			a.numbers = append(a.numbers, digits)
		}
		return "+3120" + digits
	}
	for i := range 400 {
		at := now.Add(-time.Duration(random.IntN(7*24*3600)) * time.Second).Truncate(time.Second)
		who := random.IntN(6)
		colleague := state.Party{User: fmt.Sprint(501 + who), Number: fmt.Sprint(2001 + who), Name: "Somebody Kollegius", FlowID: fmt.Sprintf("flowcanary%d", i)}
		customer := state.Party{Number: number(random.IntN(80)), Name: "Vera Canarius", FlowID: fmt.Sprintf("flowcanary%d", i), Addressable: "addrcanary"}
		if i%7 == 0 {
			customer.Name = "Klant " + customer.Number[3:]
		}
		id := uint64(i + 1)
		c := state.Call{
			Seq: 5000 + id, CallID: fmt.Sprintf("idcanary-%d", i), Journey: id, Direction: state.Inbound, Phase: state.Talking, Line: fmt.Sprint(1601 + i%3), LineName: []string{"Sales", "Support", "Billing"}[i%3],
			Caller: customer, Callee: colleague, StartedAt: at, ConnectedAt: at.Add(8 * time.Second),
			Legs: []state.Leg{{Party: customer, State: state.LegConnected, Since: at}, {Side: state.CalleeSide, Party: colleague, State: state.LegConnected, Since: at, Answered: at.Add(8 * time.Second)}},
		}
		j := state.Journey{ID: id, Kind: state.Inbound, Customer: customer, Line: c.Line, LineName: c.LineName, Calls: []uint64{c.Seq}, Counted: true, Start: at, StartKnown: true,
			Users: []string{colleague.User}, RangAt: []string{colleague.User}, Rung: 1, Answered: c.ConnectedAt, WaitKnown: true, Ended: at.Add(time.Minute), Talk: 52 * time.Second, Talks: 1}
		switch {
		case i%11 == 0: // rang at a mobile as well
			mobile := state.Party{Number: number(90 + random.IntN(5))}
			c.Legs = append(c.Legs, state.Leg{Side: state.CalleeSide, Party: mobile, State: state.LegGone, Since: at})
			j.RangAt, j.Rung = append(j.RangAt, mobile.Number), 2
		case i%5 == 0:
			c.Phase, c.ConnectedAt = state.Ringing, time.Time{}
			c.Legs[1].State, c.Legs[1].Answered, c.Legs[1].Missed = state.LegGone, time.Time{}, true
			j.Users, j.Answered, j.Talk, j.Talks = nil, time.Time{}, 0, 0
		case i%13 == 0:
			c.Direction, c.Caller, c.Callee, c.Line, c.LineName = state.Outbound, colleague, customer, "", ""
			c.Legs[0].Party, c.Legs[1].Party = colleague, customer
			j.Kind, j.Line, j.LineName, j.RangAt, j.Rung = state.Outbound, "", "", nil, 0
		}
		b.Calls = append(b.Calls, state.SettledCall{Ended: state.Ended{Call: c, At: at.Add(time.Minute), Outcome: state.EndedHungUp, Answered: c.Phase == state.Talking, Talk: j.Talk, PBXDuration: 52 * time.Second}})
		b.Journeys = append(b.Journeys, j)
	}
	b.Gaps = []history.Gap{{Kind: history.GapFeed, From: now.Add(-30 * time.Hour), To: now.Add(-29 * time.Hour), Code: "closed", Reason: "The PBX closed the socket", Touched: 2}}
	if err := a.store.Put(a.t.Context(), b); err != nil {
		a.t.Fatal(err)
	}
	a.journeys, a.calls = b.Journeys, b.Calls
}

// person signs somebody in and returns what their browser sends along.
func (a *archive) person(role access.Role, level privacy.Level, scope privacy.Scope) string {
	a.t.Helper()
	login := fmt.Sprintf("person%d", len(a.access.Accounts()))
	made, err := a.access.Add(a.t.Context(), access.Who{Kind: access.Local, ID: "local"}, access.NewAccount{Login: login, Name: "Vera", Role: role, OwnLevel: true, Level: level, Scope: scope, Password: "three green bottles"})
	if err != nil {
		a.t.Fatal(err)
	}
	w := httptest.NewRecorder()
	if _, err := a.access.Start(w, httptest.NewRequest(http.MethodGet, "/", nil).WithContext(context.Background()), made, netip.MustParseAddr("192.0.2.7")); err != nil {
		a.t.Fatal(err)
	}
	var cookies []string
	for _, c := range w.Result().Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	return strings.Join(cookies, "; ")
}

// get asks as somebody.
func (a *archive) get(cookie, path string) (status int, body string) {
	a.t.Helper()
	req, err := http.NewRequest(http.MethodGet, "http://localhost"+strings.ReplaceAll(path, "&amp;", "&"), nil)
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header.Set("Cookie", cookie)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := a.client().Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// json asks and reads an answer.
func (a *archive) json(cookie, path string, into any) {
	a.t.Helper()
	status, body := a.get(cookie, path)
	if err := json.Unmarshal([]byte(body), into); status != http.StatusOK || err != nil {
		a.t.Fatalf("%s: %d %v %.300s", path, status, err, body)
	}
}
