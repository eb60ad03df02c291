package views

// PastWords are what pages of the past say where not everything may be seen.
type PastWords struct {
	CountsOnly, CountsOnlyText string // in the place of a list
	FindName                   string // in the field to search where numbers are hidden
}

// HiddenTroubles are what cannot be asked for by those from whom numbers or
// names are hidden.
type HiddenTroubles struct{ Number, Name, Counts, Text Trouble }

var (
	pastEnglish = PastWords{
		FindName: "Name", CountsOnly: "Counts only", CountsOnlyText: "You see how many calls there were, not the calls themselves.",
	}
	pastDutch = PastWords{
		FindName: "Naam", CountsOnly: "Alleen aantallen", CountsOnlyText: "U ziet hoeveel gesprekken er waren, niet de gesprekken zelf.",
	}
	pastGerman = PastWords{
		FindName: "Name", CountsOnly: "Nur Anzahlen", CountsOnlyText: "Sie sehen, wie viele Gespräche es waren, nicht die Gespräche selbst.",
	}

	hiddenEnglish = HiddenTroubles{
		Number: Trouble{"Numbers are hidden", "Telephone numbers are hidden from you, so you cannot search by number. Search by a name without digits, or ask for numbers to be shown."},
		Name:   Trouble{"Names are hidden", "Names and numbers are hidden from you, so you cannot search by them. Choose a line, a team or a colleague from the lists."},
		Counts: Trouble{"Counts only", "You see how many calls there were, not the calls or people themselves."},
		Text:   Trouble{"The text was not changed", "Part of it is hidden from you, and would be lost. Ask for numbers to be shown, or let somebody change it who sees all of it. A notice can be taken away and written anew."},
	}
	hiddenDutch = HiddenTroubles{
		Number: Trouble{"Nummers zijn verborgen", "Telefoonnummers zijn voor u verborgen, dus zoeken op nummer kan niet. Zoek op een naam zonder cijfers, of vraag om de nummers te tonen."},
		Name:   Trouble{"Namen zijn verborgen", "Namen en nummers zijn voor u verborgen, dus zoeken daarop kan niet. Kies een lijn, een team of een collega uit de lijsten."},
		Counts: Trouble{"Alleen aantallen", "U ziet hoeveel gesprekken er waren, niet de gesprekken of de mensen zelf."},
		Text:   Trouble{"De tekst is niet gewijzigd", "Een deel ervan is voor u verborgen en zou verloren gaan. Vraag om de nummers te tonen, of laat iemand die alles ziet de tekst wijzigen. Een mededeling kunt u weghalen en opnieuw schrijven."},
	}
	hiddenGerman = HiddenTroubles{
		Number: Trouble{"Nummern sind verborgen", "Telefonnummern sind für Sie verborgen, daher geht die Suche nach Nummern nicht. Suchen Sie nach einem Namen ohne Ziffern, oder lassen Sie die Nummern zeigen."},
		Name:   Trouble{"Namen sind verborgen", "Namen und Nummern sind für Sie verborgen, daher geht die Suche danach nicht. Wählen Sie eine Leitung, ein Team oder eine Person aus den Listen."},
		Counts: Trouble{"Nur Anzahlen", "Sie sehen, wie viele Gespräche es waren, nicht die Gespräche oder die Menschen selbst."},
		Text:   Trouble{"Der Text wurde nicht geändert", "Ein Teil davon ist für Sie verborgen und ginge verloren. Lassen Sie die Nummern zeigen, oder lassen Sie ihn von jemandem ändern, der alles sieht. Eine Mitteilung können Sie wegnehmen und neu schreiben."},
	}
)
