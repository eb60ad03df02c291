package state

import "time"

// A Journey is what today's numbers are made of: all calls of one customer
// conversation, joined by flow ids (dossier section 9). A transferred call is
// one journey. Times are the board's own measurements unless said otherwise.
type Journey struct {
	ID       uint64
	Kind     Direction // Unknown counts as Inbound: somebody who waits
	Customer Party     // who came in first, or was called
	Line     string    // oid of the line by which it came in
	LineName string
	Users    []string // who talked with the customer, in order, each once; oids, or extensions where no oid is known
	Calls    []uint64 // Seq of its calls, oldest first

	Start      time.Time     // when the first call came up
	StartKnown bool          // false: it was up before we watched; no wait is known
	Answered   time.Time     // first talk; zero if there was none
	WaitKnown  bool          // both ends of the wait were witnessed: Answered minus Start is it
	Ended      time.Time     // of the last call; zero while one is up
	Lost       bool          // its end was not seen: it counts neither as answered late nor as unanswered
	Talk       time.Duration // of ended conversations with the customer, told once
	Talks      int           // how many those are
	Rung       int           // telephones that rang before the answer, or in vain; each once
	Doubt      bool          // a call of it is unconfirmed or suspect
}

// Wait is how long the customer has waited, or did until the answer or the
// end; false if that is not known.
func (j *Journey) Wait(now time.Time) (time.Duration, bool) {
	if !j.StartKnown || j.Start.IsZero() {
		return 0, false
	}
	switch {
	case !j.Answered.IsZero():
		return j.Answered.Sub(j.Start), j.WaitKnown
	case !j.Ended.IsZero():
		return j.Ended.Sub(j.Start), !j.Lost
	}
	return now.Sub(j.Start), true
}
