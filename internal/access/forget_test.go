package access

import (
	"errors"
	"testing"
	"time"
)

// Somebody who is forgotten stands nowhere but in the audit log: not beside what
// they made either, also where another process goes on writing it.
func TestForget(t *testing.T) {
	dir := t.TempDir()
	s := open(t, Options{Dir: dir})
	lotte := add(t, s, "lotte", Administrator)
	if err := s.Forget(t.Context(), operator, lotte.ID, "erased-abcde"); !errors.Is(err, ErrLastAdministrator) {
		t.Errorf("the last administrator: %v", err)
	}
	add(t, s, "rik", Administrator)
	by := Who{ID: lotte.Ref(), Name: lotte.Name}
	if _, _, err := s.AddToken(t.Context(), by, NewToken{Name: "script", Expires: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	d := s.Displays()
	_, code, err := d.Wait(Sighting{Addr: lobby}, "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Pair(t.Context(), by, elsewhere, code.Text, settingsFor("Reception"))
	if err != nil {
		t.Fatal(err)
	}
	beside := open(t, Options{Dir: dir}) // as the command line does
	if err := beside.Forget(t.Context(), operator, lotte.ID, "erased-abcde"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Renew(t.Context(), p.ID); err != nil {
		t.Fatal(err)
	}
	after := open(t, Options{Dir: dir})
	if list := after.Tokens(); len(list) != 1 || list[0].Maker != "erased-abcde" {
		t.Errorf("%+v", list)
	}
	if list := after.Displays().List(t.Context()); len(list) != 1 || list[0].CreatedBy != "erased-abcde" || list[0].Name != "Reception" {
		t.Errorf("%+v", list)
	}
	if _, err := after.Account(lotte.ID); !errors.Is(err, ErrUnknown) {
		t.Errorf("the account: %v", err)
	}
	if places, err := after.Places(t.Context(), lotte.ID); err != nil || len(places) != 0 {
		t.Errorf("networks: %v, %v", places, err)
	}
	if _, err := after.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
