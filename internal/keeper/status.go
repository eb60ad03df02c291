package keeper

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"callboard/internal/history"
	"callboard/internal/sqlitefile"
)

// Codes of notes to the administrator.
const (
	NoteJournal  = "journal-new"      // the board began with the history of today
	NoteSnapshot = "snapshot-skipped" // one could not be used
	NoteHole     = "history-hole"     // the history lacks what the journal no longer had
	NoteClock    = "clock-back"       // the machine's clock was set back meanwhile
	NoteRefound  = "reset"            // a replay came to another board
	NoteAside    = "set-aside"        // a broken file was moved aside and a new one begun
	NoteEpoch    = "journal-renewed"  // the journal's file was begun anew while running
)

// notesMost is how many notes are kept.
const notesMost = 20

// A Note is something the administrator should know, once.
type Note struct {
	At         time.Time
	Code, Text string // Text is an English sentence without a full stop, a number or a name
}

// A File is one file of the data folder.
type File struct {
	Name  string
	Bytes int64
}

// A Status is how things are kept. Zero times are unknown or never.
type Status struct {
	Paused time.Time // since when journal or history is not written; zero while both are
	Cause  string    // "full", "read-only", "busy", "damaged", "missing", "io"; empty while all is written
	Pauses int       // how often so far, this one included

	Epoch        string
	Entries      uint64 // last place in the order
	Unwritten    int    // entries that wait for the disk
	GivenUp      uint64 // entries lost since the start
	JournalBytes int64
	JournalFrom  time.Time
	JournalTo    time.Time

	HistoryBytes int64
	HistoryCalls int
	HistoryFrom  time.Time
	Lag          time.Duration // from the newest entry to the newest one in the history's board
	Waiting      int           // rows that wait for the history

	Codes        uint64 // comparisons of the replay with the board since the start
	Mismatches   uint64
	LastCode     time.Time
	LastMismatch time.Time

	Snapshots    int // written since the start
	LastSnapshot time.Time
	LastBackup   time.Time

	From  string // what the board was restored from: "snapshot", "journal", "history", "nothing"
	Tail  int    // entries replayed for that
	Notes []Note
	Files []File
}

// A pause is a stretch of time in which something was not written.
type pause struct {
	since time.Time
	cause string
}

// account is what Status is made of. Guarded by Keeper.mu.
type account struct {
	Status

	history pause  // Put fails
	journal pause  // as the journal says
	givenUp uint64 // entries, when the journal paused
	renewed int    // files of the journal, when they were last looked at
	files   []File // looked at now and then
	looked  time.Time
	kept    history.Status
	gaps    []history.Gap // of the disk, not in the history yet
}

// Status is how things are kept right now. It waits for no disk.
func (k *Keeper) Status() Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	a := &k.status
	s := a.Status
	s.Notes = slices.Clone(a.Notes)
	s.Epoch, s.Entries = k.epoch, k.appended.Load()
	s.Waiting = len(k.waiting)
	s.HistoryBytes, s.HistoryCalls, s.HistoryFrom = a.kept.Bytes, a.kept.Calls, a.kept.First
	s.LastBackup, s.Files = a.kept.Backup, a.files
	for _, p := range []pause{a.journal, a.history} {
		if !p.since.IsZero() && (s.Paused.IsZero() || p.since.Before(s.Paused)) {
			s.Paused, s.Cause = p.since, p.cause
		}
	}
	d := k.disk.Status()
	s.Pauses += d.Pauses
	s.Unwritten, s.GivenUp, s.JournalBytes, s.JournalFrom, s.JournalTo = d.Queue, d.GivenUp, d.Bytes, d.From, d.To
	if !d.Paused.IsZero() && (s.Paused.IsZero() || d.Paused.Before(s.Paused)) {
		s.Paused, s.Cause = d.Paused, d.Code
	}
	if k.own != nil {
		if behind := s.Entries - min(k.seq, s.Entries); behind > 0 {
			s.Lag = max(s.JournalTo.Sub(k.own.Now()), 0)
		}
	}
	return s
}

// note keeps what the administrator should know.
func (k *Keeper) note(code, text string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.noteLocked(code, text)
}

func (k *Keeper) noteLocked(code, text string) {
	n := Note{time.Now().UTC(), code, text}
	list := k.status.Notes
	if i := slices.IndexFunc(list, func(o Note) bool { return o.Code == code && o.Text == text }); i >= 0 {
		list[i] = n
		return
	}
	if len(list) >= notesMost {
		list = slices.Delete(list, 0, 1)
	}
	k.status.Notes = append(list, n)
}

// causeOf is the short word for an error of the disk.
func causeOf(err error) string {
	switch {
	case sqlitefile.IsFull(err):
		return "full"
	case sqlitefile.IsReadOnly(err):
		return "read-only"
	case sqlitefile.IsBusy(err):
		return "busy"
	case sqlitefile.IsCorrupt(err):
		return "damaged"
	case sqlitefile.IsMissing(err):
		return "missing"
	}
	return "io"
}

// failed notes that the history was not written.
func (k *Keeper) failed(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := &k.status.history
	if p.since.IsZero() {
		p.since = time.Now().UTC()
		k.status.Pauses++
		k.log.Error("the history is not written", "reason", sqlitefile.Plain(err), "error", err)
	}
	p.cause = causeOf(err)
}

// written notes that it was, and what it was not for a while.
func (k *Keeper) written(history.Batch) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := &k.status.history
	if p.since.IsZero() {
		return
	}
	k.log.Info("the history is written again", "paused", time.Since(p.since).Round(time.Millisecond))
	k.gap(*p, 0)
	*p = pause{}
}

// gap notes that the disk was away. k.mu is held.
func (k *Keeper) gap(p pause, lost int) {
	k.status.gaps = append(k.status.gaps, history.Gap{
		Kind: history.GapDisk, From: p.since, To: time.Now().UTC(), Code: p.cause, Reason: "Nothing could be written: " + plain[p.cause], Touched: lost,
	})
}

var plain = map[string]string{
	"full": "the disk was full", "read-only": "the disk was read-only", "busy": "another process held the file",
	"damaged": "the file was damaged", "missing": "the folder was not there", "io": "the disk did not answer as it should",
}

// lookPeriod is how often sizes are looked at.
const lookPeriod = 30 * time.Second

// lookAtDisk follows the journal's pauses, and notes sizes now and then.
func (k *Keeper) lookAtDisk(ctx context.Context) {
	k.followPauses()
	k.mu.Lock()
	gaps := slices.Clone(k.status.gaps)
	due := time.Since(k.status.looked) >= lookPeriod
	if due {
		k.status.looked = time.Now()
	}
	k.mu.Unlock()
	if len(gaps) > 0 && k.store.Put(ctx, history.Batch{Gaps: gaps}) == nil {
		k.mu.Lock()
		k.status.gaps = k.status.gaps[len(gaps):]
		k.mu.Unlock()
	}
	if !due {
		return
	}
	files := listFiles(k.opt.Dir)
	var kept history.Status
	if k.store.Away() == nil {
		var err error
		if kept, err = k.store.Status(ctx); err != nil && ctx.Err() == nil {
			k.log.Warn("the history cannot be looked at", "error", err)
		}
	}
	k.mu.Lock()
	k.status.files, k.status.kept = files, kept
	k.mu.Unlock()
}

// followPauses notes when the journal pauses and resumes, and when its file was
// begun anew.
func (k *Keeper) followPauses() {
	d := k.disk.Status()
	k.mu.Lock()
	defer k.mu.Unlock()
	a := &k.status
	switch was := a.journal; {
	case !d.Paused.IsZero():
		if was.since.IsZero() {
			a.givenUp = d.GivenUp
		}
		a.journal = pause{d.Paused.UTC(), d.Code}
	case !was.since.IsZero():
		k.gap(was, int(d.GivenUp-a.givenUp))
		a.journal = pause{}
	}
	if d.Renewed != a.renewed {
		a.renewed = d.Renewed
		k.noteLocked(NoteEpoch, "The journal's file was begun anew; what is before it can no longer be played back")
	} else if d.Epoch == k.epoch || d.Epoch == "" {
		return
	}
	first := k.epoch == ""
	if d.Epoch != "" {
		k.epoch = d.Epoch
	}
	if first { // it may hold what the history has not heard of
		k.anew()
	} else if k.own != nil {
		k.keepImage(true) // the present file has none that leads on
	}
}

// listFiles are the files of the data folder and its backups.
func listFiles(dir string) []File {
	var list []File
	for _, sub := range []string{"", "backups"} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		if err != nil {
			continue
		}
		for _, e := range entries {
			info, err := e.Info()
			if err != nil || !info.Mode().IsRegular() || !strings.Contains(e.Name(), ".db") {
				continue
			}
			list = append(list, File{filepath.Join(sub, e.Name()), info.Size()})
		}
	}
	return list
}
