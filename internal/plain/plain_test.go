package plain

import "testing"

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Anna de Vries": "anna de vries", "ZOË": "zoe", "Zoe\u0308": "zoe", "Straße": "strasse",
		"Yılmaz": "yilmaz", "René": "rene", "": "", "İz": "iz",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]string{
		"+31 (0)20-555.01 01": "+310205550101", "201": "201", "Anna": "", "": "", " 2\u00a001 ": "201", "anonymous": "",
	} {
		if got := Number(in); got != want {
			t.Errorf("Number(%q) = %q, want %q", in, got, want)
		}
	}
}
