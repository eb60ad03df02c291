package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"net"
	"os"
	"sync"
	"time"

	"callboard/internal/capture"
	"callboard/internal/feed/xelion"
	"callboard/internal/hub"
	"callboard/internal/number"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/web"
	"callboard/static"
)

// ReplayOptions say what is played and how.
type ReplayOptions struct {
	File            string                                     // a recording of "dashboard capture"
	Listen          string                                     // host:port
	Form            func(*time.Location) (*number.Form, error) // of numbers, by the recording's zone; nil is that of number.DefaultRegion
	Rate            float64                                    // seconds of the recording in one; infinite plays all at once and stands still at the end
	Version, Commit string                                     // of this build
	Log             *slog.Logger
}

// Replay plays a recording into a board of its own and serves it until ctx
// ends. When the recording is over the board stands still.
func Replay(ctx context.Context, opt ReplayOptions) error {
	inputs, head, err := readRecording(opt.File)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(head.Zone)
	if err != nil {
		zone = time.UTC
	}
	form := opt.Form
	if form == nil {
		form = func(*time.Location) (*number.Form, error) { return number.New(number.DefaultRegion) }
	}
	normal, err := form(zone)
	if err != nil {
		return err
	}
	begin, rate := inputs[0].At, opt.Rate
	if math.IsInf(rate, 1) {
		begin, rate = inputs[len(inputs)-1].At, 0
	}
	files, err := static.New()
	if err != nil {
		return err
	}
	h := hub.New(hub.Options{
		State: state.Config{Zone: zone, Normal: normal.Normal}, Zone: zone, Build: buildName(Options{Version: opt.Version, Commit: opt.Commit}),
		Setup:  hub.Setup{Rules: rules.Default()},
		Notice: hub.Notice{Text: "Recording of " + head.From.In(zone).Format(time.DateTime) + " to " + head.To.In(zone).Format(time.DateTime), Since: begin}, Log: opt.Log.With("part", "hub"), At: begin, Rate: rate,
		PBX: func() hub.PBX { return hub.PBX{Product: "recording", Version: head.Version} },
	})
	host, _, err := net.SplitHostPort(opt.Listen)
	if err != nil {
		return fmt.Errorf("listen address: %w", err)
	}
	handler, err := web.New(web.Config{Hub: h, Files: files, Metrics: web.NewMetrics(func() int { return 0 }), Loopback: Loopback(host), Log: opt.Log.With("part", "web")})
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", opt.Listen)
	if err != nil {
		return err
	}
	a := &App{log: opt.Log, ln: ln, hub: h, handler: handler}
	opt.Log.Info("listening", "addr", ln.Addr().String(), "url", "http://"+ln.Addr().String()+"/")
	opt.Log.Info("playing a recording", "inputs", len(inputs), "from", head.From, "to", head.To)

	requests, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	server := web.Server(requests, handler, opt.Log)
	var parts sync.WaitGroup
	failed := make(chan error, 2)
	parts.Go(func() {
		if err := h.Run(ctx); err != nil && ctx.Err() == nil {
			failed <- err
		}
	})
	parts.Go(func() {
		if err := a.serve(server); err != nil {
			failed <- err
		}
	})
	parts.Go(func() { play(ctx, h, inputs, rate, opt.Log) })
	select {
	case <-ctx.Done():
		err = nil
	case err = <-failed:
	}
	a.shutdown(server, cut)
	if err == nil {
		parts.Wait()
	}
	return err
}

// play tells a hub the inputs of a recording as its clock comes to them, and
// fires the timers between. A rate of 0 tells all at once.
func play(ctx context.Context, h *hub.Hub, inputs []state.Input, rate float64, log *slog.Logger) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for len(inputs) > 0 {
		now := h.Now()
		for len(inputs) > 0 && (rate == 0 || !inputs[0].At.After(now)) {
			h.Apply(inputs[0])
			inputs = inputs[1:]
		}
		if len(inputs) == 0 {
			break
		}
		h.Advance(now)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
	log.Info("the recording is over")
}

// collector is a sink that keeps inputs. Their order is that of time.
type collector struct{ inputs []state.Input }

func (c *collector) Apply(in state.Input) {
	in.At = in.At.UTC()
	if n := len(c.inputs); n > 0 && in.At.Before(c.inputs[n-1].At) {
		in.At = c.inputs[n-1].At
	}
	c.inputs = append(c.inputs, in)
}

// readRecording takes a recording apart as the feed would have.
func readRecording(name string) ([]state.Input, capture.Header, error) {
	var head capture.Header
	f, err := os.Open(name)
	if err != nil {
		if reason, ok := errors.AsType[*fs.PathError](err); ok {
			err = reason.Err
		}
		return nil, head, fmt.Errorf("open %s: %w", name, err)
	}
	defer f.Close()
	all := &collector{}
	var player *xelion.Replayer
	err = capture.Read(f, func(h capture.Header) error {
		zone, err := time.LoadLocation(h.PBXZone)
		if err != nil {
			zone = time.UTC
		}
		head, player = h, xelion.NewReplayer(all, zone)
		return nil
	}, func(f capture.Frame) error {
		player.Frame(f.At, f.Kind, f.Body)
		return nil
	})
	if err == nil && len(all.inputs) == 0 {
		err = errors.New("there is nothing in the recording")
	}
	if err != nil {
		return nil, head, fmt.Errorf("%s: %w", name, err)
	}
	return all.inputs, head, nil
}
