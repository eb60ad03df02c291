package views

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
