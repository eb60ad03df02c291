package rules

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/strictyaml"
)

const (
	maxCompany = 60
	// MaxNotice is the longest notice, in characters.
	MaxNotice = 200
)

// Load reads a settings file over Default. An error is one line: file, line,
// field, value, what is expected; it is a *strictyaml.Error.
func Load(path string) (Rules, error) {
	root, err := strictyaml.Read(path)
	if err != nil {
		return Rules{}, err
	}
	return read(Default(), root)
}

// Parse is Load of a file's content; name stands for it in errors.
func Parse(name string, data []byte) (Rules, error) { return ParseOver(Default(), name, data) }

// ParseOver is Parse over other rules than the default ones: what the content
// does not name stays as it is there.
func ParseOver(base Rules, name string, data []byte) (Rules, error) {
	root, err := strictyaml.Parse(name, data)
	if err != nil {
		return Rules{}, err
	}
	return read(base, root)
}

// fields reads the keys of a mapping.
type fields = map[string]func(strictyaml.Node) error

func read(r Rules, root strictyaml.Node) (Rules, error) {
	// The file says itself under which service level to raise, or the base has
	// its own idea of it.
	goal := r.Level.Under != float64(r.ServiceLevel.Goal)
	err := root.Fields(fields{
		"company": text(&r.Company, "the company's name", maxCompany),
		"notice":  text(&r.Notice, "a line of text", MaxNotice),
		"service-level": checked(r.readServiceLevel, func() bool { return r.ServiceLevel.Short < r.ServiceLevel.Within },
			"expected short to be less than within"),
		"returned": mapping(fields{
			"within": duration(&r.Returned, time.Minute, 24*time.Hour),
			"goal":   whole(&r.ReturnedGoal, 1, 100),
		}),
		"alarms": mapping(fields{
			"ringing":       r.Ringing.age(time.Second, time.Hour),
			"talking":       r.Talking.age(time.Second, 12*time.Hour),
			"waiting":       r.Waiting.count(1, 1000),
			"answer-rate":   r.Answer.share(nil),
			"service-level": r.Level.share(func() { goal = true }),
			"asa":           r.ASA.age(time.Second, time.Hour),
			"not-returned":  r.Missed.age(time.Minute, 24*time.Hour),
			"chat": r.Chat.Limit.fields(fields{
				"ring":       duration(&r.Chat.Ring, time.Second, time.Hour),
				"colleagues": orOff(whole(&r.Chat.Colleagues, 1, 100), func() { r.Chat.Colleagues = 0 }),
			}),
			"capacity": checked(r.Capacity.Limit.fields(fields{
				"lines":    orOff(whole(&r.Capacity.Lines, 1, 10000), func() { r.Capacity.Lines = 0 }),
				"warn":     whole(&r.Capacity.Warn, 1, 100),
				"alarm":    whole(&r.Capacity.Alarm, 1, 100),
				"deadband": number(&r.Capacity.Limit.Deadband, 0, 50),
			}), func() bool { return r.Capacity.Warn <= r.Capacity.Alarm }, "expected warn to be at most alarm"),
		}),
		"opening": r.Opening.read,
		"shifts":  r.readShifts,
		"sign-in": r.readSignIn,
	})
	if err != nil {
		return Rules{}, err
	}
	if !goal {
		r.Level.Under = float64(r.ServiceLevel.Goal)
	}
	return r, nil
}

func (r *Rules) readServiceLevel(n strictyaml.Node) error {
	variant := int(r.ServiceLevel.Variant)
	err := n.Fields(fields{
		"variant": whole(&variant, int(kpi.InTimeOrGaveUpOfAll), int(kpi.InTimeOrShortOfAll)),
		"goal":    whole(&r.ServiceLevel.Goal, 1, 100),
		"within":  duration(&r.ServiceLevel.Within, time.Second, 10*time.Minute),
		"short":   duration(&r.ServiceLevel.Short, 0, 5*time.Minute),
	})
	r.ServiceLevel.Variant = kpi.Variant(variant)
	return err
}

// mapping reads a mapping inside another.
func mapping(f fields) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error { return n.Fields(f) }
}

// checked reads a mapping whose values have to fit each other.
func checked(read func(strictyaml.Node) error, fit func() bool, want string) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error {
		err := read(n)
		if err == nil && !fit() {
			err = n.Wrong("%s", want)
		}
		return err
	}
}

// fields reads what every limit has, and more.
func (l *Limit) fields(more fields) func(strictyaml.Node) error {
	f := fields{
		"on-delay":  duration(&l.On, 0, time.Hour),
		"off-delay": duration(&l.Off, 0, time.Hour),
		"again":     orOff(duration(&l.Again, 10*time.Second, 24*time.Hour), func() { l.Again = 0 }),
		"sound":     yes(&l.Sound),
	}
	maps.Copy(f, more)
	return mapping(f)
}

// age reads a limit of an age.
func (l *Limit) age(low, high time.Duration) func(strictyaml.Node) error {
	seconds := func(to *float64, low time.Duration) func(strictyaml.Node) error {
		return func(n strictyaml.Node) error {
			var d time.Duration
			err := duration(&d, low, high)(n)
			if err == nil {
				*to = d.Seconds()
			}
			return err
		}
	}
	more := fields{
		"over":     orOff(seconds(&l.Over, low), func() { l.Over = 0 }),
		"deadband": seconds(&l.Deadband, 0),
	}
	if l.Least > 0 {
		more["least"] = whole(&l.Least, 1, 1e6)
	}
	return l.reachable(more)
}

// reachable reads a limit of a value that should not rise. It refuses a deadband
// that no reading can come back by: its alarm would never be over. The default
// deadband, where the file names none, shrinks with the limit.
func (l *Limit) reachable(more fields) func(strictyaml.Node) error {
	given := false
	deadband := more["deadband"]
	more["deadband"] = func(n strictyaml.Node) error { given = true; return deadband(n) }
	fits := func() bool {
		if !given && l.Over > 0 {
			l.Deadband = min(l.Deadband, l.Over/2)
		}
		return l.Over == 0 || l.Deadband < l.Over
	}
	return checked(l.fields(more), fits, "expected deadband to be less than over")
}

// count reads a limit of a number of things.
func (l *Limit) count(low, high float64) func(strictyaml.Node) error {
	return l.reachable(fields{
		"over":     orOff(number(&l.Over, low, high), func() { l.Over = 0 }),
		"deadband": number(&l.Deadband, 0, high),
	})
}

// share reads a limit of a share in per cent; given hears that the file names
// it.
func (l *Limit) share(given func()) func(strictyaml.Node) error {
	under := orOff(number(&l.Under, 1, 100), func() { l.Under = 0 })
	return l.fields(fields{
		"under": func(n strictyaml.Node) error {
			if given != nil {
				given()
			}
			return under(n)
		},
		"deadband": number(&l.Deadband, 0, 50),
		"least":    whole(&l.Least, 1, 1e6),
	})
}

// orOff reads a value or the word off.
func orOff(read func(strictyaml.Node) error, off func()) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error {
		if s, ok := n.Scalar(); ok && s == "off" {
			off()
			return nil
		}
		return read(n)
	}
}

func text(to *string, what string, most int) func(strictyaml.Node) error {
	return func(n strictyaml.Node) (err error) {
		*to, err = n.Text(what, 0, most)
		return err
	}
}

func yes(to *bool) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error {
		switch s, _ := n.Scalar(); s {
		case "true", "yes", "on":
			*to = true
		case "false", "no", "off":
			*to = false
		default:
			return n.Wrong("expected on or off")
		}
		return nil
	}
}

func whole(to *int, low, high int) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error {
		s, _ := n.Scalar()
		i, err := strconv.Atoi(s)
		if err != nil || i < low || i > high {
			return n.Wrong("expected a whole number from %d to %d", low, high)
		}
		*to = i
		return nil
	}
}

func number(to *float64, low, high float64) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error {
		s, _ := n.Scalar()
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || !(x >= low && x <= high) || strings.ContainsAny(s, "xXpP_") {
			return n.Wrong("expected a number from %g to %g", low, high)
		}
		*to = x
		return nil
	}
}

func duration(to *time.Duration, low, high time.Duration) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error {
		s, _ := n.Scalar()
		d, ok := parseDuration(s)
		if !ok || d < low || d > high {
			return n.Wrong("expected a duration from %s to %s, such as 30s, 1m30s or 0:30", Spell(low), Spell(high))
		}
		*to = d
		return nil
	}
}

// parseDuration reads "30s", "1m30s", "0:30", "1:00:00"; only whole
// milliseconds, nothing negative.
func parseDuration(s string) (time.Duration, bool) {
	if strings.Contains(s, ":") {
		parts := strings.Split(s, ":")
		if len(parts) > 3 {
			return 0, false
		}
		total := 0
		for i, part := range parts {
			n, ok := digits(part)
			if !ok || i > 0 && (n > 59 || len(part) != 2) || i == 0 && len(part) > 4 {
				return 0, false
			}
			total = total*60 + n
		}
		return time.Duration(total) * time.Second, true
	}
	d, err := time.ParseDuration(s)
	return d, err == nil && d >= 0 && d%time.Millisecond == 0
}

func digits(s string) (int, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// Spell writes a duration as a settings file does: 30s, 1m30s, 2h.
func Spell(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// weekdays as the file names them, from Sunday.
var weekdays = [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// read reads opening hours: a day's stretches, or the word closed.
func (o *Opening) read(n strictyaml.Node) error {
	f := fields{}
	for i, day := range weekdays {
		f[day] = func(n strictyaml.Node) error {
			if s, ok := n.Scalar(); ok && s == "closed" {
				o.Days[i] = nil
				return nil
			}
			items, err := n.Items("hours such as 8:30-17:00, or closed")
			if err != nil {
				return err
			}
			for _, item := range items {
				s, _ := item.Scalar()
				h, ok := parseHours(s)
				if !ok {
					return item.Wrong("expected hours such as 8:30-17:00, from 0:00 to 24:00")
				}
				if len(o.Days[i]) > 0 && h.From < o.Days[i][len(o.Days[i])-1].To {
					return item.Wrong("expected hours after those before them")
				}
				o.Days[i] = append(o.Days[i], h)
			}
			return nil
		}
	}
	err := n.Fields(f)
	if err == nil && !n.Empty() && o.Always() {
		err = n.Wrong("expected hours on a day at least; a day that is not named is closed")
	}
	return err
}

func parseHours(s string) (Hours, bool) {
	from, to, ok := strings.Cut(s, "-")
	if !ok {
		return Hours{}, false
	}
	h := Hours{minutes(strings.TrimSpace(from)), minutes(strings.TrimSpace(to))}
	return h, h.From >= 0 && h.To > h.From
}

// minutes reads a time of day; -1 if it is none.
func minutes(s string) int {
	hour, minute, ok := strings.Cut(s, ":")
	h, okH := digits(hour)
	m, okM := digits(minute)
	if !ok || !okH || !okM || len(hour) > 2 || len(minute) != 2 || m > 59 || h*60+m > 1440 {
		return -1
	}
	return h*60 + m
}

// String writes a stretch as the file does.
func (h Hours) String() string { return clockText(h.From) + "-" + clockText(h.To) }

// clockText writes minutes since midnight as the file does.
func clockText(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }
