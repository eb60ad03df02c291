package views

import "slices"

// A themeColour is what a browser paints around the page.
type themeColour struct{ Colour, Media string }

// themeColours are the grounds of a theme.
func themeColours(theme string) []themeColour {
	switch theme {
	case "dark":
		return []themeColour{{"#0B1220", "all"}}
	case "light":
		return []themeColour{{"#FFFFFF", "all"}}
	}
	return []themeColour{{"#0B1220", "(prefers-color-scheme: dark)"}, {"#FFFFFF", "(prefers-color-scheme: light)"}}
}

// tabPages are the pages on a phone's tab bar, in their order there.
var tabPages = []string{"board", "people", "missed", "history"}

// tabsOf divides the pages of the navigation.
func tabsOf(nav []NavItem) (first, more []NavItem) {
	for _, page := range tabPages {
		for _, n := range nav {
			if n.Page == page {
				first = append(first, n)
			}
		}
	}
	for _, n := range nav {
		if !slices.Contains(tabPages, n.Page) {
			more = append(more, n)
		}
	}
	return first, more
}

func holdsCurrent(nav []NavItem) bool {
	return slices.ContainsFunc(nav, func(n NavItem) bool { return n.Current })
}
