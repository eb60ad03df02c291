package state

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.String("update", "", "rewrite the expectations of the stories; the value is the reason, which belongs in the commit too")

// TestStories plays the telephone stories of testdata/stories. How to read and
// write them stands in testdata/stories/README.md.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(files) < 40 {
		t.Fatalf("found %d stories, the dossier's sections 10 to 12 need at least 40 (%v)", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := tellStory(t, string(text))
			if again := tellStory(t, string(text)); again != got {
				t.Fatalf("the same story told twice has two outcomes:\n%s", cmp.Diff(got, again))
			}
			switch {
			case got == string(text):
			case *update != "":
				if len(*update) < 10 {
					t.Fatalf("-update wants a reason, not %q", *update)
				}
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				t.Logf("%s rewritten: %s", file, *update)
			default:
				t.Errorf("the board does not do what %s says (-: story, +: board):\n%s", file,
					cmp.Diff(strings.Split(string(text), "\n"), strings.Split(got, "\n")))
			}
		})
	}
}

// A teller plays one story and writes it again with what the board did.
type teller struct {
	t      *testing.T
	out    strings.Builder
	board  *Board
	cfg    Config
	day    time.Time
	at     time.Time
	beat   time.Time
	heart  bool // proofs of life arrive every ten seconds
	hushed bool // inside a repeat: changes are not written
	dates  map[string]time.Time
	odd    map[Anomaly]int
	known  map[uint64]bool
	watch  *watch
	heard  func(at time.Time, f Fact) // of every step; nil
}

func tellStory(t *testing.T, text string) string {
	t.Helper()
	return newTeller(t).tell(text)
}

// recordStory plays a story for the sake of its inputs: a nil fact lets time
// pass.
func recordStory(t *testing.T, text string, heard func(at time.Time, f Fact)) Config {
	t.Helper()
	s := newTeller(t)
	s.heard = heard
	s.tell(text)
	return s.board.cfg
}

func newTeller(t *testing.T) *teller {
	return &teller{
		t: t, day: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		dates: map[string]time.Time{}, odd: map[Anomaly]int{}, known: map[uint64]bool{},
	}
}

func (s *teller) tell(text string) string {
	t := s.t
	t.Helper()
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		switch {
		case strings.HasPrefix(line, "    "): // an expectation, written anew
			continue
		case line == "" || strings.HasPrefix(line, "#"):
			s.out.WriteString(line + "\n")
			continue
		case line == "end of story":
			s.finish()
			return s.out.String()
		case strings.HasPrefix(line, "repeat "):
			var n int
			if _, err := fmt.Sscanf(line, "repeat %d times", &n); err != nil {
				t.Fatalf("line %d: %v", i+1, err)
			}
			stop := i + 1
			for lines[stop] != "end of repeat" {
				stop++
			}
			s.out.WriteString(strings.Join(lines[i:stop+1], "\n") + "\n")
			s.hushed = true
			for k := range n {
				for j := i + 1; j < stop; j++ {
					s.step(j+1, strings.ReplaceAll(strings.TrimSpace(lines[j]), "%n", fmt.Sprintf("%03d", k+1)), nil)
				}
			}
			s.hushed = false
			i = stop
			continue
		}
		s.out.WriteString(line + "\n")
		var rows []string // of a snapshot
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "  * ") {
			i++
			rows = append(rows, strings.TrimPrefix(lines[i], "  * "))
			s.out.WriteString(lines[i] + "\n")
		}
		if !s.header(line) {
			s.step(i+1, line, rows)
		}
	}
	t.Fatal("a story closes with the line: end of story")
	return ""
}

// header reads the settings before the first step.
func (s *teller) header(line string) bool {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "zone":
		zone, err := time.LoadLocation(rest)
		if err != nil {
			s.t.Fatal(err)
		}
		s.cfg.Zone = zone
	case "day":
		day, err := time.Parse(time.DateOnly, rest)
		if err != nil {
			s.t.Fatal(err)
		}
		s.day = day
	case "region": // numbers that begin with 0 are Dutch
		s.cfg.Normal = dutch
	case "inference":
		s.cfg.NoInference = rest == "off"
	case "connected": // connected at 12:00:00: link up and an empty list of active channels
		s.at = s.clock(strings.TrimPrefix(rest, "at "))
		s.start()
		s.hushed = true
		s.apply(Link{State: LinkUp})
		s.apply(Snapshot{RequestedAt: s.at})
		s.hushed = false
		s.heart, s.beat = true, s.at
	default:
		return false
	}
	return true
}

func (s *teller) start() {
	if s.board == nil {
		s.board = New(s.cfg)
		s.watch = newWatch(s.board)
	}
}

// step plays one line: a time, a verb and what belongs to it.
func (s *teller) step(n int, line string, rows []string) {
	s.start()
	words := strings.Fields(line)
	at := words[0]
	words = words[1:]
	if len(words) > 0 && strings.Count(at, "-") == 2 { // with its day
		at, words = at+" "+words[0], words[1:]
	}
	if len(words) == 0 {
		s.t.Fatalf("line %d: %q says nothing", n, line)
	}
	when := s.clock(at)
	if when.Before(s.at) {
		s.t.Fatalf("line %d: %s is before the step above it", n, at)
	}
	s.pass(when)
	s.at = when
	p := &words
	switch verb := s.take(p); verb {
	case "wait":
		s.advance(s.at)
	case "silence": // no proof of life from here on
		s.heart = false
	case "heartbeat": // and again
		s.heart, s.beat = true, s.at
	case "proof":
		s.apply(Proof{RoundTrip: 40 * time.Millisecond})
	case "link":
		s.link(p)
	case "snapshot":
		s.snapshot(p, rows)
	case "name":
		kind := map[string]NameKind{"user": NameUser, "line": NameLine, "addressable": NameAddressable}[s.take(p)]
		name := Name{Kind: kind, OID: s.take(p), Text: strings.ReplaceAll(s.take(p), "_", " ")}
		if len(*p) > 0 {
			name.Number = s.take(p)
		}
		s.apply(name)
	case "presence":
		s.presence(p, rows)
	case "people":
		s.people()
	case "ledger":
		s.ledger()
	case "claim", "note", "done", "undo":
		s.word(verb, p)
	case "clock": // set by so much; the times of the lines below are the new ones
		by, err := time.ParseDuration(s.take(p))
		if err != nil {
			s.t.Fatal(err)
		}
		s.apply(ClockSet{By: by})
		s.at, s.beat = s.at.Add(by), s.beat.Add(by)
	case "forget":
		s.apply(Forget{Number: s.take(p)})
	case "dismiss":
		var seq uint64
		fmt.Sscan(s.take(p), &seq)
		s.apply(Dismissal{Seq: seq})
	default:
		ev, times := s.event(n, verb, p)
		for range times {
			s.apply(ev)
		}
	}
	if len(*p) > 0 {
		s.t.Fatalf("line %d: %q not understood", n, strings.Join(*p, " "))
	}
}

// presence reads an entry, "gone" and an entry, or: list, and the entries below.
func (s *teller) presence(p *[]string, rows []string) {
	if (*p)[0] == "list" {
		*p = nil
		var list PresenceList
		for _, row := range rows {
			words := strings.Fields(row)
			list.Entries = append(list.Entries, s.entry(&words))
		}
		s.apply(list)
		return
	}
	gone := (*p)[0] == "gone"
	if gone {
		s.take(p)
	}
	entry := s.entry(p)
	entry.Gone = gone
	s.apply(entry)
}

// entry reads: ID/ADDRESSABLE Name status Message; a - leaves a field out.
func (s *teller) entry(p *[]string) Presence {
	field := func() string {
		return strings.Trim(strings.ReplaceAll(s.take(p), "_", " "), "-")
	}
	id, addressable, _ := strings.Cut(s.take(p), "/")
	entry := Presence{ID: id, Addressable: addressable, Name: field()}
	entry.Status, entry.Message = strings.ReplaceAll(field(), " ", "_"), field()
	return entry
}

func (s *teller) take(words *[]string) string {
	if len(*words) == 0 {
		return ""
	}
	w := (*words)[0]
	*words = (*words)[1:]
	return w
}

// event reads: ID from PARTY to PARTY line OID date TIME duration D twice.
func (s *teller) event(n int, verb string, p *[]string) (Event, int) {
	ev := Event{Duration: -1}
	for _, typ := range EventTypes {
		if typ.String() == verb {
			ev.Type = typ
		}
	}
	if ev.Type == 0 {
		s.t.Fatalf("line %d: no verb %q", n, verb)
	}
	if ev.CallID = s.take(p); ev.CallID == "-" {
		ev.CallID = ""
	}
	times, dated := 1, false
	for len(*p) > 0 {
		switch w := s.take(p); w {
		case "from":
			ev.Caller = s.party(p)
		case "to":
			ev.Callee = s.party(p)
		case "line":
			ev.Line = s.take(p)
		case "duration":
			d, err := time.ParseDuration(s.take(p))
			if err != nil {
				s.t.Fatalf("line %d: %v", n, err)
			}
			ev.Duration = d
		case "date":
			dated = true
			if d := s.take(p); d != "none" {
				ev.Date = s.clock(d)
				s.dates[ev.CallID] = ev.Date
			}
		case "twice":
			times = 2
		default:
			s.t.Fatalf("line %d: %q not understood", n, w)
		}
	}
	if !dated { // as the PBX does it: every event carries the second its call was initiated
		if s.dates[ev.CallID].IsZero() {
			s.dates[ev.CallID] = s.at.Truncate(time.Second)
		}
		ev.Date = s.dates[ev.CallID]
	}
	return ev, times
}

// party reads "number/user" or either, and a flow in brackets: 201/501 (fA1).
func (s *teller) party(p *[]string) Party {
	var party Party
	for len(*p) > 0 {
		w := (*p)[0]
		switch {
		case w == "nobody":
		case strings.HasPrefix(w, "("):
			party.FlowID = strings.Trim(w, "()")
		case party != (Party{}) || slices.Contains([]string{"to", "line", "date", "duration", "twice"}, w):
			return party
		default:
			party.Number, party.User, _ = strings.Cut(w, "/")
			party.User, party.UserAddressable, _ = strings.Cut(party.User, "/")
			if party.Number != "" {
				party.CallLog = "log of " + party.Number
			}
		}
		s.take(p)
	}
	return party
}

func (s *teller) link(p *[]string) {
	switch s.take(p) {
	case "up":
		s.heart, s.beat = true, s.at
		s.apply(Link{State: LinkUp})
	case "dialing":
		s.heart = false
		s.apply(Link{State: LinkDialing, Attempt: 1})
	case "down":
		s.heart = false
		s.apply(Link{State: LinkDown, Code: s.take(p), Reason: strings.Join(*p, " "), Attempt: 1})
		*p = nil
	}
}

// snapshot reads: asked TIME, and the rows below it, or: failed.
func (s *teller) snapshot(p *[]string, rows []string) {
	snap := Snapshot{RequestedAt: s.at}
	switch s.take(p) {
	case "failed":
		s.apply(SnapshotFailed{})
		return
	case "asked":
		snap.RequestedAt = s.clock(s.take(p))
	}
	for _, row := range rows { // ID role up|rings [Name_of_party] [(flow)] [twin]
		words := strings.Fields(row)
		ch := Channel{CallID: words[0], ChannelID: fmt.Sprintf("ch%d", len(snap.Channels)), Up: words[2] == "up"}
		ch.Role = map[string]Role{"caller": RoleCaller, "callee": RoleCallee}[words[1]]
		for _, w := range words[3:] {
			switch {
			case w == "twin":
				ch.Twin = true
			case strings.HasPrefix(w, "("):
				ch.FlowID = strings.Trim(w, "()")
			case strings.HasPrefix(w, "since="):
				ch.Created = s.clock(w[len("since="):])
			default:
				ch.Name = strings.ReplaceAll(w, "_", " ")
			}
		}
		snap.Channels = append(snap.Channels, ch)
	}
	s.apply(snap)
}

// clock reads a time of the story's day, a day and time, or +duration since
// the step before.
func (s *teller) clock(text string) time.Time {
	if d, ok := strings.CutPrefix(text, "+"); ok {
		d, err := time.ParseDuration(d)
		if err != nil {
			s.t.Fatal(err)
		}
		return s.at.Add(d)
	}
	text = strings.Replace(text, "_", " ", 1)
	for _, layout := range []string{"2006-01-02 15:04:05", "15:04:05"} {
		if at, err := time.Parse(layout, text); err == nil {
			if layout == "15:04:05" {
				return s.day.Add(at.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)))
			}
			return at
		}
	}
	s.t.Fatalf("%q is no time", text)
	return time.Time{}
}
