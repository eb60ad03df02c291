package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"callboard/internal/hub"
	"callboard/internal/kpi"
)

// The JSON of /api/v1/numbers. A value is absent where there is none: a ratio
// of nothing, or numbers that nothing proves.

type numbersJSON struct {
	Epoch    string       `json:"epoch"`
	Day      string       `json:"day,omitempty"` // as asked for: a day that is over, or the first and last of several
	AsOf     instant      `json:"asOf,omitzero"`
	Since    instant      `json:"since,omitzero"`
	Feed     feedJSON     `json:"feed"`
	Known    bool         `json:"known"`
	Complete bool         `json:"complete"`
	Scope    scopeJSON    `json:"scope"`
	Level    levelJSON    `json:"serviceLevel"`
	Numbers  []numberJSON `json:"numbers"`
	Calls    []behindJSON `json:"calls,omitzero"`
}

type scopeJSON struct {
	Line string `json:"line,omitempty"`
	User string `json:"user,omitempty"`
	Team string `json:"team,omitempty"`
}

type levelJSON struct {
	Variant       int     `json:"variant"`
	Goal          int     `json:"goal"`
	WithinSeconds float64 `json:"withinSeconds"`
	ShortSeconds  float64 `json:"shortSeconds"`
}

type numberJSON struct {
	Name     string        `json:"name"`
	Unit     string        `json:"unit"`
	Value    *float64      `json:"value,omitempty"`
	AtLeast  bool          `json:"atLeast"`
	Sample   int           `json:"sample"`
	Target   float64       `json:"target,omitempty"`
	At       instant       `json:"at,omitzero"`
	Parts    []partJSON    `json:"parts"`
	Variants []variantJSON `json:"variants,omitempty"`
}

// A partJSON counts journeys that are served, count against, or are left out.
type partJSON struct {
	Name  string `json:"name"`
	Role  string `json:"role"`
	Count int    `json:"count"`
}

type variantJSON struct {
	Variant int      `json:"variant"`
	Part    int      `json:"part"`
	Of      int      `json:"of"`
	Value   *float64 `json:"value,omitempty"`
}

// A behindJSON is a journey behind the number that was asked for.
type behindJSON struct {
	Journey    string   `json:"journey"`
	Part       string   `json:"part"`
	Role       string   `json:"role"`
	Calls      []string `json:"calls"`
	Direction  string   `json:"direction"`
	Customer   string   `json:"customer"`
	Line       lineJSON `json:"line"`
	Users      []string `json:"users"`
	RangAt     []string `json:"rangAt"`
	StartedAt  instant  `json:"startedAt,omitzero"`
	AnsweredAt instant  `json:"answeredAt,omitzero"`
	EndedAt    instant  `json:"endedAt,omitzero"`
	Waited     *float64 `json:"waitedSeconds,omitempty"`
	Talked     float64  `json:"talkedSeconds"`
	Talks      int      `json:"talks"`
	EndSeen    bool     `json:"endSeen"`
	Doubt      bool     `json:"doubt"`
}

var roleWords = map[kpi.Role]string{kpi.Served: "served", kpi.Against: "against", kpi.LeftOut: "left-out"}

// apiNumbers is the day's numbers; with n, also the calls behind one of them.
func (s *site) apiNumbers(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageNumbers)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("n") != "" && q.Number == "" {
		q.Number = string(kpi.Names[0]) // the page's default
	}
	if q.Number != "" && !slices.Contains(kpi.Names, kpi.Name(q.Number)) { // one of this moment: the board tells it
		return &hub.QueryError{Field: "n", Value: q.Number, Want: "a number of the day"}
	}
	b := s.sight(r)
	d, err := s.dayOf(r, q)
	if err != nil {
		return err
	}
	out := numbersJSON{
		Epoch: b.Epoch(), Day: q.Day, AsOf: instant(d.AsOf), Since: instant(d.Since), Known: d.Known, Complete: d.Complete,
		Scope:   scopeJSON{q.Line, q.User, q.Team},
		Level:   levelJSON{int(d.Level.Variant), d.Level.Goal, d.Level.Within.Seconds(), d.Level.Short.Seconds()},
		Numbers: make([]numberJSON, 0, len(d.Numbers)),
	}
	head := b.Head()
	out.Feed = feedOf(&head)
	for i := range d.Numbers {
		out.Numbers = append(out.Numbers, numberOf(&d.Numbers[i]))
	}
	if d.Calls != nil {
		out.Calls = make([]behindJSON, 0, len(d.Calls))
	}
	for i := range d.Calls {
		out.Calls = append(out.Calls, behindOf(&d.Calls[i], d.AsOf))
	}
	return s.sendJSON(w, r, out)
}

func numberOf(n *hub.DayNumber) numberJSON {
	out := numberJSON{
		Name: string(n.Name), Unit: string(n.Unit), AtLeast: n.AtLeast, Sample: n.Sample, Target: n.Target, At: instant(n.At),
		Parts: make([]partJSON, 0, len(n.Shares)),
	}
	if n.Known {
		out.Value = &n.Value
	}
	for _, share := range n.Shares {
		out.Parts = append(out.Parts, partJSON{string(share.Part), roleWords[share.Role], len(share.Index)})
	}
	for i, ratio := range n.Variants {
		v := variantJSON{Variant: i + 1, Part: ratio.Part, Of: ratio.Of}
		if ratio.Known() {
			value := 100 * float64(ratio.Part) / float64(ratio.Of)
			v.Value = &value
		}
		out.Variants = append(out.Variants, v)
	}
	return out
}

func behindOf(j *hub.DayCall, now time.Time) behindJSON {
	out := behindJSON{
		Journey: strconv.FormatUint(j.ID, 10), Part: string(j.Part), Role: roleWords[j.Role], Calls: make([]string, len(j.Calls)),
		Direction: j.Kind.String(), Customer: j.Customer.Number, Line: lineJSON{j.Line, j.LineName},
		Users: append([]string{}, j.Users...), RangAt: append([]string{}, j.RangAt...),
		StartedAt: instant(j.Start), AnsweredAt: instant(j.Answered), EndedAt: instant(j.Ended),
		Talked: j.Talk.Seconds(), Talks: j.Talks, EndSeen: !j.Lost, Doubt: j.Doubt,
	}
	if !j.StartKnown {
		out.StartedAt = instant{}
	}
	if wait, known := j.Wait(now); known {
		seconds := wait.Seconds()
		out.Waited = &seconds
	}
	for i, seq := range j.Calls {
		out.Calls[i] = strconv.FormatUint(seq, 10)
	}
	return out
}
