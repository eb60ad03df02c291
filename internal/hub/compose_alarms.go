package hub

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/views"
)

// alarms are those of the view, the most urgent first: of the calls it shows,
// and of what is watched of its lines and people as a whole.
func (c *composer) alarms() views.Alarms {
	if c.pic.alarms.Made {
		return c.pic.alarms
	}
	out := views.Alarms{Made: true, Quiet: !c.p.setup.Rules.Opening.Open(c.local(c.now))}
	d := c.ward()
	full := slices.ContainsFunc(c.p.watch.up, func(a rules.Alarm) bool { return a.Kind == rules.CapacityFull })
	for i := range c.p.watch.up {
		a := &c.p.watch.up[i]
		switch m := c.p.calls[a.Subject]; {
		case a.Subject == 0 || a.Subject&rules.Part != 0:
			if d == nil || a.Subject != d.subject || a.Kind == rules.CapacityWarn && full { // one of two that say the same
				continue
			}
		case m == nil || !c.takes(m):
			continue
		}
		v := views.Alarm{ID: a.ID(), Kind: string(a.Kind), At: milliseconds(a.Said), Sound: a.Limit.Sound, Text: c.alarmText(a, d), Doubt: !a.AsOf.IsZero()}
		if a.Subject != 0 && a.Subject&rules.Part == 0 && !c.p.counts() {
			v.URL = Query{Page: PageCall, Call: a.Subject, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
		}
		out.List = append(out.List, v)
	}
	c.pic.alarms = out
	return out
}

// ward is what is watched of the view's lines and people; nil until it was
// looked at for the first time.
func (c *composer) ward() *ward { return c.p.watch.wards[c.v.scope] }

// raised reports whether an alarm of a kind is up for the view's lines and
// people as a whole.
func (c *composer) raised(k rules.Kind) bool {
	d := c.ward()
	return d != nil && slices.ContainsFunc(c.p.watch.up, func(a rules.Alarm) bool { return a.Kind == k && a.Subject == d.subject })
}

// alarmText says what an alarm is about. It names the limit and not the age,
// which would change with every second.
func (c *composer) alarmText(a *rules.Alarm, d *ward) string {
	o := &c.words.OnAlarms
	text := ""
	switch a.Kind {
	case rules.RingingLong, rules.TalkingLong:
		format := o.RingingFmt
		if a.Kind == rules.TalkingLong {
			format = o.TalkingFmt
		}
		text = sprintf(format, views.FormatAge(a.Limit.Age(), false))
		if m := c.p.calls[a.Subject]; m != nil {
			if where := c.line(&m.call); where != "–" {
				text = where + ": " + lowerFirst(text)
			}
		}
	case rules.ManyWaiting:
		text = c.measured(a, o.Waiting.Of(d.waiting), figure(a.Limit.Over))
	case rules.ChatAlarm:
		text = sprintf(o.ChatFmt, o.Ring.Of(d.chatRinging), o.Chat.Of(len(d.chatting)))
		if names := c.chatNames(d); names != "" {
			text += " (" + names + ")"
		}
	case rules.CapacityWarn, rules.CapacityFull:
		text = sprintf(o.LinesFmt, d.lines, c.p.setup.Rules.Capacity.Lines)
	case rules.NotReturned:
		text = sprintf(o.NotReturnedFmt, o.Customers.Of(d.late), views.FormatAge(a.Limit.Age(), false))
	case rules.LevelUnder:
		text = c.measured(a, sprintf(o.LevelFmt, figure(math.Floor(a.Value))), figure(a.Limit.Under))
	case rules.AnswerUnder:
		text = c.measured(a, sprintf(o.AnswerFmt, figure(math.Floor(a.Value))), figure(a.Limit.Under))
	case rules.ASAOver:
		text = c.measured(a, sprintf(o.ASAFmt, views.FormatAge(time.Duration(a.Value)*time.Second, false)), views.FormatAge(a.Limit.Age(), false))
	}
	const often = 3 // raised so often in an hour it may be the limit that is wrong
	if a.Chatter >= often && !c.look.wall {
		text += ", " + sprintf(o.OftenFmt, a.Chatter)
	}
	if !a.AsOf.IsZero() {
		text += ", " + c.words.AsOf + " " + c.clock(a.AsOf)
	}
	return text
}

// measured is a number with its limit. What came back within it, and not far
// or long enough for the alarm to end, is said to have been beyond.
func (c *composer) measured(a *rules.Alarm, what, limit string) string {
	o := &c.words.OnAlarms
	switch {
	case a.Limit.Under > 0 && a.Value < a.Limit.Under:
		return sprintf(o.TargetFmt, what, limit)
	case a.Limit.Under > 0:
		return sprintf(o.WasUnderFmt, what, limit)
	case a.Value > a.Limit.Over:
		return sprintf(o.LimitFmt, what, limit)
	}
	return sprintf(o.WasOverFmt, what, limit)
}

// chatNames are the first names of who talks internally; displays name
// nobody.
func (c *composer) chatNames(d *ward) string {
	const most = 4
	if c.look.masked() || c.look.wall { // a display's line is short, and read by everybody
		return ""
	}
	var names []string
	for _, p := range d.chatting {
		if name := c.firstName(p); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) > most {
		names = append(names[:most], "…")
	}
	return strings.Join(names, ", ")
}

// alarmsPart is on every page, for scripts that speak, sound and notify.
func (c *composer) alarmsPart() {
	list := c.alarms()
	c.part("p-alarms", list, views.AlarmsPart(list))
}

// overNote says which limits the calls of the group that needs a person are
// over.
func (c *composer) overNote(s *census) string {
	w, r := c.words, &c.p.setup.Rules
	rings, talks := 0, 0
	for i := range s.rows {
		if s.rows[i].group != needsPerson {
			continue
		}
		if s.rows[i].m.call.Phase == state.Talking {
			talks++
		} else {
			rings++
		}
	}
	ringing := sprintf(w.RingingOverFmt, views.FormatAge(r.Ringing.Age(), false))
	talking := sprintf(w.OnAlarms.TalkOverFmt, views.FormatAge(r.Talking.Age(), false))
	switch {
	case talks == 0:
		return ringing
	case rings == 0:
		return talking
	}
	return ringing + ", " + talking
}

// figure prints a limit without needless decimals.
func figure(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
