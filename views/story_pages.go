package views

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
