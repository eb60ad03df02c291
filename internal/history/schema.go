package history

import "callboard/internal/sqlitefile"

// schema is how history.db came to its present form. Times are nanoseconds
// since 1970 in UTC, durations nanoseconds; absent ones are NULL.
var schema = sqlitefile.Schema{
	Kind:          "history",
	ApplicationID: 0x43426869, // "CBhi"
	Migrations:    []string{version1},
}

// Directions, phases and outcomes are the numbers of package state; flags are
// those below. Parties are written once each, so that calls are small and one
// number is in one place. person and line hold the last known names.
const version1 = `
CREATE TABLE party(
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL, name TEXT NOT NULL, user TEXT NOT NULL,
	more TEXT NOT NULL,           -- JSON of the other oids, empty if there are none
	erased INTEGER NOT NULL,      -- the id, once its number was erased, else 0
	norm TEXT NOT NULL,           -- the number in the form in which numbers are compared
	digits TEXT NOT NULL,         -- of the number as given and in that form
	fold TEXT NOT NULL,           -- the name without case and accents
	last INTEGER NOT NULL,        -- start of about the newest row that names it
	UNIQUE(number, name, user, more, erased)
);
CREATE INDEX party_norm ON party(norm);

CREATE TABLE person(
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,     -- oid, or extension where no oid is known
	name TEXT NOT NULL, fold TEXT NOT NULL, number TEXT NOT NULL,
	last INTEGER NOT NULL
);

CREATE TABLE line(oid TEXT PRIMARY KEY, name TEXT NOT NULL, fold TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE call(
	seq INTEGER PRIMARY KEY,
	callid TEXT NOT NULL, journey INTEGER NOT NULL,
	direction INTEGER NOT NULL, phase INTEGER NOT NULL, confidence INTEGER NOT NULL, outcome INTEGER NOT NULL, flags INTEGER NOT NULL,
	started INTEGER NOT NULL, connected INTEGER, paired INTEGER, ended INTEGER NOT NULL,
	wait INTEGER, talk INTEGER NOT NULL, pbx INTEGER,
	line TEXT NOT NULL, caller INTEGER NOT NULL, callee INTEGER NOT NULL, former INTEGER NOT NULL,
	flows TEXT NOT NULL,          -- flow ids of caller and callee, oids of their call logs, with char(31) between
	legs TEXT NOT NULL,           -- JSON: [side, party, flags, since, answered, until] of each, times after "started"
	transfers INTEGER NOT NULL, missed INTEGER NOT NULL,
	gen INTEGER NOT NULL, at INTEGER NOT NULL  -- of the log: which epoch, and its entry
);
CREATE INDEX call_started ON call(started);
CREATE INDEX call_line ON call(line, started);
CREATE INDEX call_caller ON call(caller);
CREATE INDEX call_callee ON call(callee);
CREATE INDEX call_journey ON call(journey);
CREATE TABLE call_user(person INTEGER NOT NULL, started INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(person, started, seq)) WITHOUT ROWID;

CREATE TABLE journey(
	id INTEGER PRIMARY KEY,
	kind INTEGER NOT NULL, flags INTEGER NOT NULL,
	customer INTEGER NOT NULL, line TEXT NOT NULL,
	users TEXT NOT NULL, rang TEXT NOT NULL, calls TEXT NOT NULL, -- JSON
	started INTEGER NOT NULL, answered INTEGER, ended INTEGER,
	wait INTEGER, talk INTEGER NOT NULL, talks INTEGER NOT NULL, rung INTEGER NOT NULL,
	hour INTEGER NOT NULL,        -- of the local zone, in seconds since 1970
	gen INTEGER NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX journey_started ON journey(started);
CREATE INDEX journey_line ON journey(line, started);
CREATE INDEX journey_customer ON journey(customer);
CREATE TABLE journey_user(person INTEGER NOT NULL, started INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY(person, started, id)) WITHOUT ROWID;

CREATE TABLE hour(
	whole INTEGER NOT NULL,       -- 1: all lines together
	start INTEGER NOT NULL, line TEXT NOT NULL,
	offered INTEGER NOT NULL, answered INTEGER NOT NULL, unanswered INTEGER NOT NULL, lost INTEGER NOT NULL,
	outbound INTEGER NOT NULL, internal INTEGER NOT NULL,
	waits INTEGER NOT NULL, wait INTEGER NOT NULL, gaveups INTEGER NOT NULL, gaveup INTEGER NOT NULL,
	talks INTEGER NOT NULL, talk INTEGER NOT NULL, rung INTEGER NOT NULL, hunted INTEGER NOT NULL, longest INTEGER NOT NULL,
	PRIMARY KEY(whole, start, line)
) WITHOUT ROWID;

CREATE TABLE gap(
	kind TEXT NOT NULL, began INTEGER NOT NULL, ended INTEGER, code TEXT NOT NULL, reason TEXT NOT NULL,
	touched INTEGER NOT NULL, lost INTEGER NOT NULL, gen INTEGER NOT NULL, at INTEGER NOT NULL,
	reviewer TEXT NOT NULL DEFAULT '', reviewed INTEGER,
	PRIMARY KEY(began, kind)
) WITHOUT ROWID;

CREATE TABLE alarm(
	key TEXT PRIMARY KEY, kind TEXT NOT NULL, scope TEXT NOT NULL, call INTEGER NOT NULL,
	began INTEGER NOT NULL, ended INTEGER, value REAL NOT NULL, bound REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX alarm_began ON alarm(began);

CREATE TABLE applied(epoch TEXT PRIMARY KEY, gen INTEGER NOT NULL UNIQUE, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE request(
	id INTEGER PRIMARY KEY, kind TEXT NOT NULL, number TEXT NOT NULL, -- the number goes with the answer
	asked INTEGER NOT NULL, answered INTEGER, answer TEXT NOT NULL
);
`

// Flags of a call.
const (
	flagInferred = 1 << iota
	flagTransferred
	flagSnapshot
	flagStartAtLeast
	flagTalkAtLeast
)

// Flags of a leg, beside its state in the lowest two bits.
const (
	flagLegMissed   = 4
	flagLegInferred = 8
)

// Flags of a journey.
const (
	flagCounted = 1 << iota
	flagStartKnown
	flagWaitKnown
	flagLost
	flagDoubt
)
