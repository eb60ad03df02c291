package views

// DeskWords are the words of what a person has at a desk beside the picture:
// alerts of this screen, the map of keys, the menu of a phone.
type DeskWords struct {
	Alerts, AlertsTitle, AlertsText                                                   string
	Sound, SoundOff, SoundOn, SoundBlocked, SoundQuiet, SoundNone                     string
	Volume, TestTone                                                                  string
	Notify, NotifyOff, NotifyOn, NotifyAsk, NotifyBlocked, NotifyInsecure, NotifyNone string

	KeyHeadline, KeyGo, KeysOn string
	Numbers, More              string // page, menu of a phone
}

var (
	deskEnglish = DeskWords{
		Alerts: "Alerts", AlertsTitle: "Alerts on this screen",
		AlertsText: "Every alarm is shown. This screen can also sound or notify; both are kept in this browser only.",
		Sound:      "Sound", SoundOff: "Off.", SoundOn: "Two short notes when an alarm is raised.",
		SoundBlocked: "Blocked by the browser until you click or press a key on this page.",
		SoundQuiet:   "Silent now, outside opening hours.", SoundNone: "This browser has no sound for pages.",
		Volume: "Volume", TestTone: "Test tone",
		Notify: "Notifications", NotifyOff: "Off.", NotifyOn: "One for each alarm, without numbers of callers.",
		NotifyAsk:      "The browser has not been asked yet. Switch them off and on to ask.",
		NotifyBlocked:  "Blocked by the browser. Allow notifications for this site in its settings.",
		NotifyInsecure: "Only possible over https, or on the machine that runs Callboard.",
		NotifyNone:     "This browser has no notifications.",
		KeyHeadline:    "open a headline number", KeyGo: "Go to a page", KeysOn: "Keys that are letters or signs work", Numbers: "Numbers", More: "More",
	}
	deskDutch = DeskWords{
		Alerts: "Meldingen", AlertsTitle: "Meldingen op dit scherm",
		AlertsText: "Elk alarm is te zien. Dit scherm kan ook klinken of een bericht geven; dat geldt alleen in deze browser.",
		Sound:      "Geluid", SoundOff: "Uit.", SoundOn: "Twee korte tonen bij elk nieuw alarm.",
		SoundBlocked: "Geblokkeerd door de browser tot u op deze pagina klikt of een toets indrukt.",
		SoundQuiet:   "Nu stil, buiten openingstijd.", SoundNone: "Deze browser heeft geen geluid voor pagina’s.",
		Volume: "Volume", TestTone: "Proeftoon",
		Notify: "Berichten", NotifyOff: "Uit.", NotifyOn: "Eén per alarm, zonder nummers van bellers.",
		NotifyAsk:      "De browser is nog niet gevraagd. Zet ze uit en weer aan om te vragen.",
		NotifyBlocked:  "Geblokkeerd door de browser. Sta berichten van deze site toe in zijn instellingen.",
		NotifyInsecure: "Kan alleen via https, of op de machine waarop Callboard draait.",
		NotifyNone:     "Deze browser heeft geen berichten.",
		KeyHeadline:    "een hoofdgetal openen", KeyGo: "Naar een pagina", KeysOn: "Toetsen met een letter of teken werken", Numbers: "Cijfers", More: "Meer",
	}
	deskGerman = DeskWords{
		Alerts: "Meldungen", AlertsTitle: "Meldungen auf diesem Bildschirm",
		AlertsText: "Jeder Alarm ist zu sehen. Dieser Bildschirm kann auch klingen oder benachrichtigen; beides gilt nur in diesem Browser.",
		Sound:      "Ton", SoundOff: "Aus.", SoundOn: "Zwei kurze Töne bei jedem neuen Alarm.",
		SoundBlocked: "Vom Browser gesperrt, bis Sie auf dieser Seite klicken oder eine Taste drücken.",
		SoundQuiet:   "Jetzt still, außerhalb der Öffnungszeit.", SoundNone: "Dieser Browser hat keinen Ton für Seiten.",
		Volume: "Lautstärke", TestTone: "Testton",
		Notify: "Benachrichtigungen", NotifyOff: "Aus.", NotifyOn: "Eine je Alarm, ohne Nummern der Anrufer.",
		NotifyAsk:      "Der Browser wurde noch nicht gefragt. Zum Fragen aus- und wieder einschalten.",
		NotifyBlocked:  "Vom Browser gesperrt. Erlauben Sie Benachrichtigungen dieser Seite in seinen Einstellungen.",
		NotifyInsecure: "Nur über https möglich oder auf dem Rechner, auf dem Callboard läuft.",
		NotifyNone:     "Dieser Browser hat keine Benachrichtigungen.",
		KeyHeadline:    "eine Kennzahl öffnen", KeyGo: "Zu einer Seite", KeysOn: "Tasten mit Buchstaben oder Zeichen wirken", Numbers: "Zahlen", More: "Mehr",
	}
)
