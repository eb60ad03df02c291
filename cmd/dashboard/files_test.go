package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/hub"
	"callboard/internal/rules"
)

// What is printed to begin with says what holds without it.
func TestPrintedSettingsAreTheDefaults(t *testing.T) {
	var out, complaints bytes.Buffer
	if code := run(t.Context(), []string{"settings"}, func(string) string { return "" }, &out, &complaints); code != exitOK {
		t.Fatalf("exit %d: %s", code, complaints.String())
	}
	got, err := rules.Parse("settings.yaml", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rules.Default(), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// takes notes what it is given.
type takes struct {
	used    []hub.Setup
	refused []string
}

func (k *takes) Use(s hub.Setup)   { k.used = append(k.used, s) }
func (k *takes) Refuse(why string) { k.refused = append(k.refused, why) }

func TestReread(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := &call{command: command{name: "demo"}, getenv: func(string) string { return "" }}
	f := newFlags(c, prefix)
	o := f.files()
	c.args = []string{"--settings", filepath.Join(dir, "settings.yaml"), "--teams", filepath.Join(dir, "teams.yaml"), "--ring-limit", "50s"}
	if err := f.parse(c); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	var k takes
	again := func() { o.reread(&k, slog.New(slog.NewTextHandler(&log, nil))) }

	write("settings.yaml", "alarms: {ringing: {over: 20s}, talking: {over: 10m}}")
	write("teams.yaml", "teams: [{name: Sales, users: [Anna]}]")
	again()
	if len(k.used) != 1 || k.used[0].Rules.Ringing.Over != 50 || k.used[0].Rules.Talking.Over != 600 || k.used[0].Teams.OfUser("", "anna", "") != "Sales" {
		t.Fatalf("taken: %+v", k.used)
	}
	write("teams.yaml", "teams: [{name: Sales, users: [Anna, Anna]}]")
	again()
	if len(k.used) != 1 || len(k.refused) != 1 || k.refused[0] != "teams.yaml:1: teams[0].users[1]: expected each once and in one team, line 1 has it already" {
		t.Fatalf("taken %d, refused %q", len(k.used), k.refused)
	}
	if strings.Contains(log.String(), "Anna") {
		t.Errorf("the log names somebody: %s", log.String())
	}
	if n := strings.Count(log.String(), "level=ERROR"); n != 1 {
		t.Errorf("%d complaints in\n%s", n, log.String())
	}
}

// used hands on what it is given.
type used chan hub.Setup

func (u used) Use(s hub.Setup) { u <- s }
func (used) Refuse(string)     {}

func TestHangupReadsTheFilesAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(file, []byte("company: Second Name"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := files{settings: &setting{text: file}, teams: &setting{}, ringLimit: &setting{}}
	u := make(used)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	defer o.keepReading(ctx, u, slog.New(slog.DiscardHandler))()
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	select {
	case s := <-u:
		if s.Rules.Company != "Second Name" {
			t.Errorf("read %q", s.Rules.Company)
		}
	case <-time.After(10 * time.Second):
		t.Error("the files were not read again")
	}
}

// Everybody of the demo's company is in a team, and nobody in two.
func TestDemoTeams(t *testing.T) {
	s := demoSetup()
	for _, number := range []string{"201", "231", "251", "260", "999", "2741", "2876"} {
		if s.Teams.OfUser("", "", number) == "" {
			t.Errorf("%s is in no team", number)
		}
	}
	for _, line := range []string{"Verkoop", "Support", "Administratie", "Storing"} {
		if s.Teams.OfLine("", line, "") == "" {
			t.Errorf("line %s is in no team", line)
		}
	}
}
