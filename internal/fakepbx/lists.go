package fakepbx

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Decision of dossier section 3: limit is 15 unless asked, paging by after and
// before, single objects and lists in their wrappers.
const defaultLimit = 15

type object = map[string]any

func wrap(o object) object { return object{"object": o, "links": []any{}} }

func (p *PBX) oid(s string) any { return oid(p.opts.NumericOIDs, s) }

func oidText(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// page is one page of a list; ids are those of the objects. A limit of 0
// means the whole list where the client names none.
func page(r *http.Request, all []object, ids []string, limit int) (any, error) {
	q := r.URL.Query()
	if s := q.Get("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 1000 {
			return nil, fail(http.StatusBadRequest, 10010, "limit is not a number from 1 to 1000")
		}
		limit = n
	}
	if limit == 0 {
		limit = max(len(all), 1)
	}
	at := func(id string) int {
		for i, s := range ids {
			if s == id {
				return i
			}
		}
		return -1
	}
	from, to := 0, len(all)
	if s := q.Get("after"); s != "" {
		if from = at(s) + 1; from == 0 {
			from = len(all)
		}
	} else if s := q.Get("before"); s != "" {
		to = max(at(s), 0)
		from = max(to-limit, 0)
	}
	to = min(to, from+limit)
	data := make([]object, 0, to-from)
	for _, o := range all[from:to] {
		data = append(data, wrap(o))
	}
	meta := object{"links": []any{}}
	if from > 0 || to < len(all) {
		paging := object{"previousId": nil, "nextId": nil}
		if from > 0 && from < len(ids) {
			paging["previousId"] = ids[from]
		}
		if to < len(all) && to > 0 {
			paging["nextId"] = ids[to-1]
		}
		meta["paging"] = paging
	}
	return object{"data": data, "meta": meta}, nil
}

func (p *PBX) activeChannel(c *call, l *leg, role string) object {
	o := object{"callId": c.id, "channelId": l.name, "state": "RINGING", "name": l.party.Name, "role": role,
		"phone": p.x.peer(l.party), "twinChannel": false, "parkingSlot": nil, "organisationName": nil}
	if l.up && !c.connected.IsZero() {
		o["state"] = "CONNECTED"
	}
	if l.party.internal() {
		o["phoneUser"] = l.party.Name
	}
	if l.party.Name == "" {
		o["name"] = l.party.Number
	}
	return o
}

// each visits the channels of all calls that are up.
func (p *PBX) each(f func(c *call, l *leg, role string)) {
	for _, c := range p.x.live {
		if !c.caller.gone {
			f(c, c.caller, "CALLER")
		}
		for _, l := range c.callees {
			if !l.gone {
				f(c, l, "CALLEE")
			}
		}
	}
}

func (p *PBX) listActiveChannels(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []object
	var ids []string
	p.each(func(c *call, l *leg, role string) {
		all = append(all, p.activeChannel(c, l, role))
		ids = append(ids, l.name)
	})
	return page(r, all, ids, 0)
}

func (p *PBX) listChannels(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	with := r.URL.Query().Get("with")
	var all []object
	var ids []string
	p.each(func(c *call, l *leg, role string) {
		if with != "" && l.party.Addressable != with {
			return
		}
		state := "Ringing"
		switch {
		case l.up && !c.connected.IsZero():
			state = "Up"
		case l == c.caller:
			state = "Ring"
		}
		o := object{"channelId": l.id, "channelName": l.name, "flowId": l.flow, "state": state,
			"creationDate": p.dated(l.created).UTC().Format(dateLayout), "phoneNumber": l.party.Number, "isOriginator": l == c.caller,
			"conferenceRoom": nil, "parkingSlot": nil, "addressable": nil}
		if a := l.party.Addressable; a != "" {
			o["addressable"] = object{"oid": p.oid(a), "commonName": l.party.Name}
		}
		if other := c.callee(); state == "Up" && other != nil {
			if o["linkedChannelId"] = other.id; l == other {
				o["linkedChannelId"] = c.caller.id
			}
		}
		all = append(all, o)
		ids = append(ids, l.id)
	})
	return page(r, all, ids, 0)
}

func (p *PBX) userObject(u *user) object {
	return object{"oid": p.oid(u.User), "userName": u.login, "commonName": u.Name, "active": true, "primaryLine": p.oid(u.ownLine()),
		"addressable": object{"oid": p.oid(u.UserAddressable), "commonName": u.Name, "objectType": "User"}}
}

func (p *PBX) listUsers(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	var all []object
	var ids []string
	for _, u := range p.x.company.users {
		all, ids = append(all, p.userObject(u)), append(ids, u.User)
	}
	return page(r, all, ids, defaultLimit)
}

func (p *PBX) getUser(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	if u := p.x.company.byUser[r.PathValue("oid")]; u != nil {
		return wrap(p.userObject(u)), nil
	}
	return nil, fail(http.StatusNotFound, 10100, "no such user")
}

func (p *PBX) lineObject(l *line) object {
	var phones []object
	for _, u := range l.members {
		phones = append(phones, object{"name": u.login, "user": p.oid(u.User)})
	}
	return object{"oid": p.oid(l.oid), "commonName": l.name, "extensions": []object{{"address": l.number}}, "phones": phones}
}

// ownLineObject is the personal line of a user, which carries the extension.
func (p *PBX) ownLineObject(u *user) object {
	return object{"oid": p.oid(u.ownLine()), "commonName": u.Name, "extensions": []object{{"address": u.Number}},
		"phones": []object{{"name": u.login, "user": p.oid(u.User)}}}
}

func (p *PBX) listPhoneLines(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	var all []object
	var ids []string
	for _, l := range p.x.company.lines {
		all, ids = append(all, p.lineObject(l)), append(ids, l.oid)
	}
	for _, u := range p.x.company.users {
		all, ids = append(all, p.ownLineObject(u)), append(ids, u.ownLine())
	}
	return page(r, all, ids, defaultLimit)
}

func (p *PBX) getPhoneLine(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	if l := p.x.company.byLine[r.PathValue("oid")]; l != nil {
		return wrap(p.lineObject(l)), nil
	}
	for _, u := range p.x.company.users {
		if u.ownLine() == r.PathValue("oid") {
			return wrap(p.ownLineObject(u)), nil
		}
	}
	return nil, fail(http.StatusNotFound, 10100, "no such phone line")
}

func (p *PBX) getAddressable(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	c, ok := p.x.company.contacts[r.PathValue("oid")]
	if !ok {
		return nil, fail(http.StatusNotFound, 10100, "no such addressable")
	}
	kind := "Person"
	if c.internal() {
		kind = "User"
	}
	return wrap(object{"oid": p.oid(c.Addressable), "commonName": c.Name, "objectType": kind}), nil
}

// busy are the users with any channel.
func (p *PBX) busy() map[string]bool {
	out := map[string]bool{}
	p.each(func(_ *call, l *leg, _ string) {
		if l.party.internal() {
			out[l.party.User] = true
		}
	})
	return out
}

func (p *PBX) listWallboards(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []object
	var ids []string
	for _, l := range p.x.company.lines {
		all, ids = append(all, p.wallboard(l, time.Now())), append(ids, l.oid)
	}
	return page(r, all, ids, defaultLimit)
}

func (p *PBX) getWallboard(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.x.company.byLine[r.PathValue("oid")]; l != nil {
		return wrap(p.wallboard(l, time.Now())), nil
	}
	return nil, fail(http.StatusNotFound, 10100, "no such wallboard")
}

// A callLog is one side's record of a call that is over.
type callLog struct {
	oid string
	c   *call
	l   *leg
}

const logsKept = 1000

func (x *exchange) log(c *call) {
	for _, l := range append([]*leg{c.caller}, c.callees...) {
		x.ended = append(x.ended, callLog{l.logOid, c, l})
	}
	if n := len(x.ended); n > 2*logsKept {
		x.ended = append([]callLog(nil), x.ended[n-logsKept:]...)
	}
}

func (p *PBX) logObject(e callLog) object {
	c := e.c
	o := object{"oid": p.oid(e.oid), "callId": c.id, "callFlowId": e.l.flow, "incoming": e.l != c.caller, "status": "missed",
		"date": p.dated(c.date).UTC().Format(dateLayout), "callEndTime": p.dated(c.ended).UTC().Format(dateLayout), "callAnswerTime": nil, "durationSec": 0,
		"phoneLine": nil, "participants": []object{{"name": c.caller.party.Name, "number": c.caller.party.Number}, {"name": e.l.party.Name, "number": e.l.party.Number}}}
	if c.line != nil {
		o["phoneLine"] = object{"oid": p.oid(c.line.oid), "commonName": c.line.name}
	}
	if !c.connected.IsZero() && e.l.up {
		o["status"], o["callAnswerTime"] = "answered", p.dated(c.connected).UTC().Format(dateLayout)
		o["durationSec"] = int(c.ended.Sub(c.connected) / time.Second)
	}
	return o
}

func (p *PBX) listCommunications(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []object
	var ids []string
	for i := len(p.x.ended) - 1; i >= 0; i-- {
		all, ids = append(all, p.logObject(p.x.ended[i])), append(ids, p.x.ended[i].oid)
	}
	return page(r, all, ids, defaultLimit)
}

func (p *PBX) getCommunication(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.x.ended) - 1; i >= 0; i-- {
		if p.x.ended[i].oid == r.PathValue("oid") {
			return wrap(p.logObject(p.x.ended[i])), nil
		}
	}
	return nil, fail(http.StatusNotFound, 10100, "no such communication")
}
