package oidc

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

var now = time.Unix(1_800_000_000, 0)

// right is what a token must say; each test changes one thing of it.
func right() claims {
	c, ok := readClaims(json.RawMessage(fmt.Sprintf(`{"iss":"https://id.example","sub":"4711","aud":"board","nonce":"n-1",
		"iat":%d,"exp":%d,"acr":"gold","amr":["pwd","otp"]}`, now.Unix(), now.Add(time.Hour).Unix())))
	if !ok {
		panic("the test's own claims cannot be read")
	}
	return c
}

func number(t time.Time) json.Number { return json.Number(fmt.Sprint(t.Unix())) }

func TestClaimsOfAToken(t *testing.T) {
	plain := demand{issuer: "https://id.example", client: "board", nonce: "n-1"}
	strong := plain
	strong.acr, strong.amr = []string{"gold", "platinum"}, []string{"otp", "hwk"}
	if err := strong.check(right(), now); err != nil {
		t.Fatalf("the right token is refused: %v", err)
	}
	for name, test := range map[string]struct {
		change func(claims)
		kind   Kind // empty: accepted
		reason string
	}{
		"other issuer":                    {func(c claims) { c["iss"] = "https://evil.example" }, Untrusted, "issuer"},
		"issuer with a slash more":        {func(c claims) { c["iss"] = "https://id.example/" }, Untrusted, "issuer"},
		"no issuer":                       {func(c claims) { delete(c, "iss") }, Untrusted, "issuer"},
		"other audience":                  {func(c claims) { c["aud"] = "shop" }, Untrusted, "audience"},
		"audience in another case":        {func(c claims) { c["aud"] = "Board" }, Untrusted, "audience"},
		"audience that is no text":        {func(c claims) { c["aud"] = []any{"board", 7} }, Untrusted, "audience"},
		"two audiences, nobody's party":   {func(c claims) { c["aud"] = []any{"board", "shop"} }, Untrusted, "authorized party"},
		"two audiences, another's party":  {func(c claims) { c["aud"] = []any{"board", "shop"}; c["azp"] = "shop" }, Untrusted, "authorized party"},
		"two audiences, our party":        {func(c claims) { c["aud"] = []any{"shop", "board"}; c["azp"] = "board" }, "", ""},
		"our audience, another's party":   {func(c claims) { c["azp"] = "shop" }, Untrusted, "authorized party"},
		"expired for 59 s":                {func(c claims) { c["exp"] = number(now.Add(-59 * time.Second)) }, "", ""},
		"expired for 60 s":                {func(c claims) { c["exp"] = number(now.Add(-60 * time.Second)) }, Untrusted, "expired"},
		"no expiry":                       {func(c claims) { delete(c, "exp") }, Untrusted, "expired"},
		"expiry that is text":             {func(c claims) { c["exp"] = "tomorrow" }, Untrusted, "expired"},
		"expiry beyond all years":         {func(c claims) { c["exp"] = json.Number("1e300") }, Untrusted, "expired"},
		"valid in 60 s":                   {func(c claims) { c["nbf"] = number(now.Add(60 * time.Second)) }, "", ""},
		"valid in 61 s":                   {func(c claims) { c["nbf"] = number(now.Add(61 * time.Second)) }, Untrusted, "not yet valid"},
		"valid from text":                 {func(c claims) { c["nbf"] = "now" }, Untrusted, "not yet valid"},
		"issued in 60 s":                  {func(c claims) { c["iat"] = number(now.Add(60 * time.Second)) }, "", ""},
		"issued in 61 s":                  {func(c claims) { c["iat"] = number(now.Add(61 * time.Second)) }, Untrusted, "issued in the future"},
		"never issued":                    {func(c claims) { delete(c, "iat") }, Untrusted, "issued in the future"},
		"another sign-in's nonce":         {func(c claims) { c["nonce"] = "n-2" }, Untrusted, "nonce"},
		"no nonce":                        {func(c claims) { delete(c, "nonce") }, Untrusted, "nonce"},
		"nonce in another case of letter": {func(c claims) { delete(c, "nonce"); c["Nonce"] = "n-1" }, Untrusted, "nonce"},
		"nobody":                          {func(c claims) { delete(c, "sub") }, Untrusted, "subject"},
		"a name that is empty":            {func(c claims) { c["sub"] = "" }, Untrusted, "subject"},
		"a name with a line end":          {func(c claims) { c["sub"] = "4711\n" }, Untrusted, "subject"},
		"a name without end":              {func(c claims) { c["sub"] = strings.Repeat("x", 256) }, Untrusted, "subject"},
		"too weak a way":                  {func(c claims) { c["acr"] = "bronze" }, Weak, "acr"},
		"no way told":                     {func(c claims) { delete(c, "acr") }, Weak, "acr"},
		"no second factor":                {func(c claims) { c["amr"] = []any{"pwd"} }, Weak, "amr"},
		"no factor told":                  {func(c claims) { delete(c, "amr") }, Weak, "amr"},
		"the other factor":                {func(c claims) { c["amr"] = []any{"hwk"} }, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := right()
			test.change(c)
			err := strong.check(c, now)
			if test.kind == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			refused, ok := errors.AsType[*Refusal](err)
			if !ok || refused.Kind != test.kind || refused.Reason != test.reason {
				t.Errorf("got %v, want %s: %s", err, test.kind, test.reason)
			}
		})
	}
	c := right()
	delete(c, "acr")
	delete(c, "amr")
	if err := plain.check(c, now); err != nil {
		t.Errorf("where no strength is asked for, a token without is refused: %v", err)
	}
}

func TestClaimsAreReadByTheirExactNames(t *testing.T) {
	c, ok := readClaims(json.RawMessage(`{"sub":"anna","SUB":"boss","iss":"a","ISS":"b"}`))
	if !ok || c.text("sub") != "anna" || c.text("iss") != "a" {
		t.Errorf("read as %v: a claim of another name took the place of one", c)
	}
	for _, bad := range []string{``, `null`, `[]`, `"x"`, `{"a"`} {
		if c, ok := readClaims(json.RawMessage(bad)); ok {
			t.Errorf("%s was read as claims %v", bad, c)
		}
	}
}

func TestShownNames(t *testing.T) {
	for _, test := range []struct {
		claims, more claims
		want         string
	}{
		{claims{"name": "Anna de Vries", "email": "a@x.example"}, nil, "Anna de Vries"},
		{claims{"preferred_username": "anna", "email": "a@x.example"}, nil, "anna"},
		{claims{"email": "a@x.example"}, nil, "a@x.example"},
		{claims{}, claims{"name": "Anna"}, "Anna"},
		{claims{"name": " \u202eadmin\u202c\u200b\r\nX "}, nil, "admin X"},
		{claims{"name": "\u2066\ufeff", "email": "e"}, nil, "e"},
		{claims{"name": strings.Repeat("ü", 80)}, nil, strings.Repeat("ü", 64)},
		{claims{"name": 7}, nil, ""},
	} {
		if got := first(names, test.claims, test.more); got != test.want {
			t.Errorf("%v, %v: shown as %q, want %q", test.claims, test.more, got, test.want)
		}
	}
}
