package views

func storyHandover() HandoverPage {
	named := func(name, number string) Party { return Party{Name: name, Number: number} }
	bars := storyHours(13, 25, 30, 43, 31, 5)
	chart := Hours{Width: 960, Height: 72, Text: bars.Text}
	for i, b := range bars.Bars {
		b.X, b.Width, b.Height = i*96, 92, b.Height*71/27
		b.Y = 71 - b.Height
		chart.Bars = append(chart.Bars, b)
	}
	number := func(id, label, value, target string) MissedNumber {
		return MissedNumber{ID: id, Label: label, Value: value, Target: target, Bar: -1}
	}
	level := number("level", "Service level", "76", "target 80 %, ≥ 98 of ≥ 129")
	level.Part, level.Bar, level.Tick, level.Alarm = "%", 76, 80, "under target"
	rate := number("rate", "Answer rate", "91", "target 80 %, ≥ 135 of ≥ 148")
	rate.Part, rate.Bar, rate.Tick = "%", 91, 80
	longest := number("longest", "Longest wait", "≥ 2:10", "limit 0:30, 11:41:03")
	longest.Alarm = "over limit"
	return HandoverPage{
		Chrome: storyChrome("handover", "Shift hand-over"), Strip: storyStrip(),
		Sheet: Handover{
			Title: "Shift hand-over", Company: "Van Dijk Installatie", Shift: "Early", When: "Sun 22 Nov 2026, 06:00–14:00", SoFar: "so far, as of 13:10:06",
			Lacks:  []string{"Counts with ≥ are at least so many: no view of the feed 12:48–12:50."},
			Notice: "Telephones at the back are out, use the front desk",
			Shifts: []Choice{{Label: "Night", Count: "22:00–06:00", URL: "/handover?shift=Night"}, {Label: "Early", Count: "06:00–14:00", URL: "/handover?shift=Early", Chosen: true}},
			Prev:   "/handover?day=2026-11-21&shift=Night", PrevTitle: "Night, Sat 21 Nov, 22:00–06:00", From: "2026-11-22T06:00", To: "2026-11-22T14:00",
			Numbers: []MissedNumber{
				number("offered", "Offered", "≥ 149", "most at once ≥ 22, 11:14"), number("answered", "Answered", "≥ 135", "1 not decided"), number("unanswered", "Unanswered", "≥ 13", ""),
				level, rate, number("asa", "Average wait", "0:14", "limit 0:30, of ≥ 131 measured"), longest, number("out", "Called out", "≥ 41", "≥ 12 internal"),
			},
			Chart: chart,
			Open: []HandoverCustomer{
				{Who: named("Schildersbedrijf Mol", "+31 6 2555 01 33"), Since: "since 12:27", Age: "42:10", Line: "Verkoop", Tries: "1", Rung: "Anna, Bas, Thijs"},
				{Who: Party{Number: "+31 6 2555 01 12"}, Since: "since 12:58", Age: "11:48", Line: "Support", Tries: "2", Rung: "Sem, Ruben", Marks: "claimed by Eva Peters, called back by Daan 13:05, no answer", Note: "note by Eva Peters: asks for Mrs Mulder, only after 14:00"},
			},
			Done: []HandoverDone{
				{Who: named("Dakdekkers Noord", "+31 50 555 01 71"), At: "12:01", How: "Called back by Eva Peters, 2:10", Took: "8:21"},
				{Who: Party{Number: "+31 6 2555 01 64"}, At: "11:42", How: "Customer called again, reached Ruben Vos", Took: "1:55"},
			},
			Alarms: []HandoverAlarm{
				{At: "10:31:07", Length: "0:42", What: "A customer rings", About: "Call", URL: "/calls/4031"}, {At: "12:40:00", Length: "≥ 30:06", What: "Service level"},
			},
			Gaps: storyGapLines()[:1],
			Waits: []HandoverWait{
				{Waited: "2:10", At: "11:41:03", Who: named("Camping De Duinen", "+31 71 555 01 58"), Line: "Verkoop", Outcome: "Answered, Yara Brouwer"},
				{Waited: "1:04", At: "10:12:44", Who: Party{Number: "+31 20 555 01 93"}, Line: "Support", Outcome: "Unanswered"},
			},
			People: []HandoverPerson{
				{Name: "Anna de Vries", Number: "201", Team: "Verkoop", Answered: "≥ 31", LetRing: "≥ 2", Out: "≥ 8", Inside: "≥ 4", First: "06:04", Last: "13:08"},
				{Name: "Bas Jansen", Number: "202", Team: "Verkoop", Answered: "≥ 24", LetRing: "≥ 0", Out: "≥ 11", Inside: "≥ 2", First: "06:31", Last: "13:01"},
			},
			Printed: "Callboard v1.4.0, 22 Nov 2026, 13:10:06",
		},
	}
}

// storyQuietShift is one of which nothing is kept.
func storyQuietShift() HandoverPage {
	p, o := storyHandover(), &English.OnHandover
	s := &p.Sheet
	s.SoFar, s.Notice, s.Lacks, s.Chart = "", "", []string{o.NothingKept}, Hours{}
	s.Open, s.Done, s.Alarms, s.Gaps, s.Waits, s.People = nil, nil, nil, nil, nil, nil
	s.OpenNote, s.DoneNote, s.AlarmNote, s.GapNote, s.WaitNote, s.PeopleNote = o.ListNotKept, o.ListNotKept, o.NothingKept, o.NothingKept, o.NothingKept, o.NothingKept
	for i := range s.Numbers {
		n := &s.Numbers[i]
		n.Value, n.Part, n.Alarm, n.Target, n.Bar, n.Muted = "–", "", "", English.NotKnown, -1, true
	}
	return p
}
