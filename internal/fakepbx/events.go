package fakepbx

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Notification types the exchange says (dossier section 5).
const (
	NewCall         = "newCallEvent"
	CallConnected   = "callConnectedEvent"
	CallHungUp      = "callHungUpEvent"
	ChannelHungUp   = "channelHungUpEvent"
	MissedCall      = "missedCallEvent"
	CallTransferred = "callTransferredEvent"
	ActiveChannel   = "activeChannelEvent"
	Wallboard       = "wallboardEvent"
	PresenceList    = "presenceListEvent"
	TenantStatus    = "tenantStatusEvent"
	TenantStarted   = "tenantStartedEvent"
	TenantStopped   = "tenantStoppedEvent"
)

// adminOnly types reach administrators; for others a subscription is
// silently useless.
var adminOnly = map[string]bool{
	NewCall: true, CallConnected: true, CallHungUp: true, ChannelHungUp: true,
	TenantStatus: true, TenantStarted: true, TenantStopped: true,
}

// callEventFields are the 21 of dossier section 6.
var callEventFields = []string{
	"initiation", "date", "callId", "duration",
	"callerFlowId", "callerUser", "callerUserAddressable", "callerPhoneNumber",
	"callerAddressable", "callerAddressableSyncId", "callerAddressableSyncSource", "callerCallLogOid",
	"calleeFlowId", "calleeUser", "calleeUserAddressable", "calleePhoneNumber",
	"calleeAddressable", "calleeAddressableSyncId", "calleeAddressableSyncSource", "calleeCallLogOid", "calleePhoneLineOid",
}

const dateLayout = "2006-01-02 15:04:05"

// side writes one side's fields; a nil leg leaves them all blank.
func side(f map[string]any, prefix string, l *leg) {
	var p Party
	flow, log := "", ""
	if l != nil {
		p, flow, log = l.party, l.flow, l.logOid
	}
	f[prefix+"FlowId"] = flow
	f[prefix+"User"] = p.User
	f[prefix+"UserAddressable"] = p.UserAddressable
	f[prefix+"PhoneNumber"] = p.Number
	f[prefix+"Addressable"] = p.Addressable
	f[prefix+"AddressableSyncId"] = p.SyncID
	f[prefix+"AddressableSyncSource"] = p.SyncSource
	f[prefix+"CallLogOid"] = log
}

// callFields is what a call event of the given type says of a call. For the
// types about one telephone, l is its channel; otherwise nil.
func (p *PBX) callFields(typ string, c *call, l *leg, now time.Time) map[string]any {
	f := make(map[string]any, len(callEventFields))
	f["initiation"] = [...]string{"INBOUND", "OUTBOUND", "INTERNAL"}[c.dir]
	f["callId"] = c.id
	zone := time.UTC
	if p.opts.LocalDates {
		zone = p.opts.Zone
	}
	f["date"] = p.dated(c.date).In(zone).Format(dateLayout)
	callee := l
	if callee == nil {
		callee = c.callee()
	}
	side(f, "caller", c.caller)
	side(f, "callee", callee)
	f["calleePhoneLineOid"] = ""
	if c.line != nil {
		f["calleePhoneLineOid"] = c.line.oid
	}
	switch typ {
	case ChannelHungUp: // only one side is filled (dossier section 11.2)
		if l == c.caller {
			side(f, "caller", l)
			side(f, "callee", nil)
			f["calleePhoneLineOid"] = ""
		} else {
			side(f, "caller", nil)
		}
	case CallHungUp:
		end := c.ended
		if end.IsZero() {
			end = now
		}
		talk := time.Duration(0)
		if !c.connected.IsZero() {
			talk = end.Sub(c.connected)
		}
		f["duration"] = talk
	}
	return f
}

// oidFields become numbers under NumericOIDs.
var oidFields = map[string]bool{
	"oid": true, "id": true, "callerUser": true, "callerUserAddressable": true, "callerAddressable": true, "callerCallLogOid": true,
	"calleeUser": true, "calleeUserAddressable": true, "calleeAddressable": true, "calleeCallLogOid": true, "calleePhoneLineOid": true,
	"primaryLine": true, "addressableOid": true,
}

// disguise gives the fields of a call event the looks the options ask for.
func (p *PBX) disguise(f map[string]any) {
	for _, name := range p.opts.BlankFields {
		if _, ok := f[name]; ok {
			f[name] = ""
		}
	}
	for _, name := range callEventFields {
		v, ok := f[name]
		if !ok {
			continue
		}
		if d, is := v.(time.Duration); is {
			p.spellDuration(f, d)
			continue
		}
		s, is := v.(string)
		if !is {
			continue
		}
		switch {
		case s == "":
			p.spellBlank(f, name)
		case p.opts.NumericOIDs && oidFields[name]:
			f[name] = oid(true, s)
		}
	}
}

func (p *PBX) spellBlank(f map[string]any, name string) {
	style := p.opts.BlankStyle
	if style == "mix" {
		style = "null"
		if name == "callerFlowId" || name == "calleeFlowId" {
			style = "empty"
		}
	}
	switch style {
	case "null":
		f[name] = nil
	case "absent":
		delete(f, name)
	}
}

func (p *PBX) spellDuration(f map[string]any, d time.Duration) {
	style, s := p.opts.Duration, int(d/time.Second)
	if style == "mix" {
		style = []string{"string", "number", "decimal", "clock", "missing"}[p.faults.IntN(5)]
	}
	switch style {
	case "string":
		f["duration"] = strconv.Itoa(s)
	case "number":
		f["duration"] = s
	case "decimal":
		f["duration"] = strconv.Itoa(s) + ".0"
	case "clock":
		f["duration"] = fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
	case "missing":
		delete(f, "duration")
	}
}

// oid is an oid as the options spell it.
func oid(numeric bool, s string) any {
	if s == "" {
		return nil
	}
	if n, err := strconv.ParseInt(s, 10, 64); numeric && err == nil {
		return n
	}
	return s
}

// say tells subscribers of a call event. Call with mu held.
func (p *PBX) say(typ string, c *call, l *leg, now time.Time) {
	p.sayFields(typ, p.callFields(typ, c, l, now), now)
}

func (p *PBX) sayFields(typ string, f map[string]any, now time.Time) {
	if p.muted || typ == MissedCall && p.opts.MuteMissed {
		return
	}
	p.disguise(f)
	if p.opts.ExtraKeys {
		f["priority"] = 3
		f["trace"] = map[string]any{"node": "pbx-1", "hops": []int{1, 2}}
	}
	p.emit(typ, "", f)
	if p.opts.UnknownTypes && p.faults.IntN(8) == 0 {
		p.emit("quotaShapeEvent", "", map[string]any{"shape": "round", "at": now.Unix()})
	}
}

// emit encodes a notification and hands it to the faults. Call with mu held.
func (p *PBX) emit(typ, about string, fields any) {
	msg := map[string]any{"notificationType": typ, "oid": oid(p.opts.NumericOIDs, about), "notification": fields}
	if p.opts.ExtraKeys {
		msg["serverTime"] = p.said
		msg["messageType"] = "notification"
	}
	frame, err := json.Marshal(msg)
	if err != nil {
		panic("fakepbx: a notification that is not JSON: " + err.Error())
	}
	p.said++
	p.count.Events[typ]++
	if p.tap != nil {
		p.tap(typ, frame)
	}
	p.deliver(notice{typ: typ, about: about, frame: frame})
}
