// Package wordstest finds words that escape translation. It makes a language
// in which every word of the catalogue stands between ⟦ and ⟧; what is outside
// them in a page rendered with it was written where no translator finds it.
package wordstest

import (
	"fmt"
	"html"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"callboard/views"
)

// Marked is English with every text between ⟦ and ⟧. The verbs of a format
// stay outside, so that words put in for them are not covered.
func Marked() *views.Words {
	w := views.English
	w.Feed.Reasons = views.Dutch.Feed.Reasons // English has none, see there
	mark(reflect.ValueOf(&w).Elem())
	w.Product = views.English.Product // a name
	return &w
}

var verb = regexp.MustCompile(`%[-+# 0]*[0-9.]*[a-zA-Z]|\{age\}`)

func marked(s string) string {
	var out strings.Builder
	for {
		at := verb.FindStringIndex(s)
		text := s
		if at != nil {
			text = s[:at[0]]
		}
		if strings.IndexFunc(text, unicode.IsLetter) >= 0 {
			text = "⟦" + text + "⟧"
		}
		out.WriteString(text)
		if at == nil {
			return out.String()
		}
		out.WriteString(s[at[0]:at[1]])
		s = s[at[1]:]
	}
}

// mark does so with everything in a value that can be set.
func mark(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(marked(v.String()))
	case reflect.Struct:
		for _, field := range v.Fields() {
			mark(field)
		}
	case reflect.Array:
		for i := range v.Len() {
			mark(v.Index(i))
		}
	case reflect.Slice: // shared with the language it came from
		fresh := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(fresh, v)
		for i := range fresh.Len() {
			mark(fresh.Index(i))
		}
		v.Set(fresh)
	case reflect.Map:
		if v.IsNil() {
			return
		}
		fresh := reflect.MakeMap(v.Type())
		for _, key := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(key))
			mark(value)
			fresh.SetMapIndex(key, value)
		}
		v.Set(fresh)
	default:
		panic(fmt.Sprintf("words hold a %s, which the test of translation does not know", v.Type()))
	}
}

// same is what all languages write alike.
var same = map[string]string{
	"Callboard": "the product's name",
	"Go":        "the name of a programming language",
	"MB":        "a unit",
	"ms":        "a unit",
	"UTC":       "a time zone",
	"CET":       "a time zone",
	"English":   "a language names itself in the menu of languages",
	"Deutsch":   "a language names itself in the menu of languages",
	"EN":        "the code of a language",
	"XX":        "the code of the language of the test",
}

var (
	tags       = regexp.MustCompile(`(?s)<!--.*?-->|<[^>]*>`)
	readAloud  = regexp.MustCompile(`(title|aria-label|aria-description|aria-valuetext|placeholder|alt|data-alarm|label)="([^"]*)"`)
	unread     = regexp.MustCompile(`(?s)<(script|style|kbd)\b[^>]*>.*?</(script|style|kbd)>`) // scripts, names on keys
	stateCode  = regexp.MustCompile(`>\s*[0-9a-f]{4} [0-9a-f]{2}\s*<`)
	translated = regexp.MustCompile(`⟦[^⟦⟧]*⟧`)
	word       = regexp.MustCompile(`[\p{L}\p{N}]+`)
)

// Escaped lists the texts of a page that hold a word of two letters or more
// outside ⟦ and ⟧ which is neither among data nor the same in all languages.
// Words with a digit in them are data: numbers, versions, ids. Each says where
// it stands.
func Escaped(page string, data func(word string) bool) []string {
	page = stateCode.ReplaceAllString(unread.ReplaceAllString(page, ""), "><")
	var found []string
	look := func(text, where string) {
		text = strings.Join(strings.Fields(html.UnescapeString(text)), " ")
		for _, w := range word.FindAllString(translated.ReplaceAllString(text, " "), -1) {
			if len([]rune(w)) < 2 || strings.ContainsFunc(w, unicode.IsDigit) || same[w] != "" || data(w) {
				continue
			}
			if line := fmt.Sprintf("%q in %q, at %s", w, text, where); !slices.Contains(found, line) {
				found = append(found, line)
			}
			return
		}
	}
	last, at := "the beginning", 0
	for _, tag := range tags.FindAllStringIndex(page, -1) {
		look(page[at:tag[0]], last)
		at = tag[1]
		last = page[tag[0]:tag[1]]
		for _, a := range readAloud.FindAllStringSubmatch(last, -1) {
			look(a[2], a[1]+" of "+short(last))
		}
		last = short(last)
	}
	look(page[at:], last)
	return found
}

func short(tag string) string {
	if r := []rune(tag); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return tag
}
