package views

// WallWords are the words of what shows wall. They are the shortest that can be
// understood from afar: what does not fit a wall is not read there.
type WallWords struct {
	Free, ServiceLevel, Answered, Unanswered, ToCallBack string
	RingingOut, TalkingOut                               string // states in a row

	OfFmt       string // count: "of 24"
	NoCallSeen  string // under the free
	Nobody      string // under a zero of customers to call back
	Internal    string // after a count
	FreeWord    string // after a count
	LimitFmt    string // age
	LongestFmt  string // age
	OldestFmt   string // age
	OverFmt     string // age, limit
	TargetFmt   string // per cent
	TargetInFmt string // per cent, seconds
	UnderFmt    string // per cent
	UnderInFmt  string // per cent, seconds
	SampleFmt   string // calls

	RingsFmt   string // line, age
	RingFmt    string // age, of a call without a line
	SeveralFmt string // calls, age of the longest
	FreeOfFmt  string // free, all

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
		RingingOut: "Ringing out", TalkingOut: "Talking out",
		OfFmt: "of %d", NoCallSeen: "no call seen", Nobody: "nobody waits", Internal: "internal", FreeWord: "free",
		LimitFmt: "limit %s", LongestFmt: "longest %s", OldestFmt: "oldest %s", OverFmt: "%s, over %s",
		TargetFmt: "target %d %%", TargetInFmt: "target %d %% in %d s", UnderFmt: "under %d %%", UnderInFmt: "under %d %% in %d s",
		SampleFmt: "of %s",
		RingsFmt:  "%s rings %s", RingFmt: "Rings %s", SeveralFmt: "%d calls ring, longest %s",
		FreeOfFmt:   "%d of %d free",
		TooSmallFmt: "Too small to read from %s m. This screen of %s inches can be read up to %s m; from there it takes %d inches.",
		AsOfFmt:     "as of %s", AsOfAgoFmt: "as of %s, %s ago", MinutesFmt: "%d min", HoursFmt: "%d h",
	}
	wallDutch = WallWords{
		Free: "Vrij", ServiceLevel: "Servicelevel", Answered: "Beantwoord", Unanswered: "Niet beantw.", ToCallBack: "Terugbellen",
		RingingOut: "Belt uit", TalkingOut: "Uitgaand",
		OfFmt: "van %d", NoCallSeen: "geen gesprek", Nobody: "niemand wacht", Internal: "intern", FreeWord: "vrij",
		LimitFmt: "grens %s", LongestFmt: "langste %s", OldestFmt: "oudste %s", OverFmt: "%s, over %s",
		TargetFmt: "doel %d %%", TargetInFmt: "doel %d %% in %d s", UnderFmt: "onder %d %%", UnderInFmt: "onder %d %% in %d s",
		SampleFmt: "van %s",
		RingsFmt:  "%s gaat %s over", RingFmt: "Gaat %s over", SeveralFmt: "%d gaan over, langste %s",
		FreeOfFmt:   "%d van %d vrij",
		TooSmallFmt: "Te klein om van %s m te lezen. Dit scherm van %s inch is leesbaar tot %s m; van daar is %d inch nodig.",
		AsOfFmt:     "stand van %s", AsOfAgoFmt: "stand van %s, %s geleden", MinutesFmt: "%d min", HoursFmt: "%d u",
	}
	wallGerman = WallWords{
		Free: "Frei", ServiceLevel: "Servicelevel", Answered: "Angenommen", Unanswered: "Nicht angen.", ToCallBack: "Rückrufe",
		RingingOut: "Ruft an", TalkingOut: "Ausgehend",
		OfFmt: "von %d", NoCallSeen: "kein Gespräch", Nobody: "niemand wartet", Internal: "intern", FreeWord: "frei",
		LimitFmt: "Grenze %s", LongestFmt: "längste %s", OldestFmt: "älteste %s", OverFmt: "%s, über %s",
		TargetFmt: "Ziel %d %%", TargetInFmt: "Ziel %d %% in %d s", UnderFmt: "unter %d %%", UnderInFmt: "unter %d %% in %d s",
		SampleFmt: "von %s",
		RingsFmt:  "%s klingelt %s", RingFmt: "Klingelt %s", SeveralFmt: "%d klingeln, längste %s",
		FreeOfFmt:   "%d von %d frei",
		TooSmallFmt: "Zu klein, um aus %s m zu lesen. Dieser Bildschirm mit %s Zoll ist bis %s m lesbar; von dort braucht es %d Zoll.",
		AsOfFmt:     "Stand %s", AsOfAgoFmt: "Stand %s, vor %s", MinutesFmt: "%d Min.", HoursFmt: "%d Std.",
	}
)
