package xelion_test

import (
	"fmt"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/feed/xelion"
	"callboard/internal/state"
)

// A day of losses of every kind, with the token renewed, names read and
// rubbish in between: the link always comes back, the PBX is never hammered,
// nothing secret or personal is written down, and no goroutine is left (the
// bubble would not end).
func TestADayOfReconnects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{TokenLifetime: time.Hour})
		pbx.AddCall(call1)
		w := newWorld(t, pbx, func(c *xelion.Config) { c.UserSpace = "wall" })
		after(time.Second)
		rounds := 288 // every five minutes
		if raceOn {
			rounds = 48
			t.Log("thinned out: four hours instead of a day, because of the race detector")
		}
		for n := range rounds {
			switch n % 6 {
			case 0:
				pbx.CutSockets(fakepbx.CutClean)
			case 1:
				pbx.CutSockets(fakepbx.CutAbrupt)
			case 2:
				pbx.CutSockets(fakepbx.CutHalfOpen)
			case 3:
				pbx.CutSockets(fakepbx.CutAbrupt)
				w.net.fail(syscall.ECONNREFUSED)
				after(time.Minute)
				w.net.fail(nil)
			case 4:
				pbx.SetRefusal(fakepbx.SocketURL, 500, 11000, 2)
				pbx.SetRefusal(fakepbx.ActiveChannels, 500, 11000, 1)
				pbx.CutSockets(fakepbx.CutClean)
			case 5:
				pbx.Send([]byte("rubbish about Jan Jansen, 0612345678"))
				pbx.Send([]byte(`{"notificationType":"newCallEvent","notification":{"callId":"X` + fmt.Sprint(n) + `","callerPhoneNumber":"+31612345678","callerAddressable":"7001","initiation":{"name":"Jan Jansen 0612345678"}}}`))
				pbx.Send(make([]byte, 4<<20+1)) // skipped, the socket stays
				after(time.Second)
				pbx.CutSockets(fakepbx.CutClean)
			}
			after(5 * time.Minute)
			if links := w.links(); links[len(links)-1] != "up" {
				t.Fatalf("five minutes after loss %d the link is %s", n, links[len(links)-1])
			}
		}
		c := pbx.Counters()
		if c.Sockets != 1 || c.Sessions != 1 {
			t.Errorf("%d sockets and %d sessions at the PBX, want one of each", c.Sockets, c.Sessions)
		}
		if c.Logins > 3 || c.LoginsDenied > 0 {
			t.Errorf("%d logins, %d denied, in a day; one session is to be renewed", c.Logins, c.LoginsDenied)
		}
		total := 0
		for _, n := range c.Requests {
			total += n
		}
		if most := 12 * rounds; total > most {
			t.Errorf("%d requests in a day of %d losses, want at most %d", total, rounds, most)
		}
		if n := w.client.Info().Reconnects; n < rounds || n > rounds+50 {
			t.Errorf("%d reconnects after %d losses", n, rounds)
		}
		if n := len(facts[state.Event](w.tape)); n != rounds/6 {
			t.Errorf("%d events, want %d: one among the rubbish of every sixth round", n, rounds/6)
		}
		w.stop()
		checkLog(t, w.log.String())
	})
}

var socketAddress = regexp.MustCompile(`wss?://|/websocket/`)

// checkLog proves that a log, kept at its most talkative, holds nothing secret
// and nobody's number or name.
func checkLog(t *testing.T, log string) {
	t.Helper()
	if !strings.Contains(log, "connected to the PBX") || !strings.Contains(log, "odd message") || !strings.Contains(log, "code=half-open") {
		t.Fatalf("the log does not hold what it should, so its silence proves nothing:\n%.2000s", log)
	}
	for _, secret := range []string{password, "canary", "12345678", "31612", "0612", "5550101", "Jan", "Jansen", "Bakery", "Anna"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if m := socketAddress.FindString(log); m != "" {
		t.Errorf("the log holds the address of a socket: %q", m)
	}
	// Tokens of the simulated PBX are 26 capital letters and digits.
	if m := regexp.MustCompile(`[A-Z2-7]{26}`).FindString(log); m != "" {
		t.Errorf("the log holds what looks like a token: %q", m)
	}
}
