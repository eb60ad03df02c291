package fakepbx

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestLoginAnswers(t *testing.T) {
	with := func(changes ...any) map[string]any {
		c := credentials("one")
		for i := 0; i < len(changes); i += 2 {
			if c[changes[i].(string)] = changes[i+1]; changes[i+1] == nil {
				delete(c, changes[i].(string))
			}
		}
		return c
	}
	for _, c := range []struct {
		name, path   string
		body         any
		status, code int
	}{
		{"right", "me/login", with(), 200, 0},
		{"trailing slash", "me/login/", with(), 200, 0},
		{"optional fields", "me/login", with("clientId", "dashboard", "mfa", nil), 200, 0},
		{"wrong password", "me/login", with("password", "x"), 401, 10004},
		{"wrong user", "me/login", with("userName", "x"), 401, 10004},
		{"no userSpace", "me/login", with("userSpace", nil), 400, 10002},
		{"blank password", "me/login", with("password", ""), 400, 10002},
		{"long userSpace", "me/login", with("userSpace", strings.Repeat("a", 201)), 400, 10010},
		{"not an object", "me/login", "text", 400, 10003},
		{"wrong tenant", "/api/v1/other/me/login", with(), 404, 10100},
		{"unknown path", "me/device/calls", with(), 404, 10100},
	} {
		bubble(t, Options{}, func(t *testing.T, r *rig) {
			resp := r.call("POST", c.path, c.body)
			if resp.status != c.status || resp.code() != c.code {
				t.Errorf("%s: %d/%d, want %d/%d", c.name, resp.status, resp.code(), c.status, c.code)
			}
			var body map[string]any
			resp.json(&body)
			if _, wrapped := body["object"]; wrapped {
				t.Errorf("%s: the answer is wrapped in an object", c.name)
			}
			if resp.status != 200 {
				if info, _ := body["info"].(string); !strings.HasPrefix(info, "resource=POST /api/v1/") || body["message"] == "" {
					t.Errorf("%s: error body %v lacks message or info", c.name, body)
				}
			}
		})
	}
}

func TestValidUntilCanBeMeasuredAgainstTheDateHeader(t *testing.T) {
	bubble(t, Options{TokenLifetime: 20 * time.Minute}, func(t *testing.T, r *rig) {
		resp := r.call("POST", "me/login", credentials("one"))
		var a loginAnswer
		resp.json(&a)
		until, err := time.Parse(dateLayout, a.ValidUntil)
		if err != nil {
			t.Fatalf("validUntil: %v", err)
		}
		date, err := http.ParseTime(resp.header.Get("Date"))
		if err != nil {
			t.Fatalf("Date header: %v", err)
		}
		if d := until.Sub(date); d != 20*time.Minute {
			t.Errorf("validUntil is %v after Date, want the token's 20m", d)
		}
	})
}

func TestHeaderScheme(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		for auth, want := range map[string]int{
			"xelion " + r.token: 200, "": 401, r.token: 401, "Xelion " + r.token: 401, "xelion  " + r.token: 401, "Bearer " + r.token: 401, "xelion nonsense": 401,
		} {
			if resp := r.callAs(auth, "GET", "users", nil); resp.status != want {
				t.Errorf("a header of the form %q got %d, want %d", strings.ReplaceAll(auth, r.token, "<token>"), resp.status, want)
			}
		}
	})
}

func TestTokensExpireAndAreRenewed(t *testing.T) {
	bubble(t, Options{TokenLifetime: 10 * time.Minute}, func(t *testing.T, r *rig) {
		first := r.login("one")
		time.Sleep(9 * time.Minute)
		if resp := r.call("POST", "me/renew", "wrong"); resp.status != 401 || resp.code() != 10009 {
			t.Errorf("renewing with a wrong token: %d/%d", resp.status, resp.code())
		}
		if resp := r.call("POST", "me/renew", map[string]any{"renewalToken": first.RenewalToken}); resp.status != 400 {
			t.Errorf("renewing with an object instead of a bare string: %d, want 400", resp.status)
		}
		var second loginAnswer
		r.call("POST", "me/renew", first.RenewalToken).json(&second)
		if second.Authentication == first.Authentication || second.RenewalToken == first.RenewalToken || second.ValidUntil <= first.ValidUntil {
			t.Errorf("renewal did not rotate everything: %+v after %+v", second, first)
		}
		if resp := r.call("GET", "users", nil); resp.status != 401 {
			t.Errorf("the old token still works after renewal: %d", resp.status)
		}
		r.token = second.Authentication
		if resp := r.call("POST", "me/renew", first.RenewalToken); resp.status != 401 {
			t.Errorf("the old renewal token still works: %d", resp.status)
		}
		r.call("POST", "me/renew", "callboard").json(&second) // by password
		r.token = second.Authentication
		time.Sleep(9 * time.Minute)
		if resp := r.call("GET", "users", nil); resp.status != 200 {
			t.Errorf("a renewed token does not live its full time: %d", resp.status)
		}
		time.Sleep(2 * time.Minute)
		if resp := r.call("GET", "users", nil); resp.status != 401 || resp.code() != 10021 {
			t.Errorf("an expired token: %d/%d, want 401/10021", resp.status, resp.code())
		}
		if c := r.pbx.Counters(); c.Renewals != 2 || c.Sessions != 0 {
			t.Errorf("counted %d renewals and %d sessions, want 2 and 0", c.Renewals, c.Sessions)
		}
	})
}

func TestUserSpaceTrap(t *testing.T) {
	bubble(t, Options{TokenLifetime: time.Hour}, func(t *testing.T, r *rig) {
		r.login("one")
		old := r.token
		if resp := r.callAs("", "POST", "me/login", credentials("one")); resp.status != 401 || resp.code() != 10005 {
			t.Errorf("a second login in the userSpace: %d/%d, want 401/10005", resp.status, resp.code())
		}
		if resp := r.callAs("", "POST", "me/login", credentials("one-2")); resp.status != 200 {
			t.Errorf("a login in another userSpace: %d", resp.status)
		}
		w := r.connect(NewCall)
		r.login("one") // with the old token in the header
		if r.callAs("xelion "+old, "GET", "users", nil).status != 401 || w.lost() == nil {
			t.Error("a login with the old token did not end the old session and its socket")
		}
		r.token = "forgotten"
		if resp := r.call("POST", "me/login", credentials("one")); resp.code() != 10005 {
			t.Errorf("an unknown token in the header freed the userSpace: %d/%d", resp.status, resp.code())
		}
		time.Sleep(time.Hour)
		r.login("one") // the session has expired
		if resp := r.call("POST", "me/logout", nil); resp.status != 200 || len(resp.body) != 0 {
			t.Errorf("logout: %d %q, want 200 and no body", resp.status, resp.body)
		}
		r.login("one")
		r.pbx.ExpireTokens()
		if resp := r.call("GET", "presence", nil); resp.status != 401 {
			t.Errorf("after ExpireTokens: %d", resp.status)
		}
	})
}

func TestNoRenewalToken(t *testing.T) {
	bubble(t, Options{NoRenewalToken: true}, func(t *testing.T, r *rig) {
		if a := r.login("one"); a.RenewalToken != "" {
			t.Error("a renewal token came although there are none")
		}
		if resp := r.call("POST", "me/renew", "callboard"); resp.status != 200 {
			t.Errorf("renewal by password: %d", resp.status)
		}
	})
}

type listAnswer struct {
	Data []struct{ Object map[string]any }
	Meta struct {
		Paging *struct{ PreviousID, NextID any }
	}
}

func TestPaging(t *testing.T) {
	for _, numeric := range []bool{false, true} {
		bubble(t, Options{Users: 40, NumericOIDs: numeric}, func(t *testing.T, r *rig) {
			r.login("one")
			var seen []string
			var sizes []int
			path := "users"
			for range 10 {
				var l listAnswer
				r.call("GET", path, nil).json(&l)
				sizes = append(sizes, len(l.Data))
				for _, d := range l.Data {
					if _, isNumber := d.Object["oid"].(float64); isNumber != numeric {
						t.Fatalf("oid is %#v with --numeric-oids=%v", d.Object["oid"], numeric)
					}
					seen = append(seen, fmt.Sprint(d.Object["oid"]))
				}
				if l.Meta.Paging == nil || l.Meta.Paging.NextID == nil {
					break
				}
				path = fmt.Sprint("users?after=", l.Meta.Paging.NextID)
			}
			if fmt.Sprint(sizes) != "[15 15 10]" || len(seen) != 40 || seen[0] != "501" || seen[39] != "540" {
				t.Errorf("pages of %v users, first %s, last %s; want 15, 15, 10 from 501 to 540", sizes, seen[0], seen[len(seen)-1])
			}
			var l listAnswer
			r.call("GET", "users?limit=100", nil).json(&l)
			if len(l.Data) != 40 || l.Meta.Paging != nil {
				t.Errorf("limit=100 gave %d users and paging %v", len(l.Data), l.Meta.Paging)
			}
			r.call("GET", "users?limit=5&before=511", nil).json(&l)
			if len(l.Data) != 5 || fmt.Sprint(l.Data[4].Object["oid"]) != "510" {
				t.Errorf("before=511 gave %v", l.Data)
			}
			if resp := r.call("GET", "users?limit=0", nil); resp.status != 400 {
				t.Errorf("limit=0: %d, want 400", resp.status)
			}
		})
	}
}

func TestNamesAndBoardsCanBeRead(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		for path, want := range map[string]string{
			"users/501": "Anna de Vries", "phonelines/1601": "Verkoop", "addressables/7001": "Kuipers Installaties", "addressables/20501": "Anna de Vries",
			"wallboards/1602": "Support", "wallboards/1602/stats": "WAITING_CALLS", "phonelines": "Administratie", "presence": "available", "wallboards": "Storing",
		} {
			if resp := r.call("GET", path, nil); resp.status != 200 || !strings.Contains(string(resp.body), want) {
				t.Errorf("%s: %d without %q: %s", path, resp.status, want, resp.body)
			}
		}
		for _, path := range []string{"users/1", "phonelines/1", "addressables/1", "wallboards/1/stats", "communications/1"} {
			if resp := r.call("GET", path, nil); resp.status != 404 || resp.code() != 10100 {
				t.Errorf("%s: %d/%d, want 404/10100", path, resp.status, resp.code())
			}
		}
		play(t, r.pbx, "inbound answered")
		var l listAnswer
		r.call("GET", "communications", nil).json(&l)
		if len(l.Data) != 2 {
			t.Fatalf("%d call logs after one call, want one for each side", len(l.Data))
		}
		var one struct{ Object map[string]any }
		r.call("GET", fmt.Sprint("communications/", l.Data[0].Object["oid"]), nil).json(&one)
		if one.Object["status"] != "answered" || one.Object["durationSec"] != 60.0 {
			t.Errorf("the call log says %v, want answered and 60 s", one.Object)
		}
	})
}

func TestRefusalsOnEveryEndpoint(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		paths := map[Endpoint][2]string{
			Login: {"POST", "me/login"}, Renew: {"POST", "me/renew"}, SocketURL: {"POST", "me/websocket"}, ActiveChannels: {"GET", "communications/active_channels"},
			Channels: {"GET", "channels"}, Users: {"GET", "users"}, PhoneLines: {"GET", "phonelines"}, Addressables: {"GET", "addressables/7001"},
			Presence: {"GET", "presence"}, Wallboards: {"GET", "wallboards/1601/stats"}, Communications: {"GET", "communications"},
			Socket: {"GET", "/websocket/a/b/c/d"}, Logout: {"POST", "me/logout"},
		}
		for _, e := range Endpoints {
			p, ok := paths[e]
			if !ok {
				t.Fatalf("endpoint %s is not tried", e)
			}
			for _, want := range [][2]int{{401, 10000}, {403, 10101}, {404, 10100}, {429, 10400}, {500, 11000}} {
				before := r.pbx.Counters()
				r.pbx.SetRefusal(e, want[0], want[1], 2)
				for range 2 {
					if resp := r.call(p[0], p[1], nil); resp.status != want[0] || resp.code() != want[1] {
						t.Errorf("%s told to refuse with %v: %d/%d", e, want, resp.status, resp.code())
					}
				}
				now := r.pbx.Counters()
				if now.Requests[e]-before.Requests[e] != 2 || now.Refused[e]-before.Refused[e] != 2 {
					t.Errorf("%s: two refused requests counted as %d and %d", e, now.Requests[e]-before.Requests[e], now.Refused[e]-before.Refused[e])
				}
			}
		}
		r.call("POST", "me/logout", nil)
		r.login("one")
		if resp := r.call("GET", "users", nil); resp.status != 200 {
			t.Errorf("after its refusals were used up an endpoint answers %d", resp.status)
		}
		r.pbx.Refuse(Refusal{Endpoint: Users, Status: 429, RetryAfter: 17, HTML: true})
		if resp := r.call("GET", "users", nil); resp.header.Get("Retry-After") != "17" || !strings.HasPrefix(string(resp.body), "<html>") {
			t.Errorf("an HTML refusal: %v %q", resp.header, resp.body)
		}
		r.pbx.Refuse(Refusal{Endpoint: Users, Status: 500, Empty: true})
		if resp := r.call("GET", "users", nil); resp.status != 500 || len(resp.body) != 0 {
			t.Errorf("an empty refusal: %d %q", resp.status, resp.body)
		}
	})
}

func TestLatencyAndConcurrency(t *testing.T) {
	bubble(t, Options{Latency: 3 * second}, func(t *testing.T, r *rig) {
		start := time.Now()
		r.login("one")
		if d := time.Since(start); d != 3*second {
			t.Errorf("login took %v, want the latency of 3s", d)
		}
	})
	bubble(t, Options{MaxRequests: 1}, func(t *testing.T, r *rig) {
		r.login("one")
		s := r.pbx.sessions[r.token]
		s.requests = 1 // one is under way
		if resp := r.call("GET", "users", nil); resp.status != 429 || resp.code() != 10400 {
			t.Errorf("a second request at once: %d/%d, want 429/10400", resp.status, resp.code())
		}
		s.requests = 0
		if resp := r.call("GET", "users", nil); resp.status != 200 {
			t.Errorf("the next request alone: %d", resp.status)
		}
	})
}

func TestSocketHost(t *testing.T) {
	bubble(t, Options{SocketHost: "ws.example:8443"}, func(t *testing.T, r *rig) {
		r.login("one")
		if url := r.socketURL(); !strings.HasPrefix(url, "ws://ws.example:8443/websocket/") {
			t.Errorf("socket URL %q does not name the other host", url)
		}
	})
}
