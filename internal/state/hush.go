package state

import "time"

// A link may live, answer every test, and yet have stopped to bring call
// events: the PBX forgot the subscription, or the account lost its right to
// them. Silence alone proves nothing, so the board asks for the list of active
// calls when it has lasted, ever more rarely; a list that shows what was never
// announced, with still no event after it, proves the subscription dead
// (dossier section 1).
const (
	hushFirst = SilenceLimit     // silence before the first question
	hushMost  = 30 * time.Minute // and between later ones
	deafLimit = 10 * time.Second // events on their way get this long
)

// SilenceLimit is how long call events may be silent on a link that lives before
// the list of active calls is asked for. Silence by itself is no fault.
const SilenceLimit = 3 * time.Minute

// A hush watches the silence of call events on a link that is up.
type hush struct {
	due   time.Time     // when to ask; zero while the link is down
	step  time.Duration // until the question after that
	deaf  time.Time     // when the subscription is held to be dead; zero without suspicion
	since time.Time     // last event before the silence, once it is
	tries int           // links made anew since the last event
}

// heard begins the watch anew: an event came.
func (h *hush) heard(now time.Time) {
	*h = hush{}
	h.begin(now)
}

// begin starts the watch over a link that came up. Where a new link did not
// help, the next one is given more time.
func (h *hush) begin(now time.Time) {
	h.step = min(hushFirst<<min(h.tries, 8), hushMost)
	h.due, h.deaf, h.since = now.Add(h.step), time.Time{}, time.Time{}
}

// end stops the watch: the link is gone.
func (h *hush) end() { *h = hush{tries: h.tries} }

// deadline is when the watch has something to do.
func (h *hush) deadline() time.Time {
	if !h.deaf.IsZero() && h.deaf.Before(h.due) {
		return h.deaf
	}
	return h.due
}

// fireHush asks for a list, or acts on what one has shown.
func (b *Board) fireHush() {
	h := &b.hush
	if !h.deaf.IsZero() && !h.deaf.After(b.now) {
		h.deaf = time.Time{}
		h.since = b.pulse.LastEvent
		if h.since.IsZero() {
			h.since = b.upSince
		}
		b.tally(SubscriptionSilent, "")
		h.tries++
		b.restart = "the list of active calls shows what no event announced"
		return
	}
	b.ask("no call event for long")
	h.step = min(2*h.step, hushMost)
	h.due = b.now.Add(h.step)
}

// contradicted notes that a list on a settled link showed n calls that events
// should have announced, or lacked some whose end they should have. With an
// event heard lately that is one lost event; after a silence it is a suspicion
// against the subscription.
func (b *Board) contradicted(n int) {
	quiet := b.now.Sub(b.pulse.LastEvent) >= hushFirst && b.now.Sub(b.upSince) >= hushFirst
	if n > 0 && quiet && b.pulse.Proven && b.hush.deaf.IsZero() && !b.hush.due.IsZero() {
		b.hush.deaf = b.now.Add(deafLimit)
	}
}

// ReconnectWanted tells once that the link should be made anew, and why: it
// lives, but call events no longer come over it.
func (b *Board) ReconnectWanted() (reason string, ok bool) {
	reason, b.restart = b.restart, ""
	return reason, reason != ""
}
