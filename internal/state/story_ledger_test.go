package state

import (
	"fmt"
	"strings"
)

// ledger writes the recovery ledger under its step.
func (s *teller) ledger() {
	r := s.board.Recovery()
	var lines []string
	for i := range r.Open {
		lines = append(lines, "open   "+s.callback(&r.Open[i]))
	}
	for i := range r.Closed {
		lines = append(lines, "closed "+s.callback(&r.Closed[i]))
	}
	if r.Anonymous+r.Twice > 0 {
		lines = append(lines, fmt.Sprintf("without number %d, rang twice %d, of these waiting %d", r.Anonymous, r.Twice, r.TwiceWaiting))
	}
	if len(lines) == 0 {
		lines = append(lines, "nobody to call back")
	}
	for i, line := range lines {
		at := strings.Repeat(" ", 12)
		if i == 0 {
			at = s.at.UTC().Format("15:04:05.000")
		}
		s.out.WriteString("    " + at + "  " + line + "\n")
	}
	if waits := s.board.Waiting(); waits.Open != len(r.Open) || waits.Open > 0 && !waits.Oldest.Equal(r.Open[0].First) {
		s.t.Errorf("in short %+v, and %d are open", waits, len(r.Open))
	}
}

// callback is one entry in one line.
func (s *teller) callback(e *Callback) string {
	last := e.Last()
	parts := []string{fmt.Sprintf("%d %s since %s", e.ID, e.Number, s.stamp(e.First))}
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	rang := fmt.Sprintf("rang %v", last.Wait())
	if !last.WaitKnown {
		rang = "rang unknown"
	}
	var at []string
	for _, p := range last.Rung {
		at = append(at, who(p))
	}
	add("tries %d, last %s %s at %s", e.Attempts, s.stamp(last.Ended), rang, or(strings.Join(at, ", "), "nobody"))
	if last.Line != "" {
		add("line %s", strings.TrimSpace(last.Line+" "+last.LineName))
	}
	if e.CallsNow > 1 {
		add("%d calls today", e.CallsNow)
	}
	if e.Backs > 0 {
		add("called back %d times, last %s by %s", e.Backs, s.stamp(e.BackAt), who(e.BackBy))
	}
	if e.ClaimedBy != "" {
		add("claimed by %s", e.ClaimedBy)
	}
	if e.Note != "" {
		add("note by %s: %s", e.NoteBy, e.Note)
	}
	if e.Gaps > 0 {
		add("gap %s to %s", s.stamp(e.Gap.From), s.stamp(e.Gap.To))
	}
	switch k := &e.Closed; k.How {
	case NotClosed:
	case MarkedDone:
		add("%s %s by %s", k.How, s.stamp(k.At), strings.TrimSpace(k.Name+" "+k.Text))
	default:
		add("%s %s by %s, call %d, talk %v", k.How, s.stamp(k.At), who(k.By), k.Call, k.Talk)
	}
	return strings.Join(parts, " | ")
}

// word reads: ID by NAME TEXT…
func (s *teller) word(verb string, p *[]string) {
	w := Word{Kind: map[string]WordKind{"claim": WordClaim, "note": WordNote, "done": WordDone, "undo": WordUndo}[verb]}
	fmt.Sscan(s.take(p), &w.Entry)
	if s.take(p) != "by" {
		s.t.Fatalf("%s wants an entry, by and a name", verb)
	}
	w.By, w.Text = s.take(p), strings.Join(*p, " ")
	*p = nil
	if err := s.board.Allows(w); err != nil {
		s.out.WriteString("    " + s.at.UTC().Format("15:04:05.000") + "  refused: " + err.Error() + "\n")
	}
	s.apply(w)
}

func dutch(number string) string {
	if rest, ok := strings.CutPrefix(number, "0"); ok && len(rest) > 6 {
		return "+31" + rest
	}
	return number
}
