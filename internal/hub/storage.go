package hub

import "time"

// Storage is how journal and history are kept: what the pages and the metrics
// say of it. Zero times are unknown or never.
type Storage struct {
	PausedSince time.Time // nothing is written since then; zero while all is well
	Cause       string    // short and stable: "disk-full", "read-only", "broken", "slow"; empty while all is well

	JournalEntries, JournalBytes, JournalGivenUp uint64 // in the file; since the start
	JournalFrom, JournalTo                       time.Time
	Unwritten                                    int // entries that wait for the disk

	HistoryBytes       uint64
	HistoryCalls       uint64
	HistoryFrom        time.Time
	HistoryLag         time.Duration // how far what is written is behind the board
	HistoryPausedSince time.Time

	Codes, Mismatches      uint64 // comparisons of a replay with the board since the start
	LastCode, LastMismatch time.Time
	Snapshots              uint64 // since the start
	LastSnapshot           time.Time
	LastBackup             time.Time
	Files                  []StoredFile
	Notes                  []StorageNote // what was found at the start, to be shown to the administrator
}

// A StoredFile is one file of the data folder.
type StoredFile struct {
	Name  string
	Bytes uint64
}

// A StorageNote is something that the administrator should know, by a short
// and stable code; Text is in English, for languages that have no words for it.
type StorageNote struct {
	At         time.Time
	Code, Text string
}

// Paused reports that something is not written, and since when.
func (s *Storage) Paused() (since time.Time, paused bool) {
	since = s.PausedSince
	if h := s.HistoryPausedSince; !h.IsZero() && (since.IsZero() || h.Before(since)) {
		since = h
	}
	return since, !since.IsZero()
}

// Storage is how journal and history are kept right now; the zero value where
// nothing is.
func (h *Hub) Storage() Storage {
	if h.opt.Storage == nil {
		return Storage{}
	}
	return h.opt.Storage()
}

// A pause is what every page says of it.
type pause struct {
	since time.Time
	cause string
}

// lookStorage has the pages repainted when writing pauses or resumes.
func (h *Hub) lookStorage() {
	if h.opt.Storage == nil {
		return
	}
	s := h.opt.Storage()
	since, _ := s.Paused()
	h.mu.Lock()
	if now := (pause{since, s.Cause}); now != h.paused {
		h.paused, h.dirty.store = now, true
		signal(h.wake)
	}
	h.mu.Unlock()
}
