package xelion

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"callboard/internal/feed"
	"callboard/internal/state"
)

// Proof of life: something is heard every ten seconds from a PBX that lives,
// and a silent link is given up well within the 35 s the product allows.
const (
	pingEvery     = 10 * time.Second
	testEvery     = 15 * time.Second
	silence       = 25 * time.Second // read deadline, refreshed by every frame
	writeTime     = 5 * time.Second
	dialTime      = 10 * time.Second
	refusedWithin = 2 * time.Second // an end so early, without a useful word, is a refusal
	mostMissed    = 3               // echoes in a row, of a PBX that has echoed before
	mostFrame     = 4 << 20         // bytes of one message that is read: a field of a megabyte fits
	mostSkipped   = 64 << 20        // bytes of one message that is skipped; a longer one ends the link
	mostBuffer    = 64 << 10
)

// subscriptions are the notifications asked for. None of them needs an oid.
var subscriptions = []string{
	"newCallEvent", "callConnectedEvent", "callHungUpEvent", "missedCallEvent", "channelHungUpEvent",
	"callTransferredEvent", "tenantStartedEvent", "tenantStoppedEvent", "tenantStatusEvent", "presenceListEvent",
}

type notificationRequest struct {
	MessageType      string `json:"messageType,omitempty"`
	NotificationType string `json:"notificationType"`
	Toggle           bool   `json:"toggle"`
}

type multiNotificationRequest struct {
	MessageType   string                `json:"messageType"`
	Notifications []notificationRequest `json:"notifications"`
}

// socketURL asks for the address of a socket. It holds a secret and serves one
// dial.
func (c *Client) socketURL(ctx context.Context) (Secret, error) {
	a, err := c.session.call(ctx, http.MethodPost, "me/websocket", nil)
	if err != nil {
		return "", err
	}
	v := a.body
	for _, key := range []string{"object", "url"} {
		if v.kind == kindObject {
			if inner := v.member(key); inner.kind != kindNone {
				v = inner
			}
		}
	}
	addr := v.secret()
	if addr == "" {
		return "", errNotPBX
	}
	return addr, nil
}

// dial opens the socket: verified TLS unless the host is this machine, no
// redirect, no compression.
func (c *Client) dial(ctx context.Context, addr Secret) (*websocket.Conn, error) {
	bad := func(reason string) error {
		return &feed.Refusal{Code: "bad-socket-address", Reason: reason, Wait: refusedWait}
	}
	u, err := url.Parse(string(addr))
	switch {
	case err != nil, u.Hostname() == "", u.User != nil:
		return nil, bad("The PBX gave an address for its event socket that is not usable")
	case u.Scheme == "wss":
	case u.Scheme == "ws" && c.plain && loopback(u.Hostname()):
	default:
		return nil, bad("The PBX gave an address for its event socket that is not encrypted")
	}
	open := c.cfg.Dial
	if open == nil {
		open = (&net.Dialer{Timeout: dialTime}).DialContext
	}
	var forget func() bool
	d := websocket.Dialer{
		HandshakeTimeout: dialTime, TLSClientConfig: c.tls.Clone(), Proxy: c.proxy,
		NetDialContext: func(dialing context.Context, network, addr string) (net.Conn, error) {
			conn, err := open(dialing, network, addr)
			if err == nil {
				// The dialer heeds its context only while it connects; this ends
				// the handshake as well.
				forget = context.AfterFunc(ctx, func() { conn.Close() })
			}
			return conn, err
		},
	}
	conn, resp, err := d.DialContext(ctx, string(addr), nil)
	if forget != nil {
		forget()
	}
	if err != nil {
		if resp != nil && errors.Is(err, websocket.ErrBadHandshake) {
			return nil, refuseHandshake(resp)
		}
		return nil, err
	}
	if resp.Header.Get("Sec-WebSocket-Extensions") != "" {
		// Unasked compression would slip under the read limit.
		conn.Close()
		return nil, &feed.Refusal{Code: "compression", Reason: "The PBX insists on compressing its event socket, which was not asked for", Wait: permanentWait, Permanent: true}
	}
	return conn, nil
}

func refuseHandshake(resp *http.Response) *feed.Refusal {
	body, _ := io.ReadAll(resp.Body)
	answer := &answerError{status: resp.StatusCode, code: errorCode(body), retryAfter: retryAfter(resp.Header)}
	switch resp.StatusCode {
	case http.StatusOK, http.StatusSwitchingProtocols, http.StatusUpgradeRequired, http.StatusBadRequest:
		return &feed.Refusal{Code: "no-websocket", Reason: "The address of the event socket does not answer as a WebSocket; something in between may not pass it", Wait: max(refusedWait, answer.retryAfter)}
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusGone:
		return &feed.Refusal{Code: "socket-refused", Reason: "The PBX refused to open its event socket (HTTP status " + strconv.Itoa(resp.StatusCode) + ")", Wait: answer.retryAfter}
	}
	return answer.refusal()
}

// A link is one open socket. One goroutine reads, one writes.
type link struct {
	c     *Client
	conn  *websocket.Conn
	gate  *gate
	pongs chan string // what the PBX's own pings want back

	caughtUp chan struct{} // closed once the first snapshot was tried

	mu        sync.Mutex // guards all that follows
	pingSent  time.Time
	testSent  time.Time // of the first test message without an echo; zero if none is out
	missed    int       // test messages without echo in a row
	roundTrip time.Duration
	events    int // call events
	heard     int // notifications and echoes
}

func newLink(c *Client, conn *websocket.Conn, sink feed.Sink) *link {
	return &link{c: c, conn: conn, gate: &gate{sink: sink}, pongs: make(chan string, 4), caughtUp: make(chan struct{})}
}

// subscribe asks for the notifications; no answer is promised, none awaited.
func (l *link) subscribe() error {
	var messages []any
	multi := multiNotificationRequest{MessageType: "multiNotificationRequest"}
	for _, name := range subscriptions {
		multi.Notifications = append(multi.Notifications, notificationRequest{NotificationType: name, Toggle: true})
		messages = append(messages, notificationRequest{MessageType: "notificationRequest", NotificationType: name, Toggle: true})
	}
	if !l.c.cfg.SingleSubscriptions {
		messages = []any{multi}
	}
	for _, m := range messages {
		l.conn.SetWriteDeadline(time.Now().Add(writeTime))
		if err := l.conn.WriteJSON(m); err != nil {
			// A socket the PBX does not want is closed at once; why is in what
			// it sent before.
			l.conn.SetReadDeadline(time.Now().Add(time.Second))
			if _, _, e := l.conn.NextReader(); e != nil {
				if _, ok := errors.AsType[*websocket.CloseError](e); ok {
					return refuseSocket(e)
				}
			}
			return refuseSocket(err)
		}
	}
	return nil
}

// read takes every frame until the first error, which says how the link ended.
func (l *link) read(context.Context) error {
	l.conn.SetReadLimit(mostSkipped)
	alive := func() { l.conn.SetReadDeadline(time.Now().Add(silence)) }
	l.conn.SetPongHandler(func(string) error {
		alive()
		l.pong()
		return nil
	})
	l.conn.SetPingHandler(func(payload string) error {
		alive()
		select {
		case l.pongs <- payload:
		default: // one answer is as good as four
		}
		return nil
	})
	var buf bytes.Buffer
	for {
		alive()
		kind, r, err := l.conn.NextReader()
		if err != nil {
			return l.lost(err)
		}
		if kind != websocket.TextMessage {
			head, err := io.ReadAll(io.LimitReader(r, longestSample))
			if err != nil {
				return l.lost(err)
			}
			l.c.count("binary")
			l.gate.pass(now(), state.Oddity{Kind: state.BinaryMessage, Sample: sample(head)})
			continue
		}
		if buf.Cap() > mostBuffer {
			buf = bytes.Buffer{}
		}
		buf.Reset()
		if _, err := buf.ReadFrom(io.LimitReader(r, mostFrame+1)); err != nil {
			return l.lost(err)
		}
		if buf.Len() > mostFrame { // the rest is never held; the next reader passes over it
			l.c.count("oversized")
			l.gate.pass(now(), state.Oddity{Kind: state.OversizedMessage, Sample: sample(buf.Bytes()[:longestSample])})
			continue
		}
		if err := l.frame(buf.Bytes()); err != nil {
			return err
		}
	}
}

// frame deals with one text frame.
func (l *link) frame(raw []byte) error {
	at := now()
	l.c.record(at, FrameSocket, raw)
	for _, m := range decodeSafely(raw, l.c.cfg.Zone) {
		l.c.count(m.Type)
		for _, odd := range m.Oddities {
			l.gate.pass(at, odd)
			l.c.log.Debug("odd message", "kind", odd.Kind, "sample", odd.Sample)
		}
		switch m.Kind {
		case KindEvent:
			l.notified(true)
			if !l.gate.event(state.Input{At: at, Fact: m.Event}) {
				l.gate.pass(at, state.Oddity{Kind: state.BufferOverflow})
				return &feed.Refusal{Code: "buffer-overflow", Reason: "More events came than can be held until the list of calls is there"}
			}
			l.c.names.want(m.Event)
		case KindEcho:
			l.echo(at)
		case KindResync:
			l.notified(false)
			l.c.RequestSnapshot("tenant was started or stopped")
		case KindPresence:
			l.notified(false)
			l.c.presences.change(l, at, m.Presence)
		case KindOther:
			l.notified(false)
		}
	}
	return nil
}

// decodeSafely keeps the feed alive should a message ever trip the decoder.
func decodeSafely(raw []byte, zone *time.Location) (out []Message) {
	defer func() {
		if recover() != nil {
			out = []Message{{Oddities: []state.Oddity{{Kind: state.MalformedMessage, Sample: "decoder failed"}}}}
		}
	}()
	return Decode(raw, zone)
}

// lost explains the end of reading.
func (l *link) lost(err error) error {
	if errors.Is(err, websocket.ErrReadLimit) {
		l.gate.pass(now(), state.Oddity{Kind: state.OversizedMessage})
	}
	return refuseSocket(err)
}

// early gives the end of a socket that was never of any use its meaning: the
// PBX opens a socket it does not want and closes it at once (dossier section
// 4.1).
func (l *link) early(err error, lived time.Duration) error {
	why := refuse(err)
	l.mu.Lock()
	defer l.mu.Unlock()
	if (why.Code == "lost" || why.Code == "closed" || why.Code == "reset") && lived < refusedWithin && l.heard == 0 {
		return &feed.Refusal{Code: "socket-refused", Reason: "The PBX closed the event socket as soon as it was open"}
	}
	return err
}

// refuseSocket explains the end of a socket.
func refuseSocket(err error) *feed.Refusal {
	if end, ok := errors.AsType[*websocket.CloseError](err); ok {
		code := strconv.Itoa(end.Code)
		switch {
		case end.Code == websocket.CloseAbnormalClosure:
			return &feed.Refusal{Code: "lost", Reason: "The connection to the PBX broke off"}
		case end.Code == websocket.ClosePolicyViolation, end.Code >= 4000:
			return &feed.Refusal{Code: "socket-refused", Reason: "The PBX closed the event socket on purpose (close code " + code + ")", Wait: refusedWait}
		}
		return &feed.Refusal{Code: "closed", Reason: "The PBX closed the connection (close code " + code + ")"}
	}
	if errors.Is(err, websocket.ErrReadLimit) {
		return &feed.Refusal{Code: "oversized-message", Reason: "The PBX sent a message larger than 64 MiB, so the connection was given up"}
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return &feed.Refusal{Code: "half-open", Reason: "The PBX fell silent: nothing was heard on an open connection for 25 seconds"}
	}
	switch why := refuse(err); why.Code {
	case "network", "lost":
		return &feed.Refusal{Code: "lost", Reason: "The connection to the PBX broke off"}
	default:
		return why
	}
}

// write sends pings, test messages and answers to pings until ctx ends, then
// closes the socket, which ends reading as well.
func (l *link) write(ctx context.Context) error {
	ping, test := time.NewTicker(pingEvery), time.NewTicker(testEvery)
	defer ping.Stop()
	defer test.Stop()
	err := l.test()
	for err == nil {
		select {
		case <-ctx.Done():
			goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
			l.conn.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(200*time.Millisecond))
			l.conn.Close()
			return nil
		case payload := <-l.pongs:
			err = l.control(websocket.PongMessage, payload)
		case <-ping.C:
			l.mu.Lock()
			l.pingSent = time.Now()
			l.mu.Unlock()
			err = l.control(websocket.PingMessage, "")
		case <-test.C:
			if why := l.unanswered(); why != nil {
				return why
			}
			err = l.test()
		}
	}
	return refuseSocket(err)
}

func (l *link) control(kind int, payload string) error {
	return l.conn.WriteControl(kind, []byte(payload), time.Now().Add(writeTime))
}

// test sends a test message, which the PBX returns as it is.
func (l *link) test() error {
	l.mu.Lock()
	if l.testSent.IsZero() {
		l.testSent = time.Now()
	}
	l.mu.Unlock()
	l.conn.SetWriteDeadline(time.Now().Add(writeTime))
	return l.conn.WriteMessage(websocket.TextMessage, []byte(`{"messageType":"test"}`))
}

// unanswered counts a test message that found no echo until the next is due.
// Only a PBX that is known to echo is given up for it.
func (l *link) unanswered() error {
	l.c.mu.Lock()
	echoed := l.c.echoed
	l.c.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.testSent.IsZero() {
		l.missed = 0
		return nil
	}
	l.missed++
	l.testSent = time.Time{}
	if echoed && l.missed >= mostMissed {
		return &feed.Refusal{Code: "no-echo", Reason: "The PBX holds the connection but its notification service no longer answers"}
	}
	return nil
}

// echo takes the return of a test message.
func (l *link) echo(at time.Time) {
	l.c.mu.Lock()
	l.c.echoed = true
	l.c.mu.Unlock()
	l.mu.Lock()
	if !l.testSent.IsZero() {
		l.roundTrip = time.Since(l.testSent)
	}
	l.testSent, l.missed = time.Time{}, 0
	l.heard++
	proof := state.Proof{RoundTrip: l.roundTrip}
	l.mu.Unlock()
	l.gate.pass(at, proof)
}

// notified takes any notification: whoever sends those is alive, echo or not.
func (l *link) notified(event bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.missed = 0
	l.heard++
	if event {
		l.events++
	}
}

// pong takes the answer to a ping. Something between us and the PBX can give
// that answer too, so it proves life only where the PBX never echoes.
func (l *link) pong() {
	l.c.mu.Lock()
	echoed, told := l.c.echoed, l.c.noEchoTold
	if !echoed {
		l.c.noEchoTold = true
	}
	l.c.mu.Unlock()
	if echoed {
		return
	}
	l.mu.Lock()
	proof := state.Proof{RoundTrip: time.Since(l.pingSent)}
	l.mu.Unlock()
	at := now()
	if !told {
		l.gate.pass(at, state.Oddity{Kind: state.NoEcho})
	}
	l.c.record(at, FramePong, nil)
	l.gate.pass(at, proof)
}
