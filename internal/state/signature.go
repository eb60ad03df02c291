package state

import "strings"

// A signature says which two sides an event is about: their flows and who
// they are (dossier section 10.1, S). Components may be blank.
type signature struct {
	callerFlow, calleeFlow string
	caller, callee         string // party keys
}

// agrees reports whether the two could describe the same conversation: every
// component is equal, or blank on either side.
func (s signature) agrees(o signature) bool {
	return fits(s.callerFlow, o.callerFlow) && fits(s.calleeFlow, o.calleeFlow) &&
		fits(s.caller, o.caller) && fits(s.callee, o.callee)
}

// identical reports that the two describe the same conversation beyond doubt:
// all equal, and both parties named.
func (s signature) identical(o signature) bool {
	return s == o && s.complete()
}

// complete reports that both parties are named.
func (s signature) complete() bool { return s.caller != "" && s.callee != "" }

// sameParties compares the two as sets: after a transfer the PBX may turn the
// sides round (dossier section 15, unknown 3).
func (s signature) sameParties(o signature) bool {
	return s.complete() && (s.caller == o.caller && s.callee == o.callee || s.caller == o.callee && s.callee == o.caller)
}

// sharesParty reports that a named party of s is also one of o.
func (s signature) sharesParty(o signature) bool {
	return s.caller != "" && (s.caller == o.caller || s.caller == o.callee) ||
		s.callee != "" && (s.callee == o.caller || s.callee == o.callee)
}

// otherFlows reports that both sides of s name a flow and neither is one of o:
// together with a new date, the sign of a reused id.
func (s signature) otherFlows(o signature) bool {
	return s.callerFlow != "" && s.calleeFlow != "" && o.callerFlow != "" && o.calleeFlow != "" &&
		s.callerFlow != o.callerFlow && s.calleeFlow != o.calleeFlow &&
		s.callerFlow != o.calleeFlow && s.calleeFlow != o.callerFlow
}

// samePair reports that both flows are known and the same two.
func (s signature) samePair(o signature) bool {
	return s.callerFlow != "" && s.calleeFlow != "" &&
		(s.callerFlow == o.callerFlow && s.calleeFlow == o.calleeFlow ||
			s.callerFlow == o.calleeFlow && s.calleeFlow == o.callerFlow)
}

// filled takes over what s lacks from o.
func (s signature) filled(o signature) signature {
	if s.callerFlow == "" {
		s.callerFlow = o.callerFlow
	}
	if s.calleeFlow == "" {
		s.calleeFlow = o.calleeFlow
	}
	if s.caller == "" {
		s.caller = o.caller
	}
	if s.callee == "" {
		s.callee = o.callee
	}
	return s
}

// fits compares two components. One that was erased may be anything.
func fits(a, b string) bool { return a == "" || b == "" || a == b || a == Erased || b == Erased }

// signatureOf is the signature of an event as this board reads it: a bare
// extension counts as its user once the user list was learnt, so that an event
// which leaves out one oid still fits.
func (b *Board) signatureOf(ev *Event) signature {
	return signature{ev.Caller.FlowID, ev.Callee.FlowID, b.key(&ev.Caller), b.key(&ev.Callee)}
}

func (b *Board) key(p *Party) string {
	switch {
	case p.User != "":
		return p.User
	case p.Number == "":
		return p.Addressable
	}
	if user, ok := b.colleague(p.Number); ok {
		return user
	}
	return dialled(p.Number)
}

// dialled is a public number without the marks that only help to read it: the
// format of numbers is nowhere promised (dossier section 15, unknown 20), and
// who is written "+31 20 555 0101" once and "+31205550101" the next time is
// one person. Extensions and addresses stay as they are.
func dialled(number string) string {
	for i := range len(number) {
		switch number[i] {
		case ' ', '-', '.', '(', ')', '/':
			return stripped(number)
		}
	}
	return number // as nearly all are: nothing to strip
}

func stripped(number string) string {
	const marks = " -.()/"
	if !strings.HasPrefix(number, "+") && !strings.HasPrefix(number, "0") && !strings.HasPrefix(number, "(") ||
		strings.Trim(number, "+0123456789"+marks) != "" {
		return number
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(marks, r) {
			return -1
		}
		return r
	}, number)
}

// colleague is the user whose extension a number is. Most numbers are a
// customer's and too long to be one.
func (b *Board) colleague(number string) (user string, ok bool) {
	if number == "" || len(number) > b.longestExtension {
		return "", false
	}
	user, ok = b.extensions[number]
	return user, ok
}

// inside reports that the party is a colleague: a user, or a bare extension of
// one.
func (b *Board) inside(p *Party) bool {
	if p.User != "" {
		return true
	}
	_, ok := b.colleague(p.Number)
	return ok
}
