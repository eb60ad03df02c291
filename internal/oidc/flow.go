package oidc

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	gooidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"callboard/internal/access"
)

// Begin starts a sign-in: where to send the browser, and what it must bring
// back in a cookie, within [Patience]. way is given back by Finish, as the caller
// has checked it; other lets people choose another account than the one
// they are signed in with at the provider. The error is a *Refusal.
func (c *Client) Begin(ctx context.Context, way Way, other bool) (address, cookie string, err error) {
	f, err := c.find(ctx, knownUp)
	if err != nil {
		return "", "", err
	}
	b := begun{State: rand.Text() + rand.Text(), Nonce: rand.Text() + rand.Text(), Verifier: oauth2.GenerateVerifier(), Way: way, Until: time.Now().Add(Patience)}
	options := []oauth2.AuthCodeOption{gooidc.Nonce(b.Nonce), oauth2.S256ChallengeOption(b.Verifier)}
	if len(c.cfg.ACR) > 0 {
		options = append(options, oauth2.SetAuthURLParam("acr_values", strings.Join(c.cfg.ACR, " ")))
	}
	if other {
		options = append(options, oauth2.SetAuthURLParam("prompt", "select_account"))
	}
	return f.oauth.AuthCodeURL(b.State, options...), c.seals.seal(b), nil
}

// Finish takes what the provider sent back through the browser, with the cookie
// of Begin. It returns who signed in and what Begin was told. The cookie is
// used up by it, whatever comes of it: the caller removes it. The error is a
// *Refusal; one of kind NoGroup still says who it was.
func (c *Client) Finish(ctx context.Context, cookie string, answer url.Values) (who access.External, way Way, err error) {
	b, ok := c.seals.open(cookie, time.Now())
	if !ok {
		return access.External{}, Way{}, refuse(Stale, "no sign-in under way")
	}
	who, err = c.finish(ctx, b, answer)
	return who, b.Way, err
}

func (c *Client) finish(ctx context.Context, b begun, answer url.Values) (none access.External, err error) {
	state, ok := once(answer, "state")
	if !ok || subtle.ConstantTimeCompare([]byte(state), []byte(b.State)) != 1 {
		return none, refuse(Stale, "state")
	}
	f, err := c.find(ctx, keptFor)
	if err != nil {
		return none, err
	}
	if issuer, given := once(answer, "iss"); (given || f.names || answer.Has("iss")) && issuer != c.cfg.Issuer {
		return none, refuse(Untrusted, "issuer of the answer")
	}
	if answer.Has("error") {
		return none, refuse(Denied, word(answer.Get("error")))
	}
	code, ok := once(answer, "code")
	if !ok {
		return none, refuse(Untrusted, "no code")
	}
	if err := c.slot(ctx); err != nil {
		return none, err
	}
	defer func() { <-c.slots }()
	ctx = gooidc.ClientContext(ctx, c.http)
	oauth := f.oauth
	oauth.ClientSecret = c.cfg.Secret.Reveal() // here and nowhere else: what is kept prints no secret
	tokens, err := oauth.Exchange(ctx, code, oauth2.VerifierOption(b.Verifier))
	if err != nil {
		return none, refusedExchange(err)
	}
	who, err := c.identify(ctx, f, b, tokens)
	if r, ok := errors.AsType[*Refusal](err); ok {
		r.Exchanged = true
	}
	return who, err
}

// identify checks the ID token and makes somebody of it.
func (c *Client) identify(ctx context.Context, f *found, b begun, tokens *oauth2.Token) (none access.External, err error) {
	raw, ok := tokens.Extra("id_token").(string)
	if !ok || raw == "" {
		return none, refuse(Untrusted, "no ID token")
	}
	token, err := f.verifier.Verify(ctx, raw)
	if err != nil {
		return none, refusedToken(err)
	}
	if shortKey(raw) {
		return none, refuse(Untrusted, "a key of less than 2048 bits")
	}
	var payload json.RawMessage
	if err := token.Claims(&payload); err != nil {
		return none, refuse(Untrusted, "form")
	}
	said, ok := readClaims(payload)
	if !ok {
		return none, refuse(Untrusted, "form")
	}
	want := demand{issuer: c.cfg.Issuer, client: c.cfg.Client, nonce: b.Nonce, acr: c.cfg.ACR, amr: c.cfg.AMR}
	if err := want.check(said, time.Now()); err != nil {
		return none, err
	}
	if token.AccessTokenHash != "" && token.VerifyAccessToken(tokens.AccessToken) != nil {
		return none, refuse(Untrusted, "hash of the access token")
	}
	member, ok := groupsIn(said, c.cfg.GroupsClaim)
	var more claims
	if !ok && f.provider.UserInfoEndpoint() != "" { // several providers tell groups there only
		if more, err = c.askUserInfo(ctx, f, said.text("sub"), tokens); err != nil {
			return none, err
		}
		member, ok = groupsIn(more, c.cfg.GroupsClaim)
	}
	who := access.External{Issuer: c.cfg.Issuer, Subject: said.text("sub"), Login: first(handles, said, more), Name: first(names, said, more)}
	if !ok { // or in none: several providers then leave the claim out
		c.log.Warn("company sign-in: the provider told no groups; see --oidc-groups-claim and --oidc-scopes", "claim", c.cfg.GroupsClaim, "by_reference", said["_claim_names"] != nil)
		return who, refuse(NoGroup, "no groups told")
	}
	g, ok := grant(*c.groups.Load(), member)
	if !ok {
		return who, refuse(NoGroup, "none of the groups in the settings")
	}
	who.Role, who.Scope, who.Level, who.OwnLevel = g.Role, g.Scope, g.Level, g.Own
	return who, nil
}

func (c *Client) askUserInfo(ctx context.Context, f *found, sub string, tokens *oauth2.Token) (claims, error) {
	info, err := f.provider.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
	if err != nil {
		return nil, refuse(Down, "user info: "+whyNot(err))
	}
	var payload json.RawMessage
	if err := info.Claims(&payload); err != nil {
		return nil, refuse(Untrusted, "form of the user info")
	}
	said, ok := readClaims(payload)
	if !ok || said.text("sub") != sub {
		return nil, refuse(Untrusted, "user info of somebody else")
	}
	return said, nil
}

// slot waits for a place among those whose codes are exchanged.
func (c *Client) slot(ctx context.Context) error {
	t := time.NewTimer(slotTime)
	defer t.Stop()
	select {
	case c.slots <- struct{}{}:
		return nil
	case <-t.C:
	case <-ctx.Done():
	}
	return refuse(Busy, "too many at once")
}

// refusedExchange says why a code bought no tokens. The library's error quotes
// the provider's answer, which may hold anything.
func refusedExchange(err error) error {
	if e, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		if e.Response != nil && e.Response.StatusCode >= 500 {
			return refuse(Down, "it failed at the exchange of the code")
		}
		return refuse(Untrusted, "exchange: "+word(e.ErrorCode))
	}
	return refuse(Down, "exchange: "+whyNot(err))
}

// refusedToken sorts the library's errors, which quote the token, into words
// that do not.
func refusedToken(err error) error {
	text := err.Error()
	for _, sort := range []struct {
		part   string
		kind   Kind
		reason string
	}{
		{"fetching keys", Down, "its keys cannot be read"},
		{"different provider", Untrusted, "issuer"},
		{"expected audience", Untrusted, "audience"},
		{"signature algorithm", Untrusted, "algorithm"},
		{"failed to verify", Untrusted, "signature"},
		{"not signed", Untrusted, "signature"},
		{"multiple signatures", Untrusted, "signature"},
	} {
		if strings.Contains(text, sort.part) {
			return refuse(sort.kind, sort.reason)
		}
	}
	return refuse(Untrusted, "form")
}

// once is a value that is given exactly once.
func once(v url.Values, name string) (string, bool) {
	if len(v[name]) != 1 || v[name][0] == "" {
		return "", false
	}
	return v[name][0], true
}

// codes are the errors of OAuth 2.0 and OpenID Connect.
var codes = []string{
	"access_denied", "account_selection_required", "consent_required", "interaction_required", "invalid_client", "invalid_grant", "invalid_request",
	"invalid_scope", "login_required", "server_error", "temporarily_unavailable", "unauthorized_client", "unsupported_grant_type", "unsupported_response_type",
}

// word is an error code as it may stand in a log: one that is known, as whoever
// sends it decides what it says.
func word(code string) string {
	if slices.Contains(codes, code) {
		return code
	}
	return "unknown"
}
