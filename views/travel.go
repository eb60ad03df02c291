package views

// Near is the step of ten seconds back (-1) or forward (1).
func (t *Travel) Near(way int) TravelStep {
	for _, s := range t.Steps {
		if s.Seconds == 10*way {
			return s
		}
	}
	return TravelStep{}
}

// tickTop and tickLength make hours longer than what is between them.
func tickTop(label string) string {
	if label != "" {
		return "24"
	}
	return "31"
}

func tickLength(label string) string {
	if label != "" {
		return "12"
	}
	return "5"
}

// markWidth keeps a short alarm in sight.
func markWidth(w int) string {
	if w < 3 {
		return "3"
	}
	return perMille(w)
}

// spanWidth keeps a short gap in sight.
func spanWidth(w int) string {
	if w < 10 {
		return "8"
	}
	return perMille(w)
}

// recordedRoot marks the document of a recorded page.
func recordedRoot(c Chrome) string {
	if c.Travel == nil {
		return ""
	}
	if c.Travel.Rate > 0 {
		return "plays"
	}
	return "still"
}
