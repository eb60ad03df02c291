package eventlog

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"callboard/internal/sqlitefile"
	"callboard/internal/state"
)

// ErrClosed is what a log that was closed answers.
var ErrClosed = errors.New("eventlog: the log is closed")

// A LostError says that entries a follower has not had are gone, or that it
// asks for what comes after an entry that never was. First is the next there
// is, or will be; following on after First-1 skips what is lost.
type LostError struct{ After, First uint64 }

func (e *LostError) Error() string {
	return fmt.Sprintf("eventlog: nothing follows %d directly, the next entry is %d", e.After, e.First)
}

// UnreadableEntry is the kind of the Oddity that stands for an entry whose
// place in the order is known and whose content the disk has spoilt.
const UnreadableEntry = state.UnreadableEntry

// repeatWindow is how long an id is known again, by the entries' own times.
const repeatWindow = 2 * time.Minute

// Options of a Disk. Zero values mean the defaults.
type Options struct {
	Keep        time.Duration // age of the oldest entry kept, by the newest one's time; default 7 days
	MaxBytes    int64         // of entries and snapshots on disk; default 1 GiB
	FramesKeep  time.Duration // of the flight recorder; default 24 hours
	FramesBytes int64         // of the flight recorder on disk, compressed; default 256 MiB
	Commit      time.Duration // of group commit: what a crash may cost; default 100 ms
	Retry       time.Duration // after a failed commit; default 250 ms
	Ring        int           // entries on disk that stay in memory for followers; default 512
	Queue       int           // entries that wait for the disk at most, then the oldest are given up; default 65,536
	Allowed     func() error  // asked before a file is opened later than at the start; nil allows it. Called by the writer
	Log         *slog.Logger  // nil discards
}

func (o Options) filled() Options {
	set(&o.Keep, 7*24*time.Hour)
	set(&o.MaxBytes, 1<<30)
	set(&o.FramesKeep, 24*time.Hour)
	set(&o.FramesBytes, 256<<20)
	set(&o.Commit, 100*time.Millisecond)
	set(&o.Retry, 250*time.Millisecond)
	set(&o.Ring, 512)
	set(&o.Queue, 1<<16)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func set[T int | int64 | time.Duration](v *T, def T) {
	if *v <= 0 {
		*v = def
	}
}

// A Hole is a run of sequences that no disk has: the queue was full while the
// disk took nothing, or the program began without its journal and went on far
// behind it. From and To are the times of the entries on either side, as far as known.
type Hole struct {
	First, Last uint64
	From, To    time.Time
	GivenUp     int // entries lost; 0 for a mere jump of the sequence
}

// A Snapshot is an image of the board after the entry Seq and all before it.
type Snapshot struct {
	Seq   uint64
	At    time.Time // the board's time then
	Image []byte
}

// A Frame is one message as the PBX sent it, for the flight recorder.
type Frame struct {
	At   time.Time
	Kind string // of the message or the answer, short
	Body []byte
}

// Status is how a Disk fares.
type Status struct {
	Epoch       string // empty until a file could be opened for the first time
	First, Last uint64 // as in Bounds
	Durable     uint64
	From, To    time.Time // of the first and the last entry
	Bytes       int64     // of the files on disk
	Queue       int       // entries waiting for the disk

	Paused time.Time // since when the disk takes nothing; zero when it does
	Why    string    // in English, without a path: "the disk is full"
	Code   string    // "full", "read-only", "busy", "damaged", "missing", "io"; empty when not paused
	Pauses int       // how often so far, this one included
	Tries  int       // failed commits so far

	GivenUp    uint64 // entries given up since the process began
	Holes      int    // recorded since the process began
	Repeats    uint64 // entries dropped as repeats
	Unreadable uint64 // entries met whose content is spoilt
	Unknown    uint64 // entries met of a kind that a newer build wrote
	Renewed    int    // files begun anew since the process began, because the former one broke or went away

	Frames     uint64        // recorded since the process began
	FrameBytes int64         // of the flight recorder on disk
	FramesLost uint64        // frames given up
	Commits    uint64        // transactions since the process began
	Slowest    time.Duration // of the last hundred of them
	Snapshots  int
	File       sqlitefile.Report // what opening the present file did
}
