package app

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/feed"
	"callboard/internal/feed/xelion"
	"callboard/internal/hub"
	"callboard/internal/kpi"
	"callboard/internal/state"
)

// The oracle: a simulated PBX that knows the truth, the real feed client over
// its real protocol, and the real hub, in one bubble of fake time. What the
// board claims is held against what is so.

// pipes is a network of one host over net.Pipe.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}
func (p *pipes) Close() error   { close(p.done); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8} }

// A day is a company, its PBX and a board that watches it.
type day struct {
	t   *testing.T
	pbx *fakepbx.PBX
	hub *hub.Hub
}

// watch runs a company in a bubble for as long as f takes; traffic ends it.
func watch(t *testing.T, opt fakepbx.Options, f func(d *day, goHome func())) {
	synctest.Test(t, func(t *testing.T) {
		opt.User, opt.Password = "api-dash", "canary"
		pbx, err := fakepbx.New(opt)
		if err != nil {
			t.Fatal(err)
		}
		wire := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
		server := &http.Server{Handler: pbx}
		log := slog.New(slog.DiscardHandler)
		var client *xelion.Client
		h := hub.New(hub.Options{Log: log, OnSnapshotWanted: func(why string) { client.RequestSnapshot(why) },
			OnReconnectWanted: func(why string) { client.Reconnect(why) }})
		client, err = xelion.New(xelion.Config{
			URL: "http://127.0.0.1:8", User: "api-dash", Password: "canary", UserSpace: "oracle",
			DataDir: t.TempDir(), Dial: wire.dial, Log: log,
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		work, goHome := context.WithCancel(ctx)
		var parts sync.WaitGroup
		parts.Go(func() { server.Serve(wire) })
		parts.Go(func() { h.Run(ctx) })
		parts.Go(func() { feed.Keep(ctx, client, h, log) })
		time.Sleep(time.Second) // subscribed before the first call
		parts.Go(func() { pbx.Run(work) })
		f(&day{t, pbx, h}, goHome)
		goHome()
		stop()
		server.Close()
		parts.Wait()
		pbx.Close()
		time.Sleep(2 * time.Minute) // the last timers of net/http
	})
}

// pair names a conversation whichever side is which.
func pair(one, two string) string {
	both := []string{one, two}
	slices.Sort(both)
	return strings.Join(both, " with ")
}

// truth and claim list what is going on in the same words.
func (d *day) truth() (list []string) {
	for _, c := range d.pbx.Truth() {
		if c.State == "connected" {
			for _, l := range c.Callees {
				if l.Connected {
					list = append(list, pair(c.Caller.Number, l.Number)+" talk")
				}
			}
			continue
		}
		list = append(list, c.Caller.Number+" rings")
	}
	slices.Sort(list)
	return list
}

func (d *day) claims() (list []string) {
	d.hub.Read(func(b *state.Board, _ time.Time) {
		for c := range b.Calls() {
			if c.Phase == state.Talking {
				list = append(list, pair(c.Caller.Number, c.Callee.Number)+" talk")
			} else {
				list = append(list, c.Caller.Number+" rings")
			}
		}
	})
	slices.Sort(list)
	return list
}

// agrees looks whether the board says what is so, within the limit that a PBX
// needs to tell all of a change (a transfer is several events).
func (d *day) agrees(limit time.Duration) bool {
	for end := time.Now().Add(limit); ; rest(100 * time.Millisecond) {
		if slices.Equal(d.truth(), d.claims()) {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

func (d *day) feed() (f state.Feed) {
	d.hub.Read(func(b *state.Board, _ time.Time) { f = b.Feed() })
	return f
}

// rest lets d pass and everything settle.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (d *day) today() (t state.Today) {
	d.hub.Read(func(b *state.Board, _ time.Time) { t = b.Today() })
	return t
}

// numbersAgree holds the numbers of the day against what the company knows:
// events travel, so sums may differ by some milliseconds a call.
func (d *day) numbersAgree(is fakepbx.Journeys) {
	d.t.Helper()
	got := map[kpi.Name]kpi.Figure{}
	var level []kpi.Ratio
	today, err := d.hub.Day(hub.Query{Page: hub.PageNumbers})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, n := range today.Numbers {
		got[n.Name] = n.Figure
		if n.Name == kpi.NServiceLevel {
			level = n.Variants
		}
	}
	counts := map[kpi.Name]int{kpi.NOffered: is.Offered, kpi.NAnswered: is.Answered, kpi.NUnanswered: is.Unanswered, kpi.NOutbound: is.Outbound, kpi.NMissed: is.Missed}
	for name, want := range counts {
		if f := got[name]; !f.Known || int(f.Value) != want {
			d.t.Errorf("%s is %+v, want %d", name, f, want)
		}
	}
	over := 0 // who still rings past the threshold has failed at once
	for _, c := range d.pbx.Truth() {
		if c.Direction == "inbound" && c.State == "ringing" && time.Since(c.Started) > 20*time.Second {
			over++
		}
	}
	for variant, want := range map[kpi.Variant]kpi.Ratio{
		kpi.InTimeOfAnswered:   {Part: is.InTime, Of: is.Answered},
		kpi.InTimeOfAll:        {Part: is.InTime, Of: is.Answered + is.Unanswered + over},
		kpi.InTimeWithoutEarly: {Part: is.InTime, Of: is.Answered + is.GaveUpLate + over},
	} {
		if r := level[variant-1]; r != want {
			d.t.Errorf("service level by variant %d is %v, want %v", variant, r, want)
		}
	}
	seconds := func(sum time.Duration, n int) float64 { return sum.Seconds() / float64(max(n, 1)) }
	for name, want := range map[kpi.Name]float64{kpi.NASA: seconds(is.Waited, is.Answered), kpi.NGaveUp: seconds(is.GaveUp, is.Unanswered)} {
		if f := got[name]; !f.Known || math.Abs(f.Value-want) > 0.05 {
			d.t.Errorf("%s is %+v, want %.3f s", name, f, want)
		}
	}
}

// On a faultless feed the board is never wrong, second by second, through
// hunting, transfers in every telling, consultations and abandoned calls; and
// the day's counters are the company's own.
func TestBoardEqualsTheCompany(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			watch(t, fakepbx.Options{Seed: seed, CallsPerMinute: 8}, func(d *day, goHome func()) {
				wrong := 0
				for range looks {
					rest(5 * time.Second)
					if !d.agrees(time.Second) {
						if wrong++; wrong <= 3 {
							is, says := d.truth(), d.claims()
							t.Errorf("at %v\nit is    %q\nboard    %q", time.Now().Format(time.TimeOnly), is, says)
						}
					}
				}
				goHome()
				rest(time.Minute)
				if is, says := d.truth(), d.claims(); !slices.Equal(is, says) {
					t.Errorf("the company stands still\nit is    %q\nboard    %q", is, says)
				}
				is, says := d.pbx.Counters().Journeys, d.today()
				d.numbersAgree(is)
				if is.Offered < looks*400/1440 {
					t.Fatalf("only %d journeys: the company was asleep", is.Offered)
				}
				if says.Offered != is.Offered || says.Answered != is.Answered || says.Unanswered != is.Unanswered ||
					says.Missed != is.Missed || says.Outbound != is.Outbound || says.Internal < is.Internal || !says.Complete {
					// Internal may be more: no flow joins a consultation that ends
					// without a transfer to the customer's journey.
					t.Errorf("counters\nit is %+v\nboard %+v", is, says)
				}
			})
		})
	}
}

// However the socket is lost, the board says so while it does not know, and
// equals the company again as soon as it calls itself live.
func TestBoardFindsBackAfterEveryCut(t *testing.T) {
	for _, how := range fakepbx.Cuts {
		t.Run(string(how), func(t *testing.T) {
			watch(t, fakepbx.Options{Seed: 7, CallsPerMinute: 8, CutEvery: 5 * time.Minute, CutHow: how}, func(d *day, goHome func()) {
				// A loss may go unnoticed for 35 s; where the PBX answers every
				// test and merely stops to send events, until the list of active
				// calls gives it away.
				limit := 35 * time.Second
				if how == fakepbx.CutSilent {
					limit = 4 * time.Minute
				}
				lives, wrong := 0, 0
				right := time.Now()
				for range looks {
					rest(5 * time.Second)
					if d.feed().State != state.Live {
						right = time.Now()
						continue
					}
					lives++
					if d.agrees(2 * time.Second) {
						right = time.Now()
					} else if time.Since(right) > limit {
						if wrong++; wrong <= 3 {
							t.Errorf("live at %v, wrong since %v\nit is    %q\nboard    %q",
								time.Now().Format(time.TimeOnly), right.Format(time.TimeOnly), d.truth(), d.claims())
						}
					}
				}
				if lives < looks*1000/1440 {
					t.Errorf("live at %d of %d looks: one cut in five minutes should cost less", lives, looks)
				}
				var gaps []state.Gap
				d.hub.Read(func(b *state.Board, _ time.Time) { gaps = b.Gaps() })
				if len(gaps) < looks*20/1440 || d.today().Complete {
					t.Errorf("%d gaps in the ledger, today complete %v: a cut was made every five minutes", len(gaps), d.today().Complete)
				}
				for _, g := range gaps {
					if !g.To.IsZero() && g.To.Before(g.From) || g.Reason == "" {
						t.Errorf("gap %v to %v, reason %q", g.From, g.To, g.Reason)
					}
				}
			})
		})
	}
}

// Events told twice and out of order never leave a call behind that is over.
func TestBoardSurvivesDisorder(t *testing.T) {
	opt := fakepbx.Options{Seed: 3, CallsPerMinute: 8, DuplicatePercent: 20, ReorderWindow: 300 * time.Millisecond,
		NumericOIDs: true, ExtraKeys: true, UnknownTypes: true, Duration: "mix", BlankFields: []string{"calleeUserAddressable", "initiation"}}
	watch(t, opt, func(d *day, goHome func()) {
		wrong := 0
		for range 60 * 12 {
			rest(5 * time.Second)
			if !d.agrees(3 * time.Second) {
				if wrong++; wrong <= 3 {
					t.Errorf("at %v\nit is    %q\nboard    %q", time.Now().Format(time.TimeOnly), d.truth(), d.claims())
				}
			}
		}
		if wrong > 3 {
			t.Errorf("wrong at %d of 720 looks", wrong)
		}
	})
}
