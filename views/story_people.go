package views

var stFree = State{Glyph: "free", Word: English.NoCallSeen, Tone: ToneIdle}

func storyTile(id, name, number string, s State, seconds int64, with, counts string) Tile {
	t := Tile{ID: "u" + id, URL: "/?user=" + id, Name: name, Number: number, Known: true, State: s, With: with, Counts: counts, Alarm: s.Alarm}
	if seconds > 0 {
		t.Age = storyAge(seconds, false)
	}
	return t
}

func storyTiles() []Tile {
	tiles := []Tile{
		storyTile("501", "Anna de Vries", "201", stAlarm, 47, "Fam. de Boer", "14 in, 1 missed"),
		storyTile("551", "Lotte Mulder", "251", stRinging, 6, "+31 73 555 01 62", "6 in"),
		storyTile("508", "Noor Visser", "208", stRingingOut, 3, "Bouwinfo", "9 in, 2 missed"),
		storyTile("531", "Sem Bakker", "231", stRinging, 12, "Bakkerij Van Houten", "16 in"),
		storyTile("502", "Bas Jansen", "202", stInferred, 195, "Kuipers Installaties", "11 in"),
		storyTile("506", "Eva Peters", "206", stTalking, 570, "J. van den Berg", "12 in, 1 missed"),
		storyTile("533", "Femke Smit", "233", stUnconfirmed, 1868, "Hotel Gouden Leeuw", "9 in"),
		storyTile("552", "Iris Kok", "252", stTalkingOut, 295, "+31 50 555 01 66", "8 in, 1 missed"),
		storyTile("536", "Mees de Graaf", "236", stTalking, 28, "+31 6 2555 01 81", "18 in"),
		storyTile("535", "Ruben Vos", "235", stTalking, 362, "VvE Parkzicht", "12 in, 3 missed"),
		storyTile("532", "Sanne Meijer", "232", stTalking, 761, "Tandarts Maasstad", "15 in, 1 missed"),
		storyTile("507", "Thijs Dekker", "207", stTalking, 77, "Verwarming Claes", "8 in, 4 missed"),
		storyTile("554", "Willem Bos", "254", stSuspect, 7100, "Notaris Hendriks", "4 in"),
		storyTile("503", "Fleur Maas", "203", stInternal, 52, "Pieter Schouten", "10 in"),
		storyTile("553", "Julia Kuiper", "253", stInternal, 273, "Tim de Groot", "5 in"),
		storyTile("509", "Pieter Schouten", "209", stInternal, 52, "Fleur Maas", "6 in, 1 missed"),
		storyTile("534", "Tim de Groot", "234", stInternal, 273, "Julia Kuiper", "7 in"),
		storyTile("504", "Daan Smit", "204", stFree, 41, "", "13 in"),
		storyTile("555", "Hugo Timmer", "255", stFree, 1194, "", "2 in"),
		storyTile("538", "Koen Hofman", "238", stFree, 1591, "", "5 in"),
		storyTile("505", "Lars Prins", "205", stFree, 725, "", "7 in, 2 missed"),
		storyTile("539", "Nina Jacobs", "239", stFree, 2280, "", "3 in"),
		storyTile("556", "Vera Blom", "256", stFree, 0, "", ""),
		storyTile("537", "Yara Brouwer", "237", stFree, 80, "", "14 in, 1 missed"),
	}
	tiles[12].Age = storyAge(7100, true)
	tiles[18].Age, tiles[21].Age = storyAge(1194, true), storyAge(2280, true)
	for i, says := range map[int]Tile{
		0: {Says: "PBX: available", SaysGlyph: "is-in", SaysPlain: true}, 5: {Says: "PBX: do not disturb", SaysGlyph: "is-dnd"},
		17: {Says: "PBX: lunch, back at 2", SaysGlyph: "is-away"}, 18: {Says: "PBX: offline", SaysGlyph: "is-out"},
		19: {Says: "PBX: Thuiswerken", SaysGlyph: "is-other"}, 20: {Says: "PBX: available", SaysGlyph: "is-in", SaysPlain: true},
	} {
		tiles[i].Says, tiles[i].SaysGlyph, tiles[i].SaysPlain = says.Says, says.SaysGlyph, says.SaysPlain
	}
	for i := range tiles {
		if tiles[i].Counts != "" {
			tiles[i].Share = sprintf(English.OnPeople.ShareFmt, itoa(8+5*(i%9)))
		}
	}
	return tiles
}

// storyTeams are the same people under their teams.
func storyTeams() []Item {
	var items []Item
	tiles := storyTiles()
	for _, team := range []struct {
		head TeamHead
		ids  string
	}{
		{TeamHead{ID: "t-1", Name: "Verkoop", Note: "2 of 9 free", Counts: "2 ringing, 3 talking, 2 internal"}, "50"},
		{TeamHead{ID: "t-2", Name: "Support", Note: "3 of 9 free", Counts: "1 ringing, 3 + 1? talking, 1 internal"}, "53"},
		{TeamHead{ID: "t-3", Name: English.OnPeople.NoTeam, Note: "2 of 6 free", Counts: "1 ringing, 1 + 1? talking, 1 internal"}, "55"},
	} {
		items = append(items, storyItem(team.head.ID, "1", TeamHeadItem(team.head)))
		for _, t := range tiles {
			if t.ID[1:3] == team.ids {
				items = append(items, storyItem(t.ID, t.Sum(), TileItem(t)))
			}
		}
	}
	return items
}

func storyPeople() People {
	bar := storyBar()
	return People{
		Title: "People", Bar: Bar{Filters: bar.Filters[:3], Summary: "7 no call seen, 4 ringing, 8 + 2? talking, 4 internal"},
		Find: English.OnPeople.FindPerson, Items: storyTeams(),
	}
}

// storyUnknownPeople are known by name only: nothing is proven yet.
func storyUnknownPeople() People {
	p := storyPeople()
	p.Bar.Summary, p.Items = "24 people", nil
	for _, t := range storyTiles() {
		t = Tile{ID: t.ID, URL: t.URL, Name: t.Name, Number: t.Number}
		p.Items = append(p.Items, storyItem(t.ID, t.Sum(), TileItem(t)))
	}
	return p
}
