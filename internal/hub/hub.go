package hub

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// Errors of this package that callers tell apart with errors.Is.
var (
	ErrNotFound     = errors.New("no such call on the board or among those that ended lately")
	ErrTooManyViews = errors.New("too many different views are open")
	ErrStopped      = errors.New("the board is shutting down")
)

// Options are what a hub needs to know. The zero value works.
type Options struct {
	State      state.Config
	Build      string         // of this process, told to pages
	Zone       *time.Location // of the times on screen; nil means State.Zone, else UTC
	RingLimit  time.Duration  // a customer ringing longer needs a person; 0 means 30 s
	MaxViews   int            // different views alive at once; 0 means 64
	Log        *slog.Logger   // nil discards
	BeatPeriod time.Duration  // 0 means 5 s

	OnSnapshotWanted func(reason string)   // asks the feed for a fresh snapshot; must not block
	OnFrame          func(page string)     // a frame of a view of that page was painted
	OnEventToFrame   func(d time.Duration) // from the oldest input in a frame to its bytes
	OnRemoved        func(o state.Outcome) // a call left the board
	PBX              func() PBX            // nil shows no versions
}

// PBX is what the status page says about the far end.
type PBX struct {
	Host, Tenant, Product, Version, Build, UserSpace string
	ConnectedSince, TokenUntil                       time.Time
	Reconnects                                       int
}

// Hub is the live board; see the package comment. Safe for concurrent use.
type Hub struct{ opt Options }

// New returns a hub whose board is blind until the feed speaks. It shows
// pictures at once; frames and beats need Run.
func New(opt Options) *Hub { return &Hub{opt: opt} }

// Apply puts one input into the model (feed.Sink).
func (h *Hub) Apply(in state.Input) { panic("stub") }

// Run fires the board's timers, paints and beats until ctx ends. It returns
// nil then. It must be called once.
func (h *Hub) Run(ctx context.Context) error { panic("stub") }

// Epoch names this life of the model: 16 hexadecimal digits.
func (h *Hub) Epoch() string { panic("stub") }

// Now is the hub's clock: UTC, immune to steps of the wall clock.
func (h *Hub) Now() time.Time { panic("stub") }

// Read gives one consistent look at the board. f must not keep b, call the
// hub or take long.
func (h *Hub) Read(f func(b *state.Board, now time.Time)) { panic("stub") }

// Viewers counts the readers by page: "board", "call", "status", "wall".
func (h *Hub) Viewers() map[string]int { panic("stub") }

// Stats are the hub's own counters for metrics.
func (h *Hub) Stats() Stats { panic("stub") }

// Stats are counters since the process began, and what is up now.
type Stats struct {
	Epoch      string
	Changes    uint64            // changes of the board
	RowRenders uint64            // rows rendered
	Frames     map[string]uint64 // painted, by page
	Views      int               // alive
	Viewers    map[string]int    // by page
	Calls      map[string]int    // now, by state.Phase.String()
	Removed    map[state.Outcome]uint64
}

// Hello is the first event of a stream: {"epoch","build","now","beat"}.
func (h *Hub) Hello() Event { panic("stub") }

// A Picture is everything a view shows at one moment. It is shared: nothing
// in it may be modified. Exactly one of Board, Call, Status and Wall is set,
// with its Chrome empty for the page to fill (copy the struct first).
type Picture struct {
	Cursor string // event id of the frame, for Last-Event-ID
	Frame  uint64
	Now    time.Time         // hub's clock when asked for
	Live   string            // "live", "doubtful", "blind": data-live
	Hash   string            // of the items, as in beats
	Parts  map[string][]byte // rendered parts by element id
	Items  []views.Item      // children of #list, in order

	Strip  views.Strip // with the times of now
	Board  *views.Board
	Call   *views.CallDetail
	Status *views.Status
	Wall   *views.Wall

	Snapshot []byte // the snapshot event's data, for the polling fallback
}

// Picture returns the present picture of a view, bringing it to life if needed.
// Errors: ErrNotFound, ErrTooManyViews, ctx's.
func (h *Hub) Picture(ctx context.Context, q Query) (Picture, error) { panic("stub") }

// Join registers a reader of a view. cursor is the id of the last event it
// has, or empty; anything unknown makes the first batch a snapshot. Close the
// viewer when done. Errors: ErrNotFound, ErrTooManyViews, ErrStopped.
func (h *Hub) Join(q Query, cursor string) (*Viewer, error) { panic("stub") }

// A Viewer is one reader of a view: a cursor. Not safe for concurrent use,
// except Close.
type Viewer struct{}

// Next waits until there is something after the cursor and returns it: the
// patches since, in order, or one snapshot, with a beat where one is due.
// Errors: ctx's, ErrStopped.
func (v *Viewer) Next(ctx context.Context) (Batch, error) { panic("stub") }

// Close leaves the view. It may be called twice.
func (v *Viewer) Close() { panic("stub") }

// A Batch is what a reader has not seen yet, in order. Never empty.
type Batch struct{ Events []Event }

// An Event is one event of the stream. Data is one line of JSON, shared and
// never modified. ID is empty for events that do not move the cursor.
type Event struct {
	Name string // "hello", "snapshot", "patch", "beat"
	ID   string
	Data []byte
}

// Query is what a page shows; see ParseQuery. Its canonical form names a view.
type Query struct {
	Page    string   // "board", "wall", "call", "status"
	Line    string   // oid or name
	User    string   // oid, name or number
	State   string   // "ringing", "connected", "internal", "doubt"
	Dir     string   // "inbound", "outbound", "internal"
	Text    string   // name, number or line
	Sort    string   // "age", "line", "caller", "callee", "state", "-" in front for descending
	Hide    []string // columns, sorted: "callee", "caller", "doubt", "legs", "line", "total"
	Density string   // "" (dense) or "comfortable"
	Lang    string   // "" (en)
	Theme   string   // "", "dark", "light", "contrast"
	Call    uint64   // page "call"
	Inches  float64  // page "wall": diagonal, 0 means 55
	Metres  float64  // page "wall": distance, 0 means 5
	Rotate  int      // page "wall": seconds a page stays, 0 means 8
	Mask    bool     // numbers masked; set by the server, never parsed
}

// A QueryError says which field of a query cannot be used and what would do.
type QueryError struct{ Field, Value, Want string }

func (e *QueryError) Error() string {
	return e.Field + ": " + e.Value + " cannot be used; expected " + e.Want
}

// ParseQuery reads a page's query string. Unknown fields are ignored; a bad
// value of a known one is a *QueryError.
func ParseQuery(page string, v url.Values) (Query, error) { panic("stub") }

// Key names the view that shows this query.
func (q Query) Key() string { panic("stub") }

// Values is the canonical query string: sorted, without defaults.
func (q Query) Values() url.Values { panic("stub") }

// URL is the page's address with its query: "/", "/?dir=inbound", "/calls/42".
func (q Query) URL() string { panic("stub") }
