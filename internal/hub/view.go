package hub

import (
	"maps"
	"sync"
	"time"

	"callboard/views"
)

// viewGrace is how long a view outlives its last reader: long enough for a
// page that was just rendered to open its stream, and for one that reconnects
// to find its cursor in the ring.
const viewGrace = 30 * time.Second

// A view is one canonical query, painted once for all who look at it.
type view struct {
	q      Query
	key    string
	filter filter
	scope  scope
	look   presentation

	// What the painter keeps from one painting to the next, guarded by
	// painter.mu.
	painted   time.Time
	version   uint64 // of the mirror in the last picture
	touched   uint64 // of the hub in the last picture
	due       time.Time
	lastSort  time.Time
	filters   []views.Filter
	filtersOf uint64 // painter.names when they were made
	heads     map[string]*item
	rank      map[uint64]spot // where each call stood in the last picture
	seats     map[string]int  // where each user did

	mu      sync.Mutex // guards what follows
	pic     *picture
	was     *picture // the one before
	ring    ring
	news    chan struct{} // closed when there is something new, then replaced
	readers int
	used    time.Time // when it was last opened, or its last reader left
	beats   uint64    // number of the newest beat
	full    []byte    // the snapshot's data of frame fullOf
	fullOf  uint64
	still   []views.Item // items of frame stillOf with the ages of second stillAt
	stillOf uint64
	stillAt int64
}

// A picture is what a view shows from one frame to the next. It is never
// modified once it is published.
type picture struct {
	n      uint64
	at     time.Time
	proof  time.Time // last proof and last call event when it was painted
	event  time.Time
	moment time.Time // ages stand still at it; zero while they run
	live   string
	hash   string // of the items: what a page checks itself by
	code   string // of all that is shown: what people compare by eye
	coded  []item // id and sum of the parts that the code covers besides the items
	items  []item
	parts  []part
	bytes  int // about the size of its snapshot

	strip   views.Strip
	alarms  views.Alarms
	notice  views.Notice
	board   *views.Board
	call    *views.CallDetail
	status  *views.Status
	people  *views.People
	lines   *views.Lines
	missed  *views.Missed
	numbers *views.Numbers
	wall    *views.Wall
	gaps    *views.GapsLive
	gap     *views.GapLive

	toCallBack views.NavCount
}

// A part is an element of the page that is replaced whole.
type part struct {
	id    string
	model any // as it was rendered, but for running ages
	html  []byte
	json  []byte
	fresh bool // rendered for this very picture
}

func newView(q Query) *view {
	return &view{
		q: q, key: q.Key(), filter: newFilter(q), scope: q.scope(),
		look:  presentation{wall: q.Page == PageWall, lang: q.Lang, speaks: q.Speaks, lens: q.Sees(), mask: q.Mask},
		heads: map[string]*item{},
		rank:  map[uint64]spot{},
		seats: map[string]int{},
		news:  make(chan struct{}),
	}
}

// publish shows a picture. Without a picture before it there is no frame: all
// readers begin with a snapshot. It reports the frame's bytes.
func (v *view) publish(p *picture, id string) (frameBytes int) {
	v.mu.Lock()
	old := v.pic
	v.mu.Unlock()
	// Only the painter publishes, under its lock: old stays the newest picture
	// while the frame is encoded outside the readers' lock.
	var f frame
	if old != nil {
		gone, moves := diff(old.items, p.items)
		f = frame{n: p.n, prev: old.n, id: id, data: encodePatch(p, old.n, gone, moves)}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.pic, v.was = p, old
	if old != nil {
		v.ring.add(f)
	}
	v.tell()
	return len(f.data)
}

// tell wakes all readers that wait. v.mu is held.
func (v *view) tell() {
	close(v.news)
	v.news = make(chan struct{})
}

// beatTo makes a beat due for all readers.
func (v *view) beatTo(number uint64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.beats = number
	if v.readers > 0 {
		v.tell()
	}
}

// snapshot is the data of the present picture's snapshot event, encoded once
// for all who need it. v.mu is held.
func (v *view) snapshot() []byte {
	if v.full == nil || v.fullOf != v.pic.n {
		v.full, v.fullOf = encodeSnapshot(v.pic, nil, v.pic.parts, v.pic.items, false), v.pic.n
	}
	return v.full
}

// stillItems are the items with their ages as of now, for a page that may have
// no script. Made once a second at most for all who ask. v.mu is held.
func (v *view) stillItems(now time.Time) []views.Item {
	if v.still != nil && v.stillOf == v.pic.n && v.stillAt == now.Unix() {
		return v.still
	}
	items := make([]views.Item, len(v.pic.items))
	for i := range v.pic.items {
		it := &v.pic.items[i]
		items[i] = views.Item{ID: it.id, Rev: it.rev, HTML: it.source.at(now, it.html)}
	}
	v.still, v.stillOf, v.stillAt = items, v.pic.n, now.Unix()
	return items
}

// A viewSet is the views that are alive.
type viewSet struct {
	most int

	mu     sync.Mutex // guards what follows
	byKey  map[string]*view
	frames map[string]uint64 // painted, by page
}

func newViewSet(most int) *viewSet {
	s := &viewSet{most: most, byKey: map[string]*view{}, frames: map[string]uint64{}}
	for _, page := range Pages {
		s.frames[page] = 0
	}
	return s
}

// open finds a live view and keeps it alive; as a reader it also counts until
// close. Both happen in one step, so that no view goes between being found and
// being read.
func (s *viewSet) open(key string, now time.Time, reader bool) *view {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.byKey[key]
	if v == nil {
		return nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.used = now
	if reader {
		v.readers++
	}
	return v
}

// close gives a reader back.
func (s *viewSet) close(v *view, now time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.readers--
	v.used = now
}

// add takes a painted view in. At the cap the view that nobody has read for
// the longest makes room; if all are being read there is none.
func (s *viewSet) add(v *view, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.byKey) >= s.most {
		var idle *view
		var since time.Time
		for _, other := range s.byKey {
			readers, used := other.use()
			if readers == 0 && (idle == nil || used.Before(since)) {
				idle, since = other, used
			}
		}
		if idle == nil {
			return ErrTooManyViews
		}
		delete(s.byKey, idle.key)
	}
	v.used = now
	s.byKey[v.key] = v
	return nil
}

func (v *view) use() (readers int, used time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.readers, v.used
}

// alive lets go of views without readers and lists the others. due is when the
// next one would go; zero if none waits for that.
func (s *viewSet) alive(now time.Time) (list []*view, due time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, v := range s.byKey {
		readers, used := v.use()
		if readers == 0 {
			end := used.Add(viewGrace)
			if !now.Before(end) {
				delete(s.byKey, key)
				continue
			}
			due = earlier(due, end)
		}
		list = append(list, v)
	}
	return list, due
}

// all lists the views without letting any go.
func (s *viewSet) all() []*view {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]*view, 0, len(s.byKey))
	for _, v := range s.byKey {
		list = append(list, v)
	}
	return list
}

func (s *viewSet) viewers() map[string]int {
	counts := make(map[string]int, len(Pages))
	for _, page := range Pages {
		counts[page] = 0
	}
	for _, v := range s.all() {
		readers, _ := v.use()
		counts[v.q.Page] += readers
	}
	return counts
}

func (s *viewSet) framed(page string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.frames[page]++
}

func (s *viewSet) count() (frames map[string]uint64, alive int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	frames = make(map[string]uint64, len(s.frames))
	maps.Copy(frames, s.frames)
	return frames, len(s.byKey)
}

// earlier is the earlier of two moments, of which zero is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
