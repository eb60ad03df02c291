package xelion

import (
	"bytes"
	"strings"
	"time"

	"callboard/internal/state"
)

// Kind is what a message means to the client.
type Kind uint8

const (
	KindOdd      Kind = iota // nothing usable, see Oddities
	KindEvent                // a call event
	KindEcho                 // our own test message, come back
	KindResync               // the tenant was started, stopped or changed: ask for a snapshot
	KindOther                // a notification that is known and not used
	KindPresence             // what the PBX says of somebody has changed
)

// A Message is one message of the socket, decoded.
type Message struct {
	Kind     Kind
	Type     string         // notification type, or "test"; empty if the client does not know it
	Event    state.Event    // with KindEvent
	Presence presenceChange // with KindPresence
	Oddities []state.Oddity // what was tolerated, at most one of a kind
}

// maxOddities bounds what one frame may report: a megabyte of nonsense is one
// nuisance, not a hundred thousand.
const maxOddities = 50

// eventTypes are the notifications that become call events (dossier section 5).
var eventTypes = func() map[string]state.EventType {
	types := make(map[string]state.EventType)
	for _, t := range state.EventTypes {
		types[t.Notification()] = t
	}
	return types
}()

// otherTypes are the notifications the vendor lists and we do not need.
var otherTypes = map[string]Kind{
	"tenantStartedEvent": KindResync, "tenantStoppedEvent": KindResync, "tenantStatusEvent": KindResync,
	"twinTransferredEvent": KindOther, "activeChannelEvent": KindOther, "wallboardEvent": KindOther,
	"presenceListEvent": KindPresence, "doNotDisturbEvent": KindOther, "softphoneDoNotDisturbEvent": KindOther,
	"newVoicemailEvent": KindOther, "newAlarmEvent": KindOther, "alarmProcessedEvent": KindOther,
	"openDocumentEvent": KindOther, "executeCommandEvent": KindOther, "showNotificationEvent": KindOther,
	"generalEvent": KindOther, "newVideoConferenceEvent": KindOther, "videoConferenceEndedEvent": KindOther,
	"todoListReminderEvent": KindOther,
}

// Decode reads one text frame. It is pure, never fails and never panics: what
// cannot be read is in the Oddities of the messages. Dates without a zone are
// taken to be in zone (nil means UTC). A frame holds one message, or an array
// of messages; several messages one after the other are read as well.
//
// A notification wins over a messageType beside it (dossier section 4.3). A
// field that cannot be read is empty and counted as bad_field; the event stays.
// Where a key stands twice, the later value that says something counts.
func Decode(frame []byte, zone *time.Location) []Message {
	d := decoder{zone: zone}
	rest := bytes.TrimPrefix(frame, []byte("\xef\xbb\xbf"))
	for {
		v, after, ok := parse(rest)
		if !ok {
			if len(d.out) == 0 || len(bytes.TrimSpace(rest)) > 0 {
				d.odd(state.MalformedMessage, rest)
			}
			return d.out
		}
		switch v.kind {
		case kindObject:
			d.message(v)
		case kindArray:
			for item := range v.elements {
				if item.kind == kindObject {
					d.message(item)
				} else {
					d.odd(state.MalformedMessage, item.raw)
				}
			}
			if len(d.out) == 0 {
				d.odd(state.MalformedMessage, v.raw) // an empty array
			}
		default:
			// Not JSON at all: what follows is no better.
			d.odd(state.MalformedMessage, rest)
			return d.out
		}
		rest = after
	}
}

type decoder struct {
	zone     *time.Location
	out      []Message
	reported int // oddities in this frame so far
}

// odd adds a message that is nothing but an oddity.
func (d *decoder) odd(kind state.Anomaly, raw []byte) {
	if d.reported < maxOddities {
		d.reported++
		d.out = append(d.out, Message{Oddities: []state.Oddity{{Kind: kind, Sample: sample(raw)}}})
	}
}

// note adds an oddity to m, once per kind.
func (d *decoder) note(m *Message, kind state.Anomaly, text string) {
	for _, o := range m.Oddities {
		if o.Kind == kind {
			return
		}
	}
	if d.reported < maxOddities {
		d.reported++
		m.Oddities = append(m.Oddities, state.Oddity{Kind: kind, Sample: text})
	}
}

func (d *decoder) message(v value) {
	var m Message
	var notificationType, messageType, body value
	for key, item := range v.members {
		switch string(key) {
		case "notificationType":
			d.later(&m, &notificationType, item, "notificationType")
		case "messageType":
			d.later(&m, &messageType, item, "messageType")
		case "notification":
			d.later(&m, &body, item, "notification")
		case "oid":
		default:
			d.note(&m, state.UnknownField, maskName(key))
		}
	}
	name, ok := notificationType.text()
	if !ok {
		d.note(&m, state.BadField, "notificationType")
	}
	switch {
	case name != "":
		d.notification(&m, v, name, body)
	default:
		if kind, _ := messageType.text(); kind == "test" {
			m.Kind, m.Type = KindEcho, "test"
			break
		}
		m.Oddities = nil
		d.note(&m, state.UnknownMessage, sample(v.raw))
		if len(m.Oddities) == 0 {
			return // enough was reported of this frame
		}
	}
	d.out = append(d.out, m)
}

// later takes item for *field unless it says nothing and *field does.
func (d *decoder) later(m *Message, field *value, item value, name string) {
	if field.kind != kindNone {
		d.note(m, state.BadField, name+" twice")
		if item.kind == kindNull || (item.kind == kindString && len(item.raw) == 2) {
			return
		}
	}
	*field = item
}

func (d *decoder) notification(m *Message, whole value, name string, body value) {
	t, isEvent := eventTypes[name]
	if !isEvent {
		kind, known := otherTypes[name]
		if !known {
			d.note(m, state.UnknownType, sample(whole.raw))
			m.Kind = KindOther
			return
		}
		m.Kind, m.Type = kind, name
		if kind == KindPresence {
			d.presence(m, body)
		}
		return
	}
	m.Kind, m.Type = KindEvent, name
	m.Event.Type = t
	m.Event.Duration = -1
	if body.kind == kindString { // an object that was made into text once too often
		if text, ok := unquote(body.raw); ok {
			if inner, _, ok := parse(text); ok && inner.kind == kindObject {
				body = inner
			}
		}
	}
	switch body.kind {
	case kindObject:
		d.event(m, body)
	case kindArray: // more than one event of a kind, or one in a wrapper
		first := true
		for item := range body.elements {
			if item.kind != kindObject {
				d.note(m, state.BadField, name+".notification")
				continue
			}
			if !first {
				d.out = append(d.out, *m)
				*m = Message{Kind: KindEvent, Type: name, Event: state.Event{Type: t, Duration: -1}}
			}
			d.event(m, item)
			first = false
		}
	case kindNone, kindNull:
	default:
		d.note(m, state.BadField, name+".notification")
	}
}

// The fields of a CallEvent (dossier section 6), by their place in decoder.event.
const (
	fieldCallID = iota
	fieldDate
	fieldInitiation
	fieldDuration
	fieldLine
	fieldParty // the caller's fields, then the callee's
)

const (
	partyFlow = iota
	partyUser
	partyUserAddressable
	partyNumber
	partyAddressable
	partySyncID
	partySyncSource
	partyCallLog
	partyFields
)

const eventFields = fieldParty + 2*partyFields

var fieldNames = [eventFields]string{
	"callId", "date", "initiation", "duration", "calleePhoneLineOid",
	"callerFlowId", "callerUser", "callerUserAddressable", "callerPhoneNumber", "callerAddressable",
	"callerAddressableSyncId", "callerAddressableSyncSource", "callerCallLogOid",
	"calleeFlowId", "calleeUser", "calleeUserAddressable", "calleePhoneNumber", "calleeAddressable",
	"calleeAddressableSyncId", "calleeAddressableSyncSource", "calleeCallLogOid",
}

var fieldPlaces = func() map[string]int {
	places := make(map[string]int, eventFields)
	for i, name := range fieldNames {
		places[name] = i
	}
	return places
}()

func (d *decoder) event(m *Message, body value) {
	var fields [eventFields]value
	for key, item := range body.members {
		if place, known := fieldPlaces[string(key)]; known {
			d.later(m, &fields[place], item, fieldNames[place])
		} else if m.Event.Type != state.Transferred { // its fields are not documented
			d.note(m, state.UnknownField, m.Type+"."+maskName(key))
		}
	}
	text := func(place int) string {
		s, ok := fields[place].text()
		if !ok {
			d.bad(m, place, fields[place])
		}
		return s
	}
	e := &m.Event
	e.CallID = text(fieldCallID)
	e.Initiation = text(fieldInitiation)
	e.Line = text(fieldLine)
	var ok bool
	if e.Date, ok = fields[fieldDate].date(d.zone); !ok {
		d.bad(m, fieldDate, fields[fieldDate])
	}
	if e.Duration, ok = fields[fieldDuration].duration(); !ok {
		d.bad(m, fieldDuration, fields[fieldDuration])
	}
	for side, p := range []*state.Party{&e.Caller, &e.Callee} {
		at := fieldParty + side*partyFields
		p.FlowID = text(at + partyFlow)
		p.User = text(at + partyUser)
		p.UserAddressable = text(at + partyUserAddressable)
		p.Number = text(at + partyNumber)
		p.Addressable = text(at + partyAddressable)
		p.SyncID = text(at + partySyncID)
		p.SyncSource = text(at + partySyncSource)
		p.CallLog = text(at + partyCallLog)
	}
}

func (d *decoder) bad(m *Message, place int, v value) {
	raw := v.raw
	if len(raw) > 60 {
		raw = raw[:60]
	}
	var s strings.Builder
	s.WriteString(m.Type)
	s.WriteByte('.')
	s.WriteString(fieldNames[place])
	s.WriteString(": ")
	s.WriteString(sample(raw))
	d.note(m, state.BadField, cut([]byte(s.String()), longestSample))
}
