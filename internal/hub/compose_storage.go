package hub

import (
	"cmp"
	"strconv"
	"time"

	"callboard/views"
)

// pausedNotice says on every page that nothing is written; empty while all is
// well.
func (c *composer) pausedNotice() string {
	p := c.p.paused
	if p.since.IsZero() {
		return ""
	}
	w := &c.words.OnStorage
	return sprintf(w.PausedFmt, c.hour(p.since), cmp.Or(w.Causes[p.cause], w.NotKept))
}

// storageView is how journal and history are kept, for the status page.
func (c *composer) storageView() views.Storage {
	s, ok := c.p.h.Storage()
	if !ok {
		return views.Storage{}
	}
	w := &c.words.OnStorage
	v := views.Storage{Note: w.Kept}
	if !s.PausedSince.IsZero() {
		v.Note = sprintf(w.PausedFmt, c.hour(s.PausedSince), cmp.Or(w.Causes[s.Cause], w.NotKept))
	}
	add := func(label, value string) { v.Facts = append(v.Facts, views.Fact{Label: label, Value: value}) }
	at := func(t time.Time) string {
		if t.IsZero() {
			return w.Never
		}
		return c.clock(t)
	}
	kept := func(bytes int64, from time.Time) string {
		if from.IsZero() {
			return c.bytes(bytes)
		}
		return sprintf(w.SizeSinceFmt, c.bytes(bytes), c.hour(from))
	}
	add(w.Journal, kept(s.JournalBytes, s.JournalFrom))
	add(w.History, kept(s.HistoryBytes, s.HistoryFrom))
	written := w.AtOnce
	if s.Lag >= time.Second {
		written = sprintf(w.BehindFmt, c.words.Seconds(s.Lag))
	}
	if s.Unwritten > 0 && !s.PausedSince.IsZero() {
		written = spaced(written, sprintf(w.WaitingFmt, s.Unwritten))
	}
	add(w.Written, written)
	if s.GivenUp > 0 {
		add(w.GivenUp, c.words.Count(int(s.GivenUp)))
	}
	add(w.Snapshot, at(s.LastSnapshot))
	add(w.Backup, at(s.LastBackup))
	verified := w.Never
	if !s.LastCode.IsZero() {
		verified = sprintf(w.VerifiedFmt, c.clock(s.LastCode), c.words.Count(int(s.Codes-s.Mismatches)))
	}
	add(w.Verified, verified)
	if s.Mismatches > 0 {
		add(w.Differed, sprintf(w.DifferedFmt, c.words.Count(int(s.Mismatches)), c.clock(s.LastMismatch)))
	}
	for _, f := range s.Files {
		add(views.CleanText(f.Name), c.bytes(f.Bytes))
	}
	for _, n := range s.Notes {
		v.Notes = append(v.Notes, views.StorageNote{At: c.clock(n.At), Text: cmp.Or(w.Notes[n.Code], views.CleanSentence(n.Text))})
	}
	return v
}

// bytes prints a size: "512 kB", "52.1 MB".
func (c *composer) bytes(n int64) string {
	switch {
	case n < 1_000_000:
		return strconv.FormatInt((n+999)/1000, 10) + " kB"
	case n < 1_000_000_000:
		return c.words.Decimal(float64(n)/1e6, 1) + " MB"
	}
	return c.words.Decimal(float64(n)/1e9, 2) + " GB"
}
