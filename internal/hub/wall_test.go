package hub

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/teams"
	"callboard/views"
)

// prove lets time pass while the PBX answers.
func prove(h *Hub, d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(time.Second)
		feedIn(h, state.Proof{RoundTrip: time.Millisecond})
	}
	h.painter.paint()
}

// targets are the lines under the numbers.
func targets(hs []views.Headline) string {
	var out []string
	for _, h := range hs {
		out = append(out, strings.Replace(h.Target, "{age}", h.Age.Text, 1))
	}
	return strings.Join(out, " | ")
}

// Unknown is never zero on a wall, a ratio of nothing is n/a, and what is over
// its limit says so in words.
func TestWallNumbers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{})
		const none = "– | – | – | – | – | –"
		if w := picture1(t, h, PageWall, "layout=numbers").Wall; values(w.Numbers) != none {
			t.Errorf("a board that knows nothing: %s", values(w.Numbers))
		}
		if w := picture1(t, h, PageWall, "layout=line").Wall; values(w.Line) != none {
			t.Errorf("a line of which nothing is known: %s", values(w.Line))
		}
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings(), call(2).rings(), call(2).answers(), state.Name{Kind: state.NameLine, OID: "1601", Text: "Verkoop"})
		prove(h, 12*time.Second)
		w := picture1(t, h, PageWall, "layout=numbers").Wall
		if got, want := values(w.Numbers), "1 | 1 | 1 of 3 | 100 % | 50 % | 1"; got != want {
			t.Errorf("numbers %s, want %s", got, want)
		}
		if got, want := targets(w.Numbers), "longest 0:12 | 0 internal | no call seen | target 80 % in 20 s | target 80 % | oldest 0:12"; got != want {
			t.Errorf("targets %s, want %s", got, want)
		}
		prove(h, 20*time.Second)
		w = picture1(t, h, PageWall, "layout=numbers").Wall
		if n := w.Numbers[0]; n.Alarm == "" || n.Target != "{age}, over 0:30" || n.Age.Text != "0:32" {
			t.Errorf("ringing for 32 s: %+v", n)
		}
		if w.Band.Text != "Verkoop rings {age}" || w.Band.Age.Text != "0:32" {
			t.Errorf("band %+v", w.Band)
		}
		if w := picture1(t, h, PageWall, "layout=line&line=1602").Wall; values(w.Line) != "0 | 1 | 0 | 100 % | 100 % | 0" {
			t.Errorf("another line: %s", values(w.Line))
		}
	})
}

// People stand by team and by what they do: who needs help, who rings, who is
// free, who talks. A filter leaves the others out.
func TestWallPeople(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of, err := teams.Parse("teams.yaml", []byte("teams:\n  - name: Verkoop\n    users: [\"2001\", \"2002\"]\n  - name: Support\n    users: [\"2003\"]\n"))
		if err != nil {
			t.Fatal(err)
		}
		h := New(Options{Setup: Setup{Teams: of}})
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings(), call(2).rings(), call(2).answers(), call(3).rings(), call(3).hangsUp())
		prove(h, 31*time.Second)
		names := func(w *views.Wall) string {
			var out []string
			for _, c := range w.People.Cells {
				name := c.Name
				if c.ID == "" {
					name = "[" + name + ": " + c.Note + "]"
				}
				if c.Alarm {
					name += "!"
				}
				out = append(out, name)
			}
			return strings.Join(out, " ")
		}
		pic := picture1(t, h, PageWall, "layout=people")
		if got, want := names(pic.Wall), "[Verkoop: 0 of 2 free] 2001! 2002 [Support: 1 of 1 free] 2003 [No team: 1 of 1 free] 2000"; got != want {
			t.Errorf("people %s\nwant   %s", got, want)
		}
		if one := picture1(t, h, PageWall, "layout=people&team=Support"); names(one.Wall) != "2003" {
			t.Errorf("one team: %s", names(one.Wall))
		}
	})
}

// Two walls that show the same have the same code, and another picture has
// another one, though a wall of numbers has no rows.
func TestWallCode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{})
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings())
		h.painter.paint()
		one := picture1(t, h, PageWall, "layout=numbers")
		other := picture1(t, h, PageWall, "layout=numbers&inches=75&metres=4&rotate=20")
		if one.Strip.Code != other.Strip.Code || !one.Strip.Sealed {
			t.Errorf("the same numbers on two walls: %s and %s, sealed %t", one.Strip.Code, other.Strip.Code, one.Strip.Sealed)
		}
		v, err := h.Join(mustQuery(t, PageWall, "layout=numbers"), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		rest(t, v, p)
		feedIn(h, call(1).answers())
		prove(h, 2*time.Second) // the day's numbers follow within a second
		later := picture1(t, h, PageWall, "layout=numbers")
		if later.Strip.Code == one.Strip.Code {
			t.Errorf("a call was answered, and the code stays %s", later.Strip.Code)
		}
		rest(t, v, p)
		if !strings.Contains(p.parts["p-strip"], later.Strip.Code) {
			t.Errorf("the wall was told %s, its code is %s", p.parts["p-strip"], later.Strip.Code)
		}
		prove(h, 3*time.Second)
		if code := picture1(t, h, PageWall, "layout=numbers").Strip.Code; code != later.Strip.Code {
			t.Errorf("only time passed, and the code turned from %s to %s", later.Strip.Code, code)
		}
	})
}

// A wall of several layouts has all of them in one picture and one stream.
func TestWallTurnsThroughOnePicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{})
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings())
		h.painter.paint()
		pic := picture1(t, h, PageWall, "rotate=numbers,people,line,calls,15&inches=24&metres=20")
		w := pic.Wall
		if len(w.Layouts) != 4 || w.Layouts[0].Name != "numbers" || w.PageTime != 15*time.Second || len(pic.Items) != 1 ||
			len(w.Numbers) != 6 || len(w.Line) != 6 || len(w.People.Cells) == 0 {
			t.Errorf("%d layouts, %s a page, %d rows, %d numbers, %d of the line, %d people", len(w.Layouts), w.PageTime, len(pic.Items), len(w.Numbers), len(w.Line), len(w.People.Cells))
		}
		for _, l := range w.Layouts {
			if !strings.Contains(l.TooSmall, "from 20 m") || !strings.Contains(l.TooSmall, "24 inches") {
				t.Errorf("%s from 20 m on 24 inches: %q", l.Name, l.TooSmall)
			}
		}
	})
}

// Outside opening hours a wall is dim, unless something needs a person.
func TestWallDims(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // a bubble begins on Saturday at midnight UTC
		r := rules.Default()
		r.Opening.Days[time.Saturday] = []rules.Hours{{From: 60, To: 120}}
		h := New(Options{Zone: time.UTC, Setup: Setup{Rules: r}})
		feedIn(h, liveFacts()...)
		dim := func() bool { return picture1(t, h, PageWall, "").Wall.Dim }
		if !dim() {
			t.Error("bright at night")
		}
		feedIn(h, call(1).rings())
		prove(h, 31*time.Second)
		if dim() {
			t.Error("dim while a customer rings too long")
		}
		feedIn(h, call(1).hangsUp())
		prove(h, time.Hour)
		if dim() {
			t.Error("dim at one o'clock")
		}
		prove(h, time.Hour)
		if !dim() {
			t.Error("bright after hours")
		}
	})
}

// The band says who or which line, for how long, and the limit; a number that
// came back within its limit is not said to be beyond it.
func TestWallBand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := rules.Default()
		r.Waiting = rules.Limit{Over: 2, Deadband: 2, Off: time.Minute}
		r.Missed = rules.Limit{Over: 60}
		h := New(Options{Setup: Setup{Rules: r}})
		band := func(query string) string {
			b := picture1(t, h, PageWall, query).Wall.Band
			return strings.Replace(b.Text, "{age}", b.Age.Text, 1) + " / " + b.Note
		}
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings(), call(2).rings(), call(3).rings())
		prove(h, 5*time.Second)
		if got := band(""); got != "3 customers ring at once, limit 2 / " {
			t.Errorf("three ring: %s", got)
		}
		feedIn(h, call(2).hangsUp(), call(3).answers())
		prove(h, 5*time.Second)
		for lang, want := range map[string]string{"en": "1 customer rings, was over 2 / ", "de": "1 Kunde klingelt, war über 2 / "} {
			if got := band("lang=" + lang); got != want {
				t.Errorf("one of three rings on: %s, want %s", got, want)
			}
		}
		prove(h, 51*time.Second)
		if got := band(""); got != "1601 rings 1:01 / limit 0:30" {
			t.Errorf("one rings too long: %s", got)
		}
		feedIn(h, call(1).answers())
		prove(h, time.Second)
		prove(h, 89*time.Second)
		if got := band("lang=nl"); got != "2 niet teruggebeld, oudste 2:31 / grens 1:00" {
			t.Errorf("one was not called back: %s", got)
		}
		if n := headline(t, picture1(t, h, PageBoard, "").Board, "missed"); n.Alarm == "" {
			t.Errorf("the board does not say so: %+v", n)
		}
		prove(h, 30*time.Minute)
		if got := band(""); !strings.HasPrefix(got, "2 long talks, longest 32:") {
			t.Errorf("two talk too long: %s", got)
		}
	})
}
