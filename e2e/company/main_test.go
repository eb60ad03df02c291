// Package company signs people in at the built dashboard with accounts of a
// real OpenID Connect provider, as a browser does it.
package company

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// binary is the dashboard under test, built once.
var binary string

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the provider complains of every wrong code
	dir, err := os.MkdirTemp("", "dashboard-company-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binary = filepath.Join(dir, "dashboard")
	build := exec.Command("go", "build", "-o", binary, "./cmd/dashboard")
	build.Dir = filepath.Join("..", "..")
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
