package views

func storyGapLines() []GapLine {
	return []GapLine{
		{ID: "1795351682000", URL: "/gaps/1795351682000", Kind: "feed", What: "PBX link", From: "12:48:02", To: "12:50:12", Length: "2:10", Cause: "The PBX closed the socket", Touched: "3 unconfirmed, 1 end lost", Doubt: "2 still in doubt", Counts: "hour 12"},
		{ID: "1795350000000", URL: "/gaps/1795350000000", Kind: "clock", What: "Clock", From: "12:20:00", To: "–", Length: "–", Cause: "This machine's clock was put back, by 1:00:00", Touched: "none", Counts: "none", Review: "Eva Peters, 12:31"},
		{ID: "1795278700000", URL: "/gaps/1795278700000", Kind: "process", What: "Callboard", From: "Sat 21 Nov, 16:31:40", To: "16:31:58", Length: "0:18", Cause: "Callboard ended without a stop: a crash, a kill or a power cut", Touched: "12 unconfirmed, 4 ends lost", Counts: "hour 16", Review: "Anna de Vries, Sat 21 Nov, 17:02"},
		{ID: "1795230005000", URL: "/gaps/1795230005000", Kind: "disk", What: "Record", From: "Sat 21 Nov, 03:00:05", To: "03:04:47", Length: "4:42", Cause: "The disk was full", Touched: "none", Counts: "none"},
		{ID: "1795000000000", URL: "/gaps/1795000000000", Kind: "feed", What: "PBX link", From: "Wed 18 Nov, 11:06:40", To: "Thu 19 Nov, 08:12:09", Length: "21:05:29", Cause: "The name server does not know the PBX's host name", Touched: "2 unconfirmed, all ended", Counts: "2 days", Review: "Eva Peters, Thu 19 Nov, 08:40"},
	}
}

func storyGapNumbers() []MissedNumber {
	return []MissedNumber{
		{ID: "gaps", Label: "Gaps today", Value: "2", Target: "the last at 12:48", Bar: -1},
		{ID: "unseen", Label: "Not seen today", Value: "2:10", Target: "of 5:10:00 watched", Bar: -1},
		{ID: "longest", Label: "Longest today", Value: "2:10", Target: "from 12:48:02", Bar: -1},
		{ID: "doubt", Label: "Calls in doubt", Value: "2", Target: "from 1 gap", Bar: -1},
	}
}

func storyGaps() GapsPage {
	kinds := Filter{ID: "kind", Label: "All kinds", Options: []Option{{Label: "All kinds", URL: "/gaps", Chosen: true}, {Label: "PBX link", URL: "/gaps?kind=feed"}, {Label: "Record", URL: "/gaps?kind=disk"}}}
	return GapsPage{
		Chrome: storyChrome("gaps", "Gaps"), Strip: storyStrip(),
		Live: GapsLive{Title: "Gaps", Numbers: storyGapNumbers()},
		List: GapList{
			Chips: []Choice{
				{ID: "all", Label: "All", Count: "5", URL: "/gaps", Chosen: true}, {ID: "open", Label: "Not reviewed", Count: "2", URL: "/gaps?state=open"},
				{ID: "doubt", Label: "Calls in doubt", Count: "1", URL: "/gaps?state=doubt"},
			},
			Filters: []Filter{kinds}, Summary: "5 gaps, 21:12:39 in all", JSON: "/api/v1/gaps", Rows: storyGapLines(),
			Older: "/gaps?after=1795000000000", Since: "The record runs since 18 Oct 2026, 08:00.", AsOf: "List as of 13:10:06.",
		},
	}
}

// storyNoGaps is the page of a board that never lost sight, and then does.
func storyNoGaps() GapsPage {
	p := storyGaps()
	p.Strip = storyDoubt()
	p.Live.Now = "No view of the feed since 13:09:26: the PBX closed the socket."
	p.List.Rows, p.List.Empty, p.List.Older, p.List.Summary = nil, English.OnLedger.NoneEver, "", "0 gaps"
	return p
}

func storyGhostItems() []Item {
	row := func(id string, s State, line string, caller, callee Party, age Age) Item {
		r := GhostRow{ID: "g" + id, Rev: "1", Call: id, URL: "/calls/" + id, State: s, Line: line, Caller: caller, Callee: callee, Age: age, Label: "Choose " + caller.Name}
		return storyItem(r.ID, r.Rev, GhostRowItem(r))
	}
	return []Item{
		row("4101", stUnconfirmed, "Verkoop", Party{Name: "Camping De Duinen", Number: "+31 71 555 01 58"}, Party{Name: "Yara Brouwer", Number: "205"}, storyAge(2031, false)),
		row("4104", State{Glyph: "unconfirmed", Word: "Ringing?", Tone: ToneRing}, "–", Party{Number: "+31 6 2555 01 12"}, Party{Name: "Daan Smit", Number: "207"}, storyAge(1502, true)),
	}
}

func storyGap() GapPage {
	return GapPage{
		Chrome: storyChrome("gap", "Gap of 12:48:02"), Strip: storyStrip(), Live: GapLive{Ghosts: 2, Known: true, Note: English.OnLedger.GhostNote}, Items: storyGhostItems(),
		Gap: GapDetail{
			GapLine: storyGapLines()[0], Title: "Gap of 12:48:02", Crumb: "/gaps", Summary: "The PBX closed the socket.",
			Facts: []Fact{
				{Label: "What", Value: "PBX link"}, {Label: "From", Value: "12:48:02"}, {Label: "To", Value: "12:50:12"}, {Label: "Length", Value: "2:10"},
				{Label: "Calls unconfirmed then", Value: "3"}, {Label: "Of these found ended", Value: "1"}, {Label: "Counts at least", Value: "hour 12"},
			},
			Links: []Option{{Label: "The board just before", URL: "/?at=1"}, {Label: "Calls of these hours", URL: "/history"}},
			Act:   "/gaps/1795351682000", Epoch: "b1946ac92492d234", Who: "Eva Peters", CanMark: true,
		},
	}
}

// storyGapDone is one that somebody has looked at, without a call in doubt.
func storyGapDone() GapPage {
	p := storyGap()
	p.Items, p.Live = nil, GapLive{Note: English.OnLedger.GhostNone, Known: true}
	p.Gap.CanMark, p.Gap.Review = false, "Reviewed by Eva Peters, 13:02:11"
	return p
}
