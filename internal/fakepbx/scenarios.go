package fakepbx

import "time"

const (
	sales = "1601" // oids of lines of the company
	fault = "1604"
)

// Scenarios are the shipped stories, of the dossier's sections 11 and 13 and a
// few more. Those named "transfer ..." are the grid of TransferVariants. Every
// one ends with no call up.
func Scenarios() []Scenario {
	all := append(plainStories(), huntingStories()...)
	all = append(all, troubleStories()...)
	for _, id := range []string{"Z", "X"} {
		all = append(all, blindTransfer(id))
	}
	for _, v := range TransferVariants() {
		all = append(all, AttendantTransfer(v))
	}
	return all
}

// ScenarioNamed finds one of Scenarios.
func ScenarioNamed(name string) (Scenario, bool) {
	for _, s := range Scenarios() {
		if s.Name == name {
			return s, true
		}
	}
	return Scenario{}, false
}

func after(s float64, st Step) Step {
	st.After = time.Duration(s * float64(time.Second))
	return st
}

func offer(call, from, to, line string) Step {
	return Step{Act: Offer, Call: call, From: from, To: to, Line: line}
}
func ring(call, to string) Step   { return Step{Act: Ring, Call: call, To: to} }
func stop(call, to string) Step   { return Step{Act: Stop, Call: call, To: to} }
func miss(call, to string) Step   { return Step{Act: Miss, Call: call, To: to} }
func picks(call, to string) Step  { return Step{Act: Answer, Call: call, To: to} }
func hangUp(call string) Step     { return Step{Act: HangUp, Call: call} }
func say(call, event string) Step { return Step{Act: Say, Call: call, Event: event} }

func plainStories() []Scenario {
	return []Scenario{
		{Name: "inbound answered", About: "A customer calls a line, one person answers, they talk for a minute.", steps: []Step{
			offer("X", "C", "A", sales), after(6, picks("X", "A")), after(60, hangUp("X")),
		}},
		{Name: "outbound", About: "A person calls a customer, who answers.", steps: []Step{
			offer("X", "A", "C", ""), after(9, picks("X", "C")), after(45, hangUp("X")),
		}},
		{Name: "outbound unanswered", About: "A person calls a customer, who does not answer.", steps: []Step{
			offer("X", "A", "C", ""), after(25, hangUp("X")),
		}},
		{Name: "internal", About: "A colleague calls a colleague.", steps: []Step{
			offer("X", "A", "B", ""), after(4, picks("X", "B")), after(30, hangUp("X")),
		}},
		{Name: "abandoned", About: "A customer gives up before anybody answers.", steps: []Step{
			offer("X", "C", "B1", sales), after(18, hangUp("X")), after(.1, miss("X", "B1")),
		}},
		{Name: "queued", About: "All are busy: the call waits on the line, then a telephone rings and is answered.", steps: []Step{
			offer("X", "C", "", sales), after(40, ring("X", "A")), after(5, picks("X", "A")), after(60, hangUp("X")),
		}},
		{Name: "queued and abandoned", About: "All are busy, and the customer gives up in the queue.", steps: []Step{
			offer("X", "C", "", sales), after(70, hangUp("X")),
		}},
		{Name: "consult without transfer", About: "A asks B while C waits, then goes on with C.", steps: []Step{
			offer("X", "C", "A", sales), after(6, picks("X", "A")), after(30, offer("Y", "A", "B", "").within("X")), after(4, picks("Y", "B")),
			after(20, hangUp("Y")), after(30, hangUp("X")),
		}},
		{Name: "caller gone first", About: "The customer's channel is reported gone, the call a moment later.", steps: []Step{
			offer("X", "C", "A", sales), after(5, picks("X", "A")), after(30, stop("X", "C")), after(1, hangUp("X")),
		}},
		{Name: "call waiting", About: "A person in a call is rung by a second customer, who gives up.", steps: []Step{
			offer("X", "C", "A", sales), after(5, picks("X", "A")), after(10, offer("Y", "D", "A", "")), after(20, hangUp("Y")),
			after(.1, miss("Y", "A")), after(30, hangUp("X")),
		}},
	}
}

// within makes an offer part of another call's journey.
func (s Step) within(call string) Step {
	s.With = call
	return s
}

func (s Step) quietly() Step {
	s.Quiet = true
	return s
}

func huntingStories() []Scenario {
	return []Scenario{
		{Name: "hunting parallel", About: "Three telephones of a line ring, each announced; the second answers.", steps: []Step{
			offer("X", "C", "B1", sales), ring("X", "B2"), ring("X", "B3"), after(7, picks("X", "B2")), after(60, hangUp("X")),
		}},
		{Name: "hunting parallel, one newCall", About: "Three telephones ring, the call is announced once.", steps: []Step{
			offer("X", "C", "B1", sales), ring("X", "B2").quietly(), ring("X", "B3").quietly(), after(7, picks("X", "B2")), after(60, hangUp("X")),
		}},
		{Name: "hunting parallel, abandoned", About: "Three telephones ring, nobody answers.", steps: []Step{
			offer("X", "C", "B1", sales), ring("X", "B2"), ring("X", "B3"), after(25, hangUp("X")),
			after(.1, miss("X", "B1")), miss("X", "B2"), miss("X", "B3"),
		}},
		{Name: "hunting linear and missed", About: "The first telephone of a line is not answered, the second is.", steps: []Step{
			offer("X", "C", "B1", fault), after(12, stop("X", "B1")), after(.1, miss("X", "B1")), after(.4, ring("X", "B2")),
			after(6, picks("X", "B2")), after(60, hangUp("X")),
		}},
		{Name: "hunting linear, one newCall", About: "As before, but the second telephone is not announced.", steps: []Step{
			offer("X", "C", "B1", fault), after(12, stop("X", "B1")), after(.1, miss("X", "B1")), after(.4, ring("X", "B2").quietly()),
			after(6, picks("X", "B2")), after(60, hangUp("X")),
		}},
		{Name: "hunting linear, nobody", About: "Two telephones ring in turn, then the customer gives up.", steps: []Step{
			offer("X", "C", "B1", fault), after(12, stop("X", "B1")), after(.1, miss("X", "B1")), after(.4, ring("X", "B2")),
			after(12, stop("X", "B2")), after(.1, miss("X", "B2")), after(3, hangUp("X")),
		}},
	}
}

// AttendantTransfer is C calls A, A calls B, A puts C through, reported the
// given way, and at last C or B hangs up.
func AttendantTransfer(v TransferVariant) Scenario {
	steps := []Step{
		offer("X", "C", "A", sales), after(6, picks("X", "A")),
		after(30, offer("Y", "A", "B", "").within("X")), after(4, picks("Y", "B")), after(15, Step{Act: Wait}),
	}
	steps = append(steps, v.steps("X", "Y", "Z", 120*time.Millisecond)...)
	steps = append(steps, after(60, hangUp("Z")))
	return Scenario{Name: "transfer " + v.String(), About: "C calls A, A asks B and puts C through.", steps: steps}
}

func blindTransfer(id string) Scenario {
	v := plainTransfer
	v.CallID = id
	name := "blind transfer"
	if id == "X" {
		name = "blind transfer, same callId"
	}
	return Scenario{Name: name, About: "C calls A, A sends C on to B without asking. Undocumented: a model.", steps: []Step{
		offer("X", "C", "A", sales), after(6, picks("X", "A")),
		after(20, Step{Act: Redirect, Call: "X", As: "Z", To: "B", Transfer: v, Note: "A is out, B's telephone rings"}),
		after(.1, say("X", CallHungUp)), after(.1, say("Z", NewCall)), after(5, picks("Z", "B")), after(60, hangUp("Z")),
	}}
}

func troubleStories() []Scenario {
	var storm []Step
	thrice := func(st Step, events ...string) {
		storm = append(storm, st)
		for range 2 {
			for _, e := range events {
				storm = append(storm, after(.05, say(st.Call, e)))
			}
		}
	}
	thrice(offer("X", "C", "A", sales), NewCall)
	thrice(after(5, picks("X", "A")), CallConnected, NewCall)
	thrice(after(20, hangUp("X")), CallHungUp, CallConnected, NewCall)
	return []Scenario{
		{Name: "duplicates storm", About: "Everything is said three times, and old news again behind the end.", steps: storm},
		{Name: "reconnect in mid-call", About: "The socket is lost with two calls up; one ends and one begins before the client is back.", steps: []Step{
			offer("X", "C", "A", sales), after(5, picks("X", "A")), after(5, offer("Y", "D", "B", "")), after(4, picks("Y", "B")),
			after(10, Step{Act: CutAll, How: CutAbrupt}), hangUp("Y"), offer("Z", "E", "B2", sales), picks("Z", "B2"),
			after(90, hangUp("X")), after(10, hangUp("Z")),
		}},
		{Name: "socket half-open in mid-call", About: "The socket goes dead without a sign while a call is up, and the call ends unheard.", steps: []Step{
			offer("X", "C", "A", sales), after(5, picks("X", "A")), after(5, Step{Act: CutAll, How: CutHalfOpen}), after(10, hangUp("X")),
			after(110, Step{Act: Wait, Note: "long enough for a client to notice and come back"}),
		}},
		{Name: "PBX restart", About: "Two calls are up when the engine is killed; no hang-up is said. A new call follows.", steps: []Step{
			offer("X", "C", "A", sales), after(5, picks("X", "A")), after(5, offer("Y", "D", "B", sales)), after(5, Step{Act: Restart}),
			after(40, offer("Z", "E", "B2", sales)), after(5, picks("Z", "B2")), after(30, hangUp("Z")),
		}},
		{Name: "callId reuse after restart", About: "After a restart the counter begins anew: another customer's call has the id of one that was up.", steps: []Step{
			{Act: Restart, Note: "so that the counter is where it begins"}, offer("X", "C", "A", sales), after(5, picks("X", "A")),
			after(20, Step{Act: Restart}), after(5, offer("Z", "D", "B", sales)), after(5, picks("Z", "B")), after(30, hangUp("Z")),
		}},
		{Name: "late news", About: "The hang-up comes first, then the rest of the story.", steps: []Step{
			offer("X", "C", "A", sales).quietly(), after(.1, hangUp("X")), after(.1, say("X", CallConnected)), after(.1, say("X", NewCall)),
		}},
	}
}
