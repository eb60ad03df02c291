package views

// storyDayNumbers is the page as in the picture of the lines: 39 of 55 in time.
func storyDayNumbers() Numbers {
	level := NumberRow{
		ID: "service-level", Label: "Service level", Value: "71", Part: "%", Target: "target 80 %", Sample: "n ≥ 55",
		Alarm: "under target", URL: "/numbers?line=1601", Current: true,
	}
	return Numbers{
		Title: "Numbers", Note: "Today, since midnight, at least: calls during gaps were not seen",
		Bar: Bar{Filters: []Filter{{ID: "line", Label: "Verkoop", Active: true, Clear: "/numbers", Options: []Option{{Label: "Verkoop", URL: "/numbers?line=1601", Chosen: true}}}}},
		Rows: []NumberRow{
			level,
			{ID: "answer-rate", Label: "Answer rate", Value: "84", Part: "%", Target: "target 80 %", Sample: "n ≥ 58", URL: "/numbers?n=answer-rate"},
			{ID: "offered", Label: "Offered", Value: "≥ 59", URL: "/numbers?n=offered"},
			{ID: "longest-ringing", Label: "Longest ringing now", Age: storyAge(47, false), Target: "limit 0:30", Alarm: "over limit", Sample: "n 2", URL: "/numbers?n=longest-ringing"},
			{ID: "gave-up", Label: "Average ring of unanswered", Value: "n/a", Muted: true, Sample: "n 0", URL: "/numbers?n=gave-up"},
			{ID: "peak", Label: "Most at once", Value: "≥ 9", Target: "at 10:42", URL: "/numbers?n=peak"},
		},
		Open: NumberOpen{
			NumberRow: level, Bar: 71, Tick: 80,
			Formula:  "Answered in time, as a share: 20 s or less from the first ring to the first talk.",
			Settings: []Fact{{Label: "Goal", Value: "80 %"}, {Label: "Threshold", Value: "20 s"}, {Label: "Short below", Value: "5 s"}},
			How:      "How it came to 71 %",
			Sum: []SumRow{
				{ID: "in-time", Label: "Answered within 20 s", Value: "39", URL: "/numbers?part=in-time"}, {ID: "late", Label: "Answered after 20 s", Value: "10", URL: "/numbers?part=late"},
				{ID: "gave-up-late", Label: "Unanswered after 20 s", Value: "5", URL: "/numbers?part=gave-up-late"},
				{ID: "over-now", Label: "Ringing now past 20 s, counted at once", Value: "1", URL: "/numbers?part=over-now", Current: true},
			},
			Total:      SumRow{Label: "39 of 55", Value: "71 %"},
			LeftOut:    []SumRow{{ID: "short", Label: "Unanswered, rang less than 5 s", Value: "4", URL: "/numbers?part=short"}},
			OthersNote: "the same calls",
			Others: []SumRow{
				{ID: "v1", Label: "Answered or gave up in time, of all", Value: "73 %"}, {ID: "v2", Label: "Answered in time, of answered", Value: "80 %"},
				{ID: "v3", Label: "Answered in time, of all", Value: "66 %"}, {ID: "v4", Label: "Answered in time, of answered plus unanswered late, in use", Value: "71 %", Current: true},
				{ID: "v5", Label: "Answered in time or short, of all", Value: "73 %"},
			},
		},
		Calls: NumberCalls{
			Title: "Ringing now past 20 s, counted at once", Note: "1 call", All: "/numbers",
			Rows: []NumberCall{
				{ID: "j31", URL: "/calls/4131", Time: "13:09:19", Customer: Party{Name: "Fam. de Boer", Number: "+31 6 2555 01 43"}, Line: "Verkoop", Who: "Anna de Vries", Waited: storyAge(47, false), Talked: Age{Text: "–"}, Outcome: "Ringing"},
				{ID: "j12", Time: "09:02:11", Customer: Party{Number: "+31 20 555 01 01"}, Line: "–", Who: "Bas Jansen, Anna de Vries, Sem Bakker +2", Waited: Age{Text: "0:19"}, Talked: Age{Text: "7:37"}, Outcome: "Answered, in doubt"},
			},
		},
	}
}

// storyNoDayNumbers is the page that knows nothing.
func storyNoDayNumbers() Numbers {
	n := storyDayNumbers()
	n.Note = "unknown"
	for i := range n.Rows {
		r := &n.Rows[i]
		r.Value, r.Part, r.Age, r.Sample, r.Alarm, r.Muted = "–", "", Age{}, "", "", true
	}
	n.Open = NumberOpen{NumberRow: n.Rows[0], Bar: -1, Formula: n.Open.Formula, Settings: n.Open.Settings}
	n.Calls = NumberCalls{Title: "The calls behind it", Empty: "unknown"}
	return n
}
