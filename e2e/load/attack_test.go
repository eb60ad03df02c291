package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// A small attack beside a live board: nobody gets in, the right person does and
// soon, and the board goes on. "make attack" has 100,000 tries and bounds for
// every figure.
func TestAttackOnSignIn(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "dashboard")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "./cmd/dashboard")
	build.Dir, build.Env = "../..", append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	a := assault{binary: binary, tries: 3000, networks: 500, at: 300, each: 2 * time.Second, log: t.Output()}
	f, err := besiege(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tries in %v: %d refused (p50 %v), %d passwords looked at; the right person %d times, slowest %v; event to viewer p99 %v, before %v; %d MB",
		a.tries, f.took.Round(time.Millisecond), len(f.refused), f.refused.at(50), len(f.wrong), len(f.right), f.right.at(100), f.beside.at(99), f.quiet.at(99), f.memory>>20)
	if f.other > 0 || len(f.refused)+len(f.wrong) != a.tries {
		t.Errorf("%d tries were answered otherwise than %d or %d", f.other, http.StatusTooManyRequests, http.StatusForbidden)
	}
	if len(f.right) == 0 || f.right.at(100) > rightWait {
		t.Errorf("the right person signed in %d times, at the slowest after %v; want at most %v", len(f.right), f.right.at(100), rightWait)
	}
	if f.lost > 0 || len(f.beside) == 0 {
		t.Errorf("%d streams ended, %d events were seen", f.lost, len(f.beside))
	}
	// Each hash takes a core for a while: were they not queued, there would be
	// as many as tries.
	if most := int(f.took/(20*time.Millisecond)) + 50; len(f.wrong) > most {
		t.Errorf("%d passwords were looked at in %v", len(f.wrong), f.took)
	}
}
