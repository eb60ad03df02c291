package app

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/capture"
	"callboard/internal/fakepbx"
	"callboard/internal/feed"
	"callboard/internal/feed/xelion"
	"callboard/internal/state"
)

// A listener is a sink that keeps a board, its codes and what was told.
type listener struct {
	mu     sync.Mutex // guards what follows
	board  *state.Board
	codes  []uint64 // each other than the one before
	inputs []state.Input
}

func newListener() *listener { return &listener{board: state.New(state.Config{})} }

func (l *listener) Apply(in state.Input) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inputs = append(l.inputs, in)
	l.board.Apply(in)
	if code := l.board.Code(); len(l.codes) == 0 || l.codes[len(l.codes)-1] != code {
		l.codes = append(l.codes, code)
	}
}

// numbers and names that were told.
func (l *listener) told() (numbers, names map[string]bool) {
	numbers, names = map[string]bool{}, map[string]bool{}
	for _, in := range l.inputs {
		switch f := in.Fact.(type) {
		case state.Event:
			for _, p := range []state.Party{f.Caller, f.Callee} {
				numbers[p.Number] = true
				if p.User != "" {
					names[p.User] = true // ids count as names: they are looked up in the PBX
				}
			}
		case state.Name:
			numbers[f.Number], names[f.Text] = true, true
		case state.Snapshot:
			for _, ch := range f.Channels {
				numbers[ch.Number], names[ch.Name] = true, true
			}
		case state.PresenceList:
			for _, p := range f.Entries {
				names[p.Name], names[p.Message] = true, true
			}
		}
	}
	for _, nobody := range []string{"", "anonymous"} { // said in place of a number
		delete(numbers, nobody)
		delete(names, nobody)
	}
	return numbers, names
}

// TestCaptureOfAnHour records a simulated hour with a cut in it, makes the
// recording anonymous, and plays it back: not one of the company's names and
// numbers is in it, and a board comes to the same codes in the same order.
func TestCaptureOfAnHour(t *testing.T) {
	var frames []capture.Frame
	live := newListener()
	synctest.Test(t, func(t *testing.T) {
		opt := fakepbx.DemoOptions()
		opt.Seed, opt.CallsPerMinute, opt.Users = 11, 6, 25
		opt.User, opt.Password = "api-dash", "canary-password"
		pbx, err := fakepbx.New(opt)
		if err != nil {
			t.Fatal(err)
		}
		wire := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
		server := &http.Server{Handler: pbx}
		log := slog.New(slog.DiscardHandler)
		var mu sync.Mutex
		record := func(at time.Time, kind string, body []byte) {
			mu.Lock()
			defer mu.Unlock()
			frames = append(frames, capture.Frame{At: at, Kind: kind, Body: bytes.Clone(body)})
		}
		client, err := xelion.New(xelion.Config{
			URL: "http://127.0.0.1:8", User: "api-dash", Password: "canary-password", UserSpace: "canary-space",
			DataDir: t.TempDir(), Dial: wire.dial, Log: log, OnFrame: record,
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		var parts sync.WaitGroup
		parts.Go(func() { server.Serve(wire) })
		parts.Go(func() { feed.Keep(ctx, client, xelion.RecordLinks(live, record), log) })
		time.Sleep(time.Second)
		parts.Go(func() { pbx.Run(ctx) })
		time.Sleep(25 * time.Minute)
		client.Reconnect("a new link")
		time.Sleep(35 * time.Minute)
		stop()
		server.Close()
		parts.Wait()
		pbx.Close()
		time.Sleep(2 * time.Minute)
	})
	source := func(fn func(capture.Frame) error) error {
		for _, f := range frames {
			if err := fn(f); err != nil {
				return err
			}
		}
		return nil
	}
	var out bytes.Buffer
	head, err := capture.Write(&out, capture.Header{Version: "test", PBXZone: "UTC", Zone: "UTC"}, source)
	if err != nil || head.Frames != len(frames) || head.Frames < 500 {
		t.Fatalf("%+v, %d frames: %v", head, len(frames), err)
	}
	text := out.String()
	numbers, names := live.told()
	if len(numbers) < 50 || len(names) < 20 {
		t.Fatalf("%d numbers and %d names were told: this test would prove little", len(numbers), len(names))
	}
	for n := range numbers {
		if len(n) >= 6 && strings.Contains(text, n) {
			t.Errorf("the number %s is in the recording", n)
		}
	}
	for n := range names {
		if len(n) >= 4 && strings.Contains(text, n) {
			t.Errorf("%q is in the recording", n)
		}
	}
	for _, canary := range []string{"canary", "api-dash", "Bearer", "token"} {
		if strings.Contains(text, canary) {
			t.Errorf("%q is in the recording", canary)
		}
	}
	again := newListener()
	player := xelion.NewReplayer(again, time.UTC)
	if err := capture.Read(strings.NewReader(text), func(capture.Header) error { return nil }, func(f capture.Frame) error {
		player.Frame(f.At, f.Kind, f.Body)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	replayed, _ := again.told()
	for n := range numbers {
		if replayed[n] {
			t.Errorf("the number %s is told again", n)
		}
	}
	if !slices.Equal(live.codes, again.codes) {
		i := 0
		for i < min(len(live.codes), len(again.codes)) && live.codes[i] == again.codes[i] {
			i++
		}
		t.Fatalf("%d codes and %d when played back, the same up to %d", len(live.codes), len(again.codes), i)
	}
	if len(live.codes) < 500 || again.board.Today().Offered != live.board.Today().Offered {
		t.Errorf("%d codes, today %+v and %+v", len(live.codes), live.board.Today(), again.board.Today())
	}
}
