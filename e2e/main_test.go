// Package e2e tests the built dashboard from outside: as a process, over
// HTTP, in a real Chromium.
package e2e

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"callboard/e2e/browser"
)

// binary is the dashboard under test, built once.
var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "dashboard-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binary = filepath.Join(dir, "dashboard")
	build := exec.Command("go", "build", "-o", binary, "./cmd/dashboard")
	build.Dir = ".."
	build.Stdout, build.Stderr = os.Stdout, os.Stderr
	code := 1
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build the dashboard:", err)
	} else {
		code = m.Run()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// needBrowser skips the test where there is no Chromium; with CI=true that is
// a failure.
func needBrowser(t *testing.T) {
	t.Helper()
	if _, err := browser.Find(); errors.Is(err, browser.ErrMissing) {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
}
