package views

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func readSheet(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../static/app.css")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// tokens reads the first block of the style sheet's source that begins with
// the selector.
func tokens(t *testing.T, selector string) map[string]string {
	t.Helper()
	b, err := os.ReadFile("../static/src/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	_, block, ok := strings.Cut(string(b), "\n"+selector+" {")
	if !ok {
		t.Fatalf("no block %s", selector)
	}
	block, _, _ = strings.Cut(block, "}")
	found := map[string]string{}
	for _, m := range regexp.MustCompile(`--([cd]-[a-z0-9]+): (#[0-9A-F]{6})`).FindAllStringSubmatch(block, -1) {
		found[m[1]] = m[2]
	}
	return found
}

// contrast is WCAG 2's ratio of two colours.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(hex string) float64 {
		n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
		if err != nil {
			t.Fatalf("colour %q: %v", hex, err)
		}
		channel := func(v uint64) float64 {
			c := float64(v&0xff) / 255
			if c <= 0.04045 {
				return c / 12.92
			}
			return math.Pow((c+0.055)/1.055, 2.4)
		}
		return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n)
	}
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrastOfTokens(t *testing.T) {
	for _, theme := range []struct {
		selector string
		ratios   map[string]float64 // against the ground, as the design computed them
	}{
		{":root, .dark", map[string]float64{
			"c-line": 1.3, "c-line2": 1.8, "c-edge": 3.5, "c-ink": 16.5, "c-text": 11.7, "c-mute": 7.2, "c-faint": 5.0,
			"c-talk": 11.1, "c-ring": 14.5, "c-alarm": 4.9, "c-idle": 5.0, "c-inv": 16.5, "c-bar": 2.0, "c-bar2": 3.4,
		}},
		{".light", map[string]float64{
			"c-line": 1.2, "c-line2": 1.6, "c-edge": 3.3, "c-ink": 18.3, "c-text": 12.5, "c-mute": 6.9, "c-faint": 5.3,
			"c-talk": 10.0, "c-ring": 4.54, "c-alarm": 10.8, "c-idle": 5.1, "c-inv": 18.3, "c-bar": 1.8, "c-bar2": 3.4,
		}},
	} {
		c := tokens(t, theme.selector)
		for name, want := range theme.ratios {
			if got := contrast(t, c[name], c["c-ground"]); math.Abs(got-want) > 0.06 {
				t.Errorf("%s: %s on the ground has %.2f, want %.2f", theme.selector, name, got, want)
			}
		}
		for _, name := range []string{"c-ink", "c-text", "c-mute", "c-faint", "c-alarm"} {
			if got := contrast(t, c[name], c["c-raise"]); got < 4.5 {
				t.Errorf("%s: %s on a raised row has %.2f", theme.selector, name, got)
			}
		}
		for _, name := range []string{"d-ink", "d-text", "d-mute"} {
			if got := contrast(t, c[name], c["c-hatch"]); got < 4.5 {
				t.Errorf("%s: %s on a line of the hatch has %.2f", theme.selector, name, got)
			}
		}
		if got := contrast(t, c["c-onfill"], c["c-alarm"]); got < 4.5 {
			t.Errorf("%s: words on an alarm have %.2f", theme.selector, got)
		}
	}
}

// The pages make no request to anyone else.
func TestSheetIsSelfContained(t *testing.T) {
	for _, m := range regexp.MustCompile(`url\(([^)]*)\)|@import[^;]*`).FindAllStringSubmatch(readSheet(t), -1) {
		if to := strings.Trim(m[1], `"'`); !strings.HasPrefix(to, "/static/") {
			t.Errorf("the style sheet reaches for %q", m[0])
		}
	}
}
