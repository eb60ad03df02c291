package views

// HouseWords are those of a view in a frame of another page.
type HouseWords struct {
	FrameTitle   string
	FrameOpening string // while its key is shown
	FrameClosed  string // there is no key, or it is none any more
	FrameCookies string // the browser keeps nothing for frames
	FrameScript  string // without script
}

var (
	houseEnglish = HouseWords{
		FrameTitle: "Shared view", FrameOpening: "Not live: the view is being opened.",
		FrameClosed:  "Not live: this view is not shared here, or not any more. Who looks after this page can have it shared again.",
		FrameCookies: "Not live: this browser keeps no cookies for frames of other sites, so the view cannot be shown.",
		FrameScript:  "Not live: a shared view needs JavaScript.",
	}
	houseDutch = HouseWords{
		FrameTitle: "Gedeelde weergave", FrameOpening: "Niet live: de weergave wordt geopend.",
		FrameClosed:  "Niet live: deze weergave wordt hier niet gedeeld, of niet meer. Wie deze pagina beheert, kan haar opnieuw laten delen.",
		FrameCookies: "Niet live: deze browser bewaart geen cookies voor kaders van andere sites, dus de weergave kan niet worden getoond.",
		FrameScript:  "Niet live: een gedeelde weergave heeft JavaScript nodig.",
	}
	houseGerman = HouseWords{
		FrameTitle: "Freigegebene Ansicht", FrameOpening: "Nicht live: Die Ansicht wird geöffnet.",
		FrameClosed:  "Nicht live: Diese Ansicht ist hier nicht freigegeben, oder nicht mehr. Wer diese Seite betreut, kann sie neu freigeben lassen.",
		FrameCookies: "Nicht live: Dieser Browser bewahrt keine Cookies für Rahmen anderer Seiten auf, daher kann die Ansicht nicht gezeigt werden.",
		FrameScript:  "Nicht live: Eine freigegebene Ansicht braucht JavaScript.",
	}
)
