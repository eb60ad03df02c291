package fakepbx

import (
	"errors"
	"strings"
	"time"
)

// A TransferVariant is one way a PBX may report a transfer. Which one the
// vendor uses is not documented (dossier sections 9 and 11.1), so all exist.
type TransferVariant struct {
	CallID   string // of the call that is left: Z (new), X (customer's), Y (consultation's)
	Flows    string // R1: each party keeps its flow; R2: the colleague takes over the attendant's
	Announce string // of the call that is left: none, connected, both (new and connected)
	When     string // the announcement: before, between or after the hang-ups
	Order    string // of the hang-ups: XYY, YYX, YXY

	// BlankCaller leaves the caller's side of the doubled hang-up blank.
	BlankCaller bool
}

var plainTransfer = TransferVariant{CallID: "Z", Flows: "R1", Announce: "both", When: "after", Order: "XYY"}

// String is the form ParseTransfer reads: z/r1/both/after/xyy[/blank].
func (v TransferVariant) String() string {
	s := strings.ToLower(strings.Join([]string{v.CallID, v.Flows, v.Announce, v.When, v.Order}, "/"))
	if v.BlankCaller {
		s += "/blank"
	}
	return s
}

// ParseTransfer reads the form of String.
func ParseTransfer(s string) (TransferVariant, error) {
	part := strings.Split(strings.ToLower(s), "/")
	bad := errors.New("callId/flows/announce/when/order[/blank], such as z/r1/both/after/xyy")
	blank := len(part) == 6 && part[5] == "blank"
	if len(part) != 5 && !blank {
		return TransferVariant{}, bad
	}
	if !oneOf(part[0], "z", "x", "y") || !oneOf(part[1], "r1", "r2") || !oneOf(part[2], "none", "connected", "both") ||
		!oneOf(part[3], "before", "between", "after") || !oneOf(part[4], "xyy", "yyx", "yxy") {
		return TransferVariant{}, bad
	}
	return TransferVariant{CallID: strings.ToUpper(part[0]), Flows: strings.ToUpper(part[1]), Announce: part[2], When: part[3],
		Order: strings.ToUpper(part[4]), BlankCaller: blank}, nil
}

// TransferVariants lists the 252 of dossier section 14: where nothing is
// announced only one time is listed.
func TransferVariants() []TransferVariant {
	var out []TransferVariant
	for _, id := range []string{"Z", "X", "Y"} {
		for _, flows := range []string{"R1", "R2"} {
			for _, announce := range []string{"none", "connected", "both"} {
				for _, when := range []string{"before", "between", "after"} {
					if announce == "none" && when != "after" {
						continue
					}
					for _, order := range []string{"XYY", "YYX", "YXY"} {
						for _, blank := range []bool{false, true} {
							out = append(out, TransferVariant{id, flows, announce, when, order, blank})
						}
					}
				}
			}
		}
	}
	return out
}

// steps are the join and everything said of it: the hang-ups of x and y, and
// the announcement of z.
func (v TransferVariant) steps(x, y, z string, pause time.Duration) []Step {
	var announce []Step
	if v.Announce == "both" {
		announce = append(announce, Step{After: pause, Act: Say, Call: z, Event: NewCall, Note: "the call that is left is announced"})
	}
	if v.Announce != "none" {
		announce = append(announce, Step{After: pause, Act: Say, Call: z, Event: CallConnected})
	}
	out := []Step{{Act: Join, Call: x, With: y, As: z, Transfer: v, Note: "the attendant puts the customer through and is out"}}
	if v.When == "before" {
		out = append(out, announce...)
	}
	told := false
	for i, c := range v.Order {
		s := Step{After: pause, Act: Say, Call: x, Event: CallHungUp}
		if c == 'Y' {
			s.Call, s.Blank = y, told && v.BlankCaller
			if told {
				s.Note = "the doubled hang-up, the mark of a transfer"
			}
			told = true
		}
		out = append(out, s)
		if i == 0 && v.When == "between" {
			out = append(out, announce...)
		}
	}
	if v.When == "after" {
		out = append(out, announce...)
	}
	return out
}
