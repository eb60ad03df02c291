package views

func storyBacktestForm() Backtest {
	w := &English.OnBacktest
	field := func(name, label, value, present string) BacktestField {
		f := BacktestField{Name: name, Label: label, Value: value}
		if present != "" {
			f.Present = sprintf(w.PresentFmt, present)
		}
		return f
	}
	return Backtest{
		Action: "/backtest",
		Sections: []BacktestLimit{
			{"A customer rings", []BacktestField{field("ringing.over", w.Over, "20s", "30s"), field("ringing.on-delay", w.Delay, "0s", "")}},
			{"Customers ringing at once", []BacktestField{field("waiting.over", w.Over, "4", ""), field("waiting.on-delay", w.Delay, "10s", "")}},
			{"Service level", []BacktestField{field("service-level.under", w.Under, "80", ""), field("service-level.on-delay", w.Delay, "1m", "")}},
			{"Ringing while colleagues chat", []BacktestField{field("chat.ring", w.Ring, "15s", ""), field("chat.colleagues", w.Colleagues, "3", ""), field("chat.on-delay", w.Delay, "5s", "")}},
		},
		Days: []Option{{Label: "the last 1 day", URL: "1"}, {Label: "the last 7 days", URL: "7", Chosen: true}},
	}
}

func storyBacktest() Backtest {
	w := &English.OnBacktest
	b := storyBacktestForm()
	same := func(s string) BacktestPair { return BacktestPair{Present: s, Same: true} }
	pair := func(a, b string) BacktestPair { return BacktestPair{Present: a, Tried: b, More: true} }
	example := func(at, length string) BacktestExample {
		return BacktestExample{Text: sprintf(w.ExampleFmt, at, length), URL: "/?at=2026-11-16T09:41:12Z"}
	}
	r := &BacktestResult{
		Title: "Mon 16 Nov, 00:00 to Sun 22 Nov, 13:10", Summary: "44 alarms instead of 21",
		Covered: "There is a record from Sun 15 Nov, 08:00 to Sun 22 Nov, 13:10. In it 2 gaps, 4:31 in all: nothing is raised in a gap, so counts are a least.",
		Gaps:    []BacktestGap{{"Tue 17 Nov, 12:48:02, 2:10", "/?at=2026-11-17T12:48:02Z"}, {"Fri 20 Nov, 10:20:00, 2:21", "/?at=2026-11-20T10:20:00Z"}},
		Rows: []BacktestRow{
			{Name: "A customer rings", Limit: pair("30s", "20s"), Total: pair("≥ 15", "≥ 38"), Up: pair("8:12", "21:40")},
			{Name: "Customers ringing at once", Limit: same("4"), Total: same("≥ 4"), Up: same("1:31")},
			{Name: "Service level", Limit: same("80 %"), Total: same("2"), Up: same("1:12:00")},
			{Name: "Ringing while colleagues chat", Limit: same("15s, 3"), Total: same("0"), Up: same("–")},
		},
		Changes: []BacktestChange{{Title: sprintf(w.MoreFmt, "A customer rings", "23"), First: example("Mon 16 Nov, 09:41:12", "0:14"), Longest: example("Thu 19 Nov, 16:02:51", "2:31"), Only: w.OnlyTried, Examples: []BacktestExample{
			example("Thu 19 Nov, 09:10:44", "0:09"), example("Fri 20 Nov, 10:41:43", "0:08"), example("Wed 18 Nov, 15:30:02", "0:08"),
		}, Rest: "and 20 others"}, {Title: "Service level", First: example("Mon 16 Nov, 10:12:00", "41:00"), Longest: example("Mon 16 Nov, 10:12:00", "41:00")}},
		Changed: "alarms:\n  ringing:\n    over: 20s",
	}
	days := [...]string{"Mon 16 Nov", "Tue 17 Nov", "Wed 18 Nov", "Thu 19 Nov", "Fri 20 Nov", "Sat 21 Nov", "Sun 22 Nov"}
	cells := [][]BacktestPair{
		{pair("2", "6"), pair("≥ 4", "≥ 9"), pair("3", "8"), pair("4", "10"), pair("≥ 2", "≥ 5"), same("0"), same("0")},
		{same("0"), same("≥ 1"), same("2"), same("1"), same("≥ 0"), same("0"), same("0")},
		{same("1"), same("1"), same("0"), same("0"), same("≥ 0"), same("0"), same("0")},
		{same("0"), same("≥ 0"), same("0"), same("0"), same("≥ 0"), same("0"), same("0")},
	}
	for _, d := range days {
		r.Days = append(r.Days, BacktestDay{Label: d[:6], Title: d})
	}
	for i := range r.Rows {
		r.Rows[i].Cells = cells[i]
	}
	b.Result = r
	return b
}

func storyBacktestRunning() Backtest {
	b := storyBacktestForm()
	b.Busy = true
	b.Run = &BacktestRun{Percent: 62, Text: sprintf(English.OnBacktest.RunningFmt, 62), Cancel: "/backtest/cancel"}
	return b
}

func storyBacktestWrong() Backtest {
	b := storyBacktestForm()
	b.Trouble = `A customer rings, over: "soon" cannot be used, expected a duration from 1s to 1h, such as 30s, 1m30s or 0:30`
	b.Sections[0].Fields[0].Value, b.Sections[0].Fields[0].Wrong = "soon", true
	return b
}

func storyBacktestPage(b Backtest) BacktestPage {
	return BacktestPage{Chrome: storyChrome("backtest", English.OnBacktest.Title), Strip: storyStrip(), Backtest: b}
}
