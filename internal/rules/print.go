package rules

import (
	"fmt"
	"strconv"
	"strings"
)

// YAML writes the rules as a settings file with a comment on everything in it.
// Reading it back gives the same rules.
func (r Rules) YAML() string {
	w := &writer{}
	w.line(0, "", "# Settings of Callboard: when a person is needed. Every key may be left out.")
	w.line(0, "", "# Durations: 30s, 1m30s or 0:30. The word off switches a limit off.")
	w.gap()
	w.value(0, "company", quoted(r.Company), "shown beside the product's name")
	w.value(0, "notice", quoted(r.Notice), "line on boards and walls until somebody sets another")
	w.gap()
	w.head(0, "service-level", "of customers who called in")
	w.value(1, "variant", strconv.Itoa(int(r.ServiceLevel.Variant)), "1 to 5, see the page Numbers; 4: answered in time / (answered + unanswered later than that)")
	w.value(1, "goal", strconv.Itoa(r.ServiceLevel.Goal), "per cent")
	w.value(1, "within", Spell(r.ServiceLevel.Within), "answered in time means within")
	w.value(1, "short", Spell(r.ServiceLevel.Short), "unanswered calls that rang less are left out")
	w.gap()
	w.head(0, "returned", "missed customers should be called back")
	w.value(1, "within", Spell(r.Returned), "")
	w.value(1, "goal", strconv.Itoa(r.ReturnedGoal), "per cent of them")
	w.gap()
	w.line(0, "", "# Each alarm: over or under, then")
	w.line(0, "", "#   deadband   how far it must come back before the alarm can be over")
	w.line(0, "", "#   on-delay   how long it must be beyond before anything is said")
	w.line(0, "", "#   off-delay  how long it must be back before the alarm is over")
	w.line(0, "", "#   again      an alarm that lasts is said again after so long, or off")
	w.line(0, "", "#   least      sample below which a ratio or an average raises nothing")
	w.line(0, "", "#   sound      on: heard by viewers who switched sounds on")
	w.head(0, "alarms", "")
	w.ages("ringing", "one call: a customer rings for", r.Ringing)
	w.ages("talking", "one call: a talk with a customer lasts", r.Talking)
	w.limit("waiting", "customers who ring at once", r.Waiting, func(l Limit) {
		w.value(2, "over", orOffText(l.Over, plainNumber(l.Over)), "this many are fine, one more is not")
		w.value(2, "deadband", plainNumber(l.Deadband), "")
	})
	w.share("service-level", "today, per cent; without under it follows the goal above", r.Level)
	w.share("answer-rate", "today, per cent", r.Answer)
	w.ages("asa", "today: average wait until the answer", r.ASA)
	w.ages("not-returned", "the longest-waiting customer nobody has called back", r.Missed)
	w.limit("chat", "customers ring while colleagues talk internally", r.Chat.Limit, func(Limit) {
		w.value(2, "ring", Spell(r.Chat.Ring), "a customer rings for so long")
		w.value(2, "colleagues", orOffText(float64(r.Chat.Colleagues), strconv.Itoa(r.Chat.Colleagues)), "while so many talk internally")
	})
	w.limit("capacity", "calls with the outside at once, against what the trunk carries", r.Capacity.Limit, func(l Limit) {
		w.value(2, "lines", orOffText(float64(r.Capacity.Lines), strconv.Itoa(r.Capacity.Lines)), "how many calls it carries; off: not watched")
		w.value(2, "warn", strconv.Itoa(r.Capacity.Warn), "per cent of them")
		w.value(2, "alarm", strconv.Itoa(r.Capacity.Alarm), "per cent of them")
		w.value(2, "deadband", plainNumber(l.Deadband), "per cent of them")
	})
	w.gap()
	w.line(0, "", "# Outside these hours walls are dim and no alarm sounds. None: always open.")
	w.line(0, "", "# A day that is not named is closed, if any is.")
	if r.Opening.Always() {
		w.line(0, "", "# opening:")
		w.line(0, "", "#   monday: [8:30-17:00]")
		w.line(0, "", "#   tuesday: [8:30-12:30, 13:00-17:00]")
		w.shifts(r.Shifts)
		w.groups(r.SignIn)
		return w.String()
	}
	w.head(0, "opening", "")
	for i := range 7 {
		day := (i + 1) % 7 // a week begins on Monday
		hours := make([]string, len(r.Opening.Days[day]))
		for i, h := range r.Opening.Days[day] {
			hours[i] = h.String()
		}
		value := "closed"
		if len(hours) > 0 {
			value = "[" + strings.Join(hours, ", ") + "]"
		}
		w.value(1, weekdays[day], value, "")
	}
	w.shifts(r.Shifts)
	w.groups(r.SignIn)
	return w.String()
}

// shifts writes the list, or how one would look.
func (w *writer) shifts(list []Shift) {
	w.gap()
	w.line(0, "", "# What the page Handover is made for. None: one shift, the opening hours.")
	w.line(0, "", "# An end before the start is on the next day; without days it begins on every day.")
	if len(list) == 0 {
		w.line(0, "", "# shifts:")
		w.line(0, "", "#   - {name: Early, start: 7:00, end: 15:00, days: [monday, tuesday]}")
		w.line(0, "", "#   - {name: Night, start: 22:00, end: 6:00}")
		return
	}
	w.head(0, "shifts", "")
	for _, s := range list {
		var days []string
		for i := range 7 {
			if day := (i + 1) % 7; s.Days[day] { // a week begins on Monday
				days = append(days, weekdays[day])
			}
		}
		text := "- {name: " + quoted(s.Name) + ", start: " + clockText(s.Start) + ", end: " + clockText(s.End)
		if len(days) < 7 {
			text += ", days: [" + strings.Join(days, ", ") + "]"
		}
		w.line(1, text+"}", "")
	}
}

// writer writes YAML whose comments stand in one column.
type writer struct{ strings.Builder }

func (w *writer) gap() { w.WriteByte('\n') }

func (w *writer) line(depth int, text, comment string) {
	text = strings.Repeat("  ", depth) + text
	if comment != "" && text != "" {
		text = fmt.Sprintf("%-32s  # %s", text, strings.TrimPrefix(comment, "# "))
	} else {
		text += comment
	}
	w.WriteString(text + "\n")
}

func (w *writer) head(depth int, key, comment string) { w.line(depth, key+":", comment) }

func (w *writer) value(depth int, key, value, comment string) {
	w.line(depth, key+": "+value, comment)
}

// limit writes what every limit has, after what is its own.
func (w *writer) limit(key, comment string, l Limit, own func(Limit)) {
	w.head(1, key, comment)
	own(l)
	w.value(2, "on-delay", Spell(l.On), "")
	w.value(2, "off-delay", Spell(l.Off), "")
	w.value(2, "again", orOffText(float64(l.Again), Spell(l.Again)), "")
	w.value(2, "sound", onOff(l.Sound), "")
}

func (w *writer) ages(key, comment string, l Limit) {
	w.limit(key, comment, l, func(l Limit) {
		w.value(2, "over", orOffText(l.Over, Spell(l.Age())), "")
		w.value(2, "deadband", Spell(inSeconds(l.Deadband)), "")
		if l.Least > 0 {
			w.value(2, "least", strconv.Itoa(l.Least), "")
		}
	})
}

func (w *writer) share(key, comment string, l Limit) {
	w.limit(key, comment, l, func(l Limit) {
		w.value(2, "under", orOffText(l.Under, plainNumber(l.Under)), "")
		w.value(2, "deadband", plainNumber(l.Deadband), "")
		w.value(2, "least", strconv.Itoa(l.Least), "")
	})
}

func quoted(s string) string { return strconv.QuoteToGraphic(s) }

func plainNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func orOffText(x float64, text string) string {
	if x == 0 {
		return "off"
	}
	return text
}
