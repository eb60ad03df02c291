package web

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"callboard/internal/hub"
	"callboard/internal/rules"
	"callboard/internal/travel"
	"callboard/views"
)

const (
	// markPatience is how long a page waits for its marks: without them it is
	// whole but for them.
	markPatience = 400 * time.Millisecond
	// marksFresh is how long the marks of a day are not read again.
	marksFresh = 10 * time.Second
	// daysMarked is how many days' marks are kept.
	daysMarked = 8
	// usualRate is the speed that Play takes.
	usualRate = 10
)

// fieldLayout is how a browser writes a moment into a field for one.
const fieldLayout = "2006-01-02T15:04:05"

// markbook keeps the marks of a few days for pages that follow each other.
type markbook struct {
	mu   sync.Mutex
	days map[int64]dayMarks // by the beginning of the stretch
}

type dayMarks struct {
	to, read time.Time
	marks    []travel.Mark
}

// of gives the marks of a stretch, oldest first; none where they cannot be read
// in time.
func (b *markbook) of(ctx context.Context, src Recorder, from, to time.Time) []travel.Mark {
	b.mu.Lock()
	day, ok := b.days[from.Unix()]
	b.mu.Unlock()
	if ok && day.to.Equal(to) && time.Since(day.read) < marksFresh {
		return day.marks
	}
	marks, err := src.Marks(ctx, from, to)
	if err != nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.days == nil || len(b.days) >= daysMarked {
		b.days = map[int64]dayMarks{}
	}
	b.days[from.Unix()] = dayMarks{to: to, read: time.Now(), marks: marks}
	return marks
}

// ride is what the bar of one recorded page is made of.
type ride struct {
	s           *site
	w           *views.Words
	q           hub.Query
	at          time.Time // local, as all times here
	first, last time.Time // of the record
	from, to    time.Time // of the scrubber
	marks       []travel.Mark
}

// travelBar fills the bar of a recorded page.
func (s *site) travelBar(t *views.Travel, q hub.Query, at time.Time) {
	ctx, cancel := context.WithTimeout(context.Background(), markPatience)
	defer cancel()
	zone := s.Hub.Zone()
	r := &ride{s: s, w: views.WordsOf(q.Speaks), q: q, at: at.In(zone), first: at.In(zone), last: s.Hub.Now().In(zone).Truncate(time.Second)}
	if from, to, err := s.Travel.Span(ctx); err == nil {
		r.first, r.last = from.In(zone), to.In(zone)
	}
	r.window()
	y, m, d := r.at.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, zone)
	r.marks = s.markbook.of(ctx, s.Travel, midnight, time.Date(y, m, d+1, 0, 0, 0, 0, zone))

	w := &r.w.OnTravel
	t.Clock, t.Date = r.at.Format(time.TimeOnly), fmt.Sprintf("%s %d", r.w.Day(r.at), r.at.Year())
	t.First, t.Last = r.first.UnixMilli(), r.last.UnixMilli()
	t.NowText = s.Hub.Now().In(zone).Format(time.TimeOnly)
	t.PauseURL = r.url(r.at, 0)
	if r.last.Sub(r.at) > time.Second {
		t.PlayURL = r.url(r.at, usualRate)
	}
	for _, by := range []time.Duration{-10 * time.Minute, -time.Minute, -10 * time.Second, 10 * time.Second, time.Minute, 10 * time.Minute} {
		t.Steps = append(t.Steps, r.step(by))
	}
	for _, rate := range []int{1, 10, 60} {
		label := strconv.Itoa(rate) + "×"
		t.Speeds = append(t.Speeds, views.TravelSpeed{
			Rate: rate, Label: label, Title: fmt.Sprintf(w.PlayAtFmt, label), URL: r.url(r.at, rate),
			Chosen: rate == q.Rate || q.Rate == 0 && rate == usualRate,
		})
	}
	t.Field, t.Least, t.Most = r.at.Format(fieldLayout), r.first.Format(fieldLayout), r.last.Format(fieldLayout)
	t.Action, t.Hidden = formOf(q)
	t.Day = r.day()
	for _, kind := range []string{travel.MarkGap, travel.MarkAlarm, travel.MarkTransfer} {
		t.Jumps = append(t.Jumps, r.jump(ctx, kind))
	}
}

// formOf is where a form of this page goes, and what else of its query it has
// to send along.
func formOf(q hub.Query) (path string, hidden []views.Field) {
	live := q.Live()
	u, err := url.Parse(live.URL())
	if err != nil {
		return "/", nil
	}
	values := live.Values()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		hidden = append(hidden, views.Field{Name: name, Value: values.Get(name)})
	}
	return u.Path, hidden
}

// url is this page at another moment.
func (r *ride) url(at time.Time, rate int) string {
	q := r.q
	q.At, q.Rate = at.UTC().Truncate(time.Second), rate
	return q.URL()
}

// within reports that there is a record of a moment.
func (r *ride) within(at time.Time) bool { return !at.Before(r.first) && !at.After(r.last) }

func (r *ride) step(by time.Duration) views.TravelStep {
	w := &r.w.OnTravel
	size, format, sign := by, w.ForwardFmt, "+"
	if by < 0 {
		size, format, sign = -by, w.BackFmt, "−"
	}
	label := fmt.Sprintf(w.SecondsFmt, int(size.Seconds()))
	if size >= time.Minute {
		label = fmt.Sprintf(w.MinutesFmt, int(size.Minutes()))
	}
	s := views.TravelStep{Seconds: int(by.Seconds()), Label: fmt.Sprintf(format, label), Short: sign + label}
	if to := r.at.Add(by); r.within(to) {
		s.URL = r.url(to, 0)
	}
	return s
}

// window is the stretch of the scrubber: the opening hours with an hour around
// them if the moment lies in it, else the day; of either what there is a record
// of, in whole hours.
func (r *ride) window() {
	y, m, d := r.at.Date()
	hour := func(minutes int) time.Time { return time.Date(y, m, d, 0, minutes, 0, 0, r.at.Location()) }
	r.from, r.to = hour(0), time.Date(y, m, d+1, 0, 0, 0, 0, r.at.Location())
	opening := r.s.Hub.Setup().Rules.Opening
	if hours := opening.Days[r.at.Weekday()]; !opening.Always() && len(hours) > 0 {
		from, to := hour((hours[0].From/60-1)*60), hour(((hours[len(hours)-1].To+59)/60+1)*60)
		if !r.at.Before(from) && r.at.Before(to) {
			r.from, r.to = later(from, r.from), sooner(to, r.to)
		}
	}
	if begin := r.first.Truncate(time.Hour); begin.After(r.from) && !r.at.Before(begin) {
		r.from = begin
	}
	if end := r.last.Truncate(time.Hour).Add(time.Hour); end.Before(r.to) && r.at.Before(end) {
		r.to = end
	}
}

// place is where a moment stands on the scrubber, in thousandths.
func (r *ride) place(t time.Time) int {
	return min(max(int(t.Sub(r.from)*1000/r.to.Sub(r.from)), 0), 1000)
}

// day draws the scrubber.
func (r *ride) day() views.TravelDay {
	w := &r.w.OnTravel
	d := views.TravelDay{From: r.from.UnixMilli(), To: r.to.UnixMilli(), X: r.place(r.at)}
	d.Hours = r.hours()
	if r.first.After(r.from) {
		d.Spans = append(d.Spans, r.span("none", r.from, r.first, fmt.Sprintf(w.NoRecordFmt, r.from.Format("15:04"), r.first.Format("15:04:05")), ""))
	}
	counts := map[string]int{}
	for i := range r.marks {
		m := &r.marks[i]
		counts[m.Kind]++
		to := m.To.In(r.at.Location())
		if m.To.IsZero() {
			to = r.last
		}
		from := m.From.In(r.at.Location())
		if to.Before(r.from) || !from.Before(r.to) {
			continue
		}
		target := ""
		if r.within(from) {
			target = r.url(standing(from), 0)
		}
		switch {
		case m.Kind == travel.MarkGap:
			d.Spans = append(d.Spans, r.span("gap", from, to, r.title(m), target))
		case target != "":
			d.Marks = append(d.Marks, views.TravelMark{Kind: m.Kind, X: r.place(from), W: r.place(to) - r.place(from), Title: r.title(m), URL: target})
		}
	}
	if r.last.Before(r.to) {
		d.Spans = append(d.Spans, r.span("later", r.last, r.to, w.Later, ""))
	}
	d.Text = fmt.Sprintf(w.DayTextFmt, r.w.Day(r.at), w.Gaps.Of(counts[travel.MarkGap]), w.Alarms.Of(counts[travel.MarkAlarm]), w.Transfers.Of(counts[travel.MarkTransfer]))
	if before := r.at.AddDate(0, 0, -1); r.within(before) {
		d.PrevURL = r.url(before, 0)
	} else if y, m, day := r.at.Date(); r.first.Before(time.Date(y, m, day, 0, 0, 0, 0, r.at.Location())) {
		d.PrevURL = r.url(r.first, 0)
	}
	if after := r.at.AddDate(0, 0, 1); r.within(after) {
		d.NextURL = r.url(after, 0)
	}
	return d
}

func (r *ride) span(kind string, from, to time.Time, title, target string) views.TravelSpan {
	x := r.place(from)
	return views.TravelSpan{Kind: kind, X: x, W: r.place(to) - x, Title: title, URL: target}
}

// hours are the ticks: so many labels as there is room for on a desk, every
// few of them on a telephone.
func (r *ride) hours() (ticks []views.TravelHour) {
	step, every := time.Hour, 2 // a tick, and each how many have a label
	switch hours := r.to.Sub(r.from).Hours(); {
	case hours <= 7:
		step = 15 * time.Minute
	case hours <= 14:
		step = 30 * time.Minute
	}
	labels := int(r.to.Sub(r.from)/(step*time.Duration(every))) + 1
	wide := max((labels+3)/4, 1)
	for i, t := 0, r.from; t.Before(r.to); i, t = i+1, t.Add(step) {
		tick := views.TravelHour{X: r.place(t)}
		if i%every == 0 && tick.X < 965 {
			tick.Label, tick.Wide = t.Format("15:04"), i/every%wide == 0
		}
		ticks = append(ticks, tick)
	}
	return ticks
}

// title says what a mark is.
func (r *ride) title(m *travel.Mark) string {
	w := &r.w.OnTravel
	from, length := r.when(m.From), views.FormatAge(m.To.Sub(m.From), false)
	switch m.Kind {
	case travel.MarkGap:
		if m.To.IsZero() {
			return fmt.Sprintf(w.GapOpenFmt, from)
		}
		return fmt.Sprintf(w.GapFmt, from, r.when(m.To), length)
	case travel.MarkAlarm:
		name := alarmName(r.w, rules.Kind(m.Code))
		if m.To.IsZero() {
			return fmt.Sprintf(w.AlarmOpenFmt, name, from)
		}
		return fmt.Sprintf(w.AlarmFmt, name, from, length)
	}
	return fmt.Sprintf(w.TransferFmt, from)
}

// alarmName is what a kind of alarm is called.
func alarmName(w *views.Words, k rules.Kind) string {
	if name, ok := w.OnBacktest.Names[string(k)]; ok {
		return name
	}
	return w.OnTravel.Alarm
}

// when is a time of day, with its day where that is another.
func (r *ride) when(t time.Time) string {
	t = t.In(r.at.Location())
	clock := t.Format(time.TimeOnly)
	if t.YearDay() == r.at.YearDay() && t.Year() == r.at.Year() {
		return clock
	}
	return r.w.Day(t) + ", " + clock
}

// standing is the first whole second at which what began at a moment is there.
func standing(t time.Time) time.Time {
	if at := t.Truncate(time.Second); !at.Equal(t) {
		return at.Add(time.Second)
	}
	return t
}

// jump leads to the nearest marks of a kind: of this day, else of others.
func (r *ride) jump(ctx context.Context, kind string) views.TravelJump {
	w := &r.w.OnTravel
	j := views.TravelJump{Kind: kind, Label: map[string]string{travel.MarkGap: w.Gap, travel.MarkAlarm: w.Alarm, travel.MarkTransfer: w.Transfer}[kind]}
	now := r.at.Truncate(time.Second)
	var prev, next time.Time
	for i := range r.marks {
		m := &r.marks[i]
		at := standing(m.From) // as its link has it
		switch {
		case m.Kind != kind || !r.within(at):
		case at.Before(now):
			prev = at
		case at.After(now) && next.IsZero():
			next = at
		}
	}
	if prev.IsZero() {
		if m, ok, err := r.s.Travel.Prev(ctx, kind, now.Add(-time.Second)); err == nil && ok && r.within(m.From) {
			prev = standing(m.From)
		}
	}
	if next.IsZero() {
		if m, ok, err := r.s.Travel.Next(ctx, kind, now); err == nil && ok && r.within(m.From) {
			next = standing(m.From)
		}
	}
	if !prev.IsZero() {
		j.Prev, j.PrevText = r.url(prev, 0), r.when(prev)
		j.PrevTitle = fmt.Sprintf(w.JumpBeforeFmt, j.Label, j.PrevText)
	}
	if !next.IsZero() {
		j.Next, j.NextText = r.url(next, 0), r.when(next)
		j.NextTitle = fmt.Sprintf(w.JumpAfterFmt, j.Label, j.NextText)
	}
	return j
}

// recordable is the page of the record for a live one: itself, or the board
// where only the frame is live.
func recordable(q hub.Query) hub.Query {
	switch q.Page {
	case hub.PageBoard, hub.PageCall, hub.PagePeople, hub.PageLines, hub.PageMissed, hub.PageNumbers, hub.PageStatus:
		return q
	}
	return hub.Query{Page: hub.PageBoard, Lang: q.Lang, Theme: q.Theme}
}

// rideFrom is how long ago the moment is that the way into the record offers.
const rideFrom = 5 * time.Minute

// entry is the way from a live page into the record, if there is one.
func (s *site) entry(q hub.Query) (e views.TravelEntry) {
	if s.Travel == nil {
		return e
	}
	ctx, cancel := context.WithTimeout(context.Background(), markPatience)
	defer cancel()
	first, last, err := s.Travel.Span(ctx)
	if err != nil {
		return e
	}
	zone := s.Hub.Zone()
	e.Action, e.Hidden = formOf(q)
	e.Field = later(last.Add(-rideFrom), first).In(zone).Format(fieldLayout)
	e.Least, e.Most = first.In(zone).Format(fieldLayout), last.In(zone).Format(fieldLayout)
	return e
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func sooner(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
