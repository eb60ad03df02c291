// Package oidc signs people in with the account they have at their company: an
// OpenID Connect provider (Entra ID, Keycloak, Google, Authelia ...) says who
// somebody is, and the settings say which of its groups may see the board.
//
// It is the authorization code flow with PKCE (S256), state and nonce. What a
// browser brings back is worth nothing unless it has the sealed cookie that
// [Client.Begin] gave it; the ID token must be signed with RS256 or ES256 by a
// key of the provider, of exactly this issuer, for exactly this client, in time
// to the minute, and for exactly this sign-in. No token is kept: what is left of
// one is an [access.External].
//
// The provider may be down when the board starts, and later. Only signing in
// needs it.
package oidc
