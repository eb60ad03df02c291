package views

import (
	"strings"
	"time"
)

// storyWall is a wall of 55 inches seen from 5 m that turns through layouts.
func storyWall(alarm bool, layouts ...string) Wall {
	t, _, _, rows := WallScale(55, 5)
	w := Wall{
		Chrome: storyChrome("wall", "All lines"), Strip: storyStrip(), Title: "All lines", TypeVH: t, Rows: rows, PageTime: 8 * time.Second, Clock: "13:10",
		Numbers: storyNumbers(alarm), Line: storyNumbers(alarm), People: storyWallPeople(),
	}
	if len(layouts) == 0 {
		layouts = []string{layoutCalls}
	}
	for _, name := range layouts {
		w.Layouts = append(w.Layouts, storyLayout(name))
	}
	if alarm {
		w.Band = WallBand{Text: "Verkoop rings {age}", Age: storyAge(47, false), Note: "limit 0:30"}
	}
	for _, r := range storyRows() {
		if r.Alarm && !alarm {
			continue
		}
		r.Callee.Name, _, _ = strings.Cut(r.Callee.Name, " ")
		w.Items = append(w.Items, storyItem(r.ID, r.Rev, WallRowItem(r)))
	}
	return w
}

// storyWalls are walls in every layout and state that a root element does not
// decide.
func storyWalls() []Wall {
	unknown, none := storyWall(false, layoutNumbers), storyWall(false, layoutNumbers)
	unknown.Numbers, none.Numbers = storyNoNumbers(false), storyNoNumbers(true)
	empty := storyWall(false)
	empty.Items, empty.Empty = nil, storyEmpty("quiet")
	far := storyWall(false, layoutNumbers)
	far.TypeVH, _, _, far.Rows = WallScale(32, 8)
	far.Layouts[0].TooSmall = sprintf(wallEnglish.TooSmallFmt, "8", "32", "4.7", 55)
	blank := storyWall(false, layoutPeople)
	blank.People = WallPeople{None: English.OnPeople.NobodyKnown}
	proven := storyWall(false, layoutPeople)
	proven.People.Known = false
	return []Wall{
		storyWall(false), storyWall(true), empty, storyWall(false, layoutNumbers), storyWall(true, layoutNumbers), unknown, none, far,
		storyWall(true, layoutPeople), proven, blank, storyWall(false, layoutLine),
	}
}

func storyLayout(name string) WallLayout {
	l := WallLayout{Name: name, Title: "All lines"}
	switch name {
	case layoutCalls:
		l.Counts = []Count{{"4", "ringing"}, {"7 + 2?", "talking"}, {"2", "internal"}}
	case layoutPeople:
		l.Title, l.Counts = "People", []Count{{"7", "free"}, {"7 + 2?", "talking"}, {"4", "internal"}}
	default:
		l.Note = "Sunday 22 November"
	}
	return l
}

func storyNumbers(alarm bool) []Headline {
	list := []Headline{
		{ID: "ringing", Label: "Ringing", Value: "2", Target: "longest {age}", Age: storyAge(12, false)},
		{ID: "talking", Label: "Talking", Value: "7", Part: "+ 2?", Target: "2 internal"},
		{ID: "free", Label: "Free", Value: "7", Part: "of 24", Target: "no call seen"},
		{ID: "level", Label: "Service level", Value: "83", Part: "%", Target: "target 80 % in 20 s"},
		{ID: "answered", Label: "Answered", Value: "90", Part: "%", Target: "target 80 %"},
		{ID: "callback", Label: "To call back", Value: "3", Target: "oldest {age}", Age: storyAge(728, false)},
	}
	if alarm {
		list[0].Value, list[0].Age, list[0].Target = "4", storyAge(47, false), "{age}, over 0:30"
		list[0].Alarm = list[0].Target
		list[5].Age, list[5].Target = storyAge(2530, false), "{age}, over 30:00"
		list[5].Alarm = list[5].Target
	}
	return list
}

// storyNoNumbers are the numbers of a board that knows nothing, and of a day
// without calls.
func storyNoNumbers(known bool) []Headline {
	list := storyNumbers(false)
	for i := range list {
		h := Headline{ID: list[i].ID, Label: list[i].Label, Value: "–", Target: English.NotKnown, Muted: true}
		if known {
			h.Value, h.Target, h.Muted = "0", list[i].Target, false
			switch h.ID {
			case "ringing":
				h.Target = "limit 0:30"
			case "level", "answered":
				h.Value, h.Muted = English.NA, true
			case "callback":
				h.Target = wallEnglish.Nobody
			}
		}
		list[i] = h
	}
	return list
}

func storyWallPeople() WallPeople {
	person := func(name string, s State, seconds int64, least bool) WallCell {
		c := WallCell{ID: "w" + name, Name: name, State: s, Who: "busy", Alarm: s.Alarm}
		if seconds > 0 {
			c.Age = storyAge(seconds, least)
		}
		if s.Glyph == "free" {
			c.Who = "free"
		}
		return c
	}
	free := State{Glyph: "free", Word: wallEnglish.Free, Tone: ToneIdle}
	return WallPeople{Known: true, Cells: []WallCell{
		person("Anna de Vries", stAlarm, 47, false), person("Sem Bakker", stRinging, 12, false), person("Lotte Mulder", stRinging, 6, false),
		{Name: "Verkoop", Note: "2 of 9 free"},
		person("Daan Smit", free, 41, false), person("Yara Brouwer", free, 80, false), person("Lars Prins", free, 725, false),
		person("Nina Jacobs", free, 2280, true), person("Bas Jansen", stInferred, 195, false), person("Sanne Meijer", stTalking, 761, false),
		{Name: "Support", Note: "4 of 8 free"},
		person("Eva Peters", stTalking, 570, false), person("Ruben Vos", stTalking, 362, false), person("Femke Smit", stUnconfirmed, 1868, false),
		person("Maximiliaan van Oldenbarnevelt-Schimmelpenninck", stTalking, 5012, true), person("Julia Kuiper", stInternal, 273, false),
		person("Hassan", free, 0, false),
	}}
}
