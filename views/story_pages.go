package views

import (
	"strings"
	"time"
)

func storyBlindBoard() Board {
	b := storyBoard()
	b.Strip, b.Items = storyBlind(), nil
	b.Empty = storyEmpty("blind")
	b.Side = Side{}
	for i := range b.Headlines {
		b.Headlines[i] = Headline{ID: b.Headlines[i].ID, Label: b.Headlines[i].Label, Value: "–", Target: "unknown", Muted: true, Bar: -1}
	}
	return b
}

func storyQuietBoard() Board {
	b := storyBoard()
	b.Items, b.Empty = nil, storyEmpty("quiet")
	for i := range b.Headlines[:3] {
		b.Headlines[i] = Headline{ID: b.Headlines[i].ID, Label: b.Headlines[i].Label, Value: "0", Target: "nothing over its limit", Bar: -1}
	}
	return b
}

func storyEmpty(kind string) Empty {
	w := &English
	e := Empty{Kind: kind, Link: w.StatusPage, LinkTo: "/status"}
	switch kind {
	case "quiet":
		e.Title, e.Text = w.NoCalls, sprintf(w.QuietProvenFmt, "12:58:40")
	case "unproven":
		e.Title, e.Text = w.ConnectedNoCall, w.QuietUnproven
	case "blind":
		e.Title, e.Text, e.Link = w.CannotSee, w.CannotSeeText, w.WhatITCanCheck
	case "filtered":
		e.Title, e.Text, e.Link, e.LinkTo = w.NothingMatches, w.NothingMatchesText, w.ClearFilters, "/"
	case "catching-up":
		e.Title, e.Text = w.CatchingUpTitle, w.CatchingUpText
	}
	return e
}

func storyDetail() CallDetail {
	customer := Party{Name: "Kuipers Installaties", Number: "+31 20 555 01 01"}
	anna, bas, thijs := Party{Name: "Anna de Vries", Number: "201"}, Party{Name: "Bas Jansen", Number: "202"}, Party{Name: "Thijs Dekker", Number: "207"}
	return CallDetail{
		Number: "4127", Caller: customer, Callee: bas, Former: "Anna", Arrow: ArrowDashed, State: stInferred,
		InState: storyAge(195, false), Total: storyAge(475, false), Line: "Verkoop",
		Summary: []string{"waited 0:19", "transferred once, by Anna de Vries"},
		Word:    "Inferred", Glyph: "inferred", Tone: ToneTalk,
		Why: "The PBX does not announce the talk after a transfer. Two calls of Anna ended within 0.1 s and one end was told twice, so the customer is with Bas.",
		Facts: []Fact{
			{Label: "Started", Value: "13:02:11"}, {Label: "Line", Value: "Verkoop"}, {Label: "Direction", Value: "Inbound"},
			{Label: "Waited", Value: "0:19, limit 0:30"}, {Label: "With Anna", Value: "4:22"}, {Label: "With Bas", Value: "3:15", Dashed: true},
			{Label: "Legs", Value: "2, joined by flow"}, {Label: "Gaps touched", Value: "none"},
		},
		Lanes: Lanes{
			Rows: []Lane{
				{Party: customer, Bars: []LaneBar{{0, 38, "rings", "", "rings 0:19"}, {38, 558, "talk", "Talking with Anna, 4:22", "Talking with Anna, 4:22"}, {558, 942, "inferred", "Talking with Bas, inferred, 3:15", "inferred"}}},
				{Party: anna, Bars: []LaneBar{{24, 38, "rings", "", "rings"}, {38, 466, "talk", "", "talks"}, {466, 478, "rings", "", "calls Bas"}, {478, 558, "consult", "Consult", "Consult 0:39"}}},
				{Party: bas, Bars: []LaneBar{{24, 38, "rang", "", "rang, not answered"}, {466, 478, "rings", "", "rings"}, {478, 558, "consult", "Consult", "Consult 0:39"}, {558, 942, "inferred", "", "inferred"}}},
			},
			Joins: []Join{{At: 38, From: 0, To: 1}, {At: 478, From: 1, To: 2}, {At: 558, From: 0, To: 2, Inferred: true}},
			Ticks: []Tick{{0, "0:00"}, {119, "1:00"}, {238, "2:00"}, {357, "3:00"}, {476, "4:00"}, {595, "5:00"}, {714, "6:00"}, {833, "7:00"}, {952, "8:00"}},
			Now:   942, NowText: "now 7:55",
		},
		Legs: []LegRow{
			{Side: "caller", Party: customer, State: "talking", Mark: "talking", Since: "13:02:11", Answered: "13:02:30", Until: "–"},
			{Side: "callee", Party: thijs, State: "gone", Mark: "gone", Since: "13:02:11", Answered: "–", Until: "13:02:23", Note: "let it ring"},
			{Side: "callee", Party: anna, State: "gone", Mark: "gone", Since: "13:02:23", Answered: "13:02:30", Until: "13:06:51", Note: "handed over"},
			{Side: "callee", Party: bas, State: "inferred", Mark: "inferred", Since: "13:06:51", Answered: "13:06:51", Until: "–", Note: "proven when its hangup arrives"},
		},
		EntryNote: "8 received, 1 of them doubled; 1 inferred",
		Entries: []EntryRow{
			{At: "13:02:11.20", After: "0:00.0", Event: "New call", Leg: "1", Proves: "Customer to Verkoop, rings Thijs Dekker"},
			{At: "13:02:23.41", After: "0:12.2", Event: "Channel hung up", Leg: "1", Proves: "Thijs stops ringing; Anna and Bas ring next"},
			{At: "13:02:30.38", After: "0:19.2", Event: "Connected", Leg: "1", Proves: "Anna answers; Bas stops ringing"},
			{At: "13:06:06.02", After: "3:54.8", Event: "New call", Leg: "2", Proves: "Anna calls Bas"},
			{At: "13:06:12.17", After: "4:01.0", Event: "Connected", Leg: "2", Proves: "Consult talk, Anna and Bas"},
			{At: "13:06:51.88", After: "4:40.7", Event: "Hung up", Leg: "1", Proves: "Customer leaves Anna"},
			{At: "13:06:51.93", After: "4:40.7", Event: "Hung up", Times: "×2", Leg: "2", Proves: "Consult ends, told twice: the mark of a transfer"},
			{At: "13:06:51.93", After: "4:40.7", Event: "Inferred", Leg: "–", Proves: "Customer talks with Bas; proven when its hangup arrives", Inferred: true},
		},
		Raw:    []RawEvent{{Title: "13:02:11.20 New call", Fields: []Field{{"callId", "SIP/trunk1-00000a41"}, {"callerNumber", "+31205550101"}, {"calleeNumber", "201"}}}},
		Others: storyEnded()[:1],
	}
}

func storyStatus() Status {
	return Status{
		Words: "Live", Text: "Every hop answers. Last call event 0:04 ago. Nothing in this chain needs a person.",
		Hops: []Hop{
			{Name: "PBX", Lines: []string{"xelion.vandijk.example", "Xelion 9.2, 1 socket"}, OK: true},
			{Name: "Callboard", Lines: []string{"v1.4.0, up 5 d 02:28", "13 + 2? calls"}, OK: true},
			{Name: "Screens", Lines: []string{"23 connected", "6 walls, 17 browsers"}, OK: true},
		},
		Links:   []HopLink{{OK: true, Age: Age{Text: "0.3 s"}, Text: "round trip 11 ms, limit 20 s"}, {OK: true, Age: Age{Text: "0.1 s"}, Text: "a beat every 5 s"}},
		GapNote: "2 since start, 2:28 in all",
		Gaps: []GapRow{
			{"12:48:02", "12:50:12", "2:10", "PBX socket closed by the PBX", "1 unconfirmed, 1 end lost"},
			{"09:31:40", "09:31:58", "0:18", "Network, name not found", "none"},
		},
		Anomalies: []AnomalyRow{
			{Last: "13:06:51", What: "Hangup told twice (transfer)", Today: "14", Total: "312", Done: "Counted once"},
			{Last: "12:50:13", What: "Hangup without a call", Today: "2", Total: "2", Done: "Kept as a trace; a gap explains both", Sample: `{"type":"hangup","callId":"SIP/#####"}`},
			{Last: "–", What: "Unknown event name", Today: "0", Total: "0", Done: "–"},
		},
		Events:   []Fact{{Label: "New call", Value: "231"}, {Label: "Connected", Value: "196"}, {Label: "Hung up", Value: "245"}, {Label: "Missed", Value: "48"}},
		Clock:    []Fact{{Label: "PBX clock ahead of ours", Value: "1.2 s"}},
		Viewers:  []Fact{{Label: "Board", Value: "17"}, {Label: "Walls", Value: "6"}},
		Versions: []Fact{{Label: "Callboard", Value: "v1.4.0"}, {Label: "Xelion", Value: "9.2"}},
	}
}

func storyWall(band bool) Wall {
	t, h, m, rows := WallScale(55, 5)
	w := Wall{
		Chrome: storyChrome("wall", "All lines"), Strip: storyStrip(), Title: "All lines", TypeVH: t, HeadVH: h, MinVH: m, Rows: rows,
		PageTime: 8 * time.Second, Clock: "13:10", Counts: []Count{{"4", "ringing"}, {"7 + 2?", "talking"}, {"2", "internal"}},
	}
	if band {
		w.Band, w.BandNote = "Verkoop rings 0:47", "limit 0:30"
	}
	for _, r := range storyRows() {
		if r.Alarm && !band {
			continue
		}
		r.Callee.Name, _, _ = strings.Cut(r.Callee.Name, " ")
		w.Items = append(w.Items, storyItem(r.ID, r.Rev, WallRowItem(r)))
	}
	return w
}
