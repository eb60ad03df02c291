package rules

import (
	"slices"
	"time"

	"callboard/internal/plain"
	"callboard/internal/strictyaml"
)

// A Shift is a stretch of work that is handed over at its end.
type Shift struct {
	Name  string  // unique but for case; empty is the one shift there is without a name
	Start int     // minutes since midnight of the configured zone
	End   int     // the same; one that is not after Start belongs to the next day
	Days  [7]bool // days on which it begins, from Sunday
}

// A Stretch is one occurrence of a shift.
type Stretch struct {
	Shift    Shift
	Day      time.Time // noon of the day on which it began, in the configured zone
	From, To time.Time
}

const (
	maxShifts    = 20
	maxShiftName = 40 // characters
)

// fallback are the shifts without any in the file: one for each kind of day, from
// the first opening hour to the last; whole days where it is always open.
func (r *Rules) fallback() []Shift {
	if r.Opening.Always() {
		return []Shift{{End: 24 * 60, Days: [7]bool{true, true, true, true, true, true, true}}}
	}
	var out []Shift
	for day, hours := range r.Opening.Days {
		if len(hours) == 0 {
			continue
		}
		s := Shift{Start: hours[0].From, End: hours[len(hours)-1].To}
		i := slices.IndexFunc(out, func(o Shift) bool { return o.Start == s.Start && o.End == s.End })
		if i < 0 {
			out, i = append(out, s), len(out)
		}
		out[i].Days[day] = true
	}
	return out
}

// InEffect are the shifts of the file, else one of the opening hours.
func (r *Rules) InEffect() []Shift {
	if len(r.Shifts) > 0 {
		return r.Shifts
	}
	return r.fallback()
}

// ShiftsOn are the shifts that begin on the day of t, by their start; t is in
// the configured zone. A night on which the clock is put on or back is as long
// as it is: From and To are moments of the wall's clock.
func (r *Rules) ShiftsOn(t time.Time) []Stretch {
	y, m, d := t.Date()
	noon := time.Date(y, m, d, 12, 0, 0, 0, t.Location()) // exists on every day
	var out []Stretch
	for _, s := range r.InEffect() {
		if !s.Days[noon.Weekday()] {
			continue
		}
		end := s.End
		if end <= s.Start {
			end += 24 * 60
		}
		out = append(out, Stretch{
			Shift: s, Day: noon,
			From: time.Date(y, m, d, 0, s.Start, 0, 0, t.Location()), To: time.Date(y, m, d, 0, end, 0, 0, t.Location()),
		})
	}
	slices.SortStableFunc(out, func(a, b Stretch) int { return a.From.Compare(b.From) })
	return out
}

// LastShift is the shift that began last at t, by name where one is given:
// running, or the last there was. false if none began within a fortnight.
func (r *Rules) LastShift(t time.Time, name string) (Stretch, bool) {
	for day := range 15 {
		y, m, d := t.Date()
		for _, s := range slices.Backward(r.ShiftsOn(time.Date(y, m, d-day, 12, 0, 0, 0, t.Location()))) {
			if !s.From.After(t) && (name == "" || SameShift(s.Shift.Name, name)) {
				return s, true
			}
		}
	}
	return Stretch{}, false
}

// SameShift compares names of shifts as the file does: case does not matter.
func SameShift(a, b string) bool { return plain.Fold(a) == plain.Fold(b) }

func (r *Rules) readShifts(n strictyaml.Node) error {
	items, err := n.Items("shifts, each with name, start and end")
	if err != nil {
		return err
	}
	if len(items) > maxShifts {
		return items[maxShifts].Wrong("expected at most %d shifts", maxShifts)
	}
	lines := map[string]int{} // folded name → line of the file
	for _, item := range items {
		s := Shift{Start: -1, End: -1}
		err := item.Fields(fields{
			"name": func(n strictyaml.Node) (err error) {
				if s.Name, err = n.Text("the shift's name", 1, maxShiftName); err != nil {
					return err
				}
				key := plain.Fold(s.Name)
				if line, twice := lines[key]; twice {
					return n.Wrong("expected another name, line %d has this shift already", line)
				}
				lines[key] = n.Line()
				return nil
			},
			"start": timeOfDay(&s.Start, 0, 24*60-1),
			"end":   timeOfDay(&s.End, 0, 24*60),
			"days":  s.readDays,
		})
		switch {
		case err != nil:
			return err
		case s.Name == "" || s.Start < 0 || s.End < 0:
			return item.Wrong("expected the keys name, start and end")
		case s.Start == s.End:
			return item.Wrong("expected an end that is not the start; a whole day is 0:00 to 24:00")
		}
		if s.Days == ([7]bool{}) {
			s.Days = [7]bool{true, true, true, true, true, true, true}
		}
		r.Shifts = append(r.Shifts, s)
	}
	return nil
}

func (s *Shift) readDays(n strictyaml.Node) error {
	items, err := n.Items("days such as monday")
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return n.Wrong("expected a day at least; without the key it is every day")
	}
	for _, item := range items {
		name, _ := item.Scalar()
		day := slices.Index(weekdays[:], name)
		switch {
		case day < 0:
			return item.Wrong("expected a day such as monday")
		case s.Days[day]:
			return item.Wrong("expected each day once")
		}
		s.Days[day] = true
	}
	return nil
}

// timeOfDay reads minutes since midnight.
func timeOfDay(to *int, low, high int) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error {
		s, _ := n.Scalar()
		m := minutes(s)
		if m < low || m > high {
			return n.Wrong("expected a time of day from %s to %s", clockText(low), clockText(high))
		}
		*to = m
		return nil
	}
}
