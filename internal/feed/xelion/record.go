package xelion

import (
	"encoding/json"
	"strings"
	"time"

	"callboard/internal/feed"
	"callboard/internal/state"
)

// What the PBX sends can be recorded as it came, and told again: for a bug
// report, or for the vendor. Config.OnFrame hears of it. Nothing of the session
// is among it: no token, no password, no address of a socket.

// Kinds of recorded frames.
const (
	FrameSocket = "socket"          // a text frame of the socket
	FramePong   = "pong"            // an answer to a ping that counted as proof of life
	FrameLink   = "link"            // a change of the link, as JSON
	FrameList   = "snapshot"        // the list of active channels before it was handed on; JSON says when it was asked for
	FrameNoList = "snapshot failed" // it could not be had
	FrameGet    = "GET "            // and a path: an answer with rows, or one object
)

func (c *Client) record(at time.Time, kind string, body []byte) {
	if c.cfg.OnFrame != nil {
		c.cfg.OnFrame(at, kind, body)
	}
}

type linkFrame struct {
	State   state.LinkState `json:"state"`
	Code    string          `json:"code,omitempty"`
	Reason  string          `json:"reason,omitempty"`
	Attempt int             `json:"attempt,omitempty"`
}

type listFrame struct {
	Asked time.Time `json:"asked"`
}

func frameBody(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		return nil // plain texts and times: cannot be
	}
	return body
}

// RecordLinks is a sink in front of another one that also tells onFrame of the
// changes of the link. onFrame may be nil.
func RecordLinks(sink feed.Sink, onFrame func(at time.Time, kind string, body []byte)) feed.Sink {
	if onFrame == nil {
		return sink
	}
	return linkRecorder{sink, onFrame}
}

type linkRecorder struct {
	feed.Sink
	onFrame func(at time.Time, kind string, body []byte)
}

func (r linkRecorder) Apply(in state.Input) {
	if l, ok := in.Fact.(state.Link); ok {
		r.onFrame(in.At, FrameLink, frameBody(linkFrame{l.State, l.Code, l.Reason, l.Attempt}))
	}
	r.Sink.Apply(in)
}

// A Replayer tells recorded frames again as the client told them: the same
// inputs at the same times, but for lookups that the client decided on by the
// clock. Not safe for concurrent use.
type Replayer struct {
	zone     *time.Location
	gate     *gate
	sink     feed.Sink
	rows     []state.Channel // of the list under way
	details  map[string]detail
	numbers  map[string]string // of lines, by oid
	presence []state.Presence
}

// NewReplayer tells sink; dates without a zone are in zone (nil means UTC).
func NewReplayer(sink feed.Sink, zone *time.Location) *Replayer {
	return &Replayer{zone: zone, gate: &gate{sink: sink}, sink: sink, details: map[string]detail{}, numbers: map[string]string{}}
}

// Frame tells one frame.
func (r *Replayer) Frame(at time.Time, kind string, body []byte) {
	switch {
	case kind == FrameSocket:
		r.socket(at, body)
	case kind == FramePong:
		r.gate.pass(at, state.Proof{})
	case kind == FrameLink:
		var l linkFrame
		if json.Unmarshal(body, &l) != nil {
			return
		}
		if l.State == state.LinkUp {
			r.gate = &gate{sink: r.sink}
			r.clear()
		}
		r.gate.pass(at, state.Link{State: l.State, Code: l.Code, Reason: l.Reason, Attempt: l.Attempt})
	case kind == FrameList:
		var l listFrame
		if json.Unmarshal(body, &l) != nil {
			return
		}
		for i := range r.rows {
			if d, ok := r.details[r.rows[i].ChannelID]; ok {
				d.fill(&r.rows[i])
			}
		}
		r.gate.snapshot(at, state.Snapshot{RequestedAt: l.Asked, Channels: r.rows})
		r.clear()
	case kind == FrameNoList:
		r.gate.snapshot(at, state.SnapshotFailed{})
		r.clear()
	case strings.HasPrefix(kind, FrameGet):
		path, query, _ := strings.Cut(strings.TrimPrefix(kind, FrameGet), "?")
		if v, _, ok := parse(body); ok {
			r.answer(at, path, query, v)
		}
	}
}

func (r *Replayer) clear() {
	r.rows = nil
	clear(r.details)
}

func (r *Replayer) socket(at time.Time, body []byte) {
	for _, m := range decodeSafely(body, r.zone) {
		for _, odd := range m.Oddities {
			r.gate.pass(at, odd)
		}
		switch m.Kind {
		case KindEvent:
			r.gate.event(state.Input{At: at, Fact: m.Event})
		case KindEcho:
			r.gate.pass(at, state.Proof{})
		case KindPresence:
			r.gate.pass(at, m.Presence.Presence)
		}
	}
}

// answer tells a page of a list, or one object.
func (r *Replayer) answer(at time.Time, path, query string, v value) {
	each := func(row func(value)) (rows int, next string) {
		rows, next, _ = eachRow(v, row)
		return rows, next
	}
	switch {
	case path == pathActive:
		each(func(v value) {
			if ch, _ := decodeChannel(v); ch.CallID != "" {
				r.rows = append(r.rows, ch)
			}
		})
	case path == pathChannels:
		each(func(v value) {
			if name, d := detailOf(v, r.zone); name != "" {
				r.details[name] = d
			}
		})
	case path == pathLines:
		each(func(v value) {
			if n, ok := lineOf(v); ok {
				r.numbers[n.OID] = n.Number
				r.gate.pass(at, n)
			}
		})
	case path == pathUsers:
		each(func(v value) {
			if n, ok := userOf(v, r.numbers); ok {
				r.gate.pass(at, n)
			}
		})
	case path == pathPresence:
		if !strings.Contains(query, "after=") {
			r.presence = nil
		}
		rows, next := each(func(v value) {
			if p := presenceOf(v); p.ID != "" || p.Addressable != "" || p.Name != "" {
				r.presence = append(r.presence, p)
			}
		})
		if rows == 0 || next == "" {
			r.gate.pass(at, state.PresenceList{Entries: r.presence})
			r.presence = nil
		}
	case strings.HasPrefix(path, pathAddressables):
		if text, _ := named(v.object()); text != "" {
			r.gate.pass(at, state.Name{Kind: state.NameAddressable, OID: strings.TrimPrefix(path, pathAddressables), Text: text})
		}
	}
}

// Paths of what is read from the PBX.
const (
	pathActive       = "communications/active_channels"
	pathChannels     = "channels"
	pathLines        = "phonelines"
	pathUsers        = "users"
	pathPresence     = "presence"
	pathAddressables = "addressables/"
)

// lineOf reads one row of the phone lines.
func lineOf(v value) (n state.Name, ok bool) {
	n = state.Name{Kind: state.NameLine, OID: identified(v)}
	n.Text, _ = named(v)
	for ext := range v.member("extensions").elements {
		if n.Number, _ = ext.object().member("address").text(); n.Number != "" {
			break
		}
	}
	if n.Text == "" {
		n.Text = n.Number
	}
	return n, n.OID != "" && n.Text != ""
}

// userOf reads one row of the users; their extension is that of their line.
func userOf(v value, numbers map[string]string) (n state.Name, ok bool) {
	n = state.Name{Kind: state.NameUser, OID: identified(v), Number: numbers[identified(v.member("primaryLine"))], Addressable: identified(v.member("addressable"))}
	n.Text, _ = named(v)
	return n, n.OID != "" && n.Text != ""
}

// detailOf reads one row of the phone channels.
func detailOf(v value, zone *time.Location) (name string, d detail) {
	name, _ = v.member("channelName").text()
	d.flow, _ = v.member("flowId").text()
	d.number, _ = v.member("phoneNumber").text()
	d.addressable = identified(v.member("addressable"))
	d.slot, _ = named(v.member("parkingSlot"))
	d.created, _ = v.member("creationDate").date(zone)
	return name, d
}
