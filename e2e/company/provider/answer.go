package provider

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// An Answer is one of the token endpoint.
type Answer struct {
	Status int
	Body   []byte
	store  *store
}

// fields of the answer.
func (a *Answer) fields() map[string]any {
	var f map[string]any
	if err := json.Unmarshal(a.Body, &f); err != nil {
		panic(fmt.Sprintf("the provider's answer cannot be read: %v", err))
	}
	return f
}

// Set changes a field of the answer; nil takes it away.
func (a *Answer) Set(name string, value any) {
	f := a.fields()
	if f[name] = value; value == nil {
		delete(f, name)
	}
	a.Body, _ = json.Marshal(f) // came out of JSON
}

// IDToken is the token as it stands.
func (a *Answer) IDToken() string { s, _ := a.fields()["id_token"].(string); return s }

// Claims are what it says.
func (a *Answer) Claims() map[string]any {
	parts := strings.Split(a.IDToken(), ".")
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		panic(err)
	}
	var c map[string]any
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	if err := d.Decode(&c); err != nil {
		panic(err)
	}
	return c
}

// Say changes claims and signs again with the provider's own key, as the
// provider would have; nil takes a claim away.
func (a *Answer) Say(changes map[string]any) {
	key := a.store.key()
	a.Sign(changes, key.alg, key.private, key.id)
}

// Sign is Say with another key.
func (a *Answer) Sign(changes map[string]any, alg jose.SignatureAlgorithm, key any, id string) {
	c := a.Claims()
	for name, value := range changes {
		if c[name] = value; value == nil {
			delete(c, name)
		}
	}
	payload, _ := json.Marshal(c) // came out of JSON
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key, KeyID: id}}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	a.Set("id_token", text)
}

// Unsigned says the same with the algorithm none, in the spelling given.
func (a *Answer) Unsigned(none string) {
	head := base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, `{"alg":%q,"typ":"JWT"}`, none))
	a.Set("id_token", head+"."+strings.Split(a.IDToken(), ".")[1]+".")
}

// KeyID is the id of the provider's key, and Public what everybody may read of it.
func (a *Answer) KeyID() string { return a.store.key().id }

// Public is the public half of the provider's key.
func (a *Answer) Public() any { return a.store.key().public }

// A Key is one that the provider has or had.
type Key struct{ key signingKey }

// Key is the provider's key as of now.
func (p *Provider) Key() Key { return Key{p.store.key()} }

// SignWith is Say with a key of before.
func (a *Answer) SignWith(k Key, changes map[string]any) {
	a.Sign(changes, k.key.alg, k.key.private, k.key.id)
}

// SignAs signs the same with the provider's key by another algorithm.
func (a *Answer) SignAs(alg jose.SignatureAlgorithm) {
	key := a.store.key()
	a.Sign(nil, alg, key.private, key.id)
}

// Carry signs with a foreign key whose public half the token brings along.
func (a *Answer) Carry(key any) {
	payload, _ := json.Marshal(a.Claims()) // came out of JSON
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, (&jose.SignerOptions{EmbedJWK: true}).WithType("JWT"))
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	a.Set("id_token", text)
}

// Change changes claims and leaves the signature as it is.
func (a *Answer) Change(changes map[string]any) {
	parts := strings.Split(a.IDToken(), ".")
	c := a.Claims()
	maps.Copy(c, changes)
	payload, _ := json.Marshal(c) // came out of JSON
	parts[1] = base64.RawURLEncoding.EncodeToString(payload)
	a.Set("id_token", strings.Join(parts, "."))
}
