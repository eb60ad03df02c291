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
		Words: "Live", Text: "Every hop answers. The feed is live since 12:58:01.",
		Hops: []Hop{
			{Name: "PBX", Lines: []string{"xelion.vandijk.example", "Xelion 9.2", "connected since 12:50:12"}, OK: true},
			{Name: "Callboard", Lines: []string{"v1.4.0, up since Tue 17 Nov, 10:42:04", "heap 41 MB, 15 calls up"}, OK: true},
			{Name: "Screens", Lines: []string{"23 connected", "6 of them walls"}, OK: true},
		},
		Links:    []HopLink{{OK: true, Hop: "proof", Age: "0.3 s", Text: "round trip 11 ms, limit 20 s"}, {OK: true, Hop: "frame", Age: "–", Text: "a beat every 5 s, limit 12.5 s"}},
		Duration: sprintf(English.OnDuration.TalkFmt, "192", "196") + " " + sprintf(English.OnDuration.BothFmt, "12"), DurationNote: "208 calls since 23 Oct 2026",
		GapNote: "2 since start, 2:28 in all",
		Gaps: []GapRow{
			{"12:48:02", "12:50:12", "2:10", "The PBX closed its event socket", "1 unconfirmed, 1 end lost", "/gaps/1795351682000", true},
			{"Mon 23 Nov, 17:31:40", "Mon 23 Nov, 17:31:58", "0:18", "The host name of the PBX is not known to the name server", "none", "/gaps/1795264300000", false},
		},
		Anomalies: []AnomalyRow{
			{Last: "13:06:51", What: "Hangup told twice (transfer)", Today: "14", Total: "312", Done: "Counted once"},
			{Last: "12:50:13", What: "Hangup without a call", Today: "2", Total: "2", Done: "Kept as a trace", Sample: `{"type":"hangup","callId":"SIP/#####"}`},
		},
		Events: []Fact{{Label: "New call", Value: "231"}, {Label: "Connected", Value: "196"}, {Label: "Hung up", Value: "245, 14 doubled"}, {Label: "Missed", Value: "48"}},
		Clock: []Fact{
			{Label: "PBX clock against ours", Value: "1.2 s ahead, limit 1:30"}, {Label: "Changed since 12:58:09", Value: "0.1 s"},
			{Label: "Last jump", Value: "4:00 behind at 11:20:40"}, {Label: "Zone of this page", Value: "CET, +01:00"},
		},
		Contract:     []Fact{{Label: "Unknown event names", Value: "0"}, {Label: "News of a call never announced", Value: "2 of 2"}, {Label: "Told twice", Value: "14 of 312"}},
		ContractNote: "all names known",
		Messages:     []Fact{{Label: "newCallEvent", Value: "231"}, {Label: "test", Value: "1,204"}},
		Storage: Storage{
			Note: "all is written",
			Facts: []Fact{
				{Label: "Journal", Value: "52.1 MB, since 17 Nov, 00:00"}, {Label: "History", Value: "14.6 MB, since 2 Jan, 08:12"}, {Label: "Written", Value: "0.1 s behind the board"},
				{Label: "Last snapshot", Value: "13:05:00"}, {Label: "Last backup", Value: "03:10:02"}, {Label: "Last verified code", Value: "13:10:00, equal 4,711 times"},
			},
			Notes: []StorageNote{{"10:42:04", "A snapshot could not be used; an older one was."}},
		},
		Limits:   []Fact{{Label: "PBX silent: doubtful", Value: "20 s"}, {Label: "Screen unheard: doubtful", Value: "12.5 s"}},
		Viewers:  []Fact{{Label: "Boards", Value: "17"}, {Label: "Walls", Value: "6"}},
		Versions: []Fact{{Label: "Callboard", Value: "v1.4.0"}, {Label: "PBX", Value: "Xelion 9.2"}},
	}
}
