package privacy

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		in        string
		colleague bool
		last, all string
	}{
		{"+31205550101", false, "+31205550···", Hidden},
		{"+31 20 555 01 01", false, "+31 20 555 0···", Hidden},
		{"020-5550101", false, "020-5550···", Hidden},
		{"(020) 555 0-10-1", false, "(020) 555 0-···", Hidden},
		{"112", false, "···", Hidden},
		{"12", false, "··", Hidden},
		{"201", true, "201", Hidden},
		{"", false, "", ""},
		{"anonymous", false, "anonymous", "anonymous"},
		{"sip:anonymous@anonymous.invalid", false, "sip:anonymous@anonymous.invalid", "sip:anonymous@anonymous.invalid"},
		{"anonymous@0612345678.example", false, Hidden, Hidden},
		{"sip:jan@example.com", false, Hidden, Hidden},
		{"0205550101;ext=12", false, Hidden, Hidden},
		{"٠٦١٢٣٤٥٦٧٨", false, Hidden, Hidden},
		{"Jansen 0612345678", false, Hidden, Hidden},
	} {
		for level, want := range []string{Full: c.in, LastThree: c.last, Initials: c.all, Counts: c.all} {
			if got := Level(level).Number(c.in, c.colleague); got != want {
				t.Errorf("%s: number %q is shown as %q, want %q", Level(level), c.in, got, want)
			}
		}
	}
}

func TestName(t *testing.T) {
	for _, c := range []struct {
		in        string
		colleague bool
		last, ini string
	}{
		{"Bakery Noord", false, "Bakery Noord", "B. N."},
		{"Anna", true, "Anna", "A."},
		{"van der Berg-Jansen", true, "van der Berg-Jansen", "V. D. B."},
		{"d'Arcy Éloïse", false, "d'Arcy Éloïse", "D. É."},
		{"0205550101", false, "0205550···", Hidden},
		{"+31 20 555 01 01", false, "+31 20 555 0···", Hidden},
		{"Jansen 06-12345678", false, "Jansen 06-12345···", "J."},
		{"Desk 201", false, "Desk 201", "D."},
		{"Route 66 1234", false, "Route 66 1···", "R."},
		{"12345", true, "12345", Hidden},
		{"", false, "", ""},
	} {
		for level, want := range []string{Full: c.in, LastThree: c.last, Initials: c.ini} {
			if got := Level(level).Name(c.in, c.colleague); got != want {
				t.Errorf("%s: name %q is shown as %q, want %q", Level(level), c.in, got, want)
			}
		}
		if got := Counts.Name(c.in, c.colleague); got != "" && got != Hidden {
			t.Errorf("counts: name %q is shown as %q", c.in, got)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string][2]string{
		"call +31 20 555 01 01 back, room 12": {"call +31 20 555 0··· back, room 12", "call +••• back, room 12"},
		"06 1234 5678":                        {"06 1234 5···", Hidden},
		"at 14:30":                            {"at 14:30", "at 14:30"},
		"1234 and 56789":                      {"1234 and 56···", "1234 and •••"},
		"no number":                           {"no number", "no number"},
	} {
		if got := LastThree.Text(in); got != want[0] {
			t.Errorf("last-three: %q is %q, want %q", in, got, want[0])
		}
		if got := Initials.Text(in); got != want[1] {
			t.Errorf("initials: %q is %q, want %q", in, got, want[1])
		}
		if Full.Text(in) != in || Counts.Text(in) != Hidden {
			t.Errorf("full or counts: %q is %q, %q", in, Full.Text(in), Counts.Text(in))
		}
	}
}

// Whatever is written: no level shows five digits in a row of a text or an
// outsider's name, and a mask put on again hides nothing more.
func TestNothingOfANumberIsLeft(t *testing.T) {
	longest := func(s string) (most int) {
		run := 0
		for _, r := range s {
			if run++; !unicode.IsDigit(r) {
				run = 0
			}
			most = max(most, run)
		}
		return most
	}
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[0-9]{5,15}`).Draw(t, "number")
		text := rapid.StringMatching(`[a-z ,:]{0,8}`).Draw(t, "before") + digits + rapid.StringMatching(`[a-z ,:]{0,8}`).Draw(t, "behind")
		for _, l := range []Level{LastThree, Initials, Counts} {
			for what, got := range map[string]string{"text": l.Text(text), "name": l.Name(text, false), "number": l.Number(digits, false)} {
				if strings.Contains(got, digits) || strings.Contains(got, digits[len(digits)-3:]+" ") {
					t.Fatalf("%s of %q at %s is %q", what, text, l, got)
				}
				if l > LastThree && longest(got) >= leastNumber {
					t.Fatalf("%s of %q at %s is %q", what, text, l, got)
				}
			}
			if once := l.Number(digits, false); strings.Count(once, "·")+strings.Count(once, "•") != 3 {
				t.Fatalf("number %q at %s is %q", digits, l, once)
			}
		}
	})
}

func TestStricter(t *testing.T) {
	for _, a := range Levels() {
		for _, b := range Levels() {
			x, _ := ParseLevel(a)
			y, _ := ParseLevel(b)
			s := Stricter(x, y)
			if s < x || s < y || s != x && s != y {
				t.Errorf("the stricter of %s and %s is %s", a, b, s)
			}
			if got := (Lens{Level: x, Scope: "team=Sales"}).AtLeast(y); got.Level != s || got.Scope != "team=Sales" {
				t.Errorf("%s at least %s is %+v", a, b, got)
			}
		}
	}
	if _, ok := ParseLevel("all"); ok {
		t.Error("a level that is none was read")
	}
}
