package hub

import (
	"bytes"
	"context"
	"hash/fnv"
	"maps"
	"reflect"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"callboard/internal/privacy"
	"callboard/views"
)

// A presentation is what the bytes of a row depend on besides its call. Rows
// are rendered once for each and shared by all views that have it.
type presentation struct {
	wall   bool
	lang   string // asked for, in its links
	speaks string
	lens   privacy.Lens
	mask   string // asked for, in its links
}

func (s presentation) context() context.Context {
	return views.WithWords(context.Background(), wordsOf(s.speaks))
}

// carried are the fields that all addresses of the presentation have: the
// moment of a recorded board, and the level of masking that was asked for.
func (s presentation) carried(moment map[string]string) map[string]string {
	if s.mask == "" {
		return moment
	}
	fields := map[string]string{"mask": s.mask}
	maps.Copy(fields, moment)
	return fields
}

// masked reports that numbers are not told as they are.
func (s presentation) masked() bool { return s.lens.Level != privacy.Full }

// mark tells revisions of what a lens hides from those of the same thing shown
// plainly: a page that comes back with other rights must not keep what it had.
func (s presentation) mark() string {
	mark := ""
	if s.masked() {
		mark = "-" + s.lens.Level.String()
	}
	if !s.lens.Scope.All() { // colleagues outside of it are told by their team
		mark += "-" + shortSum(string(s.lens.Scope))
	}
	return mark
}

// A row is a call rendered for one presentation.
type row struct {
	look  presentation
	alarm bool
	item  item
}

// row renders a call, or finds what was rendered. p.mu is held.
func (p *painter) row(m *mirrored, c *composer, g group) *item {
	alarm := g == needsPerson
	for i := range m.rows {
		if r := &m.rows[i]; r.look == c.look && r.alarm == alarm {
			return &r.item
		}
	}
	model := c.rowModel(&m.call, g)
	model.Rev += c.look.mark()
	src := &rowSource{inState: model.InState, total: model.Total}
	if model.InState.Since != 0 {
		model.InState.Text = inStateMark
	}
	if model.Total.Since != 0 {
		model.Total.Text = totalMark
	}
	var component templ.Component
	if c.look.wall {
		component = views.WallRowItem(model)
	} else {
		component = views.RowItem(model)
	}
	src.html = p.h.render(c.look, component)
	p.h.renders.Add(1)
	it := item{id: model.ID, rev: model.Rev, source: src}
	it.html = src.at(c.moment, nil)
	it.json = appendString(make([]byte, 0, len(it.html)+len(it.html)/8), it.html)
	// The other alarm state of this presentation will not come back.
	for i := range m.rows {
		if m.rows[i].look == c.look {
			m.rows[i] = row{c.look, alarm, it}
			return &m.rows[i].item
		}
	}
	m.rows = append(m.rows, row{c.look, alarm, it})
	return &m.rows[len(m.rows)-1].item
}

// The marks stand in a rendered row where its ages go, so that a page can be
// given rows with the ages of now without rendering them anew. They are
// private use characters, which views.CleanText takes out of all names.
const (
	inStateMark = "\uE000"
	totalMark   = "\uE001"
)

// A rowSource is a rendered row with marks instead of ages.
type rowSource struct {
	html           []byte
	inState, total views.Age
}

// at gives the row with its ages at a moment. An item without a source has no
// ages and stays as it is.
func (s *rowSource) at(moment time.Time, html []byte) []byte {
	if s == nil {
		return html
	}
	out := make([]byte, 0, len(s.html)+32)
	for rest := s.html; ; {
		// Both marks begin with the same two bytes of UTF-8.
		i := bytes.Index(rest, []byte(inStateMark)[:2])
		if i < 0 || i+3 > len(rest) {
			return append(out, rest...)
		}
		out = append(out, rest[:i]...)
		switch mark := string(rest[i : i+3]); mark {
		case inStateMark:
			out = append(out, ageText(s.inState, moment)...)
		case totalMark:
			out = append(out, ageText(s.total, moment)...)
		default:
			out = append(out, mark...)
		}
		rest = rest[i+3:]
	}
}

// ageText prints a running age at a moment.
func ageText(a views.Age, moment time.Time) string {
	if a.Since == 0 {
		return a.Text
	}
	return views.FormatAge(moment.Sub(time.UnixMilli(a.Since)), a.AtLeast)
}

// age makes a running age of a start; an unknown one prints as a dash.
func age(since time.Time, atLeast bool, moment time.Time) views.Age {
	if since.IsZero() {
		return views.Age{Text: "–"}
	}
	a := views.Age{Since: milliseconds(since), AtLeast: atLeast}
	a.Text = ageText(a, moment)
	return a
}

// head renders the head of a group, or finds the last one if it is the same.
func (c *composer) head(g views.Group) item {
	g.Rev = shortSum(g.Name, g.Count, g.Note)
	if last := c.v.heads[g.ID]; last != nil && last.rev == g.Rev {
		return *last
	}
	html := c.p.h.render(c.look, views.GroupItem(g))
	it := item{id: g.ID, rev: g.Rev, html: html, json: appendString(nil, html)}
	c.v.heads[g.ID] = &it
	return it
}

// part adds an element of the page, rendered only if its model changed. key is
// the model without running ages: the page keeps those going itself.
func (c *composer) part(id string, key any, component templ.Component) {
	if c.old != nil {
		for i := range c.old.parts {
			if last := &c.old.parts[i]; last.id == id && reflect.DeepEqual(last.model, key) {
				same := *last
				same.fresh = false
				c.pic.parts = append(c.pic.parts, same)
				return
			}
		}
	}
	html := c.p.h.render(c.look, component)
	c.pic.parts = append(c.pic.parts, part{id: id, model: key, html: html, json: appendString(nil, html), fresh: true})
}

// render turns a component into bytes. A component that fails is a mistake in
// a template: it is logged, and what it gave is shown.
func (h *Hub) render(look presentation, component templ.Component) []byte {
	var b bytes.Buffer
	if err := component.Render(look.context(), &b); err != nil {
		h.opt.Log.Error("template failed", "error", err)
	}
	return carry(bytes.TrimSpace(b.Bytes()), look.carried(h.moment))
}

// shortSum names a content.
func shortSum(texts ...string) string {
	sum := fnv.New32a()
	for _, t := range texts {
		sum.Write([]byte(t))
		sum.Write([]byte{0})
	}
	return strconv.FormatUint(uint64(sum.Sum32()), 36)
}
