package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"callboard/internal/access"
	"callboard/internal/history"
	"callboard/internal/privacy"
)

// privacyPage is the page on privacy.
func privacyPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What the page on privacy tells whoever answers for the data works when it is
// pasted.
func TestPrivacyCommands(t *testing.T) {
	dir, store := pastOf(t)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	here := strings.NewReplacer("~/.local/state/dashboard", dir, "person.json", filepath.Join(t.TempDir(), "person.json"), "anna.json", filepath.Join(t.TempDir(), "anna.json"))
	ran := 0
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(privacyPage(t), -1) {
		for line := range strings.Lines(here.Replace(block[1])) {
			rest, ours := strings.CutPrefix(strings.TrimSpace(line), "dashboard ")
			if !ours {
				t.Errorf("not a command of ours: %s", line)
				continue
			}
			ran++
			before := holds(t, dir, "5550101") || strings.Contains(line, "--person") && holds(t, dir, `"501"`)
			if code, _, errs := tell(t, words(rest)...); code != exitOK || !before {
				t.Errorf("%s: exit %d, it was there: %v\n%s", line, code, before, errs)
			}
		}
	}
	if ran != 4 || holds(t, dir, "5550101") || holds(t, dir, `"501"`) {
		t.Errorf("%d commands, want export and erase of a number and a colleague; the number is left: %v, the colleague: %v", ran, holds(t, dir, "5550101"), holds(t, dir, `"501"`))
	}
}

// Every length of time and size on the page is one that the program has, and
// every role, level and flag.
func TestPrivacyFigures(t *testing.T) {
	page := privacyPage(t)
	days := func(d time.Duration) string { return strconv.Itoa(int(d/(24*time.Hour))) + " days" }
	hours := func(d time.Duration) string { return strconv.Itoa(int(d/time.Hour)) + " hours" }
	of := map[string]string{} // what the page has to say, and of what
	add := func(says, what string) { of[says] = strings.TrimPrefix(of[says]+", "+what, ", ") }
	add(days(history.DefaultKeep), "--history-keep")
	add(days(access.DefaultAuditKeep), "the audit log")
	add(days(access.MinAuditKeep), "the audit log at least")
	add(hours(access.DefaultIdle), "a sign-in without use")
	add(hours(access.DefaultTotal), "a sign-in")
	add(strconv.Itoa(int(access.DefaultReveal/time.Minute))+" minutes", "hidden numbers shown")
	add(days(constant(t, "internal/access/device.go", "deviceLife")), "a known browser")
	add(days(constant(t, "internal/access/device.go", "placeLife")), "a known network")
	add(days(constant(t, "internal/state/ledger.go", "openLife")), "customers who wait")
	for _, said := range []struct{ file, pattern, unit, what string }{
		{"internal/eventlog/types.go", `FramesKeep, ([0-9]+)\*time.Hour`, " hours", "the flight recorder"},
		{"internal/eventlog/types.go", `FramesBytes, ([0-9]+)<<20`, " MiB", "the flight recorder"},
		{"cmd/dashboard/own.go", `"journal-keep", "([0-9]+)d"`, " days", "--journal-keep"},
		{"cmd/dashboard/own.go", `"journal-bytes", "([0-9]+)GiB"`, " GiB", "--journal-bytes"},
		{"static/kept.js", `LIFE = ([0-9]+) \* 36e5`, " hours", "the kept picture"},
	} {
		add(firstGroup(t, said.file, said.pattern)+said.unit, said.what)
	}
	if copies := firstGroup(t, "internal/history/keep.go", `backupsKept\s*= ([0-9]+)`); !strings.Contains(page, "the last "+copies+" |") {
		t.Errorf("%s copies are kept", copies)
	}
	found := regexp.MustCompile(`\b\d+ (?:days|hours|minutes|seconds|weeks|months|years|GiB|MiB|kB)\b`).FindAllString(page, -1)
	if len(found) < 12 {
		t.Fatalf("only %q were found on the page", found)
	}
	for _, f := range found {
		if of[f] == "" {
			t.Errorf("%q is nothing that the program has", f)
		}
	}
	for says, what := range of {
		if !slices.Contains(found, says) {
			t.Errorf("the page does not say %q (%s)", says, what)
		}
	}
	for _, word := range privacy.Levels() {
		if !strings.Contains(page, "| "+word+" |") {
			t.Errorf("the page does not explain the level %s", word)
		}
	}
	for _, role := range access.Roles() {
		if !strings.Contains(page, "| "+role+" |") {
			t.Errorf("the page does not explain the role %s", role)
		}
	}
	_, help, more := tell(t, "help", "serve")
	_, erase, _ := tell(t, "help", "erase")
	help += erase
	for _, flag := range regexp.MustCompile("`(--[a-z-]+)[` ]").FindAllStringSubmatch(page, -1) {
		if !strings.Contains(help+more, strings.TrimPrefix(flag[1], "-")) {
			t.Errorf("neither serve nor erase has %s", flag[1])
		}
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil || !strings.Contains(string(readme), "(docs/privacy.md)") {
		t.Errorf("the README does not lead to the page: %v", err)
	}
}

// firstGroup is what a pattern finds in a file of the program.
func firstGroup(t *testing.T, file, pattern string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", file))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(pattern).FindSubmatch(text)
	if m == nil {
		t.Fatalf("%s has no %s", file, pattern)
	}
	return string(m[1])
}

// constant is a length of time that a file of another package gives a name.
func constant(t *testing.T, file, name string) time.Duration {
	t.Helper()
	d := time.Hour
	for factor := range strings.SplitSeq(firstGroup(t, file, name+`\s*= ([0-9]+(?: \* [0-9]+)*) \* time.Hour`), " * ") {
		n, err := strconv.Atoi(factor)
		if err != nil {
			t.Fatal(err)
		}
		d *= time.Duration(n)
	}
	return d
}
