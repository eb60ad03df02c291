package web

import (
	"unicode"

	"callboard/internal/history"
	"callboard/internal/privacy"
	"callboard/internal/state"
)

// A veil makes rows of the record what a level shows of them: numbers and names,
// and without the PBX's own ids of calls and parties, by which somebody could
// look them up elsewhere. It is a history.Mask.
type veil struct {
	lens  privacy.Lens
	names map[string]string // of colleagues by key, as they are
	oids  map[string]bool   // which of the keys are oids, and no numbers
}

// longestExtension is how many digits a number of a colleague's telephone has at
// most that is no number from outside: calls are also sent on to mobiles.
const longestExtension = 4

// Call is an ended call as the level shows it.
func (v *veil) Call(c *history.Call) {
	c.CallID = ""
	callers := c.Direction == state.Internal || c.Direction == state.Outbound
	callees := c.Direction == state.Internal || c.Direction == state.Inbound
	v.party(&c.Caller, callers)
	v.party(&c.Callee, callees)
	v.party(&c.Former, false)
	for i := range c.Legs {
		l := &c.Legs[i]
		v.party(&l.Party, l.Side == state.CallerSide && callers || l.Side == state.CalleeSide && callees)
	}
}

// Journey is a journey as the level shows it.
func (v *veil) Journey(j *state.Journey) {
	v.party(&j.Customer, false)
	j.Users, j.RangAt = v.keys(j.Users), v.keys(j.RangAt)
}

// party is somebody in a call; inside is the company's side of it.
func (v *veil) party(p *state.Party, inside bool) {
	colleague := p.User != "" || inside && digitsOf(p.Number) <= longestExtension
	*p = state.Party{Number: v.lens.Number(p.Number, colleague), Name: v.lens.Name(p.Name, colleague), User: p.User}
}

// keys are colleagues by oid, or where none is known by number.
func (v *veil) keys(list []string) []string {
	out := make([]string, len(list)) // the list may be the board's own
	for i := range list {
		out[i] = v.key(list[i])
	}
	return out
}

func (v *veil) key(key string) string {
	if key == "" || v.oids[key] {
		return key
	}
	if name := v.names[key]; v.lens.Level >= privacy.Initials && name != "" && name != key {
		return v.lens.Name(name, true)
	}
	return v.lens.Number(key, digitsOf(key) <= longestExtension)
}

// colleague is the name of one of the company's people, or their number in its
// place.
func (v *veil) colleague(name string) string {
	for _, r := range name {
		if unicode.IsLetter(r) {
			return v.lens.Name(name, true)
		}
	}
	return v.lens.Number(name, digitsOf(name) <= longestExtension)
}
