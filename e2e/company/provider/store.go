package provider

import (
	"cmp"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/subtle"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// store is what the provider remembers: the library does the protocol.
type store struct {
	op.Storage // what no sign-in by code asks for, and fails loudly if one does
	p          *Provider
	opt        Options

	mu       sync.Mutex
	current  signingKey
	last     int
	requests map[string]*request
	codes    map[string]string // to requests
	tokens   map[string]string // to subjects
}

type signingKey struct {
	id              string
	alg             jose.SignatureAlgorithm
	private, public any
}

func (k signingKey) ID() string                                  { return k.id }
func (k signingKey) SignatureAlgorithm() jose.SignatureAlgorithm { return k.alg }
func (k signingKey) Key() any                                    { return k.private }

type publicKey struct{ signingKey }

func (k publicKey) Algorithm() jose.SignatureAlgorithm { return k.alg }
func (k publicKey) Use() string                        { return "sig" }
func (k publicKey) Key() any                           { return k.public }

// request is somebody on their way to sign in.
type request struct {
	id   string
	asks oidc.AuthRequest
	who  Person
	at   time.Time
}

func (r *request) GetID() string          { return r.id }
func (r *request) GetACR() string         { return r.who.ACR }
func (r *request) GetAMR() []string       { return r.who.AMR }
func (r *request) GetAudience() []string  { return []string{r.asks.ClientID} }
func (r *request) GetAuthTime() time.Time { return r.at }
func (r *request) GetClientID() string    { return r.asks.ClientID }
func (r *request) GetCodeChallenge() *oidc.CodeChallenge {
	if r.asks.CodeChallenge == "" {
		return nil
	}
	return &oidc.CodeChallenge{Challenge: r.asks.CodeChallenge, Method: r.asks.CodeChallengeMethod}
}
func (r *request) GetNonce() string                   { return r.asks.Nonce }
func (r *request) GetRedirectURI() string             { return r.asks.RedirectURI }
func (r *request) GetResponseType() oidc.ResponseType { return r.asks.ResponseType }
func (r *request) GetResponseMode() oidc.ResponseMode { return r.asks.ResponseMode }
func (r *request) GetScopes() []string                { return r.asks.Scopes }
func (r *request) GetState() string                   { return r.asks.State }
func (r *request) GetSubject() string                 { return r.who.Subject }
func (r *request) Done() bool                         { return r.who.Subject != "" }

func newStore(p *Provider, opt Options) (*store, error) {
	s := &store{p: p, opt: opt, requests: map[string]*request{}, codes: map[string]string{}, tokens: map[string]string{}}
	return s, s.rotate()
}

func (s *store) rotate() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	id := "key-" + strconv.Itoa(s.last)
	if s.opt.ES256 {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return err
		}
		s.current = signingKey{id, jose.ES256, k, &k.PublicKey}
		return nil
	}
	k, err := rsa.GenerateKey(rand.Reader, cmp.Or(s.opt.RSABits, 2048))
	if err != nil {
		return err
	}
	s.current = signingKey{id, jose.RS256, k, &k.PublicKey}
	return nil
}

func (s *store) key() signingKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

// signIn says that somebody did, at the provider's own page.
func (s *store) signIn(id, login string) bool {
	who, known := s.p.person(login)
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.requests[id]
	if r == nil || !known {
		return false
	}
	r.who, r.at = who, time.Now()
	return true
}

var errUnknown = errors.New("unknown")

func (s *store) CreateAuthRequest(_ context.Context, asks *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	r := &request{id: rand.Text(), asks: *asks}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests[r.id] = r
	return r, nil
}

func (s *store) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.requests[id]; r != nil {
		return r, nil
	}
	return nil, errUnknown
}

func (s *store) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	id := s.codes[code]
	s.mu.Unlock()
	return s.AuthRequestByID(ctx, id)
}

func (s *store) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes[code] = id
	return nil
}

func (s *store) DeleteAuthRequest(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.requests, id)
	return nil
}

func (s *store) CreateAccessToken(_ context.Context, r op.TokenRequest) (string, time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := rand.Text()
	s.tokens[id] = r.GetSubject()
	return id, time.Now().Add(time.Hour), nil
}

func (s *store) SigningKey(context.Context) (op.SigningKey, error) { return s.key(), nil }

func (s *store) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{s.key().alg}, nil
}

func (s *store) KeySet(context.Context) ([]op.Key, error) { return []op.Key{publicKey{s.key()}}, nil }

func (s *store) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != s.opt.Client {
		return nil, errUnknown
	}
	return client{s.opt}, nil
}

func (s *store) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	if id != s.opt.Client || subtle.ConstantTimeCompare([]byte(secret), []byte(s.opt.Secret)) != 1 {
		return errUnknown
	}
	return nil
}

// SetUserinfoFromScopes fills an ID token.
func (s *store) SetUserinfoFromScopes(_ context.Context, info *oidc.UserInfo, sub, _ string, scopes []string) error {
	s.fill(info, sub, scopes)
	return nil
}

// SetUserinfoFromToken fills an answer of the user info endpoint.
func (s *store) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, token, sub, _ string) error {
	s.mu.Lock()
	of := s.tokens[token]
	s.mu.Unlock()
	if of == "" || of != sub {
		return errUnknown
	}
	s.fill(info, sub, []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail})
	return nil
}

func (s *store) fill(info *oidc.UserInfo, sub string, scopes []string) {
	who := s.p.bySubject(sub)
	info.Subject = sub
	if slices.Contains(scopes, oidc.ScopeProfile) {
		info.Name = who.Name
		if who.Groups != nil {
			info.AppendClaims("groups", who.Groups)
		}
	}
	if slices.Contains(scopes, oidc.ScopeEmail) {
		info.Email = who.Email
	}
}

func (s *store) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return nil, nil
}

func (s *store) TerminateSession(context.Context, string, string) error { return nil }

func (s *store) Health(context.Context) error { return nil }

// client is the board as the provider knows it.
type client struct{ opt Options }

func (c client) GetID() string                       { return c.opt.Client }
func (c client) RedirectURIs() []string              { return []string{c.opt.Redirect} }
func (c client) PostLogoutRedirectURIs() []string    { return []string{c.opt.SignedOut} }
func (c client) ApplicationType() op.ApplicationType { return op.ApplicationTypeWeb }
func (c client) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}
func (c client) GrantTypes() []oidc.GrantType         { return []oidc.GrantType{oidc.GrantTypeCode} }
func (c client) LoginURL(id string) string            { return "/login?id=" + id }
func (c client) AccessTokenType() op.AccessTokenType  { return op.AccessTokenTypeBearer }
func (c client) IDTokenLifetime() time.Duration       { return time.Hour }
func (c client) DevMode() bool                        { return true }
func (c client) IsScopeAllowed(string) bool           { return false }
func (c client) IDTokenUserinfoClaimsAssertion() bool { return !c.opt.InUserInfo }
func (c client) ClockSkew() time.Duration             { return 0 }
func (c client) AuthMethod() oidc.AuthMethod {
	if c.opt.Secret == "" {
		return oidc.AuthMethodNone
	}
	return oidc.AuthMethodBasic
}
func (c client) RestrictAdditionalIdTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}
func (c client) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}
