package access

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/sqlitefile"
)

var (
	lobby      = netip.MustParseAddr("192.0.2.10")
	elsewhere  = netip.MustParseAddr("203.0.113.9")
	supervisor = Who{Kind: Person, ID: "user:1", Name: "Lotte", Role: Supervisor}
)

func settingsFor(name string) Settings {
	return Settings{Name: name, View: "/wall", Level: privacy.LastThree, Expires: time.Now().Add(DisplayLife)}
}

// paired is a display whose screen has a token of its own.
func paired(t *testing.T, d *Displays, s Settings) (Paired, string) {
	t.Helper()
	token, code, err := d.Wait(Sighting{Addr: lobby}, "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Pair(t.Context(), supervisor, elsewhere, code.Spaced(), s)
	if err != nil {
		t.Fatal(err)
	}
	a := d.Admit(t.Context(), token, lobby, true)
	if a.Standing != ScreenShows || a.Fresh == "" || a.Fresh == token {
		t.Fatalf("a screen that was paired gets %+v", a)
	}
	return p, a.Fresh
}

// settle uses a new token often and long enough for the old one to be an alarm.
func useNew(t *testing.T, d *Displays, token string) {
	t.Helper()
	time.Sleep(settled)
	if a := d.Admit(t.Context(), token, lobby, true); a.Standing != ScreenShows {
		t.Fatalf("the present token gets %+v", a)
	}
}

func TestPairing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{})
		token, code, err := d.Wait(Sighting{Addr: lobby, Browser: "Chromium on Linux"}, "")
		if err != nil {
			t.Fatal(err)
		}
		if clean, ok := CleanCode(strings.ToLower(code.Text[:3] + "-" + code.Text[3:])); !ok || clean != code.Text {
			t.Errorf("a code typed in its own way is %q", clean)
		}
		if a := d.Admit(t.Context(), token, lobby, true); a.Standing != ScreenWaits || a.Code != code {
			t.Errorf("a screen that waits is %+v", a)
		}
		d.Measured(token, 1920, 1080)
		screen, err := d.Find(supervisor, elsewhere, code.Spaced())
		if err != nil || screen.Addr != lobby || screen.Browser != "Chromium on Linux" || screen.Width != 1920 {
			t.Errorf("the code leads to %+v, %v", screen, err)
		}
		p, err := d.Pair(t.Context(), supervisor, elsewhere, code.Text, settingsFor("Reception"))
		if err != nil || p.CreatedBy != "Lotte" || p.State != PairedOn {
			t.Fatalf("paired: %+v, %v", p, err)
		}
		if _, err := d.Pair(t.Context(), supervisor, elsewhere, code.Text, settingsFor("Twice")); !errors.Is(err, ErrNoCode) {
			t.Errorf("a code that was used pairs again: %v", err)
		}
		first := d.Admit(t.Context(), token, lobby, true)
		again := d.Admit(t.Context(), token, lobby, true) // the answer was lost
		if first.Fresh == "" || again.Fresh != first.Fresh {
			t.Errorf("asking twice gives %q and %q", first.Fresh, again.Fresh)
		}
		useNew(t, d, first.Fresh)
		if a := d.Admit(t.Context(), token, lobby, true); a.Standing != ScreenEnded || a.Paired.State != PairedStolen {
			t.Errorf("what the screen waited with is good for ever: %+v", a)
		}
	})
}

func TestACodeEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{})
		token, code, _ := d.Wait(Sighting{Addr: lobby}, "")
		time.Sleep(CodeLife)
		if _, err := d.Find(supervisor, elsewhere, code.Text); !errors.Is(err, ErrNoCode) {
			t.Errorf("a code that is over: %v", err)
		}
		a := d.Admit(t.Context(), token, lobby, false)
		if a.Standing != ScreenWaits || a.Code.Text == code.Text || time.Until(a.Code.Until) != CodeLife {
			t.Errorf("then the screen shows %+v", a.Code)
		}
		if _, err := d.Find(supervisor, elsewhere, a.Code.Text); err != nil {
			t.Errorf("the next code: %v", err)
		}
	})
}

// A million guesses within the life of as many codes as there can be: hardly
// any is even looked at, and none is right.
func TestGuessingIsHopeless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{})
		for i := range waitsTotal {
			if _, _, err := d.Wait(Sighting{Addr: netip.AddrFrom4([4]byte{10, byte(i / waitsNetwork / 250), byte(i / waitsNetwork % 250), byte(i)})}, ""); err != nil {
				t.Fatal(err)
			}
		}
		const guesses = 1_000_000
		looked := 0
		for i := range guesses {
			var code [codeLength]byte
			x := rand.Uint64()
			for j := range code {
				code[j] = codeLetters[x%uint64(len(codeLetters))]
				x /= uint64(len(codeLetters))
			}
			by := supervisor
			by.ID = "user:" + strconv.Itoa(i%10_000)
			_, err := d.Find(by, netip.AddrFrom4([4]byte{172, 16, byte(i / 250), byte(i)}), string(code[:]))
			var later *LaterError
			switch {
			case err == nil:
				t.Fatalf("guess %d is right", i)
			case errors.As(err, &later):
				if later.After <= 0 || later.After > triesSpan {
					t.Fatalf("later is %v", later.After)
				}
			default:
				looked++
			}
			if i%1000 == 0 {
				time.Sleep(CodeLife / (guesses / 1000) / 2)
			}
		}
		if looked > triesTotal {
			t.Errorf("%d guesses were looked at, %d at most", looked, triesTotal)
		}
		t.Logf("%d of %d guesses were looked at", looked, guesses)
		for _, limit := range []struct {
			what string
			most int
			by   func(int) (Who, netip.Addr)
		}{
			{"person", triesPerson, func(i int) (Who, netip.Addr) {
				return supervisor, netip.AddrFrom4([4]byte{10, byte(i), 0, 1})
			}},
			{"network", triesNetwork, func(i int) (Who, netip.Addr) {
				return Who{ID: fmt.Sprint("user:", i)}, netip.AddrFrom4([4]byte{10, 1, 1, byte(i)})
			}},
		} {
			d := NewDisplays(DisplayOptions{})
			_, code, _ := d.Wait(Sighting{Addr: lobby}, "")
			wrong := "22222222"
			for i := range limit.most {
				by, from := limit.by(i)
				if _, err := d.Find(by, from, wrong); !errors.Is(err, ErrNoCode) {
					t.Fatalf("try %d of one %s: %v", i, limit.what, err)
				}
			}
			by, from := limit.by(limit.most)
			if _, err := d.Find(by, from, code.Text); err == nil || errors.Is(err, ErrNoCode) {
				t.Errorf("after %d wrong tries of one %s: %v", limit.most, limit.what, err)
			}
			time.Sleep(triesSpan)
			if _, _, err := d.find(by, from, wrong, time.Now()); !errors.Is(err, ErrNoCode) {
				t.Errorf("ten minutes later one %s may try again: %v", limit.what, err)
			}
		}
	})
}

// Codes are drawn from all letters alike.
func TestCodesAreRandom(t *testing.T) {
	counts := map[rune]int{}
	const n = 20_000
	for range n {
		for _, c := range newCode(time.Now()).Text {
			counts[c]++
		}
	}
	if len(counts) != len(codeLetters) {
		t.Fatalf("%d letters are used of %d", len(counts), len(codeLetters))
	}
	mean := float64(n*codeLength) / float64(len(codeLetters))
	for c, k := range counts {
		if float64(k) < mean*0.92 || float64(k) > mean*1.08 { // more than five deviations
			t.Errorf("%c stands %d times, %.0f would be even", c, k, mean)
		}
	}
}

func TestAtMostTwentyScreensWaitInANetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{})
		var tokens []string
		for i := range waitsNetwork {
			token, _, err := d.Wait(Sighting{Addr: netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})}, "")
			if err != nil {
				t.Fatal(err)
			}
			tokens = append(tokens, token)
		}
		if _, _, err := d.Wait(Sighting{Addr: lobby}, ""); !errors.Is(err, ErrManyScreens) {
			t.Errorf("one more: %v", err)
		}
		beside := 0
		for range waitsNetwork {
			if _, _, err := d.WaitBeside(Sighting{Addr: netip.MustParseAddr("198.51.100.1")}); err == nil {
				beside++
			}
		}
		if beside != waitsNetwork/2 {
			t.Errorf("%d places are taken beside sign-ins", beside)
		}
		if _, _, err := d.Wait(Sighting{Addr: elsewhere}, ""); err != nil {
			t.Errorf("in another network: %v", err)
		}
		for range 40 { // all but one go on asking
			time.Sleep(time.Second)
			for _, token := range tokens[1:] {
				d.Admit(t.Context(), token, lobby, false)
			}
		}
		if _, _, err := d.Wait(Sighting{Addr: lobby}, ""); err != nil {
			t.Errorf("in the place of one that fell silent: %v", err)
		}
		if a := d.Admit(t.Context(), tokens[0], lobby, false); a.Standing != ScreenUnknown {
			t.Errorf("the silent one is %+v", a)
		}
		if a := d.Admit(t.Context(), tokens[1], lobby, false); a.Standing != ScreenWaits {
			t.Errorf("one that asks is %+v", a)
		}
	})
}

// A token that was replaced is an alarm wherever and whenever it comes up
// again: 1,000 times of 1,000.
func TestReplaysAreDetected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		alarms := 0
		d := NewDisplays(DisplayOptions{Stolen: func(Paired, netip.Addr) { alarms++ }})
		const replays = 1000
		for i := range replays {
			p, token := paired(t, d, Settings{Name: "Screen", View: "/wall", Expires: time.Now().Add(4 * DisplayLife)})
			var old []string
			for range 1 + i%5 { // weeks
				useNew(t, d, token)
				time.Sleep(rotateAfter + time.Duration(rand.Int64N(int64(time.Hour))))
				a := d.Admit(t.Context(), token, lobby, true)
				if a.Fresh == "" {
					t.Fatal("after a week there is no new token")
				}
				old, token = append(old, token), a.Fresh
			}
			useNew(t, d, token)
			_, seat, err := d.Sit(t.Context(), p.ID, p.Revision, Sighting{Addr: lobby})
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rand.Int64N(int64(3 * 24 * time.Hour))))
			a := d.Admit(t.Context(), old[rand.IntN(len(old))], elsewhere, i%2 == 0)
			if a.Standing != ScreenEnded || a.Paired.State != PairedStolen || a.Fresh != "" {
				t.Fatalf("replay %d gets %+v", i, a)
			}
			if a := d.Admit(t.Context(), token, lobby, true); a.Standing != ScreenEnded || a.Fresh != "" {
				t.Fatalf("replay %d: the true screen goes on: %+v", i, a)
			}
			if got := <-seat.Signals(); got != TellEnd {
				t.Fatalf("its stream hears %q", got)
			}
			seat.Close()
			time.Sleep(8 * 24 * time.Hour)
			d.List(t.Context()) // forgets those that were switched off a week ago
		}
		if alarms != replays {
			t.Errorf("%d alarms of %d", alarms, replays)
		}
		t.Logf("%d of %d replays detected", alarms, replays)
	})
}

// Answers that are lost, two tabs at once, a power cut before the browser wrote
// its cookies down: none of it is an alarm.
func TestNoFalseAlarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{Stolen: func(p Paired, _ netip.Addr) { t.Error("a false alarm") }})
		_, token := paired(t, d, Settings{Name: "Screen", View: "/wall", Expires: time.Now().Add(12 * DisplayLife)})
		useNew(t, d, token)
		must := func(token string, renew bool) string {
			t.Helper()
			a := d.Admit(t.Context(), token, lobby, renew)
			if a.Standing != ScreenShows {
				t.Fatalf("%+v", a)
			}
			if a.Fresh != "" {
				return a.Fresh
			}
			return token
		}
		for week := range 100 {
			time.Sleep(rotateAfter)
			a, b := must(token, true), must(token, true) // two tabs
			if a != b {
				t.Fatalf("week %d: two tabs have two tokens", week)
			}
			switch week % 4 {
			case 0: // the answer came; the other tab's request was under way with the old one
				must(a, true)
				time.Sleep(time.Second)
				must(token, true)
			case 1: // the answer was lost for a day
				for range 24 {
					time.Sleep(time.Hour)
					if must(token, true) != a {
						t.Fatal("the next token is another one")
					}
				}
			case 2: // it came, was used, and a power cut took it from the browser
				time.Sleep(29 * time.Second)
				must(a, true)
				time.Sleep(time.Hour)
				if must(token, true) != a {
					t.Fatal("after the power cut the next token is another one")
				}
			}
			time.Sleep(settled)
			must(a, false)
			token = a
		}
		var all sync.WaitGroup // many at once, in the moment of the change
		time.Sleep(rotateAfter)
		for range 50 {
			all.Go(func() { must(must(token, true), true) })
		}
		all.Wait()
	})
}

func TestADisplayEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{})
		for _, c := range []struct {
			what string
			do   func(Paired)
			want Signal
			is   DisplayState
		}{
			{"revoked", func(p Paired) { _, _ = d.Revoke(t.Context(), p.ID) }, TellEnd, PairedRevoked},
			{"its time is over", func(Paired) { time.Sleep(DisplayLife) }, TellEnd, PairedExpired},
			{"moved out of its network", func(p Paired) {
				s := p.Settings
				s.Networks = []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24")}
				_, _ = d.Change(t.Context(), p.ID, s)
			}, TellEnd, PairedOn},
			{"another view", func(p Paired) {
				s := p.Settings
				s.View = "/wall?layout=numbers"
				_, _ = d.Change(t.Context(), p.ID, s)
			}, TellPoint, PairedOn},
			{"another level", func(p Paired) {
				s := p.Settings
				s.Level = privacy.Counts
				_, _ = d.Change(t.Context(), p.ID, s)
			}, TellPoint, PairedOn},
		} {
			p, _ := paired(t, d, settingsFor("Screen"))
			ctx, seat, err := d.Sit(t.Context(), p.ID, p.Revision, Sighting{Addr: lobby})
			if err != nil {
				t.Fatal(err)
			}
			_ = d.Tell(t.Context(), p.ID, TellName)
			if got := <-seat.Signals(); got != TellName {
				t.Errorf("%s: asked for its name it hears %q", c.what, got)
			}
			for range 20 { // a screen that reads nothing must hear the end all the same
				_ = d.Tell(t.Context(), p.ID, TellReload)
			}
			began := time.Now()
			c.do(p)
			if c.is == PairedExpired {
				began = time.Now()
			}
			var got Signal
			for got != c.want {
				select {
				case got = <-seat.Signals():
				case <-time.After(5 * time.Second):
					t.Fatalf("%s: the stream hears nothing", c.what)
				}
			}
			<-ctx.Done()
			if took := time.Since(began); took > 5*time.Second || !errors.Is(context.Cause(ctx), ErrEnded) {
				t.Errorf("%s: the stream ended after %v for %v", c.what, took, context.Cause(ctx))
			}
			seat.Close()
			l, err := d.Display(t.Context(), p.ID)
			if err != nil || l.State != c.is {
				t.Errorf("%s: it is %q, %v", c.what, l.State, err)
			}
			_, still := d.party(p.Who().ID, time.Now())
			if still != (c.is == PairedOn) {
				t.Errorf("%s: it is a party: %v", c.what, still)
			}
		}
	})
}

func TestADisplayKeepsToItsNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{})
		s := settingsFor("Screen")
		s.Networks = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("2001:db8::/64")}
		p, token := paired(t, d, s)
		for addr, want := range map[string]Standing{
			"192.0.2.200": ScreenShows, "::ffff:192.0.2.7": ScreenShows, "2001:db8::5": ScreenShows,
			"192.0.3.1": ScreenOutside, "203.0.113.9": ScreenOutside, "2001:db8:1::5": ScreenOutside,
		} {
			if a := d.Admit(t.Context(), token, netip.MustParseAddr(addr), false); a.Standing != want {
				t.Errorf("from %s it is %v", addr, a.Standing)
			}
		}
		if a := d.Admit(t.Context(), token, lobby, false); a.Standing != ScreenShows || a.Paired.ID != p.ID {
			t.Errorf("back in its network it is %+v", a)
		}
	})
}

func TestForeignTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{})
		p, token := paired(t, d, settingsFor("Screen"))
		_, other := paired(t, d, settingsFor("Other"))
		for _, foreign := range []string{"", "x", strings.Repeat("A", tokenLength), token[:tokenLength-1], token + "A", strings.ToUpper(token), newToken()} {
			if a := d.Admit(t.Context(), foreign, lobby, true); a.Standing != ScreenUnknown {
				t.Errorf("%q is %+v", foreign, a)
			}
		}
		if a := d.Admit(t.Context(), other, lobby, true); a.Paired.ID == p.ID {
			t.Error("one display has another one's token")
		}
		// Nobody can plant a token: one that comes with a new screen is not taken over.
		planted := newToken()
		own, _, err := d.Wait(Sighting{Addr: lobby}, planted)
		if err != nil || own == planted {
			t.Errorf("a planted token is taken over: %v", err)
		}
	})
}

func TestAScreenRemembersWhatItWas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{})
		p, token := paired(t, d, settingsFor("Reception"))
		if _, err := d.Revoke(t.Context(), p.ID); err != nil {
			t.Fatal(err)
		}
		if a := d.Admit(t.Context(), token, lobby, true); a.Standing != ScreenEnded || a.Paired.Name != "Reception" {
			t.Errorf("switched off it is %+v", a)
		}
		fresh, code, err := d.Wait(Sighting{Addr: lobby}, token)
		if err != nil {
			t.Fatal(err)
		}
		if a := d.Admit(t.Context(), fresh, lobby, true); a.Former == nil || a.Former.Name != "Reception" {
			t.Errorf("then it waits as %+v", a)
		}
		if screen, err := d.Find(supervisor, elsewhere, code.Text); err != nil || screen.Former == nil || screen.Former.View != p.View {
			t.Errorf("its code leads to %+v, %v", screen, err)
		}
		if err := d.Tell(t.Context(), p.ID, TellName); !errors.Is(err, ErrDisplayOff) {
			t.Errorf("told something: %v", err)
		}
		if _, err := d.Renew(t.Context(), p.ID); !errors.Is(err, ErrDisplayOff) {
			t.Errorf("renewed: %v", err)
		}
	})
}

// Displays outlive the process, with their tokens and alarms; screens that
// wait get another code.
func TestDisplaysOutliveARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		open := func() (*Displays, func() error) {
			d, done, err := OpenDisplays(t.Context(), dir, DisplayOptions{})
			if err != nil {
				t.Fatal(err)
			}
			return d, done
		}
		d, done := open()
		s := settingsFor("Reception")
		s.Networks, s.Scope = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, privacy.NewScope([]string{"Support"}, nil)
		p, token := paired(t, d, s)
		off, offToken := paired(t, d, settingsFor("Canteen"))
		if _, err := d.Revoke(t.Context(), off.ID); err != nil {
			t.Fatal(err)
		}
		waits, _, _ := d.Wait(Sighting{Addr: lobby}, "")
		d.Saw(t.Context(), p.ID, Sighting{Addr: lobby, Build: "v1", Width: 1920, Height: 1080})
		if err := done(); err != nil {
			t.Fatal(err)
		}

		d, done = open()
		a := d.Admit(t.Context(), token, lobby, false)
		if a.Standing != ScreenShows || a.Paired.Name != "Reception" || a.Paired.Scope != s.Scope || !slices.Equal(a.Paired.Networks, s.Networks) || a.Paired.Seen.Width != 1920 {
			t.Errorf("after a restart: %+v", a)
		}
		if a := d.Admit(t.Context(), offToken, lobby, false); a.Standing != ScreenEnded {
			t.Errorf("one that was switched off: %+v", a)
		}
		if a := d.Admit(t.Context(), waits, lobby, false); a.Standing != ScreenUnknown {
			t.Errorf("one that waited: %+v", a)
		}
		useNew(t, d, token)
		time.Sleep(rotateAfter)
		next := d.Admit(t.Context(), token, lobby, true).Fresh
		_ = done()
		d, done = open() // in the middle of a change of tokens
		if got := d.Admit(t.Context(), token, lobby, true).Fresh; got != next || next == "" {
			t.Errorf("after a restart the next token is another one")
		}
		useNew(t, d, next)
		_ = done()
		d, done = open()
		if a := d.Admit(t.Context(), token, lobby, true); a.Standing != ScreenEnded || a.Paired.State != PairedStolen {
			t.Errorf("an old token after a restart gets %+v", a)
		}
		_ = done()

		// No token is in the file.
		for _, secret := range []string{token, next} {
			file, err := sqlitefile.Open(filepath.Join(dir, FileName), schema, sqlitefile.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var n int
			if err := file.Read.QueryRowContext(t.Context(), "SELECT count(*) FROM display WHERE instr(body, ?) > 0", secret).Scan(&n); err != nil || n > 0 {
				t.Errorf("a token stands in the file: %d, %v", n, err)
			}
			_ = file.Close()
		}
	})
}

func TestTheInventory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDisplays(DisplayOptions{})
		p, _ := paired(t, d, settingsFor("Reception"))
		state := func() Listed {
			t.Helper()
			l, err := d.Display(t.Context(), p.ID)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		if l := state(); l.Live || !l.Seen.At.IsZero() {
			t.Errorf("never seen is %+v", l)
		}
		_, seat, err := d.Sit(t.Context(), p.ID, p.Revision, Sighting{Addr: lobby, Build: "v2"})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if l := state(); !l.Live || l.Seen.Build != "v2" || time.Since(l.Seen.At) > time.Second {
			t.Errorf("with a stream it is %+v", l)
		}
		seat.Close()
		left := time.Now()
		time.Sleep(awayAfter + time.Second)
		if l := state(); l.Live || !l.Seen.At.Equal(left) {
			t.Errorf("away it is %+v", l)
		}
		if l := state(); l.EndsSoon(time.Now()) {
			t.Error("a new display ends soon")
		}
		time.Sleep(DisplayLife - displayWarns)
		if l := state(); !l.EndsSoon(time.Now()) {
			t.Error("14 days before its end nobody is told")
		}
		if is, err := d.Renew(t.Context(), p.ID); err != nil || time.Until(is.Expires) != DisplayLife {
			t.Errorf("renewed until %v: %v", is.Expires, err)
		}
		for _, wrong := range []Settings{{}, {Name: strings.Repeat("x", 61), Expires: time.Now().Add(time.Hour)}, {Name: "x", Expires: time.Now()}, {Name: "x", Expires: time.Now().Add(2 * displayLives)}, {Name: "x", Expires: time.Now().Add(time.Hour), Networks: make([]netip.Prefix, 17)}} {
			var field *FieldError
			if _, err := d.Change(t.Context(), p.ID, wrong); !errors.As(err, &field) {
				t.Errorf("%+v is taken: %v", wrong, err)
			}
		}
		_, _ = d.Revoke(t.Context(), p.ID)
		if list := d.List(t.Context()); len(list) != 1 {
			t.Errorf("switched off just now: %d are listed", len(list))
		}
		time.Sleep(displayListed + time.Second)
		if list := d.List(t.Context()); len(list) != 0 {
			t.Errorf("switched off a week ago: %d are listed", len(list))
		}
	})
}

// What a service tells of its displays: who they are now, and of a theft.
func TestAServiceHasDisplays(t *testing.T) {
	s, err := New(Options{Dir: t.TempDir(), Hash: HashParams{Time: 1, Memory: 8, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d := s.Displays()
	token, code, err := d.Wait(Sighting{Addr: lobby}, "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Pair(t.Context(), supervisor, elsewhere, code.Text, settingsFor("Reception"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, release := s.Hold(t.Context(), p.Who())
	defer release()
	if ctx.Err() != nil {
		t.Fatal("a display that is on cannot be held")
	}
	fresh := d.Admit(t.Context(), token, lobby, true).Fresh
	d.mu.Lock()
	d.byID[p.ID].Tokens.Given = time.Now().Add(-settled) // a minute ago
	d.mu.Unlock()
	d.Admit(t.Context(), fresh, lobby, true)
	if a := d.Admit(t.Context(), token, elsewhere, true); a.Standing != ScreenEnded {
		t.Fatalf("a replay gets %+v", a)
	}
	if _, ok := s.display(p.Who().ID, time.Now()); ok {
		t.Error("a display that was stolen is still a party")
	}
	entries, err := s.Audit(t.Context(), AuditQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if n := slices.IndexFunc(entries, func(e Entry) bool { return e.Event == DisplayTheft }); n < 0 || entries[n].Subject != "display:1" || entries[n].Address != elsewhere.String() {
		t.Errorf("the audit log has %+v", entries)
	}
	if proof, err := s.Verify(t.Context()); err != nil {
		t.Errorf("the audit log is broken: %+v, %v", proof, err)
	}
}
