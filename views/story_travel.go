package views

import "time"

// The recorded page of the storybook stands at 20 November 2026, 10:42:00, of
// a day that is kept from 08:00 on.
const storyThen int64 = 1795171320000

func storyTravel(rate int) *Travel {
	w := &English
	from, to := storyThen-9720_000, storyThen+11880_000 // 08:00 to 14:00
	place := func(ms int64) int { return int((ms - from) * 1000 / (to - from)) }
	at := func(ms int64) string {
		return "/?at=" + time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05Z")
	}
	t := &Travel{
		Clock: "10:42:00", NowText: "13:10:06", Date: "Fri 20 Nov 2026", At: storyThen, Rate: rate, Was: "live", First: from, Last: storyNow,
		PlayURL: at(storyThen) + "&play=10", PauseURL: at(storyThen), NowURL: "/",
		Field: "2026-11-20T10:42:00", Least: "2026-11-20T08:00:00", Most: "2026-11-22T13:10:06", Action: "/",
		Day: TravelDay{From: from, To: to, X: place(storyThen), NextURL: at(storyThen + 86400_000), Text: sprintf(w.OnTravel.DayTextFmt, "Fri 20 Nov", "1 gap", "2 alarms", "1 transfer")},
	}
	for _, s := range []struct {
		seconds     int
		label, sign string
	}{{-600, "10 min", "−"}, {-60, "1 min", "−"}, {-10, "10 s", "−"}, {10, "10 s", "+"}, {60, "1 min", "+"}, {600, "10 min", "+"}} {
		format := w.OnTravel.ForwardFmt
		if s.seconds < 0 {
			format = w.OnTravel.BackFmt
		}
		t.Steps = append(t.Steps, TravelStep{Seconds: s.seconds, Label: sprintf(format, s.label), Short: s.sign + s.label, URL: at(storyThen + int64(s.seconds)*1000)})
	}
	for _, s := range []struct {
		rate  int
		label string
	}{{1, "1×"}, {10, "10×"}, {60, "60×"}} {
		t.Speeds = append(t.Speeds, TravelSpeed{Rate: s.rate, Label: s.label, Title: sprintf(w.OnTravel.PlayAtFmt, s.label), URL: at(storyThen) + "&play=" + itoa(s.rate), Chosen: s.rate == 10})
	}
	for i := range 24 {
		ms := from + int64(i)*900_000
		h := TravelHour{X: place(ms), Wide: i%8 == 0}
		if i%2 == 0 {
			h.Label = time.UnixMilli(ms).UTC().Format("15:04")
		}
		t.Day.Hours = append(t.Day.Hours, h)
	}
	gap := storyThen - 22*60_000
	t.Day.Spans = []TravelSpan{{Kind: "gap", X: place(gap), W: 8, Title: sprintf(w.OnTravel.GapFmt, "10:20:00", "10:22:10", "2:10"), URL: at(gap)}}
	t.Day.Marks = []TravelMark{
		{Kind: "alarm", X: place(storyThen - 7000_000), W: 4, Title: sprintf(w.OnTravel.AlarmFmt, "A customer rings", "08:45:20", "0:42"), URL: at(storyThen - 7000_000)},
		{Kind: "transfer", X: place(storyThen - 195_000), Title: sprintf(w.OnTravel.TransferFmt, "10:38:45"), URL: at(storyThen - 195_000)},
		{Kind: "alarm", X: place(storyThen - 17_000), W: 2, Title: sprintf(w.OnTravel.AlarmOpenFmt, "A customer rings", "10:41:43"), URL: at(storyThen - 17_000)},
	}
	jump := func(kind, label, prev, next string) {
		j := TravelJump{Kind: kind, Label: label}
		if prev != "" {
			j.Prev, j.PrevText, j.PrevTitle = "/?at=2026-11-20T"+prev+"Z", prev, sprintf(w.OnTravel.JumpBeforeFmt, label, prev)
		}
		if next != "" {
			j.Next, j.NextText, j.NextTitle = "/?at=2026-11-20T"+next+"Z", next, sprintf(w.OnTravel.JumpAfterFmt, label, next)
		}
		t.Jumps = append(t.Jumps, j)
	}
	jump("gap", w.OnTravel.Gap, "10:20:00", "")
	jump("alarm", w.OnTravel.Alarm, "10:41:43", "11:02:10")
	jump("transfer", w.OnTravel.Transfer, "10:38:45", "10:44:31")
	return t
}

func storyRide() TravelEntry {
	return TravelEntry{Action: "/", Field: "2026-11-22T13:05:06", Least: "2026-11-15T08:00:00", Most: "2026-11-22T13:10:06"}
}

func storyRecorded(rate int) Board {
	b := storyBoard()
	b.Chrome.Travel = storyTravel(rate)
	b.Strip.Record = Record{Text: "Recorded board, rebuilt from 3412 kept events.", Check: "The state code equals the one noted at 10:41:50."}
	return b
}
