package backtest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"callboard/internal/rules"
	"callboard/internal/strictyaml"
)

// A Field is one value of the rules that can be tried. Its name is its place
// under "alarms" in a settings file: "ringing.over".
type Field struct {
	Kind rules.Kind
	Name string
	What string // last part of the name
}

// Fields are those of each alarm, in order of urgency; the two of the trunk
// share theirs.
var Fields = makeFields()

func makeFields() []Field {
	var list []Field
	add := func(kind rules.Kind, key string, what ...string) {
		for _, w := range what {
			list = append(list, Field{Kind: kind, Name: key + "." + w, What: w})
		}
	}
	add(rules.RingingLong, "ringing", "over", "on-delay")
	add(rules.ManyWaiting, "waiting", "over", "on-delay")
	add(rules.TalkingLong, "talking", "over", "on-delay")
	add(rules.NotReturned, "not-returned", "over", "on-delay")
	add(rules.LevelUnder, "service-level", "under", "on-delay")
	add(rules.AnswerUnder, "answer-rate", "under", "on-delay")
	add(rules.ASAOver, "asa", "over", "on-delay")
	add(rules.ChatAlarm, "chat", "ring", "colleagues", "on-delay")
	add(rules.CapacityFull, "capacity", "lines", "warn", "alarm")
	return list
}

// limitOf is the limit behind an alarm.
func limitOf(r *rules.Rules, k rules.Kind) *rules.Limit {
	switch k {
	case rules.RingingLong:
		return &r.Ringing
	case rules.TalkingLong:
		return &r.Talking
	case rules.ManyWaiting:
		return &r.Waiting
	case rules.NotReturned:
		return &r.Missed
	case rules.LevelUnder:
		return &r.Level
	case rules.AnswerUnder:
		return &r.Answer
	case rules.ASAOver:
		return &r.ASA
	case rules.ChatAlarm:
		return &r.Chat.Limit
	}
	return &r.Capacity.Limit
}

// off is what a file says of a limit that never raises.
const off = "off"

// Value is the field's value in some rules, as a settings file has it.
func (f Field) Value(r *rules.Rules) string {
	number := func(x float64) string {
		if x == 0 {
			return off
		}
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	l := limitOf(r, f.Kind)
	switch f.What {
	case "under":
		return number(l.Under)
	case "on-delay":
		return rules.Spell(l.On)
	case "ring":
		return rules.Spell(r.Chat.Ring)
	case "colleagues":
		return number(float64(r.Chat.Colleagues))
	case "lines":
		return number(float64(r.Capacity.Lines))
	case "warn":
		return strconv.Itoa(r.Capacity.Warn)
	case "alarm":
		return strconv.Itoa(r.Capacity.Alarm)
	}
	if f.Kind == rules.ManyWaiting || l.Over == 0 {
		return number(l.Over)
	}
	return rules.Spell(l.Age())
}

// A FieldError says which value cannot be tried.
type FieldError struct {
	Name  string // of the field; of an alarm as a whole its key: "capacity"
	Value string
	Want  string // "expected …"
}

// Error is one line.
func (e *FieldError) Error() string { return fmt.Sprintf("%s: %q: %s", e.Name, e.Value, e.Want) }

// maxValue is the longest value that is read.
const maxValue = 40

// Try puts values over some rules. changed is what differs, as a settings file
// would say it; empty if nothing does. Errors: *FieldError.
func Try(present rules.Rules, given func(name string) string) (tried rules.Rules, changed string, err error) {
	var file, show strings.Builder
	key := ""
	for _, f := range Fields {
		value := strings.TrimSpace(given(f.Name))
		if value == "" || value == f.Value(&present) {
			continue
		}
		if len(value) > maxValue || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
			return rules.Rules{}, "", &FieldError{f.Name, value, "expected a number, a duration such as 30s, or off"}
		}
		k, what, _ := strings.Cut(f.Name, ".")
		if key == "" {
			file.WriteString("alarms:\n")
			show.WriteString("alarms:\n")
		}
		if k != key {
			key = k
			fmt.Fprintf(&file, "  %s:\n", k)
			fmt.Fprintf(&show, "  %s:\n", k)
		}
		fmt.Fprintf(&file, "    %s: %q\n", what, value)
		fmt.Fprintf(&show, "    %s: %s\n", what, value)
	}
	tried, err = rules.ParseOver(present, "form", []byte(file.String()))
	if bad, ok := errors.AsType[*strictyaml.Error](err); ok {
		return rules.Rules{}, "", &FieldError{strings.TrimPrefix(bad.Field, "alarms."), bad.Value, bad.Want}
	}
	if err != nil {
		return rules.Rules{}, "", err
	}
	return tried, strings.TrimSuffix(show.String(), "\n"), nil
}

// Since is the midnight with which the last so many days begin, today included.
func Since(now time.Time, days int, zone *time.Location) time.Time {
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d-days+1, 0, 0, 0, 0, zone).UTC()
}
