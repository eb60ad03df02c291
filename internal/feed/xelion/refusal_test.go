package xelion

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"callboard/internal/feed"
)

const secretText = "canary-secret-31205550101"

// leaky wraps err as net/http does, address and all.
func leaky(err error) error {
	return &url.Error{Op: "Get", URL: "wss://pbx/websocket/" + secretText, Err: err}
}

// checkSentence holds every reason to what an administrator can read.
func checkSentence(t *testing.T, name string, why *feed.Refusal) {
	t.Helper()
	if why.Code == "" || strings.ToLower(why.Code) != why.Code || strings.Contains(why.Code, " ") {
		t.Errorf("%s: code %q is not a short stable word", name, why.Code)
	}
	if len(why.Reason) < 20 || why.Reason[:1] != strings.ToUpper(why.Reason[:1]) || strings.HasSuffix(why.Reason, ".") {
		t.Errorf("%s: %q is not a sentence", name, why.Reason)
	}
	if strings.Contains(why.Error()+why.Reason, secretText) {
		t.Errorf("%s: the reason %q tells a secret", name, why.Reason)
	}
}

// The vendor's table of errors (dossier section 2.5), row by row.
func TestErrorCodes(t *testing.T) {
	const back = 0 // the ladder of feed.Keep decides
	rows := []struct {
		status, code int
		want         string
		wait         time.Duration
		permanent    bool
	}{
		{400, 10002, "bad-request", 5 * time.Minute, true},
		{400, 10003, "bad-request", 5 * time.Minute, true},
		{400, 10010, "bad-request", 5 * time.Minute, true},
		{400, 10011, "bad-request", 5 * time.Minute, true},
		{400, 10200, "bad-request", 5 * time.Minute, true},
		{400, 10202, "bad-request", 5 * time.Minute, true},
		{400, 10203, "bad-request", 5 * time.Minute, true},
		{401, 10000, "not-authenticated", back, false},
		{401, 10020, "not-authenticated", back, false},
		{401, 10029, "not-authenticated", back, false},
		{401, 10004, "wrong-password", 5 * time.Minute, true},
		{401, 10005, "session-in-use", time.Minute, false},
		{401, 10006, "account-disabled", 5 * time.Minute, true},
		{401, 10007, "password-expired", 5 * time.Minute, true},
		{401, 10008, "version-mismatch", 5 * time.Minute, true},
		{401, 10009, "login-failed", back, false},
		{401, 10012, "mfa-required", 5 * time.Minute, true},
		{401, 10013, "mfa-required", 5 * time.Minute, true},
		{403, 10101, "no-permission", 5 * time.Minute, true},
		{403, 10000, "no-permission", 5 * time.Minute, true},
		{404, 10100, "not-found", 5 * time.Minute, true},
		{404, 10050, "no-device", 5 * time.Minute, true},
		{404, 10052, "no-device", 5 * time.Minute, true},
		{429, 10400, "too-many-requests", 30 * time.Second, false},
		{429, 10402, "pbx-busy", 30 * time.Second, false},
		{500, 11000, "server-error", back, false},

		// The status decides first, whatever the code says.
		{500, 10004, "server-error", back, false},
		{429, 10004, "too-many-requests", 30 * time.Second, false},
		{404, 10004, "not-found", 5 * time.Minute, true},
		// A body that is missing, or a page of some proxy.
		{400, 0, "bad-request", 5 * time.Minute, true},
		{401, 0, "not-authenticated", back, false},
		{403, 0, "no-permission", 5 * time.Minute, true},
		{404, 0, "not-found", 5 * time.Minute, true},
		{429, 0, "too-many-requests", 30 * time.Second, false},
		{500, 0, "server-error", back, false},
		{502, 0, "pbx-unavailable", back, false},
		{503, 0, "pbx-unavailable", back, false},
		{504, 0, "pbx-unavailable", back, false},
		{599, 0, "server-error", back, false},
		{301, 0, "redirect", 5 * time.Minute, true},
		{307, 0, "redirect", 5 * time.Minute, true},
		{418, 0, "unexpected-answer", 5 * time.Minute, true},
	}
	seen := map[string]string{}
	for _, row := range rows {
		name := fmt.Sprintf("%d/%d", row.status, row.code)
		e := &answerError{status: row.status, code: row.code}
		why := refuse(fmt.Errorf("wrapped: %w", leaky(e)))
		if why.Code != row.want || why.Wait != row.wait || why.Permanent != row.permanent {
			t.Errorf("%s: got %s wait %v permanent %t, want %s wait %v permanent %t", name, why.Code, why.Wait, why.Permanent, row.want, row.wait, row.permanent)
		}
		checkSentence(t, name, why)
		if _, own := codeRules[row.status][row.code]; own {
			if other, taken := seen[why.Reason]; taken {
				t.Errorf("%s and %s say the same: %q", name, other, why.Reason)
			}
			seen[why.Reason] = name
		}
		e.retryAfter = 17 * time.Second
		if got := refuse(e).Wait; got != 17*time.Second {
			t.Errorf("%s with Retry-After: waits %v, want what the PBX asks for, 17s", name, got)
		}
	}
}

func TestNetworkFaultsAsSentences(t *testing.T) {
	rows := []struct {
		err  error
		want string
	}{
		{&net.DNSError{Err: "no such host", Name: secretText, IsNotFound: true}, "host-not-found"},
		{&net.DNSError{Err: "server misbehaving", Name: secretText, IsTemporary: true}, "name-server"},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, "refused"},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.EHOSTUNREACH)}, "unreachable"},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ENETUNREACH)}, "unreachable"},
		{&net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, "reset"},
		{&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, "timeout"},
		{context.DeadlineExceeded, "timeout"},
		{context.Canceled, "stopping"},
		{io.EOF, "lost"},
		{io.ErrUnexpectedEOF, "lost"},
		{x509.UnknownAuthorityError{}, "untrusted-certificate"},
		{x509.HostnameError{Certificate: &x509.Certificate{}, Host: secretText}, "wrong-certificate-name"},
		{x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired}, "expired-certificate"},
		{x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.NotAuthorizedToSign}, "bad-certificate"},
		{&tls.CertificateVerificationError{Err: errors.New(secretText)}, "bad-certificate"},
		{tls.RecordHeaderError{Msg: secretText}, "no-tls"},
		{errors.New("http: server gave HTTP response to HTTPS client"), "no-tls"},
		{tls.AlertError(40), "tls"},
		{errors.New(secretText), "network"},
	}
	for _, row := range rows {
		why := refuse(leaky(row.err))
		if why.Code != row.want {
			t.Errorf("%T: got %s, want %s", row.err, why.Code, row.want)
		}
		checkSentence(t, row.want, why)
	}
}

func TestSocketEndsAsSentences(t *testing.T) {
	rows := []struct {
		err  error
		want string
		wait time.Duration
	}{
		{&websocket.CloseError{Code: 1000, Text: secretText}, "closed", 0},
		{&websocket.CloseError{Code: 1001}, "closed", 0},
		{&websocket.CloseError{Code: 1012}, "closed", 0},
		{&websocket.CloseError{Code: 1013}, "closed", 0},
		{&websocket.CloseError{Code: 1006}, "lost", 0},
		{&websocket.CloseError{Code: 1008, Text: secretText}, "socket-refused", time.Minute},
		{&websocket.CloseError{Code: 4001, Text: secretText}, "socket-refused", time.Minute},
		{websocket.ErrReadLimit, "oversized-message", 0},
		{&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, "half-open", 0},
		{io.ErrClosedPipe, "lost", 0},
		{&net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, "reset", 0},
		{errors.New(secretText), "lost", 0},
	}
	for _, row := range rows {
		why := refuseSocket(row.err)
		if why.Code != row.want || why.Wait != row.wait {
			t.Errorf("%v: got %s wait %v, want %s wait %v", row.err, why.Code, why.Wait, row.want, row.wait)
		}
		checkSentence(t, row.want, why)
	}
}

func TestErrorBodies(t *testing.T) {
	for body, want := range map[string]int{
		`{"errorCode":10004,"message":"x"}`:            10004,
		`{"errorCode":"10004"}`:                        10004,
		`{"object":{"errorCode":10400}}`:               10400,
		`{"errorCode":{"a":1}}`:                        0,
		`{"errorCode":99999999999999999999}`:           0,
		``:                                             0,
		`<html><body>10004</body></html>`:              0,
		`{"errorCode":100`:                             0,
		`[10004]`:                                      0,
		`{"errorcode":10004}`:                          0,
		`{"errorCode":10005,"errorCode":10006,"a":[]}`: 10006,
	} {
		if got := errorCode([]byte(body)); got != want {
			t.Errorf("%s: code %d, want %d", body, got, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	date := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, " 120 ": 2 * time.Minute, "-5": 0, "soon": 0, "0": 0,
		"86400": time.Hour, "99999999999": time.Hour,
		date.Add(90 * time.Second).Format(http.TimeFormat): 90 * time.Second,
		date.Add(-time.Hour).Format(http.TimeFormat):       0,
		date.AddDate(1, 0, 0).Format(http.TimeFormat):      time.Hour,
	} {
		h := http.Header{"Date": {date.Format(http.TimeFormat)}}
		if text != "" {
			h.Set("Retry-After", text)
		}
		if got := retryAfter(h); got != want {
			t.Errorf("Retry-After %q: %v, want %v", text, got, want)
		}
	}
}

func TestSecretsDoNotPrint(t *testing.T) {
	s := Secret(secretText)
	cfg := Config{URL: "https://pbx", User: "u", Password: secretText}
	for _, text := range []string{
		fmt.Sprint(s), fmt.Sprintf("%v %+v %#v %s %q %x", s, s, s, s, s, s), s.LogValue().String(),
		fmt.Sprint(cfg), fmt.Sprintf("%v %+v %#v %s", cfg, cfg, cfg, cfg), cfg.LogValue().String(),
	} {
		if strings.Contains(text, secretText) || strings.Contains(text, fmt.Sprintf("%x", secretText)) {
			t.Errorf("printed as %q", text)
		}
	}
}

// Lifetimes are measured by the PBX's clock alone (dossier section 2.4).
func TestLifetime(t *testing.T) {
	ours := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) // three hours slow
	date := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	rows := []struct {
		name, validUntil string
		date             time.Time
		until            time.Time
		renew            time.Duration
	}{
		{"an hour", `"2026-11-22 13:00:00"`, date, ours.Add(time.Hour), 36 * time.Minute},
		{"just believable", `"2026-11-22 12:02:01"`, date, ours.Add(121 * time.Second), 72600 * time.Millisecond},
		{"too short", `"2026-11-22 12:02:00"`, date, ours.Add(2 * time.Minute), 30 * time.Minute},
		{"over already", `"2026-11-22 11:00:00"`, date, time.Time{}, 30 * time.Minute},
		{"too long", `"2026-11-30 12:00:00"`, date, ours.Add(8 * 24 * time.Hour), 30 * time.Minute},
		{"not said", `null`, date, time.Time{}, 30 * time.Minute},
		{"nonsense", `"tomorrow"`, date, time.Time{}, 30 * time.Minute},
		{"no Date header", `"2026-11-22 10:00:00"`, time.Time{}, ours.Add(time.Hour), 36 * time.Minute},
	}
	for _, row := range rows {
		v, _, _ := parse([]byte(row.validUntil))
		until, renew := lifetime(v, row.date, ours)
		if !until.Equal(row.until) || renew != row.renew {
			t.Errorf("%s: ends %v, renew after %v; want %v, %v", row.name, until, renew, row.until, row.renew)
		}
	}
}

func TestUserSpaces(t *testing.T) {
	if got := fmt.Sprint(userSpaces("wall", "wall-3")); got != "[wall-3 wall wall-2 wall-4 wall-5]" {
		t.Errorf("the space that worked last is to come first: %s", got)
	}
	if got := fmt.Sprint(userSpaces("wall", "foreign")); got != "[wall wall-2 wall-3 wall-4 wall-5]" {
		t.Errorf("a space of another setting is of no use: %s", got)
	}
	if got := userSpace("", "host1"); got != "dashboard-host1" {
		t.Errorf("default user space %q", got)
	}
	if got := userSpace(strings.Repeat("é", 300), ""); len(got) > longestSpace-2 || strings.Contains(got, "\ufffd") {
		t.Errorf("user space of %d bytes, want at most %d and whole letters", len(got), longestSpace-2)
	}
}

func TestSettings(t *testing.T) {
	good := Config{URL: "https://pbx.example:8443/", User: "u", Password: secretText}
	if _, err := New(good); err != nil {
		t.Errorf("good settings: %v", err)
	}
	rows := map[string]func(*Config){
		"no address":        func(c *Config) { c.URL = "" },
		"no scheme":         func(c *Config) { c.URL = "pbx.example" },
		"other scheme":      func(c *Config) { c.URL = "ftp://pbx.example" },
		"http elsewhere":    func(c *Config) { c.URL = "http://pbx.example" },
		"http near miss":    func(c *Config) { c.URL = "http://127.0.0.1.example" },
		"path":              func(c *Config) { c.URL = "https://pbx.example/api" },
		"password in there": func(c *Config) { c.URL = "https://u:" + secretText + "@pbx.example" },
		"unreadable":        func(c *Config) { c.URL = "https://u:" + secretText + "@pbx\x7f" },
		"no user":           func(c *Config) { c.User = "" },
		"no password":       func(c *Config) { c.Password = "" },
	}
	for name, change := range rows {
		c := good
		change(&c)
		_, err := New(c)
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		if strings.Contains(err.Error(), secretText) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q is not one line without secrets", name, err)
		}
	}
	for _, u := range []string{"http://localhost:1", "http://127.0.0.1", "http://[::1]:80", "http://pbx.localhost"} {
		c := good
		c.URL = u
		if _, err := New(c); err != nil {
			t.Errorf("%s: %v; plain http is accepted on this machine", u, err)
		}
	}
}
