package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the stories as they are now")

// TestStories runs the start-up stories of testdata: transcripts of a shell.
//
//	$ NAME=value dashboard serve --flag    the environment and the command
//	1> a line of standard output
//	2> a line of standard error
//	exit 2
//
// Lines that begin with # are for the reader. $WORK is a folder with the files
// that fixtures makes. The commands here end by themselves: nothing is opened.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for line := range strings.Lines(string(data)) {
				switch {
				case strings.HasPrefix(line, "$ "):
					got.WriteString(line)
					got.WriteString(play(t, strings.TrimSpace(line[2:])))
				case strings.HasPrefix(line, "#"), strings.TrimSpace(line) == "":
					got.WriteString(line)
				}
			}
			if *update {
				if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(data), got.String()); diff != "" {
				t.Errorf("the program tells another story (-want +got), -update rewrites:\n%s", diff)
			}
		})
	}
}

// play runs one command line and returns what it printed.
func play(t *testing.T, line string) string {
	t.Helper()
	work := fixtures(t)
	words := split(t, strings.ReplaceAll(line, "$WORK", work))
	env := map[string]string{"HOME": filepath.Join(work, "home")}
	for len(words) > 0 && words[0] != "dashboard" {
		name, value, ok := strings.Cut(words[0], "=")
		if !ok {
			t.Fatalf("%q is neither NAME=value nor dashboard", words[0])
		}
		env[name], words = value, words[1:]
	}
	if len(words) == 0 {
		t.Fatalf("no command in %q", line)
	}
	// A story that opens something by mistake ends at once.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	code := run(ctx, words[1:], func(name string) string { return env[name] }, &stdout, &stderr)

	var told strings.Builder
	for prefix, text := range map[string]*bytes.Buffer{"1> ": &stdout, "2> ": &stderr} {
		for line := range strings.Lines(text.String()) {
			fmt.Fprintln(&told, prefix+strings.TrimRight(strings.ReplaceAll(line, work, "$WORK"), "\n"))
		}
	}
	if code == exitUsage && strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("%s\nsaid %q: want exactly one line", line, stderr.String())
	}
	for _, secret := range []string{"sesame", "hunter2"} {
		if strings.Contains(stderr.String(), secret) {
			t.Errorf("%s\nsays the secret: %s", line, stderr.String())
		}
	}
	fmt.Fprintf(&told, "exit %d\n", code)
	return told.String()
}

// fixtures makes the folder of a story.
func fixtures(t *testing.T) string {
	t.Helper()
	work := t.TempDir()
	for name, text := range map[string]string{
		"password":                 "open sesame\n",
		"empty":                    "\n",
		"novel":                    strings.Repeat("It was a dark and stormy night. ", 200),
		"not-a-folder":             "a file",
		"credentials/pbx-password": "open sesame",
		"settings.yaml":            "alarms:\n  ringing:\n    over: 45s\n",
		"groups.yaml":              "sign-in:\n  groups:\n    - {group: admins, role: administrator}\n    - {group: leads, role: supervisor, teams: [Sales]}\n",
		"bad-groups.yaml":          "sign-in:\n  groups:\n    - {group: admins, role: boss}\n",
		"sales.yaml":               "teams:\n  - name: Sales\n    users: [201]\n",
		"bad-settings.yaml":        "alarms:\n  ringing:\n    over: 45\n",
		"bad-teams.yaml":           "teams:\n  - name: Sales\n    users: [201, 202, Anna]\n  - name: Support\n    users: [anna]\n",
	} {
		file := filepath.Join(work, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return work
}

// split splits a command line at spaces; single quotes keep a word together.
func split(t *testing.T, line string) []string {
	t.Helper()
	var words []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			words[len(words)-1] += part
			continue
		}
		fields := strings.Fields(part)
		if strings.HasPrefix(part, " ") || i == 0 {
			words = append(words, fields...)
		} else if len(fields) > 0 {
			words[len(words)-1] += fields[0]
			words = append(words, fields[1:]...)
		}
		if strings.HasSuffix(part, " ") {
			words = append(words, "")
		}
	}
	for len(words) > 0 && words[len(words)-1] == "" {
		words = words[:len(words)-1]
	}
	return words
}
