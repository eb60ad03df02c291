package views

// English is the language of the product.
var English = Words{
	Product: "Callboard",

	Language: "Language", DemoNotice: "Simulated", DemoTitle: "Simulated PBX: every name, number and call here is invented.",

	Board: "Board", Status: "Status", Wall: "Wall", PutOnWall: "Put on a wall", SkipToCalls: "Skip to the calls", SkipToContent: "Skip to the content",
	Pages: "Pages", Menu: "Menu", Find: "Find person or number", FindLabel: "Find person or number",
	Close: "Close", Pause: "Pause", GoLive: "Back to now", Why: "Why", Panel: "Panel", Call: "Call",

	Picture: "State of this picture",
	Live:    "Live", NotLive: "Not live", NotLiveDot: "Not live.",
	CatchingUp: "Catching up",
	StillAsOf:  "This is a still picture as of", BoardAsOf: "This is the board as of", TimersStopped: "Timers are stopped.",
	AsOf: "as of", Since: "since", NoView: "No view of the telephone system. Numbers are dashes because nothing here is known.",
	TryingFmt: "Trying again, attempt %d.", NoAnswerFmt: "no answer for %s", NoAnswerYet: "no answer yet",
	PBX: "PBX", ThisScreen: "this screen", ThisScreenTitle: "This screen", LastCallEvent: "Last call event", LastEventFmt: "Last call event %s ago",
	NoEventYet:       "no call event yet",
	ReasonQuiet:      "Connected, no call seen yet. Dashes become numbers with the first call event.",
	ReasonCatchingUp: "Catching up: Callboard is asking the PBX which calls exist.",
	State:            "State", GapsTodayFmt: "Gaps today: %d, %s",

	Line: "Line", Caller: "Caller", Callee: "Callee", InState: "In state", Total: "Total", Legs: "Legs", Doubt: "Doubt",
	TableCaption: "Calls now", Columns: "Columns", Sort: "Sort", Density: "Density",
	Ringing: "Ringing", RingingOut: "Ringing out", Talking: "Talking", TalkingOut: "Talking out", Internal: "Internal",
	NoCallSeen: "No call seen", Missed: "Missed", Unanswered: "Unanswered", Answered: "Answered",
	Question: "?", NeedsPerson: "Needs a person", LimitFmt: "limit %s", RingingOverFmt: "ringing over %s",
	Confirmed: "Confirmed", Unconfirmed: "Unconfirmed", Suspect: "Suspect", Inferred: "Inferred",
	LegTalkingFmt: "%d talking", LegRingingFmt: "%d ringing", LegGoneFmt: "%d gone", LegInferredFmt: "%d inferred",

	Offered: "Offered today", AnswerRate: "Answer rate", MissedNotReturned: "Missed, not returned",
	OverLimit: "over limit", OverLimits: "over limits",
	NothingOverLimit: "nothing over its limit", NotKnown: "unknown", NoCallsYet: "no calls yet", NA: "n/a", None: "none",
	LongestFmt: "longest %s", OverFmt: "over %s", LongestLimitFmt: "longest %s, limit %s", AndInternalFmt: "and %s internal",
	AtLeastFmt: "≥ %s", SinceFmt: "since %s", SinceMidnight: "since midnight",

	AllLines: "All lines", AllPeople: "All people", AllStates: "All states", AllDirections: "All directions",
	Inbound: "Inbound", Outbound: "Outbound",
	SortDefault: "Alarms, then doubt, then longest", SortLongest: "Longest first", SortNewest: "Newest first", SortLine: "By line",
	SaidDefault: "alarms, then doubt, then longest", SaidLongest: "longest first", SaidNewest: "newest first", SaidLine: "by line",
	SaidCaller: "by caller", SaidCallee: "by callee", SaidState: "by state", ReversedFmt: "%s, reversed",
	Dense: "Dense", Comfortable: "Comfortable", Clear: "Clear", SummaryFmt: "%s calls, %s",
	Filters: "Filters",

	LinesNow: "Lines now", EndedLately: "Ended lately", NothingEnded: "No call has ended yet", TalkingNow: "talking",
	EndNotSeen: "End not seen", IDCameBack: "Id came back", Dismissed: "Dismissed", Somebody: "somebody",

	GapSinceFmt: "gap since %s", GapFmt: "gap %s–%s", NotCheckedFmt: "not checked since %s", NewCustomerFmt: "new customer %s",
	SideLeftFmt: "one side left %s", RingsSinceFmt: "rings since %s", TalksSinceFmt: "talks since %s", TransferFmt: "transfer %s",
	GoneFmt: "not on the PBX's list %s",

	NoCalls: "No calls", QuietProven: "It is quiet, and that is proven: the PBX answers, and call events have arrived.",
	QuietProvenFmt:  "It is quiet, and that is proven: the PBX answers, and the last call ended at %s.",
	WasNoCallFmt:    "There was no call when the PBX last answered, at %s.",
	NeverSeen:       "Callboard has not seen any call since it was started. Telephones work without it.",
	QuietUnproven:   "Callboard is connected and no call has been seen yet. Zeros appear once the first call event has proven the feed.",
	ConnectedNoCall: "Connected, no call seen yet", CannotSee: "Callboard cannot see any call",
	CannotSeeText:  "The connection to the PBX was lost and its last calls are no longer shown as calls. Telephones keep working; only this view is gone. Callboard keeps trying.",
	NothingMatches: "No call matches", NothingMatchesText: "There are calls, but none fits the filters in effect.", ClearFilters: "Clear the filters",
	CatchingUpTitle: "Catching up", CatchingUpText: "Callboard is asking the PBX which calls exist.", StatusPage: "See the status",
	ServerAway:     "This screen cannot see any call",
	ServerAwayText: "Callboard does not answer this screen, so nothing here is known. Telephones keep working; only this view is gone. The screen keeps trying.",
	WhatITCanCheck: "What IT can check",

	Journey: "Journey", Events: "Events", Facts: "Facts", Confidence: "Confidence", OtherCalls: "Other calls of this journey",
	RawFields: "Fields as received", CallFmt: "Call %s", Rings: "rings", Rang: "rang, not answered", TalksWithCustomer: "talks",
	Consult: "consult or internal", InferredNotProven: "inferred, not yet proven",
	Received: "Received", After: "After", Event: "Event", Leg: "Leg", Proves: "What it proves", Times: "Times", Side: "Side", Party: "Party",
	Answer: "Answered", Until: "Until", Note: "Note", Started: "Started", Direction: "Direction", Waited: "Waited", Talked: "Talked",
	Ended: "Ended", Now: "now", TransferredOnceFmt: "transferred once, by %s",

	GapsInFeed: "Gaps in the feed", From: "From", To: "To", Length: "Length", Cause: "Cause", CallsTouched: "Calls touched",
	Anomalies: "Anomalies", Last: "Last", What: "What", Today: "Today", SinceStart: "Since start", SinceStartNote: "since start", WhatWasDone: "What was done", Sample: "Sample",
	EventsOfPBX: "Events of the PBX", Clock: "Clock", Versions: "Versions", Screens: "Screens",
	NoGaps: "No gap since Callboard started", NoAnomalies: "Nothing odd seen", AllAnswer: "Every hop answers.",

	People: "People", Lines: "Lines", Longest: "Longest", OfferedShort: "Offered",
	Waiting: "Waiting", Customer: "Customer", LastTry: "Last try", RangFor: "Rang for", Tries: "Tries",

	WallTooSmall: "Too small to read from there: choose a larger display or a shorter distance.",

	KeyboardTitle: "Keyboard", KeySearch: "search", KeyMove: "choose a call", KeyOpen: "open the chosen call",
	KeyHelp: "this list", KeyPanel: "panel at narrower widths", KeyPause: "pause, and back to now", KeyEscape: "close or clear",

	Calendar: calendarEnglish, Script: scriptEnglish, Feed: feedEnglish, Errors: errorsEnglish,

	OnPeople: peopleEnglish, OnLines: linesEnglish, OnHistory: historyEnglish, OnRecord: recordEnglish, OnPast: pastEnglish, OnNumbers: numbersEnglish, OnMissed: missedEnglish,
	OnCall: callEnglish, OnStatus: statusEnglish, OnStorage: storageEnglish, OnLens: lensEnglish, OnWall: wallEnglish, OnAlarms: alarmsEnglish, OnDesk: deskEnglish,
	OnTravel: travelEnglish,

	OnLedger: ledgerEnglish, OnHandover: handoverEnglish, OnDuration: durationEnglish,

	OnBacktest: backtestEnglish,

	OnCompany: companyEnglish,
	OnAudit:   auditEnglish,

	OnDoor:     doorEnglish,
	OnAccess:   accessEnglish,
	OnDisplays: displayEnglish,
	OnHouse:    houseEnglish,
}
