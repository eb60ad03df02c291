package e2e

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"callboard/e2e/browser"
)

// lint is a script that looks at a page as laid out and lists what is wrong.
//
//go:embed testdata/lint.js
var lint string

type size struct {
	name          string
	width, height int64
	mobile        bool
}

// sizes are the windows in which every page has to be right.
var sizes = []size{
	{"1920×1080", 1920, 1080, false},
	{"3840×2160", 3840, 2160, false},
	{"1280×800", 1280, 800, false},
	{"390×844", 390, 844, true},
}

// tablet is where pages have the columns of a desk and little room for them.
var tablet = size{"768×1024", 768, 1024, false}

// Every page in every size, theme and language: nothing scrolls sideways, no
// text is cut off or lies over another, nothing is too small to read or, on a
// phone, to hit.
func TestLayoutOfEveryPage(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	b := start(t, "demo", "--listen", "127.0.0.1:0", "--seed", "3", "--time-zone", "UTC")
	for _, lang := range []string{"en", "nl", "de"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := open(t, b.URL("/?lang="+lang), browser.Options{})
			p.until(back, "the demo is live", isLive+` && `+calls+`.length > 2`)
			call := ask[string](p, `document.querySelector('#list a[href^="/calls/"]').getAttribute('href').split('?')[0]`)
			for _, path := range []string{"/", "/people", "/lines", "/numbers", "/missed", "/gaps", "/handover", "/history", "/history?direction=all&from=" + time.Now().AddDate(0, 0, -60).Format(time.DateOnly), "/status", call} {
				sign := "?"
				if strings.Contains(path, "?") {
					sign = "&"
				}
				p.visit(b.URL(path + sign + "lang=" + lang))
				p.until(soon, path+" is live", isLive)
				ask[bool](p, lint+"\n;true")
				for _, s := range append(slices.Clone(sizes), tablet) {
					if err := p.Resize(s.width, s.height, 1, s.mobile); err != nil {
						t.Fatal(err)
					}
					for _, theme := range []string{"dark", "light"} {
						found := ask[[]string](p, fmt.Sprintf(`(document.documentElement.className = %q, lint(%v))`, theme, s.mobile))
						if len(found) > 0 {
							t.Errorf("%s %s %s %s:\n\t%s", strings.Replace(path, call, "/calls/n", 1), s.name, theme, lang, strings.Join(found, "\n\t"))
						}
					}
				}
			}
		})
	}
}

// The storybook's stories are laid out as soundly as the pages; walls, which
// stand there at a third of their size, have tests of their own.
func TestLayoutOfTheStorybook(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	b := start(t, "demo", "--listen", "127.0.0.1:0", "--seed", "3", "--time-zone", "UTC")
	p := open(t, b.URL("/storybook"), browser.Options{})
	p.until(soon, "the storybook has its font", `document.fonts.status === 'loaded' && document.querySelectorAll('.story-part').length > 10`)
	ask[bool](p, lint+"\n;document.querySelector('.story-walls').remove(), true")
	for _, s := range sizes {
		if err := p.Resize(s.width, s.height, 1, s.mobile); err != nil {
			t.Fatal(err)
		}
		if found := ask[[]string](p, fmt.Sprintf(`lint(%v)`, s.mobile)); len(found) > 0 {
			t.Errorf("%s:\n\t%s", s.name, strings.Join(found, "\n\t"))
		}
	}
}
