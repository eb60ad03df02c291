package rules

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"callboard/internal/kpi"
)

// The printed file says exactly what holds without one.
func TestPrintedDefaults(t *testing.T) {
	text := Default().YAML()
	got, err := Parse("settings.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if diff := cmp.Diff(Default(), got); diff != "" {
		t.Errorf("the printed defaults say something else (-want +got):\n%s", diff)
	}
	for i, line := range strings.Split(text, "\n") {
		if len([]rune(line)) > 140 {
			t.Errorf("line %d is too long to read: %s", i+1, line)
		}
	}
}

// Each printed value is read: the defaults with any one of them changed differ.
func TestEveryPrintedKeyCounts(t *testing.T) {
	changes := map[string]string{
		`""`: `"X"`, "0s": "1s", "off": "on", "on": "off", "80": "77", "30s": "29s", "10s": "11s", "1m": "59s", "20": "19", "5s": "6s",
		"4": "3", "3": "2", "20s": "21s", "30m": "31m", "15m": "14m", "5m": "4m", "1": "0", "2": "3", "3s": "4s", "15s": "14s", "2m": "3m", "95": "94", "5": "6", "10m": "9m",
	}
	lines := strings.Split(Default().YAML(), "\n")
	checked := 0
	for i, line := range lines {
		bare, _, _ := strings.Cut(line, "#")
		key, value, ok := strings.Cut(strings.TrimRight(bare, " "), ": ")
		if !ok {
			continue
		}
		other, ok := changes[value]
		if key == "    again" && value == "off" || strings.HasSuffix(key, "lines") {
			other = "44s"
			if strings.HasSuffix(key, "lines") {
				other = "30"
			}
		} else if !ok {
			t.Errorf("no other value for %q", line)
			continue
		}
		text := strings.Join(append(append(append([]string{}, lines[:i]...), key+": "+other), lines[i+1:]...), "\n")
		got, err := Parse("settings.yaml", []byte(text))
		if err != nil {
			t.Errorf("%s: %s: %v", key, other, err)
		} else if cmp.Equal(got, Default()) {
			t.Errorf("line %d, %s: changing it to %s changes nothing", i+1, bare, other)
		}
		checked++
	}
	if checked < 60 {
		t.Errorf("only %d values looked at", checked)
	}
}

// Any rules survive being written and read.
func TestWrittenRulesAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ms := func(name string, low, high time.Duration) time.Duration {
			return time.Duration(rapid.Int64Range(int64(low/time.Millisecond), int64(high/time.Millisecond)).Draw(t, name)) * time.Millisecond
		}
		r := Default()
		r.Company = rapid.StringMatching(`([^\pC\pZ]([^\pC\p{Zl}\p{Zp}]{0,30}[^\pC\pZ])?)?`).Draw(t, "company")
		r.ServiceLevel = kpi.ServiceLevel{
			Variant: kpi.Variant(rapid.IntRange(1, 5).Draw(t, "variant")), Goal: rapid.IntRange(1, 100).Draw(t, "goal"),
			Within: ms("within", time.Second, 10*time.Minute), Short: 0,
		}
		for _, l := range []*Limit{&r.Ringing, &r.Talking, &r.Missed, &r.ASA} {
			l.Over = ms("over", time.Minute, time.Hour).Seconds()
			l.Deadband = ms("deadband", 0, time.Minute-time.Millisecond).Seconds()
			l.On, l.Off, l.Again = ms("on", 0, time.Hour), ms("off", 0, time.Hour), ms("again", 10*time.Second, 24*time.Hour)
			if rapid.Bool().Draw(t, "off") {
				l.Over, l.Again = 0, 0
			}
			l.Sound = rapid.Bool().Draw(t, "sound")
		}
		r.Level.Under = float64(rapid.IntRange(0, 100).Draw(t, "under"))
		r.Capacity.Lines = rapid.IntRange(0, 10000).Draw(t, "lines")
		if rapid.Bool().Draw(t, "opening") {
			for day := range r.Opening.Days {
				for at := 0; at < 1440 && rapid.Bool().Draw(t, "more"); {
					h := Hours{From: rapid.IntRange(at, 1439).Draw(t, "from")}
					h.To = rapid.IntRange(h.From+1, 1440).Draw(t, "to")
					r.Opening.Days[day], at = append(r.Opening.Days[day], h), h.To
				}
			}
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "shifts") {
			s := Shift{Name: "shift " + strconv.Itoa(i), Start: rapid.IntRange(0, 1439).Draw(t, "start"), End: rapid.IntRange(0, 1440).Draw(t, "end")}
			for day := range s.Days {
				s.Days[day] = rapid.Bool().Draw(t, "day")
			}
			if s.Start != s.End && s.Days != ([7]bool{}) {
				r.Shifts = append(r.Shifts, s)
			}
		}
		name := rapid.StringMatching(`[^\pC\pZ]([^\pC\p{Zl}\p{Zp}]{0,30}[^\pC\pZ])?`)
		r.SignIn = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) SignInGroup {
			g := SignInGroup{Group: name.Draw(t, "group"), Role: rapid.SampledFrom(Roles).Draw(t, "role"), Level: rapid.SampledFrom(append([]string{""}, Levels...)).Draw(t, "level")}
			if g.Role != "administrator" && rapid.Bool().Draw(t, "scope") {
				g.Teams = rapid.SliceOfN(name, 1, 3).Draw(t, "teams")
				g.Lines = rapid.SliceOfN(name, 1, 3).Draw(t, "lines")
			}
			return g
		}), 0, 3, func(g SignInGroup) string { return g.Group }).Draw(t, "groups")
		if len(r.SignIn) == 0 {
			r.SignIn = nil
		}
		got, err := Parse("s", []byte(r.YAML()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, r.YAML())
		}
		if diff := cmp.Diff(r, got); diff != "" {
			t.Errorf("read back (-want +got):\n%s\nfrom\n%s", diff, r.YAML())
		}
	})
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.yaml")
	const file = `
company: Van Dijk Installatie
service-level: {goal: 90, within: 0:15}
alarms:
  ringing: {over: 1m30s, sound: off}
  talking: {over: off}
  capacity: {lines: 30, warn: 70}
opening:
  monday: [8:30-12:00, 13:00-24:00]
  sunday: closed
`
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Company = "Van Dijk Installatie"
	want.ServiceLevel.Goal, want.ServiceLevel.Within = 90, 15*time.Second
	want.Level.Under = 90 // follows the goal
	want.Ringing.Over, want.Ringing.Sound, want.Talking.Over = 90, false, 0
	want.Capacity.Lines, want.Capacity.Warn = 30, 70
	want.Opening.Days[time.Monday] = []Hours{{510, 720}, {780, 1440}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, nothing := range []string{"", "# all as it is\n", "{}\n", "alarms:\n"} {
		if got, err := Parse("s", []byte(nothing)); err != nil || !cmp.Equal(got, Default()) {
			t.Errorf("%q: %v, want the defaults", nothing, err)
		}
	}
}

// A limit below the default deadband is a good limit.
func TestDefaultDeadbandShrinks(t *testing.T) {
	r, err := Parse("s", []byte("alarms: {asa: {over: 2s}, waiting: {over: 1}, talking: {over: 5m}}"))
	if err != nil {
		t.Fatal(err)
	}
	if r.ASA.Over != 2 || r.ASA.Deadband != 1 || r.Waiting.Deadband != 0.5 {
		t.Errorf("%+v and %+v; want deadbands of half the limit", r.ASA, r.Waiting)
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"alarm: {}", `s.yaml:1: "alarm": unknown key, expected alarms, company, notice, opening, returned, service-level, shifts or sign-in`},
		{"- 1", `s.yaml:1: expected alarms, company, notice, opening, returned, service-level, shifts or sign-in`},
		{"alarms:\n  ringing: 30s", `s.yaml:2: alarms.ringing: "30s": expected again, deadband, off-delay, on-delay, over or sound`},
		{"alarms:\n  ringing:\n    over: 30", `s.yaml:3: alarms.ringing.over: "30": expected a duration from 1s to 1h, such as 30s, 1m30s or 0:30`},
		{"alarms: {ringing: {over: 0:99}}", `s.yaml:1: alarms.ringing.over: "0:99": expected a duration from 1s to 1h, such as 30s, 1m30s or 0:30`},
		{"alarms: {ringing: {over: -5s}}", `s.yaml:1: alarms.ringing.over: "-5s": expected a duration from 1s to 1h, such as 30s, 1m30s or 0:30`},
		{"alarms: {ringing: {over: 2h}}", `s.yaml:1: alarms.ringing.over: "2h": expected a duration from 1s to 1h, such as 30s, 1m30s or 0:30`},
		{"alarms: {ringing: {over: }}", `s.yaml:1: alarms.ringing.over: expected a duration from 1s to 1h, such as 30s, 1m30s or 0:30`},
		{"alarms: {ringing: {over: [1s]}}", `s.yaml:1: alarms.ringing.over: expected a duration from 1s to 1h, such as 30s, 1m30s or 0:30`},
		{"alarms: {ringing: {under: 1s}}", `s.yaml:1: alarms.ringing: "under": unknown key, expected again, deadband, off-delay, on-delay, over or sound`},
		{"alarms: {ringing: {sound: loud}}", `s.yaml:1: alarms.ringing.sound: "loud": expected on or off`},
		{"alarms: {waiting: {over: many}}", `s.yaml:1: alarms.waiting.over: "many": expected a number from 1 to 1000`},
		{"alarms: {waiting: {over: NaN}}", `s.yaml:1: alarms.waiting.over: "NaN": expected a number from 1 to 1000`},
		{"alarms: {answer-rate: {under: 101}}", `s.yaml:1: alarms.answer-rate.under: "101": expected a number from 1 to 100`},
		{"alarms: {answer-rate: {under: 80%}}", `s.yaml:1: alarms.answer-rate.under: "80%": expected a number from 1 to 100`},
		{"alarms: {chat: {colleagues: 1.5}}", `s.yaml:1: alarms.chat.colleagues: "1.5": expected a whole number from 1 to 100`},
		{"alarms:\n  capacity: {warn: 96}", `s.yaml:2: alarms.capacity: expected warn to be at most alarm`},
		{"alarms:\n  waiting: {over: 2, deadband: 3}", `s.yaml:2: alarms.waiting: expected deadband to be less than over`},
		{"alarms: {asa: {deadband: 30s}}", `s.yaml:1: alarms.asa: expected deadband to be less than over`},
		{"service-level: {variant: 6}", `s.yaml:1: service-level.variant: "6": expected a whole number from 1 to 5`},
		{"service-level:\n  short: 20s", `s.yaml:2: service-level: expected short to be less than within`},
		{"opening: {montag: [8:00-9:00]}", `s.yaml:1: opening: "montag": unknown key, expected friday, monday, saturday, sunday, thursday, tuesday or wednesday`},
		{"opening: {monday: 8:00-9:00}", `s.yaml:1: opening.monday: "8:00-9:00": expected a list of hours such as 8:30-17:00, or closed`},
		{"opening: {monday: [9:00-8:00]}", `s.yaml:1: opening.monday[0]: "9:00-8:00": expected hours such as 8:30-17:00, from 0:00 to 24:00`},
		{"opening: {monday: [9:00-24:01]}", `s.yaml:1: opening.monday[0]: "9:00-24:01": expected hours such as 8:30-17:00, from 0:00 to 24:00`},
		{"opening: {monday: [9:00-12:00, 11:00-13:00]}", `s.yaml:1: opening.monday[1]: "11:00-13:00": expected hours after those before them`},
		{"opening: {monday: closed}", `s.yaml:1: opening: expected hours on a day at least; a day that is not named is closed`},
		{"shifts: early", `s.yaml:1: shifts: "early": expected a list of shifts, each with name, start and end`},
		{"shifts:\n  - {name: Early, start: 7:00}", `s.yaml:2: shifts[0]: expected the keys name, start and end`},
		{"shifts:\n  - {name: Early, start: 7:00, end: 7:00}", `s.yaml:2: shifts[0]: expected an end that is not the start; a whole day is 0:00 to 24:00`},
		{"shifts:\n  - {name: Early, start: 24:00, end: 7:00}", `s.yaml:2: shifts[0].start: "24:00": expected a time of day from 0:00 to 23:59`},
		{"shifts:\n  - {name: Early, start: 7, end: 15:00}", `s.yaml:2: shifts[0].start: "7": expected a time of day from 0:00 to 23:59`},
		{"shifts:\n  - {name: Early, start: 7:00, end: 15:00, days: [today]}", `s.yaml:2: shifts[0].days[0]: "today": expected a day such as monday`},
		{"shifts:\n  - {name: Early, start: 7:00, end: 15:00, days: [monday, monday]}", `s.yaml:2: shifts[0].days[1]: "monday": expected each day once`},
		{"shifts:\n  - {name: Early, start: 7:00, end: 15:00, days: []}", `s.yaml:2: shifts[0].days: expected a day at least; without the key it is every day`},
		{"shifts:\n  - {name: Early, start: 7:00, end: 15:00}\n  - {name: early, start: 15:00, end: 23:00}", `s.yaml:3: shifts[1].name: "early": expected another name, line 2 has this shift already`},
		{"shifts:\n  - {name: Early, start: 7:00, end: 15:00, pause: 1h}", `s.yaml:2: shifts[0]: "pause": unknown key, expected days, end, name or start`},
		{"notice: [a]", `s.yaml:1: notice: expected a line of text`},
		{"company: " + strings.Repeat("x", 61), `s.yaml:1: company: "` + strings.Repeat("x", 61) + `": expected the company's name of at most 60 characters`},
		{"a: &a {}\nalarms: *a", `s.yaml:1: expected plain values, no anchors (&) and no aliases (*)`},
	} {
		_, err := Parse("s.yaml", []byte(c.file))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q:\n got %v\nwant %s", c.file, err, c.want)
		}
	}
}

func TestOpening(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Parse("s", []byte("opening: {monday: [8:30-12:00, 13:00-17:00], sunday: [0:00-24:00]}"))
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour, minute, second int) time.Time {
		return time.Date(2026, 11, day, hour, minute, second, 0, zone)
	}
	for _, c := range []struct {
		at   time.Time
		open bool
		next time.Time
	}{
		{at(23, 8, 29, 59), false, at(23, 8, 30, 0)}, // a Monday
		{at(23, 8, 30, 0), true, at(23, 12, 0, 0)},
		{at(23, 12, 30, 0), false, at(23, 13, 0, 0)},
		{at(23, 17, 0, 0), false, at(29, 0, 0, 0)},
		{at(29, 12, 0, 0), true, at(30, 0, 0, 0)},
	} {
		if got := r.Opening.Open(c.at); got != c.open {
			t.Errorf("%s: open %v", c.at, got)
		}
		if got := r.Opening.Next(c.at); !got.Equal(c.next) {
			t.Errorf("%s: next change %s, want %s", c.at, got, c.next)
		}
	}
	always := Default().Opening
	if !always.Open(at(22, 3, 0, 0)) || !always.Next(at(22, 3, 0, 0)).IsZero() {
		t.Error("without hours it is always open")
	}
}

// Whatever stands in the file, there is an answer, and an error is one line.
func FuzzParse(f *testing.F) {
	f.Add([]byte(Default().YAML()))
	f.Add([]byte("opening: {monday: [8:30-12:00]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Parse("s", data)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("more than one line: %q", err)
			}
			return
		}
		if again, err := Parse("s", []byte(r.YAML())); err != nil || !cmp.Equal(again, r) {
			t.Errorf("written and read: %v\n%s", err, cmp.Diff(r, again))
		}
	})
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(name, "callboard/") && name != "callboard/internal/kpi" && name != "callboard/internal/strictyaml" && name != "callboard/internal/plain" {
			t.Errorf("package rules imports %s: limits know numbers, not calls", name)
		}
	}
}
