package hub

import "time"

// Storage is how journal and history are kept: what the pages and the metrics
// say of it. Zero times are unknown or never.
type Storage struct {
	PausedSince time.Time // journal or history is not written since then; zero while both are
	Cause       string    // short and stable: "full", "read-only", "busy", "damaged", "missing", "io"; empty while all is well
	Pauses      int       // since the start, this one included

	Entries      uint64 // of the journal so far, over all processes
	Unwritten    int    // of these, waiting for the disk
	GivenUp      uint64 // lost since the start, because too many waited
	JournalBytes int64
	JournalFrom  time.Time
	JournalTo    time.Time

	HistoryBytes int64
	HistoryCalls int
	HistoryFrom  time.Time
	Lag          time.Duration // how far the board that writes the history is behind
	Waiting      int           // bundles of rows that wait for the history

	Codes, Mismatches      uint64 // comparisons of a replay with the board since the start
	LastCode, LastMismatch time.Time
	Snapshots              int // since the start
	LastSnapshot           time.Time
	LastBackup             time.Time

	Files []StoredFile
	Notes []StorageNote // what was found, to be shown to the administrator
}

// A StoredFile is one file of the data folder.
type StoredFile struct {
	Name  string
	Bytes int64
}

// A StorageNote is something that the administrator should know, by a short
// and stable code; Text is in English, for languages that have no words for it.
type StorageNote struct {
	At         time.Time
	Code, Text string
}

// Storage is how journal and history are kept right now; ok is false where
// nothing is.
func (h *Hub) Storage() (s Storage, ok bool) {
	if h.opt.Storage == nil {
		return Storage{}, false
	}
	return h.opt.Storage(), true
}

// A pause is what every page says of it.
type pause struct {
	since time.Time
	cause string
}

// lookStorage has the pages repainted when writing pauses or resumes.
func (h *Hub) lookStorage() {
	s, ok := h.Storage()
	if !ok {
		return
	}
	now := pause{s.PausedSince, s.Cause}
	h.mu.Lock()
	defer h.mu.Unlock()
	if now != h.paused {
		h.paused, h.dirty.store = now, true
		signal(h.wake)
	}
}
