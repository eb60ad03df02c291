package hub

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"

	"callboard/internal/state"
	"callboard/internal/teams"
)

// A firm is a company whose every number and name is known not to stand in any
// page by accident: whoever finds one of them has found a leak.
type firm struct {
	rng       *rand.Rand
	h         *Hub
	next      int
	up        []firmCall
	customers []state.Party
	staff     []firmUser
	lines     []state.PhoneLine
	apart     bool // teams have nothing to do with each other: own lines, customers and talks
}

type firmUser struct {
	oid, name, number, team string
}

type firmCall struct {
	event   state.Event
	answers bool
}

// firmTeams says who belongs where: the third line and the last people belong
// to no team.
const firmTeams = `teams:
  - name: Grunwick
    lines: ["1601"]
    users: ["50010", "50011", "50012", "50013"]
  - name: Holloway
    lines: ["1602"]
    users: ["50020", "50021", "50022", "50023"]
`

func firmSetup(t testing.TB, text string) Setup {
	t.Helper()
	of, err := teams.Parse("teams.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return Setup{Teams: of, TeamsFile: "teams.yaml"}
}

// newFirm has 12 people on three lines and 20 customers, and brings the feed up.
func newFirm(h *Hub, seed uint64) *firm {
	f := &firm{rng: rand.New(rand.NewPCG(seed, 5)), h: h}
	f.lines = []state.PhoneLine{{Line: "1601", Name: "Quillfront", Number: "+31886611223"}, {Line: "1602", Name: "Brackendesk", Number: "+31887722334"}, {Line: "1603", Name: "Oddmarket", Number: "+31888833445"}}
	given := []string{"Zebrina", "Ottokar", "Philomeen", "Wubbo", "Ysolde", "Quirijn", "Xandra", "Jorrit", "Fenna", "Gijsbert", "Lidewij", "Tjalling"}
	last := []string{"Vandrimel", "Krosbeek", "Plomperd", "Hazewind", "Druiventak", "Molenaarde", "Stormvogel", "Wiekslag", "Roodborst", "Kievitsoog", "Grutto", "Lepelaar"}
	feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now().UTC()})
	for i := range 12 {
		u := firmUser{oid: fmt.Sprintf("500%d%d", 1+i/4, i%4), name: given[i] + " " + last[i], number: fmt.Sprintf("7%d4%d", 1+i/4, 1+i%4), team: []string{"Grunwick", "Holloway", ""}[i/4]}
		f.staff = append(f.staff, u)
		feedIn(h, state.Name{Kind: state.NameUser, OID: u.oid, Text: u.name, Number: u.number})
	}
	for _, l := range f.lines {
		feedIn(h, state.Name{Kind: state.NameLine, OID: l.Line, Text: l.Name, Number: l.Number})
	}
	for i := range 20 {
		p := state.Party{Number: fmt.Sprintf("+3197%02d%d%d%d%d%d%d", 30+i, 3+i%7, 9, 5, 7-i%5, 3, 5+i%4), Addressable: fmt.Sprintf("a%d", i), SyncID: fmt.Sprintf("crm-%d-77553", i), SyncSource: "Ledgerhouse", UserAddressable: ""}
		name := "Bakkerij " + last[11-i%12] + "zoon " + given[i%12]
		if i%5 == 4 {
			name = p.Number[1:] // a PBX gives the number as name where it knows none
		}
		f.customers = append(f.customers, p)
		feedIn(h, state.Name{Kind: state.NameAddressable, OID: p.Addressable, Text: name})
	}
	return f
}

// step lets a bit of the day happen.
func (f *firm) step() {
	time.Sleep(time.Duration(1+f.rng.IntN(3)) * time.Second)
	f.h.Apply(state.Input{Fact: state.Proof{RoundTrip: time.Millisecond}})
	switch n := f.rng.IntN(10); {
	case len(f.up) < 4 || n < 4 && len(f.up) < 20:
		f.rings()
	case n < 7:
		f.answers()
	default:
		f.hangsUp()
	}
}

func (f *firm) party(u firmUser) state.Party {
	return state.Party{FlowID: fmt.Sprintf("flow-u-%d", f.next), User: u.oid, Number: u.number}
}

func (f *firm) rings() {
	f.next++
	at := f.rng.IntN(len(f.staff))
	who, customer := f.staff[at], f.customers[f.rng.IntN(len(f.customers))]
	team := f.staff // whoever may have to do with it
	line := f.lines[f.rng.IntN(3)].Line
	if f.apart {
		own := at / 4
		team, line = f.staff[4*own:4*own+4], f.lines[own].Line
		customer = f.customers[own+3*f.rng.IntN(6)]
	}
	customer.FlowID, customer.CallLog = fmt.Sprintf("flow-c-%d", f.next), fmt.Sprintf("log-%d", f.next)
	ev := state.Event{
		Type: state.NewCall, CallID: fmt.Sprintf("SIP/gate-%08x", f.next), Initiation: "DIALPLAN " + customer.Number,
		Caller: customer, Callee: f.party(who), Line: line, Duration: -1,
	}
	switch f.rng.IntN(8) {
	case 0: // out
		ev.Caller, ev.Callee, ev.Line = ev.Callee, ev.Caller, ""
	case 1: // among colleagues
		ev.Caller, ev.Line = f.party(team[f.rng.IntN(len(team))]), ""
		if ev.Caller.User == ev.Callee.User {
			return
		}
		ev.Caller.FlowID += "x"
	case 2: // to a mobile, of which nothing else is known
		ev.Callee = state.Party{FlowID: ev.Callee.FlowID, Number: f.customers[19].Number}
	case 3: // withheld
		ev.Caller.Number, ev.Caller.Addressable = "anonymous", ""
	}
	f.up = append(f.up, firmCall{event: ev})
	feedIn(f.h, ev)
	if f.rng.IntN(3) == 0 { // and a second telephone
		ev.Callee = f.party(team[f.rng.IntN(len(team))])
		ev.Callee.FlowID += "b"
		feedIn(f.h, ev)
	}
}

func (f *firm) answers() {
	i := f.rng.IntN(len(f.up))
	c := &f.up[i]
	c.event.Type, c.answers = state.Connected, true
	feedIn(f.h, c.event)
}

func (f *firm) hangsUp() {
	i := f.rng.IntN(len(f.up))
	c := f.up[i]
	f.up = append(f.up[:i], f.up[i+1:]...)
	if !c.answers && c.event.Callee.User != "" {
		missed := c.event
		missed.Type = state.Missed
		feedIn(f.h, missed)
	}
	c.event.Type, c.event.Duration = state.HungUp, time.Duration(f.rng.IntN(100))*time.Second
	feedIn(f.h, c.event)
}

// leaks finds what a lens hides in what it gave out.
type leaks struct {
	digits []string // runs of seven digits that hold hidden ones
	texts  []string // as they are
	frames int
	bytes  int
}

// hides adds a number whose last three digits at least are hidden.
func (l *leaks) hides(number string, wholly bool) {
	digits := strings.Trim(number, "+")
	const window = 7
	least := len(digits) - 2 // end of the first window with a hidden digit
	if wholly {
		least = window
	}
	for end := least; end <= len(digits); end++ {
		l.digits = append(l.digits, digits[end-window:end])
	}
}

// look complains about a leak.
func (l *leaks) look(t testing.TB, what string, b []byte) {
	t.Helper()
	l.frames++
	l.bytes += len(b)
	if found := l.find(string(b)); found != "" {
		t.Fatalf("%s tells %s", what, found)
	}
}

// find is what is told that should not be, with what stands around it. What
// people put between digits is left out first, so that no grouping hides one.
func (l *leaks) find(text string) string {
	for _, s := range l.texts {
		if i := strings.Index(text, s); i >= 0 {
			return fmt.Sprintf("%q: …%s…", s, text[max(0, i-200):min(len(text), i+200)])
		}
	}
	bare := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-.()/", r) {
			return -1
		}
		return r
	}, text)
	for _, s := range l.digits {
		if i := strings.Index(bare, s); i >= 0 {
			return fmt.Sprintf("%q: …%s…", s, bare[max(0, i-200):min(len(bare), i+200)])
		}
	}
	return ""
}
