package state

import (
	"iter"
	"time"
)

// Config are the knobs of the model. The zero value gives the dossier's
// figures (sections 10 to 12) with UTC as zone.
type Config struct {
	Zone        *time.Location // of the day boundary; nil means UTC
	NoInference bool           // switch transfer inference off (dossier 11.1 f)
}

// New returns an empty board that is blind until a Link and a Snapshot arrive.
// A Board is the model; see the package comment.
type Board struct{ cfg Config }

func New(cfg Config) *Board { panic("stub") }

// Apply takes one input and returns the changes it caused, valid until the
// next Apply or Advance. It first fires the timers due at or before in.At.
func (b *Board) Apply(in Input) []Change { panic("stub") }

// Advance fires all timers due at or before now, in order of their due time,
// and returns the changes, valid until the next Apply or Advance.
func (b *Board) Advance(now time.Time) []Change { panic("stub") }

// NextDeadline says when the next timer is due; ok is false if none is.
func (b *Board) NextDeadline() (due time.Time, ok bool) { panic("stub") }

// Version rises by one with every change; Calls iterates live calls in order of Seq.
func (b *Board) Version() uint64                    { panic("stub") }
func (b *Board) Calls() iter.Seq[Call]              { panic("stub") }
func (b *Board) Len() int                           { panic("stub") }
func (b *Board) Call(seq uint64) (Call, bool)       { panic("stub") }
func (b *Board) Feed() Feed                         { panic("stub") }
func (b *Board) Pulse() Pulse                       { panic("stub") }
func (b *Board) Today() Today                       { panic("stub") }
func (b *Board) Gaps() []Gap                        { panic("stub") }
func (b *Board) Tallies() []Tally                   { panic("stub") }
func (b *Board) EventCounts() map[EventType]int     { panic("stub") }
func (b *Board) RecentEnded(n int) []Ended          { panic("stub") }
func (b *Board) History(seq uint64) (History, bool) { panic("stub") }

// SnapshotWanted tells once that the board would like a fresh snapshot, and why.
func (b *Board) SnapshotWanted() (reason string, ok bool) { panic("stub") }
