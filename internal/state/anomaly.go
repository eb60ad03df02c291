package state

import "time"

// Anomaly is a kind of oddity in the feed: something the rules tolerate but
// an administrator, or the PBX's vendor, wants counted.
type Anomaly string

// Anomalies the call model finds (dossier section 10.2, marked there).
const (
	LateEvent          Anomaly = "late_event"      // news of a call that has ended
	DuplicateEvent     Anomaly = "duplicate_event" // told twice, outside a transfer
	DoubledHangUp      Anomaly = "doubled_hangup"  // the mark of a transfer (section 11.1)
	ConnectedUnknown   Anomaly = "connected_without_new"
	HungUpUnknown      Anomaly = "hangup_without_call"
	ChannelUnknown     Anomaly = "channel_hangup_without_call"
	MissedConnected    Anomaly = "missed_while_connected"
	Superseded         Anomaly = "id_reused_without_hangup"
	HangUpDisagrees    Anomaly = "hangup_disagrees" // parties or flows do not fit, the id decides
	IDChanged          Anomaly = "id_changed_mid_call"
	SnapshotRevived    Anomaly = "snapshot_shows_ended_call"
	SnapshotMissing    Anomaly = "hangup_lost"         // ended because the snapshot no longer had it
	IDSpaces           Anomaly = "snapshot_ids_differ" // section 12, id-space guard
	PartialList        Anomaly = "snapshot_incomplete" // lacks calls that are up: it no longer ends any
	InferenceOff       Anomaly = "transfer_inference_off"
	Contradiction      Anomaly = "user_in_two_customer_calls"
	AgedOut            Anomaly = "aged_out"
	ClockSkewed        Anomaly = "clock_skew"    // the PBX's clock is off by more than 90 s
	ClockJumped        Anomaly = "clock_jump"    // the PBX's clock, or ours, was set
	ZoneMismatch       Anomaly = "zone_mismatch" // off by whole hours: wrong zone setting
	EventWithoutCallID Anomaly = "event_without_call_id"
)

// Anomalies the feed finds while reading messages.
const (
	MalformedMessage   Anomaly = "malformed_message"
	BinaryMessage      Anomaly = "binary_message"
	UnknownMessage     Anomaly = "unknown_message"
	UnknownType        Anomaly = "unknown_notification_type"
	UnknownField       Anomaly = "unknown_field"
	BadField           Anomaly = "bad_field" // wrong type or unreadable value, taken as empty
	OversizedMessage   Anomaly = "oversized_message"
	NoEcho             Anomaly = "test_not_echoed"
	SubscriptionSilent Anomaly = "subscription_silent" // connected long, calls up, no event seen
	BufferOverflow     Anomaly = "buffer_overflow"
)

// UnreadableEntry stands in a replay for an entry of the journal that the disk
// has spoilt.
const UnreadableEntry Anomaly = "journal_entry_unreadable"

// Anomalies lists every kind, for metrics and pages that show zeros.
var Anomalies = []Anomaly{
	LateEvent, DuplicateEvent, DoubledHangUp, ConnectedUnknown, HungUpUnknown, ChannelUnknown, MissedConnected,
	Superseded, HangUpDisagrees, IDChanged, SnapshotRevived, SnapshotMissing, IDSpaces, PartialList, InferenceOff, Contradiction,
	AgedOut, ClockSkewed, ClockJumped, ZoneMismatch, EventWithoutCallID,
	MalformedMessage, BinaryMessage, UnknownMessage, UnknownType, UnknownField, BadField, OversizedMessage, NoEcho,
	SubscriptionSilent, BufferOverflow, UnreadableEntry,
}

// A Tally is how often an anomaly was met.
type Tally struct {
	Kind   Anomaly
	Count  int // since the process began
	Today  int // since midnight of the configured zone
	Last   time.Time
	Sample string // of the last one that had a sample; digits masked
}
