package hub

import (
	"unicode"
	"unicode/utf8"

	"callboard/internal/state"
)

// eventWords are the names of the PBX's events as people say them.
var eventWords = map[state.EventType]string{
	state.NewCall:       "New call",
	state.Connected:     "Connected",
	state.HungUp:        "Hung up",
	state.Missed:        "Missed",
	state.ChannelHungUp: "Channel hung up",
	state.Transferred:   "Transferred",
}

// anomalyWords explain each oddity of the feed to an administrator: what was
// seen and what was done about it.
var anomalyWords = map[state.Anomaly]struct{ what, done string }{
	state.LateEvent:          {"News of a call that had ended", "Ignored"},
	state.DuplicateEvent:     {"Event told twice", "Counted once"},
	state.DoubledHangUp:      {"Hangup told twice (transfer)", "Counted once"},
	state.ConnectedUnknown:   {"Connected without a new call", "Shown as talking, start at least"},
	state.HungUpUnknown:      {"Hangup without a call", "Kept as a trace"},
	state.ChannelUnknown:     {"Channel hung up without a call", "Ignored"},
	state.MissedConnected:    {"Missed while connected", "Noted only"},
	state.Superseded:         {"Call id came back without a hangup", "Old call ended, new one shown"},
	state.HangUpDisagrees:    {"Hangup does not fit its call", "The id decides: call ended"},
	state.IDChanged:          {"Id of a call changed", "Followed by its flow"},
	state.SnapshotRevived:    {"The PBX's list shows an ended call", "Shown again"},
	state.SnapshotMissing:    {"Hangup lost", "Call ended by the PBX's list"},
	state.IDSpaces:           {"The PBX's list uses other ids", "Its absences are not believed"},
	state.InferenceOff:       {"Too many doubled hangups", "Transfers are taken from the PBX's list only"},
	state.Contradiction:      {"One person in two customer calls", "The older one marked suspect"},
	state.AgedOut:            {"Call silent past its last limit", "Call ended"},
	state.ClockSkewed:        {"The PBX's clock is off by more than 90 s", "Ages use our own clock"},
	state.PartialList:        {"The list of active calls lacks calls that are up", "It no longer ends any call; check what the account may see"},
	state.ZoneMismatch:       {"The PBX's dates are off by whole hours", "Check the setting pbx-time-zone"},
	state.EventWithoutCallID: {"Event without a call id", "Matched by flow or ignored"},
	state.MalformedMessage:   {"Malformed message", "Skipped, the socket stays"},
	state.BinaryMessage:      {"Binary message", "Skipped"},
	state.UnknownMessage:     {"Unknown message", "Skipped"},
	state.UnknownType:        {"Unknown notification type", "Skipped"},
	state.UnknownField:       {"Unknown field", "Ignored, the rest is used"},
	state.BadField:           {"Unreadable field", "Taken as empty"},
	state.OversizedMessage:   {"Message too large", "Skipped"},
	state.NoEcho:             {"Test message not echoed", "Control pongs prove life instead"},
	state.SubscriptionSilent: {"Calls are up and no event tells of them", "Subscribed anew if that goes on"},
	state.BufferOverflow:     {"Too many events while catching up", "Connected anew"},
}

// effectWords say what an entry of the timeline proves.
var effectWords = map[state.Effect]string{
	state.EffectNone:       "Nothing new",
	state.EffectCreated:    "The call came up",
	state.EffectRings:      "Another telephone rings",
	state.EffectAnswered:   "Talk began",
	state.EffectSwitched:   "The other party changed",
	state.EffectLegGone:    "One leg left, the call goes on",
	state.EffectMissed:     "Missed by this person",
	state.EffectEnded:      "The call ended",
	state.EffectClosed:     "A former part of the call ended, the call goes on",
	state.EffectDuplicate:  "Told again, nothing new",
	state.EffectDoubled:    "Hangup told twice: the mark of a transfer",
	state.EffectLate:       "Came after the call had ended, nothing new",
	state.EffectAdopted:    "Announces the conversation that had been inferred",
	state.EffectInferred:   "A transfer was concluded; proven when its hangup arrives",
	state.EffectSeen:       "The PBX's list of calls shows it",
	state.EffectAbsent:     "The PBX's list of calls no longer shows it",
	state.EffectDoubt:      "Confidence fell",
	state.EffectConfirmed:  "Confidence is back",
	state.EffectSuperseded: "Its id came back with another call, so this one had ended",
	state.EffectExpired:    "Silent past the last limit, taken as ended",
	state.EffectDismissed:  "An operator called it a ghost",
	state.EffectDisagrees:  "Does not fit the call; its id decides",
}

// outcomeWords say how a call left the board.
var outcomeWords = map[state.Outcome]string{
	state.EndedHungUp:     "hung up",
	state.EndedLost:       "its end was not seen",
	state.EndedSuperseded: "its id came back with another call",
	state.EndedDismissed:  "dismissed by an operator",
	state.EndedReplaced:   "turned out to be another call on the board",
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// plural is "1 call", "2 calls", "no call".
func plural(n int, one, many string) string {
	switch n {
	case 0:
		return "no " + one
	case 1:
		return "1 " + one
	}
	return sprintf("%d %s", n, many)
}
