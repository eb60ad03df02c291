package views

import (
	"context"

	"github.com/a-h/templ"
)

type viewerKey struct{}

// WithViewer makes the frame of a page rendered with the context tell who looks
// at it.
func WithViewer(ctx context.Context, v *Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// viewer is that of the context; without any, of whom nothing is said.
func viewer(ctx context.Context) *Viewer {
	if v, ok := ctx.Value(viewerKey{}).(*Viewer); ok {
		return v
	}
	return &Viewer{}
}

// invalid is aria-invalid of a field, where one may be wrong.
func invalid(field, wrong string) string {
	if field == wrong {
		return "true"
	}
	return "false"
}

// atDoor reports a page before the board: nothing of it is live.
func atDoor(page string) bool { return page == "signin" || page == "setup" || page == "gone" }

// ofAccess reports a page with passwords or secrets.
func ofAccess(page string) bool { return atDoor(page) || page == "account" }

// copies reports a page with buttons that copy.
func copies(page string) bool { return page == "call" || page == "admin" }

// doorRoot marks a page before the board: nothing it shows could be in doubt.
func doorRoot(c Chrome) templ.Attributes {
	a := templ.Attributes{"data-still": true}
	if c.Theme != "" {
		a["class"] = c.Theme
	}
	return a
}
