package access

import "callboard/internal/sqlitefile"

// FileName is the file in the data folder.
const FileName = "access.db"

// schema is the file's. Times are milliseconds since 1970, 0 for never.
var schema = sqlitefile.Schema{
	Kind:          "access",
	ApplicationID: 0x43424143, // "CBAC"
	Migrations:    []string{first, displayTable},
}

const first = `
CREATE TABLE person(
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given again: the audit log speaks of it
	login TEXT NOT NULL,
	folded TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	role INT NOT NULL,
	level INT,                            -- null: that of the role
	scope TEXT NOT NULL,
	disabled INT NOT NULL DEFAULT 0,
	password TEXT NOT NULL DEFAULT '',    -- argon2id, PHC form
	issuer TEXT NOT NULL DEFAULT '',
	subject TEXT NOT NULL DEFAULT '',
	created INT NOT NULL,
	changed INT NOT NULL,
	signed_in INT NOT NULL DEFAULT 0,
	rights INT NOT NULL DEFAULT 1,        -- rises with every change of what the account may
	passwords INT NOT NULL DEFAULT 0      -- rises with every new password
);
CREATE UNIQUE INDEX person_subject ON person(issuer, subject) WHERE subject<>'';
CREATE TABLE session(
	token TEXT PRIMARY KEY,               -- SHA-256
	id TEXT NOT NULL UNIQUE,
	person INT NOT NULL,
	data BLOB NOT NULL,
	started INT NOT NULL,
	seen INT NOT NULL,
	until INT NOT NULL,
	rights INT NOT NULL,                  -- of the person when the token was made
	network TEXT NOT NULL,
	browser TEXT NOT NULL,
	shown INT NOT NULL DEFAULT 0          -- hidden numbers are, until then
) WITHOUT ROWID;
CREATE INDEX session_person ON session(person);
CREATE TABLE place(                       -- networks from which somebody signed in
	person INT NOT NULL,
	network TEXT NOT NULL,
	seen INT NOT NULL,
	PRIMARY KEY(person, network)
) WITHOUT ROWID;
CREATE TABLE token(
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	hash BLOB NOT NULL UNIQUE,            -- SHA-256
	name TEXT NOT NULL,
	role INT NOT NULL,
	level INT NOT NULL,
	scope TEXT NOT NULL,
	created INT NOT NULL,
	expires INT NOT NULL,
	used INT NOT NULL DEFAULT 0,
	revoked INT NOT NULL DEFAULT 0,
	maker TEXT NOT NULL
);
CREATE TABLE invite(                      -- links by which somebody chooses a password
	hash BLOB PRIMARY KEY,                -- SHA-256
	person INT NOT NULL,
	until INT NOT NULL
) WITHOUT ROWID;
CREATE TABLE secret(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE audit(
	id INTEGER PRIMARY KEY,
	at INT NOT NULL,
	event TEXT NOT NULL,
	party TEXT NOT NULL,
	name TEXT NOT NULL,
	address TEXT NOT NULL,
	subject TEXT NOT NULL,
	reason TEXT NOT NULL,
	hash BLOB NOT NULL                    -- SHA-256 over the hash before it and this row
);
CREATE INDEX audit_event ON audit(event, id);
CREATE TABLE audit_anchor(                -- where the log begins since its oldest days went
	upto INTEGER PRIMARY KEY,
	hash BLOB NOT NULL,
	at INT NOT NULL,
	entries INT NOT NULL
);
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
WHEN OLD.id > (SELECT ifnull(max(upto), 0) FROM audit_anchor) BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_next BEFORE INSERT ON audit
WHEN NEW.id <> 1 + max((SELECT ifnull(max(id), 0) FROM audit), (SELECT ifnull(max(upto), 0) FROM audit_anchor)) BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER anchor_true BEFORE INSERT ON audit_anchor
WHEN NOT EXISTS (SELECT 1 FROM audit WHERE id=NEW.upto AND hash=NEW.hash AND at < (unixepoch('now') - 7*86400) * 1000) BEGIN
	SELECT RAISE(ABORT, 'an anchor stands for entries older than a week');
END;
CREATE TRIGGER anchor_fixed BEFORE UPDATE ON audit_anchor BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER anchor_kept BEFORE DELETE ON audit_anchor BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
`
