package views

// LensWords are the words for what somebody does not see.
type LensWords struct {
	CountsTitle, CountsText string
}

var (
	lensEnglish = LensWords{
		CountsTitle: "This view shows counts only",
		CountsText:  "Calls, customers and people are counted here and not shown one by one.",
	}
	lensDutch = LensWords{
		CountsTitle: "Deze weergave toont alleen aantallen",
		CountsText:  "Gesprekken, klanten en mensen worden hier geteld en niet één voor één getoond.",
	}
	lensGerman = LensWords{
		CountsTitle: "Diese Ansicht zeigt nur Anzahlen",
		CountsText:  "Gespräche, Kunden und Personen werden hier gezählt und nicht einzeln gezeigt.",
	}
)
