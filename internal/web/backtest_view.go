package web

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"callboard/internal/backtest"
	"callboard/internal/hub"
	"callboard/internal/rules"
	"callboard/internal/travel"
	"callboard/views"
)

// trialView composes the page that tries limits on the record.
type trialView struct {
	s       *site
	q       hub.Query
	words   *views.Words
	w       *views.BacktestWords
	present rules.Rules
	out     views.Backtest
}

// kind is what an alarm is called; the two of the trunk share a part of the form.
func (v *trialView) kind(k rules.Kind) string { return alarmName(v.words, k) }

// outcome shows how the run is, or what came of the last one.
func (v *trialView) outcome() {
	if v.s.Backtests == nil {
		v.out.Trouble = v.w.NoRecord
		v.out.Busy = true
		return
	}
	st := v.s.Backtests.Status()
	switch {
	case st.Running:
		percent := int(st.Progress * 100)
		v.out.Busy = true
		v.out.Run = &views.BacktestRun{Percent: percent, Text: fmt.Sprintf(v.w.RunningFmt, percent), Cancel: backtestURL("/cancel", v.q)}
	case st.Report != nil:
		v.out.Result = v.result(&st)
	case st.Err != nil:
		v.out.Result = &views.BacktestResult{Failed: v.failure(st.Err)}
	}
}

func (v *trialView) failure(err error) string {
	var outside *travel.OutsideError
	switch {
	case errors.Is(err, backtest.ErrCancelled):
		return v.w.Cancelled
	case errors.Is(err, context.DeadlineExceeded):
		return v.w.TooLong
	case errors.Is(err, backtest.ErrTooMany):
		return v.w.TooMany
	case errors.Is(err, backtest.ErrNothing), errors.Is(err, travel.ErrNone), errors.As(err, &outside):
		return v.w.NothingRecorded
	}
	return v.w.Failed
}

// result is the table of a run that came to an end.
func (v *trialView) result(st *backtest.Status) *views.BacktestResult {
	r := st.Report
	out := &views.BacktestResult{
		Title: fmt.Sprintf(v.w.BetweenFmt, v.minute(r.From), v.minute(r.To)), Changed: st.Changed,
		Covered: fmt.Sprintf(v.w.CoveredFmt, v.minute(r.First), v.minute(r.Last)),
	}
	var gone time.Duration
	for _, g := range r.Gaps {
		gone += g.To.Sub(g.From)
		if len(out.Gaps) < mostGapLinks {
			out.Gaps = append(out.Gaps, views.BacktestGap{Text: fmt.Sprintf(v.w.GapFmt, v.moment(g.From), views.FormatAge(g.To.Sub(g.From), false)), URL: v.at(g.From)})
		}
	}
	if len(r.Gaps) == 0 {
		out.Covered = fmt.Sprintf(v.w.WholeFmt, out.Covered)
	} else {
		out.Covered = fmt.Sprintf(v.w.GapsFmt, out.Covered, v.w.Gaps.Of(len(r.Gaps)), views.FormatAge(gone, false))
	}
	for _, d := range r.Days {
		local := d.From.In(v.s.Hub.Zone())
		out.Days = append(out.Days, views.BacktestDay{Label: fmt.Sprintf("%s %d", v.words.Calendar.WeekdaysShort[local.Weekday()], local.Day()), Title: v.words.Day(local)})
	}
	now, tried := 0, 0
	for i := range r.Kinds {
		k := &r.Kinds[i]
		now, tried = now+k.Present.Alarms, tried+k.Tried.Alarms
		row := views.BacktestRow{Name: v.kind(k.Kind), Limit: pairOf(limitText(v.w, &st.Present.Rules, k.Kind), limitText(v.w, &st.Tried.Rules, k.Kind), false)}
		some := len(r.Gaps) > 0
		for day := range r.Days {
			d, c := &r.Days[day], k.Days[day]
			known := d.Known > 0
			row.Cells = append(row.Cells, pairOf(countText(c[0].Alarms, known, d.Known < d.To.Sub(d.From)), countText(c[1].Alarms, known, d.Known < d.To.Sub(d.From)), c[1].Alarms > c[0].Alarms))
		}
		row.Total = pairOf(countText(k.Present.Alarms, true, some), countText(k.Tried.Alarms, true, some), k.Tried.Alarms > k.Present.Alarms)
		row.Up = pairOf(upText(k.Present.Up), upText(k.Tried.Up), k.Tried.Up > k.Present.Up)
		out.Rows = append(out.Rows, row)
		if change, ok := v.change(k, r.To); ok {
			out.Changes = append(out.Changes, change)
		}
	}
	if now == tried {
		out.Summary = fmt.Sprintf(v.w.SameFmt, v.w.Alarms.Of(tried))
	} else {
		out.Summary = fmt.Sprintf(v.w.SummaryFmt, v.w.Alarms.Of(tried), v.words.Count(now))
	}
	return out
}

// mostGapLinks is how many gaps are listed.
const mostGapLinks = 12

// change leads to alarms of a kind: the first and the longest, and those that
// only one of the two rules raises.
func (v *trialView) change(k *backtest.Kind, to time.Time) (c views.BacktestChange, any bool) {
	c.Title = v.kind(k.Kind)
	shown := &k.Tried
	if shown.Alarms == 0 {
		shown = &k.Present
	}
	if shown.Alarms == 0 {
		return c, false
	}
	c.First, c.Longest = v.example(shown.First, to), v.example(shown.Longest, to)
	examples, n := k.Added, k.More
	c.Only = v.w.OnlyTried
	switch by := k.Tried.Alarms - k.Present.Alarms; {
	case by > 0:
		c.Title = fmt.Sprintf(v.w.MoreFmt, c.Title, v.words.Count(by))
	case by < 0:
		c.Title = fmt.Sprintf(v.w.FewerFmt, c.Title, v.words.Count(-by))
		examples, n, c.Only = k.Gone, k.Fewer, v.w.OnlyNow
	}
	for _, e := range examples {
		c.Examples = append(c.Examples, v.example(e, to))
	}
	if rest := n - len(examples); rest > 0 {
		c.Rest = v.w.Others.Of(rest)
	}
	return c, true
}

// example leads to the board at the moment an alarm was raised.
func (v *trialView) example(e rules.Episode, to time.Time) views.BacktestExample {
	if !e.To.IsZero() {
		to = e.To
	}
	return views.BacktestExample{Text: fmt.Sprintf(v.w.ExampleFmt, v.moment(e.From), views.FormatAge(to.Sub(e.From), e.To.IsZero())), URL: v.at(e.From)}
}

// at is the board at a moment; an alarm is up from the second after its raise.
func (v *trialView) at(t time.Time) string {
	return hub.Query{Page: hub.PageBoard, Lang: v.q.Lang, Theme: v.q.Theme, At: t.UTC().Truncate(time.Second).Add(time.Second)}.URL()
}

func (v *trialView) moment(t time.Time) string {
	local := t.In(v.s.Hub.Zone())
	return v.words.Day(local) + ", " + local.Format(time.TimeOnly)
}

func (v *trialView) minute(t time.Time) string {
	local := t.In(v.s.Hub.Zone())
	return v.words.Day(local) + ", " + local.Format("15:04")
}

func pairOf(present, tried string, more bool) views.BacktestPair {
	return views.BacktestPair{Present: present, Tried: tried, Same: present == tried, More: more}
}

// countText is a count of a day: nothing where nobody can tell, a least where a
// part of it is not known.
func countText(n int, known, partly bool) string {
	switch {
	case !known:
		return "–"
	case partly:
		return "≥ " + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func upText(d time.Duration) string {
	if d <= 0 {
		return "–"
	}
	return views.FormatAge(d, false)
}

// limitText is a limit in a cell's few words.
func limitText(w *views.BacktestWords, r *rules.Rules, k rules.Kind) string {
	var parts []string
	for _, f := range backtest.Fields {
		same := f.Kind == k || f.Kind == rules.CapacityFull && k == rules.CapacityWarn
		if !same || f.What == "on-delay" || f.What == "warn" && k != rules.CapacityWarn || f.What == "alarm" && k != rules.CapacityFull {
			continue
		}
		value := f.Value(r)
		if value == "off" {
			return w.Off
		}
		if f.What == "under" || f.What == "warn" || f.What == "alarm" {
			value += " %"
		}
		parts = append(parts, value)
	}
	return strings.Join(parts, ", ")
}
