package xelion_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// scripted is a PBX that does what the simulated one never would: stay silent,
// talk at once, lie about its address.
type scripted struct {
	t         *testing.T
	socketURL string                       // what POST me/websocket says; empty means its own
	upgrade   http.HandlerFunc             // instead of opening the socket
	greet     func(conn *websocket.Conn)   // once the subscriptions are there
	active    func(w http.ResponseWriter)  // answers active_channels
	lists     map[string]http.HandlerFunc  // other resources, by path below the tenant
	echo      func(tests int) (again bool) // whether the test message numbered so, from 1, is returned

	writing sync.Mutex // held while a frame is written

	mu       sync.Mutex // guards what follows
	requests map[string][]time.Time
	received []string
	conns    []*websocket.Conn
}

func (s *scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	s.mu.Lock()
	if s.requests == nil {
		s.requests = map[string][]time.Time{}
	}
	s.requests[path] = append(s.requests[path], time.Now())
	s.mu.Unlock()
	const base = "/api/v1/master/"
	switch {
	case path == base+"me/login":
		fmt.Fprintf(w, `{"authentication":"canary-token","renewalToken":"canary-renewal","validUntil":"%s","serverVersion":"8","buildNumber":1}`, time.Now().UTC().Add(100*time.Hour).Format("2006-01-02 15:04:05"))
	case path == base+"me/logout":
	case path == base+"me/websocket":
		url := s.socketURL
		if url == "" {
			url = "ws://" + r.Host + "/websocket/canary-socket"
		}
		fmt.Fprintf(w, `{"object":%q}`, url)
	case path == base+"communications/active_channels":
		if s.active != nil {
			s.active(w)
			return
		}
		fmt.Fprint(w, `{"data":[],"meta":{"links":[]}}`)
	case path == "/websocket/canary-socket":
		s.socket(w, r)
	default:
		if h := s.lists[path[min(len(base), len(path)):]]; h != nil {
			h(w, r)
			return
		}
		fmt.Fprint(w, `{"data":[]}`)
	}
}

func (s *scripted) socket(w http.ResponseWriter, r *http.Request) {
	if s.upgrade != nil {
		s.upgrade(w, r)
		return
	}
	if r.Header.Get("Sec-WebSocket-Extensions") != "" {
		s.t.Error("the client offers compression")
	}
	if r.Header.Get("Authorization") != "" {
		s.t.Error("the token travels to the socket, whose address may be of another host")
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	s.mu.Lock()
	s.conns = append(s.conns, conn)
	s.mu.Unlock()
	tests, first := 0, true
	for {
		_, raw, err := conn.ReadMessage()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.received = append(s.received, string(raw))
		s.mu.Unlock()
		greet := first && s.greet != nil
		first = false
		if greet {
			go s.greet(conn)
		}
		if string(raw) == `{"messageType":"test"}` {
			if tests++; s.echo == nil || s.echo(tests) {
				s.writing.Lock()
				conn.WriteMessage(websocket.TextMessage, raw)
				s.writing.Unlock()
			}
		}
	}
}

// send puts a text frame on the socket opened last.
func (s *scripted) send(frame string) {
	s.mu.Lock()
	conn := s.conns[len(s.conns)-1]
	s.mu.Unlock()
	s.writing.Lock()
	defer s.writing.Unlock()
	conn.WriteMessage(websocket.TextMessage, []byte(frame))
}

func (s *scripted) times(path string) []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]time.Time(nil), s.requests["/api/v1/master/"+path]...)
}

func (s *scripted) heard() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.received...)
}
