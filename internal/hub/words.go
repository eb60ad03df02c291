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
