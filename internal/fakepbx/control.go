package fakepbx

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Cut is a way to lose a socket.
type Cut string

const (
	CutClean    Cut = "clean"     // close frame 1001 behind what is queued, then the end
	CutAbrupt   Cut = "abrupt"    // the connection is reset
	CutHalfOpen Cut = "half-open" // nothing goes in or out any more, the connection stays
	CutSilent   Cut = "silent"    // pings and tests are answered, events do not come any more
)

// Cuts lists them all.
var Cuts = []Cut{CutClean, CutAbrupt, CutHalfOpen, CutSilent}

// CutSockets loses all sockets that are open now.
func (p *PBX) CutSockets(how Cut) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut(how)
}

func (p *PBX) cut(how Cut) {
	for s := range p.sockets {
		s.cut(how)
	}
}

func (s *socket) cut(how Cut) {
	switch how {
	case CutClean:
		s.push(message{bye: true})
	case CutAbrupt:
		s.abort()
	case CutHalfOpen:
		s.dead.Store(true)
	case CutSilent:
		s.mute.Store(true)
	}
}

// SetClock puts the PBX's clock so far ahead of ours: every date it says from
// now on is off by as much, those of calls that are up too.
func (p *PBX) SetClock(ahead time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.opts.ClockSkew = ahead
}

// dated is a moment as the PBX's clock has it. Call with mu held.
func (p *PBX) dated(t time.Time) time.Time { return t.Add(p.opts.ClockSkew) }

// A Refusal is what an endpoint answers instead of its service.
type Refusal struct {
	Endpoint   Endpoint
	Status     int  // 400 to 599
	Code       int  // the vendor's errorCode
	Times      int  // how often; 0 means for ever
	RetryAfter int  // seconds, in the header; 0 leaves it out
	HTML       bool // a page of some proxy as the body
	Empty      bool // no body
	served     int
}

// String is the form ParseRefusal reads.
func (r Refusal) String() string {
	s := fmt.Sprintf("%s=%d/%d", r.Endpoint, r.Status, r.Code)
	if r.Times > 0 {
		s += "x" + strconv.Itoa(r.Times)
	}
	return s
}

// ParseRefusal reads endpoint=status[/code][xtimes], as login=401/10004x3.
func ParseRefusal(s string) (Refusal, error) {
	want := errors.New("endpoint=status[/code][xtimes], such as login=401/10004x3")
	var r Refusal
	name, rest, ok := strings.Cut(s, "=")
	if !ok {
		return r, want
	}
	r.Endpoint = Endpoint(name)
	rest, times, many := strings.Cut(rest, "x")
	status, code, coded := strings.Cut(rest, "/")
	var err [3]error
	r.Status, err[0] = strconv.Atoi(status)
	if coded {
		r.Code, err[1] = strconv.Atoi(code)
	} else {
		r.Code = map[int]int{400: 10002, 401: 10000, 403: 10101, 404: 10100, 429: 10400, 500: 11000}[r.Status]
	}
	if many {
		if r.Times, err[2] = strconv.Atoi(times); r.Times < 1 {
			return r, want
		}
	}
	if errors.Join(err[:]...) != nil {
		return r, want
	}
	return r, r.check()
}

func (r Refusal) check() error {
	switch {
	case !slices.Contains(Endpoints, r.Endpoint):
		return fmt.Errorf("one of the endpoints %v", Endpoints)
	case r.Status < 400 || r.Status > 599:
		return errors.New("a status from 400 to 599")
	case r.Times < 0 || r.Code < 0 || r.RetryAfter < 0:
		return errors.New("no negative numbers")
	}
	return nil
}

// SetRefusal makes an endpoint refuse the next so many requests, or all if
// times is 0. Status 0 ends the refusal.
func (p *PBX) SetRefusal(e Endpoint, status, errorCode, times int) {
	p.Refuse(Refusal{Endpoint: e, Status: status, Code: errorCode, Times: times})
}

// Refuse is SetRefusal with every detail.
func (p *PBX) Refuse(r Refusal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old := p.refusals[r.Endpoint]; old != nil {
		r.served = old.served
	}
	p.refusals[r.Endpoint] = &r
}

// refuse is the refusal due to a request, or nil. Call with mu held.
func (p *PBX) refuse(e Endpoint) error {
	r := p.refusals[e]
	if r == nil || r.Status == 0 {
		return nil
	}
	err := &apiError{status: r.Status, code: r.Code, message: "refused: " + http.StatusText(r.Status), retryAfter: r.RetryAfter, html: r.HTML, empty: r.Empty}
	r.served++
	if r.Times > 0 {
		if r.Times--; r.Times == 0 {
			r.Status = 0
		}
	}
	return err
}

// RestartEngine kills the telephony engine and starts it: all calls are gone
// without a hang-up, call ids begin anew, scripts that were running say no more.
func (p *PBX) RestartEngine() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.restart(time.Now())
}

func (p *PBX) restart(now time.Time) {
	p.emit(TenantStopped, "", map[string]any{"tenant": p.opts.Tenant})
	p.x.restart(now)
	p.emit(TenantStarted, "", map[string]any{"tenant": p.opts.Tenant})
	p.derive(now)
}

// Send puts a text frame as it is on every socket that has any subscription.
// No fault touches it.
func (p *PBX) Send(frame []byte) { p.send(frame, false) }

// SendBinary is Send with a binary frame.
func (p *PBX) SendBinary(frame []byte) { p.send(frame, true) }

func (p *PBX) send(frame []byte, binary bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.broadcast(notice{frame: slices.Clone(frame), raw: true, binary: binary})
}

// Emit says a notification with exactly these fields to those who subscribed
// to its type and may have it. It passes the faults of delivery; the truth
// knows nothing of it.
func (p *PBX) Emit(typ string, fields map[string]any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	about := ""
	if typ == Wallboard {
		about = oidText(fields["id"])
	}
	p.emit(typ, about, fields)
}
