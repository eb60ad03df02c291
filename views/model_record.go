package views

// Reached says that a recorded page has come to now.
type Reached struct {
	Yes      bool
	Clock    string // of the moment: "14:05:02"
	LiveURL  string // the same page, live
	StillURL string // the same page at that moment, standing still
}
