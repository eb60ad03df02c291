package views

func storyTVChrome() Chrome {
	c := storyChrome("tv", English.OnDisplays.Identify)
	c.Company, c.Theme = "", "dark"
	return c
}

func storyTV() TV {
	return TV{
		Chrome: storyTVChrome(), Clock: "13:10", Stands: "waits", Refresh: 5,
		Code: PairCode{Text: "7F3K 92QD", Spoken: "7 F 3 K 9 2 Q D", Where: "board.vandijk.example/pair", Left: "4:12", LeftMS: 252000},
	}
}

func storyTVOff() TV {
	return TV{Chrome: storyTVChrome(), Clock: "13:10", Stands: "ended", Refresh: 10, Title: English.OnDisplays.OffTitle, Name: "Reception"}
}

func storyTVOutside() TV {
	return TV{Chrome: storyTVChrome(), Clock: "13:10", Stands: "outside", Refresh: 30, Title: English.OnDisplays.OutsideTitle, Text: English.OnDisplays.OutsideText, Name: "Reception"}
}

func storyDisplays() DisplaysPage {
	w := &English.OnDisplays
	row := func(id, name, view, level, state, note, size, network, expires, ends string) DisplayRow {
		return DisplayRow{
			ID: "d" + id, Name: name, Number: id, Do: "/displays/" + id, EditURL: "/displays/" + id, RevokeURL: "/displays/" + id + "/revoke",
			View: view, ViewURL: "/wall", Level: level, State: state, StateNote: note, Live: note == "" && state == w.Live, Warn: state == w.Away,
			Build: "v1.4.0", Size: size, Network: network, Expires: expires, Ends: ends,
		}
	}
	return DisplaysPage{
		Chrome: storyChrome("displays", w.Title), Strip: storyStrip(), Title: w.Title, Intro: w.Intro, Said: sprintf(w.PairedFmt, "Reception"),
		List: &DisplayList{
			PairURL: "/pair", Caption: w.Title, OffHead: w.OffHead,
			Rows: []DisplayRow{
				row("4", "Canteen", "Numbers", w.Levels[3], w.Away, "since Fri 20 Nov 17:02", "1920 × 1080", "10.20.0.0/16", "4 Dec 2026", "ends in 11 days"),
				row("7", "Reception", "Calls, Verkoop", w.Levels[1], w.Live, "", "3840 × 2160", "192.0.2.41", "20 Feb 2027", ""),
				row("8", "Support, the long wall", "Calls, Numbers, People, Support", w.Levels[2], w.Never, "", "–", "any", "20 Feb 2027", ""),
			},
			Off: []DisplayRow{
				row("5", "Old reception", "Calls", w.Levels[1], w.Stolen, "since 09:41", "", "", "", ""),
				row("2", "Meeting room", "Calls", w.Levels[1], w.Off, "since Wed 18 Nov 16:20", "", "", "", ""),
			},
		},
	}
}

func storyPair() DisplaysPage {
	w := &English.OnDisplays
	return DisplaysPage{
		Chrome: storyChrome("displays", w.PairTitle), Strip: storyStrip(), Title: w.PairTitle, Intro: w.PairIntro, ListURL: "/displays",
		Code: &CodeForm{Action: "/pair", Code: "7F3K 92QX", Wrong: w.CodeWrong},
	}
}

func storyDisplayForm() *DisplayForm {
	w := &English.OnDisplays
	levels := make([]Option, len(w.Levels))
	for i, name := range w.Levels {
		levels[i] = Option{Label: name, URL: itoa(i), Chosen: i == 1}
	}
	return &DisplayForm{
		Action: "/pair", Submit: w.PairIt, Cancel: "/displays", Code: "7F3K92QD", View: "/wall", Name: "Reception", Line: "Verkoop", Inches: "55", Metres: "5",
		Facts:   []Fact{{Label: w.Where, Value: "192.0.2.41"}, {Label: w.Browser, Value: "Chromium on Linux"}, {Label: w.Screen, Value: "3840 × 2160"}},
		Layouts: []Option{{Label: w.Calls, URL: "calls", Chosen: true}, {Label: w.Numbers, URL: "numbers"}, {Label: w.InTurn, URL: "turn"}},
		Levels:  levels, Days: []Option{{Label: w.Days.Of(30), URL: "30"}, {Label: w.Days.Of(90), URL: "90", Chosen: true}},
		Themes: []Option{{Label: w.AsSystem, Chosen: true}, {Label: w.Dark, URL: "dark"}}, Langs: []Option{{Label: w.AsBrowser, Chosen: true}},
		Teams: []string{"Support", "Verkoop"}, Lines: []string{"Administratie", "Support", "Verkoop"},
		Networks: "192.0.2.0/33", NetworkHint: sprintf(w.NetworkHintFmt, "192.0.2.0/24"), Wrong: "networks", More: true,
	}
}

func storyDisplayFormPage() DisplaysPage {
	w := &English.OnDisplays
	return DisplaysPage{Chrome: storyChrome("displays", w.NewTitle), Strip: storyStrip(), Title: w.NewTitle, Wrong: w.NetworksWrong, ListURL: "/displays", Form: storyDisplayForm()}
}

func storyShow() DisplaysPage {
	w := &English.OnDisplays
	return DisplaysPage{
		Chrome: storyChrome("displays", w.ShowTitle), Strip: storyStrip(), Title: w.ShowTitle, ListURL: "/displays",
		Show: &DisplayShow{
			View: "Numbers, Verkoop", Near: sprintf(w.NearFmt, "Numbers, Verkoop"), PreviewURL: "/wall?layout=numbers", Address: "/wall?layout=numbers",
			Targets: storyDisplays().List.Rows[:2], Code: CodeForm{Action: "/pair", View: "/wall?layout=numbers"},
		},
	}
}

func storyRevoke() DisplaysPage {
	w := &English.OnDisplays
	return DisplaysPage{
		Chrome: storyChrome("displays", "Switch off"), Strip: storyStrip(), Title: sprintf(w.RevokeTitleFmt, "Reception"), ListURL: "/displays",
		Revoke: &DisplayRevoke{Action: "/displays/7/revoke", Cancel: "/displays", Text: sprintf(w.RevokeFmt, "Reception")},
	}
}

// storyOnDisplay is a wall that shows which display it is.
func storyOnDisplay() Wall {
	w := storyWall(false)
	w.Chrome.Display = &DisplayMark{Name: "Reception", Number: "7", Shown: 9000}
	return w
}
