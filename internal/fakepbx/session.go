package fakepbx

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// A session is one (user, userSpace), known by its present token.
type session struct {
	space    string
	token    string
	renewal  string
	until    time.Time
	requests int // in flight
}

// loginRequest has pointers to tell an absent field from a blank one.
type loginRequest struct {
	UserName, Password, UserSpace *string
}

func (p *PBX) login(w http.ResponseWriter, r *http.Request, _ *session) (any, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 64<<10))
	if err != nil {
		return nil, fail(http.StatusBadRequest, 10002, "body not readable")
	}
	var in loginRequest
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, fail(http.StatusBadRequest, 10003, "body is not the expected JSON")
	}
	for name, v := range map[string]*string{"userName": in.UserName, "password": in.Password, "userSpace": in.UserSpace} {
		if v == nil || *v == "" {
			return nil, fail(http.StatusBadRequest, 10002, "missing field "+name)
		}
	}
	if len(*in.UserSpace) > 200 {
		return nil, fail(http.StatusBadRequest, 10010, "userSpace too long")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if *in.UserName != p.opts.User || *in.Password != p.opts.Password {
		p.count.LoginsDenied++
		return nil, fail(http.StatusUnauthorized, 10004, "wrong user name, password or tenant")
	}
	now := time.Now()
	if old, ok := bearer(r); ok && p.sessions[old] != nil {
		p.end(p.sessions[old])
	}
	for _, s := range p.sessions {
		switch {
		case now.Sub(s.until) > time.Hour:
			p.end(s) // nobody comes back for it
		case s.space != *in.UserSpace:
		case now.Before(s.until):
			p.count.LoginsDenied++
			return nil, fail(http.StatusUnauthorized, 10005, "user already logged in with this userSpace")
		default:
			p.end(s)
		}
	}
	s := &session{space: *in.UserSpace}
	p.issue(s, now)
	p.count.Logins++
	p.log.Info("login", "user", p.opts.User, "userSpace", s.space)
	return p.credentials(s), nil
}

// issue gives a session new tokens.
func (p *PBX) issue(s *session, now time.Time) {
	delete(p.sessions, s.token)
	s.token, s.renewal = rand.Text(), rand.Text()
	s.until = now.Add(p.opts.TokenLifetime)
	p.sessions[s.token] = s
	if p.opts.ExpiryClosesSocket {
		token := s.token
		p.later(p.opts.TokenLifetime, func() {
			if s.token == token {
				p.closeSockets(s)
			}
		})
	}
}

func (p *PBX) credentials(s *session) any {
	out := map[string]any{
		"authentication": s.token, "renewalToken": s.renewal, "validUntil": p.dated(s.until).UTC().Format(dateLayout),
		"version": "1.1", "serverVersion": "8 update 3", "brand": nil, "buildNumber": "20260901.1",
		"host": nil, "tenant": p.opts.Tenant, "userName": p.opts.User,
	}
	if p.opts.NoRenewalToken {
		delete(out, "renewalToken")
	}
	if p.opts.ExtraKeys {
		out["licence"] = map[string]any{"seats": p.opts.Users}
	}
	return out
}

func (p *PBX) renew(w http.ResponseWriter, r *http.Request, s *session) (any, error) {
	var secret string
	if err := json.NewDecoder(io.LimitReader(r.Body, 64<<10)).Decode(&secret); err != nil {
		return nil, fail(http.StatusBadRequest, 10003, "body is not a JSON string")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if secret != p.opts.Password && (secret != s.renewal || p.opts.NoRenewalToken) {
		return nil, fail(http.StatusUnauthorized, 10009, "renewal failed")
	}
	p.issue(s, time.Now())
	p.count.Renewals++
	if p.opts.RenewalClosesSocket {
		p.closeSockets(s)
	}
	return p.credentials(s), nil
}

func (p *PBX) logout(w http.ResponseWriter, r *http.Request, s *session) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end(s)
	p.count.Logouts++
	return nil, nil
}

// end forgets a session and closes its sockets. Call with mu held.
func (p *PBX) end(s *session) {
	delete(p.sessions, s.token)
	p.closeSockets(s)
}

func (p *PBX) closeSockets(s *session) {
	for k := range p.sockets {
		if k.session == s {
			k.cut(CutClean)
		}
	}
}

// authenticate finds the session of a request. Call with mu held.
func (p *PBX) authenticate(r *http.Request, now time.Time) (*session, error) {
	token, ok := bearer(r)
	if !ok {
		return nil, fail(http.StatusUnauthorized, 10000, "not authenticated")
	}
	s := p.sessions[token]
	switch {
	case s == nil:
		return nil, fail(http.StatusUnauthorized, 10020, "token not valid")
	case !now.Before(s.until):
		return nil, fail(http.StatusUnauthorized, 10021, "token expired")
	}
	return s, nil
}

func (p *PBX) liveSessions(now time.Time) (n int) {
	for _, s := range p.sessions {
		if now.Before(s.until) {
			n++
		}
	}
	return n
}

// ExpireTokens makes all tokens of now invalid, at once and without a word.
func (p *PBX) ExpireTokens() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.sessions {
		s.until = time.Now()
		if p.opts.ExpiryClosesSocket {
			p.closeSockets(s)
		}
	}
}
