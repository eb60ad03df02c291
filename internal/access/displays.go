package access

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"callboard/internal/privacy"
	"callboard/internal/sqlitefile"
)

const (
	// DisplayLife is how long a display is paired for unless somebody decides
	// otherwise. Whether it is still wanted is then asked, 14 days before.
	DisplayLife   = 90 * 24 * time.Hour
	displayWarns  = 14 * 24 * time.Hour
	displayLives  = 5 * 366 * 24 * time.Hour // the longest
	displayName   = 60                       // runes, the longest
	maxDisplays   = 500
	maxNetworks   = 16
	displayListed = 7 * 24 * time.Hour // after it was switched off
)

// Errors of what is done with displays.
var (
	ErrNoDisplay       = errors.New("there is no such display")
	ErrDisplayOff      = errors.New("the display was switched off")
	ErrTooManyDisplays = errors.New("there are too many displays")
)

// A DisplayState is whether a display may show anything.
type DisplayState string

// The states. All but the first are for ever: the screen has to be paired anew.
const (
	PairedOn      DisplayState = "on"
	PairedRevoked DisplayState = "revoked" // by a person
	PairedExpired DisplayState = "expired"
	PairedStolen  DisplayState = "stolen" // a token of it was used after the next one was
)

// Settings are what a person decides about a display.
type Settings struct {
	Name     string
	View     string        // address of what it shows, canonical: "/wall?layout=numbers"
	Level    privacy.Level // how plainly it tells numbers and names
	Scope    privacy.Scope
	Expires  time.Time
	Networks []netip.Prefix // from where it may ask; empty is anywhere
}

// A Sighting is what is known of a display from when it was seen last: what
// an inventory needs, and nothing by which a browser could be told apart.
type Sighting struct {
	At            time.Time // zero: never
	Addr          netip.Addr
	Build         string // of the page it shows
	Browser       string // in words, as it says
	Width, Height int    // of its screen in pixels, 0 if not told
}

// A Paired is a display, a screen that was paired: an identity of its own, no person's. It shows
// one view, read only.
type Paired struct {
	ID int64
	Settings
	Revision  int // rises whenever what it shows changes
	Created   time.Time
	CreatedBy string // name of who paired it
	State     DisplayState
	Ended     time.Time // when it ceased to be on
	Seen      Sighting
}

// Who is the display as a party.
func (d *Paired) Who() Who {
	return Who{
		Kind: Display, ID: "display:" + strconv.FormatInt(d.ID, 10), Name: d.Name,
		Lens: privacy.Lens{Level: d.Level, Scope: d.Scope}, View: d.View, Until: d.Expires,
	}
}

// Allows reports whether the display may be asked for from an address.
func (d *Paired) Allows(addr netip.Addr) bool {
	return len(d.Networks) == 0 || slices.ContainsFunc(d.Networks, func(p netip.Prefix) bool { return p.Contains(addr.Unmap()) })
}

// EndsSoon reports that a display has to be renewed within 14 days.
func (d *Paired) EndsSoon(now time.Time) bool {
	return d.State == PairedOn && d.Expires.Sub(now) < displayWarns
}

// Displays are the paired screens and those that wait to be. Safe for
// concurrent use; it starts no goroutine.
type Displays struct {
	file   atomic.Pointer[sqlitefile.File] // nil: nothing outlives the process
	who    sync.Map                        // of what is on: "display:7" to Who, for those who cannot wait for mu
	log    *slog.Logger
	stolen func(Paired, netip.Addr)

	mu      sync.Mutex
	byID    map[int64]*displayRecord
	tokens  map[tokenHash]int64 // every token that was ever given, while its display is listed
	waiting map[tokenHash]*waitingScreen
	tries   map[string]*wrongCodes
	seats   map[int64]map[*Seat]bool
	next    int64 // ids without a file
}

// DisplayOptions say who hears of displays.
type DisplayOptions struct {
	// Stolen hears of a display whose token was used twice, after it was
	// switched off. May be nil.
	Stolen func(Paired, netip.Addr)
	Log    *slog.Logger // nil discards
}

// NewDisplays are displays in memory, none as yet.
func NewDisplays(o DisplayOptions) *Displays {
	d := &Displays{
		stolen: o.Stolen, log: o.Log, byID: map[int64]*displayRecord{}, tokens: map[tokenHash]int64{},
		waiting: map[tokenHash]*waitingScreen{}, tries: map[string]*wrongCodes{}, seats: map[int64]map[*Seat]bool{},
	}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	return d
}

// keepIn reads the displays of a file, which keeps them from now on. The
// caller leaves the file open for as long as they are used.
func (d *Displays) keepIn(ctx context.Context, file *sqlitefile.File) error {
	records, err := d.load(ctx, file)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.file.Store(file)
	for _, r := range records {
		if d.byID[r.ID] != nil { // of this very process, which knows better
			continue
		}
		d.byID[r.ID] = r
		for _, h := range r.hashes() {
			d.tokens[h] = r.ID
		}
		d.publish(r)
	}
	return nil
}

// publish makes known what a display may.
func (d *Displays) publish(r *displayRecord) {
	if w := r.Who(); r.State == PairedOn {
		d.who.Store(w.ID, w)
	} else {
		d.who.Delete(w.ID)
	}
}

// party is a display as it is now, by its id as a party. It does not wait.
func (d *Displays) party(id string, now time.Time) (Who, bool) {
	w, ok := d.who.Load(id)
	if !ok || !now.Before(w.(Who).Until) {
		return Who{}, false
	}
	return w.(Who), true
}

// Listed is a display as the inventory shows it.
type Listed struct {
	Paired
	Live bool // a stream of it is open, or it asked within the last 15 s
}

// List is the inventory: those that are on by name, then those that were
// switched off within the last week, the latest first.
func (d *Displays) List(ctx context.Context) []Listed {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	var list []Listed
	for id, r := range d.byID {
		d.settle(ctx, r, now)
		if r.State != PairedOn && now.Sub(r.Ended) > displayListed {
			d.drop(ctx, id)
			continue
		}
		list = append(list, d.listed(r, now))
	}
	slices.SortFunc(list, func(a, b Listed) int {
		if on, other := a.State == PairedOn, b.State == PairedOn; on != other {
			if on {
				return -1
			}
			return 1
		} else if !on {
			return b.Ended.Compare(a.Ended)
		}
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// Display is one of the list. The error is ErrNoDisplay.
func (d *Displays) Display(ctx context.Context, id int64) (Listed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.byID[id]
	if r == nil {
		return Listed{}, ErrNoDisplay
	}
	now := time.Now()
	d.settle(ctx, r, now)
	return d.listed(r, now), nil
}

func (d *Displays) listed(r *displayRecord, now time.Time) Listed {
	l := Listed{Paired: r.Paired}
	l.Networks = slices.Clone(l.Networks)
	l.Live = r.State == PairedOn && (len(d.seats[r.ID]) > 0 || now.Sub(r.Seen.At) < awayAfter && !r.Seen.At.IsZero())
	if len(d.seats[r.ID]) > 0 {
		l.Seen.At = now
	}
	return l
}

// Change gives a display other settings; its screen follows at once. Errors:
// ErrNoDisplay, ErrDisplayOff, *FieldError, one of the file.
func (d *Displays) Change(ctx context.Context, id int64, s Settings) (Paired, error) {
	now := time.Now()
	if err := s.check(now); err != nil {
		return Paired{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	r, err := d.on(ctx, id, now)
	if err != nil {
		return Paired{}, err
	}
	was := r.Paired
	r.Settings = s
	if was.View != s.View || was.Level != s.Level || was.Scope != s.Scope {
		r.Revision++
	}
	if err := d.put(ctx, r); err != nil {
		r.Paired = was
		d.publish(r)
		return Paired{}, err
	}
	for seat := range d.seats[id] {
		seat.follow(r, was)
	}
	return r.Paired, nil
}

// Renew lets a display go on for another 90 days from now, or for as long as it
// was to go on anyway. Errors as of Change.
func (d *Displays) Renew(ctx context.Context, id int64) (Paired, error) {
	l, err := d.Display(ctx, id)
	if err != nil {
		return Paired{}, err
	}
	s := l.Settings
	if until := time.Now().Add(DisplayLife); until.After(s.Expires) {
		s.Expires = until
	}
	return d.Change(ctx, id, s)
}

// Revoke switches a display off for ever: its screen empties itself and asks
// to be paired. It does nothing to one that is off. Errors: ErrNoDisplay, one
// of the file, in which case the display is off all the same until a restart.
func (d *Displays) Revoke(ctx context.Context, id int64) (Paired, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.byID[id]
	if r == nil {
		return Paired{}, ErrNoDisplay
	}
	now := time.Now()
	d.settle(ctx, r, now)
	if r.State != PairedOn {
		return r.Paired, nil
	}
	return r.Paired, d.end(ctx, r, PairedRevoked, now)
}

// end switches a display off.
func (d *Displays) end(ctx context.Context, r *displayRecord, why DisplayState, now time.Time) error {
	r.State, r.Ended = why, now
	for seat := range d.seats[r.ID] {
		seat.end()
	}
	return d.put(ctx, r)
}

// on finds a display that is on.
func (d *Displays) on(ctx context.Context, id int64, now time.Time) (*displayRecord, error) {
	r := d.byID[id]
	if r == nil {
		return nil, ErrNoDisplay
	}
	if d.settle(ctx, r, now); r.State != PairedOn {
		return nil, ErrDisplayOff
	}
	return r, nil
}

// settle notes that the time of a display is over.
func (d *Displays) settle(ctx context.Context, r *displayRecord, now time.Time) {
	if r.State == PairedOn && !now.Before(r.Expires) {
		if err := d.end(ctx, r, PairedExpired, r.Expires); err != nil {
			d.log.Warn("the end of a display could not be kept", slog.Int64("display", r.ID), slog.String("error", sqlitefile.Plain(err)))
		}
	}
}

// check says which of the fields "name", "expires" and "networks" is wrong.
func (s *Settings) check(now time.Time) error {
	n := utf8.RuneCountInString(s.Name)
	switch {
	case n == 0:
		return &FieldError{Field: "name", Fault: Missing}
	case n > displayName:
		return &FieldError{Field: "name", Fault: TooLong, Limit: displayName}
	case !s.Expires.After(now):
		return &FieldError{Field: "expires", Fault: InThePast}
	case s.Expires.Sub(now) > displayLives:
		return &FieldError{Field: "expires", Fault: TooLate, Limit: int(displayLives / (24 * time.Hour))}
	case len(s.Networks) > maxNetworks:
		return &FieldError{Field: "networks", Fault: TooLong, Limit: maxNetworks}
	}
	return nil
}
