package views

// NumbersWords are the words of what shows numbers.
type NumbersWords struct{}

var (
	numbersEnglish = NumbersWords{}
	numbersDutch   = NumbersWords{}
	numbersGerman  = NumbersWords{}
)
