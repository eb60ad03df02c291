package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"callboard/internal/access"
)

// A Door is one route of the site: what may be asked at an address, and who
// may. There is no other way in: doors alone know the router.
type Door struct {
	Method, Pattern string
	Right           access.Right
	Sort            Sort

	also func(*http.Request) bool // who else may, whatever their rights; nil for nobody
}

// A Sort is what comes through a door. It decides which pages may send a
// browser there, whether programs may ask, and in what form a refusal is told.
type Sort uint8

// The sorts of doors.
const (
	Page   Sort = iota // looked at by a person: links of other sites lead there, their scripts and pictures do not
	Form               // sent from a page of ours
	Load               // a file that a person saves: only pages of ours and the address bar lead there
	Data               // streams and the API: our scripts and programs
	Public             // files of the product, signs of life: nothing of anybody's
	Frame              // a page that others may put into theirs

	anywhere // no door: an address at which there is nothing
)

// String is the word of a sort, as it stands in the table of rights.
func (s Sort) String() string {
	return [...]string{"page", "form", "load", "data", "public", "frame", "none"}[s]
}

// doors registers routes. Every one names its right, so that none is open by
// oversight; add one with page, form, load, data, public or frame.
type doors struct {
	site *site
	mux  chi.Router
	all  []Door
}

// page is what a person looks at.
func (d *doors) page(pattern string, right access.Right, h handler) {
	d.add(http.MethodGet, pattern, right, Page, h)
}

// form is what a page of ours posts; the answer leads to a page.
func (d *doors) form(pattern string, right access.Right, h handler) {
	d.add(http.MethodPost, pattern, right, Form, h)
}

// load is a file that a person saves.
func (d *doors) load(pattern string, right access.Right, h handler) {
	d.add(http.MethodGet, pattern, right, Load, h)
}

// data is what scripts of ours and programs ask; refusals are problem+json, see forProgram.
func (d *doors) data(method, pattern string, right access.Right, h handler) {
	d.add(method, pattern, right, Data, h)
}

// public is what everybody gets, as it holds nothing of anybody.
func (d *doors) public(pattern string, h handler) {
	d.add(http.MethodGet, pattern, access.Open, Public, h)
}

// frame is a page that other sites may put into theirs.
func (d *doors) frame(pattern string, right access.Right, h handler) {
	d.add(http.MethodGet, pattern, right, Frame, h)
}

func (d *doors) add(method, pattern string, right access.Right, sort Sort, h handler) {
	d.open(Door{Method: method, Pattern: pattern, Right: right, Sort: sort}, h)
}

func (d *doors) open(door Door, h handler) {
	d.all = append(d.all, door)
	d.mux.Method(door.Method, door.Pattern, d.site.guarded(door, h))
}

// plain is a handler of somebody else's that never fails.
func plain(h http.Handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		h.ServeHTTP(w, r)
		return nil
	}
}
