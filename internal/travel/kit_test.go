package travel_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/fakepbx"
	"callboard/internal/feed"
	"callboard/internal/feed/xelion"
	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/travel"
)

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

// A house is a company, its PBX, a board that watches it, and the record of
// what the board was told.
type house struct {
	t      *testing.T
	cfg    state.Config
	disk   *eventlog.Disk
	travel *travel.Engine
	client *xelion.Client

	mu     sync.Mutex // guards what follows
	hub    *hub.Hub
	stop   func()
	alarms []rules.Episode
}

// live is the house's hub of now, as a sink that outlives it.
func (h *house) live() *hub.Hub {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.hub
}
func (h *house) Apply(in state.Input) { h.live().Apply(in) }

// linked reports whether the board hears its PBX.
func (h *house) linked() (yes bool) {
	h.live().Read(func(b *state.Board, _ time.Time) { yes = b.Feed().State == state.Live })
	return yes
}

// version is how often the board changed.
func (h *house) version() (v uint64) {
	h.live().Read(func(b *state.Board, _ time.Time) { v = b.Version() })
	return v
}

// Alarms and the others make the house a ledger.
func (h *house) Alarms(_ context.Context, from, to time.Time) (list []history.Alarm, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range h.alarms {
		if e.From.Before(to) && (e.To.IsZero() || e.To.After(from)) {
			list = append(list, history.Alarm{Key: e.ID(), Kind: string(e.Kind), Call: e.Call, From: e.From, To: e.To})
		}
	}
	return list, nil
}
func (h *house) Gaps(_ context.Context, from, to time.Time) (list []history.Gap, err error) {
	h.live().Read(func(b *state.Board, _ time.Time) {
		for _, g := range b.Gaps() {
			if g.From.Before(to) && (g.To.IsZero() || g.To.After(from)) {
				list = append(list, history.GapOf(g))
			}
		}
	})
	return list, nil
}
func (h *house) Calls(context.Context, history.Filter, history.Cursor, int) ([]history.Call, history.Cursor, error) {
	return nil, history.Cursor{}, nil
}

// open makes a record in a folder of the test.
func open(t *testing.T, zone *time.Location, commit time.Duration) *house {
	disk, err := eventlog.Open(filepath.Join(t.TempDir(), "journal.db"), eventlog.Options{Commit: commit})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, cfg: state.Config{Zone: zone}, disk: disk}
	h.travel = travel.New(disk, travel.Config{
		State: h.cfg, Zone: zone, Ledger: h, Now: func() time.Time { return h.live().Now() },
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	return h
}

func (h *house) close() {
	h.travel.Close()
	if err := h.disk.Close(); err != nil {
		h.t.Error(err)
	}
}

// begin starts a hub that tells the record, with the board of the one before.
func (h *house) begin(ctx context.Context, board *state.Board) {
	h.mu.Lock()
	up := slices.Clone(h.alarms) // one that goes on is the same over a restart
	h.mu.Unlock()
	live := hub.New(hub.Options{State: h.cfg, Zone: h.cfg.Zone, Board: board, Alarms: up,
		OnSnapshotWanted:  func(why string) { h.client.RequestSnapshot(why) },
		OnReconnectWanted: func(why string) { h.client.Reconnect(why) },
		OnInput: func(in state.Input) uint64 {
			seq, err := h.disk.Append(context.WithoutCancel(ctx), eventlog.Entry{At: in.At, Fact: in.Fact})
			if err != nil {
				h.t.Error(err)
			}
			return seq
		},
		OnAlarm: func(e rules.Episode) {
			h.mu.Lock()
			defer h.mu.Unlock()
			if i := slices.IndexFunc(h.alarms, func(o rules.Episode) bool { return o.ID() == e.ID() }); i >= 0 {
				h.alarms[i] = e
			} else {
				h.alarms = append(h.alarms, e)
			}
		},
	})
	run, cancel := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() { live.Run(run) })
	h.mu.Lock()
	h.hub, h.stop = live, func() { cancel(); done.Wait() }
	h.mu.Unlock()
}

// keep stores an image of the board, as of its last input.
func (h *house) keep() {
	var kept eventlog.Snapshot
	h.live().Read(func(b *state.Board, _ time.Time) {
		bounds, err := h.disk.Bounds(context.Background())
		if err != nil {
			h.t.Fatal(err)
		}
		image, err := b.Image()
		if err != nil {
			h.t.Fatal(err)
		}
		kept = eventlog.Snapshot{Seq: bounds.Last, At: b.Now(), Image: image}
	})
	if err := h.disk.SaveSnapshot(context.Background(), kept); err != nil {
		h.t.Fatal(err)
	}
}

// watch runs a company in a bubble whose clock begins late in the evening, so
// that midnight falls into the test.
func watch(t *testing.T, opt fakepbx.Options, f func(t *testing.T, h *house)) {
	synctest.Test(t, func(t *testing.T) {
		zone := time.FixedZone("late", 22*3600+30*60)
		opt.User, opt.Password = "api-dash", "canary"
		pbx, err := fakepbx.New(opt)
		if err != nil {
			t.Fatal(err)
		}
		wire := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
		server := &http.Server{Handler: pbx}
		log := slog.New(slog.DiscardHandler)
		h := open(t, zone, time.Minute)
		ctx, stop := context.WithCancel(t.Context())
		h.begin(ctx, nil)
		h.client, err = xelion.New(xelion.Config{
			URL: "http://127.0.0.1:8", User: "api-dash", Password: "canary", UserSpace: "travel",
			DataDir: t.TempDir(), Dial: wire.dial, Log: log,
		})
		if err != nil {
			t.Fatal(err)
		}
		var parts sync.WaitGroup
		parts.Go(func() { server.Serve(wire) })
		parts.Go(func() { feed.Keep(ctx, h.client, h, log) })
		time.Sleep(time.Second)
		work, goHome := context.WithCancel(ctx)
		parts.Go(func() { pbx.Run(work) })
		defer func() { // also when f gives up: a bubble waits for all that runs in it
			goHome()
			stop()
			server.Close()
			h.stop()
			h.close()
			parts.Wait()
			pbx.Close()
			time.Sleep(2 * time.Minute) // the last timers of net/http
		}()
		f(t, h)
	})
}

// rest lets d pass and everything settle.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// A shown is what a page said.
type shown struct {
	code, hash, live string
	rows             string
	parts            map[string]string
}

// A view is a page that the tests look at.
type view struct{ page, query string }

var viewed = []view{
	{hub.PageBoard, ""}, {hub.PageBoard, "dir=inbound"}, {hub.PagePeople, ""}, {hub.PageNumbers, ""}, {hub.PageMissed, ""}, {hub.PageLines, ""},
	{hub.PageWall, "rotate=numbers,people,calls,line"},
}

func (v view) of(t *testing.T, h *hub.Hub) shown {
	t.Helper()
	values := map[string][]string{}
	for field := range strings.SplitSeq(v.query, "&") {
		if name, value, ok := strings.Cut(field, "="); ok {
			values[name] = []string{value}
		}
	}
	q, err := hub.ParseQuery(v.page, values)
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.Picture(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	s := shown{code: p.Strip.Code, hash: p.Hash, live: p.Live, parts: map[string]string{}}
	for _, it := range p.Items {
		s.rows += it.ID + " " + it.Rev + " " + plain(string(it.HTML)) + "\n"
	}
	var data struct{ Parts map[string]string }
	if err := json.Unmarshal(p.Snapshot, &data); err != nil {
		t.Fatal(err)
	}
	for id, html := range data.Parts {
		if id != "p-reached" && id != "p-strip" { // a recorded page says there how it was made
			s.parts[id] = plain(html)
		}
	}
	if p.Live != "live" { // what an alarm had read last, before the doubt was noticed, is in no record: which there were is
		s.parts["p-alarms"] = strings.Join(alarmed.FindAllString(s.parts["p-alarms"], -1), "")
		s.parts["p-wall-band"] = figures.ReplaceAllString(s.parts["p-wall-band"], "")
	}
	return s
}

var (
	figures = regexp.MustCompile(`\d+`)
	alarmed = regexp.MustCompile(`data-alarm-id="[^"]*"`)

	acts   = regexp.MustCompile(`<div class="acts" data-needs="act">.*?</div>| data-act="[^"]*"|<input type="hidden" name="at"[^>]*>`)
	moment = regexp.MustCompile(`(\?|&amp;)at=[^"&]*(&amp;play=\d+)?`)
	// ages: how far a meter was when its row changed last, when an alarm was said
	// last, which second was the last before its reading became unknown, and who
	// chatted while a rule still held that is ending
	ages = regexp.MustCompile(`<rect class="val" y="3" width="\d+"| data-at="\d+"|, as of \d\d:\d\d:\d\d|>\d+ [^<]* colleagues talk internally[^<,]*(, [^<]*\))?`)
)

// plain is what a page says without ages, and without what only one of two
// pages has: what can be done, and the moment in addresses.
func plain(html string) string {
	return ages.ReplaceAllString(moment.ReplaceAllString(acts.ReplaceAllString(html, ""), ""), "")
}
