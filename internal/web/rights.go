package web

import (
	"net/http"
	"unicode/utf8"

	"callboard/internal/access"
	"callboard/internal/state"
	"callboard/views"
)

// rightsOf is what the pages that a request is answered with may offer.
func rightsOf(r *http.Request) views.Rights {
	p := who(r)
	rights := views.Rights{Known: p.Kind != access.Local, As: signature(r, "")}
	for _, n := range []struct {
		right access.Right
		needs string
	}{{access.Act, views.NeedsAct}, {access.Export, views.NeedsExport}, {access.Try, views.NeedsTry}, {access.Pair, views.NeedsPair}} {
		if p.May(n.right) {
			rights.May = append(rights.May, n.needs)
		}
	}
	return rights
}

// signature is the name under which words of a signed-in party stand: a
// person's own; a program's, behind the name of whom it speaks for, if it says
// so. Where sign-in is off it is empty, and a name is asked for.
func signature(r *http.Request, speaksFor string) string {
	p := who(r)
	switch p.Kind {
	case access.Person:
		return clipped(p.Name, state.NameMost)
	case access.Program:
		name, ok := said(speaksFor, state.NameMost)
		if !ok || name == "" {
			return clipped(p.Name, state.NameMost)
		}
		return clipped(name+" ("+clipped(p.Name, state.NameMost/2)+")", state.NameMost)
	}
	return ""
}

// clipped is a name of ours of at most so many characters.
func clipped(name string, most int) string {
	name, _ = said(name, most)
	if utf8.RuneCountInString(name) <= most {
		return name
	}
	return string([]rune(name)[:most-1]) + "…"
}
