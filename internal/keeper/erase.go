package keeper

import (
	"context"
	"maps"
	"slices"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/history"
	"callboard/internal/state"
)

const (
	// requestPeriod is how often requests are looked for.
	requestPeriod = 2 * time.Second
	// requestTime is how long one may take: a large journal is read whole.
	requestTime = 10 * time.Minute
)

// erase answers requests to erase, one after the other.
func (k *Keeper) erase(ctx context.Context) {
	if k.store.Away() != nil || time.Since(k.asked) < requestPeriod {
		return
	}
	k.asked = time.Now()
	if !k.disk.Status().Paused.IsZero() {
		return // nothing can be taken out of a disk that takes nothing
	}
	list, err := k.store.Requests(ctx)
	if err != nil {
		return // the history says so by itself
	}
	for _, r := range list {
		began := time.Now()
		limited, cancel := context.WithTimeout(ctx, requestTime)
		e, err := k.eraseOne(limited, subject{number: r.Number, colleague: r.Colleague})
		cancel()
		if ctx.Err() != nil {
			return // the next process does it again, from the beginning
		}
		failure := ""
		if err != nil {
			failure = err.Error()
			k.log.Error("what was asked to be erased could not be erased everywhere", "error", err)
		} else {
			k.log.Info("a number or colleague was erased", "calls", e.Calls, "journeys", e.Journeys, "entries", e.Entries, "frames", e.Frames, "backups", e.Backups, "took", time.Since(began).Round(time.Millisecond))
		}
		if err := k.store.Answer(ctx, r.ID, e, failure); err != nil {
			k.log.Error("a request to erase could not be answered", "error", err)
		}
	}
}

// A subject is whom to erase: a number in normal form, or a colleague where As
// of it is not empty.
type subject struct {
	number    string
	colleague state.ForgetColleague
}

// forget is the input that erases it from a board.
func (s *subject) forget() state.Fact {
	if s.colleague.As != "" {
		return s.colleague
	}
	return state.Forget{Number: s.number}
}

func (k *Keeper) eraseNumber(ctx context.Context, number string) (history.Erased, error) {
	return k.eraseOne(ctx, subject{number: number})
}

// eraseOne takes a number or a colleague out of the board that is shown, the
// history, its backups, the journal with its snapshots, and the flight recorder.
// Times and durations stay, so that every counter does.
func (k *Keeper) eraseOne(ctx context.Context, who subject) (e history.Erased, err error) {
	match := func(s string) bool {
		if k.opt.State.Normal != nil {
			return s == who.number || k.opt.State.Normal(s) == who.number
		}
		return s == who.number
	}
	if k.board != nil { // first, so that nothing new comes from the board
		k.board.Apply(state.Input{Fact: who.forget()})
		if err := k.pass(ctx, k.appended.Load()); err != nil {
			return e, err
		}
	}
	k.mu.Lock()
	if k.own != nil {
		k.take()
	}
	k.images.list = nil // made before the number was erased
	k.mu.Unlock()
	if err := k.disk.WaitDurable(ctx, k.place()); err != nil {
		return e, err
	}
	k.write(ctx) // what the board told before is in the history now, and is erased there
	without := who.colleague.Without
	var named map[string]bool // oids in the address book of whoever has the number
	if who.colleague.As != "" {
		e, err = k.store.EraseColleague(ctx, who.colleague)
		if err == nil {
			e.Backups, err = k.store.EraseColleagueFromBackups(ctx, who.colleague)
		}
	} else {
		var about map[uint64]bool
		if about, err = k.store.CallsWith(ctx, match); err == nil {
			named, err = k.store.NamedBy(ctx, match)
		}
		if err == nil {
			e, err = k.store.Erase(ctx, match)
		}
		if err == nil {
			e.Backups, err = k.store.EraseBackups(ctx, match)
		}
		without = func(f state.Fact) (state.Fact, bool) {
			if w, ok := f.(state.Word); ok && about[w.Entry] && w.Text != "" && w.Text != state.Erased {
				w.Text = state.Erased // what was written about this customer says who it is
				return w, true
			}
			return withoutName(f, match, named)
		}
	}
	if err != nil {
		return e, err
	}
	frames := k.disk.Status().Frames
	if e.Entries, err = k.disk.Scrub(ctx, without); err != nil {
		return e, err
	}
	unnamed := blankNames(named)
	if k.board != nil {
		for _, n := range unnamed {
			k.board.Apply(state.Input{Fact: n})
		}
	}
	e.Frames = int(frames)
	cfg := k.settling()
	_, err = k.disk.ScrubSnapshots(ctx, func(s eventlog.Snapshot) ([]byte, bool, error) {
		b, err := state.FromImage(cfg, s.Image)
		if err != nil {
			return nil, false, err
		}
		b.Apply(state.Input{At: b.Now(), Fact: who.forget()})
		for _, n := range unnamed {
			b.Apply(state.Input{At: b.Now(), Fact: n})
		}
		image, err := b.Image()
		return image, true, err
	})
	return e, err
}

// withoutName is state.Without, and takes out the names that the address book
// told of whoever has the number: named are their oids. The book is asked after
// a call, so an event that has oid and number stands before the name.
func withoutName(f state.Fact, match func(string) bool, named map[string]bool) (state.Fact, bool) {
	switch f := f.(type) {
	case state.Event:
		for _, p := range [...]*state.Party{&f.Caller, &f.Callee} {
			if p.User == "" && p.Addressable != "" && p.Number != "" && match(p.Number) {
				named[p.Addressable] = true
			}
		}
	case state.Name:
		if f.Kind == state.NameAddressable && named[f.OID] && f.Text != "" {
			f.Text = ""
			return f, true
		}
	}
	return state.Without(f, match)
}

// blankNames tell a board that these entries of the address book have no name.
func blankNames(oids map[string]bool) (list []state.Name) {
	for _, oid := range slices.Sorted(maps.Keys(oids)) {
		list = append(list, state.Name{Kind: state.NameAddressable, OID: oid})
	}
	return list
}

// pass waits until the keeper's own board has come past an entry.
func (k *Keeper) pass(ctx context.Context, seq uint64) error {
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for k.place() < seq {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
	}
	return nil
}
