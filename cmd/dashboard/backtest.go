package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"callboard/internal/app"
	"callboard/internal/backtest"
	"callboard/internal/number"
	"callboard/internal/rules"
)

// backTest prints what alarms a settings file would have raised on the record
// of a data folder.
func backTest(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	tried := f.text("settings", "", "file with the limits to try (required)")
	present := f.text("present", "", "file with the limits to compare with (default those without a file)")
	folder := f.text("data-dir", "", "folder whose record is replayed (default as of serve)")
	from := f.text("from", "", "begin: 2026-11-16, 2026-11-16T09:00 or RFC 3339 (default midnight seven days ago)")
	to := f.text("to", "", "end, likewise (default the end of the record)")
	zone := f.text("time-zone", "", "zone of days (default the machine's)")
	region := f.text("region", "", "country in whose way telephone numbers are written, two letters (default by --time-zone)")
	log := f.logging()
	if err := f.parse(c); err != nil {
		return err
	}
	plan := app.BacktestPlan{Present: rules.Default()}
	var err error
	if plan.Log, err = log.logger(c.stderr); err != nil {
		return err
	}
	if tried.text == "" {
		return tried.wrong(`a settings file; "dashboard settings" prints one to begin with`)
	}
	if plan.Tried, err = rules.Load(tried.text); err != nil {
		return &fileError{tried, err}
	}
	if present.text != "" {
		if plan.Present, err = rules.Load(present.text); err != nil {
			return &fileError{present, err}
		}
	}
	if plan.Zone, err = checkZone(zone, time.Local); err != nil {
		return err
	}
	form, err := number.New(cmp.Or(region.text, regionOf[plan.Zone.String()], number.DefaultRegion))
	if err != nil {
		return region.wrong("the two-letter code of a country, such as NL, BE or DE")
	}
	plan.Normal = form.Normal
	for s, at := range map[*setting]*time.Time{from: &plan.From, to: &plan.To} {
		if *at, err = checkMoment(s, plan.Zone); err != nil {
			return err
		}
	}
	if !plan.To.IsZero() && !plan.From.Before(plan.To) {
		return from.wrong("a moment before --to")
	}
	if plan.DataDir, err = checkDataDir(folder, c.getenv); err != nil {
		return err
	}
	report, err := app.Backtest(ctx, plan)
	if err != nil {
		return err
	}
	return printBacktest(c.stdout, report, plan.Zone)
}

// checkMoment reads a day, a local time or an instant; zero for none.
func checkMoment(s *setting, zone *time.Location) (time.Time, error) {
	if s.text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339} {
		if at, err := time.ParseInLocation(layout, s.text, zone); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, s.wrong("a moment such as 2026-11-16, 2026-11-16T09:00 or 2026-11-16T08:00:00Z")
}

// printBacktest prints a table for each kind of alarm and day: so many now, so
// many with the limits to try.
func printBacktest(w io.Writer, r *backtest.Report, zone *time.Location) error {
	const minute = "2006-01-02 15:04"
	at := func(t time.Time) string { return t.In(zone).Format(minute) }
	fmt.Fprintf(w, "Replayed %s to %s; there is a record from %s to %s.\n", at(r.From), at(r.To), at(r.First), at(r.Last))
	var gone time.Duration
	for _, g := range r.Gaps {
		gone += g.To.Sub(g.From)
	}
	switch len(r.Gaps) {
	case 0:
		fmt.Fprintln(w, "Without a gap.")
	default:
		fmt.Fprintf(w, "Gaps: %d, %s in all. Nothing is raised in a gap, so counts are a least.\n", len(r.Gaps), gone.Round(time.Second))
		for _, g := range r.Gaps[:min(len(r.Gaps), 20)] {
			fmt.Fprintf(w, "  %s  %s\n", g.From.In(zone).Format(time.DateTime), g.To.Sub(g.From).Round(time.Second))
		}
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "alarm\tnow\ttried\ttime up now\ttried\tlongest\t")
	for _, d := range r.Days {
		fmt.Fprint(t, d.From.In(zone).Format("Mon 02 Jan"), "\t")
	}
	fmt.Fprintln(t)
	for i := range r.Kinds {
		k := &r.Kinds[i]
		longest := "-"
		if k.Tried.Alarms > 0 {
			longest = k.Tried.Longest.From.In(zone).Format(time.DateTime)
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\t%s\t", k.Kind, k.Present.Alarms, k.Tried.Alarms, k.Present.Up.Round(time.Second), k.Tried.Up.Round(time.Second), longest)
		for day, counts := range k.Days {
			fmt.Fprint(t, dayCell(&r.Days[day], counts[0].Alarms, counts[1].Alarms), "\t")
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// dayCell is a day's count now and with the limits to try: "4 > 9", a least
// where a part of the day is not known.
func dayCell(d *backtest.Day, now, tried int) string {
	least := ""
	switch {
	case d.Known <= 0:
		return "-"
	case d.Known < d.To.Sub(d.From):
		least = ">= "
	}
	if now == tried {
		return least + strconv.Itoa(now)
	}
	return fmt.Sprintf("%s%d > %d", least, now, tried)
}
