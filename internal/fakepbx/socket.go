package fakepbx

import (
	"crypto/rand"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	ticketLife  = time.Minute      // of a socket URL that nobody dials
	writeLimit  = 10 * time.Second // for one frame
	closeLimit  = time.Second      // for a close frame
	clientLimit = 64 << 10         // bytes of a client's message
)

// A ticket is a socket URL that was given out and not dialled yet.
type ticket struct {
	session *session
	path    string
	until   time.Time
}

type subscription struct{ typ, about string }

type message struct {
	data   []byte
	binary bool
	event  bool // not for a socket that fell silent
	bye    bool // a close frame, and then the end
}

// A socket is one client's WebSocket. The HTTP server's goroutine reads it, one
// of ours writes it.
type socket struct {
	pbx     *PBX
	session *session
	conn    *websocket.Conn
	queue   chan message
	done    chan struct{}
	once    sync.Once
	dead    atomic.Bool           // half-open: nothing goes in or out
	mute    atomic.Bool           // silent: everything but events
	subs    map[subscription]bool // guarded by PBX.mu
}

func (p *PBX) socketURL(w http.ResponseWriter, r *http.Request, s *session) (any, error) {
	scheme, host := "ws", r.Host
	if r.TLS != nil {
		scheme = "wss"
	}
	if p.opts.SocketHost != "" {
		host = p.opts.SocketHost
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	for secret, t := range p.tickets {
		if now.After(t.until) {
			delete(p.tickets, secret)
		}
	}
	secret := rand.Text()
	path := "/websocket/" + strings.ToLower(rand.Text()[:8]) + "/1/" + strings.ToLower(rand.Text()[:8]) + "/" + secret
	p.tickets[secret] = ticket{session: s, path: path, until: now.Add(ticketLife)}
	return map[string]any{"object": scheme + "://" + host + path}, nil
}

// dial opens a socket under a URL given out before, once.
func (p *PBX) dial(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.count.Requests[Socket]++
	err := p.refuse(Socket)
	secret := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	t, ok := p.tickets[secret]
	delete(p.tickets, secret)
	switch {
	case err != nil || p.closed:
	case !ok || t.path != r.URL.Path || time.Now().After(t.until):
		err = fail(http.StatusForbidden, 10101, "no such websocket, or used before")
	case p.sessions[t.session.token] != t.session:
		err = fail(http.StatusUnauthorized, 10020, "the session of this websocket has ended")
	}
	how := p.opts.SocketRefusal
	p.mu.Unlock()
	if err != nil && how == "status" {
		answer(w, r, nil, err)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, upErr := up.Upgrade(w, r, nil)
	if upErr != nil {
		return // gorilla has answered
	}
	if err != nil {
		refuseSocket(conn, how, err)
		return
	}
	s := &socket{pbx: p, session: t.session, conn: conn, queue: make(chan message, p.opts.Queue), done: make(chan struct{}), subs: map[subscription]bool{}}
	conn.SetReadLimit(clientLimit)
	conn.SetPingHandler(func(data string) error {
		if !s.dead.Load() {
			conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(closeLimit))
		}
		return nil
	})
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		conn.Close()
		return
	}
	p.sockets[s] = true
	p.count.SocketsOpened++
	p.wg.Add(1)
	p.mu.Unlock()
	p.log.Info("socket opened")
	go s.write()
	s.read()
	s.abort()
	p.mu.Lock()
	delete(p.sockets, s)
	p.mu.Unlock()
	p.log.Info("socket gone")
}

func refuseSocket(conn *websocket.Conn, how string, err error) {
	deadline := time.Now().Add(closeLimit)
	conn.SetWriteDeadline(deadline)
	if how == "text" {
		conn.WriteMessage(websocket.TextMessage, []byte(err.Error()))
	} else {
		conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.ClosePolicyViolation, err.Error()), deadline)
	}
	conn.Close()
}

// push queues a message. It never waits. Call with PBX.mu held.
func (s *socket) push(m message) {
	select {
	case <-s.done: // cut, and not yet forgotten
		return
	default:
	}
	select {
	case s.queue <- m:
	default:
		s.pbx.count.SocketsSlow++
		s.abort()
	}
}

// abort ends a socket without a close frame. It may be called often, from
// anywhere.
func (s *socket) abort() {
	s.once.Do(func() {
		close(s.done)
		conn := s.conn.NetConn()
		if t, ok := conn.(interface{ NetConn() net.Conn }); ok {
			conn = t.NetConn() // below TLS
		}
		if t, ok := conn.(*net.TCPConn); ok {
			t.SetLinger(0)
		}
		conn.Close()
	})
}

func (s *socket) write() {
	defer s.pbx.wg.Done()
	defer s.abort()
	for {
		select {
		case <-s.done:
			return
		case m := <-s.queue:
			if s.dead.Load() || m.event && s.mute.Load() {
				continue
			}
			if m.bye {
				s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseGoingAway, "going away"), time.Now().Add(closeLimit))
				s.once.Do(func() {
					close(s.done)
					s.conn.Close()
				})
				return
			}
			kind := websocket.TextMessage
			if m.binary {
				kind = websocket.BinaryMessage
			}
			s.conn.SetWriteDeadline(time.Now().Add(writeLimit))
			if err := s.conn.WriteMessage(kind, m.data); err != nil {
				return
			}
		}
	}
}

func (s *socket) read() {
	for {
		kind, data, err := s.conn.ReadMessage()
		if err != nil {
			return
		}
		if !s.dead.Load() {
			s.pbx.receive(s, kind == websocket.TextMessage, data)
		}
	}
}

type clientMessage struct {
	MessageType      string          `json:"messageType"`
	NotificationType string          `json:"notificationType"`
	OID              any             `json:"oid"`
	Toggle           json.RawMessage `json:"toggle"`
	Notifications    []clientMessage `json:"notifications"`
}

func (p *PBX) receive(s *socket, text bool, data []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var m clientMessage
	if !text || json.Unmarshal(data, &m) != nil {
		p.count.BadMessages++
		return
	}
	switch m.MessageType {
	case "test":
		p.count.Tests++
		s.push(message{data: data})
	case "notificationRequest":
		p.subscribe(s, m)
	case "multiNotificationRequest":
		for _, n := range m.Notifications {
			p.subscribe(s, n)
		}
	default:
		p.count.BadMessages++
	}
}

func (p *PBX) subscribe(s *socket, m clientMessage) {
	on, ok := p.toggle(m.Toggle)
	if !ok || m.NotificationType == "" {
		p.count.BadMessages++
		return
	}
	sub := subscription{typ: m.NotificationType}
	if m.NotificationType == Wallboard {
		if sub.about = oidText(m.OID); sub.about == "" {
			return // bound to an object, and none was named
		}
	}
	if !on {
		delete(s.subs, sub)
		return
	}
	s.subs[sub] = true
	p.derived.reset(p, sub, time.Now())
}

// toggle reads a toggle in the spellings the options allow.
func (p *PBX) toggle(raw json.RawMessage) (on, ok bool) {
	spelt := string(raw)
	switch {
	case strings.HasPrefix(spelt, `"`) && p.opts.Toggle != "boolean":
		spelt = strings.Trim(spelt, `"`)
	case strings.HasPrefix(spelt, `"`) || p.opts.Toggle == "string":
		return false, false
	}
	return spelt == "true", spelt == "true" || spelt == "false"
}
