package travel

import (
	"context"
	"slices"
	"time"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/rules"
)

const (
	// unused is how long a private hub outlives its last user: long enough for
	// a page to open its stream, and for a person to read it.
	unused = 60 * time.Second
	// mostViews are different pages of one moment.
	mostViews = 16
	// making is how long a board may take to be made.
	making = 20 * time.Second
)

// A moment names a private hub.
type moment struct {
	at   int64 // Unix seconds
	rate int
}

// A visit is a private hub and who uses it. The engine's mu guards all but
// what ready announces.
type visit struct {
	uses int
	used time.Time
	idle *time.Timer // closes it when nobody uses it any more

	ready  chan struct{} // closed when hub and err are there
	hub    *hub.Hub
	err    error
	cancel context.CancelFunc
}

func (v *visit) drop() {
	if v.idle != nil {
		v.idle.Stop()
	}
	v.cancel()
}

// Hub gives the private hub of a moment: standing still with rate 0, else
// played from there on with so many seconds in one. All who ask for the same
// share it; one that is played is where its first viewer has come to. release
// must be called once, when the hub is not used any more. Errors: as of Board,
// ErrBusy, ErrClosed.
func (e *Engine) Hub(ctx context.Context, at time.Time, rate int) (h *hub.Hub, release func(), err error) {
	at = at.UTC().Truncate(time.Second)
	key := moment{at.Unix(), rate}
	e.mu.Lock()
	if e.ctx.Err() != nil {
		e.mu.Unlock()
		return nil, nil, ErrClosed
	}
	v := e.hubs[key]
	if v == nil {
		if !e.room() {
			e.mu.Unlock()
			return nil, nil, ErrBusy
		}
		own, cancel := context.WithCancel(e.ctx)
		v = &visit{ready: make(chan struct{}), cancel: cancel}
		e.hubs[key] = v
		e.running.Go(func() { e.make(own, v, key, at, rate) })
	}
	v.uses++
	if v.idle != nil {
		v.idle.Stop()
		v.idle = nil
	}
	e.mu.Unlock()

	select {
	case <-v.ready:
		err = v.err
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		e.leave(key, v)
		return nil, nil, err
	}
	return v.hub, func() { e.leave(key, v) }, nil
}

// room makes place for one more hub, by the one that was not used for the
// longest. e.mu is held.
func (e *Engine) room() bool {
	if len(e.hubs) < e.cfg.MostHubs {
		return true
	}
	var oldest moment
	var idle *visit
	for key, v := range e.hubs {
		if v.uses == 0 && (idle == nil || v.used.Before(idle.used)) {
			oldest, idle = key, v
		}
	}
	if idle == nil {
		return false
	}
	idle.drop()
	delete(e.hubs, oldest)
	return true
}

// leave gives a use back; the last one starts the time after which the hub
// goes.
func (e *Engine) leave(key moment, v *visit) {
	e.mu.Lock()
	defer e.mu.Unlock()
	v.uses--
	v.used = time.Now()
	if v.uses > 0 || e.hubs[key] != v {
		return
	}
	v.idle = time.AfterFunc(unused, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		if v.uses == 0 && e.hubs[key] == v {
			v.drop()
			delete(e.hubs, key)
		}
	})
}

// make makes the hub of a visit and runs it until the visit ends.
func (e *Engine) make(ctx context.Context, v *visit, key moment, at time.Time, rate int) {
	within, cancel := context.WithTimeout(ctx, making)
	rec, err := e.Board(within, at)
	var up []rules.Episode
	if err == nil {
		up = e.alarmsAt(within, at)
	}
	cancel()
	if err != nil {
		v.err = err
		e.mu.Lock()
		if e.hubs[key] == v { // the next one tries again
			delete(e.hubs, key)
		}
		e.mu.Unlock()
		v.cancel()
		close(v.ready)
		return
	}
	h := hub.New(hub.Options{
		State: e.cfg.State, Build: e.cfg.Build, Zone: e.cfg.Zone, Language: e.cfg.Language, Setup: e.cfg.Setup(),
		MaxViews: mostViews, Log: e.cfg.Log,
		Board: rec.Board, At: at, Rate: float64(rate), Record: rec.Record, Alarms: up,
	})
	v.hub = h
	close(v.ready)
	if rate > 0 {
		e.running.Go(func() { e.play(ctx, h, rec) })
	}
	h.Run(ctx)
}

// chatterSpan is how far back raises count that are over.
const chatterSpan = time.Hour

// alarmsAt are the alarms that stood at a moment or in the hour before it, by
// the ledger.
func (e *Engine) alarmsAt(ctx context.Context, at time.Time) []rules.Episode {
	if e.cfg.Ledger == nil {
		return nil
	}
	stood, err := e.cfg.Ledger.Alarms(ctx, at.Add(-chatterSpan), at.Add(time.Nanosecond))
	if err != nil {
		e.cfg.Log.Warn("the alarms of a moment cannot be read", "error", err)
		return nil
	}
	stood = slices.DeleteFunc(stood, func(a history.Alarm) bool {
		return a.From.After(at) || a.Scope != "" && a.Scope != "call" && a.Scope != "board"
	})
	var up []rules.Episode
	for _, a := range stood {
		episode := rules.Episode{Kind: rules.Kind(a.Kind), Call: a.Call, From: a.From, To: a.To}
		if episode.To.After(at) { // it was to go on for a while
			episode.To = time.Time{}
		}
		up = append(up, episode)
	}
	return up
}
