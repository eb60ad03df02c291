package state

import (
	"slices"
	"testing"
	"time"
)

// feedAll applies facts a second apart.
func feedAll(b *Board, at time.Time, facts ...Fact) time.Time {
	for _, f := range facts {
		at = at.Add(time.Second)
		b.Apply(Input{at, f})
	}
	return at
}

func facts(events []Event) (out []Fact) {
	for _, ev := range events {
		out = append(out, ev)
	}
	return out
}

// TestSettledTellsWhatEnded plays a call and a transfer and holds what is told
// against the list of the day.
func TestSettledTellsWhatEnded(t *testing.T) {
	b := New(Config{Settle: true})
	at := connectBoth(b)
	if s := b.Settled(); !s.Empty() {
		t.Fatalf("nothing has ended and %+v is told", s)
	}
	at = feedAll(b, at, facts(about("W", 0, custE, side("fD", "203", "503"), "1601", NewCall, Connected, HungUp))...)
	s := b.Settled()
	if len(s.Calls) != 1 || s.Calls[0].Outcome != EndedHungUp || s.Calls[0].Talk != time.Second || len(s.Journeys) != 1 || len(s.Gone) != 0 {
		t.Fatalf("one call ended, told is %+v", s)
	}
	if day := b.Journeys(); !sameJourney(day[0], s.Journeys[0]) {
		t.Errorf("told %+v\nlisted %+v", s.Journeys[0], day[0])
	}
	if again := b.Settled(); !again.Empty() {
		t.Errorf("told twice: %+v", again)
	}
	// The two halves of a transfer have a journey each until the transfer is
	// seen: the customer's is over for a moment, then it goes on.
	tale := shortTales[0].events
	at = feedAll(b, at, facts(tale[:5])...)
	s = b.Settled()
	if len(s.Journeys) != 1 || s.Journeys[0].Kind != Inbound {
		t.Fatalf("told after the first hang-up: %+v", s)
	}
	customers := s.Journeys[0].ID
	at = feedAll(b, at, facts(tale[5:7])...)
	if s = b.Settled(); !slices.Equal(s.Gone, []uint64{customers}) || len(s.Journeys) != 0 {
		t.Fatalf("the customer is with Bram, told is %+v", s)
	}
	feedAll(b, at, facts(tale[7:])...)
	s = b.Settled()
	if len(s.Journeys) != 1 || s.Journeys[0].ID != customers || len(s.Journeys[0].Calls) != 3 {
		t.Fatalf("told after the transfer: %+v", s)
	}
	if n := len(s.Calls); n != 1 || s.Calls[n-1].Transfers != 1 {
		t.Errorf("the conversation passed on once, told is %+v", s.Calls)
	}
}

func sameJourney(x, y Journey) bool {
	return x.ID == y.ID && x.Start.Equal(y.Start) && x.Ended.Equal(y.Ended) && x.Customer == y.Customer && x.Counted == y.Counted && x.Day == y.Day &&
		slices.Equal(x.Calls, y.Calls) && slices.Equal(x.Users, y.Users)
}

// TestSettledGaps tells of a gap when it begins, when it ends, and when a call
// turns out to have ended in it.
func TestSettledGaps(t *testing.T) {
	b := New(Config{Settle: true})
	at := connectBoth(b)
	at = feedAll(b, at, facts(about("W", 0, custE, side("fD", "203", "503"), "1601", NewCall, Connected))...)
	b.Settled()
	at = feedAll(b, at, Link{State: LinkDown, Code: "refused", Reason: "refused"})
	s := b.Settled()
	if len(s.Gaps) != 1 || s.Gaps[0].Touched != 1 || !s.Gaps[0].To.IsZero() {
		t.Fatalf("told at the beginning: %+v", s.Gaps)
	}
	from := s.Gaps[0].From
	if ghosts := b.Ghosts(from); len(ghosts) != 1 || ghosts[0].CallID != "W" {
		t.Errorf("in doubt from the gap: %+v", ghosts)
	}
	at = feedAll(b, at, Link{State: LinkUp})
	if s = b.Settled(); len(s.Gaps) != 1 || s.Gaps[0].To.IsZero() || !s.Gaps[0].From.Equal(from) {
		t.Fatalf("told at the end: %+v", s.Gaps)
	}
	at = at.Add(10 * time.Second)
	b.Apply(Input{at, Snapshot{RequestedAt: at}})
	if s = b.Settled(); len(s.Gaps) != 1 || s.Gaps[0].Lost != 1 {
		t.Fatalf("told after the list: %+v", s.Gaps)
	}
	if ghosts := b.Ghosts(from); len(ghosts) != 0 {
		t.Errorf("still in doubt: %+v", ghosts)
	}
}

// TestOwnGapReadsRight stops the process while the PBX is away: two gaps, each
// with its own cause, one after the other; whose calls they touched is known.
func TestOwnGapReadsRight(t *testing.T) {
	b := New(Config{Settle: true})
	at := connectBoth(b)
	at = feedAll(b, at, facts(about("W", 0, custE, side("fD", "203", "503"), "1601", NewCall))...)
	at = feedAll(b, at, Link{State: LinkDown, Code: "refused", Reason: "r"}, Link{State: LinkDown, Code: Crashed, Reason: "c"},
		Link{State: LinkDown, Code: Crashed, Reason: "c"}, Link{State: LinkDialing}, Link{State: LinkDown, Code: "refused", Reason: "r"}, Link{State: LinkUp})
	gaps := b.Gaps()
	if len(gaps) != 2 || gaps[0].Code != "refused" || gaps[1].Code != Crashed || !gaps[0].To.Equal(gaps[1].From) || gaps[1].To.IsZero() {
		t.Fatalf("gaps %+v", gaps)
	}
	if len(b.Ghosts(gaps[0].From)) != 1 || len(b.Ghosts(gaps[1].From)) != 0 {
		t.Errorf("the call was touched by the first gap")
	}
	feedAll(b, at, Link{State: LinkDown, Code: Stopped, Reason: "s"})
	if gaps = b.Gaps(); len(gaps) != 3 || gaps[2].Code != Stopped || len(b.Ghosts(gaps[2].From)) != 1 {
		t.Errorf("gaps %+v", gaps)
	}
}

// TestNoTwoGapsBeginAtOnce drops a link that never lived between.
func TestNoTwoGapsBeginAtOnce(t *testing.T) {
	b := New(Config{})
	at := connectBoth(b)
	for range 5 {
		b.Apply(Input{at, Link{State: LinkDown, Code: "cut"}})
		b.Apply(Input{at, Link{State: LinkUp}})
	}
	gaps := b.Gaps()
	for i := 1; i < len(gaps); i++ {
		if !gaps[i].From.After(gaps[i-1].From) {
			t.Fatalf("gap %d begins at %v as the one before", i, gaps[i].From)
		}
	}
}

// TestCodeTellsBoardsApart: the same story gives the same code; one call, one
// answer or the loss of the feed another one; names and numbers do not.
func TestCodeTellsBoardsApart(t *testing.T) {
	tell := func(customer Party, more ...Fact) uint64 {
		b := New(Config{})
		at := connectBoth(b)
		feedAll(b, at, append(facts(about("W", 0, customer, annaX, "1601", NewCall)), more...)...)
		b.Advance(at.Add(10 * time.Second))
		return b.Code()
	}
	one := tell(custE)
	if one != tell(custE) || one == 0 {
		t.Fatal("the same story has two codes, or none")
	}
	other := custE
	other.Number, other.CallLog = "+4930123456", ""
	if tell(other) != one {
		t.Error("the customer's number is part of the code")
	}
	if tell(custE, Name{Kind: NameLine, OID: "1601", Text: "Sales"}) != one {
		t.Error("a name is part of the code")
	}
	for what, more := range map[string]Fact{
		"an answer": about("W", 0, custE, annaX, "1601", Connected)[0], "a second call": about("V", 0, custC, annaX, "1601", NewCall)[0],
		"the loss of the feed": Link{State: LinkDown, Code: "cut"}, "a hang-up": about("W", 0, custE, annaX, "1601", HungUp)[0],
	} {
		if tell(custE, more) == one {
			t.Errorf("%s leaves the code as it is", what)
		}
	}
	if tell(custE, Tick{Code: 7}) != one {
		t.Error("a tick changes the code")
	}
}

// TestOverTellsItOnceMore holds what a board still knows to be over against
// what it told, on one that is read from an image and was never asked.
func TestOverTellsItOnceMore(t *testing.T) {
	shown := New(Config{})
	at := connectBoth(shown)
	at = feedAll(shown, at, facts(about("W", 0, custE, side("fD", "203", "503"), "1601", NewCall, Connected, HungUp))...)
	feedAll(shown, at, facts(about("V", 0, side("fY", "+31205550779", ""), side("fZ", "204", "504"), "1601", NewCall, Connected))...)
	image, err := shown.Image()
	if err != nil {
		t.Fatal(err)
	}
	b, err := FromImage(Config{Settle: true}, image)
	if err != nil {
		t.Fatal(err)
	}
	if s := b.Settled(); len(s.Journeys)+len(s.Calls) != 0 {
		t.Errorf("an image of a board that keeps nothing for Settled told %+v", s)
	}
	s := b.Over()
	if len(s.Calls) != 1 || s.Calls[0].Outcome != EndedHungUp || len(s.Journeys) != 1 || !sameJourney(s.Journeys[0], b.Journeys()[0]) {
		t.Errorf("one call is over and one is up, told is %+v", s)
	}
}
