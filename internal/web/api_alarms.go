package web

import (
	"math"
	"strconv"

	"callboard/internal/hub"
	"callboard/internal/privacy"
)

type alarmJSON struct {
	ID       string  `json:"id"`             // the same until it is over
	Kind     string  `json:"kind"`           // "ringing", "service-level"
	Call     string  `json:"call,omitempty"` // absent: about the board as a whole
	RaisedAt instant `json:"raisedAt"`
	Since    instant `json:"since"`  // beyond its limit
	SaidAt   instant `json:"saidAt"` // raised, or raised anew
	Times    int     `json:"times"`
	Value    float64 `json:"value"` // seconds, per cent, or a count
	Over     float64 `json:"over,omitzero"`
	Under    float64 `json:"under,omitzero"`
	AsOf     instant `json:"asOf,omitzero"` // absent while the reading is known
}

type noticeJSON struct {
	Text  string  `json:"text"`
	Since instant `json:"since"`
	Until instant `json:"until,omitzero"`
}

// alarms are those up now, the most urgent first.
func alarmsOf(h *hub.Hub, l privacy.Lens) ([]alarmJSON, error) {
	out := []alarmJSON{}
	up, err := h.AlarmsOf(l)
	for _, a := range up {
		j := alarmJSON{
			ID: a.ID(), Kind: string(a.Kind), RaisedAt: instant(a.Raised), Since: instant(a.Beyond), SaidAt: instant(a.Said), Times: a.Times,
			Value: tenths(a.Value), Over: tenths(a.Limit.Over), Under: tenths(a.Limit.Under), AsOf: instant(a.AsOf),
		}
		if a.Subject != 0 {
			j.Call = strconv.FormatUint(a.Subject, 10)
		}
		out = append(out, j)
	}
	return out, err
}

func tenths(x float64) float64 { return math.Round(x*10) / 10 }

// notice is the line shown now, if there is one.
func noticeOf(n hub.Notice) *noticeJSON {
	if n == (hub.Notice{}) {
		return nil
	}
	return &noticeJSON{n.Text, instant(n.Since), instant(n.Until)}
}
