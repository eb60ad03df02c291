package fakepbx

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"time"
)

// What people say of themselves, besides their calls: chosen at a telephone or
// in an app (dossier section 7.3).

// Presences are the ways a PBX deals with it.
var Presences = []string{"on", "off", "refused", "disordered"}

// A mood is a person's chosen status.
type mood struct{ status, message string }

// moodLasts is how long a mood stays.
const moodLasts = 20 * time.Minute

// moods are drawn from; most people never touch theirs.
var moods = []struct {
	part int // of 100
	mood mood
}{
	{62, mood{"available", ""}}, {14, mood{"online", ""}}, {6, mood{"short_out_of_office", "lunch, back at %s"}}, {5, mood{"at_appointment", ""}},
	{4, mood{"dont_disturb", ""}}, {4, mood{"Thuiswerken", ""}}, {3, mood{"offline", ""}}, {2, mood{"long_out_of_office", "holiday until Monday"}},
}

// mood is how somebody is at a moment: the same for the same seed, without a
// clock of its own.
func (p *PBX) mood(u *user, now time.Time) mood {
	if m, set := p.set[u.User]; set {
		return m
	}
	draw := func(part int64) uint64 {
		h := fnv.New64a()
		fmt.Fprint(h, p.opts.Seed, u.User, part)
		x := h.Sum64() // its low digits are not even: stir them
		x ^= x >> 33
		x *= 0xff51afd7ed558ccd
		return x ^ x>>33
	}
	lasts := int64(moodLasts)
	at := now.UnixNano() + int64(draw(-1)%uint64(lasts)) // not everybody at once
	n := int(draw(at/lasts) % 100)
	for _, m := range moods {
		if n -= m.part; n < 0 {
			if m.mood.message == "lunch, back at %s" {
				m.mood.message = fmt.Sprintf(m.mood.message, now.Add(time.Duration(lasts-at%lasts)).In(p.opts.Zone).Format("15:04"))
			}
			return m.mood
		}
	}
	return moods[0].mood
}

// SetPresence makes a user, by oid, say a status and a message from now on.
func (p *PBX) SetPresence(user, status, message string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.set == nil {
		p.set = map[string]mood{}
	}
	p.set[user] = mood{status, message}
	p.derive(time.Now())
}

// A spoken is what the PBX last told of a user.
type spoken struct {
	mood mood
	busy bool
}

func (p *PBX) presences(now time.Time) map[string]spoken {
	busy := p.busy()
	out := make(map[string]spoken, len(p.x.company.users))
	for _, u := range p.x.company.users {
		out[u.User] = spoken{p.mood(u, now), busy[u.User]}
	}
	return out
}

func (p *PBX) presence(u *user, s spoken, order int) object {
	o := object{"id": p.oid(u.User), "name": u.Name, "status": s.mood.status, "statusIcon": s.mood.status, "message": nil, "location": nil,
		"addressable": object{"commonName": u.Name, "oid": p.oid(u.UserAddressable), "objectType": "User"}, "busy": s.busy, "order": order}
	if s.mood.message != "" {
		o["message"] = s.mood.message
	}
	return o
}

// tellPresence says what is new of people. Call with mu held.
func (p *PBX) tellPresence(now time.Time) {
	d := &p.derived
	is := p.presences(now)
	for i, u := range p.x.company.users {
		if is[u.User] == d.presences[u.User] {
			continue
		}
		d.presVer++
		version := d.presVer
		if p.opts.Presence == "disordered" && p.chance(20) {
			version = max(version-2, 1)
		}
		p.emit(PresenceList, "", object{"updateType": "insert", "version": version, "presence": p.presence(u, is[u.User], i)})
	}
	d.presences = is
}

func (p *PBX) listPresence(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.opts.Presence == "refused" {
		return nil, fail(http.StatusNotFound, 10100, "no such resource")
	}
	var all []object
	var ids []string
	if p.opts.Presence != "off" {
		is := p.presences(time.Now())
		for i, u := range p.x.company.users {
			all, ids = append(all, p.presence(u, is[u.User], i)), append(ids, u.User)
		}
	}
	return page(r, all, ids, defaultLimit)
}
