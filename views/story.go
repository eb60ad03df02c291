package views

import (
	"bytes"
	"context"
	"time"

	"github.com/a-h/templ"
)

// The storybook's company, its people and its calls are invented. Its clock
// stands at 22 November 2026, 13:10:06 UTC.

const storyNow int64 = 1795353006000

func storyAge(seconds int64, atLeast bool) Age {
	return Age{Since: storyNow - seconds*1000, AtLeast: atLeast, Text: FormatAge(time.Duration(seconds)*time.Second, atLeast)}
}

func storyLegs(marks ...string) []Leg {
	legs := make([]Leg, len(marks))
	for i, m := range marks {
		legs[i] = Leg{Mark: m}
	}
	return legs
}

var (
	stRinging     = State{Glyph: "ring", Word: "Ringing", Tone: ToneRing}
	stRingingOut  = State{Glyph: "ring", Word: "Ringing out", Tone: ToneRing}
	stTalking     = State{Glyph: "talk", Word: "Talking", Tone: ToneTalk}
	stTalkingOut  = State{Glyph: "talk", Word: "Talking out", Tone: ToneTalk}
	stInternal    = State{Glyph: "internal", Word: "Internal", Tone: ToneIdle}
	stInferred    = State{Glyph: "inferred", Word: "Talking", Tone: ToneTalk}
	stUnconfirmed = State{Glyph: "unconfirmed", Word: "Talking?", Tone: ToneTalk}
	stSuspect     = State{Glyph: "suspect", Word: "Talking?", Tone: ToneTalk}
	stAlarm       = State{Glyph: "alarm", Word: "Ringing", Tone: ToneAlarm, Alarm: true}
)

func storyRow(n, group, line string, s State, caller, callee Party, seconds int64, legs ...string) Row {
	r := Row{
		ID: "c" + n, Rev: "1", URL: "/calls/" + n, State: s, Group: group, Line: line, Caller: caller, Callee: callee,
		InState: storyAge(seconds, false), Total: storyAge(seconds+9, false), Legs: storyLegs(legs...), LegsText: "1 talking", Alarm: s.Alarm,
	}
	if s.Glyph == "ring" || s.Alarm {
		r.LimitMS, r.Meter, r.LegsText = 30000, min(int(seconds*24/30), 48), "1 ringing"
	}
	return r
}

// storyRows are the calls of the storybook in the order of the board.
func storyRows() []Row {
	named := func(name, number string) Party { return Party{Name: name, Number: number} }
	bare := func(number string) Party { return Party{Number: number} }
	rows := []Row{
		storyRow("4131", "needs", "Verkoop", stAlarm, named("Fam. de Boer", "+31 6 2555 01 43"), named("Anna de Vries", "201"), 47, "gone", "gone", "ringing"),
		storyRow("4134", "ringing", "Support", stRinging, named("Bakkerij Van Houten", "+31 30 555 01 18"), named("Sem Bakker", "231"), 12, "ringing"),
		storyRow("4135", "ringing", "Administratie", stRinging, bare("+31 73 555 01 62"), named("Lotte Mulder", "251"), 6, "gone", "ringing"),
		storyRow("4136", "ringing", "Verkoop", stRingingOut, named("Noor Visser", "208"), named("Bouwinfo", "+31 38 555 01 90"), 3, "ringing"),
		storyRow("4102", "talking", "Administratie", stSuspect, named("Notaris Hendriks", "+31 40 555 01 27"), named("Willem Bos", "254"), 7100, "talking"),
		storyRow("4119", "talking", "Support", stUnconfirmed, named("Hotel Gouden Leeuw", "+31 20 555 01 77"), named("Femke Smit", "233"), 1868, "talking"),
		storyRow("4127", "talking", "Verkoop", stInferred, named("Kuipers Installaties", "+31 20 555 01 01"), named("Bas Jansen", "202"), 195, "talking", "gone", "inferred"),
		storyRow("4122", "talking", "Support", stTalking, named("Tandarts Maasstad", "+31 10 555 01 35"), named("Sanne Meijer", "232"), 761, "talking"),
		storyRow("4124", "talking", "Verkoop", stTalking, named("J. van den Berg", "+31 6 2555 01 09"), named("Eva Peters", "206"), 570, "talking", "gone", "talking"),
		storyRow("4126", "talking", "Support", stTalking, named("VvE Parkzicht", "+31 70 555 01 54"), named("Ruben Vos", "235"), 362, "gone", "talking"),
		storyRow("4128", "talking", "Administratie", stTalkingOut, named("Iris Kok", "252"), bare("+31 50 555 01 66"), 295, "talking"),
		storyRow("4130", "talking", "Verkoop", stTalking, named("Verwarming Claes", "+32 3 555 01 20"), named("Thijs Dekker", "207"), 77, "talking"),
		storyRow("4133", "talking", "Support", stTalking, bare("+31 6 2555 01 81"), named("Mees de Graaf", "236"), 28, "gone", "talking"),
		storyRow("4129", "internal", "–", stInternal, named("Tim de Groot", "234"), named("Julia Kuiper", "253"), 273, "talking"),
		storyRow("4132", "internal", "–", stInternal, named("Fleur Maas", "203"), named("Pieter Schouten", "209"), 52, "talking"),
	}
	rows[4].InState = storyAge(7100, true)
	rows[4].Doubt = Doubt{Word: "Suspect", Reason: "new customer 12:31"}
	rows[5].Doubt = Doubt{Word: "Unconfirmed", Reason: "gap 12:48–12:50"}
	rows[6].Doubt = Doubt{Word: "Inferred", Reason: "transfer 13:06:51"}
	rows[6].Former, rows[6].Arrow = "Anna", ArrowDashed
	rows[8].Former, rows[8].Arrow = "Daan", ArrowProven
	return rows
}

func storyGroups() []Group {
	return []Group{
		{ID: "g-needs", Rev: "1", Name: "Needs a person", Count: "1", Note: "ringing over 0:30"},
		{ID: "g-ringing", Rev: "1", Name: "Ringing", Count: "3", Note: "limit 0:30"},
		{ID: "g-talking", Rev: "1", Name: "Talking", Count: "7 + 2?"},
		{ID: "g-internal", Rev: "1", Name: "Internal", Count: "2"},
	}
}

// storyContext holds the words of items that are rendered before their page;
// a test puts others in.
var storyContext = context.Background()

func storyItem(id, rev string, c templ.Component) Item {
	var b bytes.Buffer
	if err := c.Render(storyContext, &b); err != nil {
		panic(err) // a buffer cannot fail and the context has no end
	}
	return Item{ID: id, Rev: rev, HTML: b.Bytes()}
}

func storyItems() []Item {
	var items []Item
	for _, g := range storyGroups() {
		items = append(items, storyItem(g.ID, g.Rev, GroupItem(g)))
		for _, r := range storyRows() {
			if "g-"+r.Group == g.ID {
				items = append(items, storyItem(r.ID, r.Rev, RowItem(r)))
			}
		}
	}
	return items
}

func storyHeadlines() []Headline {
	return []Headline{
		{ID: "needs", Label: "Needs a person", Value: "1", Target: "1 call ringing too long", Alarm: "over limit", Bar: -1},
		{ID: "ringing", Label: "Ringing", Value: "4", Target: "longest {age}, limit 0:30", Age: storyAge(47, false), Bar: -1},
		{ID: "talking", Label: "Talking", Value: "7", Part: "+ 2?", Target: "and 2 internal", Bar: -1},
		{ID: "free", Label: "Free", Value: "7", Part: "of 24", Target: "no call seen on 7 people", Brief: "No call seen", URL: "/people", Bar: -1},
		{ID: "level", Label: "Service level today", Short: "Service level", Value: "83", Part: "%", Target: "target 80 % in 20 s, n ≥ 148", Brief: "target 80 %", URL: "/numbers", Bar: 83, Tick: 80},
		{ID: "missed", Label: "Missed, not returned", Short: "To call back", Value: "3", Alarm: "over target", Target: "oldest {age}, target 30:00", Brief: "oldest {age}", Age: storyAge(2530, false), URL: "/missed", Bar: -1},
	}
}

func storyStrip() Strip {
	return Strip{
		Live: "live", Words: "Live", EventMS: storyNow - 4000, Gaps: "Gaps today: 1, 2:10",
		LimitProof: "limit 20 s", LimitFrame: "limit 12.5 s", LimitEvent: "No call event, list read after 3:00",
		Code: "a7f3 2c", Proof: "0.3 s", Event: "0:04", Date: "22 Nov 2026", Build: "v1.4.0", StatusURL: "/status",
	}
}

func storyDoubt() Strip {
	s := storyStrip()
	s.Live, s.Words, s.Cut = "doubtful", "Not live", "pbx"
	s.Reason, s.AsOf, s.Attempt = "The PBX has not answered for 0:40.", "13:09:26", 4
	s.Proof, s.Event, s.Gaps = "0:40", "0:44", "Gaps today: 2, ≥ 2:50"
	s.Clock = "PBX clock 1:01:04 ahead, limit 1:30"
	s.Storage = "History paused since 10:42 (disk full)"
	return s
}

func storyBlind() Strip {
	s := storyDoubt()
	s.Live, s.Reason, s.Attempt, s.Code = "blind", "", 0, "–"
	s.Proof, s.Event = "12:04", "12:08"
	return s
}

func storyChrome(page, title string) Chrome {
	return Chrome{
		Title: title, Lang: "en", Page: page, Company: "Van Dijk Installatie", Build: "v1.4.0",
		Assets: Assets{CSS: "/static/app.css", JS: "/static/app.js", Icon: "/static/favicon.svg", Font: "/static/fonts/inter.woff2"},
		Stream: "/events?page=" + page, Cursor: "b1946ac92492d234-4711", Now: storyNow, NowText: "13:10:06", Date: "22 Nov 2026", WallURL: "/wall",
		HomeURL: "/", Nav: storyNav(page), Spoken: []LangItem{{"en", "English", "/?lang=en", true}, {"nl", "Nederlands", "/?lang=nl", false}, {"de", "Deutsch", "/?lang=de", false}},
	}
}

func storyNav(page string) []NavItem {
	w := &English
	return []NavItem{
		{Page: "board", Label: w.Board, URL: "/", Glyph: "list", Current: page == "board" || page == "call"},
		{Page: "people", Label: w.People, URL: "/people", Glyph: "people", Current: page == "people"},
		{Page: "lines", Label: w.Lines, URL: "/lines", Glyph: "lines", Current: page == "lines"},
		{Page: "missed", Label: w.Missed, URL: "/missed", Glyph: "missed", Current: page == "missed"},
		{Page: "history", Label: w.OnHistory.Title, URL: "/history", Glyph: "history", Current: page == "history"},
		{Page: "status", Label: w.Status, URL: "/status", Glyph: "status", Current: page == "status"},
	}
}

// storybookChrome is that of a page which is never live: no stream, no script
// that would look for one.
func storybookChrome(assets Assets) Chrome {
	c := storyChrome("story", "Storybook")
	c.Assets, c.Stream, c.Cursor, c.WallURL = assets, "", "", ""
	return c
}

func storyNotice() Notice {
	return Notice{Text: "Telephones at the back are out, use the front desk", Until: "until 17:00", UntilClock: "17:00"}
}

func storyNoticeChrome() Chrome {
	c := storyChrome("board", "Board")
	c.Notice, c.NoticeURL, c.BackURL = storyNotice(), "/notice", "/storybook"
	c.Stream = "" // the form does not take the focus
	return c
}

func storyBar() Bar {
	filter := func(id, label string, options ...string) Filter {
		f := Filter{ID: id, Label: label}
		for i, o := range options {
			f.Options = append(f.Options, Option{Label: o, URL: "/?" + id + "=" + milli(int64(i)), Chosen: i == 0})
		}
		return f
	}
	dir := filter("dir", "Inbound", "Inbound", "Outbound", "Internal")
	dir.Active, dir.Clear = true, "/"
	cols := filter("cols", "Columns", "Line", "Caller", "Callee", "Legs", "Doubt", "Total")
	cols.Multi = true
	return Bar{
		Filters: []Filter{
			filter("line", "All lines", "All lines", "Administratie", "Support", "Verkoop"),
			filter("user", "All people", "All people", "Anna de Vries", "Bas Jansen"),
			filter("state", "All states", "All states", "Ringing", "Talking"),
			dir,
			filter("sort", "Sort", "Alarms, then doubt, then longest", "Longest first", "Newest first"),
			cols,
			filter("density", "Density", "Dense", "Comfortable"),
		},
		Summary: "13 + 2? calls, alarms, then doubt, then longest",
	}
}

func storyEnded() []EndedRow {
	return []EndedRow{
		{URL: "/calls/4125", Party: "Dakdekkers Noord", With: "Sem Bakker", Word: "hung up", At: "13:09:41", Length: "4:12", Glyph: "talk", Tone: ToneIdle},
		{URL: "/calls/4123", Party: "Schildersbedrijf Mol", With: "Verkoop", Word: "unanswered", At: "13:08:55", Length: "0:38", Glyph: "missed", Tone: ToneIdle},
		{URL: "/calls/4121", Party: "+31 6 2555 01 12", With: "Daan Smit", Word: "hung up", At: "13:07:20", Length: "11:48", Glyph: "talk", Tone: ToneIdle},
		{URL: "/calls/4117", Party: "Praktijk Zuiderlicht", With: "Femke Smit", Word: "end lost in a gap", At: "12:48:02", Length: "≥ 3:05", Glyph: "unconfirmed", Tone: ToneIdle},
	}
}

func storySide() Side {
	side := Side{
		Free: SideList{Title: "Free", Count: "7", Note: English.OnPeople.LongestFirst, URL: "/people?state=free", More: "2 more", None: English.OnPeople.NobodyFree},
		Missed: SideList{Title: English.MissedNotReturned, Count: "3", URL: "/missed", None: English.OnNumbers.NobodyMissed, Rows: []SideRow{
			{URL: "/missed", Glyph: "missed", Tone: ToneAlarm, Name: "Schildersbedrijf Mol", Age: storyAge(2530, false), Alarm: true},
			{URL: "/missed", Glyph: "missed", Tone: ToneIdle, Name: "+31 6 2555 01 12", Number: true, With: "2×", Age: storyAge(708, false)},
			{URL: "/missed", Glyph: "missed", Tone: ToneIdle, Name: "Praktijk Zuiderlicht", Age: storyAge(185, false)},
		}},
		Lines: LinesNow{URL: "/lines", Rows: []LineNow{
			{URL: "/?line=1", Name: "Administratie", Ringing: "1", Talking: "1 + 1?", Level: "86 %"},
			{URL: "/?line=2", Name: "Storingsdienst", Ringing: "0", Talking: "0", Level: English.NA},
			{URL: "/?line=3", Name: "Support", Ringing: "1", Talking: "3 + 1?", Level: "88 %"},
			{URL: "/?line=4", Name: "Verkoop", Ringing: "2", Talking: "3", Level: "71 %", Over: true, Alarm: true},
		}},
		Hours: storyHours(13, 25, 30, 43, 31, 5),
		Ended: storyEnded(),
	}
	side.Hours.Width, side.Hours.Height = 168, 68
	side.Hours.Path, side.Hours.Before, side.Hours.BeforeText = "M0 50H27V30H55V8H83V12H111V16H139V30H167", "line: Tue 17 Nov", "Tue 17 Nov: 08 to 09: 11"
	for i := range side.Hours.Bars {
		b := &side.Hours.Bars[i]
		b.Height = b.Height * 67 / 27
		b.Y = 67 - b.Height
	}
	for _, r := range []struct {
		name, team string
		seconds    int64
		atLeast    bool
	}{{"Vera Blom", "Administratie", 3136, false}, {"Nina Jacobs", "Support", 2280, true}, {"Koen Hofman", "Support", 1591, false}, {"Hugo Timmer", "Administratie", 1194, true}, {"Lars Prins", "Verkoop", 725, false}} {
		side.Free.Rows = append(side.Free.Rows, SideRow{URL: "/?user=5", Glyph: "free", Tone: ToneIdle, Name: r.name, With: r.team, Age: storyAge(r.seconds, r.atLeast)})
	}
	return side
}

// storyNoSide is a panel of which nothing is known.
func storyNoSide() Side {
	s := storySide()
	s.Free.Rows, s.Free.Count, s.Free.Note, s.Free.More, s.Free.None = nil, "–", "", "", English.NotKnown
	s.Missed.Rows, s.Missed.Count, s.Missed.None = nil, "–", English.NotKnown
	for i := range s.Lines.Rows {
		s.Lines.Rows[i] = LineNow{URL: "/", Name: s.Lines.Rows[i].Name, Ringing: "–", Talking: "–", Level: "–"}
	}
	s.Hours, s.Ended = Hours{}, nil
	return s
}

func storyBoard() Board {
	return Board{
		Chrome: storyChrome("board", "Board"), Strip: storyStrip(), Headlines: storyHeadlines(), Bar: storyBar(),
		Density: "dense", Items: storyItems(), Side: storySide(),
	}
}
