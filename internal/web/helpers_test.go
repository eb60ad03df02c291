package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/state"
	"callboard/static"
)

var discard = slog.New(slog.DiscardHandler)

// house is a hub with its web in a bubble of virtual time, which begins at
// midnight UTC of 1 January 2000.
type house struct {
	past    *history.Store // nil where nothing is kept
	hub     *hub.Hub
	metrics *Metrics
	handler http.Handler
	site    *site
	pipes   *pipes
	stop    func() time.Duration
}

// open starts a hub and serves it over pipes; it must be called in a bubble,
// and stop at its end.
func open(t *testing.T, change func(*Config), server func(*http.Server)) *house {
	t.Helper()
	files, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{metrics: NewMetrics(nil), pipes: newPipes()}
	zone := time.FixedZone("CET", 3600)
	h.hub = hub.New(hub.Options{Build: "v1.2.3", Zone: zone, State: state.Config{Zone: zone}, OnEventToFrame: h.metrics.EventToFrame})
	config := Config{Hub: h.hub, Files: files, Metrics: h.metrics, Company: "Bakery", Loopback: true}
	if change != nil {
		change(&config)
	}
	h.site, h.handler, err = build(config)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ran := make(chan error, 1)
	go func() { ran <- h.hub.Run(ctx) }()
	stop := serve(t, h.pipes, h.handler, server)
	h.stop = func() time.Duration {
		took := stop()
		cancel()
		if err := <-ran; err != nil {
			t.Errorf("hub: %v", err)
		}
		return took
	}
	return h
}

func (h *house) apply(f state.Fact) { h.hub.Apply(state.Input{At: time.Now().UTC(), Fact: f}) }

// up connects the feed and lets it prove itself, with no call up.
func (h *house) up() {
	h.apply(state.Link{State: state.LinkUp})
	h.apply(state.Snapshot{RequestedAt: time.Now().UTC()})
	h.apply(state.Proof{RoundTrip: 11 * time.Millisecond})
}

// Parties of the stories.
var (
	bakery  = state.Party{FlowID: "f1", Number: "+31205550101", Addressable: "a1"}
	anna    = state.Party{FlowID: "f2", Number: "201", User: "501", UserAddressable: "b1"}
	dentist = state.Party{FlowID: "f3", Number: "+31205550199"}
	henk    = state.Party{FlowID: "f4", Number: "203", User: "503"}
)

// calls puts two calls on the board: one talks, one rings; a third has ended.
func (h *house) calls() {
	at := time.Now().UTC().Truncate(time.Second)
	h.apply(state.Name{Kind: state.NameUser, OID: "501", Text: "Anna de Vries", Number: "201"})
	h.apply(state.Name{Kind: state.NameLine, OID: "1601", Text: "Sales"})
	h.apply(state.Name{Kind: state.NameAddressable, OID: "a1", Text: "Bakery <Noord> & \"co\""})
	first := state.Event{CallID: "SIP/trunk1-00000a40", Date: at, Caller: dentist, Callee: henk, Line: "1601", Duration: -1}
	for _, kind := range []state.EventType{state.NewCall, state.Connected, state.HungUp} {
		first.Type = kind
		h.apply(first)
		time.Sleep(3 * time.Second)
	}
	at = time.Now().UTC().Truncate(time.Second)
	talk := state.Event{Type: state.NewCall, CallID: "SIP/trunk1-00000a41", Date: at, Caller: bakery, Callee: anna, Line: "1601", Duration: -1}
	h.apply(talk)
	time.Sleep(3 * time.Second)
	talk.Type = state.Connected
	h.apply(talk)
	time.Sleep(time.Second)
	h.apply(state.Event{
		Type: state.NewCall, CallID: "SIP/trunk1-00000a42", Date: time.Now().UTC().Truncate(time.Second), Duration: -1, Line: "1601",
		Caller: state.Party{FlowID: "f8", Number: "+4930123456"}, Callee: state.Party{FlowID: "f9", Number: "202", User: "502"},
	})
	time.Sleep(time.Second)
}

// gap takes the feed away for ten seconds; no list of calls can be had behind it,
// so that nothing confirms the calls.
func (h *house) gap() {
	h.apply(state.Link{State: state.LinkDown, Code: "closed", Reason: "The PBX closed the socket", Attempt: 1})
	time.Sleep(10 * time.Second)
	h.apply(state.Link{State: state.LinkUp})
	h.apply(state.SnapshotFailed{})
	time.Sleep(time.Second)
}

// gaveUp ends the call that rings.
func (h *house) gaveUp() {
	h.apply(state.Event{
		Type: state.HungUp, CallID: "SIP/trunk1-00000a42", Duration: -1, Line: "1601",
		Caller: state.Party{FlowID: "f8", Number: "+4930123456"}, Callee: state.Party{FlowID: "f9", Number: "202", User: "502"},
	})
	time.Sleep(time.Second)
}

// client speaks to the house as a program or, with headers, as a browser.
func (h *house) client() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DialContext: h.pipes.dial, DisableCompression: true, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// board is what hub.Read shows.
type board = state.Board

func textLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

func readAll(res *http.Response) (string, error) {
	b, err := io.ReadAll(res.Body)
	res.Body.Close()
	return string(b), err
}

func read(t *testing.T, res *http.Response) string {
	t.Helper()
	s, err := readAll(res)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// emptyFiles are browser files of which none is there.
func emptyFiles(t *testing.T) *static.Files {
	t.Helper()
	f, err := static.Dev(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return f
}
