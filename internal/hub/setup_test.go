package hub

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/teams"
)

// The status page says by which rules a person is called for, in whose words
// they came, what was refused, and which members of teams nobody knows; the
// log names lines of the file only.
func TestSetupOnTheStatusPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		r, err := rules.Parse("s", []byte("alarms: {waiting: {over: off}, capacity: {lines: 30}}\nopening: {monday: [8:30-17:00], tuesday: [8:30-17:00], saturday: [9:00-12:00]}"))
		if err != nil {
			t.Fatal(err)
		}
		of, err := teams.Parse("teams.yaml", []byte("teams:\n  - name: Sales\n    users:\n      - Anna\n      - Nobody Known\n    lines: [Sales]"))
		if err != nil {
			t.Fatal(err)
		}
		h, stop := run(t, Options{Zone: time.UTC, Log: slog.New(slog.NewTextHandler(&log, nil)), Setup: Setup{
			Rules: r, RulesFile: "settings.yaml", Teams: of, TeamsFile: "teams.yaml",
		}})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, state.Name{Kind: state.NameUser, OID: "901", Text: "Anna"}, state.Name{Kind: state.NameLine, OID: "1601", Text: "Sales"})
		h.Refuse("settings.yaml:3: alarms.ringing.over: expected a duration")
		proven(h, time.Minute)
		feedIn(h, call(1).rings(), call(1).answers())
		proven(h, 5*time.Second)
		read := func(query string) string {
			synctest.Wait()
			pic, err := h.Picture(t.Context(), mustQuery(t, PageStatus, query))
			if err != nil {
				t.Fatal(err)
			}
			s := pic.Status.Setup
			lines := []string{s.Note, s.Refused, s.Unknown}
			for _, a := range s.Alarms {
				lines = append(lines, strings.Join([]string{a.Name, a.Limit, a.On, a.Off, a.Again, a.Sound}, " | "))
			}
			for _, f := range s.Facts {
				lines = append(lines, f.Label+": "+f.Value)
			}
			return strings.Join(lines, "\n")
		}
		got := read("")
		for _, line := range []string{
			"settings.yaml, in effect since 00:00:00",
			"Not taken at 00:00:00, the old settings stay: settings.yaml:3: alarms.ringing.over: expected a duration",
			"The PBX does not know who stands in these lines of teams.yaml: 5 (Nobody Known)",
			"A customer rings | over 0:30 | at once | at once | 1:00 | sounds",
			"Customers ringing at once | off | – | – | – | –",
			"Service level | under 80 %, from n 20 | 1:00 | 1:00 | 30:00 | silent",
			"Lines in use | warning at 80 %, alarm at 95 % of 30 | 0:05 | 0:30 | 10:00 | sounds",
			"Service level: 80 % in 20 s, variant 4, short under 5 s",
			"Opening hours: Mon–Tue 8:30–17:00; Sat 9:00–12:00",
			"Teams: Sales",
		} {
			if !strings.Contains(got, line) {
				t.Errorf("no line %q in\n%s", line, got)
			}
		}
		if text := log.String(); !strings.Contains(text, "lines=[5]") || strings.Contains(text, "Nobody") || strings.Count(text, "does not know") != 1 {
			t.Errorf("logged %q", text)
		}
		h.Use(Setup{})
		proven(h, 2*time.Second)
		if got := read(""); !strings.Contains(got, "the defaults, in effect since 00:01:05") || strings.Contains(got, "Not taken") || strings.Contains(got, "does not know") {
			t.Errorf("with the defaults:\n%s", got)
		}
	})
}
