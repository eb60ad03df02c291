package fakepbx

import (
	"maps"
	"slices"
	"time"
)

// derived is what was last told on the feeds that follow from the truth by
// comparison: active channels, presence, wallboards. Guarded by PBX.mu.
type derived struct {
	channels  map[string]string // state by channel name
	objects   map[string]object
	presences map[string]spoken // by user
	boards    map[string][6]int
	chanVer   int
	presVer   int
	following map[string]bool // types that anybody subscribed to
}

// reset takes the present as told when the first one subscribes.
func (d *derived) reset(p *PBX, sub subscription, now time.Time) {
	if d.following == nil {
		d.following = map[string]bool{}
	}
	switch sub.typ {
	case ActiveChannel:
		if !d.following[sub.typ] {
			d.channels, d.objects = p.channelStates()
		}
	case PresenceList:
		if p.opts.Presence == "off" || p.opts.Presence == "refused" {
			return
		}
		if !d.following[sub.typ] {
			d.presences = p.presences(now)
		}
	case Wallboard:
		if d.boards == nil {
			d.boards = map[string][6]int{}
		}
		if l := p.x.company.byLine[sub.about]; l != nil {
			d.boards[sub.about] = p.figures(l)
		}
	}
	d.following[sub.typ] = true
}

func (p *PBX) channelStates() (map[string]string, map[string]object) {
	states, objects := map[string]string{}, map[string]object{}
	p.each(func(c *call, l *leg, role string) {
		o := p.activeChannel(c, l, role)
		objects[l.name] = o
		states[l.name] = c.id + " " + o["state"].(string) + " " + role
	})
	return states, objects
}

// derive tells followers what has changed since it was last called. Call with
// mu held, after every change of the truth.
func (p *PBX) derive(now time.Time) {
	d := &p.derived
	if p.muted || d.following == nil {
		return
	}
	if d.following[ActiveChannel] {
		states, objects := p.channelStates()
		tell := func(update, name string, o object) {
			d.chanVer++
			p.emit(ActiveChannel, "", object{"updateType": update, "version": d.chanVer, "activeChannel": o})
		}
		for _, name := range slices.Sorted(maps.Keys(d.channels)) {
			if _, up := states[name]; !up {
				tell("remove", name, d.objects[name])
			}
		}
		for _, name := range slices.Sorted(maps.Keys(states)) {
			if d.channels[name] != states[name] {
				tell("insert", name, objects[name])
			}
		}
		d.channels, d.objects = states, objects
	}
	if d.following[PresenceList] {
		p.tellPresence(now)
	}
	for _, l := range p.x.company.lines {
		if old, ok := d.boards[l.oid]; ok {
			if f := p.figures(l); f != old {
				d.boards[l.oid] = f
				p.emit(Wallboard, l.oid, p.wallboard(l, now))
			}
		}
	}
}

// figures are a line's numbers that change by events, not by time.
func (p *PBX) figures(l *line) [6]int {
	f := [6]int{0, l.incoming, l.missed, l.answered, 0, 0}
	for _, c := range p.x.live {
		if c.line != l {
			continue
		}
		switch {
		case c.connected.IsZero():
			f[0]++
		case c.dir == outbound:
			f[5]++
		default:
			f[4]++
		}
	}
	return f
}

func (p *PBX) wallboard(l *line, now time.Time) object {
	f := p.figures(l)
	longest := 0
	for _, c := range p.x.live {
		if c.line == l && c.connected.IsZero() {
			longest = max(longest, int(now.Sub(c.date)/time.Second))
		}
	}
	stat := func(id string, v int) object { return object{"id": id, "value": v} }
	busy := p.busy()
	var agents []object
	for _, u := range l.members {
		active := 0
		if busy[u.User] {
			active = 1
		}
		agents = append(agents, object{"id": p.oid(u.User), "name": u.Name, "addressableOid": p.oid(u.UserAddressable),
			"status": "online", "busy": busy[u.User], "activeCalls": active, "connected": true})
	}
	return object{"name": l.name, "id": p.oid(l.oid), "agentsStatistics": agents, "accumulatedStatistics": []object{
		stat("WAITING_CALLS", f[0]), stat("LONGEST_WAITING", longest), stat("TOTAL_CALLS_INCOMING", f[1]), stat("MISSED_CALLS", f[2]),
		stat("ANSWERED_CALLS", f[3]), stat("ACTIVE_CALLS_INCOMING", f[4]), stat("ACTIVE_CALLS_OUTGOING", f[5]),
		stat("ACTIVE_CALLS_INCOMINGANDOUTGOING", f[4]+f[5])}}
}
