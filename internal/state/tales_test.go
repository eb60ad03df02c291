package state

import "time"

// A tale is a short story as bare events, for tests that tell it in every
// order, lossy and with repetitions. Events of one call are in the order in
// which the PBX sends them when nothing goes wrong.
type tale struct {
	name   string
	pace   time.Duration // between events where the tale is told in its own order
	events []Event
	// What the counters may reach in the worst order; in the tale's own order
	// they reach it exactly.
	// rings: told in a wild order the tale may leave a phone ringing until a
	// timer or a list ends it. A phone first heard of after the hang-up cannot be
	// told from a call that hunts on under the same id.
	rings                                                     bool
	offered, answered, unanswered, outbound, internal, missed int
}

var taleDay = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// side makes a party; user 5xx has the extension 2xx.
func side(flow, number, user string) Party {
	p := Party{FlowID: flow, Number: number, User: user}
	if number != "" {
		p.CallLog = "log of " + number
	}
	return p
}

// about makes the events of one call between two parties.
func about(callID string, second int, caller, callee Party, line string, types ...EventType) []Event {
	var events []Event
	for _, typ := range types {
		events = append(events, Event{
			Type: typ, CallID: callID, Date: taleDay.Add(time.Duration(second) * time.Second),
			Caller: caller, Callee: callee, Line: line, Duration: -1,
		})
	}
	return events
}

func tell(parts ...[]Event) (events []Event) {
	for _, p := range parts {
		events = append(events, p...)
	}
	return events
}

var (
	custC = side("fC", "+31205550101", "")
	custE = side("fE", "+31205550777", "")
	annaX = side("fA1", "201", "501")
	annaY = side("fA2", "201", "501")
	bramY = side("fB", "202", "502")
	lost1 = side("", "", "")
)

// shortTales are told in all orders: up to 8 events each.
var shortTales = []tale{
	{
		name: "attendant transfer",
		events: tell(
			about("X", 0, custC, annaX, "1601", NewCall, Connected),
			about("Y", 60, annaY, bramY, "", NewCall, Connected),
			about("X", 0, custC, annaX, "1601", HungUp),
			about("Y", 60, annaY, bramY, "", HungUp, HungUp),
			about("Z", 80, custC, bramY, "", HungUp),
		),
		offered: 1, answered: 1, internal: 0,
	},
	{
		name: "parallel hunting", rings: true,
		events: tell(
			about("X", 0, custC, side("fB1", "201", "501"), "1601", NewCall),
			about("X", 0, custC, side("fB2", "202", "502"), "1601", NewCall),
			about("X", 0, custC, side("fB3", "203", "503"), "1601", NewCall),
			about("X", 0, custC, side("fB2", "202", "502"), "1601", Connected),
			about("X", 0, lost1, side("fB1", "201", "501"), "", ChannelHungUp),
			about("X", 0, lost1, side("fB3", "203", "503"), "", ChannelHungUp),
			about("X", 0, custC, lost1, "", ChannelHungUp),
			about("X", 0, custC, side("fB2", "202", "502"), "1601", HungUp),
		),
		offered: 1, answered: 1,
	},
	{
		name: "linear hunting with missed", rings: true,
		events: tell(
			about("X", 0, custC, side("fB1", "201", "501"), "1601", NewCall),
			about("X", 0, lost1, side("fB1", "201", "501"), "", ChannelHungUp),
			about("X", 0, custC, side("fB1", "201", "501"), "1601", Missed),
			about("X", 0, custC, side("fB2", "202", "502"), "1601", NewCall),
			about("X", 0, custC, side("fB2", "202", "502"), "1601", Missed),
			about("X", 0, custC, side("fB3", "203", "503"), "1601", NewCall, Connected, HungUp),
		),
		offered: 1, answered: 1, missed: 2,
	},
	{
		name: "blind transfer",
		events: tell(
			about("X", 0, custC, annaX, "1601", NewCall, Connected),
			about("X", 0, lost1, annaX, "", ChannelHungUp),
			about("X", 0, custC, annaX, "1601", HungUp),
			about("Z", 80, custC, bramY, "", NewCall, Connected),
			about("Z", 80, lost1, bramY, "", ChannelHungUp),
			about("Z", 80, custC, bramY, "", HungUp),
		),
		offered: 1, answered: 1,
	},
	{
		name: "consultation without transfer",
		pace: 5 * time.Second,
		events: tell(
			about("X", 0, custC, annaX, "1601", NewCall, Connected),
			about("Y", 60, annaY, bramY, "", NewCall, Connected),
			about("Y", 60, lost1, bramY, "", ChannelHungUp),
			about("Y", 60, annaY, bramY, "", HungUp),
			about("X", 0, custC, lost1, "", ChannelHungUp),
			about("X", 0, custC, annaX, "1601", HungUp),
		),
		offered: 1, answered: 1, internal: 1,
	},
	{
		name: "id used again after a restart",
		events: tell(
			about("X", 0, custC, annaX, "1601", NewCall, Connected, HungUp),
			about("X", 300, custE, side("fD", "203", "503"), "1601", NewCall, Connected, HungUp),
			about("X", 300, lost1, side("fD", "203", "503"), "", ChannelHungUp),
		),
		offered: 2, answered: 2,
	},
}
