package eventlog

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"time"

	"callboard/internal/sqlitefile"
	"callboard/internal/state"
)

// schema of journal.db. Times are Unix nanoseconds. An entry's own time is
// at-back: at never runs back, so that it can be searched. The last four bytes
// of a body are a sum over the whole row, because SQLite keeps none.
var schema = sqlitefile.Schema{
	Kind:          "journal",
	ApplicationID: 0x43624a6c, // "CbJl"
	Migrations: []string{`
CREATE TABLE log(epoch TEXT NOT NULL, made INT NOT NULL);
CREATE TABLE journal(seq INTEGER PRIMARY KEY, at INT NOT NULL, back INT, id TEXT, body BLOB NOT NULL);
CREATE TABLE hole(first INTEGER PRIMARY KEY, last INT NOT NULL, from_at INT NOT NULL, to_at INT NOT NULL, given_up INT NOT NULL);
CREATE TABLE snapshot(seq INTEGER PRIMARY KEY, at INT NOT NULL, image BLOB NOT NULL);
CREATE TABLE frame(id INTEGER PRIMARY KEY, from_at INT NOT NULL, to_at INT NOT NULL, bytes INT NOT NULL, body BLOB NOT NULL);
CREATE INDEX frame_span ON frame(to_at, bytes);
`},
}

// The journal can be lost without harm, so no copy of up to a gigabyte is made
// before a migration, and two broken files are enough to keep. It is read and
// written from end to end: a large page cache would gain nothing.
var fileOptions = sqlitefile.Options{NoCopy: true, KeepBroken: 2, CacheKiB: 256}

// A store is an open journal.db with what was read from it at first.
type store struct {
	*sqlitefile.File
	info   os.FileInfo // of the file that was opened, to notice that it went away
	epoch  string
	last   uint64
	lastAt int64
	empty  bool

	snapshots  int
	frameBytes int64
	lastFrame  int64 // id of the last block of frames
}

// openStore opens the file and reads where the order stands. Damage met here
// puts the file aside once.
func openStore(ctx context.Context, path string) (*store, error) {
	var broken *sqlitefile.Report
	for {
		f, err := sqlitefile.Open(path, schema, fileOptions)
		if err != nil {
			return nil, err
		}
		s := &store{File: f}
		if err = s.load(ctx); err == nil {
			if broken != nil {
				s.Report.Broken, s.Report.Why = broken.Broken, broken.Why
			}
			return s, nil
		}
		if broken != nil || !sqlitefile.IsCorrupt(err) {
			_ = f.Close()
			return nil, err
		}
		broken = &sqlitefile.Report{Why: err.Error()}
		if broken.Broken, err = f.MoveAside(fileOptions); err != nil {
			return nil, err
		}
	}
}

func (s *store) load(ctx context.Context) (err error) {
	if s.info, err = os.Stat(s.Path); err != nil {
		return err
	}
	err = s.Write.QueryRowContext(ctx, "SELECT epoch FROM log").Scan(&s.epoch)
	if errors.Is(err, sql.ErrNoRows) {
		s.epoch = newEpoch()
		_, err = s.Write.ExecContext(ctx, "INSERT INTO log VALUES(?, ?)", s.epoch, time.Now().UnixNano())
	}
	if err != nil {
		return err
	}
	err = s.Write.QueryRowContext(ctx, "SELECT seq, at FROM journal ORDER BY seq DESC LIMIT 1").Scan(&s.last, &s.lastAt)
	if errors.Is(err, sql.ErrNoRows) {
		s.empty, err = true, nil
	}
	if err != nil {
		return err
	}
	return s.Write.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM snapshot), (SELECT ifnull(sum(bytes), 0) FROM frame), (SELECT ifnull(max(id), 0) FROM frame)").
		Scan(&s.snapshots, &s.frameBytes, &s.lastFrame)
}

// moved reports that the file at the path is not the open one any more.
func (s *store) moved() bool {
	info, err := os.Stat(s.Path)
	return os.IsNotExist(err) || err == nil && !os.SameFile(info, s.info)
}

// ids gives the ids of the last two minutes to the window, oldest first.
func (s *store) ids(ctx context.Context, w *window) error {
	rows, err := s.Read.QueryContext(ctx, "SELECT id, at-ifnull(back, 0), at FROM journal ORDER BY seq DESC LIMIT ?", mostTold)
	if err != nil {
		return err
	}
	defer rows.Close()
	var found []told
	for rows.Next() {
		var id sql.NullString
		var t told
		var at int64
		if err := rows.Scan(&id, &t.at, &at); err != nil {
			return err
		}
		if s.lastAt-at > int64(repeatWindow) {
			break
		}
		if t.id = id.String; t.id != "" {
			found = append(found, t)
		}
	}
	for i := len(found) - 1; i >= 0; i-- {
		w.first(found[i].id, found[i].at)
	}
	return rows.Err()
}

var crc = crc32.MakeTable(crc32.Castagnoli)

// sum is the sum of a row.
func sum(seq uint64, at, back int64, id string, body []byte) uint32 {
	var head [24]byte
	binary.BigEndian.PutUint64(head[0:], seq)
	binary.BigEndian.PutUint64(head[8:], uint64(at))
	binary.BigEndian.PutUint64(head[16:], uint64(back))
	n := crc32.Update(0, crc, head[:])
	n = crc32.Update(n, crc, []byte(id))
	return crc32.Update(n, crc, body)
}

// insert writes slots in one statement each. buf is used for their bodies.
func insert(ctx context.Context, stmt *sql.Stmt, slots []slot, buf *bytes.Buffer) error {
	for i := range slots {
		s := &slots[i]
		buf.Reset()
		if err := s.writeBody(buf); err != nil {
			return err
		}
		back := s.mono - s.at
		buf.Write(binary.BigEndian.AppendUint32(nil, sum(s.seq, s.mono, back, s.id, buf.Bytes())))
		var nback, nid any // NULL takes no byte
		if back != 0 {
			nback = back
		}
		if s.id != "" {
			nid = s.id
		}
		if _, err := stmt.ExecContext(ctx, int64(s.seq), s.mono, nback, nid, buf.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// writeBody writes the body behind what buf holds. A fact without one, which
// no test lets pass, must not stop the journal: it becomes unreadable.
func (s *slot) writeBody(buf *bytes.Buffer) error {
	if s.fact == nil {
		_, err := buf.Write(s.body)
		return err
	}
	n := buf.Len()
	if err := encode(buf, s.fact); err != nil {
		buf.Truncate(n)
		return encode(buf, state.Oddity{Kind: UnreadableEntry})
	}
	return nil
}

const columns = "seq, at, ifnull(back, 0), ifnull(id, ''), body"

// scan reads a row of columns. spoilt means that the row is not what was
// written; its entry then is an Oddity, with the time the row gives.
func scan(rows interface{ Scan(...any) error }) (e Entry, mono int64, err, spoilt error) {
	var back int64
	var body sql.RawBytes
	var id sql.RawBytes
	if err := rows.Scan(&e.Seq, &mono, &back, &id, &body); err != nil {
		return e, 0, err, nil
	}
	e.ID, e.At = string(id), momentOf(mono-back)
	if n := len(body) - 4; n < 0 || binary.BigEndian.Uint32(body[n:]) != sum(e.Seq, mono, back, e.ID, body[:n]) {
		spoilt = fmt.Errorf("entry %d is not what was written", e.Seq)
	} else {
		e.Fact, spoilt = decode(body[:n])
	}
	if spoilt != nil {
		e.ID, e.Fact = "", state.Oddity{Kind: UnreadableEntry}
	}
	return e, mono, nil, spoilt
}
