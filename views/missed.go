package views

func missedNumberClass(n MissedNumber) string {
	switch {
	case n.Alarm != "":
		return "headline over"
	case n.Muted:
		return "headline muted"
	}
	return "headline"
}

func missedRowClass(r MissedRow) string {
	switch {
	case !r.Open:
		return "work closed"
	case r.Alarm:
		return "work alarm"
	}
	return "work"
}
