package hub

import (
	"cmp"
	"slices"
	"time"

	"callboard/views"
)

// languages are the codes of those a query may ask for; spoken holds the words
// of each. Tests add one.
var languages, spoken = func() (codes []string, words map[string]*views.Words) {
	words = map[string]*views.Words{}
	for _, l := range views.Languages {
		codes = append(codes, l.Code)
		words[l.Code] = l.Words
	}
	return codes, words
}()

// wordsOf are the words of a language, English for one that is not spoken.
func wordsOf(code string) *views.Words { return cmp.Or(spoken[code], &views.English) }

// speaking settles the language of a view: that asked for, else the viewer's,
// else that of the setting, else English.
func (h *Hub) speaking(q Query) Query {
	q.At, q.Rate = time.Time{}, 0 // the hub itself is at a moment
	q.Speaks = cmp.Or(q.Lang, q.Speaks, h.Language(), languages[0])
	return q
}

// Language is the one set for viewers who ask for none; empty leaves it to
// their browsers.
func (h *Hub) Language() string {
	if slices.Contains(languages, h.opt.Language) {
		return h.opt.Language
	}
	return ""
}
