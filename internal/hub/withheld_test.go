package hub

import (
	"testing"

	"callboard/internal/state"
	"callboard/views"
)

// A caller who shows no number is called so in the language of the page; what
// the feed gave stays on request. Nothing else is taken for such a word.
func TestWithheldNumberIsPutIntoWords(t *testing.T) {
	c := &composer{words: &views.German}
	word := views.German.OnNumbers.Anonymous
	for _, raw := range []string{"anonymous", "Anonymous", "anonymous@anonymous.invalid", "sip:anonymous@anonymous.invalid"} {
		if got, want := c.party(state.Party{Number: raw}), (views.Party{Name: word, Raw: raw}); got != want {
			t.Errorf("number %q: %+v, want %+v", raw, got, want)
		}
		if got := c.firstName(state.Party{Number: raw, Name: "Anonymous"}); got != word {
			t.Errorf("first name of %q: %q, want %q", raw, got, word)
		}
	}
	if got := c.party(state.Party{Number: "anonymous", Name: "Jansen"}); got.Name != "Jansen" || got.Number != "" {
		t.Errorf("a named caller without number: %+v", got)
	}
	for _, raw := range []string{"anonymous-desk", "+31201234567", "unknown5", ""} {
		if got := c.party(state.Party{Number: raw}); got.Raw != "" || got.Name != "" {
			t.Errorf("number %q: %+v", raw, got)
		}
	}
}
