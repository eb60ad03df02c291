package state

import (
	"slices"
	"time"
)

// What the board may claim without a fresh proof: after ProofLimit it is
// doubtful, after BlindLimit blind.
const (
	ProofLimit = 20 * time.Second
	BlindLimit = 5 * time.Minute
)

// Suspended is the code of a link that was given up because this machine slept.
const Suspended = "suspended"

// Linked reports whether the link is up, whatever it proves.
func (b *Board) Linked() bool { return b.conn == LinkUp }

// prove notes that the PBX spoke just now.
func (b *Board) prove() {
	b.pulse.LastProof = b.now
	if b.feed.State != Live {
		b.refreshFeed()
	}
}

// link takes in a change of the connection.
func (b *Board) link(l Link) {
	was := b.feed
	if b.conn == LinkUp && l.State != LinkUp {
		b.openGap(l)
	} else if l.State == LinkDown && (l.Code == Stopped || l.Code == Crashed) {
		b.ownGap(l)
	}
	switch l.State {
	case LinkUp:
		b.closeGap()
		if !b.everUp {
			b.watching = b.now
		}
		b.conn, b.everUp, b.settled = LinkUp, true, false
		b.pulse.LastProof = b.now
		b.upSince = b.now
		b.hush.begin(b.now)
		b.tellPresences(PresenceList{}) // what was said before the gap may be over
		b.feed.Attempt, b.feed.NextTry = 0, time.Time{}
	case LinkDialing:
		b.conn = LinkDialing
		b.feed.Attempt, b.feed.NextTry = l.Attempt, time.Time{}
		if l.Reason != "" {
			b.feed.Code, b.feed.Reason = l.Code, l.Reason
		}
	case LinkDown:
		b.conn = LinkDown
		b.feed.Code, b.feed.Reason = l.Code, l.Reason
		b.feed.Attempt, b.feed.NextTry = l.Attempt, l.NextTry
		if n := len(b.gaps); n > 0 && b.gaps[n-1].To.IsZero() && b.gaps[n-1].Reason == "" {
			b.gaps[n-1].Code, b.gaps[n-1].Reason = l.Code, l.Reason
		}
	}
	b.deriveFeed(was)
}

// openGap begins an interruption: since the last proof nothing is known.
func (b *Board) openGap(l Link) {
	from := b.pulse.LastProof
	if !b.hush.since.IsZero() { // it lived, and yet told nothing for longer
		from = b.hush.since
	}
	b.hush.end()
	gap := b.beginGap(from, l)
	for _, r := range b.order {
		if r.call.Confidence != Suspect {
			b.doubt(r, Unconfirmed, Doubt{Kind: DoubtGap, From: gap.From})
		}
		gap.Touched++
	}
}

// beginGap adds a gap. No two begin at one moment: From tells them apart.
func (b *Board) beginGap(from time.Time, l Link) *Gap {
	if n := len(b.gaps); n > 0 {
		last := &b.gaps[n-1]
		from = later(from, last.To) // before that, the list of active calls had told what is up
		if !from.After(last.From) {
			from = last.From.Add(time.Nanosecond)
		}
	}
	b.gaps = append(b.gaps, Gap{From: from, Code: l.Code, Reason: l.Reason})
	if len(b.gaps) > gapCap {
		b.gaps = slices.Delete(b.gaps, 0, 1)
		if len(b.unsettled.gaps) > 0 {
			b.unsettled.gaps = slices.Delete(b.unsettled.gaps, 0, 1)
		}
	}
	b.today.Complete = false
	return &b.gaps[len(b.gaps)-1]
}

// ownGap begins an interruption of our own while the PBX is away already: the
// one that was under way ends where nobody watched any more, so that each reads
// right by itself. Calls keep the gap that touched them.
func (b *Board) ownGap(l Link) {
	n := len(b.gaps)
	if n == 0 || !b.gaps[n-1].To.IsZero() || b.gaps[n-1].Code == l.Code {
		return
	}
	b.gaps[n-1].To = b.now
	b.beginGap(b.now, l)
}

// Ghosts are the live calls that are in doubt since the gap that began at from,
// in order of Seq: those that neither an event nor a list of active calls has
// spoken of.
func (b *Board) Ghosts(from time.Time) []Call {
	var out []Call
	for _, r := range b.order {
		if d := r.call.Doubt; d.ofGap() && d.From.Equal(from) {
			out = append(out, r.call)
		}
	}
	return out
}

// closeGap ends it. The calls it touched stay unconfirmed until an event or
// the snapshot speaks of them.
func (b *Board) closeGap() {
	n := len(b.gaps)
	if n == 0 || !b.gaps[n-1].To.IsZero() {
		return
	}
	gap := &b.gaps[n-1]
	gap.To = b.now
	for _, r := range b.order {
		if d := &r.call.Doubt; d.Kind == DoubtGap && d.To.IsZero() {
			d.To = b.now
			b.touch(r)
		}
	}
}

// linkDeadline is when the feed's state changes by the passing of time alone.
func (b *Board) linkDeadline() time.Time {
	p := b.pulse.LastProof
	if p.IsZero() {
		return time.Time{}
	}
	switch b.feed.State {
	case Live, Quiet, CatchingUp:
		return p.Add(ProofLimit)
	case Doubtful:
		return p.Add(BlindLimit)
	}
	return time.Time{}
}

// refreshFeed derives what the board may claim from link and proof.
func (b *Board) refreshFeed() { b.deriveFeed(b.feed) }

// deriveFeed announces the state of the feed where it is no longer what it was, in
// one change: nobody sees a live board with a reason why it is not.
func (b *Board) deriveFeed(was Feed) {
	f := b.feed
	age := b.now.Sub(b.pulse.LastProof)
	switch {
	case b.pulse.LastProof.IsZero() || age >= BlindLimit:
		f.State = Blind
		if b.conn == LinkUp {
			f.Code, f.Reason = "no-proof", "The PBX has not answered for more than 5 minutes"
		}
	case b.conn != LinkUp:
		f.State = Doubtful
	case age >= ProofLimit:
		f.State = Doubtful
		f.Code, f.Reason = "no-proof", "The PBX has not answered for more than 20 seconds"
	case !b.settled:
		f.State, f.Code, f.Reason = CatchingUp, "catching-up", "Connected, reading the list of active calls"
	case !b.pulse.Proven:
		f.State, f.Code, f.Reason = Quiet, "unproven", "Connected, but no call event has been seen yet, so nothing proves that call events reach Callboard"
	default:
		f.State, f.Code, f.Reason = Live, "", ""
	}
	if f.State != b.feed.State {
		f.Since = b.now
		switch f.State {
		case Live, Quiet:
			f.AsOf = time.Time{}
		default:
			if f.AsOf.IsZero() {
				f.AsOf = b.pulse.LastProof
			}
		}
	}
	if f != was {
		b.publishFeed(f)
	}
}

// publishFeed announces a new state of the feed.
func (b *Board) publishFeed(f Feed) {
	b.feed = f
	b.change(FeedChanged).Feed = f
}

const (
	skewWindow = 32               // new calls looked at
	skewLeast  = 3                // that make it known, and a jump certain
	skewJump   = 10 * time.Second // a difference that no journey of an event explains in three calls running
)

// measureSkew compares the PBX's date of a new call with our clock. Dates are
// whole seconds and events travel, so the smallest lag of the last calls is
// nearest to the truth. Where three calls running say something else than all
// before them, a clock was set: what was measured before is worth nothing.
func (b *Board) measureSkew(ev *Event) {
	if ev.Date.IsZero() {
		return
	}
	if len(b.skews) == skewWindow {
		b.skews = append(b.skews[:0], b.skews[1:]...)
	}
	b.skews = append(b.skews, b.now.Sub(ev.Date))
	if n := len(b.skews) - skewLeast; n >= skewLeast {
		before, lately := slices.Min(b.skews[:n]), b.skews[n:]
		if ahead := slices.Max(lately) < before-skewJump; ahead || slices.Min(lately) > before+skewJump {
			b.skews = append(b.skews[:0], lately...)
			b.pulse.Jump, b.pulse.JumpedAt, b.pulse.SkewKnown = before-slices.Min(b.skews), b.now, false
			b.tally(ClockJumped, "")
		}
	}
	p := &b.pulse
	p.Skew = -slices.Min(b.skews)
	if len(b.skews) < skewLeast {
		return
	}
	if !p.SkewKnown {
		p.SkewKnown, p.SkewBase, p.SkewSince = true, p.Skew, b.now
	}
	warn := Anomaly("")
	if off := p.Skew.Abs(); off > SkewLimit {
		warn = ClockSkewed
		if rest := (off + SkewLimit) % time.Hour; off >= time.Hour-SkewLimit && rest <= 2*SkewLimit {
			warn = ZoneMismatch
		}
	}
	if warn != p.SkewOver { // once, until it changes
		p.SkewOver = warn
		if warn != "" {
			b.tally(warn, "")
		}
	}
}

// believe turns the PBX's date into a start that may be shown: brought onto
// our clock, not in the future, not older than a day. Where the zone seems
// wrong, no date is believed (dossier sections 3 and 11.4).
func (b *Board) believe(date time.Time) (time.Time, bool) {
	if date.IsZero() || b.pulse.SkewOver == ZoneMismatch {
		return time.Time{}, false
	}
	if b.pulse.SkewKnown && b.pulse.SkewOver == ClockSkewed {
		date = date.Add(-b.pulse.Skew)
	}
	if date.After(b.now) {
		if date.Sub(b.now) > 90*time.Second {
			return time.Time{}, false
		}
		date = b.now
	}
	if b.now.Sub(date) > startClamp {
		return time.Time{}, false
	}
	return date.UTC(), true
}

// tally counts an anomaly.
func (b *Board) tally(kind Anomaly, sample string) {
	t := b.tallies[kind]
	if t == nil {
		if len(b.tallies) >= 2*len(Anomalies) { // kinds are a closed set; a caller that invents some is bounded
			return
		}
		t = &Tally{Kind: kind}
		b.tallies[kind] = t
	}
	t.Count++
	t.Today++
	t.Last = b.now
	if sample != "" {
		t.Sample = sample
	}
}

// Tallies are the anomalies that were met, in the order of Anomalies.
func (b *Board) Tallies() []Tally {
	var out []Tally
	for _, k := range Anomalies {
		if t := b.tallies[k]; t != nil {
			out = append(out, *t)
		}
	}
	return out
}
