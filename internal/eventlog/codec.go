package eventlog

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"

	"callboard/internal/state"
)

// A body is one byte for the kind of fact and a CBOR map (RFC 8949) with small
// integers for keys; what is empty is left out. Numbers of kinds and keys are
// never given another meaning: journals outlive builds. A field that a newer
// build added is skipped here, a kind that it added as well.
const (
	kindEvent byte = iota + 1
	kindSnapshot
	kindSnapshotFailed
	kindLink
	kindProof
	kindName
	kindOddity
	kindDismissal
	kindPresence
	kindPresenceList
	kindWord
	kindTick
	kindClockSet
	kindForget
	kindNumbering
	kindForgetColleague
)

// errKind is a body of a kind that this build does not know.
var errKind = errors.New("unknown kind of entry")

var (
	encoder = must(cbor.EncOptions{}.UserBufferEncMode())
	decoder = must(cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid, MaxNestedLevels: 8}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // options that do not go together: seen by the first test
	}
	return v
}

// A moment is a time in two integers, both 0 for the zero time. Most dates of
// a PBX are whole seconds.
type moment struct {
	_  struct{} `cbor:",toarray"`
	S  int64
	NS int32
}

func wireTime(t time.Time) *moment {
	if t.IsZero() {
		return nil
	}
	return &moment{S: t.Unix(), NS: int32(t.Nanosecond())}
}

func (m *moment) time() time.Time {
	if m == nil {
		return time.Time{}
	}
	return time.Unix(m.S, int64(m.NS)).UTC()
}

type wireParty struct {
	FlowID          string `cbor:"1,keyasint,omitempty"`
	User            string `cbor:"2,keyasint,omitempty"`
	UserAddressable string `cbor:"3,keyasint,omitempty"`
	Number          string `cbor:"4,keyasint,omitempty"`
	Addressable     string `cbor:"5,keyasint,omitempty"`
	SyncID          string `cbor:"6,keyasint,omitempty"`
	SyncSource      string `cbor:"7,keyasint,omitempty"`
	CallLog         string `cbor:"8,keyasint,omitempty"`
	Name            string `cbor:"9,keyasint,omitempty"`
}

type wireEvent struct {
	Type       state.EventType `cbor:"1,keyasint,omitempty"`
	CallID     string          `cbor:"2,keyasint,omitempty"`
	Date       *moment         `cbor:"3,keyasint,omitempty"`
	Initiation string          `cbor:"4,keyasint,omitempty"`
	Caller     wireParty       `cbor:"5,keyasint,omitzero"`
	Callee     wireParty       `cbor:"6,keyasint,omitzero"`
	Line       string          `cbor:"7,keyasint,omitempty"`
	Duration   time.Duration   `cbor:"8,keyasint,omitempty"`
}

type wireChannel struct {
	CallID       string     `cbor:"1,keyasint,omitempty"`
	ChannelID    string     `cbor:"2,keyasint,omitempty"`
	Up           bool       `cbor:"3,keyasint,omitempty"`
	Role         state.Role `cbor:"4,keyasint,omitempty"`
	Name         string     `cbor:"5,keyasint,omitempty"`
	Organisation string     `cbor:"6,keyasint,omitempty"`
	Phone        string     `cbor:"7,keyasint,omitempty"`
	PhoneUser    string     `cbor:"8,keyasint,omitempty"`
	Twin         bool       `cbor:"9,keyasint,omitempty"`
	ParkingSlot  string     `cbor:"10,keyasint,omitempty"`
	FlowID       string     `cbor:"11,keyasint,omitempty"`
	Number       string     `cbor:"12,keyasint,omitempty"`
	Addressable  string     `cbor:"13,keyasint,omitempty"`
	Created      *moment    `cbor:"14,keyasint,omitempty"`
}

type wireSnapshot struct {
	RequestedAt *moment       `cbor:"1,keyasint,omitempty"`
	Channels    []wireChannel `cbor:"2,keyasint,omitempty"`
}

type wireLink struct {
	State   state.LinkState `cbor:"1,keyasint,omitempty"`
	Code    string          `cbor:"2,keyasint,omitempty"`
	Reason  string          `cbor:"3,keyasint,omitempty"`
	Attempt int             `cbor:"4,keyasint,omitempty"`
	NextTry *moment         `cbor:"5,keyasint,omitempty"`
}

// The others have the fields of their facts: a conversion that does not
// compile says that a fact has changed.

type wireProof struct {
	RoundTrip time.Duration `cbor:"1,keyasint,omitempty"`
}

type wireName struct {
	Kind        state.NameKind `cbor:"1,keyasint,omitempty"`
	OID         string         `cbor:"2,keyasint,omitempty"`
	Text        string         `cbor:"3,keyasint,omitempty"`
	Number      string         `cbor:"4,keyasint,omitempty"`
	Addressable string         `cbor:"5,keyasint,omitempty"`
}

type wireOddity struct {
	Kind   state.Anomaly `cbor:"1,keyasint,omitempty"`
	Sample string        `cbor:"2,keyasint,omitempty"`
}

type wireDismissal struct {
	Seq uint64 `cbor:"1,keyasint,omitempty"`
}

type wirePresence struct {
	ID          string `cbor:"1,keyasint,omitempty"`
	Addressable string `cbor:"2,keyasint,omitempty"`
	Name        string `cbor:"3,keyasint,omitempty"`
	Status      string `cbor:"4,keyasint,omitempty"`
	Message     string `cbor:"5,keyasint,omitempty"`
	Gone        bool   `cbor:"6,keyasint,omitempty"`
}

type wirePresenceList struct {
	Entries []wirePresence `cbor:"1,keyasint,omitempty"`
}

type wireWord struct {
	Entry uint64         `cbor:"1,keyasint,omitempty"`
	Kind  state.WordKind `cbor:"2,keyasint,omitempty"`
	By    string         `cbor:"3,keyasint,omitempty"`
	Text  string         `cbor:"4,keyasint,omitempty"`
}

type wireTick struct {
	Code uint64 `cbor:"1,keyasint,omitempty"`
}

type wireClockSet struct {
	By time.Duration `cbor:"1,keyasint,omitempty"`
}

type wireForget struct {
	Number string `cbor:"1,keyasint,omitempty"`
}

type wireForgetColleague struct {
	User    string `cbor:"1,keyasint,omitempty"`
	Number  string `cbor:"2,keyasint,omitempty"`
	Address string `cbor:"3,keyasint,omitempty"`
	Name    string `cbor:"4,keyasint,omitempty"`
	As      string `cbor:"5,keyasint,omitempty"`
}

type wireNumbering struct {
	Next uint64 `cbor:"1,keyasint,omitempty"`
}

// encode writes a fact's body behind what buf holds.
func encode(buf *bytes.Buffer, fact state.Fact) error {
	put := func(kind byte, v any) error {
		buf.WriteByte(kind)
		return encoder.MarshalToBuffer(v, buf)
	}
	switch f := fact.(type) {
	case state.Event:
		return put(kindEvent, &wireEvent{f.Type, f.CallID, wireTime(f.Date), f.Initiation, wireParty(f.Caller), wireParty(f.Callee), f.Line, f.Duration})
	case state.Snapshot:
		w := wireSnapshot{RequestedAt: wireTime(f.RequestedAt)}
		if len(f.Channels) > 0 {
			w.Channels = make([]wireChannel, 0, len(f.Channels))
		}
		for _, c := range f.Channels {
			w.Channels = append(w.Channels, wireChannel{
				c.CallID, c.ChannelID, c.Up, c.Role, c.Name, c.Organisation, c.Phone, c.PhoneUser,
				c.Twin, c.ParkingSlot, c.FlowID, c.Number, c.Addressable, wireTime(c.Created),
			})
		}
		return put(kindSnapshot, &w)
	case state.SnapshotFailed:
		return buf.WriteByte(kindSnapshotFailed)
	case state.Link:
		return put(kindLink, &wireLink{f.State, f.Code, f.Reason, f.Attempt, wireTime(f.NextTry)})
	case state.Proof:
		return put(kindProof, (*wireProof)(&f))
	case state.Name:
		return put(kindName, (*wireName)(&f))
	case state.Oddity:
		return put(kindOddity, (*wireOddity)(&f))
	case state.Dismissal:
		return put(kindDismissal, (*wireDismissal)(&f))
	case state.Presence:
		return put(kindPresence, (*wirePresence)(&f))
	case state.PresenceList:
		var w wirePresenceList
		for _, p := range f.Entries {
			w.Entries = append(w.Entries, wirePresence(p))
		}
		return put(kindPresenceList, &w)
	case state.Word:
		return put(kindWord, (*wireWord)(&f))
	case state.Tick:
		return put(kindTick, (*wireTick)(&f))
	case state.ClockSet:
		return put(kindClockSet, (*wireClockSet)(&f))
	case state.Forget:
		return put(kindForget, (*wireForget)(&f))
	case state.ForgetColleague:
		return put(kindForgetColleague, (*wireForgetColleague)(&f))
	case state.Numbering:
		return put(kindNumbering, (*wireNumbering)(&f))
	}
	return fmt.Errorf("no body for a %T", fact)
}

// decode reads a body. Its error is errKind, or of a damaged body.
func decode(body []byte) (state.Fact, error) {
	if len(body) == 0 {
		return nil, errors.New("empty body")
	}
	kind, body := body[0], body[1:]
	switch kind {
	case kindEvent:
		w, err := read[wireEvent](body)
		return state.Event{
			Type: w.Type, CallID: w.CallID, Date: w.Date.time(), Initiation: w.Initiation,
			Caller: state.Party(w.Caller), Callee: state.Party(w.Callee), Line: w.Line, Duration: w.Duration,
		}, err
	case kindSnapshot:
		w, err := read[wireSnapshot](body)
		f := state.Snapshot{RequestedAt: w.RequestedAt.time()}
		for _, c := range w.Channels {
			f.Channels = append(f.Channels, state.Channel{
				CallID: c.CallID, ChannelID: c.ChannelID, Up: c.Up, Role: c.Role, Name: c.Name, Organisation: c.Organisation,
				Phone: c.Phone, PhoneUser: c.PhoneUser, Twin: c.Twin, ParkingSlot: c.ParkingSlot, FlowID: c.FlowID,
				Number: c.Number, Addressable: c.Addressable, Created: c.Created.time(),
			})
		}
		return f, err
	case kindSnapshotFailed:
		return state.SnapshotFailed{}, nil
	case kindLink:
		w, err := read[wireLink](body)
		return state.Link{State: w.State, Code: w.Code, Reason: w.Reason, Attempt: w.Attempt, NextTry: w.NextTry.time()}, err
	case kindProof:
		w, err := read[wireProof](body)
		return state.Proof(w), err
	case kindName:
		w, err := read[wireName](body)
		return state.Name(w), err
	case kindOddity:
		w, err := read[wireOddity](body)
		return state.Oddity(w), err
	case kindDismissal:
		w, err := read[wireDismissal](body)
		return state.Dismissal(w), err
	case kindPresence:
		w, err := read[wirePresence](body)
		return state.Presence(w), err
	case kindPresenceList:
		w, err := read[wirePresenceList](body)
		var f state.PresenceList
		for _, p := range w.Entries {
			f.Entries = append(f.Entries, state.Presence(p))
		}
		return f, err
	case kindWord:
		w, err := read[wireWord](body)
		return state.Word(w), err
	case kindTick:
		w, err := read[wireTick](body)
		return state.Tick(w), err
	case kindClockSet:
		w, err := read[wireClockSet](body)
		return state.ClockSet(w), err
	case kindForget:
		w, err := read[wireForget](body)
		return state.Forget(w), err
	case kindForgetColleague:
		w, err := read[wireForgetColleague](body)
		return state.ForgetColleague(w), err
	case kindNumbering:
		w, err := read[wireNumbering](body)
		return state.Numbering(w), err
	}
	return nil, errKind
}

func read[T any](body []byte) (w T, err error) {
	err = decoder.Unmarshal(body, &w)
	return w, err
}
