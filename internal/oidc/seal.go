package oidc

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"time"
)

// Patience is how long somebody may take to sign in at the provider.
const Patience = 10 * time.Minute

// A Way is what the caller of Begin wants to know again when the browser comes
// back: nothing of either is looked at here.
type Way struct {
	To   string `json:"to"`   // where to go on
	Look string `json:"look"` // how pages are shown meanwhile: language and theme
}

// begun is a sign-in under way. It lives in a cookie of the browser that began
// it, sealed with a key of this process: no memory is taken by whoever begins
// many, and nobody can finish another's.
type begun struct {
	State    string    `json:"s"`
	Nonce    string    `json:"n"`
	Verifier string    `json:"v"`
	Way      Way       `json:"t"`
	Until    time.Time `json:"u"`
}

// A sealer seals with a key that dies with the process.
type sealer struct{ cipher.AEAD }

func newSealer() (sealer, error) {
	key := make([]byte, 32)
	rand.Read(key) // never fails, it ends the process instead
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return sealer{aead}, err
}

// purpose is bound into the seal, so that it opens for nothing else.
var purpose = []byte("callboard: company sign-in under way")

func (s sealer) seal(b begun) string {
	plain, _ := json.Marshal(b) // texts and a time always encode
	return base64.RawURLEncoding.EncodeToString(s.Seal(nil, nil, plain, purpose))
}

// open returns what was sealed; false if it was not by this process, not whole,
// or too long ago.
func (s sealer) open(sealed string, now time.Time) (b begun, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil {
		return begun{}, false
	}
	plain, err := s.Open(nil, nil, raw, purpose)
	if err != nil || json.Unmarshal(plain, &b) != nil || !now.Before(b.Until) {
		return begun{}, false
	}
	return b, true
}
