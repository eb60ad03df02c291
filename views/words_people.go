package views

// PeopleWords are the words of what shows people.
type PeopleWords struct{}

var (
	peopleEnglish = PeopleWords{}
	peopleDutch   = PeopleWords{}
	peopleGerman  = PeopleWords{}
)
