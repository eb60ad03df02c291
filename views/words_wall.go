package views

// WallWords are the words of what shows wall.
type WallWords struct{}

var (
	wallEnglish = WallWords{}
	wallDutch   = WallWords{}
	wallGerman  = WallWords{}
)
