package state

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
)

// The recovery ledger: customers who rang and reached nobody, until somebody
// speaks to them. ledger.go keeps the facts, this file says what they come to.

// A Recovery is the ledger at one moment.
type Recovery struct {
	Open   []Callback // longest waiting first
	Closed []Callback // closed today, latest first

	Anonymous    int // journeys of today that gave up without a number: nobody can call them back
	Twice        int // customers who rang twice or more today
	TwiceWaiting int // of these, on the open list
	Dropped      int // entries that made room for newer ones, since start

	Since time.Time // whoever rang before is not here: first connection, or how long an open entry is kept; zero before any connection
}

// A Callback is one external number that gave up and what came of it. When the
// same number gives up again after its entry was closed, that is a new entry:
// the old one stays as the record of what was done.
type Callback struct {
	ID       uint64 // Seq of the first call of its first attempt: ours, safe in a URL, never used again
	Number   string // normal form
	Customer Party  // as the PBX gave it last, with its name

	Tries    []Try // oldest first; of many the first and the latest
	Attempts int
	First    time.Time // end of the first attempt: since then the customer waits
	CallsNow int       // journeys of this number that came in today, answered or not

	Backs  int       // call-backs that nobody answered
	BackAt time.Time // the last of them
	BackBy Party

	ClaimedBy string // operator's name; empty if nobody has
	ClaimedAt time.Time
	Note      string
	NoteBy    string

	Gap  Gap // of an open entry: the last interruption of the feed since First; the customer may have been spoken to then
	Gaps int

	Closed Closing // zero while open
}

// A Try is one attempt of a customer.
type Try struct {
	Call      uint64 // Seq of its last call
	Start     time.Time
	Ended     time.Time
	WaitKnown bool // the start was witnessed: Ended minus Start is how long it rang
	Line      string
	LineName  string
	Rung      []Party // colleagues whose telephones rang in vain, in order; a queue or line is none
}

// Wait is how long a try rang.
func (t *Try) Wait() time.Duration { return t.Ended.Sub(t.Start) }

// Last is the latest attempt.
func (e *Callback) Last() *Try { return &e.Tries[len(e.Tries)-1] }

// IsOpen reports that nobody has spoken to the customer yet.
func (e *Callback) IsOpen() bool { return e.Closed.How == NotClosed }

// How says in which way an entry was closed.
type How uint8

const (
	NotClosed   How = iota
	CalledBack      // a colleague called and reached the customer
	CalledAgain     // the customer called again and reached a colleague
	MarkedDone      // an operator said so
)

func (h How) String() string {
	switch h {
	case CalledBack:
		return "called-back"
	case CalledAgain:
		return "called-again"
	case MarkedDone:
		return "done"
	}
	return "open"
}

// A Closing is how an entry came off the open list.
type Closing struct {
	How  How
	At   time.Time
	By   Party         // colleague who spoke to the customer; blank if not known
	Call uint64        // Seq of that call; 0 of MarkedDone
	Talk time.Duration // with that customer; 0 while it lasts or if its end was not seen
	Name string        // MarkedDone: operator
	Text string        // MarkedDone: what the operator wrote
}

// Waiting is the ledger in short, for headlines and menus; it is announced as
// a Change.
type Waiting struct {
	Open   int
	Oldest time.Time // First of the longest waiting; zero if nobody waits
	Rev    uint64    // rises whenever anything in the ledger changed
}

// Waiting is how many customers wait to be called back.
func (b *Board) Waiting() Waiting { return b.waiting }

// Recovery is the ledger. Entries and what they hold are copies.
func (b *Board) Recovery() Recovery {
	r := Recovery{Anonymous: b.anonymous, Twice: b.twice, Dropped: b.dropped, Since: b.watching}
	if kept := b.now.Add(-openLife); r.Since.Before(kept) && !r.Since.IsZero() {
		r.Since = kept
	}
	for _, c := range b.listed {
		waits := false
		for i := range c.entries {
			e := b.present(c, &c.entries[i])
			if e.IsOpen() {
				r.Open, waits = append(r.Open, e), true
			} else {
				r.Closed = append(r.Closed, e)
			}
		}
		if waits && c.calls > 1 {
			r.TwiceWaiting++
		}
	}
	slices.SortFunc(r.Open, func(x, y Callback) int { return cmp.Or(x.First.Compare(y.First), cmp.Compare(x.ID, y.ID)) })
	slices.SortFunc(r.Closed, func(x, y Callback) int { return cmp.Or(y.Closed.At.Compare(x.Closed.At), cmp.Compare(y.ID, x.ID)) })
	return r
}

// Callback is one entry of the ledger; an id of any of its attempts finds it.
func (b *Board) Callback(id uint64) (Callback, bool) {
	for _, c := range b.listed {
		if e := c.find(id); e != nil {
			return b.present(c, e), true
		}
	}
	return Callback{}, false
}

// present is an entry with the names and gaps of now.
func (b *Board) present(c *contact, from *Callback) Callback {
	e := *from
	e.Customer, e.CallsNow = b.named(&c.customer), c.calls
	e.BackBy, e.Closed.By = b.named(&e.BackBy), b.named(&e.Closed.By)
	e.Tries = slices.Clone(e.Tries)
	for i := range e.Tries {
		t := &e.Tries[i]
		t.LineName = b.lines[t.Line]
		t.Rung = slices.Clone(t.Rung)
		for k := range t.Rung {
			t.Rung[k] = b.named(&t.Rung[k])
		}
	}
	if e.IsOpen() {
		for _, g := range b.gaps {
			if g.To.IsZero() || g.To.After(e.First) {
				e.Gap = g
				e.Gaps++
			}
		}
	}
	return e
}

// Why an operator's word cannot be taken.
var (
	ErrNoEntry     = errors.New("no such entry of the recovery ledger")
	ErrClosed      = errors.New("the entry is closed already")
	ErrClaimed     = errors.New("somebody else has claimed the entry")
	ErrNothingDone = errors.New("there is nothing to undo")
	ErrOpenAgain   = errors.New("the customer gave up again since, and that entry is open")
	ErrWord        = errors.New("the name or the text is missing or too long")
	ErrManyWords   = errors.New("too much was said of this customer today")
)

// WordKind is what an operator says of an entry.
type WordKind uint8

const (
	WordClaim WordKind = iota + 1 // I call this customer back
	WordNote                      // a text, empty to take it away; also of a closed entry
	WordDone                      // dealt with, with an optional text
	WordUndo                      // opens a closed entry, else gives a claim back
)

// Longest name and text of a Word, in characters.
const (
	NameMost = 60
	TextMost = 240
)

// A Word is what an operator says of an entry of the recovery ledger. A board
// takes it if Allows does, else nothing happens. Saying the same twice changes
// nothing.
type Word struct {
	Entry uint64
	Kind  WordKind
	By    string // the operator's name
	Text  string // WordNote and WordDone
}

func (Word) fact() {}

// Allows reports whether a word can be taken now: nil or one of the errors
// above.
func (b *Board) Allows(w Word) error {
	_, _, err := b.judge(w)
	return err
}

// judge finds the entry of a word and says whether the word changes it.
func (b *Board) judge(w Word) (c *contact, news bool, err error) {
	e := (*Callback)(nil)
	for _, k := range b.listed {
		if e = k.find(w.Entry); e != nil {
			c = k
			break
		}
	}
	switch open := e != nil && e.IsOpen(); {
	case e == nil:
		return nil, false, ErrNoEntry
	case !fitting(w.By, NameMost) || w.By == "" || !fitting(w.Text, TextMost) || w.Kind < WordClaim || w.Kind > WordUndo:
		return nil, false, ErrWord
	case w.Kind == WordClaim && !open, w.Kind == WordDone && !open && !e.Closed.same(w):
		return nil, false, ErrClosed
	case w.Kind == WordClaim && e.ClaimedBy != "" && e.ClaimedBy != w.By:
		return nil, false, ErrClaimed
	case w.Kind == WordUndo && open && e.ClaimedBy == "":
		return nil, false, ErrNothingDone
	case w.Kind == WordUndo && !open && c.hasOpen():
		return nil, false, ErrOpenAgain
	default:
		switch w.Kind {
		case WordClaim:
			news = e.ClaimedBy == ""
		case WordNote:
			news = e.Note != w.Text
		case WordDone:
			news = open
		case WordUndo:
			news = true
		}
	}
	if news && len(c.words) >= wordCap && w.Kind != WordNote {
		return nil, false, ErrManyWords
	}
	return c, news, nil
}

// same reports that an entry was closed by this very word.
func (c *Closing) same(w Word) bool {
	return c.How == MarkedDone && c.Name == w.By && c.Text == w.Text
}

// fitting reports text of at most so many characters without control
// characters.
func fitting(s string, most int) bool {
	n := 0
	for _, r := range s {
		n++
		if r == unicode.ReplacementChar || unicode.IsControl(r) {
			return false
		}
	}
	return n <= most
}

// say takes an operator's word in.
func (b *Board) say(w Word) {
	c, news, err := b.judge(w)
	if err != nil || !news {
		return
	}
	if w.Kind == WordNote { // only the last one counts
		c.words = slices.DeleteFunc(c.words, func(o saying) bool { return o.Kind == WordNote && o.Entry == w.Entry })
	}
	c.words = append(c.words, saying{w, b.now})
	b.fold(c)
}

// callable reports text that somebody can be called by, and known again: a
// number, also with letters or an extension in it, or a SIP address. Anonymous
// callers show none, or a word for it, which SIP writes as an address as well.
func callable(number string) bool {
	user, _, address := strings.Cut(number, "@")
	if _, rest, scheme := strings.Cut(user, ":"); scheme {
		user = rest
	}
	word := strings.ToLower(user)
	if slices.ContainsFunc(namelessWords, func(w string) bool { return strings.Contains(word, w) }) {
		return false
	}
	return strings.ContainsAny(user, "0123456789") || address && user != ""
}

// namelessWords are what telephone networks put where a number was withheld.
var namelessWords = []string{"anonym", "anoniem", "unknown", "unavailable", "withheld", "private", "restricted"}
