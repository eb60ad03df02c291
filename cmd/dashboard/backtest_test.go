package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is wrong is said before anything is opened, with the setting, its value
// and what is expected.
func TestBacktestUsage(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "limits.yaml")
	if err := os.WriteFile(file, []byte("alarms:\n  ringing:\n    over: 20s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	wrong := filepath.Join(dir, "wrong.yaml")
	if err := os.WriteFile(wrong, []byte("alarms:\n  ringing:\n    over: soon\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"", exitUsage, "settings"},
		{"--settings " + wrong, exitUsage, "wrong.yaml:3: alarms.ringing.over"},
		{"--settings " + file + " --from yesterday", exitUsage, `"yesterday"`},
		{"--settings " + file + " --from 2026-11-16 --to 2026-11-15", exitUsage, "before --to"},
		{"--settings " + file + " --region Holland", exitUsage, `"Holland"`},
		{"--settings " + file + " --data-dir " + dir, exitFailure, "there is no journal in"},
	} {
		var out, errs strings.Builder
		code := run(t.Context(), append([]string{"backtest"}, strings.Fields(c.args)...), func(string) string { return "" }, &out, &errs)
		if code != c.code || !strings.Contains(errs.String(), c.says) || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%s: exit code %d, said %q, want %d and %q", c.args, code, errs.String(), c.code, c.says)
		}
	}
}
