package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/eventlog"
	"callboard/internal/history"
	"callboard/internal/state"
)

// rowsEverything asks for all that is kept about one number.
const rowsEverything = "everything"

// wordNames are what operators say of a customer to call back.
var wordNames = map[state.WordKind]string{state.WordClaim: "claim", state.WordNote: "note", state.WordDone: "done", state.WordUndo: "undo"}

// A written note is what an operator said of a customer to call back.
type writtenNote struct {
	At   time.Time `json:"at"`
	Kind string    `json:"kind"`
	By   string    `json:"by"`
	Text string    `json:"text,omitempty"`
}

// everything is what somebody gets who asks what is kept about their number.
type everything struct {
	Number   string   `json:"number"` // as asked for
	Made     string   `json:"made"`
	Numbers  []string `json:"numbersAsTold"`
	Names    []string `json:"namesAsTold"`
	Calls    any      `json:"calls"`
	Journeys any      `json:"journeys"`
	// Notes are of the last days only: they go with the journal.
	Notes []writtenNote `json:"notes"`
	// What the PBX sent about these calls is kept twice more for a while: in the
	// journal, and as it came in the flight recorder.
	JournalEntries int `json:"journalEntries"`
	RecordedFrames int `json:"recordedFrames"`
}

// exportAbout writes all that is kept about one number. Unlike the search, which
// takes some digits as well, it is of this number alone: the answer is for
// whoever owns it.
func exportAbout(ctx context.Context, c *call, store *history.Store, dir string, fields map[string]*setting, out *setting) error {
	number := fields["number"]
	if !strings.ContainsAny(number.text, "0123456789") {
		return number.wrong("the telephone number to tell everything about")
	}
	for name, s := range fields {
		if s.text != "" && name != "rows" && name != "number" {
			return s.wrong("nothing beside --rows everything and --number")
		}
	}
	normal := store.Normal(number.text)
	match := func(told string) bool {
		return told == number.text || told == normal || store.Normal(told) == normal
	}
	about, err := store.About(ctx, match)
	if err != nil {
		return err
	}
	all := everything{
		Number: number.text, Made: time.Now().UTC().Format(time.RFC3339), Calls: about.Calls, Journeys: about.Journeys,
		Numbers: append([]string{}, about.Numbers...), Names: append([]string{}, about.Names...), Notes: []writtenNote{},
	}
	if err := all.readJournal(ctx, filepath.Join(dir, journalName), about, match); err != nil {
		return err
	}
	noteDown(ctx, c, dir, access.Exported, "everything about the number "+number.text)
	if out.text == "" {
		return writeJSON(c.stdout, all)
	}
	return writeFile(out, func(w io.Writer) error { return writeJSON(w, all) })
}

// writeJSON writes what somebody reads.
func writeJSON(w io.Writer, what any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(what)
}

// readJournal adds what the journal has: what was written about the customer,
// and how much of it tells of the number.
func (all *everything) readJournal(ctx context.Context, path string, about history.About, match func(string) bool) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := eventlog.ReadEntries(ctx, path, func(e eventlog.Entry) error {
		w, said := e.Fact.(state.Word)
		_, found := state.Without(e.Fact, match)
		switch {
		case said && (about.Seqs[w.Entry] || found):
			all.Notes = append(all.Notes, writtenNote{e.At.UTC(), wordNames[w.Kind], w.By, w.Text})
			all.JournalEntries++
		case found:
			all.JournalEntries++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return eventlog.ReadFrames(ctx, path, time.Unix(0, 0), time.Unix(0, math.MaxInt64), func(f eventlog.Frame) error {
		for _, n := range about.Numbers {
			if bytes.Contains(f.Body, []byte(n)) {
				all.RecordedFrames++
				break
			}
		}
		return nil
	})
}

// noteDown writes into the audit log of a data folder what was done to it from
// the command line, where there is one. Whoever may do this has the folder: a log
// that cannot be written is said and stops nobody.
func noteDown(ctx context.Context, c *call, dir string, event access.Event, what string) {
	if _, err := os.Stat(filepath.Join(dir, access.FileName)); err != nil {
		return
	}
	name := "the command line"
	if u, err := user.Current(); err == nil {
		name = u.Username + ", on the command line"
	}
	s, err := access.New(access.Options{Dir: dir})
	if err == nil {
		err = errors.Join(s.Note(ctx, access.Entry{Event: event, Party: "local", Name: name, Reason: what}), s.Close(), handOver(dir))
	}
	if err != nil {
		fmt.Fprintf(c.stderr, "dashboard %s: not written into the audit log: %v\n", c.name, err)
	}
}
