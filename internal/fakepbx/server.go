package fakepbx

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// An Endpoint is a resource of the API, for refusals and counters.
type Endpoint string

// The endpoints of dossier section 13.
const (
	Login          Endpoint = "login"
	Renew          Endpoint = "renew"
	Logout         Endpoint = "logout"
	SocketURL      Endpoint = "websocket" // POST me/websocket
	ActiveChannels Endpoint = "active_channels"
	Channels       Endpoint = "channels"
	Users          Endpoint = "users"
	PhoneLines     Endpoint = "phonelines"
	Addressables   Endpoint = "addressables"
	Presence       Endpoint = "presence"
	Wallboards     Endpoint = "wallboards"
	Communications Endpoint = "communications"
	Socket         Endpoint = "socket" // dialling the URL
)

// Endpoints lists them all.
var Endpoints = []Endpoint{Login, Renew, Logout, SocketURL, ActiveChannels, Channels, Users, PhoneLines, Addressables,
	Presence, Wallboards, Communications, Socket}

// apiError is an answer of dossier section 2.5.
type apiError struct {
	status, code int
	message      string
	retryAfter   int  // seconds; 0 leaves the header out
	html         bool // a proxy's page instead of the documented body
	empty        bool
}

func (e *apiError) Error() string { return fmt.Sprintf("%d/%d %s", e.status, e.code, e.message) }

func fail(status, code int, message string) error {
	return &apiError{status: status, code: code, message: message}
}

type handler func(w http.ResponseWriter, r *http.Request, s *session) (any, error)

// ServeHTTP serves the API under /api/v1/<tenant>/ and the sockets under
// /websocket/.
func (p *PBX) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.mux.ServeHTTP(w, r) }

func (p *PBX) routes() *http.ServeMux {
	m := http.NewServeMux()
	api := func(method, path string, e Endpoint, h handler) {
		serve := func(w http.ResponseWriter, r *http.Request) { p.serve(w, r, e, h) }
		m.HandleFunc(method+" /api/v1/{tenant}/"+path, serve)
		m.HandleFunc(method+" /api/v1/{tenant}/"+path+"/{$}", serve)
	}
	api("POST", "me/login", Login, p.login)
	api("POST", "me/renew", Renew, p.renew)
	api("POST", "me/logout", Logout, p.logout)
	api("POST", "me/websocket", SocketURL, p.socketURL)
	api("GET", "communications/active_channels", ActiveChannels, p.listActiveChannels)
	api("GET", "communications", Communications, p.listCommunications)
	api("GET", "communications/{oid}", Communications, p.getCommunication)
	api("GET", "channels", Channels, p.listChannels)
	api("GET", "users", Users, p.listUsers)
	api("GET", "users/{oid}", Users, p.getUser)
	api("GET", "phonelines", PhoneLines, p.listPhoneLines)
	api("GET", "phonelines/{oid}", PhoneLines, p.getPhoneLine)
	api("GET", "addressables/{oid}", Addressables, p.getAddressable)
	api("GET", "presence", Presence, p.listPresence)
	api("GET", "wallboards", Wallboards, p.listWallboards)
	api("GET", "wallboards/{oid}", Wallboards, p.getWallboard)
	api("GET", "wallboards/{oid}/stats", Wallboards, p.getWallboard)
	m.HandleFunc("GET /websocket/", p.dial)
	m.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		answer(w, r, nil, fail(http.StatusNotFound, 10100, "no such resource"))
	})
	return m
}

// serve counts, delays, refuses and authenticates a request before its
// handler sees it.
func (p *PBX) serve(w http.ResponseWriter, r *http.Request, e Endpoint, h handler) {
	if p.opts.Latency > 0 {
		select {
		case <-time.After(p.opts.Latency):
		case <-r.Context().Done():
			return
		}
	}
	s, clock, err := p.admit(r, e)
	w.Header().Set("Date", clock.UTC().Format(http.TimeFormat))
	if s != nil && e != Login {
		defer p.leave(s)
	}
	if err != nil {
		answer(w, r, nil, err)
		return
	}
	v, err := h(w, r, s)
	answer(w, r, v, err)
}

// admit lets a request in, with the time that the PBX's clock shows.
func (p *PBX) admit(r *http.Request, e Endpoint) (s *session, clock time.Time, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count.Requests[e]++
	clock = p.dated(time.Now())
	if err := p.refuse(e); err != nil {
		return nil, clock, err
	}
	if r.PathValue("tenant") != p.opts.Tenant {
		return nil, clock, fail(http.StatusNotFound, 10100, "unknown tenant")
	}
	if e == Login {
		return nil, clock, nil
	}
	if s, err = p.authenticate(r, time.Now()); err != nil {
		return nil, clock, err
	}
	if s.requests++; p.opts.MaxRequests > 0 && s.requests > p.opts.MaxRequests {
		return s, clock, fail(http.StatusTooManyRequests, 10400, "too many concurrent requests in this session")
	}
	return s, clock, nil
}

func (p *PBX) leave(s *session) {
	p.mu.Lock()
	s.requests--
	p.mu.Unlock()
}

// answer writes the one answer of a request, good or bad.
func answer(w http.ResponseWriter, r *http.Request, v any, err error) {
	status := http.StatusOK
	h := w.Header()
	if h.Get("Date") == "" {
		h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	}
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "application/json;charset=UTF-8")
	var e *apiError
	switch {
	case errors.As(err, &e):
		status = e.status
		if e.retryAfter > 0 {
			h.Set("Retry-After", strconv.Itoa(e.retryAfter))
		}
		if e.html || e.empty {
			h.Set("Content-Type", "text/html")
			w.WriteHeader(status)
			if e.html {
				fmt.Fprintf(w, "<html><head><title>%d</title></head><body><h1>%s</h1></body></html>\n", status, http.StatusText(status))
			}
			return
		}
		v = map[string]any{"errorCode": e.code, "message": e.message, "info": "resource=" + r.Method + " " + r.URL.Path}
	case err != nil:
		status = http.StatusInternalServerError
		v = map[string]any{"errorCode": 11000, "message": err.Error(), "info": "resource=" + r.Method + " " + r.URL.Path}
	case v == nil:
		h.Del("Content-Type")
		w.WriteHeader(status)
		return
	}
	body, err := json.Marshal(v)
	if err != nil {
		panic("fakepbx: an answer that is not JSON: " + err.Error())
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// bearer takes the token out of the header: "xelion <token>", the word in
// lower case and exactly one space.
func bearer(r *http.Request) (string, bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "xelion ")
	if !ok || token == "" || strings.ContainsAny(token, " \t") {
		return "", false
	}
	return token, true
}
