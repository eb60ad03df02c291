package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// What the README says of the data works when it is pasted, line by line: a copy
// is taken, put back, rows come out, one number goes, and then everything.
func TestReadmeData(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(text), "## Data: ")
	section, _, _ = strings.Cut(section, "\n## ")
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(section, -1)
	if !ok || len(blocks) != 5 {
		t.Fatalf("%d blocks of commands, want 5: back up, restore, export, erase one, remove all", len(blocks))
	}
	dir, store := pastOf(t)
	if _, err := store.Backup(t.Context(), time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	mount, work := t.TempDir(), t.TempDir()
	here := strings.NewReplacer("~/.local/state/dashboard", dir, "/mnt/backup", mount, "calls.csv", filepath.Join(work, "calls.csv"))
	commands := 0
	for _, block := range blocks {
		var script strings.Builder
		for line := range strings.Lines(here.Replace(block[1])) {
			line = strings.TrimSpace(line)
			if rest, ours := strings.CutPrefix(line, "dashboard "); ours {
				args := words(rest)
				if code, _, errs := tell(t, args...); code != exitOK {
					t.Errorf("%s: exit %d: %s", line, code, errs)
				}
				commands++
				continue
			}
			script.WriteString(line + "\n")
		}
		out, err := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", script.String()).CombinedOutput()
		if err != nil {
			t.Errorf("%v: %s\n%s", err, out, script.String())
		}
		switch {
		case strings.Contains(block[1], "/mnt/backup/\n"):
			if copies, _ := filepath.Glob(filepath.Join(mount, "history-*.db")); len(copies) != 1 {
				t.Errorf("the copies are %v", copies)
			}
			if err := os.WriteFile(filepath.Join(dir, "history.db"), nil, 0o600); err != nil { // lost
				t.Fatal(err)
			}
		case strings.Contains(block[1], "export"):
			rows, err := os.ReadFile(filepath.Join(work, "calls.csv"))
			if err != nil || strings.Count(string(rows), "\n") < 2 {
				t.Errorf("%v, %d bytes: what was restored is not there", err, len(rows))
			}
		case strings.Contains(block[1], "rm -rf"):
			if _, err := os.Stat(dir); !os.IsNotExist(err) {
				t.Errorf("the folder is still there: %v", err)
			}
		}
	}
	if commands != 2 {
		t.Errorf("%d commands of ours, want export and erase", commands)
	}
	// The flags the section speaks of are there.
	_, help, more := tell(t, "help", "serve")
	for _, flag := range regexp.MustCompile("`(--[a-z-]+)`").FindAllStringSubmatch(section, -1) {
		if !strings.Contains(help+more, strings.TrimPrefix(flag[1], "-")) {
			t.Errorf("serve has no %s", flag[1])
		}
	}
}

// words are the arguments of a line, as a shell parts them.
func words(line string) (out []string) {
	for _, m := range regexp.MustCompile(`"([^"]*)"|(\S+)`).FindAllStringSubmatch(line, -1) {
		out = append(out, m[1]+m[2])
	}
	return out
}
