package history

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"callboard/internal/state"
)

// A copy that was made while a request waited has the request as well: who is to
// be erased goes from there too, also where nothing else of them stands in it.
func TestACopyKeepsNoRequest(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{})
	who := state.ForgetColleague{User: "88501", Number: "48201", Name: "Loes Klaver", As: state.Pseudonym("abcde")}
	must[int64](t)(s.RequestEraseColleague(t.Context(), who))
	must[int64](t)(s.RequestErase(t.Context(), "+31205550101"))
	if list := must[[]Request](t)(s.Requests(t.Context())); len(list) != 2 || list[0].Colleague != who || list[1].Number != "+31205550101" {
		t.Fatalf("%+v", list)
	}
	path := must[string](t)(s.Backup(t.Context(), noon))
	has := func(text string) (found bool) {
		for _, name := range must[[]string](t)(filepath.Glob(path + "*")) {
			data, err := os.ReadFile(name)
			found = found || err == nil && bytes.Contains(data, []byte(text))
		}
		return found
	}
	if !has("Loes Klaver") || !has("31205550101") {
		t.Fatal("the copy has no request: this test would prove nothing")
	}
	if _, err := s.EraseColleagueFromBackups(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Loes Klaver", "88501", "31205550101"} {
		if has(text) {
			t.Errorf("the copy still has %s", text)
		}
	}
}
