package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"callboard/internal/hub"
	"callboard/internal/state"
	"callboard/internal/statefile"
)

// callIDs keeps the promise that an id of ours is never used again, also not
// by the next process: a link to a call must not open another one. A block of
// ids is reserved on disk before any of it is given out; a crash wastes what
// was left of the block, a clean stop wastes nothing.
type callIDs struct {
	path     string
	log      *slog.Logger
	first    uint64 // of this process
	reserved uint64 // ids below it may be given out
}

const (
	callIDBlock  = 10_000
	callIDMargin = callIDBlock / 2  // reserve more when fewer are left
	callIDLook   = 10 * time.Second // how often to look
	callIDFile   = "next-call-id"
)

// newCallIDs reads where the last process stopped and reserves a block. Where
// the file cannot be read or written, ids begin at the seconds since 2020, far
// above anything given out one by one.
func newCallIDs(dataDir string, log *slog.Logger) *callIDs {
	ids := &callIDs{path: filepath.Join(dataDir, callIDFile), log: log, first: 1}
	raw, err := statefile.Read(ids.path)
	if err == nil {
		if ids.first, err = strconv.ParseUint(strings.TrimSpace(string(raw)), 10, 62); err != nil || ids.first == 0 {
			err = statefile.Aside(ids.path, "it holds no number")
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		ids.first = uint64(time.Since(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)).Seconds())
		log.Warn("ids of calls begin anew at a high number", "error", err)
	}
	ids.reserve(ids.first + callIDBlock)
	return ids
}

// reserve writes that ids below next are, or may be, given out.
func (ids *callIDs) reserve(next uint64) {
	if err := statefile.Write(ids.path, strconv.AppendUint(nil, next, 10)); err != nil {
		ids.log.Warn("ids of calls could not be reserved; after a restart they may come back", "error", err)
		return
	}
	ids.reserved = next
}

// keep reserves ahead of the board until ctx ends, then gives back the rest.
func (ids *callIDs) keep(ctx context.Context, h *hub.Hub) {
	next := func() (n uint64) {
		h.Read(func(b *state.Board, _ time.Time) { n = b.NextCall() })
		return n
	}
	look := time.NewTicker(callIDLook)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			ids.reserve(next())
			return
		case <-look.C:
			if n := next(); n+callIDMargin > ids.reserved {
				ids.reserve(n + callIDBlock)
			}
		}
	}
}
