// Package scripted is a PBX that says exactly what a test tells it to say, when
// it tells it to. It speaks as much of the protocol as the board needs: login,
// one-time socket addresses, subscriptions, the test echo, the list of active
// channels, names.
//
// It shares no code with the product's own simulator on purpose: what both
// agree on is the protocol.
package scripted

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// User and Password of the one account there is.
const (
	User     = "api-board"
	Password = "open sesame"
)

// A PBX is an http.Handler. Safe for concurrent use.
type PBX struct {
	mux      *http.ServeMux
	upgrader websocket.Upgrader

	mu      sync.Mutex // guards everything below
	logins  int
	counter int
	tickets map[string]bool // one-time socket paths not yet used
	sockets map[*socket]bool
	active  map[string]Call // by call id: what a snapshot shows
	silent  bool            // sockets stay open and nothing is answered
	changed chan struct{}   // closed and replaced on every change that a test may wait for
}

// A socket is one open feed.
type socket struct {
	conn *websocket.Conn
	mu   sync.Mutex // one writer at a time; also guards types
	// types the other end subscribed to
	types map[string]bool
}

// New returns a PBX without calls.
func New() *PBX {
	p := &PBX{
		mux:     http.NewServeMux(),
		tickets: map[string]bool{},
		sockets: map[*socket]bool{},
		active:  map[string]Call{},
		changed: make(chan struct{}),
	}
	p.upgrader.CheckOrigin = func(*http.Request) bool { return true }
	const api = "/api/v1/master/"
	p.mux.HandleFunc("POST "+api+"me/login", p.login)
	p.mux.HandleFunc("POST "+api+"me/renew", p.authorised(p.renew))
	p.mux.HandleFunc("POST "+api+"me/logout", p.authorised(func(w http.ResponseWriter, _ *http.Request) {}))
	p.mux.HandleFunc("POST "+api+"me/websocket", p.authorised(p.ticket))
	p.mux.HandleFunc("POST "+api+"me/websocket/", p.authorised(p.ticket))
	p.mux.HandleFunc("GET "+api+"communications/active_channels", p.authorised(p.channels))
	p.mux.HandleFunc("GET "+api+"channels", p.authorised(empty))
	p.mux.HandleFunc("GET "+api+"users", p.authorised(names(map[string]string{"501": "Anna de Vries", "502": "Bram Bakker"})))
	p.mux.HandleFunc("GET "+api+"phonelines", p.authorised(names(map[string]string{"1601": "Sales", "1602": "Support"})))
	p.mux.HandleFunc("GET /websocket/", p.socket)
	p.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, 10100, "not found") })
	return p
}

func (p *PBX) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.mux.ServeHTTP(w, r) }

// A Party is one side of a call.
type Party struct{ User, Number, Flow string }

// A Call is what the events say about a call.
type Call struct {
	ID             string
	Line           string
	Caller, Callee Party
	Date           time.Time
	connected      bool
}

// Ring announces the call.
func (p *PBX) Ring(c Call) { p.tell("newCallEvent", c, true, nil) }

// Answer connects it.
func (p *PBX) Answer(c Call) { c.connected = true; p.tell("callConnectedEvent", c, true, nil) }

// HangUp ends it.
func (p *PBX) HangUp(c Call) {
	p.tell("callHungUpEvent", c, false, map[string]any{"duration": "35"})
}

// tell keeps the snapshot true and sends the event to all who subscribed.
func (p *PBX) tell(kind string, c Call, up bool, extra map[string]any) {
	p.mu.Lock()
	if up {
		p.active[c.ID] = c
	} else {
		delete(p.active, c.ID)
	}
	to := slices.Collect(maps.Keys(p.sockets))
	p.mu.Unlock()

	fields := map[string]any{
		"callId": c.ID, "date": c.Date.UTC().Format(time.DateTime), "calleePhoneLineOid": c.Line,
		"callerFlowId": c.Caller.Flow, "callerUser": c.Caller.User, "callerPhoneNumber": c.Caller.Number,
		"calleeFlowId": c.Callee.Flow, "calleeUser": c.Callee.User, "calleePhoneNumber": c.Callee.Number,
	}
	maps.Copy(fields, extra)
	frame, err := json.Marshal(map[string]any{"notificationType": kind, "oid": nil, "notification": fields})
	if err != nil {
		panic(err) // strings only
	}
	for _, s := range to {
		s.notify(kind, frame)
	}
}

// Raw sends any text to all sockets.
func (p *PBX) Raw(text string) {
	p.mu.Lock()
	to := slices.Collect(maps.Keys(p.sockets))
	p.mu.Unlock()
	for _, s := range to {
		s.write([]byte(text))
	}
}

// Subscribed counts the sockets that asked for new calls. The channel closes
// at the next change of the number.
func (p *PBX) Subscribed() (int, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for s := range p.sockets {
		s.mu.Lock()
		if s.types["newCallEvent"] {
			n++
		}
		s.mu.Unlock()
	}
	return n, p.changed
}

// Logins counts successful logins.
func (p *PBX) Logins() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.logins
}

// Cut closes all sockets without a word.
func (p *PBX) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for s := range p.sockets {
		s.conn.UnderlyingConn().Close()
	}
}

// Silence makes the PBX a half-open peer: sockets stay, nothing is answered.
func (p *PBX) Silence(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = on
}

func (p *PBX) isSilent() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.silent
}

// announce wakes those who wait for a change. The caller holds mu.
func (p *PBX) announce() {
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *PBX) login(w http.ResponseWriter, r *http.Request) {
	var in struct{ UserName, Password, UserSpace string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.UserSpace == "" {
		refuse(w, http.StatusBadRequest, 10002, "bad request")
		return
	}
	if in.UserName != User || in.Password != Password {
		refuse(w, http.StatusUnauthorized, 10004, "wrong user name or password")
		return
	}
	p.mu.Lock()
	p.logins++
	p.mu.Unlock()
	p.token(w)
}

func (p *PBX) renew(w http.ResponseWriter, _ *http.Request) { p.token(w) }

func (p *PBX) token(w http.ResponseWriter) {
	answer(w, map[string]any{
		"authentication": token, "renewalToken": "renew-" + token, "tenant": "master", "version": "1.1", "serverVersion": "scripted",
		"validUntil": time.Now().Add(time.Hour).UTC().Format(time.DateTime),
	})
}

const token = "scripted-token"

func (p *PBX) authorised(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "xelion "+token {
			refuse(w, http.StatusUnauthorized, 10000, "not authenticated")
			return
		}
		next(w, r)
	}
}

func (p *PBX) ticket(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.counter++
	path := fmt.Sprintf("/websocket/1/2/3/secret-%d", p.counter)
	p.tickets[path] = true
	p.mu.Unlock()
	scheme := "ws://"
	if r.TLS != nil {
		scheme = "wss://"
	}
	answer(w, map[string]string{"object": scheme + r.Host + path})
}

func (p *PBX) channels(w http.ResponseWriter, r *http.Request) {
	type object map[string]any
	rows := []object{}
	p.mu.Lock()
	for _, id := range slices.Sorted(maps.Keys(p.active)) {
		c, state := p.active[id], "RINGING"
		if c.connected {
			state = "CONNECTED"
		}
		for role, side := range map[string]Party{"CALLER": c.Caller, "CALLEE": c.Callee} {
			rows = append(rows, object{"object": object{
				"callId": id, "channelId": id + "-" + strings.ToLower(role), "state": state, "role": role,
				"name": side.Number, "phone": side.Number, "twinChannel": false,
			}})
		}
	}
	p.mu.Unlock()
	answer(w, object{"data": rows, "meta": object{"links": []object{}}})
}

func empty(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{"data": []any{}, "meta": map[string]any{"links": []any{}}})
}

// names answers a list of things that have a name.
func names(byOID map[string]string) http.HandlerFunc {
	rows := []any{}
	for _, oid := range slices.Sorted(maps.Keys(byOID)) {
		rows = append(rows, map[string]any{"object": map[string]any{"oid": oid, "commonName": byOID[oid], "active": true}})
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"data": rows, "meta": map[string]any{"links": []any{}}})
	}
}

func (p *PBX) socket(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	valid := p.tickets[r.URL.Path]
	delete(p.tickets, r.URL.Path)
	p.mu.Unlock()
	if !valid {
		http.Error(w, "unknown or used address", http.StatusForbidden)
		return
	}
	conn, err := p.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader answered
	}
	s := &socket{conn: conn, types: map[string]bool{}}
	conn.SetPingHandler(func(data string) error {
		if p.isSilent() {
			return nil
		}
		return conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
	})
	p.mu.Lock()
	p.sockets[s] = true
	p.announce()
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.sockets, s)
		p.announce()
		p.mu.Unlock()
		conn.Close()
	}()
	for {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if p.isSilent() {
			continue
		}
		if p.understand(s, frame) {
			s.write(frame)
		}
	}
}

// understand reads one message of the client and reports whether it is to be
// echoed.
func (p *PBX) understand(s *socket, frame []byte) bool {
	type request struct {
		NotificationType string
		Toggle           bool
	}
	var m struct {
		MessageType string
		request
		Notifications []request
	}
	if json.Unmarshal(frame, &m) != nil {
		return false
	}
	if m.MessageType == "notificationRequest" {
		m.Notifications = []request{m.request}
	}
	s.mu.Lock()
	for _, n := range m.Notifications {
		s.types[n.NotificationType] = n.Toggle
	}
	s.mu.Unlock()
	if len(m.Notifications) > 0 {
		p.mu.Lock()
		p.announce()
		p.mu.Unlock()
	}
	return m.MessageType == "test"
}

func (s *socket) notify(kind string, frame []byte) {
	s.mu.Lock()
	wanted := s.types[kind]
	s.mu.Unlock()
	if wanted {
		s.write(frame)
	}
}

// write sends one text frame. A socket that does not take it is found out by
// its reader.
func (s *socket) write(frame []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
	s.conn.WriteMessage(websocket.TextMessage, frame)
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, status, code int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{"errorCode": code, "message": message})
}
