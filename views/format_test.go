package views

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestFormatAge(t *testing.T) {
	for _, tt := range []struct {
		d       time.Duration
		atLeast bool
		want    string
	}{
		{0, false, "0:00"},
		{999 * time.Millisecond, false, "0:00"},
		{47 * time.Second, false, "0:47"},
		{59*time.Minute + 59*time.Second, false, "59:59"},
		{time.Hour, false, "1:00:00"},
		{time.Hour + 58*time.Minute + 20*time.Second, true, "≥ 1:58:20"},
		{30 * time.Hour, false, "30:00:00"},
		{-5 * time.Second, false, "0:00"},
	} {
		if got := FormatAge(tt.d, tt.atLeast); got != tt.want {
			t.Errorf("FormatAge(%v, %v) = %q, want %q", tt.d, tt.atLeast, got, tt.want)
		}
	}
}

func TestSeconds(t *testing.T) {
	for _, tt := range []struct {
		d    time.Duration
		want string
	}{
		{-time.Second, "0.0 s"},
		{340 * time.Millisecond, "0.3 s"},
		{9999 * time.Millisecond, "9.9 s"},
		{42 * time.Second, "42 s"},
		{12*time.Minute + 4*time.Second, "12:04"},
	} {
		if got := English.Seconds(tt.d); got != tt.want {
			t.Errorf("Seconds(%v) = %q, want %q", tt.d, got, tt.want)
		}
	}
}

func TestFormatNumber(t *testing.T) {
	for raw, want := range map[string]string{
		"+31205550101":   "+31 20 555 01 01",
		"+31625550143":   "+31 6 2555 01 43",
		"+31162550101":   "+31 162 55 01 01",
		"+318000101":     "+31 800 0101",
		"0205550101":     "020 555 01 01",
		"0625550143":     "06 2555 01 43",
		"+3235550120":    "+32 3 555 01 20",
		"+32470550120":   "+32 470 55 01 20",
		"+32165501":      "+32 165501",
		"+442079460123":  "+44 20 7946 0123",
		"+447700900123":  "+44 7700 900123",
		"+49305550123":   "+49 30 5550123",
		"+4915155501234": "+49 151 55501234",
		"201":            "201",
		"":               "",
		"+":              "+",
		"anonymous":      "anonymous",
		"+1555":          "+1555",
		"+12025550101":   "+12025550101",
		"0031205550101":  "0031205550101",
		"*21*31":         "*21*31",
		"+31 20 5550101": "+31 20 5550101",
		"+31":            "+31",
	} {
		if got := FormatNumber(raw); got != want {
			t.Errorf("FormatNumber(%q) = %q, want %q", raw, got, want)
		}
	}
}

// The contract: numbers appear as the feed gave them, apart from spacing.
func FuzzFormatNumber(f *testing.F) {
	for _, s := range []string{"+31205550101", "0205550101", "+3223", "+494", "+442", "+31 6", "+31800", "0800"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		spaceless := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := FormatNumber(raw); spaceless(got) != spaceless(raw) {
			t.Errorf("FormatNumber(%q) = %q changes more than spaces", raw, got)
		}
	})
}

func TestCleanText(t *testing.T) {
	for raw, want := range map[string]string{
		"Anna de Vries":                      "Anna de Vries",
		"  Anna \t\r\n de\x00 Vries ":        "Anna de Vries",
		"a\u202Eb\u2066c\u200Bd":             "abcd",
		"\x1b[31mred\x7f\u0085":              "[31mred",
		"\xff\xfeok\xc3":                     "ok",
		"<b>Bold & Sons</b>":                 "<b>Bold & Sons</b>",
		"":                                   "",
		"\x00\x01":                           "",
		strings.Repeat("x", 64):              strings.Repeat("x", 64),
		strings.Repeat("x", 65):              strings.Repeat("x", 63) + "…",
		strings.Repeat("é", 70):              strings.Repeat("é", 63) + "…",
		strings.Repeat("\x00", 500) + "late": "late",
	} {
		if got := CleanText(raw); got != want {
			t.Errorf("CleanText(%.40q) = %q, want %q", raw, got, want)
		}
	}
}

func FuzzCleanText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got := CleanText(raw)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxRunes {
			t.Errorf("CleanText(%q) = %q: not UTF-8 or too long", raw, got)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || invisible(r) }); i >= 0 {
			t.Errorf("CleanText(%q) = %q keeps %q", raw, got, got[i:])
		}
		if again := CleanText(got); again != got {
			t.Errorf("CleanText(%q) = %q, and again %q", raw, got, again)
		}
	})
}

func TestWallScale(t *testing.T) {
	near := func(a, b float64) bool { return math.Abs(a-b) < 0.005 }
	for _, tt := range []struct {
		inches, metres, t, h, m float64
		rows                    int
	}{
		{55, 5, 5.91, 17.82, 4.73, 9},
		{0, 0, 5.91, 17.82, 4.73, 9},
		{math.NaN(), math.Inf(1), 5.91, 17.82, 4.73, 9},
		{-1, -1, 5.91, 17.82, 4.73, 9},
		{75, 5, 4.33, 13.07, 3.47, 13},
		{24, 0.5, 2, 6.03, 1.6, 28},
		{24, 50, 16, 48.25, 12.8, 2},
	} {
		size, head, floor, rows := WallScale(tt.inches, tt.metres)
		if !near(size, tt.t) || !near(head, tt.h) || !near(floor, tt.m) || rows != tt.rows {
			t.Errorf("WallScale(%v, %v) = %.2f, %.2f, %.2f, %d, want %v, %v, %v, %d", tt.inches, tt.metres, size, head, floor, rows, tt.t, tt.h, tt.m, tt.rows)
		}
	}
}

// The stepped classes of the style sheet must hold every scale and row count.
func TestWallClasses(t *testing.T) {
	sheet := readSheet(t)
	for inches := 20.0; inches < 120; inches += 7 {
		for metres := 0.5; metres < 20; metres += 0.7 {
			var w Wall
			w.TypeVH, _, _, w.Rows = WallScale(inches, metres)
			for class := range strings.FieldsSeq(wallClass(w)) {
				if !strings.Contains(sheet, "."+class+"{") && !strings.Contains(sheet, "."+class+" ") {
					t.Fatalf("%v inch at %v m: no rule for .%s", inches, metres, class)
				}
			}
		}
	}
}

func TestWordsAreComplete(t *testing.T) {
	v := reflect.ValueOf(English)
	for i := range v.NumField() {
		if v.Field(i).String() == "" {
			t.Errorf("English has no word for %s", v.Type().Field(i).Name)
		}
	}
	dutch := English
	dutch.Board = "Bord"
	if got := words(WithWords(context.Background(), &dutch)).Board; got != "Bord" {
		t.Errorf("words of the context = %q, want Bord", got)
	}
}
