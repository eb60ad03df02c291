package history

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"callboard/internal/state"
)

// Columns of the files. Lengths are seconds with as many digits as were
// measured, so that whoever adds them up comes to our sums; an unknown one is
// empty, never 0.
var (
	callHeads = []string{"id", "callId", "journey", "direction", "outcome", "result", "seenAt", "startedAt", "connectedAt", "endedAt",
		"waitedSeconds", "talkedSeconds", "totalSeconds", "pbxDurationSeconds", "line", "lineName",
		"callerNumber", "callerName", "callerUser", "calleeNumber", "calleeName", "calleeUser",
		"rung", "missedBy", "transfers", "transferred", "inferred", "confidence"}
	journeyHeads = []string{"journey", "direction", "result", "counted", "seenAt", "startedAt", "answeredAt", "endedAt",
		"waitedSeconds", "talkedSeconds", "talks", "telephonesRung", "line", "lineName", "customerNumber", "customerName",
		"users", "rangAt", "calls", "endSeen", "doubt"}
)

// WriteCSV streams the rows that a filter chooses, newest first: RFC 4180 in
// UTF-8 with a line of heads, times in UTC. A Limit of 0 is all rows. No cell
// is one that a spreadsheet would run, see Tame.
func (s *Store) WriteCSV(ctx context.Context, w io.Writer, f Filter) error {
	buffered := bufio.NewWriterSize(w, 16<<10)
	file := csv.NewWriter(buffered)
	file.UseCRLF = true
	return s.write(ctx, f, &csvSink{w: buffered, file: file})
}

type csvSink struct {
	w    *bufio.Writer
	file *csv.Writer
}

func (o *csvSink) begin(rows string) error {
	heads := callHeads
	if rows == RowsJourneys {
		heads = journeyHeads
	}
	return o.file.Write(heads)
}

func (o *csvSink) row(cells ...string) error {
	for i := range cells {
		cells[i] = Tame(cells[i])
	}
	return o.file.Write(cells)
}

func (o *csvSink) call(c *Call) error {
	var rung, missed []string
	for _, l := range c.Rung() {
		who := nameOf(&l.Party)
		rung = append(rung, who)
		if l.Missed {
			missed = append(missed, who)
		}
	}
	wait, waited := c.Wait()
	return o.row(strconv.FormatUint(c.Seq, 10), c.CallID, strconv.FormatUint(c.Journey, 10), c.Direction.String(), c.Outcome.String(), c.Result(),
		stamp(c.StartedAt), unless(c.StartAtLeast, c.StartedAt), unless(c.TalkAtLeast, c.ConnectedAt), stamp(c.EndedAt),
		seconds(wait, waited), seconds(c.Talk, true), seconds(max(0, c.EndedAt.Sub(c.sortAt())), true), seconds(c.PBX, true), c.Line, c.LineName,
		c.Caller.Number, c.Caller.Name, c.Caller.User, c.Callee.Number, c.Callee.Name, c.Callee.User,
		strings.Join(rung, "; "), strings.Join(missed, "; "), strconv.Itoa(c.Transfers), strconv.FormatBool(c.Transferred), strconv.FormatBool(c.Inferred), c.Confidence.String())
}

func (o *csvSink) journey(j *state.Journey) error {
	calls := make([]string, len(j.Calls))
	for i, seq := range j.Calls {
		calls[i] = strconv.FormatUint(seq, 10)
	}
	wait, waited := j.Wait(j.Ended)
	return o.row(strconv.FormatUint(j.ID, 10), j.Kind.String(), ResultOf(j), strconv.FormatBool(j.Counted),
		stamp(j.Start), unless(!j.StartKnown, j.Start), stamp(j.Answered), stamp(j.Ended),
		seconds(wait, waited), seconds(j.Talk, true), strconv.Itoa(j.Talks), strconv.Itoa(j.Rung), j.Line, j.LineName, j.Customer.Number, j.Customer.Name,
		strings.Join(j.Users, "; "), strings.Join(j.RangAt, "; "), strings.Join(calls, "; "), strconv.FormatBool(!j.Lost), strconv.FormatBool(j.Doubt))
}

func (o *csvSink) end(Cursor) error {
	o.file.Flush()
	if err := o.file.Error(); err != nil {
		return err
	}
	return o.w.Flush()
}

// nameOf is a telephone in a list: its number, else its user's name or oid.
func nameOf(p *state.Party) string {
	switch {
	case p.Number != "":
		return p.Number
	case p.Name != "":
		return p.Name
	}
	return p.User
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

func unless(not bool, t time.Time) string {
	if not {
		return ""
	}
	return stamp(t)
}

// seconds is a length to the last digit; negative or unknown is empty.
func seconds(d time.Duration, ok bool) string {
	if !ok || d < 0 {
		return ""
	}
	whole, part := d/time.Second, d%time.Second
	text := strconv.FormatInt(int64(whole), 10)
	if part == 0 {
		return text
	}
	digits := strconv.FormatInt(int64(part+time.Second), 10)[1:]
	return text + "." + strings.TrimRight(digits, "0")
}

// Tame keeps a spreadsheet from taking a text for a formula: what begins with a
// sign that starts one gets an apostrophe in front. A telephone number of "+"
// and nothing but digits stays as it is: it can run nothing, and programs that
// read the file need it unharmed. (A spreadsheet shows it without the "+" unless
// the column is read as text.)
func Tame(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20", firstRune(s)) {
		return s
	}
	if s[0] == '+' && len(s) > 1 && strings.Trim(s[1:], "0123456789") == "" {
		return s
	}
	return "'" + s
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
