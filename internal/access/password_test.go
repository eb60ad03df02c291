package access

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestWhatPasswordsWillDo(t *testing.T) {
	s := open(t, Options{Words: []string{"Bakery Noord", "Noord"}})
	for _, c := range []struct {
		password string
		fault    Fault // empty: it will do
	}{
		{"", Missing},
		{"seven77", TooShort},
		{"zwölfßé", TooShort}, // characters count, not bytes
		{strings.Repeat("no ", 86), TooLong},
		{strings.Repeat("not too long 1 ", 17), ""}, // 255
		{"correct horse battery staple", ""},
		{"Tr0ub4dor&3", ""},
		{"zwölf Boxkämpfer jagen Viktor", ""},
		{"密码是一个很长的句子", ""},
		{"password", Common},
		{"PassWord", Common},
		{"Sunshine2026!", Common},
		{"qwertyuiop", Common},
		{"a\xffbcdefghijk", Malformed},
		{"we have callboard here", Guessable},
		{"anna-and-the-king", Guessable},
		{"Het Noordelijk halfrond", Guessable},
		{"xyxyxyxyxyxyxy", Guessable},
		{"mnopqrstuvwx", Guessable},
		{"zzzzzzzzzzzzzzzzzzzz", Guessable},
	} {
		err := s.CheckPassword("Anna", c.password)
		wrong, _ := errors.AsType[*FieldError](err)
		switch {
		case c.fault == "" && err != nil:
			t.Errorf("%.20q (%d bytes): %v", c.password, len(c.password), err)
		case c.fault != "" && (wrong == nil || wrong.Fault != c.fault || wrong.Field != "password"):
			t.Errorf("%.20q: %v, want %s", c.password, err, c.fault)
		case err != nil && c.password != "" && c.password != "password" && strings.Contains(err.Error(), c.password):
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

// TestStandardHash holds the parameters against the standard and proves that
// what is kept is made with them.
func TestStandardHash(t *testing.T) {
	if p := StandardHash; p.Time < 1 || p.Memory < 47104 || p.Threads < 1 {
		t.Errorf("%+v is less than ASVS 5.0.0, appendix C asks for", p)
	}
	s := open(t, Options{Hash: StandardHash})
	text, err := s.hash(context.Background(), secret)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(text, "$argon2id$v=19$m=47104,t=1,p=1$") {
		t.Errorf("kept is %s", text)
	}
	if right, upgrade := s.verify(text, secret); !right || upgrade {
		t.Errorf("right %v, upgrade %v", right, upgrade)
	}
	if right, _ := s.verify(text, secret+" "); right {
		t.Error("a password with a space behind it is another")
	}
	again, err := s.hash(context.Background(), secret)
	if err != nil || again == text {
		t.Errorf("the same password gives the same hash: no salt (%v)", err)
	}
}

// TestAccentsAreOne: keyboards send é as one character or as two.
func TestAccentsAreOne(t *testing.T) {
	s := open(t, Options{})
	text, err := s.hash(context.Background(), "caf\u00e9 au lait")
	if err != nil {
		t.Fatal(err)
	}
	if right, _ := s.verify(text, "cafe\u0301 au lait"); !right {
		t.Error("the same text from another keyboard is not the same password")
	}
}

func TestBrokenHashesOpenNothing(t *testing.T) {
	s := open(t, Options{})
	good, err := s.hash(context.Background(), secret)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"", "plain", secret, "$", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=8", "m=4294967295", 1), strings.Replace(good, "t=1", "t=0", 1), strings.Replace(good, "p=1", "p=0", 1),
		good[:len(good)-30], good + "$", "$argon2id$v=19$m=8,t=1,p=1$$", "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$",
	} {
		for _, password := range []string{secret, ""} {
			if right, upgrade := s.verify(text, password); right || upgrade {
				t.Errorf("%q lets somebody in", text)
			}
		}
	}
}

// TestHashesGrow: whoever signs in with a hash of old parameters gets one of
// today's.
func TestHashesGrow(t *testing.T) {
	dir := t.TempDir()
	old := open(t, Options{Dir: dir, Hash: HashParams{Time: 1, Memory: 8, Threads: 1}})
	a := add(t, old, "anna", Viewer)
	was, err := old.passwordOf(context.Background(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, Options{Dir: dir, Hash: HashParams{Time: 2, Memory: 16, Threads: 1}})
	for _, password := range []string{"not this one here", secret, secret} {
		_, err := s.SignIn(context.Background(), Attempt{Login: "anna", Password: password, Addr: home})
		if (err == nil) != (password == secret) {
			t.Fatal(err)
		}
		text, err := s.passwordOf(context.Background(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if grown := strings.Contains(text, "m=16,t=2"); grown != (password == secret) || !grown && text != was {
			t.Errorf("after %v the hash is %s", password == secret, text)
		}
	}
}
