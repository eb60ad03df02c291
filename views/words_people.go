package views

// PeopleWords are the words of what shows people.
type PeopleWords struct {
	AllTeams             string
	FindPerson, FindTeam string
}

var (
	peopleEnglish = PeopleWords{
		AllTeams:   "All teams",
		FindPerson: "Name or extension", FindTeam: "Find a team",
	}
	peopleDutch = PeopleWords{
		AllTeams:   "Alle teams",
		FindPerson: "Naam of toestel", FindTeam: "Team zoeken",
	}
	peopleGerman = PeopleWords{
		AllTeams:   "Alle Teams",
		FindPerson: "Name oder Nebenstelle", FindTeam: "Team suchen",
	}
)
