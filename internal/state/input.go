package state

import "time"

// An Input is one thing that can change the board, with the time at which it
// was received. A board looks at neither its zone nor its monotonic reading
// (its owner may), never lets time run backwards and treats an earlier At as
// the latest it has seen.
type Input struct {
	At   time.Time
	Fact Fact
}

// A Fact is what an Input says: an Event, Snapshot, SnapshotFailed, Link,
// Proof, Name, Oddity, Dismissal or Word.
type Fact interface{ fact() }

func (Event) fact()          {}
func (Snapshot) fact()       {}
func (SnapshotFailed) fact() {}
func (Link) fact()           {}
func (Proof) fact()          {}
func (Name) fact()           {}
func (Oddity) fact()         {}
func (Dismissal) fact()      {}

// EventType is the kind of a call event.
type EventType uint8

// The call events of the feed (dossier section 5).
const (
	NewCall       EventType = iota + 1 // newCallEvent
	Connected                          // callConnectedEvent
	HungUp                             // callHungUpEvent
	Missed                             // missedCallEvent
	ChannelHungUp                      // channelHungUpEvent
	Transferred                        // callTransferredEvent: a hint that names a call, nothing more is relied on
)

// EventTypes lists all event types in the order of their constants.
var EventTypes = []EventType{NewCall, Connected, HungUp, Missed, ChannelHungUp, Transferred}

// String gives the short name used in stories and log lines.
func (t EventType) String() string {
	switch t {
	case NewCall:
		return "new"
	case Connected:
		return "connected"
	case HungUp:
		return "hungup"
	case Missed:
		return "missed"
	case ChannelHungUp:
		return "channel-hungup"
	case Transferred:
		return "transferred"
	}
	return "unknown"
}

// Notification is the PBX's own name of the event.
func (t EventType) Notification() string {
	switch t {
	case NewCall:
		return "newCallEvent"
	case Connected:
		return "callConnectedEvent"
	case HungUp:
		return "callHungUpEvent"
	case Missed:
		return "missedCallEvent"
	case ChannelHungUp:
		return "channelHungUpEvent"
	case Transferred:
		return "callTransferredEvent"
	}
	return ""
}

// An Event is one CallEvent of the PBX (dossier section 6) after tolerant
// decoding. Any field may be empty, also those the vendor calls notNull.
type Event struct {
	Type       EventType
	CallID     string    // the PBX's id: not unique for ever, contains "/"
	Date       time.Time // when the call was initiated, not when the event happened; zero if unknown
	Initiation string    // raw text, values undocumented: shown, never switched on
	Caller     Party
	Callee     Party
	Line       string        // oid of the phone line on the callee's side
	Duration   time.Duration // as the PBX says on hang-up; negative if it said nothing usable
}

// A Party is one side of a call as an event describes it. All fields are the
// PBX's own text; Name and Extension are filled in by the board from what was
// learnt (see Name) and are empty in events.
type Party struct {
	FlowID          string // follows the side over transfers (dossier section 9)
	User            string // user profile oid
	UserAddressable string // oid of that user's addressable
	Number          string // phone number or extension, as given
	Addressable     string // oid of contact, person or organisation
	SyncID          string // id in a synced CRM
	SyncSource      string // name of that CRM
	CallLog         string // oid of this side's call log
	Name            string // display name, when known
}

// Key identifies the party: user oid, else number, else addressable oid, else
// empty (dossier section 10.1).
func (p Party) Key() string {
	switch {
	case p.User != "":
		return p.User
	case p.Number != "":
		return p.Number
	}
	return p.Addressable
}

// Blank reports that the event told nothing about who this side is. Flow ids
// do not count: the PBX may fill them on a side it otherwise leaves out
// (dossier section 11.2).
func (p Party) Blank() bool {
	return p.User == "" && p.UserAddressable == "" && p.Number == "" && p.Addressable == "" && p.CallLog == ""
}

// A Snapshot is the PBX's list of active channels (dossier sections 7.1, 7.2
// and 12). RequestedAt is when the request was sent: calls with an event after
// it win over the snapshot.
type Snapshot struct {
	RequestedAt time.Time
	Channels    []Channel
}

// SnapshotFailed says that a snapshot was asked for and not obtained.
type SnapshotFailed struct{}

// A Role is a channel's part in its call.
type Role uint8

// Roles of channels; anything the dossier does not name is RoleOther and is
// left out of calls.
const (
	RoleOther Role = iota
	RoleCaller
	RoleCallee
)

// A Channel is one row of a snapshot. Rows carry display names but no oids.
// FlowID, Number, Addressable and Created come from the phone channel list
// when it could be joined (by channel name), else they are empty.
type Channel struct {
	CallID       string
	ChannelID    string
	Up           bool // state CONNECTED
	Role         Role
	Name         string // display name of this side
	Organisation string
	Phone        string // SIP peer, not a number
	PhoneUser    string // display name of the user whose phone it is
	Twin         bool
	ParkingSlot  string
	FlowID       string
	Number       string
	Addressable  string
	Created      time.Time
}

// LinkState is where the connection to the PBX stands.
type LinkState uint8

const (
	LinkDown    LinkState = iota // no socket; the reason says why
	LinkDialing                  // logging in or opening the socket
	LinkUp                       // socket open and subscribed, snapshot not applied yet
)

// A Link tells of a change of the connection to the PBX. After LinkUp the
// board is catching up until a Snapshot or SnapshotFailed arrives.
type Link struct {
	State   LinkState
	Code    string    // short and stable, for logs and translation: "wrong-password", "half-open", "refused"
	Reason  string    // one English sentence for the administrator, no secrets, no full stop needed
	Attempt int       // number of the attempt since the link was lost, from 1
	NextTry time.Time // when the next attempt starts; zero if one is under way or none is planned
}

// Proof says that the PBX's notification service answered: the echo of a test
// message, or a control pong where the PBX is known not to echo. Every Event
// is proof by itself.
type Proof struct {
	RoundTrip time.Duration
}

// NameKind says what an oid belongs to.
type NameKind uint8

const (
	NameUser NameKind = iota + 1
	NameLine
	NameAddressable
)

// A Name is what an oid is called, learnt from the PBX's lists. Calls that are
// up show it at once; an empty Text forgets it.
type Name struct {
	Kind   NameKind
	OID    string
	Text   string
	Number string // extension of a user, main number of a line, if known

	Addressable string // oid of a user's addressable, if known
}

// An Oddity is something the feed met that is not an event: a malformed
// message, an unknown notification type. It is counted by kind; Sample is for
// the status page and has its digits masked by the feed.
type Oddity struct {
	Kind   Anomaly
	Sample string
}

// A Dismissal is an operator's word that a call is a ghost.
type Dismissal struct {
	Seq uint64
}
