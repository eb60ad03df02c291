package app

import (
	"errors"

	"callboard/internal/hub"
	"callboard/internal/keeper"
	"callboard/internal/sqlitefile"
)

// FolderRefused reports that an error says why this process must not use a data
// folder: another one does, or a newer build wrote it. It is one line.
func FolderRefused(err error) bool {
	if _, ok := errors.AsType[*keeper.LockedError](err); ok {
		return true
	}
	_, ok := errors.AsType[*sqlitefile.NewerError](err)
	return ok
}

// aboutStorage hands on how things are kept.
func aboutStorage(s keeper.Status) hub.Storage {
	out := hub.Storage{
		PausedSince: s.Paused, Cause: s.Cause, Pauses: s.Pauses,
		Entries: s.Entries, Unwritten: s.Unwritten, GivenUp: s.GivenUp,
		JournalBytes: s.JournalBytes, JournalFrom: s.JournalFrom, JournalTo: s.JournalTo,
		HistoryBytes: s.HistoryBytes, HistoryCalls: s.HistoryCalls, HistoryFrom: s.HistoryFrom, Lag: s.Lag, Waiting: s.Waiting,
		Codes: s.Codes, Mismatches: s.Mismatches, LastCode: s.LastCode, LastMismatch: s.LastMismatch,
		Snapshots: s.Snapshots, LastSnapshot: s.LastSnapshot, LastBackup: s.LastBackup,
	}
	for _, f := range s.Files {
		out.Files = append(out.Files, hub.StoredFile{Name: f.Name, Bytes: f.Bytes})
	}
	for _, n := range s.Notes {
		out.Notes = append(out.Notes, hub.StorageNote{At: n.At, Code: n.Code, Text: n.Text})
	}
	return out
}
