package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/history"
	"callboard/internal/keeper"
	"callboard/internal/state"
)

// erase takes one telephone number, or one of the company's own people, out of a
// data folder. Where a service uses the folder it is asked, and does it in its own
// memory as well.
func erase(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	past := f.past()
	number := f.text("number", "", "the telephone number, in any form; this or --person")
	person := f.alone("person", "one of the company's own people instead: name, extension or oid at the PBX, or login name of an account")
	dry := &setting{name: "dry-run", text: "false", boolean: true}
	f.Var(dry, "dry-run", "say who is meant and how much there is in the history, and change nothing")
	patience := f.text("timeout", "10m", "how long to wait for a running service, which reads its whole journal")
	if err := f.parse(c); err != nil {
		return err
	}
	switch {
	case person.text != "" && number.text != "":
		return person.wrong("nothing beside --number")
	case person.text == "" && !strings.ContainsAny(number.text, "0123456789"):
		return number.wrong("a telephone number")
	}
	only, err := dry.bool()
	if err != nil {
		return err
	}
	wait, err := time.ParseDuration(patience.text)
	if err != nil || wait < time.Second {
		return patience.wrong("a length of time from 1s on, such as 10m")
	}
	store, dir, err := past.open(c.getenv)
	if err != nil {
		return err
	}
	defer store.Close()
	o := &erasure{call: c, store: store, dir: dir, wait: wait, dry: only}
	if person.text != "" {
		return o.person(ctx, person)
	}
	return o.number(ctx, number.text)
}

// An erasure is one use of the command.
type erasure struct {
	*call
	store *history.Store
	dir   string
	wait  time.Duration
	dry   bool
}

func (o *erasure) number(ctx context.Context, number string) error {
	normal := o.store.Normal(number)
	if o.dry {
		about, err := o.store.About(ctx, func(told string) bool { return told == normal || o.store.Normal(told) == normal })
		if err == nil {
			fmt.Fprintf(o.stdout, "the history has the number in %d calls and as the customer of %d journeys; nothing was erased\n", len(about.Calls), len(about.Journeys))
		}
		return err
	}
	e, err := o.everywhere(ctx,
		func(ctx context.Context) (int64, error) { return o.store.RequestErase(ctx, number) },
		func(opt keeper.Options) (history.Erased, error) { return keeper.Erase(ctx, opt, normal) })
	if err != nil {
		return err
	}
	noteDown(ctx, o.call, o.dir, access.Erased, "the number "+number+": "+strconv.Itoa(e.Calls)+" calls, "+strconv.Itoa(e.Journeys)+" journeys")
	o.done(e)
	return nil
}

// done says what was found, and what is out of reach.
func (o *erasure) done(e history.Erased) {
	fmt.Fprintf(o.stdout, "erased from %d calls, %d journeys, %d entries of the journal, %d frames of the flight recorder, %d backups\n", e.Calls, e.Journeys, e.Entries, e.Frames, e.Backups)
	for _, path := range copiesBeside(o.dir) {
		fmt.Fprintf(o.stderr, "dashboard erase: %s was put aside earlier and may still have it: delete it\n", path)
	}
}

// everywhere asks whoever uses the folder, or does it where nobody does.
func (o *erasure) everywhere(ctx context.Context, request func(context.Context) (int64, error), alone func(keeper.Options) (history.Erased, error)) (history.Erased, error) {
	e, err := ask(ctx, o.store, o.dir, request, o.wait)
	free, ok := errors.AsType[*folderFree](err)
	if !ok {
		return e, err
	}
	zone, normal := o.store.Zone(), o.store.Normal
	o.store.Close()
	log := slog.New(slog.NewTextHandler(o.stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	return alone(keeper.Options{Dir: o.dir, Held: free.held, State: state.Config{Zone: zone, Normal: normal}, Log: log})
}

// A folderFree says that no process uses the data folder; the lock is ours.
type folderFree struct{ held *os.File }

func (*folderFree) Error() string { return "no process uses the data folder" }

// ask asks the process that uses the folder and waits for its answer.
func ask(ctx context.Context, store *history.Store, dir string, request func(context.Context) (int64, error), patience time.Duration) (e history.Erased, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	id := int64(0)
	defer func() {
		if err != nil && id != 0 {
			withdraw := context.WithoutCancel(ctx)
			err = errors.Join(err, store.Withdraw(withdraw, id))
		}
	}()
	look := time.NewTicker(200 * time.Millisecond)
	defer look.Stop()
	for {
		held, err := keeper.Lock(dir)
		if _, used := errors.AsType[*keeper.LockedError](err); !used {
			if err != nil {
				return e, err
			}
			return e, &folderFree{held}
		}
		if id == 0 {
			if id, err = request(ctx); err != nil {
				return e, err
			}
		}
		if e, answered, err := store.Answered(ctx, id); answered || err != nil {
			id = 0
			return e, err
		}
		select {
		case <-ctx.Done():
			return e, fmt.Errorf("the service did not answer within %s: its disk may be full; nothing is known to be erased", patience)
		case <-look.C:
		}
	}
}

// copiesBeside are files that an erasure does not open.
func copiesBeside(dir string) (list []string) {
	for _, pattern := range []string{"*.broken-*", "*.schema*"} {
		some, _ := filepath.Glob(filepath.Join(dir, pattern)) // the pattern is valid; a folder's name with brackets finds nothing
		list = append(list, some...)
	}
	return list
}
