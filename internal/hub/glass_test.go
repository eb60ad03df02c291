package hub

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Nobody reaches the board but by way of a painter's glass, or with a sight in
// hand: a composer that read it directly would show what a lens hides. The files
// named here are those that feed the board or read it through a lens.
func TestComposersReadThroughGlass(t *testing.T) {
	allowed := map[string]string{
		"hub.go": "applies inputs", "door.go": "applies inputs", "sleep.go": "applies inputs", "trial.go": "has a board of its own",
		"paint.go": "the clear painter's mirror; the pulse of the feed", "numbers.go": "the clear painter's day", "glass.go": "the glass itself", "glass_read.go": "the same", "glass_count.go": "the same",
		"look.go": "through a sight", "gaps.go": "through a sight", "dismiss.go": "through a sight",
	}
	reads := regexp.MustCompile(`\bh\.(board|ghosts)\b|\.Read\(`)
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, f := range files {
		name := f.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			code, _, _ := strings.Cut(line, "//")
			if !reads.MatchString(code) || strings.Contains(code, "rand.Read") || strings.Contains(code, "metrics.Read") {
				continue
			}
			read[name] = true
			if allowed[name] == "" {
				t.Errorf("%s:%d reads the board itself: no lens has been held before what it gets: %s", name, i+1, strings.TrimSpace(line))
			}
		}
	}
	for name := range allowed {
		if !read[name] {
			t.Errorf("%s reads no board and need not be named", name)
		}
	}
}
