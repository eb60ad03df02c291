package views

// storyChart is the chart of the design: a day until ten past one, with a gap
// at noon.
func storyChart() Chart {
	hw := &English.OnHistory
	c := Chart{
		Title: hw.PerHour,
		Legend: []Legend{
			{"answered", hw.Answered}, {"unanswered", hw.Unanswered}, {"before", "Tue 17 Nov"}, {"gap", hw.Gaps},
		},
		Sums:  []ChartSum{{Word: sprintf(hw.UntilFmt, "13:10"), Value: "≥ 149", URL: "/numbers?day=2026-11-24&n=offered"}, {Word: sprintf(hw.LastWeekdayFmt, "Tuesday"), Value: "137", URL: "/numbers?day=2026-11-17&n=offered"}},
		Heads: []string{hw.Hour, hw.Total, hw.Answered, hw.Unanswered, "Tue 17 Nov"},
		Gaps:  []ChartGap{{X: 484, Width: 9, Label: sprintf(hw.GapFmt, "12:48", "2:10"), Title: sprintf(hw.GapFmt, "12:48 – 12:50", "2:10")}},
	}
	var slots []ChartSlot
	for i, n := range [][3]int{{1, 0, 1}, {13, 1, 11}, {23, 3, 22}, {30, 3, 35}, {35, 5, 33}, {27, 2, 31}, {5, 1, 24}, {0, 0, 27}, {0, 0, 30}, {0, 0, 18}, {0, 0, 6}, {0, 0, 1}} {
		hour, next := sprintf("%02d", 7+i), sprintf("%02d", 8+i)
		s := ChartSlot{Answered: n[0], Unanswered: n[1], Before: n[2]}
		value := itoa(n[0] + n[1])
		switch {
		case i == 5:
			value = "≥ " + value
		case i > 6:
			value = ""
		}
		s.Bar = ChartBar{Value: value, Name: hour, URL: "/history?from=2026-11-24T" + hour + ":00&to=2026-11-24T" + next + ":00", Row: sprintf(hw.HourFmt, hour, next), Running: i == 6}
		if s.Bar.Running {
			s.Bar.Value = sprintf(hw.SoFarFmt, value)
		}
		s.Bar.Cells = []string{value, itoa(n[0]), itoa(n[1]), itoa(n[2])}
		s.Bar.Title = sprintf(hw.BarFmt, s.Bar.Row, value, itoa(n[0]), itoa(n[1]))
		slots = append(slots, s)
	}
	DrawChart(&c, slots)
	return c
}

// storyDaysChart is a chart of many days, of which the first were not kept.
func storyDaysChart() Chart {
	hw := &English.OnHistory
	c := Chart{
		Title:  hw.PerDay,
		Legend: []Legend{{"answered", hw.Answered}, {"unanswered", hw.Unanswered}, {"open", hw.Open}, {"gap", hw.Gaps}},
		Sums:   []ChartSum{{Word: hw.InAll, Value: "≥ 11,204"}},
		Heads:  []string{hw.Day, hw.Total, hw.Answered, hw.Unanswered, hw.Open},
		Gaps:   []ChartGap{{X: 780, Width: 11, Title: sprintf(hw.GapFmt, "Tue 10 Nov", "2:10")}},
	}
	var slots []ChartSlot
	for i := range 90 {
		n := 150 + 40*(i%5) - 13*(i%7)
		if i%7 > 4 {
			n = i % 4
		}
		s := ChartSlot{Answered: n * 9 / 10, Unanswered: n / 10, Open: i % 3, Before: -1}
		s.Bar = ChartBar{URL: "/history?day=2026-11-24", Row: sprintf("day %d", i+1), Cells: []string{itoa(n + i%3), itoa(n * 9 / 10), itoa(n / 10), itoa(i % 3)}, Minor: i%14 != 0}
		if i%7 == 0 {
			s.Bar.Name = sprintf("%d Nov", 1+i%28)
		}
		s.Bar.Title = sprintf(hw.BarFmt, s.Bar.Row, itoa(n), itoa(n*9/10), itoa(n/10))
		slots = append(slots, s)
	}
	DrawChart(&c, slots)
	return c
}

func storyPastBar() HistoryBar {
	hw := &English.OnHistory
	option := func(label string, chosen bool) Option { return Option{Label: label, URL: "/history", Chosen: chosen} }
	return HistoryBar{
		Action: "/history",
		Day: DayPicker{
			Label: "Tue 24 Nov 2026", From: "2026-11-24", To: "2026-11-24", Least: "2025-10-20", Most: "2026-11-24", Prev: "/history?day=2026-11-23",
			Options: []Option{option(hw.Today, true), option(hw.Yesterday, false), option(sprintf(hw.LastDaysFmt, 7), false), option(sprintf(hw.LastDaysFmt, 30), false), option(sprintf(hw.LastDaysFmt, 90), false)},
			Hidden:  []Field{{"line", "4"}},
		},
		Filters: []Filter{
			{ID: "line", Label: English.AllLines, Options: []Option{option(English.AllLines, true), option("Administratie", false), option("Support", false), option("Verkoop", false)}},
			{ID: "result", Label: hw.Result, Options: []Option{option(hw.AnyResult, true), option(English.Answered, false), option(English.Unanswered, false), option(hw.EndNotSeen, false)}},
			{ID: "waited", Label: sprintf(hw.WaitedOverFmt, "0:20"), Active: true, Clear: "/history", Options: []Option{option(hw.AnyWait, false), option(sprintf(hw.WaitedOverFmt, "0:20"), true)}},
		},
		Find: hw.Find, Hidden: []Field{{"day", "2026-11-24"}}, Clear: "/history?day=2026-11-24",
		Note:   sprintf(hw.CountKeptFmt, hw.Calls.Of(149), hw.KeptDays.Of(400)),
		Travel: TravelEntry{Action: "/", Field: "2026-11-24T13:10:06", Least: "2026-11-17T00:00:00", Most: "2026-11-24T13:10:06"},
		CSV:    "/api/v1/history.csv?from=2026-11-24", JSON: "/api/v1/history?from=2026-11-24",
	}
}

func storyPastRow(n, at, line string, who Party, people string, answered bool, waited, talked, legs string) HistoryRow {
	r := HistoryRow{
		ID: "j" + n, URL: "/calls/" + n, Started: at, Line: line, Customer: who, People: people, PeopleAll: people, Waited: waited, Talked: talked,
		Result: State{Glyph: "talk", Word: English.Answered, Tone: ToneIdle},
	}
	if !answered {
		r.Result, r.Strong = State{Glyph: "missed", Word: English.Unanswered, Tone: ToneIdle}, true
	}
	for _, l := range legs {
		mark := "gone"
		if l == 't' {
			mark = "talking"
		}
		r.Legs = append(r.Legs, Leg{Mark: mark})
	}
	r.LegsText = "1 talking"
	return r
}

func storyPastRows() []HistoryRow {
	hw := &English.OnHistory
	rows := []HistoryRow{
		storyPastRow("4118", "13:08:31", "Support", Party{Number: "+31 20 555 01 93"}, "Sem Bakker", true, "0:08", "1:12", "t"),
		storyPastRow("4116", "13:07:01", "Administratie", Party{Name: "Praktijk Zuiderlicht", Number: "+31 30 555 01 47"}, "Lotte Mulder", false, "0:09", "–", "g"),
		storyPastRow("4115", "13:04:40", "Verkoop", Party{Name: "Bouwmaat Oost", Number: "+31 53 555 01 16"}, "Daan Smit", true, "0:05", "4:40", "t"),
		storyPastRow("4114", "13:01:12", "Verkoop", Party{Name: "Slagerij Bos", Number: "+31 6 2555 01 28"}, "Fleur Maas, Pieter Schouten", true, "0:06", "6:40", "tgt"),
		storyPastRow("4112", "12:58:18", "Support", Party{Number: "+31 6 2555 01 12"}, "Sem, Ruben +2", false, "0:31", "–", "gggg"),
		storyPastRow("4109", "12:51:44", "Support", Party{Name: "Camping De Duinen", Number: "+31 71 555 01 58"}, "Yara Brouwer", true, "0:14", "16:48", "gt"),
		storyPastRow("4107", "12:47:30", "Administratie", Party{Number: "+31 40 555 01 27"}, "Hugo Timmer", true, "0:11", "≥ 0:40", "t"),
		storyPastRow("4106", "12:44:09", "–", Party{Name: "Rijwielhandel Prins", Number: "+31 15 555 01 70"}, "Lars Prins", true, "0:03", "13:49", "t"),
	}
	rows[1].Remarks = []Remark{{Text: hw.NotReturned}}
	rows[3].Remarks = []Remark{{Text: hw.Transfers.Of(1)}}
	rows[4].Remarks, rows[4].Long = []Remark{{Text: hw.NotReturned}}, true
	rows[6].Remarks = []Remark{{Text: hw.EndLost, Doubt: true}}
	rows[4].LegsMore = 2
	return rows
}

func storyPast() History {
	hw := &English.OnHistory
	return History{
		Title: hw.Title, Bar: storyPastBar(), Chart: storyChart(), Heading: hw.Title, Rows: storyPastRows(),
		Older: "/history?day=2026-11-24&after=1", Span: sprintf(hw.SpanFmt, "13:08:31", "12:44:09"), AsOf: "as of 13:10:06", Refresh: true,
	}
}

// storyPastDays is a choice of several days with their heads, paused.
func storyPastDays() History {
	hw := &English.OnHistory
	h := storyPast()
	h.Bar.Day.Label = sprintf(hw.RangeFmt, "26 Aug", "24 Nov 2026")
	h.Bar.Filters[1].Active, h.Bar.Filters[1].Label, h.Bar.Filters[1].Clear = true, English.Unanswered, "/history"
	h.Notice = sprintf(hw.PausedFmt, "12:51")
	h.Chart = storyDaysChart()
	h.Rows = append([]HistoryRow{{Day: "Tue 24 Nov 2026", N: hw.Calls.Of(149)}}, h.Rows...)
	h.Rows = append(h.Rows[:5:5], append([]HistoryRow{{Day: "Mon 23 Nov 2026", N: "≥ 180 calls"}}, h.Rows[5:]...)...)
	h.Newest, h.Newer, h.Refresh = "/history", "/history?before=2", false
	return h
}

// storyNoPast is a choice without calls.
func storyNoPast() History {
	hw := &English.OnHistory
	h := storyPast()
	h.Rows, h.Older, h.Span, h.AsOf, h.Refresh = nil, "", "", "", false
	h.Chart = Chart{Title: hw.PerHour, Text: hw.NoneThenText}
	h.Bar.Note, h.Bar.CSV, h.Bar.JSON = sprintf(hw.CountKeptFmt, hw.Calls.Of(0), hw.KeptDays.Of(400)), "", ""
	h.Empty = Empty{Kind: "filtered", Title: hw.NoneMatch, Text: hw.NoneMatchText, Link: English.ClearFilters, LinkTo: "/history"}
	return h
}
