package hub

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
	"callboard/internal/teams"
	"callboard/views"
)

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	hidden = regexp.MustCompile(`(?s)<span class="sr-only.*?</span>`)
)

// seen is what an eye sees of an item: its words.
func seen(it views.Item) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(hidden.ReplaceAllString(string(it.HTML), ""), " ")), " ")
}

// faces are the tiles and heads of the page of people, one line each.
func faces(t *testing.T, h *Hub, raw string) []string {
	t.Helper()
	var out []string
	for _, it := range picture1(t, h, PagePeople, raw).Items {
		out = append(out, seen(it))
	}
	return out
}

func team(t *testing.T, text string) *teams.Teams {
	t.Helper()
	of, err := teams.Parse("teams.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return of
}

// The pages of people, lines and missed customers follow one customer who gives
// up at Anna's telephone and is called back by her.
func TestPeopleLinesMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		anna := state.Party{FlowID: "a1", User: "501", Number: "201"}
		customer := state.Party{FlowID: "c1", Number: "+31205550101"}
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: h.Now()}) // the first event proves the feed
		feedIn(h, state.Name{Kind: state.NameUser, OID: "501", Text: "Anna de Vries", Number: "201"},
			state.Name{Kind: state.NameUser, OID: "502", Text: "Bas Jansen", Number: "202"},
			state.Name{Kind: state.NameLine, OID: "1601", Text: "Sales"})
		event := func(typ state.EventType, id string, caller, callee state.Party) {
			feedIn(h, state.Event{Type: typ, CallID: id, Caller: caller, Callee: callee, Line: "1601", Duration: -1})
			time.Sleep(2 * time.Second)
		}
		want := func(when string, anna, bas string) {
			t.Helper()
			got := faces(t, h, "")
			if !slices.Equal(got, []string{anna, bas}) && !slices.Equal(got, []string{bas, anna}) {
				t.Errorf("%s:\n%s\nwant\n%s\n%s", when, strings.Join(got, "\n"), anna, bas)
			}
		}
		event(state.NewCall, "X", customer, anna)
		want("while Anna's telephone rings", "Anna de Vries 201 Ringing 0:02 +31 20 555 01 01", "Bas Jansen 202 No call seen ≥ 0:02")
		if rows := picture1(t, h, PageLines, "").Lines.Rows; len(rows) != 2 || rows[0].Name != "Sales" || rows[0].Ringing.Value != "1" || rows[0].Offered.Value != "1" || rows[0].Rate.Value != "n/a" || !rows[1].Total {
			t.Errorf("lines while it rings: %+v", rows)
		}
		time.Sleep(40 * time.Second)
		feedIn(h, state.Proof{})
		time.Sleep(2 * time.Second)
		if pic := picture1(t, h, PagePeople, ""); !strings.Contains(string(pic.Items[0].HTML), `class="tile alarm"`) {
			t.Errorf("past the limit: %s", pic.Items[0].HTML)
		}
		event(state.Missed, "X", customer, anna)
		event(state.HungUp, "X", customer, anna)
		want("after the customer gave up", "Anna de Vries 201 No call seen 0:02 1 missed", "Bas Jansen 202 No call seen ≥ 0:48")
		if rows := picture1(t, h, PageLines, "").Lines.Rows; rows[0].Unanswered.Value != "1" || rows[0].Rate.Value != "0 %" {
			t.Errorf("lines after the customer gave up: %+v", rows)
		}
		back, called := anna, customer
		back.FlowID, called.FlowID = "a2", "c2"
		event(state.NewCall, "Y", back, called)
		event(state.Connected, "Y", back, called)
		want("Anna calls back", "Anna de Vries 201 Talking out 0:02 +31 20 555 01 01 1 missed", "Bas Jansen 202 No call seen ≥ 0:52")
	})
}

// Before the first call event nobody is called free, nothing is zero.
func TestPeopleBeforeAnyProof(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: h.Now()},
			state.Name{Kind: state.NameUser, OID: "501", Text: "Anna de Vries", Number: "201"})
		time.Sleep(2 * time.Second)
		if got := faces(t, h, ""); !slices.Equal(got, []string{"Anna de Vries 201 –"}) {
			t.Errorf("unproven: %q", got)
		}
		if got := faces(t, h, "state=free"); len(got) != 0 {
			t.Errorf("unproven: %q are called free", got)
		}
		if m := picture1(t, h, PageMissed, "").Missed; m.Empty.Kind != "unproven" {
			t.Errorf("unproven: nobody to call back is claimed: %+v", m)
		}
	})
}

// company is a hub with n people in two teams and none, live.
func peopleOf(t testing.TB, n int, opt Options) (h *Hub, stop func()) {
	h, stop = run(t, opt)
	feedIn(h, liveFacts()...)
	for i := range n {
		feedIn(h, state.Name{Kind: state.NameUser, OID: fmt.Sprintf("5%03d", i), Text: fmt.Sprintf("Person %03d", i), Number: fmt.Sprintf("2%03d", i)})
	}
	return h, stop
}

// Teams stand in the order of the file with who is in none at the end, and who
// needs attention stands first in the team; the query chooses.
func TestPeopleByTeam(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := team(t, "teams:\n  - name: Verkoop\n    users: [2003, 2001]\n  - name: Bureau\n    users: [2000]\n")
		h, stop := peopleOf(t, 5, Options{Zone: time.UTC, Setup: Setup{Teams: of}})
		defer stop()
		feedIn(h, call(3).rings(), call(4).rings(), call(4).answers())
		time.Sleep(2 * time.Second)
		names := func(raw string) string {
			var out []string
			for _, it := range picture1(t, h, PagePeople, raw).Items {
				words := strings.Fields(seen(it))
				if strings.HasPrefix(it.ID, "t-") {
					out = append(out, strings.Join(words, " "))
				} else {
					out = append(out, words[1])
				}
			}
			return strings.Join(out, "; ")
		}
		for _, c := range []struct{ raw, want string }{
			{"", "Verkoop 1 of 2 free 1 ringing; 003; 001; Bureau 1 of 1 free; 000; No team 1 of 2 free 1 talking; 004; 002"},
			{"team=VERKOOP", "Verkoop 1 of 2 free 1 ringing; 003; 001"},
			{"team=none+such", ""},
			{"state=free", "Verkoop 1 of 1 free; 001; Bureau 1 of 1 free; 000; No team 1 of 1 free; 002"},
			{"state=ringing", "Verkoop 0 of 1 free 1 ringing; 003"},
			{"q=person+00+", "Verkoop 1 of 2 free 1 ringing; 003; 001; Bureau 1 of 1 free; 000; No team 1 of 2 free 1 talking; 004; 002"},
			{"q=2004", "No team 0 of 1 free 1 talking; 004"},
			{"sort=state", "003; 004; 000; 001; 002"},
		} {
			if got := names(c.raw); got != c.want {
				t.Errorf("%q shows\n%s\nwant\n%s", c.raw, got, c.want)
			}
		}
		if e := picture1(t, h, PagePeople, "q=nobody").People.Empty; e.Kind != "filtered" {
			t.Errorf("nobody fits: %+v", e)
		}
		for _, c := range []struct {
			raw  string
			want int
		}{{"team=Verkoop", 1}, {"team=bureau", 0}, {"team=none+such", 0}} {
			rows := 0
			for _, it := range picture1(t, h, PageBoard, c.raw).Items {
				if strings.HasPrefix(it.ID, "c") {
					rows++
				}
			}
			if rows != c.want {
				t.Errorf("the board of %s shows %d calls, want %d", c.raw, rows, c.want)
			}
		}
	})
}

// One person's change costs one tile and no more bytes than a tile has, and
// tiles change places at most every two seconds.
func TestOneTilePerChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := peopleOf(t, 300, Options{Zone: time.UTC})
		defer stop()
		v, err := h.Join(mustQuery(t, PagePeople, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		rest(t, v, p)
		settle := func() { time.Sleep(3 * time.Second); rest(t, v, p) }
		settle()
		if len(p.ids) != 300 {
			t.Fatalf("%d tiles, want 300", len(p.ids))
		}
		feedIn(h, call(200).rings())
		settle()
		before, frames := h.Stats().RowRenders, len(p.frames)
		feedIn(h, call(250).rings())
		time.Sleep(time.Second)
		rest(t, v, p)
		if n := h.Stats().RowRenders - before; n != 1 {
			t.Errorf("one telephone rings: %d tiles rendered, want 1", n)
		}
		if n := len(p.frames) - frames; n != 1 {
			t.Errorf("one telephone rings: %d frames, want 1", n)
		}
		at := func(id string) int { return slices.Index(p.ids, id) }
		second := "u" + shortSum("5250")
		if at(second) != 1 {
			t.Errorf("the tile stands at %d after a quiet while, want 1", at(second))
		}
		feedIn(h, call(200).hangsUp())
		time.Sleep(500 * time.Millisecond)
		rest(t, v, p)
		if at(second) != 1 {
			t.Error("a tile moved within two seconds of another move")
		}
		settle()
		if at(second) != 0 {
			t.Errorf("the tile stands at %d two seconds later, want 0", at(second))
		}
		if err := p.matches(picture1(t, h, PagePeople, "")); err != nil {
			t.Error(err)
		}
	})
}

// Equal pages have equal codes, whichever process made them.
func TestTilesNameTheirContent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one, stopOne := peopleOf(t, 20, Options{Zone: time.UTC})
		defer stopOne()
		two, stopTwo := peopleOf(t, 20, Options{Zone: time.UTC})
		defer stopTwo()
		feedIn(one, call(7).rings())
		feedIn(two, call(7).rings())
		time.Sleep(time.Second)
		if a, b := picture1(t, one, PagePeople, "").Hash, picture1(t, two, PagePeople, "").Hash; a != b {
			t.Errorf("two screens of the same people show %s and %s", a, b)
		}
	})
}

// The page of lines: sections of lines and teams, the rows in the order of
// their names, a number where a line has no name, and every number leading to
// where it is explained.
func TestLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := team(t, "teams:\n  - name: Binnen\n    users: [2002]\n    lines: [Verkoop]\n  - name: Leer\n")
		h, stop := peopleOf(t, 5, Options{Zone: time.UTC, Setup: Setup{Teams: of}})
		defer stop()
		feedIn(h, state.Name{Kind: state.NameLine, OID: "1601", Text: "Verkoop", Number: "+31205550200"},
			state.Name{Kind: state.NameLine, OID: "1602", Text: "Support", Number: "+31205550210"},
			state.Name{Kind: state.NameLine, OID: "1701", Text: "+31205550299", Number: "+31205550299"},
			state.Name{Kind: state.NameLine, OID: "18502", Text: "Person 002", Number: "2002"}) // a telephone, no line of the company
		at := func(n int, line string, callee int) testCall {
			c := call(n)
			c.event.Line = line
			c.event.Callee.User, c.event.Callee.Number = fmt.Sprintf("5%03d", callee), fmt.Sprintf("2%03d", callee)
			return c
		}
		sold, rings, helped := at(1, "1601", 1), at(2, "1601", 3), at(3, "1602", 2)
		feedIn(h, sold.rings(), helped.rings())
		time.Sleep(25 * time.Second)
		feedIn(h, state.Proof{}, sold.answers(), rings.rings())
		time.Sleep(10 * time.Second)
		feedIn(h, state.Proof{}, helped.hangsUp())
		time.Sleep(10 * time.Second)
		feedIn(h, state.Proof{})
		time.Sleep(2 * time.Second)
		show := func(raw string) string {
			var out []string
			for _, r := range picture1(t, h, PageLines, raw).Lines.Rows {
				if r.Section != "" {
					out = append(out, r.Section)
					continue
				}
				out = append(out, fmt.Sprintf("%s (%s): %s ringing %s, %s talking, %s offered, %s answered, %s unanswered, level %s, rate %s", r.Name, r.Number,
					r.Ringing.Value, r.Longest.Text, r.Talking.Value, r.Offered.Value, r.Answered.Value, r.Unanswered.Value, r.Level.Value, r.Rate.Value))
			}
			return strings.Join(out, "\n")
		}
		want := `Lines
+31 20 555 02 99 (): 0 ringing –, 0 talking, 0 offered, 0 answered, 0 unanswered, level n/a, rate n/a
1600 (): 0 ringing –, 0 talking, 1 offered, 0 answered, 1 unanswered, level n/a, rate 0 %
Support (+31 20 555 02 10): 0 ringing –, 0 talking, 1 offered, 0 answered, 1 unanswered, level 0 %, rate 0 %
Verkoop (+31 20 555 02 00): 1 ringing 0:22, 1 talking, 2 offered, 1 answered, 0 unanswered, level 0 %, rate 100 %
All lines (): 1 ringing 0:22, 1 talking, 4 offered, 1 answered, 2 unanswered, level 0 %, rate 33 %
Teams
Binnen (): 1 ringing 0:22, 1 talking, 3 offered, 1 answered, 1 unanswered, level 0 %, rate 50 %
Leer (): 0 ringing –, 0 talking, 0 offered, 0 answered, 0 unanswered, level n/a, rate n/a`
		if got := show(""); got != want {
			t.Errorf("lines:\n%s\nwant\n%s", got, want)
		}
		rows := picture1(t, h, PageLines, "lang=nl").Lines.Rows
		sales := rows[4]
		for name, c := range map[string][2]string{
			"name": {sales.URL, "/?lang=nl&line=1601"}, "ringing": {sales.Ringing.URL, "/?lang=nl&line=1601&state=ringing"},
			"level": {sales.Level.URL, "/numbers?lang=nl&line=1601"}, "unanswered": {sales.Unanswered.URL, "/numbers?lang=nl&line=1601&n=unanswered"},
			"team": {rows[7].Offered.URL, "/numbers?lang=nl&n=offered&team=Binnen"},
		} {
			if c[0] != c[1] {
				t.Errorf("the %s leads to %s, want %s", name, c[0], c[1])
			}
		}
		if got := show("team=binnen"); !strings.Contains(got, "Verkoop") || strings.Contains(got, "Support") || !strings.Contains(got, "Binnen (): 1 ringing") {
			t.Errorf("the lines of a team:\n%s", got)
		}
		if n := len(sales.Hours.Bars); n == 0 || !sales.Hours.Bars[n-1].Running || !strings.HasSuffix(sales.Hours.Bars[n-1].Title, ": 2, tot nu toe") {
			t.Errorf("by hour: %+v", sales.Hours)
		}
		feedIn(h, at(4, "", 4).rings())
		time.Sleep(2 * time.Second)
		if got := show(""); !strings.Contains(got, "\nNo line (): 1 ringing 0:02, 0 talking, 1 offered, 0 answered, 0 unanswered, level n/a, rate n/a\nAll lines (): 2 ringing 0:24, 1 talking, 5 offered,") {
			t.Errorf("with a call straight to a telephone:\n%s", got)
		}
		if got := show("team=binnen"); strings.Contains(got, "No line") {
			t.Errorf("a team's lines with calls of others:\n%s", got)
		}
		feedIn(h, state.Link{State: state.LinkDown, Code: "reset", Reason: "The network broke"}, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: h.Now()})
		time.Sleep(2 * time.Second)
		if got := picture1(t, h, PageLines, "").Lines.Rows[4]; got.Offered.Value != "≥ 2" || !strings.Contains(got.Hours.Text, "≥ 2") {
			t.Errorf("after a gap %s offered, by hour %s; want leasts", got.Offered.Value, got.Hours.Text)
		}
	})
}

// Nothing is painted as zero before the feed is proven.
func TestLinesBeforeAnyProof(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: h.Now()},
			state.Name{Kind: state.NameLine, OID: "1601", Text: "Verkoop", Number: "+31205550200"})
		time.Sleep(2 * time.Second)
		for _, r := range picture1(t, h, PageLines, "").Lines.Rows {
			for _, f := range []views.LineFigure{r.Ringing, r.Talking, r.Offered, r.Answered, r.Unanswered, r.Level, r.Rate} {
				if f.Value != "–" {
					t.Errorf("%s shows %q while nothing is proven", r.Name, f.Value)
				}
			}
			if r.Hours.Text != "" {
				t.Errorf("%s: %q by hour while nothing is proven", r.Name, r.Hours.Text)
			}
		}
	})
}
