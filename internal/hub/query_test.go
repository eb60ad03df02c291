package hub

import (
	"errors"
	"strings"
	"testing"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

func contained(text string, all ...string) bool {
	for _, s := range all {
		if !strings.Contains(text, s) {
			return false
		}
	}
	return true
}

func TestParseQuery(t *testing.T) {
	for _, c := range []struct{ page, in, canonical string }{
		{PageBoard, "", ""},
		{PageBoard, "dir=INBOUND&line=+Sales++West+", "dir=inbound&line=Sales+West"},
		{PageBoard, "state=talking", "state=connected"},
		{PageBoard, "hide=legs,doubt&hide=legs&hide=", "hide=doubt%2Clegs"},
		{PageBoard, "density=dense&sort=&q=", ""},
		{PageBoard, "lang=en", "lang=en"}, // a choice, also where English is what the browser prefers
		{PageWall, "lang=NL", "lang=nl"},
		{PageBoard, "density=comfortable&sort=-age&theme=dark", "density=comfortable&sort=-age&theme=dark"},
		{PageBoard, "utm_source=x&inches=banana&last=b1946-7", ""},
		{PageBoard, "dir=inbound&dir=nonsense", "dir=inbound"},
		{PageWall, "inches=55&metres=5&rotate=8", ""},
		{PageWall, "inches=43.0&metres=3,5&rotate=20s&hide=nonsense", "inches=43&metres=3.5&rotate=20"},
		{PageWall, "rotate=off", "rotate=off"},
		{PageWall, "layout=calls", ""},
		{PageWall, "layout=NUMBERS&team=Support", "layout=numbers&team=Support"},
		{PageWall, "rotate=numbers", "layout=numbers"},
		{PageWall, "rotate=calls,8", ""},
		{PageWall, "rotate=numbers,+calls,people", "rotate=numbers%2Ccalls%2Cpeople"},
		{PageWall, "rotate=numbers,calls,15s&layout=line", "rotate=numbers%2Ccalls%2C15"},
		{PageWall, "rotate=15,numbers,numbers,calls,", "rotate=numbers%2Ccalls%2C15"},
		{PageWall, "layout=line&rotate=20", "layout=line&rotate=20"},
		{PageStatus, "theme=light&q=ignored", "theme=light"},
		{PageCall, "call=42", ""},
	} {
		q, err := ParseQuery(c.page, parseValues(t, c.in))
		if err != nil {
			t.Errorf("%s?%s: %v", c.page, c.in, err)
			continue
		}
		if got := q.Values().Encode(); got != c.canonical {
			t.Errorf("%s?%s: canonical form %q, want %q", c.page, c.in, got, c.canonical)
		}
		again, err := ParseQuery(c.page, q.Values())
		if again.Call = q.Call; err != nil || again.Key() != q.Key() {
			t.Errorf("%s?%s: the canonical form reads as another view: %q, %q, %v", c.page, c.in, q.Key(), again.Key(), err)
		}
	}
}

func TestParseQueryRefuses(t *testing.T) {
	for _, c := range []struct{ page, in, field, want string }{
		{"seats", "", "page", "board"},
		{PageBoard, "dir=sideways", "dir", "inbound, outbound, internal"},
		{PageBoard, "state=gone", "state", "ringing, connected, internal, doubt"},
		{PageBoard, "sort=--age", "sort", "age, line"},
		{PageBoard, "hide=state", "hide", "line, caller"},
		{PageBoard, "density=tight", "density", "comfortable"},
		{PageBoard, "theme=pink", "theme", "dark, light, contrast"},
		{PageBoard, "lang=xx", "lang", "en"},
		{PageBoard, "q=a%00b", "q", "control characters"},
		{PageBoard, "q=%ff%fe", "q", "control characters"},
		{PageBoard, "line=" + strings.Repeat("x", 101), "line", "at most 100"},
		{PageWall, "inches=0", "inches", "3 to 1000"},
		{PageWall, "inches=NaN", "inches", "3 to 1000"},
		{PageWall, "metres=-1", "metres", "0.2 to 200"},
		{PageWall, "rotate=soon", "rotate", "2 to 3600"},
		{PageWall, "rotate=numbers,faces", "rotate", "calls, numbers, people, line"},
		{PageWall, "rotate=numbers,10,20", "rotate", "2 to 3600"},
		{PageWall, "rotate=numbers,off", "rotate", "off"},
		{PageWall, "rotate=numbers,1000000", "rotate", "2 to 3600"},
		{PageWall, "layout=seats", "layout", "calls, numbers, people, line"},
		{PageCall, "call=x", "call", "number of a call"},
	} {
		_, err := ParseQuery(c.page, parseValues(t, c.in))
		var bad *QueryError
		if !errors.As(err, &bad) || bad.Field != c.field || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s?%s: %v, want an error of %s that names %s", c.page, c.in, err, c.field, c.want)
		}
		if err != nil && len(err.Error()) > 250 {
			t.Errorf("%s?%s: the error is %d bytes long", c.page, c.in, len(err.Error()))
		}
	}
}

func TestQueryURL(t *testing.T) {
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Page: PageBoard}, "/"},
		{Query{Page: PageBoard, Dir: "inbound"}, "/?dir=inbound"},
		{Query{Page: PageCall, Call: 42}, "/calls/42"},
		{Query{Page: PageStatus, Theme: "dark"}, "/status?theme=dark"},
		{Query{Page: PageBoard, Line: "Sales", Hide: []string{"legs"}, Density: "comfortable"}.Wall(), "/wall?line=Sales"},
		{Query{Page: PagePeople, Team: "Support", State: "free"}.Wall(), "/wall?layout=people&team=Support"},
		{Query{Page: PageLines}.Wall(), "/wall?layout=numbers"},
		{Query{Page: PageLines, Team: "Support"}.Wall(), "/wall?layout=line&team=Support"},
		{Query{Page: PageNumbers, Line: "Sales", Number: "asa", Part: "waits"}.Wall(), "/wall?layout=numbers&line=Sales"},
		{Query{Page: PageMissed}.Wall(), "/wall?layout=numbers"},
	} {
		if got := c.q.URL(); got != c.want {
			t.Errorf("%+v: %s, want %s", c.q, got, c.want)
		}
	}
}

func TestKeyTellsViewsApart(t *testing.T) {
	a, b := Query{Page: PageCall, Call: 1}, Query{Page: PageCall, Call: 2}
	if a.Key() == b.Key() {
		t.Error("two calls share a view")
	}
	masked := a
	masked.Lens.Level = privacy.LastThree
	if a.Key() == masked.Key() {
		t.Error("a masked view and an open one are the same view")
	}
	wall := Query{Page: PageWall, Theme: "dark"}
	if wall.Key() != (Query{Page: PageWall}).Key() {
		t.Error("the theme makes another wall view, though a wall's picture does not know it")
	}
}

func TestFilter(t *testing.T) {
	c := &mirrored{call: state.Call{
		Phase: state.Ringing, Direction: state.Inbound, Confidence: state.Confirmed, Line: "1601", LineName: "Verkoop",
		Caller: state.Party{Number: "+31205550101", Name: "Bäckerei Müller"},
		Callee: state.Party{User: "501", Number: "201", Name: "Anna de Vries"},
		Legs:   []state.Leg{{Side: state.CalleeSide, State: state.LegRinging, Party: state.Party{User: "502", Number: "202", Name: "Bas Jansen"}}},
	}}
	for query, want := range map[string]bool{
		"": true, "line=1601": true, "line=verkoop": true, "line=Support": false,
		"user=501": true, "user=anna+DE+vries": true, "user=201": true, "user=bas+jansen": true, "user=503": false,
		"state=ringing": true, "state=connected": false, "state=doubt": false, "state=internal": false,
		"dir=inbound": true, "dir=outbound": false,
		"q=backerei": true, "q=MULLER": true, "q=555": true, "q=20+555+01+01": true, "q=%2B31+20": true, "q=5550102": false,
		"q=verk": true, "q=bas": true, "q=nobody": false, "q=anna&dir=inbound": true, "q=anna&dir=outbound": false,
	} {
		f := newFilter(mustQuery(t, PageBoard, query))
		if got := f.match(c); got != want {
			t.Errorf("%q: match %t, want %t", query, got, want)
		}
	}
}

func TestRotate(t *testing.T) {
	if q := mustQuery(t, PageWall, "rotate=20"); q.Rotate != 20*time.Second {
		t.Errorf("rotate=20 is %s", q.Rotate)
	}
}
