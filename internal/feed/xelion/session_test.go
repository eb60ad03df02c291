package xelion_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/feed/xelion"
	"callboard/internal/state"
)

const tokenFile = "xelion-session.json"

func TestStoppingLogsOutAndForgetsTheToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		w := newWorld(t, pbx, nil)
		after(time.Second)
		path := filepath.Join(w.dir, tokenFile)
		info, err := os.Stat(path)
		if err != nil {
			t.Fatalf("the token is not stored: %v", err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("the stored token has mode %o, want 600", mode)
		}
		raw, _ := os.ReadFile(path)
		if strings.Contains(string(raw), password) {
			t.Error("the password is stored")
		}
		begin := time.Now()
		w.cancel()
		synctest.Wait()
		if c := pbx.Counters(); c.Logouts != 1 || c.Sessions != 0 || c.Sockets != 0 {
			t.Errorf("after stopping: %d logouts, %d sessions, %d sockets; want 1, 0, 0", c.Logouts, c.Sessions, c.Sockets)
		}
		if took := time.Since(begin); took > time.Second {
			t.Errorf("stopping took %v", took)
		}
		if left, _ := filepath.Glob(filepath.Join(w.dir, "*")); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

// crash ends a world as a crash does: without logging out.
func crash(w *world, pbx *fakepbx.PBX) {
	pbx.SetRefusal(fakepbx.Logout, 500, 11000, 1)
	w.stop()
}

func TestStartingAfterACrashEndsTheOldSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{TokenLifetime: 100 * time.Hour})
		dir := t.TempDir()
		for n := range 20 {
			w := newWorld(t, pbx, func(c *xelion.Config) { c.DataDir = dir })
			after(2 * time.Second)
			w.want(fmt.Sprintf("links after crash %d", n), w.links(), []string{"up"})
			w.want("user space", w.client.Info().UserSpace, "wall")
			crash(w, pbx)
		}
		if c := pbx.Counters(); c.LoginsDenied != 0 || c.Sessions != 1 {
			t.Errorf("%d logins denied, %d sessions left; the stored token ends the old session, so want 0 and 1", c.LoginsDenied, c.Sessions)
		}
	})
}

func TestADamagedTokenFileIsNoToken(t *testing.T) {
	for name, content := range map[string]string{
		"empty": "", "half": `{"base":"http://127`, "another PBX": `{"base":"https://other/api/v1/master/","user":"api-dash","userSpace":"x","authentication":"t"}`,
		"token long gone": `{"base":"http://127.0.0.1:8/api/v1/master/","user":"api-dash","userSpace":"wall","authentication":"gone"}`,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				dir := t.TempDir()
				if err := os.WriteFile(filepath.Join(dir, tokenFile), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
				w := newWorld(t, newPBX(t, fakepbx.Options{}), func(c *xelion.Config) { c.DataDir = dir })
				after(10 * time.Second)
				w.want("links", w.links(), []string{"up"})
			})
		})
	}
}

func TestATokenThatCannotBeStoredIsNoReasonToStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, newPBX(t, fakepbx.Options{}), func(c *xelion.Config) { c.DataDir = filepath.Join(file, "sub") })
		after(time.Second)
		w.want("links", w.links(), []string{"up"})
		if !strings.Contains(w.log.String(), "cannot store the session's token") {
			t.Error("not a word in the log")
		}
	})
}

func TestATakenUserSpaceLeadsToTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{TokenLifetime: 100 * time.Hour})
		for n, space := range []string{"wall", "wall-2", "wall-3", "wall-4", "wall-5"} {
			w := newWorld(t, pbx, nil) // a folder of its own: nothing is known of the others
			after(30 * time.Second)
			w.want("links", w.links(), []string{"up"})
			w.want("user space", w.client.Info().UserSpace, space)
			if denied := pbx.Counters().LoginsDenied; denied != n*(n+1)/2 {
				t.Errorf("%d logins denied so far, want %d: each name is tried once", denied, n*(n+1)/2)
			}
			crash(w, pbx)
		}
		before := pbx.Counters().Requests[fakepbx.Login]
		w := newWorld(t, pbx, nil)
		after(19 * time.Second)
		w.want("links before all five were tried", w.links(), []string{})
		after(time.Minute) // 20 s for five tries, then 60 s of peace
		w.want("links", w.links(), []string{"session-in-use"})
		if n := pbx.Counters().Requests[fakepbx.Login] - before; n != 5 {
			t.Errorf("%d logins in the first 79 s, want 5", n)
		}
		after(2 * time.Second)
		if n := pbx.Counters().Requests[fakepbx.Login] - before; n != 6 {
			t.Errorf("%d logins, want the sixth after 60 s of peace", n)
		}
	})
}

func TestRenewsAtSixtyPercentOfTheLifetime(t *testing.T) {
	for name, o := range map[string]fakepbx.Options{
		"with renewal token": {TokenLifetime: time.Hour},
		"with password":      {TokenLifetime: time.Hour, NoRenewalToken: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pbx := newPBX(t, o)
				w := newWorld(t, pbx, nil)
				after(35*time.Minute + 59*time.Second)
				if n := pbx.Counters().Renewals; n != 0 {
					t.Errorf("%d renewals before 36 minutes of an hour", n)
				}
				after(5 * time.Second)
				if n := pbx.Counters().Renewals; n != 1 {
					t.Errorf("%d renewals after 36 minutes of an hour, want 1", n)
				}
				after(24 * time.Hour)
				c := pbx.Counters()
				if c.Renewals < 40 || c.Renewals > 42 || c.Logins != 1 || c.SocketsOpened != 1 {
					t.Errorf("a day later: %d renewals, %d logins, %d sockets; want 41, 1, 1", c.Renewals, c.Logins, c.SocketsOpened)
				}
				w.want("links", w.links(), []string{"up"})
				if until := w.client.Info().TokenUntil; until.Before(time.Now()) || until.After(time.Now().Add(time.Hour)) {
					t.Errorf("token said to end %v", until)
				}
			})
		})
	}
}

func TestRenewalThatFailsKeepsTheSocket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{TokenLifetime: time.Hour})
		w := newWorld(t, pbx, nil)
		after(time.Minute)
		pbx.SetRefusal(fakepbx.Renew, 500, 11000, 3)
		after(45 * time.Minute)
		c := pbx.Counters()
		if c.Renewals != 1 || c.Requests[fakepbx.Renew] != 4 || c.SocketsOpened != 1 {
			t.Errorf("%d renewals in %d tries, %d sockets; want 1 in 4 and the one socket", c.Renewals, c.Requests[fakepbx.Renew], c.SocketsOpened)
		}
		w.want("links", w.links(), []string{"up"})
	})
}

func TestRefusedTokenLeadsToOneLogin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		w := newWorld(t, pbx, nil)
		after(time.Minute)
		pbx.ExpireTokens()
		w.client.RequestSnapshot("test")
		after(10 * time.Second)
		if c := pbx.Counters(); c.Logins != 2 || c.LoginsDenied != 0 {
			t.Errorf("%d logins, %d denied, after the token became invalid; want 2 and 0", c.Logins, c.LoginsDenied)
		}
		links := w.links()
		w.want("last word of the link", links[len(links)-1], "up")
		// A PBX that takes no token at all is not logged in to without end.
		pbx.Refuse(fakepbx.Refusal{Endpoint: fakepbx.SocketURL, Status: 401, Code: 10020})
		pbx.CutSockets(fakepbx.CutAbrupt)
		before := pbx.Counters().Logins
		after(10 * time.Minute)
		if n := pbx.Counters().Logins - before; n < 5 || n > 40 {
			t.Errorf("%d logins in ten minutes at a PBX that refuses every token; want one for each attempt on the ladder", n)
		}
	})
}

func TestAccountTroubleIsNotHammered(t *testing.T) {
	for code, want := range map[int]string{10004: "wrong-password", 10006: "account-disabled", 10007: "password-expired", 10012: "mfa-required", 10101: "no-permission", 0: "login-refused"} {
		t.Run(want, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pbx := newPBX(t, fakepbx.Options{})
				status := 401
				if code == 10101 {
					status = 403
				}
				pbx.Refuse(fakepbx.Refusal{Endpoint: fakepbx.Login, Status: status, Code: code, HTML: code == 0})
				w := newWorld(t, pbx, nil)
				after(time.Second)
				w.want("links", w.links(), []string{want})
				after(time.Hour)
				if n := pbx.Counters().Requests[fakepbx.Login]; n != 13 {
					t.Errorf("%d logins in an hour, want one every 5 minutes", n)
				}
				pbx.Refuse(fakepbx.Refusal{Endpoint: fakepbx.Login, Status: 500, Code: 11000, Times: 1})
			})
		})
	}
}

func TestUnknownTenant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, newPBX(t, fakepbx.Options{Tenant: "other"}), nil)
		after(time.Second)
		w.want("links", w.links(), []string{"wrong-tenant"})
	})
}

func TestRetryAfterIsHonoured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		pbx.Refuse(fakepbx.Refusal{Endpoint: fakepbx.Login, Status: 503, RetryAfter: 123, Times: 1, Empty: true})
		w := newWorld(t, pbx, nil)
		after(122 * time.Second)
		w.want("links before", w.links(), []string{"pbx-unavailable"})
		after(2 * time.Second)
		w.want("links after", w.links(), []string{"pbx-unavailable", "up"})
	})
}

func TestPBXAwayAtStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		w := newWorld(t, pbx, nil)
		w.net.fail(&os.SyscallError{Syscall: "connect", Err: syscall.ECONNREFUSED})
		after(5 * time.Minute)
		links := w.links()
		if len(links) < 5 || links[len(links)-1] != "refused" {
			t.Errorf("links %v, want attempts that were refused", links)
		}
		w.net.fail(nil)
		after(61 * time.Second)
		links = w.links()
		w.want("last word of the link", links[len(links)-1], "up")
		if len(facts[state.Snapshot](w.tape)) != 1 {
			t.Error("no snapshot after the first connection")
		}
	})
}
