package hub

import (
	"strconv"
	"strings"
	"time"

	"callboard/internal/rules"
	"callboard/internal/teams"
	"callboard/views"
)

// setupView is what the files say, in words, for who reads the status page.
func (c *composer) setupView() views.Setup {
	s, o := &c.p.setup, &c.words.OnAlarms
	out := views.Setup{Alarms: c.alarmRules(), Facts: c.setupFacts()}
	if !c.p.h.Recorded() {
		out.TryURL = tryURL(c.q)
	}
	file := s.RulesFile
	if file == "" {
		file = o.NoFile
	}
	out.Note = sprintf(o.InEffectFmt, views.CleanText(file), c.clock(s.since))
	if s.refused != "" {
		out.Refused = sprintf(o.RefusedFmt, c.clock(s.at), views.CleanSentence(s.refused))
	}
	if unknown := c.p.watch.unknown; len(unknown) > 0 {
		var at []string
		for _, m := range unknown {
			at = append(at, sprintf("%d (%s)", m.Line, views.CleanText(m.Text)))
		}
		const most = 8
		if more := len(at) - most; more > 0 {
			at = append(at[:most], sprintf("+ %d", more))
		}
		out.Unknown = sprintf(o.UnknownFmt, views.CleanText(s.TeamsFile), strings.Join(at, ", "))
	}
	return out
}

// alarmRules are the limits of all alarms, in the order of their urgency.
func (c *composer) alarmRules() []views.AlarmRule {
	r, o := &c.p.setup.Rules, &c.words.OnAlarms
	var rows []views.AlarmRule
	add := func(k rules.Kind, limit string, l rules.Limit) {
		row := views.AlarmRule{Name: o.Names[string(k)], Limit: limit, On: o.AtOnce, Off: o.AtOnce, Again: o.Never, Sound: o.Silent}
		if l.On > 0 {
			row.On = views.FormatAge(l.On, false)
		}
		if l.Off > 0 {
			row.Off = views.FormatAge(l.Off, false)
		}
		if l.Again > 0 {
			row.Again = views.FormatAge(l.Again, false)
		}
		if l.Sound {
			row.Sound = o.Sounds
		}
		if limit == "" {
			row.Limit, row.On, row.Off, row.Again, row.Sound, row.IsOff = o.Off, "–", "–", "–", "–", true
		}
		rows = append(rows, row)
	}
	age := func(l rules.Limit) string {
		if !l.Set() {
			return ""
		}
		return sprintf(o.LongerFmt, views.FormatAge(l.Age(), false)) + c.leastWords(l)
	}
	share := func(l rules.Limit) string {
		if !l.Set() {
			return ""
		}
		return sprintf(o.UnderFmt, figure(l.Under)) + c.leastWords(l)
	}
	waiting, chat, capacity := "", "", ""
	if r.Waiting.Set() {
		waiting = sprintf(o.OverFmt, figure(r.Waiting.Over))
	}
	if n := r.Chat.Colleagues; n > 0 {
		chat = sprintf(o.ChatRuleFmt, views.FormatAge(r.Chat.Ring, false), o.Chat.Of(n))
	}
	if n := r.Capacity.Lines; n > 0 {
		capacity = sprintf(o.CapacityRuleFmt, r.Capacity.Warn, r.Capacity.Alarm, n)
	}
	add(rules.RingingLong, age(r.Ringing), r.Ringing)
	add(rules.ChatAlarm, chat, r.Chat.Limit)
	add(rules.ManyWaiting, waiting, r.Waiting)
	add(rules.TalkingLong, age(r.Talking), r.Talking)
	add(rules.NotReturned, age(r.Missed), r.Missed)
	add(rules.LevelUnder, share(r.Level), r.Level)
	add(rules.ASAOver, age(r.ASA), r.ASA)
	add(rules.AnswerUnder, share(r.Answer), r.Answer)
	add(rules.CapacityWarn, capacity, r.Capacity.Limit)
	return rows
}

// leastWords say from which sample on a limit counts.
func (c *composer) leastWords(l rules.Limit) string {
	if l.Least == 0 {
		return ""
	}
	return ", " + sprintf(c.words.OnAlarms.LeastFmt, l.Least)
}

// setupFacts are targets, opening hours and teams.
func (c *composer) setupFacts() []views.Fact {
	s, o := &c.p.setup, &c.words.OnAlarms
	r := &s.Rules
	sl := r.ServiceLevel
	level := sprintf(o.LevelRuleFmt, sl.Goal, thresholdText(sl.Within), int(sl.Variant))
	if sl.Short > 0 {
		level += ", " + sprintf(o.ShortFmt, thresholdText(sl.Short))
	}
	names := o.Nobody
	if list := s.Teams.Names(); len(list) > 0 {
		for i := range list {
			list[i] = views.CleanText(list[i])
		}
		names = strings.Join(list, ", ")
	}
	return []views.Fact{
		{Label: c.words.OnAlarms.Names[string(rules.LevelUnder)], Value: level},
		{Label: o.ReturnedLabel, Value: sprintf(o.ReturnedFmt, r.ReturnedGoal, views.FormatAge(r.Returned, false))},
		{Label: o.OpeningLabel, Value: c.openingWords()},
		{Label: o.TeamsLabel, Value: names},
	}
}

// openingWords are the hours of a week, days with equal hours together.
func (c *composer) openingWords() string {
	o := &c.p.setup.Rules.Opening
	if o.Always() {
		return c.words.OnAlarms.AlwaysOpen
	}
	hours := func(day int) string {
		var list []string
		for _, h := range o.Days[day%7] {
			list = append(list, clockOf(h.From)+"–"+clockOf(h.To))
		}
		return strings.Join(list, ", ")
	}
	var out []string
	for from := 1; from <= 7; { // a week begins on Monday
		to := from
		for to < 7 && hours(to+1) == hours(from) {
			to++
		}
		if open := hours(from); open != "" {
			days := c.words.Calendar.WeekdaysShort[from%7]
			if to > from {
				days += "–" + c.words.Calendar.WeekdaysShort[to%7]
			}
			out = append(out, days+" "+open)
		}
		from = to + 1
	}
	return strings.Join(out, "; ")
}

// clockOf prints minutes since midnight.
func clockOf(minutes int) string {
	text := strconv.Itoa(minutes%60 + 100)
	return strconv.Itoa(minutes/60) + ":" + text[1:]
}

// unknownPause is how long the PBX's lists get before members that are not on
// them are complained of.
const unknownPause = 30 * time.Second

// checkMembers finds members of the teams file whom the PBX does not know, and
// logs once in which lines they stand.
func (p *painter) checkMembers(now time.Time) {
	k := &p.company
	if p.setup.TeamsFile == "" {
		p.watch.unknown = nil
		return
	}
	if len(k.users) == 0 || p.watch.unknownOf == k.names || now.Sub(p.setup.since) < unknownPause {
		return
	}
	who := func(list map[string]member) []teams.Who {
		out := make([]teams.Who, 0, len(list))
		for oid, m := range list {
			out = append(out, teams.Who{OID: oid, Name: m.name, Number: m.number})
		}
		return out
	}
	before := len(p.watch.unknown)
	p.watch.unknown, p.watch.unknownOf = p.setup.Teams.Unknown(who(k.users), who(k.lines)), k.names
	if n := len(p.watch.unknown); n > 0 && n != before {
		lines := make([]int, n)
		for i, m := range p.watch.unknown {
			lines[i] = m.Line
		}
		p.h.opt.Log.Warn("teams: the PBX does not know some members", "file", p.setup.TeamsFile, "lines", lines)
	}
}

// tryURL is the page that tries other limits, for the same viewer.
func tryURL(q Query) string {
	if kept := (Query{Lang: q.Lang, Theme: q.Theme}).Values(); len(kept) > 0 {
		return "/backtest?" + kept.Encode()
	}
	return "/backtest"
}
