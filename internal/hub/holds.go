package hub

import (
	"strconv"
	"strings"
)

// screenRows is how many rows come ahead of a long snapshot to a page that
// changes its query: more than most screens show.
const screenRows = 48

// A holding is what a page holds from another query: revisions by id. Within one
// presentation a row of the same id and revision is the same row, whichever
// view it is in.
type holding map[string]string

func (h holding) has(it *item) bool {
	rev, ok := h[it.id]
	return ok && rev == it.rev
}

// Holds says that the page still shows a frame of another query, so that its
// first snapshot need not bring the rows it has. Anything that is not a frame
// shown lately changes nothing. Call it before the first Next.
func (r *Viewer) Holds(cursor string) {
	n, ok := r.h.frameOf(cursor)
	if !ok {
		return
	}
	items := r.h.views.shown(n, r.v.look)
	if len(items) == 0 {
		return
	}
	r.held = make(holding, len(items))
	for i := range items {
		r.held[items[i].id] = items[i].rev
	}
}

// frameOf reads the number of a frame from an event id of this life.
func (h *Hub) frameOf(cursor string) (n uint64, ok bool) {
	epoch, number, found := strings.Cut(cursor, "-")
	if !found || epoch != h.epoch {
		return 0, false
	}
	n, err := strconv.ParseUint(number, 10, 64)
	return n, err == nil
}

// shown finds the items of a frame that a view of this presentation shows, or
// showed just before.
func (s *viewSet) shown(n uint64, look presentation) []item {
	for _, v := range s.all() {
		if v.look != look {
			continue
		}
		v.mu.Lock()
		pic, was := v.pic, v.was
		v.mu.Unlock()
		for _, p := range []*picture{pic, was} {
			if p != nil && p.n == n {
				return p.items
			}
		}
	}
	return nil
}

// changeOver is the snapshot for a page that holds some rows. A long one comes
// as two events: what is in sight first, then everything.
func changeOver(p *picture, has holding, id string) []Event {
	missing := 0
	for i := range p.items {
		if it := &p.items[i]; !has.has(it) {
			missing += len(it.json)
		}
	}
	if missing <= batchBytes {
		return []Event{{Name: "snapshot", ID: id, Data: encodeSnapshot(p, has, p.parts, p.items, false)}}
	}
	screen := p.items[:min(screenRows, len(p.items))]
	first := Event{Name: "snapshot", Data: encodeSnapshot(p, has, p.parts, screen, true)}
	for i := range screen {
		has[screen[i].id] = screen[i].rev
	}
	return []Event{first, {Name: "snapshot", ID: id, Data: encodeSnapshot(p, has, nil, p.items, false)}}
}
