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

// erase takes one telephone number out of a data folder. Where a service uses
// the folder it is asked, and does it in its own memory as well.
func erase(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	past := f.past()
	number := f.text("number", "", "the telephone number, in any form (required)")
	patience := f.text("timeout", "10m", "how long to wait for a running service, which reads its whole journal")
	if err := f.parse(c); err != nil {
		return err
	}
	if !strings.ContainsAny(number.text, "0123456789") {
		return number.wrong("a telephone number")
	}
	wait, err := time.ParseDuration(patience.text)
	if err != nil || wait < time.Second {
		return patience.wrong("a length of time from 1s on, such as 10m")
	}
	store, dir, err := past.open(c.getenv)
	if err != nil {
		return err
	}
	e, err := ask(ctx, store, dir, number.text, wait)
	zone, normal := store.Zone(), store.Normal
	store.Close()
	if free, ok := errors.AsType[*folderFree](err); ok {
		log := slog.New(slog.NewTextHandler(c.stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
		e, err = keeper.Erase(ctx, keeper.Options{Dir: dir, Held: free.held, State: state.Config{Zone: zone, Normal: normal}, Log: log}, normal(number.text))
	}
	if err != nil {
		return err
	}
	noteDown(ctx, c, dir, access.Erased, "the number "+number.text+": "+strconv.Itoa(e.Calls)+" calls, "+strconv.Itoa(e.Journeys)+" journeys")
	fmt.Fprintf(c.stdout, "erased from %d calls, %d journeys, %d entries of the journal, %d frames of the flight recorder, %d backups\n", e.Calls, e.Journeys, e.Entries, e.Frames, e.Backups)
	for _, path := range copiesBeside(dir) {
		fmt.Fprintf(c.stderr, "dashboard erase: %s was put aside earlier and may still have the number: delete it\n", path)
	}
	return nil
}

// A folderFree says that no process uses the data folder; the lock is ours.
type folderFree struct{ held *os.File }

func (*folderFree) Error() string { return "no process uses the data folder" }

// ask asks the process that uses the folder and waits for its answer.
func ask(ctx context.Context, store *history.Store, dir, number string, patience time.Duration) (e history.Erased, err error) {
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
			if id, err = store.RequestErase(ctx, number); err != nil {
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
