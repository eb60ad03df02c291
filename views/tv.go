package views

import (
	"strings"

	"github.com/a-h/templ"
)

// tvAttributes are what the module of displays reads on the root element.
func tvAttributes(p TV) templ.Attributes {
	a := rootAttributes(p.Chrome, Strip{})
	a["data-stands"] = p.Stands
	a["data-left"] = milli(p.Code.LeftMS)
	return a
}

// around2 is what stands before and behind the one verb of a format.
func around2(format string) (before, after string) {
	before, after, _ = strings.Cut(format, "%s")
	return before, after
}

// faulty marks a field that holds what cannot be used.
func faulty(yes bool) templ.Attributes {
	if !yes {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true"}
}

// class says how many wide letters the code has, which decides its size.
func (c PairCode) class() string {
	return "tv-w" + itoa(strings.Count(c.Text, "W")+strings.Count(c.Text, "M"))
}
