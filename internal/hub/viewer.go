package hub

import (
	"context"
	"sync"
	"time"

	"callboard/views"
)

// batchBytes is how much is sent to a reader that fell behind before a
// snapshot takes its place.
const batchBytes = 64 << 10

// A Picture is everything a view shows at one moment. Bytes and slices in it
// are shared and must not be modified. One of Board, Call, Status and Wall is
// set, with its Chrome and Strip left for the page to fill.
type Picture struct {
	Cursor string // event id of the frame
	Frame  uint64
	Now    time.Time // by the hub's clock, when it was asked for
	Live   string    // "live", "doubtful", "blind": data-live of the page
	Hash   string    // of Items, as in beats
	Items  []views.Item

	Strip   views.Strip
	Alarms  views.Alarms
	Notice  views.Notice
	Board   *views.Board
	Call    *views.CallDetail
	Status  *views.Status
	People  *views.People
	Lines   *views.Lines
	Missed  *views.Missed
	Numbers *views.Numbers
	Wall    *views.Wall
	Gaps    *views.GapsLive
	Gap     *views.GapLive

	ToCallBack views.NavCount // beside the page of missed customers in the navigation

	Record *Record // what a recorded hub says of its board; nil of a live one

	Snapshot []byte // data of the snapshot event, for the polling fallback
	Beat     []byte // data of a beat event that goes with it
}

// An Event is one event of the stream. Data is one line of JSON, shared and
// never modified. ID is empty where the event does not move the cursor.
type Event struct {
	Name string // "hello", "snapshot", "patch", "beat"
	ID   string
	Data []byte
}

// A Batch is what a reader has not seen yet, in order; never empty.
type Batch struct{ Events []Event }

// Hello is the first event of a stream.
func (h *Hub) Hello() Event {
	b := append(make([]byte, 0, 96), '{')
	b = appendTextField(b, "epoch", h.epoch)
	b = appendTextField(b, "build", h.opt.Build)
	b = appendTimeField(b, "now", h.clock.now())
	b = appendNumberField(b, "beat", uint64(h.opt.BeatPeriod.Milliseconds()))
	return Event{Name: "hello", Data: append(b, '}')}
}

// Picture gives the present picture of a view and brings the view to life if
// it is not. Errors: ErrNotFound, ErrTooManyViews, ctx's.
func (h *Hub) Picture(ctx context.Context, q Query) (Picture, error) {
	if err := ctx.Err(); err != nil {
		return Picture{}, err
	}
	v, err := h.view(q, false)
	if err != nil {
		return Picture{}, err
	}
	now := h.clock.now()
	bt := h.pulse()
	v.mu.Lock()
	defer v.mu.Unlock()
	p := v.pic
	moment := p.moment
	if moment.IsZero() {
		moment = now
	}
	out := Picture{
		Cursor: h.eventID(p.n), Frame: p.n, Now: now, Live: p.live, Hash: p.hash,
		Items: v.stillItems(moment), Snapshot: v.snapshot(), Beat: encodeBeat(bt, p, now),
		Strip: freshStrip(p.strip, bt, q, p.code), Alarms: p.alarms, Notice: p.notice, ToCallBack: p.toCallBack,
	}
	if h.clock.recorded {
		out.Record = h.record.Load()
	}
	switch {
	case p.board != nil:
		out.Board = freshBoard(p.board, moment)
		out.Board.Items, out.Board.Strip = out.Items, out.Strip
	case p.wall != nil:
		out.Wall = freshWall(p.wall, moment)
		out.Wall.Items, out.Wall.Strip = out.Items, out.Strip
	case p.call != nil:
		out.Call = freshCall(p.call, moment)
	case p.status != nil:
		out.Status = freshStatus(p.status, bt, q.Speaks)
	case p.people != nil:
		people := *p.people
		out.People = &people
		out.People.Items = out.Items
	case p.lines != nil:
		out.Lines = freshLines(p.lines, moment)
	case p.missed != nil:
		out.Missed = freshMissed(p.missed, moment)
	case p.numbers != nil:
		out.Numbers = freshNumbers(p.numbers, moment)
	case p.gaps != nil:
		out.Gaps = p.gaps
	case p.gap != nil:
		out.Gap = p.gap
	}
	return out, nil
}

// Join registers a reader of a view. cursor is the id of the last event it
// has, or empty; one that is not of this view makes the first batch a
// snapshot. Errors: ErrNotFound, ErrTooManyViews, ErrStopped. The viewer must
// be closed.
func (h *Hub) Join(q Query, cursor string) (*Viewer, error) {
	select {
	case <-h.stopped:
		return nil, ErrStopped
	default:
	}
	v, err := h.view(q, true)
	if err != nil {
		return nil, err
	}
	// From here on the view keeps every frame for its readers, and the first
	// Next reads picture and ring in one step: nothing is missed or repeated,
	// whatever is painted in between.
	r := &Viewer{h: h, v: v}
	r.cursor, _ = h.frameOf(cursor)
	if q.Page == PageStatus {
		signal(h.wake) // it is painted only while somebody looks
	}
	return r, nil
}

// view finds the view of a query or brings it to life.
func (h *Hub) view(q Query, reader bool) (*view, error) {
	q = h.speaking(q)
	if q.Page == PageNumbers && q.Day != "" { // days that are over have no view: only their frame is live
		q = Query{Page: PageHistory, Lang: q.Lang, Speaks: q.Speaks, Theme: q.Theme, Mask: q.Mask, Lens: q.Lens}
	}
	key := q.Key()
	if v := h.views.open(key, time.Now(), reader); v != nil {
		if q.Page == PageStatus || q.Page == PageCall {
			h.painter.freshen(v)
		}
		return v, nil
	}
	return h.painter.enliven(q, key, reader)
}

// A Viewer is one reader of a view: a cursor. Only Close may be called from
// another goroutine than the one that calls Next.
type Viewer struct {
	h      *Hub
	v      *view
	cursor uint64  // number of the last frame given out; 0 is none
	beat   uint64  // number of the last beat given out
	held   holding // until the first snapshot; see Holds
	begun  bool
	once   sync.Once
}

// Next waits until there is something after the cursor and gives it: the
// patches since, in order, or one snapshot if the cursor is unknown or the
// patches are more than the snapshot or 64 kB; and a beat when one is due.
// Errors: ctx's, ErrStopped.
func (r *Viewer) Next(ctx context.Context) (Batch, error) {
	for {
		batch, news := r.look()
		if len(batch.Events) > 0 {
			return batch, nil
		}
		select {
		case <-ctx.Done():
			return Batch{}, ctx.Err()
		case <-r.h.stopped:
			return Batch{}, ErrStopped
		case <-news:
		}
	}
}

// look takes what is after the cursor, or the channel to wait on.
func (r *Viewer) look() (Batch, <-chan struct{}) {
	v := r.v
	v.mu.Lock()
	defer v.mu.Unlock()
	var events []Event
	if r.cursor != v.pic.n {
		frames, bytes, ok := v.ring.after(r.cursor)
		if ok && bytes <= batchBytes && bytes <= v.pic.bytes {
			events = make([]Event, 0, len(frames)+1)
			for i := range frames {
				events = append(events, Event{Name: "patch", ID: frames[i].id, Data: frames[i].data})
			}
		} else if r.held != nil {
			events = changeOver(v.pic, r.held, r.h.eventID(v.pic.n))
		} else {
			events = append(make([]Event, 0, 2), Event{Name: "snapshot", ID: r.h.eventID(v.pic.n), Data: v.snapshot()})
		}
		r.cursor, r.held = v.pic.n, nil
	}
	if !r.begun || r.beat != v.beats {
		r.begun, r.beat = true, v.beats
		events = append(events, Event{Name: "beat", Data: encodeBeat(r.h.beat.Load(), v.pic, r.h.clock.now())})
	}
	return Batch{Events: events}, v.news
}

// Close leaves the view.
func (r *Viewer) Close() {
	r.once.Do(func() {
		r.h.views.close(r.v, time.Now())
		signal(r.h.wake) // the painter plans when the view goes
	})
}
