package privacy

import (
	"slices"

	"callboard/internal/state"
)

// A Sight is a lens with what it has to know of the company: who is a colleague
// and who belongs to the scope. Its methods make of values of the model what
// may be seen of them. They never write to what they are given, and copy no
// more than they change; of a clear lens they give back what they got.
//
// What becomes of each field, unless the lens is clear:
//
//	Party.Name, Number      as Level.Name and Level.Number say; a party with a
//	                        user of the PBX, or a known extension or line number,
//	                        is a colleague
//	Party.User              stays: who of the company it is decides teams and tiles
//	Party.FlowID, CallLog,  empty: they name the call or the customer elsewhere
//	UserAddressable, SyncID,
//	SyncSource, Addressable (in a History the last tells outsiders of one
//	                        journey apart: "#1", "#2")
//	Call.CallID             empty
//	                        (of a scope of teams, where somebody else of the company is in the call)
//	Call.Line, Journey.Line stay; LineName stays, from initials on without numbers
//	Call.Seq, Journey.ID    stay: our own counters
//	times, states, doubts   stay
//	Event.CallID,           empty: raw text of the feed
//	Event.Initiation
//	Journey.Users, RangAt   oids stay, others are numbers
//	Callback.Number         like the customer's
//	Callback.ClaimedBy,     names of colleagues
//	NoteBy, Closing.Name
//	Callback.Note,          Level.Text; from initials on hidden wholly, as words
//	Closing.Text            may be names
//	Person.Name, Number     a colleague's
//	Presence.Message        like a note; its oids are empty
//	PhoneLine.Number        the company's own: hidden from initials on
//
// Of a scope: a call belongs to it if its line or somebody who takes part does,
// as the team filter has it; a journey by its line, or who talked or was rung;
// a customer to call back by the last attempt; a person and a line by
// themselves. A value that belongs to the scope is shown wholly, but for who of
// another team takes part in it: see elsewhere.
//
// A Sight is safe for concurrent use if its functions are.
type Sight struct {
	Lens

	// Colleague says that a number is an extension or line of the company.
	Colleague func(number string) bool
	// Known says that an oid is a user's: what is none may be a number.
	Known func(oid string) bool
	// UserOf is whose extension a number is; empty if nobody's.
	UserOf func(number string) string
	// LineIn and UserIn say who belongs to the scope. They are not asked where
	// the scope is everything. Empty texts are unknown.
	LineIn func(oid, name string) bool
	UserIn func(oid, name, number string) bool
	// TeamOf is the team of somebody of the company; empty if there is none.
	TeamOf func(oid, name, number string) string
	// OwnTeams says that the scope names teams: colleagues outside of them are
	// not told by name. Needs UserOf and TeamOf.
	OwnTeams bool
}

// Scoped reports that something is left out.
func (s *Sight) Scoped() bool { return !s.Scope.All() }

// Masked reports that numbers are not told as they are.
func (s *Sight) Masked() bool { return s.Level != Full }

// Party is a side as it may be seen.
func (s *Sight) Party(p state.Party) state.Party {
	if s.elsewhere(&p) {
		return s.other(&p)
	}
	if !s.Masked() {
		return p
	}
	return s.party(p, p.User != "" || s.colleague(p.Number))
}

func (s *Sight) party(p state.Party, colleague bool) state.Party {
	out := state.Party{User: p.User, Name: s.Lens.Name(p.Name, colleague), Number: s.Lens.Number(p.Number, colleague)}
	if out.User == "" && out.Number == Hidden && s.UserOf != nil {
		out.User = s.UserOf(p.Number) // else nothing tells that somebody is busy
	}
	if out.User == "" { // nor whose a member is that the file knows by what is hidden here
		out.User = s.teamKey("", p.Name, p.Number)
	}
	return out
}

func (s *Sight) colleague(number string) bool {
	return number != "" && s.Colleague != nil && s.Colleague(number)
}

// LineName is what a line is called.
func (s *Sight) LineName(name string) string {
	if s.Level < Initials {
		return name
	}
	return Initials.Text(name)
}

// said is what somebody wrote.
func (s *Sight) said(text string) string { return Said(s.Level, text) }

// Said is what somebody wrote, of a customer or of themselves, as a level shows
// it: hidden wholly from initials on, as words may be names.
func Said(l Level, text string) string {
	if text == "" || l < Initials {
		return l.Text(text)
	}
	return Hidden
}

// Takes reports whether a call that is up belongs to the scope.
func (s *Sight) Takes(c *state.Call) bool { return s.takes(c, false) }

// TakesPast is the same of a call that may be over: who took part at any time
// counts.
func (s *Sight) TakesPast(c *state.Call) bool { return s.takes(c, true) }

func (s *Sight) takes(c *state.Call, gone bool) bool {
	if !s.Scoped() || c.Line != "" && s.LineIn(c.Line, c.LineName) || s.in(&c.Caller) || s.in(&c.Callee) {
		return true
	}
	for i := range c.Legs {
		if (gone || c.Legs[i].State != state.LegGone) && s.in(&c.Legs[i].Party) {
			return true
		}
	}
	return false
}

func (s *Sight) in(p *state.Party) bool {
	return (p.User != "" || p.Number != "" || p.Name != "") && s.UserIn(p.User, p.Name, p.Number)
}

// Call is a call that is up as it may be seen; false if it may not.
func (s *Sight) Call(c state.Call) (state.Call, bool) {
	if !s.takes(&c, false) {
		return state.Call{}, false
	}
	return s.call(c, s.Party), true
}

// PastCall is the same of a call that is over: who took part at any time counts.
func (s *Sight) PastCall(c state.Call) (state.Call, bool) {
	if !s.takes(&c, true) {
		return state.Call{}, false
	}
	return s.call(c, s.Party), true
}

func (s *Sight) call(c state.Call, party func(state.Party) state.Party) state.Call {
	if !s.Masked() && !s.OwnTeams {
		return c
	}
	if s.blanks(&c.Caller, &c.Callee) {
		c.CallID = ""
	}
	c.LineName = s.LineName(c.LineName)
	c.Caller, c.Callee, c.Former = party(c.Caller), party(c.Callee), party(c.Former)
	legs := make([]state.Leg, len(c.Legs))
	for i, l := range c.Legs {
		l.Party = party(l.Party)
		legs[i] = l
	}
	c.Legs = legs
	return c
}

// Ended is a call that left the board.
func (s *Sight) Ended(e state.Ended) (state.Ended, bool) {
	ok := false
	e.Call, ok = s.PastCall(e.Call)
	return e, ok
}

// History is all of a call. The calls of its journey that do not belong to the
// scope are left out.
func (s *Sight) History(h state.History) (state.History, bool) {
	if !s.takes(&h.Call, true) {
		return state.History{}, false
	}
	if s.Scoped() {
		h.Parts = slices.DeleteFunc(slices.Clone(h.Parts), func(p state.Part) bool { return !s.takes(&p.Call, true) })
		h.Journey = slices.DeleteFunc(slices.Clone(h.Journey), func(c state.Call) bool { return !s.takes(&c, true) })
	}
	if !s.Masked() && !s.OwnTeams {
		return h, true
	}
	// Outsiders with equal masks are still two, and a line's own number is nobody.
	people := newCrowd()
	lines := h.LineNumbers
	party := func(p state.Party) state.Party {
		who := p.Key()
		if who == "" {
			who = p.Name
		}
		switch {
		case s.elsewhere(&p):
			if oid := s.UserOf(p.Number); p.User == "" && oid != "" {
				who = oid
			}
			p = s.other(&p)
			p.User = people.key(who, p.User)
			return p
		case !s.Masked():
			return p
		case p.User != "":
			return s.party(p, true)
		case p.Number != "" && slices.Contains(lines, p.Number):
			if s.Level >= Initials {
				return state.Party{}
			}
			return s.party(p, true)
		}
		out := s.Party(p)
		if who != "" {
			out.Addressable = people.mark(who)
		}
		return out
	}
	entries := func(list []state.Entry) []state.Entry {
		out := slices.Clone(list)
		for i := range out {
			e := &out[i].Event
			if s.blanks(&e.Caller, &e.Callee) {
				e.CallID, e.Initiation = "", ""
			}
			e.Caller, e.Callee = party(e.Caller), party(e.Callee)
		}
		return out
	}
	h.Call, h.Entries = s.call(h.Call, party), entries(h.Entries)
	h.Parts, h.Journey = slices.Clone(h.Parts), slices.Clone(h.Journey)
	for i := range h.Parts {
		h.Parts[i].Call, h.Parts[i].Entries = s.call(h.Parts[i].Call, party), entries(h.Parts[i].Entries)
	}
	for i := range h.Journey {
		h.Journey[i] = s.call(h.Journey[i], party)
	}
	if s.Level >= Initials {
		h.LineNumbers = nil
	}
	return h, true
}

// TakesJourney reports whether a journey belongs to the scope.
func (s *Sight) TakesJourney(j *state.Journey) bool {
	in := func(u string) bool { return s.UserIn(u, "", u) }
	return !s.Scoped() || j.Line != "" && s.LineIn(j.Line, j.LineName) || slices.ContainsFunc(j.Users, in) || slices.ContainsFunc(j.RangAt, in)
}

// Journey is a journey as it may be seen; false if it may not.
func (s *Sight) Journey(j state.Journey) (state.Journey, bool) {
	if !s.TakesJourney(&j) {
		return state.Journey{}, false
	}
	if s.Masked() || s.OwnTeams {
		j.Customer, j.LineName = s.Party(j.Customer), s.LineName(j.LineName)
		j.Users, j.RangAt = s.keys(j.Users), s.keys(j.RangAt)
	}
	return j, true
}

// keys are people by oid, or by number where none is known.
func (s *Sight) keys(list []string) []string {
	for i, key := range list {
		if s.key(key) == key {
			continue
		}
		out := slices.Clone(list)
		for k := i; k < len(out); k++ {
			out[k] = s.key(out[k])
		}
		return out
	}
	return list
}

// Journeys are those of the list that may be seen, as they may be.
func (s *Sight) Journeys(list []state.Journey) []state.Journey {
	out := make([]state.Journey, 0, len(list))
	for i := range list {
		if j, ok := s.Journey(list[i]); ok {
			out = append(out, j)
		}
	}
	return out
}

// TakesCallback reports whether a customer to call back belongs to the scope.
func (s *Sight) TakesCallback(e *state.Callback) bool { return s.takesTry(e.Last()) }

func (s *Sight) takesTry(t *state.Try) bool {
	return !s.Scoped() || t.Line != "" && s.LineIn(t.Line, t.LineName) || slices.ContainsFunc(t.Rung, func(p state.Party) bool { return s.in(&p) })
}

// Callback is a customer to call back as it may be seen; false if it may not.
// Of the attempts those are told, and counted, that belong to the scope.
func (s *Sight) Callback(e state.Callback) (state.Callback, bool) {
	if !s.TakesCallback(&e) {
		return state.Callback{}, false
	}
	if s.Scoped() {
		tries := slices.DeleteFunc(slices.Clone(e.Tries), func(t state.Try) bool { return !s.takesTry(&t) })
		if len(tries) < len(e.Tries) {
			e.Tries, e.Attempts, e.First = tries, len(tries), tries[0].Ended
		}
	}
	if !s.Masked() && !s.OwnTeams {
		return e, true
	}
	e.Number, e.Customer = s.Lens.Number(e.Number, s.colleague(e.Number)), s.Party(e.Customer)
	e.BackBy, e.Closed.By = s.Party(e.BackBy), s.Party(e.Closed.By)
	e.ClaimedBy, e.NoteBy, e.Closed.Name = s.Lens.Name(e.ClaimedBy, true), s.Lens.Name(e.NoteBy, true), s.Lens.Name(e.Closed.Name, true)
	e.Note, e.Closed.Text = s.said(e.Note), s.said(e.Closed.Text)
	e.Tries = slices.Clone(e.Tries)
	for i := range e.Tries {
		t := &e.Tries[i]
		t.LineName, t.Rung = s.LineName(t.LineName), slices.Clone(t.Rung)
		for k := range t.Rung {
			t.Rung[k] = s.Party(t.Rung[k])
		}
	}
	return e, true
}

// Callbacks are those of the list that may be seen, as they may be.
func (s *Sight) Callbacks(list []state.Callback) []state.Callback {
	out := make([]state.Callback, 0, len(list))
	for i := range list {
		if e, ok := s.Callback(list[i]); ok {
			out = append(out, e)
		}
	}
	return out
}

// Person is a user of the PBX as it may be seen; false if it may not.
func (s *Sight) Person(p state.Person) (state.Person, bool) {
	if s.Scoped() && !s.UserIn(p.User, p.Name, p.Number) {
		return state.Person{}, false
	}
	if s.Masked() {
		p.User = s.keys([]string{p.User})[0]
		p.Name, p.Number = s.Lens.Name(p.Name, true), s.Lens.Number(p.Number, true)
		p.Presence = s.presence(p.Presence)
	}
	return p, true
}

// PhoneLine is a line of the PBX as it may be seen; false if it may not.
func (s *Sight) PhoneLine(l state.PhoneLine) (state.PhoneLine, bool) {
	if s.Scoped() && !s.LineIn(l.Line, l.Name) {
		return state.PhoneLine{}, false
	}
	l.Name, l.Number = s.LineName(l.Name), s.Lens.Number(l.Number, true)
	return l, true
}

// presence is the PBX's word on somebody: the status stays, the rest is text.
func (s *Sight) presence(p state.Presence) state.Presence {
	return state.Presence{Status: s.Text(p.Status), Message: s.said(p.Message)}
}
