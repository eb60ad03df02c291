package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"callboard/internal/hub"
	"callboard/internal/state"
)

// The JSON of the API. Names and omission rules are the contract's: a time
// that is unknown is absent, never zero; a list that is empty is there.

type boardJSON struct {
	Epoch   string      `json:"epoch"`
	Version uint64      `json:"version"`
	AsOf    instant     `json:"asOf,omitzero"`
	Feed    feedJSON    `json:"feed"`
	Calls   []callJSON  `json:"calls"`
	Today   todayJSON   `json:"today"`
	Alarms  []alarmJSON `json:"alarms"`
	Notice  *noticeJSON `json:"notice,omitempty"`

	Recorded bool `json:"recorded,omitempty"` // the board of a moment of the record
}

type feedJSON struct {
	State       string  `json:"state"`
	Since       instant `json:"since,omitzero"`
	LastEventAt instant `json:"lastEventAt,omitzero"`
	Reason      string  `json:"reason"`

	SkewSeconds *float64 `json:"skewSeconds,omitempty"` // PBX clock minus ours; absent while unknown
}

type callJSON struct {
	ID          string    `json:"id"`
	CallID      string    `json:"callId"`
	State       string    `json:"state"`
	Confidence  string    `json:"confidence"`
	Doubt       string    `json:"doubt,omitempty"`
	Direction   string    `json:"direction"`
	Transferred bool      `json:"transferred"`
	Inferred    bool      `json:"inferred"`
	StartedAt   instant   `json:"startedAt,omitzero"`
	ConnectedAt instant   `json:"connectedAt,omitzero"`
	Line        lineJSON  `json:"line"`
	Caller      partyJSON `json:"caller"`
	Callee      partyJSON `json:"callee"`
	Legs        []legJSON `json:"legs"`
}

type lineJSON struct {
	OID  string `json:"oid"`
	Name string `json:"name"`
}

type partyJSON struct {
	Number string `json:"number"`
	Name   string `json:"name"`
	User   string `json:"user"`
	FlowID string `json:"flowId"`
}

type legJSON struct {
	Side   string `json:"side"`
	Number string `json:"number"`
	User   string `json:"user"`
	State  string `json:"state"`
}

type todayJSON struct {
	Since      instant `json:"since,omitzero"`
	Offered    int     `json:"offered"`
	Answered   int     `json:"answered"`
	Unanswered int     `json:"unanswered"`
	Missed     int     `json:"missed"`
	Outbound   int     `json:"outbound"`
	Internal   int     `json:"internal"`
	Complete   bool    `json:"complete"`
}

// instant is a time in UTC to the millisecond.
type instant time.Time

func (t instant) IsZero() bool { return time.Time(t).IsZero() }

func (t instant) MarshalJSON() ([]byte, error) {
	return time.Time(t).UTC().Truncate(time.Millisecond).MarshalJSON()
}

// apiBoard is the board as one consistent state.
func (s *site) apiBoard(w http.ResponseWriter, r *http.Request) error {
	l, err := s.lens(r)
	if err != nil {
		return err
	}
	b := s.sight(r)
	out := boardJSON{Epoch: b.Epoch(), Recorded: b.Recorded(), Calls: []callJSON{}, Notice: noticeOf(b.NoticeOf(l))}
	if out.Alarms, err = alarmsOf(b, l); err != nil {
		return err
	}
	look := b.Look(l)
	out.Version, out.AsOf, out.Feed = look.Version, asOf(look.Feed, look.Now), feedOf(&look)
	for i := range look.Calls {
		out.Calls = append(out.Calls, callOf(&look.Calls[i]))
	}
	out.Today = todayOf(look.Today)
	return s.sendJSON(w, r, out)
}

func (s *site) sendJSON(w http.ResponseWriter, r *http.Request, v any) error {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false) // it is no HTML, and says so
	if err := enc.Encode(v); err != nil {
		return err
	}
	s.send(w, r, http.StatusOK, "application/json", body.Bytes())
	return nil
}

// asOf is the moment for which a board speaks: now while its feed is proven,
// else that of the last proof.
func asOf(feed state.Feed, now time.Time) instant {
	if feed.State == state.Live || feed.State == state.Quiet {
		return instant(now)
	}
	return instant(feed.AsOf)
}

func feedOf(look *hub.Look) feedJSON {
	feed, pulse := look.Feed, look.Pulse
	out := feedJSON{
		State: feed.State.String(), Since: instant(feed.Since),
		LastEventAt: instant(pulse.LastEvent), Reason: reason(feed),
	}
	if pulse.SkewKnown {
		skew := pulse.Skew.Round(time.Millisecond).Seconds()
		out.SkewSeconds = &skew
	}
	return out
}

func todayOf(t state.Today) todayJSON {
	return todayJSON{
		Since: instant(t.Since), Offered: t.Offered, Answered: t.Answered, Unanswered: t.Unanswered,
		Missed: t.Missed, Outbound: t.Outbound, Internal: t.Internal, Complete: t.Complete,
	}
}

// known leaves out a time of which only the latest possible value is known.
func known(t time.Time, atLeast bool) instant {
	if atLeast {
		return instant{}
	}
	return instant(t)
}

func callOf(c *state.Call) callJSON {
	out := callJSON{
		ID: strconv.FormatUint(c.Seq, 10), CallID: c.CallID,
		State: c.Phase.String(), Confidence: c.Confidence.String(), Doubt: c.Doubt.String(),
		Direction: c.Direction.String(), Transferred: c.Transferred, Inferred: c.Inferred,
		StartedAt: known(c.StartedAt, c.StartAtLeast), ConnectedAt: known(c.ConnectedAt, c.TalkAtLeast),
		Line:   lineJSON{c.Line, c.LineName},
		Caller: partyOf(&c.Caller), Callee: partyOf(&c.Callee),
		Legs: make([]legJSON, 0, len(c.Legs)),
	}
	for i := range c.Legs {
		out.Legs = append(out.Legs, legOf(&c.Legs[i]))
	}
	return out
}

func partyOf(p *state.Party) partyJSON { return partyJSON{p.Number, p.Name, p.User, p.FlowID} }

func legOf(l *state.Leg) legJSON {
	return legJSON{l.Side.String(), l.Party.Number, l.Party.User, l.State.String()}
}

// historyJSON is one call with everything known of it.
type historyJSON struct {
	Epoch   string  `json:"epoch"`
	Version uint64  `json:"version"`
	AsOf    instant `json:"asOf,omitzero"`
	callJSON
	Live        bool          `json:"live"`
	Outcome     string        `json:"outcome,omitempty"`
	EndedAt     instant       `json:"endedAt,omitzero"`
	PBXSeconds  *float64      `json:"pbxDurationSeconds,omitempty"`
	TimedLegs   []timedLeg    `json:"legs"` // in place of the call's
	Events      []eventJSON   `json:"events"`
	EventsLeft  int           `json:"eventsLeftOut"`
	Journey     []journeyJSON `json:"journey"`
	FormerParty *partyJSON    `json:"former,omitempty"`
}

type timedLeg struct {
	legJSON
	Name     string  `json:"name"`
	Since    instant `json:"since,omitzero"`
	Answered instant `json:"answeredAt,omitzero"`
	Until    instant `json:"until,omitzero"`
	Missed   bool    `json:"missed"`
	Inferred bool    `json:"inferred"`
}

type eventJSON struct {
	At         instant    `json:"at"`
	Type       string     `json:"type,omitempty"` // absent: not an event, the board's own conclusion
	Effect     string     `json:"effect"`
	Times      int        `json:"times"`
	Doubt      string     `json:"doubt,omitempty"`
	CallID     string     `json:"callId,omitempty"`
	Date       instant    `json:"date,omitzero"`
	Initiation string     `json:"initiation,omitempty"`
	Line       string     `json:"line,omitempty"`
	Seconds    *float64   `json:"durationSeconds,omitempty"`
	Caller     *partyJSON `json:"caller,omitempty"`
	Callee     *partyJSON `json:"callee,omitempty"`
}

type journeyJSON struct {
	ID          string  `json:"id"`
	CallID      string  `json:"callId"`
	StartedAt   instant `json:"startedAt,omitzero"`
	ConnectedAt instant `json:"connectedAt,omitzero"`
	Caller      string  `json:"caller"`
	Callee      string  `json:"callee"`
}

// apiCall is one call with its timeline.
func (s *site) apiCall(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseUint(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return badField("id", "id: expected the decimal number of a call, as the board gives it.")
	}
	l, err := s.lens(r)
	if err != nil {
		return err
	}
	h, look, ok := s.sight(r).History(l, id)
	if !ok {
		return s.apiOldCall(w, r, id)
	}
	out := historyJSON{Epoch: s.sight(r).Epoch(), Version: look.Version, AsOf: asOf(look.Feed, look.Now)}
	tell(&out, &h)
	return s.sendJSON(w, r, out)
}

func tell(out *historyJSON, h *state.History) {
	c := &h.Call
	out.callJSON = callOf(c)
	out.Live = h.Live
	if !h.Live {
		out.State = "ended"
		out.Outcome = h.Outcome.String()
		out.EndedAt = instant(h.EndedAt)
		out.PBXSeconds = secondsOf(h.PBXDuration)
	}
	if c.Transferred {
		former := partyOf(&c.Former)
		out.FormerParty = &former
	}
	out.TimedLegs = []timedLeg{}
	for i := range c.Legs {
		l := c.Legs[i]
		if !h.Live && l.State != state.LegGone { // the end of the call was the end of its legs
			l.State, l.Until = state.LegGone, h.EndedAt
		}
		out.TimedLegs = append(out.TimedLegs, timedLeg{
			legOf(&l), l.Party.Name, instant(l.Since), instant(l.Answered), instant(l.Until), l.Missed, l.Inferred,
		})
	}
	out.Events = []eventJSON{}
	for i := range h.Entries {
		out.Events = append(out.Events, entryOf(&h.Entries[i]))
	}
	out.EventsLeft = h.Dropped
	out.Journey = []journeyJSON{}
	for i := range h.Journey {
		j := &h.Journey[i]
		out.Journey = append(out.Journey, journeyJSON{
			strconv.FormatUint(j.Seq, 10), j.CallID, known(j.StartedAt, j.StartAtLeast), known(j.ConnectedAt, j.TalkAtLeast), j.Caller.Number, j.Callee.Number,
		})
	}
}

func entryOf(e *state.Entry) eventJSON {
	out := eventJSON{At: instant(e.At), Effect: effects[e.Effect], Times: e.Times, Doubt: e.Doubt.String()}
	if ev := &e.Event; ev.Type != 0 {
		caller, callee := partyOf(&ev.Caller), partyOf(&ev.Callee)
		out.Type, out.CallID, out.Date, out.Initiation, out.Line = ev.Type.String(), ev.CallID, instant(ev.Date), ev.Initiation, ev.Line
		out.Caller, out.Callee = &caller, &callee
		if ev.Type == state.HungUp {
			out.Seconds = secondsOf(ev.Duration)
		}
	}
	return out
}

// secondsOf is what the PBX said of a length; absent if it said nothing.
func secondsOf(d time.Duration) *float64 {
	if d < 0 {
		return nil
	}
	s := d.Seconds()
	return &s
}

// effects are the API's words for what an event did.
var effects = map[state.Effect]string{
	state.EffectNone: "none", state.EffectCreated: "created", state.EffectRings: "rings", state.EffectAnswered: "answered",
	state.EffectSwitched: "switched", state.EffectLegGone: "leg-gone", state.EffectMissed: "missed", state.EffectEnded: "ended",
	state.EffectClosed: "closed", state.EffectDuplicate: "duplicate", state.EffectDoubled: "doubled", state.EffectLate: "late",
	state.EffectAdopted: "adopted", state.EffectInferred: "inferred", state.EffectSeen: "seen", state.EffectAbsent: "absent",
	state.EffectDoubt: "doubt", state.EffectConfirmed: "confirmed", state.EffectSuperseded: "superseded",
	state.EffectExpired: "expired", state.EffectDismissed: "dismissed", state.EffectDisagrees: "disagrees",
}
