package hub

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"callboard/internal/state"
)

// feedIn applies facts one after the other.
func feedIn(h *Hub, facts ...state.Fact) {
	for _, f := range facts {
		h.Apply(state.Input{Fact: f})
	}
}

// liveFacts bring a board to life without any call on it: the link is up, the
// PBX's list is empty, and one call has come and gone as proof.
func liveFacts() []state.Fact {
	first := call(900000)
	return []state.Fact{
		state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now().UTC()},
		first.rings(), first.hangsUp(),
	}
}

// testCall is an inbound call of a customer to a colleague.
type testCall struct{ event state.Event }

func call(n int) testCall {
	return testCall{state.Event{
		CallID:   fmt.Sprintf("SIP/trunk1-%08x", n),
		Caller:   state.Party{FlowID: fmt.Sprintf("fc%d", n), Number: fmt.Sprintf("+3120555%04d", n%10000)},
		Callee:   state.Party{FlowID: fmt.Sprintf("fa%d", n), User: fmt.Sprintf("5%03d", n%1000), Number: fmt.Sprintf("2%03d", n%1000)},
		Line:     fmt.Sprintf("160%d", n%3),
		Duration: -1,
	}}
}

func (c testCall) as(t state.EventType) state.Event { c.event.Type = t; return c.event }
func (c testCall) rings() state.Event               { return c.as(state.NewCall) }
func (c testCall) answers() state.Event             { return c.as(state.Connected) }
func (c testCall) hangsUp() state.Event             { return c.as(state.HungUp) }

// page is the least that a page of the stream does: it applies events to an
// ordered list and keeps the parts.
type page struct {
	cursor string
	n      uint64
	ids    []string
	revs   map[string]string
	html   map[string]string
	parts  map[string]string
	live   string
	events int
	frames []uint64 // numbers in the order they came
	whole  int      // of these, snapshots
}

func newPage() *page {
	return &page{revs: map[string]string{}, html: map[string]string{}, parts: map[string]string{}}
}

type frameData struct {
	N     uint64            `json:"n"`
	Prev  uint64            `json:"prev"`
	Now   int64             `json:"now"`
	Live  string            `json:"live"`
	Feed  string            `json:"feed"`
	Proof int64             `json:"proof"`
	Event int64             `json:"event"`
	Hash  string            `json:"hash"`
	More  bool              `json:"more"`
	Parts map[string]string `json:"parts"`
	Rows  []struct {
		ID, Rev, HTML string
	} `json:"rows"`
	Up []struct {
		ID, Rev, Before string
		HTML            *string
	} `json:"up"`
	Rm []string `json:"rm"`
}

// take applies one batch and complains about anything a page would not
// survive: a gap, a repetition, a move to nowhere, a hash that differs.
func (p *page) take(b Batch) error {
	if len(b.Events) == 0 {
		return fmt.Errorf("an empty batch")
	}
	for _, e := range b.Events {
		p.events++
		if strings.ContainsAny(string(e.Data), "\r\n") {
			return fmt.Errorf("%s is not one line", e.Name)
		}
		var f frameData
		if err := json.Unmarshal(e.Data, &f); err != nil {
			return fmt.Errorf("%s: %v in %s", e.Name, err, e.Data)
		}
		switch e.Name {
		case "snapshot":
			p.whole++
			ids, revs, html := []string(nil), map[string]string{}, map[string]string{}
			for _, r := range f.Rows {
				if r.HTML == "" { // the page has it, as it said
					if p.revs[r.ID] != r.Rev {
						return fmt.Errorf("snapshot %d leaves out %s, which the page does not have", f.N, r.ID)
					}
					r.HTML = p.html[r.ID]
				}
				ids = append(ids, r.ID)
				revs[r.ID], html[r.ID] = r.Rev, r.HTML
			}
			if f.More { // what is in sight is there, the rest stays below
				maps.Copy(p.revs, revs)
				maps.Copy(p.html, html)
				maps.Copy(p.parts, f.Parts)
				continue
			}
			p.ids, p.revs, p.html = ids, revs, html
			p.live = f.Live
		case "patch":
			if f.Prev != p.n {
				return fmt.Errorf("patch %d follows %d, the page is at %d: a gap or a repetition", f.N, f.Prev, p.n)
			}
			for _, id := range f.Rm {
				at := slices.Index(p.ids, id)
				if at < 0 {
					return fmt.Errorf("patch %d removes %s, which is not there", f.N, id)
				}
				p.ids = slices.Delete(p.ids, at, at+1)
				delete(p.revs, id)
				delete(p.html, id)
			}
			for _, u := range f.Up {
				if at := slices.Index(p.ids, u.ID); at >= 0 {
					p.ids = slices.Delete(p.ids, at, at+1)
				} else if u.HTML == nil {
					return fmt.Errorf("patch %d moves %s, which is not there", f.N, u.ID)
				}
				at := len(p.ids)
				if u.Before != "" {
					if at = slices.Index(p.ids, u.Before); at < 0 {
						return fmt.Errorf("patch %d puts %s before %s, which is not there", f.N, u.ID, u.Before)
					}
				}
				p.ids = slices.Insert(p.ids, at, u.ID)
				p.revs[u.ID] = u.Rev
				if u.HTML != nil {
					p.html[u.ID] = *u.HTML
				}
			}
		case "beat":
			p.live = f.Live
			if f.N != p.n {
				return fmt.Errorf("beat of frame %d at frame %d", f.N, p.n)
			}
		}
		if e.Name != "beat" {
			p.n, p.cursor = f.N, e.ID
			p.frames = append(p.frames, f.N)
			maps.Copy(p.parts, f.Parts)
		}
		if got := p.hash(); got != f.Hash {
			return fmt.Errorf("%s %d: the page has hash %s, the frame says %s", e.Name, f.N, got, f.Hash)
		}
	}
	return nil
}

func (p *page) hash() string {
	items := make([]item, len(p.ids))
	for i, id := range p.ids {
		items[i] = item{id: id, rev: p.revs[id]}
	}
	return stateHash(items)
}

// matches compares the page with what the hub says the view shows.
func (p *page) matches(pic Picture) error {
	if p.cursor != pic.Cursor {
		return fmt.Errorf("page at %s, view at %s", p.cursor, pic.Cursor)
	}
	var ids []string
	for _, it := range pic.Items {
		ids = append(ids, it.ID)
		if p.revs[it.ID] != it.Rev {
			return fmt.Errorf("%s has revision %s on the page and %s in the view", it.ID, p.revs[it.ID], it.Rev)
		}
	}
	if !slices.Equal(ids, p.ids) {
		return fmt.Errorf("page shows %v, view %v", p.ids, ids)
	}
	var f frameData
	if err := json.Unmarshal(pic.Snapshot, &f); err != nil {
		return err
	}
	for _, r := range f.Rows {
		if p.html[r.ID] != r.HTML {
			return fmt.Errorf("%s differs:\n%s\n%s", r.ID, p.html[r.ID], r.HTML)
		}
	}
	for id, html := range f.Parts {
		if p.parts[id] != html {
			return fmt.Errorf("part %s differs:\n%s\n%s", id, p.parts[id], html)
		}
	}
	return nil
}

// mustQuery parses a query string that is right.
func mustQuery(t testing.TB, page, raw string) Query {
	t.Helper()
	q, err := ParseQuery(page, parseValues(t, raw))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// run starts a hub inside a bubble and gives what ends it.
func run(t testing.TB, opt Options) (h *Hub, stop func()) {
	h = New(opt)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := h.Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
	}()
	return h, func() {
		cancel()
		<-done
	}
}

// rest reads everything that is there for a viewer right now.
func rest(t testing.TB, v *Viewer, p *page) {
	t.Helper()
	for {
		b, _ := v.look()
		if len(b.Events) == 0 {
			return
		}
		if err := p.take(b); err != nil {
			t.Fatal(err)
		}
	}
}
