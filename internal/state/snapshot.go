package state

import (
	"cmp"
	"slices"
	"time"
)

// A listed call is what a snapshot says of one callId.
type listed struct {
	callID  string
	talking bool
	up      bool // one of its channels is
	caller  Party
	callees []Party
	states  []bool // of callees: connected
	created time.Time
	flows   []string
}

// snapshot applies the PBX's list of active channels (dossier sections 10.2
// and 12). Calls with an event after the request win over it.
func (b *Board) snapshot(s Snapshot) {
	list := group(s.Channels)
	asked := s.RequestedAt.UTC()
	if asked.IsZero() || asked.After(b.now) {
		asked = b.now
	}
	b.guardIDs(list)
	if !b.idsDiffer {
		news := b.applyList(list, asked)
		if b.settled { // a list after a reconnect is expected to bring news
			b.contradicted(news)
		}
	}
	b.settled = true
	b.prove()
	b.refreshFeed()
}

// applyList returns how many calls the list added or ended.
func (b *Board) applyList(list []listed, asked time.Time) (news int) {
	seen := make(map[uint64]bool, len(list))
	var unmatched []listed
	for _, l := range list {
		r := b.byID[l.callID]
		if r == nil {
			r = b.inferredListed(l, asked)
		}
		switch {
		case r != nil:
			seen[r.call.Seq] = true
			b.refresh(r, l, asked)
		case b.buried(l.callID, func(t *tombstone) bool { return !t.endedAt.Before(asked) }) != nil:
			// Ended after the request: the list is older than what we know.
		default:
			unmatched = append(unmatched, l)
		}
	}
	unmatched = b.bindInferred(unmatched, seen, asked)
	for _, l := range unmatched {
		if b.buried(l.callID, func(*tombstone) bool { return true }) != nil {
			b.tally(SnapshotRevived, "")
		}
		seen[b.fromList(l).call.Seq] = true
		news++
	}
	for _, r := range slices.Clone(b.order) {
		if b.lies >= lieLimit || seen[r.call.Seq] || r.call.Inferred || !r.lastEvent.Before(asked.Add(-snapshotSlack)) {
			continue
		}
		if b.strangers > 0 && !r.call.Doubt.ofGap() {
			continue // the ids may be of another kind: never end a call on that (guard)
		}
		b.lose(r)
		news++
	}
	return news
}

// lose ends a call that the PBX no longer lists: its hang-up was lost.
func (b *Board) lose(r *record) {
	b.tally(SnapshotMissing, "")
	if d := r.call.Doubt; d.ofGap() {
		for i := len(b.gaps) - 1; i >= 0; i-- {
			if g := &b.gaps[i]; g.From.Equal(d.From) {
				g.Lost++
				break
			}
		}
	}
	r.note(b.now, nil, EffectAbsent, Doubt{})
	b.bury(r, r.call.CallID, r.seg, 0).lost = true
	b.end(r, EndedLost)
}

// guardIDs is the id-space guard of section 12: when calls are up on both
// sides and no id is shared, twice in a row, the list speaks of other ids and
// is no longer used. After a long silence that proves nothing: all calls may be
// over and others up.
func (b *Board) guardIDs(list []listed) {
	heard := b.now.Sub(b.pulse.LastEvent) < hushFirst
	own, shared := 0, 0
	for _, r := range b.order {
		if r.call.FromSnapshot || r.call.CallID == "" {
			continue
		}
		if heard {
			own++
		}
		if _, found := slices.BinarySearchFunc(list, r.call.CallID, func(l listed, id string) int { return cmp.Compare(l.callID, id) }); found {
			shared++
		}
	}
	switch {
	case shared > 0:
		b.strangers, b.idsDiffer = 0, false
	case len(list) == 0:
		return
	case own == 0:
		b.strangers = 0
		return
	default:
		b.strangers++
		if b.strangers == 2 {
			b.idsDiffer = true
			b.tally(IDSpaces, "")
			for _, r := range slices.Clone(b.order) { // rows that exist in the list's ids only
				if r.call.FromSnapshot {
					r.note(b.now, nil, EffectAbsent, Doubt{})
					b.end(r, EndedReplaced)
				}
			}
		}
	}
}

// A list that lacks calls which are up does not show the whole PBX (dossier
// section 15, unknown 16). A hang-up that was on its way when the list was made
// is no proof of that; one that comes later is.
const (
	lieAfter = 30 * time.Second
	lieLimit = 3
)

// listLied notes a hang-up of a call that the list had lacked: it was up all
// the time. Where that happens again, lists no longer end calls.
func (b *Board) listLied() {
	if b.lies++; b.lies == lieLimit {
		b.tally(PartialList, "")
	}
}

// group puts the channels of a snapshot together by call, in order of the ids
// so that equal lists have equal effects. Twins are second phones of one
// person; other roles are listeners and conferences.
func group(channels []Channel) []listed {
	index := make(map[string]int)
	var list []listed
	for _, ch := range channels {
		if ch.Twin || ch.CallID == "" || ch.Role == RoleOther {
			continue
		}
		i, ok := index[ch.CallID]
		if !ok {
			i = len(list)
			index[ch.CallID] = i
			list = append(list, listed{callID: ch.CallID})
		}
		l := &list[i]
		l.up = l.up || ch.Up
		p := Party{FlowID: ch.FlowID, Number: ch.Number, Addressable: ch.Addressable, Name: cmp.Or(ch.Name, ch.PhoneUser, ch.Organisation)}
		if ch.Role == RoleCaller {
			l.caller = p
			if !ch.Created.IsZero() {
				l.created = ch.Created
			}
		} else {
			l.callees = append(l.callees, p)
			l.states = append(l.states, ch.Up)
		}
		if ch.FlowID != "" {
			l.flows = append(l.flows, ch.FlowID)
		}
	}
	for i := range list {
		l := &list[i]
		l.talking = slices.Contains(l.states, true)
		if len(l.callees) == 0 { // one side only: its own state is all there is
			l.talking = l.up
		}
	}
	slices.SortFunc(list, func(a, z listed) int { return cmp.Compare(a.callID, z.callID) })
	return list
}

// inferredListed finds the inferred call that a listed call must be: by the
// id of one of the two calls it came from, or by a flow.
func (b *Board) inferredListed(l listed, asked time.Time) *record {
	for _, r := range b.inferred {
		if !r.call.Inferred || r.inferredAt.After(asked) {
			continue
		}
		if slices.Contains(r.sources, l.callID) || slices.ContainsFunc(l.flows, r.hasFlow) {
			return r
		}
	}
	return nil
}

// bindInferred settles the inferred calls that the list does not name
// (section 12): without an unmatched conversation they are over; with one of
// each the two are the same; else it stays open.
func (b *Board) bindInferred(list []listed, seen map[uint64]bool, asked time.Time) []listed {
	var open []*record
	for _, r := range b.inferred {
		if r.call.Inferred && !seen[r.call.Seq] && r.lastEvent.Before(asked) {
			open = append(open, r)
		}
	}
	if len(open) == 0 {
		return list
	}
	talking := slices.IndexFunc(list, func(l listed) bool { return l.talking })
	more := talking >= 0 && slices.ContainsFunc(list[talking+1:], func(l listed) bool { return l.talking })
	switch {
	case talking < 0:
		for _, r := range open {
			if r.lastEvent.Before(asked.Add(-snapshotSlack)) {
				b.lose(r)
			}
		}
	case len(open) == 1 && !more:
		seen[open[0].call.Seq] = true
		b.refresh(open[0], list[talking], asked)
		return slices.Delete(slices.Clone(list), talking, talking+1)
	default:
		for _, r := range open {
			b.doubt(r, Unconfirmed, Doubt{Kind: DoubtUnmatched, From: b.now})
			b.reschedule(r)
		}
	}
	return list
}

// unite ends a row that came from a list when the first event under its id
// names the two parties of an inferred call: both rows are one conversation.
// The inferred one stays, since it knows when the customer came in.
func (b *Board) unite(callID string, sig signature) {
	if len(b.inferred) == 0 {
		return
	}
	r := b.byID[callID]
	if r == nil || !r.call.FromSnapshot || r.seg.caller != "" || r.seg.callee != "" {
		return
	}
	for _, i := range b.inferred {
		if i.call.Inferred && i.seg.sameParties(sig) {
			b.end(r, EndedReplaced)
			return
		}
	}
}

// refresh takes in what the list says of a call on the board.
func (b *Board) refresh(r *record, l listed, asked time.Time) {
	c := &r.call
	if c.Inferred {
		c.CallID = l.callID
		b.byID[l.callID] = r
		b.announced(r)
	}
	ev := Event{Caller: l.caller, Callee: l.talker(), Duration: -1}
	if l.talking && !r.lastEvent.After(asked) {
		sig := b.signatureOf(&ev)
		switch {
		case c.Phase == Ringing:
			c.TalkAtLeast = true // since when is not known
			b.answer(r, &ev, sig)
		case b.moved(c, ev.Caller, ev.Callee): // handed on while nobody told us
			b.switchTo(r, &ev, sig)
		}
	}
	b.fillNames(r, &ev)
	r.lastEvent = b.now
	r.note(b.now, nil, EffectSeen, Doubt{})
	b.confirm(r)
	if l.talking {
		r.halfAt = time.Time{} // both sides are there after all
	}
	b.reschedule(r)
}

// talker is the callee who talks, else the only one there is.
func (l *listed) talker() Party {
	if i := slices.Index(l.states, true); i >= 0 {
		return l.callees[i]
	}
	if len(l.callees) == 1 {
		return l.callees[0]
	}
	return Party{}
}

// moved reports that the list shows another person on a side of a call. A
// number alone may be written differently in lists, so the flow has to differ
// too, or both numbers be those of known colleagues.
func (b *Board) moved(c *Call, caller, callee Party) bool {
	differs := func(have, listed Party) bool {
		if have.Number == "" || listed.Number == "" || have.Number == listed.Number {
			return false
		}
		return have.FlowID != "" && listed.FlowID != "" && have.FlowID != listed.FlowID ||
			b.extensions[have.Number] != "" && b.extensions[listed.Number] != ""
	}
	turned := c.Caller.Number == callee.Number && c.Callee.Number == caller.Number
	return !turned && (differs(c.Caller, caller) || differs(c.Callee, callee))
}

// fillNames takes names and numbers from the list where there are none.
func (b *Board) fillNames(r *record, ev *Event) {
	changed := b.fillSide(r, CallerSide, &ev.Caller)
	changed = b.fillSide(r, CalleeSide, &ev.Callee) || changed
	if changed {
		b.touch(r)
	}
}

// fromList opens a call that only the list knows; since when it is up is
// unknown unless the channel says so.
func (b *Board) fromList(l listed) *record {
	phase := Ringing
	if l.talking {
		phase = Talking
	}
	r := b.open(l.callID, phase)
	c := &r.call
	c.FromSnapshot = true
	start, ok := b.believe(l.created)
	if !ok {
		start = b.now
	}
	c.StartedAt, c.StartAtLeast = start, !ok
	c.Caller = b.named(&l.caller)
	legs := make([]Leg, 0, 1+len(l.callees))
	callerLeg := Leg{Side: CallerSide, Party: c.Caller, State: LegRinging, Since: start}
	if l.talking {
		callerLeg.State = LegConnected
	}
	legs = append(legs, callerLeg)
	for i, p := range l.callees {
		p = b.named(&p)
		leg := Leg{Side: CalleeSide, Party: p, State: LegRinging, Since: start}
		if l.states[i] {
			leg.State = LegConnected
			c.Callee = p
		}
		if !l.talking && i == 0 {
			c.Callee = p
		}
		legs = append(legs, leg)
	}
	c.Legs = legs
	if phase == Talking {
		// Since when they talk is not told, only that they do: no earlier than
		// the channel, and no later than now.
		c.ConnectedAt, c.PairSince, c.TalkAtLeast = b.now, b.now, true
	}
	r.seg = signature{l.caller.FlowID, c.Callee.FlowID, "", ""}
	b.direct(r)
	b.joinJourney(r)
	r.note(b.now, nil, EffectSeen, Doubt{})
	b.reschedule(r)
	return r
}

// snapshotFailed lets the board go live without a list: calls from before the
// gap stay unconfirmed and say so.
func (b *Board) snapshotFailed() {
	b.settled = true
	for _, r := range b.order {
		if c := &r.call; c.Confidence == Unconfirmed && c.Doubt.Kind == DoubtGap {
			c.Doubt.Kind = DoubtNoSnapshot
			b.touch(r)
		}
	}
	b.refreshFeed()
}
