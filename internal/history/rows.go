package history

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"callboard/internal/state"
)

// The JSON of rows. Names and omission rules are those of /api/v1/board: a time
// or a length that is not known is absent, never zero; a list that is empty is
// there. Lengths are seconds.

type callJSON struct {
	ID          string      `json:"id"`
	CallID      string      `json:"callId"`
	Journey     string      `json:"journey"`
	State       string      `json:"state"`
	Outcome     string      `json:"outcome"` // how it left the board, of state.Outcome
	Result      string      `json:"result"`  // what became of it: answered, unanswered or lost
	Confidence  string      `json:"confidence"`
	Direction   string      `json:"direction"`
	Transferred bool        `json:"transferred"`
	Transfers   int         `json:"transfers"`
	Inferred    bool        `json:"inferred"`
	SeenAt      instant     `json:"seenAt,omitzero"` // since when it is known to have been up
	StartedAt   instant     `json:"startedAt,omitzero"`
	ConnectedAt instant     `json:"connectedAt,omitzero"`
	EndedAt     instant     `json:"endedAt,omitzero"`
	Waited      *float64    `json:"waitedSeconds,omitempty"` // ring until the answer or the end, if witnessed
	Talked      float64     `json:"talkedSeconds"`
	Total       float64     `json:"totalSeconds"`
	PBX         *float64    `json:"pbxDurationSeconds,omitempty"`
	Line        lineJSON    `json:"line"`
	Caller      partyJSON   `json:"caller"`
	Callee      partyJSON   `json:"callee"`
	Former      *partyJSON  `json:"former,omitempty"`
	Legs        []legJSON   `json:"legs"`
	Rung        []phoneJSON `json:"rung"`
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
	Side     string  `json:"side"`
	Number   string  `json:"number"`
	Name     string  `json:"name"`
	User     string  `json:"user"`
	State    string  `json:"state"`
	Since    instant `json:"since,omitzero"`
	Answered instant `json:"answeredAt,omitzero"`
	Until    instant `json:"until,omitzero"`
	Missed   bool    `json:"missed"`
	Inferred bool    `json:"inferred"`
}

// A phoneJSON is a telephone that rang.
type phoneJSON struct {
	Number   string `json:"number"`
	Name     string `json:"name"`
	User     string `json:"user"`
	Answered bool   `json:"answered"`
	Missed   bool   `json:"missed"`
}

type journeyJSON struct {
	Journey    string    `json:"journey"`
	Direction  string    `json:"direction"`
	Result     string    `json:"result"`
	Counted    bool      `json:"counted"` // it began while Callboard watched, so the day's numbers count it
	SeenAt     instant   `json:"seenAt,omitzero"`
	StartedAt  instant   `json:"startedAt,omitzero"`
	AnsweredAt instant   `json:"answeredAt,omitzero"`
	EndedAt    instant   `json:"endedAt,omitzero"`
	Waited     *float64  `json:"waitedSeconds,omitempty"`
	Talked     float64   `json:"talkedSeconds"`
	Talks      int       `json:"talks"`
	Line       lineJSON  `json:"line"`
	Customer   partyJSON `json:"customer"`
	Users      []string  `json:"users"`
	RangAt     []string  `json:"rangAt"`
	Calls      []string  `json:"calls"`
	EndSeen    bool      `json:"endSeen"`
	Doubt      bool      `json:"doubt"`
}

// instant is a time in UTC to the millisecond, as everywhere in the API.
type instant time.Time

func (t instant) IsZero() bool { return time.Time(t).IsZero() }

func (t instant) MarshalJSON() ([]byte, error) {
	return time.Time(t).UTC().Truncate(time.Millisecond).MarshalJSON()
}

func known(t time.Time, atLeast bool) instant {
	if atLeast {
		return instant{}
	}
	return instant(t)
}

func lasted(d time.Duration, ok bool) *float64 {
	if !ok || d < 0 {
		return nil
	}
	s := d.Seconds()
	return &s
}

func partyOf(p *state.Party) partyJSON { return partyJSON{p.Number, p.Name, p.User, p.FlowID} }

func (c *Call) json() callJSON {
	out := callJSON{
		ID: strconv.FormatUint(c.Seq, 10), CallID: c.CallID, Journey: strconv.FormatUint(c.Journey, 10),
		State: "ended", Outcome: c.Outcome.String(), Result: c.Result(), Confidence: c.Confidence.String(), Direction: c.Direction.String(),
		Transferred: c.Transferred, Transfers: c.Transfers, Inferred: c.Inferred,
		SeenAt: instant(c.StartedAt), StartedAt: known(c.StartedAt, c.StartAtLeast), ConnectedAt: known(c.ConnectedAt, c.TalkAtLeast), EndedAt: instant(c.EndedAt),
		Waited: lasted(c.Wait()), Talked: c.Talk.Seconds(), Total: max(0, c.EndedAt.Sub(c.sortAt())).Seconds(), PBX: lasted(c.PBX, true),
		Line: lineJSON{c.Line, c.LineName}, Caller: partyOf(&c.Caller), Callee: partyOf(&c.Callee),
		Legs: make([]legJSON, 0, len(c.Legs)), Rung: []phoneJSON{},
	}
	if c.Transferred {
		former := partyOf(&c.Former)
		out.Former = &former
	}
	for i := range c.Legs {
		l := &c.Legs[i]
		until := l.Until
		if l.State != state.LegGone { // the end of the call was the end of its legs
			until = c.EndedAt
		}
		out.Legs = append(out.Legs, legJSON{l.Side.String(), l.Party.Number, l.Party.Name, l.Party.User, state.LegGone.String(),
			instant(l.Since), instant(l.Answered), instant(until), l.Missed, l.Inferred})
	}
	for _, l := range c.Rung() {
		out.Rung = append(out.Rung, phoneJSON{l.Party.Number, l.Party.Name, l.Party.User, !l.Answered.IsZero(), l.Missed})
	}
	return out
}

func journeyOf(j *state.Journey) journeyJSON {
	out := journeyJSON{
		Journey: strconv.FormatUint(j.ID, 10), Direction: j.Kind.String(), Result: ResultOf(j), Counted: j.Counted,
		SeenAt: instant(j.Start), StartedAt: known(j.Start, !j.StartKnown), AnsweredAt: instant(j.Answered), EndedAt: instant(j.Ended),
		Waited: lasted(j.Wait(j.Ended)), Talked: j.Talk.Seconds(), Talks: j.Talks,
		Line: lineJSON{j.Line, j.LineName}, Customer: partyOf(&j.Customer),
		Users: append([]string{}, j.Users...), RangAt: append([]string{}, j.RangAt...), Calls: make([]string, len(j.Calls)),
		EndSeen: !j.Lost, Doubt: j.Doubt,
	}
	for i, seq := range j.Calls {
		out.Calls[i] = strconv.FormatUint(seq, 10)
	}
	return out
}

// A sink takes rows one by one. begin and end are called once each.
type sink interface {
	begin(rows string) error
	call(*Call) error
	journey(*state.Journey) error
	end(next Cursor) error
}

// chunk is how many rows of a file are read at a time: between two chunks
// nothing is held, so that a slow reader holds up nobody and costs no memory.
const chunk = 500

// write sends the rows of a filter to a sink. Nothing is written before the
// first rows were read, so that a filter that cannot be answered is an error
// without half an answer.
func (s *Store) write(ctx context.Context, f Filter, to sink) error {
	rows := cmp.Or(f.Rows, RowsCalls)
	of := ofCalls
	if rows == RowsJourneys {
		of = ofJourneys
	}
	q, err := s.compile(ctx, of, &f)
	if err != nil {
		return s.failed(err)
	}
	at, left, begun := f.After, f.Limit, false
	for {
		n := chunk
		if f.Limit > 0 {
			n = min(n, left)
		}
		var calls []Call
		var journeys []state.Journey
		var next Cursor
		if rows == RowsCalls {
			calls, next, err = s.pageOfCalls(ctx, q, at, n)
		} else {
			journeys, next, err = s.pageOfJourneys(ctx, q, at, n)
		}
		if err != nil {
			return err
		}
		if !begun {
			begun = true
			if err := to.begin(rows); err != nil {
				return err
			}
		}
		for i := range calls {
			if err := to.call(&calls[i]); err != nil {
				return err
			}
		}
		for i := range journeys {
			if err := to.journey(&journeys[i]); err != nil {
				return err
			}
		}
		left -= len(calls) + len(journeys)
		if at = next; next.IsZero() || f.Limit > 0 && left <= 0 {
			return to.end(next)
		}
	}
}

// WriteJSON streams the rows that a filter chooses, newest first, as
// {"calls":[…],"next":"…"} or {"journeys":[…],"next":"…"}. next is there only if
// Limit left rows out: it is the cursor "after" of the next page. A Limit of 0
// is all rows.
func (s *Store) WriteJSON(ctx context.Context, w io.Writer, f Filter) error {
	out := &jsonSink{w: bufio.NewWriterSize(w, 16<<10)}
	out.enc = json.NewEncoder(out.w)
	out.enc.SetEscapeHTML(false) // it is no HTML, and says so
	return s.write(ctx, f, out)
}

type jsonSink struct {
	w    *bufio.Writer
	enc  *json.Encoder
	some bool
}

func (o *jsonSink) begin(rows string) error {
	_, err := o.w.WriteString(`{"` + rows + `":[`)
	return err
}

func (o *jsonSink) row(v any) error {
	if o.some {
		if err := o.w.WriteByte(','); err != nil {
			return err
		}
	}
	o.some = true
	return o.enc.Encode(v)
}

func (o *jsonSink) call(c *Call) error             { return o.row(c.json()) }
func (o *jsonSink) journey(j *state.Journey) error { return o.row(journeyOf(j)) }

func (o *jsonSink) end(next Cursor) error {
	tail := "]"
	if !next.IsZero() {
		tail += `,"next":"` + next.String() + `"`
	}
	if _, err := o.w.WriteString(tail + "}\n"); err != nil {
		return err
	}
	return o.w.Flush()
}
