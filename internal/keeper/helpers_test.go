package keeper

import (
	"os"
	"path/filepath"
	"testing"

	"callboard/internal/hub"
)

func removeAll(t testing.TB, pattern string) {
	t.Helper()
	list, err := filepath.Glob(pattern)
	if err != nil || len(list) == 0 {
		t.Fatalf("%s: %q, %v", pattern, list, err)
	}
	for _, path := range list {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// bare is a hub that nobody keeps.
func bare() *hub.Hub { return hub.New(hub.Options{}) }
