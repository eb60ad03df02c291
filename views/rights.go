package views

import (
	"context"
	"strings"

	"github.com/a-h/templ"
)

// Rights are what whoever looks at a page may do there. Rows are painted once
// for all who see the same, so buttons carry what they need (data-needs) and the
// root element what may be done (data-may); the style sheet brings the two
// together. It is a courtesy: the server refuses by itself.
type Rights struct {
	Known bool     // false: nothing is kept from anybody
	May   []string // NeedsAct and the like
	As    string   // name under which words stand; empty: they ask for one
}

// What buttons need.
const (
	NeedsAct    = "act"
	NeedsExport = "export"
	NeedsTry    = "try"
	NeedsPair   = "pair"
)

type rightsKey struct{}

// WithRights gives the pages rendered with a context the rights of their viewer.
func WithRights(ctx context.Context, r Rights) context.Context {
	return context.WithValue(ctx, rightsKey{}, r)
}

// mayDo is the attribute of the root element.
func mayDo(ctx context.Context) templ.Attributes {
	r, _ := ctx.Value(rightsKey{}).(Rights)
	if !r.Known {
		return nil
	}
	return templ.Attributes{"data-may": strings.Join(append([]string{"look"}, r.May...), " ")}
}

// signedAs is the name under which the viewer's words stand, empty if a page
// has to ask.
func signedAs(ctx context.Context) string {
	r, _ := ctx.Value(rightsKey{}).(Rights)
	return r.As
}
