package views

import "encoding/json"

// A Language is one that the product speaks.
type Language struct {
	Code  string // BCP 47: "en", "nl", "de"
	Name  string // in itself, as a menu of languages shows it
	Words *Words
}

// Languages are those the product speaks; the first is the default.
var Languages = []Language{
	{"en", "English", &English},
	{"nl", "Nederlands", &Dutch},
	{"de", "Deutsch", &German},
}

// WordsOf are the words of a language, English for one that is not spoken.
func WordsOf(code string) *Words {
	for _, l := range Languages {
		if l.Code == code {
			return l.Words
		}
	}
	return &English
}

// scriptWords is the JSON of data-words on the root element: what the page's
// scripts say by themselves. A struct of strings always encodes.
func scriptWords(w *Words) string {
	b, _ := json.Marshal(w.Script)
	return string(b)
}
