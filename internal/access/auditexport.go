package access

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Forms of an exported audit log.
const (
	JSONLines = "jsonl"
	CSV       = "csv"
)

// exportPage is how many entries are read at a time: nothing is held while a
// reader is slow.
const exportPage = 500

// ExportAudit writes the entries that q chooses, oldest first, without regard to
// its Limit. The export itself is noted before the first line.
func (s *Service) ExportAudit(ctx context.Context, by Who, q AuditQuery, form string, w io.Writer) error {
	if form != JSONLines && form != CSV {
		return &FieldError{Field: "format", Fault: Malformed}
	}
	db, err := s.reader()
	if err != nil {
		return err
	}
	if err := s.Note(ctx, Entry{Event: AuditExported, Party: by.ID, Name: by.Name, Reason: form}); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	write := exportJSON(out)
	if form == CSV {
		write = exportCSV(out)
	}
	where, args := q.where()
	for last, n := int64(0), exportPage; n == exportPage; {
		n = 0
		rows, err := db.QueryContext(ctx, "SELECT "+entryColumns+", hash FROM audit WHERE id>? AND "+where+" ORDER BY id LIMIT ?",
			append(append([]any{last}, args...), exportPage)...)
		if err != nil {
			return err
		}
		if err := func() error {
			defer rows.Close()
			for rows.Next() {
				var hash []byte
				e, err := scanEntry(rows, &hash)
				if err != nil {
					return err
				}
				if err := write(e, hash); err != nil {
					return err
				}
				last = e.ID
				n++
			}
			return rows.Err()
		}(); err != nil {
			return err
		}
	}
	return out.Flush()
}

func exportJSON(w io.Writer) func(Entry, []byte) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return func(e Entry, hash []byte) error {
		return enc.Encode(struct {
			ID      int64  `json:"id"`
			At      string `json:"at"`
			Event   Event  `json:"event"`
			Party   string `json:"party,omitempty"`
			Name    string `json:"name,omitempty"`
			Address string `json:"address,omitempty"`
			Subject string `json:"subject,omitempty"`
			Reason  string `json:"reason,omitempty"`
			Hash    string `json:"hash"`
		}{e.ID, stamp(e.At), e.Event, e.Party, e.Name, e.Address, e.Subject, e.Reason, fmt.Sprintf("%x", hash)})
	}
}

func exportCSV(w io.Writer) func(Entry, []byte) error {
	out := csv.NewWriter(w)
	head := []string{"id", "at", "event", "party", "name", "address", "subject", "reason", "hash"}
	return func(e Entry, hash []byte) error {
		if head != nil {
			_ = out.Write(head) // Error tells
			head = nil
		}
		_ = out.Write([]string{strconv.FormatInt(e.ID, 10), stamp(e.At), string(e.Event), harmless(e.Party), harmless(e.Name), harmless(e.Address), harmless(e.Subject), harmless(e.Reason), fmt.Sprintf("%x", hash)})
		out.Flush()
		return out.Error()
	}
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(t string) string {
	if t != "" && strings.ContainsRune("=+-@\t\r", rune(t[0])) {
		return "'" + t
	}
	return t
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// trim lets the oldest days of the audit log go, once their time is over: whole
// days of UTC, with the hash of their last entry in their place, so that what
// stays can still be verified. It needs doing.
func (s *Service) trim(ctx context.Context, now time.Time) error {
	day := now.Add(-s.opt.AuditKeep).UTC().Truncate(24 * time.Hour)
	if !day.After(s.trimmed) {
		return nil
	}
	tx, err := s.file.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	// Up to the first entry that must stay, so that a clock set back keeps more
	// rather than less.
	var upto sql.NullInt64
	err = tx.QueryRowContext(ctx, "SELECT max(id) FROM audit WHERE id < ifnull((SELECT min(id) FROM audit WHERE at>=?), 1e18)", millis(day)).Scan(&upto)
	if err != nil {
		return err
	}
	if upto.Valid {
		var entries int64
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM audit WHERE id<=?", upto.Int64).Scan(&entries); err != nil {
			return err
		}
		for _, q := range []string{
			"INSERT INTO audit_anchor(upto, hash, at, entries) SELECT id, hash, " + strconv.FormatInt(millis(now), 10) + ", " + strconv.FormatInt(entries, 10) + " FROM audit WHERE id=?",
			"DELETE FROM audit WHERE id<=?",
		} {
			if _, err := tx.ExecContext(ctx, q, upto.Int64); err != nil {
				return err
			}
		}
		if err := s.note(ctx, tx, Entry{Event: AuditTrimmed, Reason: fmt.Sprintf("%d entries of days before %s", entries, day.Format(time.DateOnly))}); err != nil {
			return err
		}
	}
	// Nor do networks and links stay for ever that nobody uses.
	for q, before := range map[string]time.Time{"DELETE FROM place WHERE seen<?": now.Add(-placeLife), "DELETE FROM invite WHERE until<?": now} {
		if _, err := tx.ExecContext(ctx, q, millis(before)); err != nil {
			return err
		}
	}
	id, hash, err := lastOf(ctx, tx)
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.trimmed = day
	// Once a day, and at the start: whoever rewrites the file cannot rewrite the
	// log that the service manager keeps.
	if id == 0 {
		return nil
	}
	s.log.Info("audit log", "entries_up_to", id, "head", fmt.Sprintf("%x", hash))
	return nil
}
