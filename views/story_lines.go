package views

func storyHours(counts ...int) Hours {
	h := Hours{Width: 168, Height: 28}
	most := 1
	for _, n := range counts {
		most = max(most, n)
	}
	for i, n := range counts {
		b := HourBar{X: 28 * i, Width: 26, Height: n * 27 / most, Running: i == len(counts)-1, Gap: i == 4, Value: itoa(n), Hour: sprintf("%02d", 8+i)}
		b.Y = 27 - b.Height
		b.Title = sprintf(English.OnLines.HourFmt, sprintf("%02d", 8+i), sprintf("%02d", 9+i), itoa(n))
		if b.Gap {
			b.Title = sprintf(English.OnLines.HourFmt, "12", "13", "≥ "+itoa(n))
		}
		if b.Running {
			b.Title += ", " + English.OnLines.SoFar
		}
		h.Bars = append(h.Bars, b)
		h.Text += b.Title + "; "
	}
	return h
}

func storyLine(id, name, number, ringing string, longest Age, talking, offered, answered, unanswered, level, rate string, hours Hours) LineRow {
	fig := func(n, value string) LineFigure {
		return LineFigure{Value: value, URL: "/numbers?line=" + id + "&n=" + n, Bar: -1}
	}
	r := LineRow{
		ID: "l" + id, Name: name, Number: number, URL: "/?line=" + id, Ringing: fig("", ringing), Longest: longest, Talking: fig("", talking),
		Offered: fig("offered", offered), Answered: fig("answered", answered), Unanswered: fig("unanswered", unanswered),
		Level: fig("service-level", level), Rate: fig("answer-rate", rate), Hours: hours,
	}
	if level != English.NA && level != "–" {
		r.Level.Bar, r.Level.Tick = 10*int(level[0]-'0')+int(level[1]-'0'), 80
	}
	return r
}

func storyLines() Lines {
	l := Lines{
		Title: "Lines", HoursHead: "By hour, 08 to now",
		Bar: Bar{Summary: "Service level: answered within 20 s of answered plus unanswered after 20 s, target 80 %"},
		Rows: []LineRow{
			{Section: "Lines"},
			storyLine("1", "Administratie", "+31 20 555 01 20", "1 + 1?", storyAge(6, false), "1 + 1?", "≥ 26", "≥ 24", "≥ 2", "86 %", "92 %", storyHours(2, 4, 5, 9, 4, 1)),
			storyLine("2", "Storingsdienst", "+31 20 555 01 99", "0", Age{}, "0", "0", "0", "0", "n/a", "n/a", Hours{Text: English.OnLines.NoCallsToday}),
			storyLine("3", "Support", "+31 20 555 01 10", "1", storyAge(12, true), "3 + 1?", "≥ 64", "≥ 60", "≥ 4", "88 %", "94 %", storyHours(6, 12, 13, 18, 13, 2)),
			storyLine("4", "Verkoop", "+31 20 555 01 00", "2", storyAge(47, false), "3", "≥ 58", "≥ 49", "≥ 9", "71 %", "84 %", storyHours(5, 9, 12, 16, 14, 2)),
			storyLine("all", "All lines", "", "4", storyAge(47, false), "7 + 2?", "≥ 148", "≥ 133", "≥ 15", "83 %", "90 %", storyHours(13, 25, 30, 43, 31, 5)),
			{Section: "Teams"},
			storyLine("t1", "Binnendienst", "", "3", storyAge(47, false), "4 + 1?", "≥ 84", "≥ 73", "≥ 11", "77 %", "87 %", storyHours(7, 13, 17, 25, 18, 3)),
		},
	}
	l.Rows[4].Alarm, l.Rows[4].Ringing.Alarm, l.Rows[4].Level.Alarm = true, true, true
	l.Rows[5].Total, l.Rows[5].Title = true, English.OnLines.AllLinesToo
	return l
}

// storyUnknownLines are known by name only.
func storyUnknownLines() Lines {
	l := storyLines()
	for i, r := range l.Rows {
		if r.Section == "" {
			l.Rows[i] = storyLine(r.ID[1:], r.Name, r.Number, "–", Age{Text: "–"}, "–", "–", "–", "–", "–", "–", Hours{})
		}
	}
	return l
}
