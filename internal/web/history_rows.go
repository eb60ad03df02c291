package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/internal/state"
	"callboard/views"
)

// bar is the row of filters.
func (p *past) bar(n int) views.HistoryBar {
	hw := &p.words.OnHistory
	b := views.HistoryBar{Action: "/history", Day: p.picker(), Find: hw.Find, Text: views.CleanText(cmp.Or(p.values.Get("q"), p.values.Get("number"))), Hidden: p.hidden("q", "number")}
	switch level := p.rec.lens.Level; {
	case level >= privacy.Initials: // what is hidden cannot be searched for
		b.Find = ""
	case level > privacy.Full:
		b.Find = p.words.OnPast.FindName
	}
	b.Filters = p.filters()
	b.Handover = hub.Query{Page: hub.PageHandover, Lang: p.q.Lang, Theme: p.q.Theme, Mask: p.q.Mask}.URL()
	active := 0
	for _, name := range pastFields {
		if p.values.Has(name) {
			active++
		}
	}
	if active > 1 { // one has its own way out
		b.Clear = p.unfiltered()
	}
	kept := int(cmp.Or(p.s.HistoryKeep, history.DefaultKeep) / (24 * time.Hour))
	calls := hw.Calls.Of(n)
	if p.least(p.filter.From, p.filter.To) {
		calls = sprintf(hw.AtLeastFmt, calls)
	}
	b.Note = sprintf(hw.CountKeptFmt, calls, hw.KeptDays.Of(kept))
	b.Travel = p.ride()
	if n > 0 {
		f := p.unpaged()
		f.Rows = history.RowsJourneys
		fields := f.Values()
		if p.q.Mask != "" {
			fields.Set("mask", p.q.Mask)
		}
		v := fields.Encode()
		b.JSON = "/api/v1/history?" + v
		if p.files && p.rec.lens.Level < privacy.Counts {
			b.CSV = "/api/v1/history.csv?" + v
		}
	}
	return b
}

// hidden are the fields of a form that keeps the choice but for some of it.
func (p *past) hidden(but ...string) (fields []views.Field) {
	v := p.q.Values()
	for name := range p.values {
		v.Set(name, p.values.Get(name))
	}
	names := make([]string, 0, len(v))
	for name := range v {
		if !slices.Contains(but, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		fields = append(fields, views.Field{Name: name, Value: v.Get(name)})
	}
	return fields
}

// picker is the chip of the days.
func (p *past) picker() views.DayPicker {
	hw, w := &p.words.OnHistory, p.words
	first, last := p.from.In(p.zone), p.to.Add(-time.Second).In(p.zone)
	today := p.today().In(p.zone)
	d := views.DayPicker{
		From: first.Format(time.DateOnly), To: last.Format(time.DateOnly), Most: today.Format(time.DateOnly), Hidden: p.hidden("day", "from", "to"),
		Label: w.Day(first) + " " + strconv.Itoa(first.Year()),
	}
	whole := p.whole()
	switch {
	case p.days > 1:
		d.Label = sprintf(hw.RangeFmt, w.ShortDay(first), w.Date(last))
	case !whole:
		d.Label = w.Day(first) + ", " + p.filter.From.In(p.zone).Format("15:04") + "–" + p.filter.To.In(p.zone).Format("15:04")
	}
	if begun := p.begun; !begun.IsZero() {
		d.Least = begun.In(p.zone).Format(time.DateOnly)
	}
	option := func(label string, from, to time.Time) {
		d.Options = append(d.Options, views.Option{
			Label: label, URL: p.span(from.Format(time.DateOnly), to.Format(time.DateOnly)),
			Chosen: whole && first.Format(time.DateOnly) == from.Format(time.DateOnly) && last.Format(time.DateOnly) == to.Format(time.DateOnly),
		})
	}
	yesterday := today.AddDate(0, 0, -1)
	option(hw.Today, today, today)
	option(hw.Yesterday, yesterday, yesterday)
	for _, n := range []int{7, 30, 90} {
		option(sprintf(hw.LastDaysFmt, n), today.AddDate(0, 0, 1-n), today)
	}
	step := func(by int) string {
		from, to := first.AddDate(0, 0, by), last.AddDate(0, 0, by)
		return p.span(from.Format(time.DateOnly), to.Format(time.DateOnly))
	}
	if p.begun.Before(p.from) && !p.begun.IsZero() {
		d.Prev = step(-p.days)
	}
	if last.Before(today) {
		d.Next = step(p.days)
	}
	return d
}

// filters are the chips of what is chosen: links in menus, so that it works
// without script.
func (p *past) filters() (out []views.Filter) {
	w, hw, f := p.words, &p.words.OnHistory, &p.filter
	chip := func(id, name, all, none string, options ...[2]string) { // value and label
		c := views.Filter{ID: id, Label: all, Active: p.values.Get(name) != ""}
		for _, o := range append([][2]string{{"", none}}, options...) {
			o := views.Option{Label: o[1], URL: p.with(name, o[0]), Chosen: strings.EqualFold(o[0], p.values.Get(name))}
			if c.Options = append(c.Options, o); o.Chosen && c.Active {
				c.Label = o.Label
			}
		}
		if c.Active {
			c.Clear = p.with(name, "")
			if c.Label == all {
				c.Label = views.CleanText(p.values.Get(name))
			}
		}
		if len(c.Options) > longMenu {
			c.Action, c.Hidden = "/history", p.hidden(name)
			c.Find = map[string]string{"line": w.OnLines.FindLine, "user": w.OnPeople.FindPerson, "team": w.OnPeople.FindTeam}[id]
			c.Options = c.Options[:min(len(c.Options), longestMenu)]
		}
		out = append(out, c)
	}
	named := func(list []hub.Named) (o [][2]string) {
		for _, n := range list {
			o = append(o, [2]string{n.OID, views.CleanText(cmp.Or(n.Name, n.Number, n.OID))})
		}
		return o
	}
	chip("line", "line", w.AllLines, w.AllLines, named(p.who.Lines)...)
	if len(p.who.Teams) > 0 || f.Team != "" {
		var teams [][2]string
		for _, t := range p.who.Teams {
			teams = append(teams, [2]string{t, views.CleanText(t)})
		}
		chip("team", "team", w.OnPeople.AllTeams, w.OnPeople.AllTeams, teams...)
	}
	chip("user", "user", w.AllPeople, w.AllPeople, named(p.who.Users)...)
	chip("result", "outcome", hw.Result, hw.AnyResult,
		[2]string{history.ResultAnswered, w.Answered}, [2]string{history.ResultUnanswered, w.Unanswered}, [2]string{history.ResultLost, hw.EndNotSeen})
	var waits [][2]string
	for _, d := range []time.Duration{10 * time.Second, 20 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute} {
		waits = append(waits, [2]string{d.String(), sprintf(hw.WaitedOverFmt, views.FormatAge(d, false))})
	}
	chip("waited", "waited", hw.AnyWait, hw.AnyWait, waits...)
	if c := &out[len(out)-1]; c.Active && f.Waited > 0 {
		c.Label = sprintf(hw.WaitedOverFmt, views.FormatAge(f.Waited, false))
	}
	out = append(out, p.direction())
	return out
}

// Menus are cut as those of the board are.
const longMenu, longestMenu = 12, 100

// direction is the chip of which way calls went: one is always in effect.
func (p *past) direction() views.Filter {
	hw := &p.words.OnHistory
	in := state.Inbound.String()
	c := views.Filter{ID: "dir", Active: p.dir != in}
	for _, o := range [][2]string{{in, hw.CameIn}, {everyDirection, hw.AllCalls}, {state.Outbound.String(), hw.WentOut}, {state.Internal.String(), hw.AmongColleagues}} {
		option := views.Option{Label: o[1], URL: p.with("direction", o[0]), Chosen: o[0] == p.dir}
		if c.Options = append(c.Options, option); option.Chosen {
			c.Label = option.Label
		}
	}
	c.Label = cmp.Or(c.Label, views.CleanText(p.dir))
	if c.Active {
		c.Clear = p.with("direction", in)
	}
	return c
}

// rows are the calls, with the heads of their days where there are several.
func (p *past) rows(list []state.Journey, t tally) []views.HistoryRow {
	waiting := p.waiting()
	var rows []views.HistoryRow
	day := ""
	for i := range list {
		j := &list[i]
		local := j.Start.In(p.zone)
		if d := local.Format(time.DateOnly); p.days > 1 && d != day {
			day = d
			from, to := history.DayOf(j.Start, p.zone)
			head := views.HistoryRow{Day: p.words.Day(local) + " " + strconv.Itoa(local.Year())}
			if n := t.sum(from, to); n.all() > 0 {
				head.N = p.counted(n.all(), from, to)
			}
			rows = append(rows, head)
		}
		rows = append(rows, p.row(j, waiting))
	}
	return rows
}

// waiting are the calls of customers whom nobody has called back.
func (p *past) waiting() map[uint64]bool {
	calls := map[uint64]bool{}
	for _, e := range p.s.Hub.Ledger(p.rec.lens).Ledger.Open {
		for i := range e.Tries {
			calls[e.Tries[i].Call] = true
		}
	}
	return calls
}

func (p *past) row(j *state.Journey, waiting map[uint64]bool) views.HistoryRow {
	w, hw := p.words, &p.words.OnHistory
	r := views.HistoryRow{
		ID: "j" + strconv.FormatUint(j.ID, 10), Started: j.Start.In(p.zone).Format(time.TimeOnly),
		Line:     cmp.Or(views.CleanText(j.LineName), views.CleanText(p.lines[j.Line]), views.CleanText(j.Line), "–"),
		Customer: views.Party{Name: views.CleanText(j.Customer.Name), Number: views.FormatNumber(views.CleanText(j.Customer.Number))},
		Waited:   "–", Talked: "–", Result: views.State{Tone: views.ToneIdle},
	}
	if n := len(j.Calls); n > 0 {
		r.URL = hub.Query{Page: hub.PageCall, Call: j.Calls[n-1], Lang: p.q.Lang, Theme: p.q.Theme, Mask: p.q.Mask}.URL()
	}
	switch {
	case j.Kind == state.Internal:
		r.Customer = views.Party{Name: w.Internal}
	case r.Customer == (views.Party{}):
		r.Customer.Name = w.OnNumbers.Anonymous
	}
	r.People, r.PeopleAll = p.people(j)
	answered := !j.Answered.IsZero()
	switch history.ResultOf(j) {
	case history.ResultAnswered:
		r.Result.Glyph, r.Result.Word = "talk", w.Answered
	case history.ResultLost:
		r.Result.Glyph, r.Result.Word = "unconfirmed", hw.EndNotSeen
	default:
		r.Result.Glyph, r.Result.Word, r.Strong = "missed", w.Unanswered, j.Kind != state.Internal
	}
	if wait, known := j.Wait(j.Ended); known && wait >= 0 {
		r.Waited = views.FormatAge(wait, false)
		r.Long = j.Kind != state.Outbound && j.Kind != state.Internal && wait > p.s.Hub.Setup().Rules.ServiceLevel.Within
	}
	switch {
	case j.Talks > 0:
		r.Talked = views.FormatAge(j.Talk, j.Lost)
	case answered && j.Ended.After(j.Answered):
		r.Talked = views.FormatAge(j.Ended.Sub(j.Answered), j.Lost || !j.WaitKnown)
	}
	p.legs(&r, j)
	remark := func(text string, doubt bool) {
		r.Remarks = append(r.Remarks, views.Remark{Text: text, Doubt: doubt})
	}
	switch j.Kind {
	case state.Outbound:
		remark(hw.Outbound, false)
	case state.Internal:
		remark(hw.Internal, false)
	default:
		if !answered && slices.ContainsFunc(j.Calls, func(seq uint64) bool { return waiting[seq] }) {
			remark(hw.NotReturned, false)
		}
	}
	if n := len(j.Users) - 1; n > 0 && j.Kind != state.Internal {
		remark(hw.Transfers.Of(n), false)
	}
	switch {
	case j.Lost:
		remark(hw.EndLost, true)
	case !j.StartKnown:
		remark(hw.BeginLost, true)
	case j.Doubt:
		remark(hw.Unconfirmed, true)
	}
	return r
}

// people names who talked with the customer, else where it rang: in full while
// there are one or two, else by their first names.
func (p *past) people(j *state.Journey) (short, whole string) {
	who := j.Users
	if len(who) == 0 {
		who = j.RangAt
	}
	if len(who) == 0 {
		return "–", ""
	}
	names := make([]string, len(who))
	for i, u := range who {
		names[i] = views.CleanText(cmp.Or(p.users[u], u))
	}
	whole = strings.Join(names, ", ")
	if len(names) <= 2 {
		return whole, whole
	}
	for i := range names {
		names[i], _, _ = strings.Cut(names[i], " ")
	}
	if len(names) == 3 {
		return strings.Join(names, ", "), whole
	}
	return strings.Join(names[:2], ", ") + " +" + strconv.Itoa(len(names)-2), whole
}

// legs draws who rang in vain and who talked.
func (p *past) legs(r *views.HistoryRow, j *state.Journey) {
	hw := &p.words.OnHistory
	rang := 0
	for _, u := range j.RangAt {
		if !slices.Contains(j.Users, u) {
			rang++
		}
	}
	talked := len(j.Users)
	if j.Answered.IsZero() {
		talked = 0
	}
	const most = 5
	for i := range rang + talked {
		mark := "gone"
		if i >= rang {
			mark = "talking"
		}
		if len(r.Legs) == most {
			r.LegsMore = rang + talked - most
			break
		}
		r.Legs = append(r.Legs, views.Leg{Mark: mark})
	}
	var said []string
	if rang > 0 {
		said = append(said, hw.LegsRang.Of(rang))
	}
	if talked > 0 {
		said = append(said, hw.LegsTalked.Of(talked))
	}
	r.LegsText = strings.Join(said, ", ")
}

// ride is the form that shows the board of another time; it begins within the
// days that are shown, if there is a record of them.
func (p *past) ride() views.TravelEntry {
	e := p.s.entry(hub.Query{Page: hub.PageBoard, Lang: p.q.Lang, Theme: p.q.Theme, Mask: p.q.Mask})
	if to := p.filter.To; !to.IsZero() && !p.now.Before(to) {
		if end := to.Add(-time.Second).In(p.zone).Format(fieldLayout); end > e.Least && end < e.Most {
			e.Field = end
		}
	}
	return e
}
