package views

func storyMissedRows() []MissedRow {
	named := func(name, number string) Party { return Party{Name: name, Number: number} }
	open := func(id string, seconds int64, who Party, line, last, waited, rung, tries string, marks ...string) MissedRow {
		return MissedRow{
			ID: "m" + id, Rev: "1", URL: "/calls/" + id, Act: "/missed/" + id, Open: true, Age: storyAge(seconds, false),
			Who: who, Line: line, Last: last, Waited: waited, Rung: rung, RungAll: rung, Tries: tries, Marks: marks,
		}
	}
	closed := func(id, took string, who Party, line, last, outcome string) MissedRow {
		return MissedRow{
			ID: "m" + id, Rev: "1", URL: "/calls/" + id, Act: "/missed/" + id, Age: Age{Text: took}, Who: who, Line: line, Last: last, Outcome: outcome,
		}
	}
	rows := []MissedRow{
		open("4088", 2530, named("Schildersbedrijf Mol", "+31 6 2555 01 33"), "Verkoop", "12:27:56", "0:24", "Anna, Bas, Thijs", "1"),
		open("4111", 708, Party{Number: "+31 6 2555 01 12"}, "Support", "13:04:18", "0:31", "Sem, Ruben +2", "2", "twice today", "claimed by Eva Peters"),
		open("4118", 185, named("Praktijk Zuiderlicht", "+31 30 555 01 47"), "Administratie", "13:07:01", "0:09", "Lotte", "1", "short ring"),
		open("4120", 61, named("Vereniging van Eigenaren Residentie De Oude Haven", "+31 10 555 01 29"), "–", "13:09:05", "–", "–", "12",
			"14 calls today", "may have been called back in the gap 12:48–12:50", "called back by Daan Smit 13:05, no answer"),
		closed("4031", "8:21", named("Dakdekkers Noord", "+31 50 555 01 71"), "Verkoop", "11:52:40", "Called back by Eva Peters, 2:10"),
		closed("4022", "1:55", Party{Number: "+31 6 2555 01 64"}, "Support", "11:40:02", "Customer called again, reached Ruben Vos"),
		closed("4017", "1:41:38", named("Kuipers Installaties", "+31 20 555 01 01"), "Verkoop", "11:20:33", "Customer called again, reached Anna de Vries"),
		closed("4009", "26:09", named("Basisschool De Wilg", "+31 10 555 01 29"), "Support", "10:48:15", "Marked done by Yara Brouwer: mailed them"),
		closed("3988", "31:22", Party{Number: "+31 6 2555 01 57"}, "Verkoop", "09:58:04", "Called back by Daan Smit, 0:48, after call-backs without answer"),
	}
	rows[0].Alarm, rows[0].Primary = true, true
	rows[1].Claimed = true
	rows[2].Note, rows[2].NoteBy = "asks for Mrs Mulder, only after 14:00", "Eva Peters"
	return rows
}

func storyMissedItems() []Item {
	var items []Item
	for _, r := range storyMissedRows() {
		if !r.Open && len(items) == 4 {
			items = append(items, storyItem("g-closed", "1", GroupItem(Group{ID: "g-closed", Rev: "1", Name: "Closed today", Count: "5, latest first"})))
		}
		items = append(items, storyItem(r.ID, r.Rev, MissedRowItem(r)))
	}
	return items
}

func storyMissedBar() MissedBar {
	line := storyBar().Filters[0]
	return MissedBar{
		Chips: []Choice{
			{ID: "open", Label: "Open", Count: "4", URL: "/missed", Chosen: true},
			{ID: "closed", Label: "Closed today", Count: "5", URL: "/missed?state=closed"},
			{ID: "mine", Label: "Mine", URL: "/missed?state=mine"},
		},
		Filters: []Filter{line}, CSV: "/missed.csv",
	}
}

func storyMissed() Missed {
	return Missed{
		Title: "Missed",
		Numbers: []MissedNumber{
			{ID: "open", Label: "Not returned", Value: "4", Target: "customers, each counted once", Bar: -1},
			{ID: "oldest", Label: "Oldest", Age: storyAge(2530, false), Alarm: "over target", Target: "target 30:00", Bar: -1},
			{ID: "returned", Label: "Returned within 30:00", Value: "86", Part: "%", Target: "target 80 %, 18 of 21 today", Bar: 86, Tick: 80},
			{ID: "twice", Label: "Rang twice or more", Value: "≥ 4", Target: "customers today, 1 still waiting", Bar: -1},
		},
		Bar: storyMissedBar(), Note: "2 callers without a number today cannot be called back",
	}
}

// storyNobody is the page with nobody to call back.
func storyNobody() MissedPage {
	p := storyMissedPage()
	p.Items, p.Who = nil, ""
	p.Missed.Numbers = []MissedNumber{
		{ID: "open", Label: "Not returned", Value: "0", Target: "customers, each counted once", Bar: -1},
		{ID: "oldest", Label: "Oldest", Value: "–", Target: "target 30:00", Bar: -1, Muted: true},
		{ID: "returned", Label: "Returned within 30:00", Value: "n/a", Target: "target 80 %, 0 of 0 today", Bar: -1, Muted: true},
		{ID: "twice", Label: "Rang twice or more", Value: "0", Target: "customers today, 0 still waiting", Bar: -1},
	}
	p.Missed.Empty, p.Missed.Note = storyEmpty("quiet"), ""
	p.Missed.Empty.Title, p.Missed.Empty.Text = English.OnMissed.NothingOpen, English.OnMissed.NothingOpenText
	return p
}

// storyMissedBlind is the page that knows nothing.
func storyMissedBlind() MissedPage {
	p := storyNobody()
	p.Strip, p.Missed.Empty = storyBlind(), storyEmpty("blind")
	for i := range p.Missed.Numbers {
		n := &p.Missed.Numbers[i]
		n.Value, n.Part, n.Bar, n.Muted, n.Target = "–", "", -1, true, "unknown"
	}
	p.Missed.Bar.Chips = []Choice{{ID: "open", Label: "Open", Count: "–", URL: "/missed", Chosen: true}, {ID: "closed", Label: "Closed today", Count: "–", URL: "/missed?state=closed"}, {ID: "mine", Label: "Mine", URL: "/missed?state=mine"}}
	return p
}

func storyMissedPage() MissedPage {
	return MissedPage{
		Chrome: storyChrome("missed", "Missed"), Strip: storyStrip(), Missed: storyMissed(), Items: storyMissedItems(), Who: "Eva Peters", Back: "",
	}
}

func storyMissedForm() MissedFormPage {
	return MissedFormPage{
		Chrome: storyChrome("error", "Note"),
		Form: MissedForm{
			Action: "note", Act: "/missed/4118", Title: "Note", Who: Party{Name: "Praktijk Zuiderlicht", Number: "+31 30 555 01 47"},
			Name: "Eva Peters", Text: "asks for Mrs Mulder, only after 14:00", Error: "The text has control characters or is longer than 240 characters.", Back: "/missed",
		},
	}
}
