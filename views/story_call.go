package views

var (
	storyCustomer = Party{Name: "Kuipers Installaties", Number: "+31 20 555 01 01"}
	storyAnna     = Party{Name: "Anna de Vries", Number: "201"}
	storyBas      = Party{Name: "Bas Jansen", Number: "202"}
	storyThijs    = Party{Name: "Thijs Dekker", Number: "207"}
)

func storyDetail() CallDetail {
	return CallDetail{
		Number: "4127", Caller: storyCustomer, Callee: storyBas, Arrow: ArrowDashed, State: stInferred,
		InState: storyAge(195, false), Total: storyAge(475, false), Line: "Verkoop",
		Summary: []string{"waited 0:19", "transferred once, by Anna de Vries"},
		Word:    "Inferred", Glyph: "inferred", Tone: ToneTalk,
		Why: "The PBX does not announce the talk after a transfer. Two calls of Anna ended within 0.1 s and one end was told twice, so the customer is with Bas.",
		Facts: []Fact{
			{Label: "Started", Value: "13:02:11"}, {Label: "Line", Value: "Verkoop"}, {Label: "Direction", Value: "Inbound"},
			{Label: "Waited", Value: "0:19, limit 0:30"}, {Label: "With Anna", Value: "4:22"}, {Label: "With Bas", Value: "since 13:06:51", Dashed: true},
			{Label: "Legs", Value: "3, 2 gone"}, {Label: "Gaps touched", Value: "none"}, {Label: "Counts as", Value: "1 call, answered"},
		},
		Records:   []Fact{{Label: "AFAS", Value: "K-10442", Copy: "K-10442"}, {Label: "PBX call id", Value: "SIP/trunk1-00000a41", Copy: "SIP/trunk1-00000a41"}},
		Journey:   Journey{Lanes: storyLanes(), Ladders: []Ladder{storyLadder(), storyConsultLadder()}},
		EntryNote: "8 received, 1 of them told more than once, 1 inferred",
		Legs: []LegRow{
			{Side: "Caller", Party: storyCustomer, State: "Talking", Mark: "talking", Since: "13:02:11", Answered: "13:02:30", Until: "–"},
			{Side: "Callee", Party: storyThijs, State: "Gone", Mark: "gone", Since: "13:02:11", Answered: "–", Until: "13:02:23", Note: "stopped ringing"},
			{Side: "Callee", Party: storyAnna, State: "Gone", Mark: "gone", Since: "13:02:23", Answered: "13:02:30", Until: "13:06:51"},
			{Side: "Callee", Party: storyBas, State: "Talking", Mark: "inferred", Since: "13:06:51", Answered: "13:06:51", Until: "–", Note: "concluded from a transfer"},
		},
		Entries: []EntryRow{
			{At: "13:02:11.20", After: "0:00.0", Event: "New call", Leg: "2", Proves: "The call came up, rings Thijs Dekker"},
			{At: "13:02:23.41", After: "0:12.2", Event: "Channel hung up", Leg: "2", Proves: "One leg left, the call goes on: Thijs Dekker"},
			{At: "13:02:30.38", After: "0:19.2", Event: "Connected", Leg: "3", Proves: "Talk began, Anna de Vries answered"},
			{At: "13:06:06.02", After: "3:54.8", Event: "New call", Leg: "call 4128", Proves: "The call came up, rings Bas Jansen"},
			{At: "13:06:12.17", After: "4:01.0", Event: "Connected", Leg: "call 4128", Proves: "Talk began, Bas Jansen answered"},
			{At: "13:06:51.88", After: "4:40.7", Event: "Hung up", Leg: "3", Proves: "The call ended"},
			{At: "13:06:51.93", After: "4:40.7", Event: "Hung up", Times: "×2", Leg: "call 4128", Proves: "Hangup told twice: the mark of a transfer"},
			{At: "13:06:51.93", After: "4:40.7", Event: "Inferred", Leg: "–", Proves: "A transfer was concluded; proven when its hangup arrives", Inferred: true},
		},
		Raw:    []RawEvent{{Title: "13:02:11.20 New call", Fields: []Field{{"callId", "SIP/trunk1-00000a41"}, {"callerPhoneNumber", "+31205550101"}, {"calleePhoneNumber", "201"}}}},
		Others: storyEnded()[:1],
	}
}

// storyLanes is the picture of the design: a transfer that was inferred.
func storyLanes() Lanes {
	since := storyAge(195, false)
	return Lanes{
		Rows: []Lane{
			{storyCustomer, []LaneBar{
				{From: 0, To: 38, Kind: "rings", Title: "Ringing, 0:19"}, {From: 38, To: 558, Kind: "talk", Label: "Talking with Anna, 4:22", Title: "Talking with Anna de Vries, 4:22"},
				{From: 558, To: 942, Kind: "inferred", Label: "Talking with Bas, inferred", Age: since, Title: "Talking with Bas Jansen, inferred"},
			}},
			{storyAnna, []LaneBar{
				{From: 24, To: 38, Kind: "rings", Title: "Ringing, 0:07"}, {From: 38, To: 466, Kind: "talk", Label: "Talking with Kuipers Installaties, 4:22", Title: "Talking with Kuipers Installaties, 4:22"},
				{From: 466, To: 478, Kind: "rings", Title: "Ringing, 0:06"}, {From: 478, To: 558, Kind: "consult", Title: "Talking with Bas Jansen, 0:40"},
			}},
			{storyBas, []LaneBar{
				{From: 24, To: 38, Kind: "rang", Title: "Rang, not answered, 0:07"}, {From: 466, To: 478, Kind: "rings", Title: "Ringing, 0:06"},
				{From: 478, To: 558, Kind: "consult", Title: "Talking with Anna de Vries, 0:40"}, {From: 558, To: 942, Kind: "inferred", Label: "", Age: since, Title: "Talking with Kuipers Installaties, inferred"},
			}},
		},
		Joins: []Join{{At: 38, From: 0, To: 1}, {At: 478, From: 1, To: 2}, {At: 558, From: 0, To: 2, Inferred: true}},
		Ticks: []Tick{{0, "0:00"}, {119, "1:00"}, {238, "2:00"}, {357, "3:00"}, {476, "4:00"}, {595, "5:00"}, {714, "6:00"}, {833, "7:00"}, {952, "8:00"}},
		Marks: []Mark{{At: 38, Text: "answered 0:19"}, {At: 558, Text: "transfer 4:41, hangup ×2"}},
		Now:   942, NowAge: storyAge(475, false),
		Told: []LaneTold{
			{"Kuipers Installaties", "13:02:11", "13:02:30", "Ringing"}, {"Anna de Vries", "13:02:30", "13:06:06", "Talking with Kuipers Installaties"},
			{"Bas Jansen", "13:06:51", "now", "Talking with Kuipers Installaties, inferred"},
		},
	}
}

// storyDoubtLanes went through a gap behind which nothing confirmed the call.
func storyDoubtLanes() Lanes {
	return Lanes{
		Rows: []Lane{
			{storyCustomer, []LaneBar{
				{From: 0, To: 90, Kind: "rings", Title: "Ringing, 0:19"}, {From: 90, To: 430, Kind: "talk", Label: "Talking with Anna, 1:12", Title: "Talking with Anna de Vries, 1:12"},
				{From: 430, To: 950, Kind: "unproven", Label: "Perhaps with Anna, not confirmed since 12:48:02", Title: "Perhaps with Anna de Vries, not confirmed since 12:48:02"},
			}},
			{storyAnna, []LaneBar{
				{From: 0, To: 90, Kind: "rings", Title: "Ringing, 0:19"}, {From: 90, To: 430, Kind: "talk", Title: "Talking with Kuipers Installaties, 1:12"},
				{From: 430, To: 950, Kind: "unproven", Title: "Perhaps with Kuipers Installaties, not confirmed since 12:48:02"},
			}},
		},
		Joins: []Join{{At: 90, From: 0, To: 1}}, Gaps: []Stretch{{430, 690, "No view of the feed, 12:48:02 to 12:48:57"}},
		Ticks: []Tick{{0, "0:00"}, {283, "1:00"}, {566, "2:00"}, {849, "3:00"}},
		Marks: []Mark{{At: 90, Text: "answered 0:19"}}, Now: 950, NowAge: storyAge(201, false),
	}
}

// storyLadder has every outcome there is.
func storyLadder() Ladder {
	return Ladder{
		Note: "0:19 until answered, 0:26 of ringing led nowhere", Now: -1,
		Rungs: []Rung{
			{storyThijs, []Ring{{From: 0, To: 613, Kind: "rang", When: "13:02:11 – 13:02:23", Outcome: "Let it ring, 0:12"}}},
			{Party{Name: "Sem Bakker", Number: "231"}, []Ring{
				{From: 0, To: 255, Kind: "rang", When: "13:02:11 – 13:02:16", Outcome: "Missed, rang 0:05"},
				{From: 613, To: 715, Kind: "rang", When: "13:02:23 – 13:02:25", Outcome: "Let it ring, 0:02"},
			}},
			{storyAnna, []Ring{{From: 613, To: 970, Kind: "rings", Answer: true, When: "13:02:23 – 13:02:30", Outcome: "Answered after 0:07"}}},
			{storyBas, []Ring{{From: 613, To: 970, Kind: "rang", When: "13:02:23 – 13:02:30", Outcome: "Stopped after 0:07, Anna answered"}}},
			{Party{Number: "251"}, []Ring{{From: 715, To: 715, When: "13:02:25", Outcome: "Rang; how long was not told"}}},
		},
		Ticks: []Tick{{0, "0:00"}, {255, "0:05"}, {511, "0:10"}, {766, "0:15"}},
	}
}

func storyConsultLadder() Ladder {
	return Ladder{
		Head: "Rung by Anna de Vries, 13:06:06", Note: "0:06 until answered", Now: -1,
		Rungs: []Rung{{storyBas, []Ring{{From: 0, To: 970, Kind: "rings", Answer: true, When: "13:06:06 – 13:06:12", Outcome: "Answered after 0:06"}}}},
		Ticks: []Tick{{0, "0:00"}, {323, "0:02"}, {647, "0:04"}, {970, "0:06"}},
	}
}

// storyRinging is a hunt that goes on, and one whose end nobody saw.
func storyRinging() []Ladder {
	return []Ladder{
		{
			Note: "0:12 of ringing led nowhere", Now: 970,
			Rungs: []Rung{
				{storyThijs, []Ring{{From: 0, To: 580, Kind: "rang", When: "13:09:45 – 13:09:57", Outcome: "Let it ring, 0:12"}}},
				{storyAnna, []Ring{{From: 580, To: 970, Kind: "rings", When: "13:09:57 –", Outcome: "Still ringing", Age: storyAge(8, false)}}},
			},
			Ticks: []Tick{{0, "0:00"}, {243, "0:05"}, {485, "0:10"}, {728, "0:15"}, {970, "0:20"}},
		},
		{
			Head: "Rung by Anna de Vries, 13:08:02", Note: "≥ 0:21 of ringing led nowhere", Now: -1,
			Rungs: []Rung{
				{storyBas, []Ring{{From: 0, To: 970, Kind: "unproven", When: "13:08:02 – 13:08:23", Outcome: "Rang 0:21, its end was not seen"}}},
				{Party{Name: "Femke Smit", Number: "233"}, []Ring{{From: 500, To: 500, When: "13:08:12", Outcome: "Answered; its ringing was not told", Answer: true}}},
			},
			Ticks: []Tick{{0, "0:00"}, {485, "0:10"}, {970, "0:20"}},
		},
	}
}
