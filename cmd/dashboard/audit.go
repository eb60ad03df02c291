package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"callboard/internal/access"
)

// audit is "dashboard audit".
func audit(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	dataDir := f.text("data-dir", "", "folder of the service (default $XDG_STATE_HOME/dashboard or ~/.local/state/dashboard)")
	verify := &setting{name: "verify", text: "false", boolean: true}
	f.Var(verify, "verify", "check that no entry was changed, taken out or put in between")
	format := f.alone("format", "csv, jsonl, or text for reading (default text)")
	from := f.alone("from", "first day, such as 2026-11-01")
	to := f.alone("to", "last day")
	last := f.alone("last", "how many entries are shown as text, the latest ones (default 50)")
	if err := f.parse(c); err != nil {
		return err
	}
	check, err := verify.bool()
	if err != nil {
		return err
	}
	if format.text == "" {
		format.text = "text"
	}
	if err := format.oneOf("text", access.CSV, access.JSONLines); err != nil {
		return err
	}
	q := access.AuditQuery{Limit: 50}
	if last.text != "" {
		if q.Limit, err = last.int(1, 1000); err != nil {
			return err
		}
	}
	for s, at := range map[*setting]*time.Time{from: &q.From, to: &q.To} {
		if s.text == "" {
			continue
		}
		if *at, err = time.ParseInLocation(time.DateOnly, s.text, time.Local); err != nil {
			return s.wrong("a day such as 2026-11-01")
		}
	}
	if !q.To.IsZero() {
		q.To = q.To.AddDate(0, 0, 1)
	}
	dir, err := dataDirOf(dataDir, c.getenv)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, access.FileName)); err != nil {
		return dataDir.wrongValue(dir, "a folder in which the service or \"dashboard user add\" made %s: %v", access.FileName, errors.Unwrap(err))
	}
	s, err := access.New(access.Options{Dir: dir})
	if err != nil {
		return err
	}
	if err = s.Trouble(); err == nil {
		switch {
		case check:
			err = verifyAudit(ctx, c, s)
		case format.text == "text":
			err = printAudit(ctx, c, s, q)
		default:
			err = s.ExportAudit(ctx, operator(), q, format.text, c.stdout)
		}
	}
	return errors.Join(err, s.Close(), handOver(dir))
}

func verifyAudit(ctx context.Context, c *call, s *access.Service) error {
	p, err := s.Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%d entries, from %d to %d, are as they were written; the last one's hash is %s\n", p.Entries, p.First, p.Last, p.Head)
	if p.Trimmed > 0 {
		fmt.Fprintf(c.stdout, "%d older entries went with their days\n", p.Trimmed)
	}
	return nil
}

func printAudit(ctx context.Context, c *call, s *access.Service, q access.AuditQuery) error {
	list, err := s.Audit(ctx, q)
	if err != nil {
		return err
	}
	slices.Reverse(list)
	w := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ENTRY\tAT\tEVENT\tWHO\tFROM\tABOUT\tREASON")
	for _, e := range list {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", e.ID, e.At.Format("2006-01-02 15:04:05"), e.Event, strings.TrimSpace(e.Name+" "+e.Party), e.Address, e.Subject, e.Reason)
	}
	return w.Flush()
}
