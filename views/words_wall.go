package views

// WallWords are the words of what shows wall. They are the shortest that can be
// understood from afar: what does not fit a wall is not read there.
type WallWords struct {
	Free, ServiceLevel, Answered, Unanswered, ToCallBack string
	Ringing, Talking, RingingOut, TalkingOut             string // states in a row

	OfFmt       string // count: "of 24"
	NoCallSeen  string // under the free
	Nobody      string // under a zero of customers to call back
	Internal    string // after a count
	FreeWord    string // after a count
	RingingWord string // after a count of one
	RingingMany string // after any other
	LimitFmt    string // age
	LongestFmt  string // age
	OldestFmt   string // age
	OverFmt     string // age, limit
	TargetFmt   string // per cent
	TargetInFmt string // per cent, seconds
	UnderFmt    string // per cent
	UnderInFmt  string // per cent, seconds
	SampleFmt   string // calls

	RingsFmt        string // line, age
	CallsFmt        string // caller, age, of a call without a line
	SeveralFmt      string // calls, age of the longest
	TalksFmt        string // line or colleague, age
	SeveralTalksFmt string // calls, age of the longest
	NotReturnedFmt  string // customers, age of the longest
	FreeOfFmt       string // free, all

	TooSmallFmt string // metres, inches, metres, inches

	AsOfFmt    string // moment
	AsOfAgoFmt string // moment, age
	MinutesFmt string // count
	HoursFmt   string // count
}

// WallScript is what the module of a wall says by itself: JSON in data-wall.
type WallScript struct {
	AsOf    string `json:"asOf"`
	Ago     string `json:"ago"`
	Minutes string `json:"minutes"`
	Hours   string `json:"hours"`
}

var (
	wallEnglish = WallWords{
		Free: "Free", ServiceLevel: "Service level", Answered: "Answered", Unanswered: "Unanswered", ToCallBack: "To call back",
		Ringing: "Ringing", Talking: "Talking", RingingOut: "Ringing out", TalkingOut: "Talking out",
		OfFmt: "of %d", NoCallSeen: "no call seen", Nobody: "nobody waits", Internal: "internal", FreeWord: "free", RingingWord: "ringing", RingingMany: "ringing",
		LimitFmt: "limit %s", LongestFmt: "longest %s", OldestFmt: "oldest %s", OverFmt: "%s, over %s",
		TargetFmt: "target %d %%", TargetInFmt: "target %d %% in %d s", UnderFmt: "under %d %%", UnderInFmt: "under %d %% in %d s",
		SampleFmt: "of %s",
		RingsFmt:  "%s rings %s", CallsFmt: "%s rings %s", SeveralFmt: "%d ring too long, longest %s",
		TalksFmt: "%s talks %s", SeveralTalksFmt: "%d long talks, longest %s", NotReturnedFmt: "%d not called back, oldest %s",
		FreeOfFmt:   "%d of %d free",
		TooSmallFmt: "Too small to read from %s m. This screen of %s inches can be read up to %s m; from there it takes %d inches.",
		AsOfFmt:     "as of %s", AsOfAgoFmt: "as of %s, %s ago", MinutesFmt: "%d min", HoursFmt: "%d h",
	}
	wallDutch = WallWords{
		Free: "Vrij", ServiceLevel: "Servicelevel", Answered: "Beantwoord", Unanswered: "Niet beantw.", ToCallBack: "Terugbellen",
		Ringing: "Gaat over", Talking: "In gesprek", RingingOut: "Belt uit", TalkingOut: "Uitgaand",
		OfFmt: "van %d", NoCallSeen: "geen gesprek", Nobody: "niemand wacht", Internal: "intern", FreeWord: "vrij", RingingWord: "gaat over", RingingMany: "gaan over",
		LimitFmt: "grens %s", LongestFmt: "langste %s", OldestFmt: "oudste %s", OverFmt: "%s, over %s",
		TargetFmt: "doel %d %%", TargetInFmt: "doel %d %% in %d s", UnderFmt: "onder %d %%", UnderInFmt: "onder %d %% in %d s",
		SampleFmt: "van %s",
		RingsFmt:  "%s gaat %s over", CallsFmt: "%s belt %s", SeveralFmt: "%d gaan te lang over, langste %s",
		TalksFmt: "%s praat %s", SeveralTalksFmt: "%d lange gesprekken, langste %s", NotReturnedFmt: "%d niet teruggebeld, oudste %s",
		FreeOfFmt:   "%d van %d vrij",
		TooSmallFmt: "Te klein om van %s m te lezen. Dit scherm van %s inch is leesbaar tot %s m; van daar is %d inch nodig.",
		AsOfFmt:     "stand van %s", AsOfAgoFmt: "stand van %s, %s geleden", MinutesFmt: "%d min", HoursFmt: "%d u",
	}
	wallGerman = WallWords{
		Free: "Frei", ServiceLevel: "Servicelevel", Answered: "Angenommen", Unanswered: "Nicht angen.", ToCallBack: "Rückrufe",
		Ringing: "Klingelt", Talking: "Spricht", RingingOut: "Ruft an", TalkingOut: "Ausgehend",
		OfFmt: "von %d", NoCallSeen: "kein Gespräch", Nobody: "niemand wartet", Internal: "intern", FreeWord: "frei", RingingWord: "klingelt", RingingMany: "klingeln",
		LimitFmt: "Grenze %s", LongestFmt: "längste %s", OldestFmt: "älteste %s", OverFmt: "%s, über %s",
		TargetFmt: "Ziel %d %%", TargetInFmt: "Ziel %d %% in %d s", UnderFmt: "unter %d %%", UnderInFmt: "unter %d %% in %d s",
		SampleFmt: "von %s",
		RingsFmt:  "%s klingelt %s", CallsFmt: "%s ruft an: %s", SeveralFmt: "%d klingeln zu lang, längste %s",
		TalksFmt: "%s spricht %s", SeveralTalksFmt: "%d lange Gespräche, längstes %s", NotReturnedFmt: "%d nicht zurückgerufen, älteste %s",
		FreeOfFmt:   "%d von %d frei",
		TooSmallFmt: "Zu klein, um aus %s m zu lesen. Dieser Bildschirm mit %s Zoll ist bis %s m lesbar; von dort braucht es %d Zoll.",
		AsOfFmt:     "Stand %s", AsOfAgoFmt: "Stand %s, vor %s", MinutesFmt: "%d Min.", HoursFmt: "%d Std.",
	}
)
