package views

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// CalendarWords are how a language writes dates and figures. Times of day are
// 24 h everywhere.
type CalendarWords struct {
	Months, MonthsShort     [12]string // January first
	Weekdays, WeekdaysShort [7]string  // Sunday first, as time.Weekday counts
	DateFmt                 string     // day, short month, year
	DayFmt                  string     // short weekday, day, short month
	ShortDayFmt             string     // day, short month
	LongDayFmt              string     // weekday, day, month
	Decimal, Thousands      string
}

// Date is "22 Nov 2026" of a time in its zone.
func (w *Words) Date(t time.Time) string {
	return fmt.Sprintf(w.Calendar.DateFmt, t.Day(), w.Calendar.MonthsShort[t.Month()-1], t.Year())
}

// Day is "Sun 22 Nov", for moments that are not today.
func (w *Words) Day(t time.Time) string {
	return fmt.Sprintf(w.Calendar.DayFmt, w.Calendar.WeekdaysShort[t.Weekday()], t.Day(), w.Calendar.MonthsShort[t.Month()-1])
}

// ShortDay is "22 Nov", for places with little room.
func (w *Words) ShortDay(t time.Time) string {
	return fmt.Sprintf(w.Calendar.ShortDayFmt, t.Day(), w.Calendar.MonthsShort[t.Month()-1])
}

// LongDay is "Tuesday 24 November", for walls.
func (w *Words) LongDay(t time.Time) string {
	return fmt.Sprintf(w.Calendar.LongDayFmt, w.Calendar.Weekdays[t.Weekday()], t.Day(), w.Calendar.Months[t.Month()-1])
}

// Seconds prints the age of a hop: "0.3 s" below ten seconds, whole seconds to
// a minute, then as FormatAge.
func (w *Words) Seconds(d time.Duration) string {
	d = max(d, 0)
	switch {
	case d < 10*time.Second:
		return w.Decimal(math.Floor(d.Seconds()*10)/10, 1) + " s"
	case d < time.Minute:
		return strconv.Itoa(int(d.Seconds())) + " s"
	default:
		return FormatAge(d, false)
	}
}

// Decimal prints a number with so many digits behind the language's sign.
func (w *Words) Decimal(x float64, digits int) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', digits, 64), ".", w.Calendar.Decimal, 1)
}

// Count prints a whole number. Four digits stand together, as all three
// languages allow; longer ones are grouped.
func (w *Words) Count(n int) string {
	s := strconv.Itoa(n)
	if n > -10000 && n < 10000 {
		return s
	}
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	out := s[:(len(s)-1)%3+1]
	for i := len(out); i < len(s); i += 3 {
		out += w.Calendar.Thousands + s[i:i+3]
	}
	return sign + out
}

var (
	calendarEnglish = CalendarWords{
		Months:        [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		MonthsShort:   [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		Weekdays:      [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		WeekdaysShort: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		DateFmt:       "%d %s %d", DayFmt: "%s %d %s", ShortDayFmt: "%d %s", LongDayFmt: "%s %d %s",
		Decimal: ".", Thousands: ",",
	}
	calendarDutch = CalendarWords{
		Months:        [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		MonthsShort:   [12]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
		Weekdays:      [7]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
		WeekdaysShort: [7]string{"zo", "ma", "di", "wo", "do", "vr", "za"},
		DateFmt:       "%d %s %d", DayFmt: "%s %d %s", ShortDayFmt: "%d %s", LongDayFmt: "%s %d %s",
		Decimal: ",", Thousands: ".",
	}
	calendarGerman = CalendarWords{
		Months:        [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		MonthsShort:   [12]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		Weekdays:      [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
		WeekdaysShort: [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		DateFmt:       "%d. %s %d", DayFmt: "%s %d. %s", ShortDayFmt: "%d. %s", LongDayFmt: "%s, %d. %s",
		Decimal: ",", Thousands: ".",
	}
)
