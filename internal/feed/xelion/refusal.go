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
	"strconv"
	"strings"
	"syscall"
	"time"

	"callboard/internal/feed"
)

// Pauses after refusals (dossier section 2.5).
const (
	permanentWait = 5 * time.Minute // seldom enough not to run into a lock-out
	busyWait      = 30 * time.Second
	inUseWait     = 60 * time.Second
	refusedWait   = 60 * time.Second
	longestWait   = time.Hour // of what a Retry-After may ask for
)

// A rule says what an answer of the PBX means.
type rule struct {
	code      string
	reason    string
	wait      time.Duration
	permanent bool
}

func (r rule) refusal() *feed.Refusal {
	return &feed.Refusal{Code: r.code, Reason: r.reason, Wait: r.wait, Permanent: r.permanent}
}

// codeRules are the error codes of the vendor's list, under the HTTP status
// that comes with them: the status decides first, the code second.
var codeRules = map[int]map[int]rule{
	http.StatusBadRequest: {
		10002: badRequest("a required value was missing"),
		10003: badRequest("a value was not valid"),
		10010: badRequest("the login data were incomplete"),
		10011: badRequest("the login data were not valid"),
		10200: badRequest("the request data were missing"),
		10202: badRequest("the request data could not be read"),
		10203: badRequest("the request data were not acceptable"),
	},
	http.StatusUnauthorized: {
		10000: {code: "not-authenticated", reason: "The PBX no longer accepts our session"},
		10004: {code: "wrong-password", reason: "The PBX refused the login: wrong user name, password or tenant", wait: permanentWait, permanent: true},
		10005: {code: "session-in-use", reason: "Another session already uses our session name (user space) at the PBX", wait: inUseWait},
		10006: {code: "account-disabled", reason: "The PBX account is disabled", wait: permanentWait, permanent: true},
		10007: {code: "password-expired", reason: "The password of the PBX account has expired", wait: permanentWait, permanent: true},
		10008: {code: "version-mismatch", reason: "The PBX refused the login because of its version", wait: permanentWait, permanent: true},
		10009: {code: "login-failed", reason: "The PBX could not complete the login because of a fault of its own"},
		10012: {code: "mfa-required", reason: "The PBX account demands a second factor; an account without one is needed", wait: permanentWait, permanent: true},
		10013: {code: "mfa-required", reason: "The PBX account demands a second factor at login; an account without one is needed", wait: permanentWait, permanent: true},
	},
	http.StatusForbidden: {
		10000: {code: "no-permission", reason: "The PBX refused the request of our session", wait: permanentWait, permanent: true},
		10101: {code: "no-permission", reason: "The PBX account lacks a permission or the PBX a licence", wait: permanentWait, permanent: true},
	},
	http.StatusNotFound: {
		10050: {code: "no-device", reason: "The PBX says that no device is registered for the account", wait: permanentWait, permanent: true},
		10052: {code: "no-device", reason: "The PBX does not know the device of the account", wait: permanentWait, permanent: true},
		10100: {code: "not-found", reason: "The PBX does not know what was asked for", wait: permanentWait, permanent: true},
	},
	http.StatusTooManyRequests: {
		10400: {code: "too-many-requests", reason: "The PBX says that we send too many requests at once", wait: busyWait},
		10402: {code: "pbx-busy", reason: "The PBX was too busy to answer in time", wait: busyWait},
	},
	http.StatusInternalServerError: {
		11000: {code: "server-error", reason: "The PBX reports an internal error"},
	},
}

func badRequest(why string) rule {
	return rule{code: "bad-request", reason: "The PBX did not accept a request: " + why, wait: permanentWait, permanent: true}
}

// statusRules are for answers with another code, or with none.
var statusRules = map[int]rule{
	http.StatusBadRequest:          {code: "bad-request", reason: "The PBX did not accept a request", wait: permanentWait, permanent: true},
	http.StatusUnauthorized:        {code: "not-authenticated", reason: "The PBX did not accept our login"},
	http.StatusForbidden:           {code: "no-permission", reason: "The PBX, or something in front of it, forbids the request", wait: permanentWait, permanent: true},
	http.StatusNotFound:            {code: "not-found", reason: "Nothing answers to the Xelion API at this address", wait: permanentWait, permanent: true},
	http.StatusTooManyRequests:     {code: "too-many-requests", reason: "The PBX says that we send too many requests", wait: busyWait},
	http.StatusInternalServerError: {code: "server-error", reason: "The PBX reports an error"},
	http.StatusBadGateway:          {code: "pbx-unavailable", reason: "A proxy in front of the PBX gets no answer from it"},
	http.StatusServiceUnavailable:  {code: "pbx-unavailable", reason: "The PBX is not available at the moment"},
	http.StatusGatewayTimeout:      {code: "pbx-unavailable", reason: "A proxy in front of the PBX waits in vain for its answer"},
}

// An answerError is an HTTP answer that says no.
type answerError struct {
	status     int
	code       int // the vendor's, 0 if the body had none
	retryAfter time.Duration
}

func (e *answerError) Error() string {
	return fmt.Sprintf("HTTP status %d, code %d", e.status, e.code)
}

// expired reports that the session's token was not accepted; everything else
// under 401 is about the account.
func (e *answerError) expired() bool {
	if e.status != http.StatusUnauthorized {
		return false
	}
	_, known := codeRules[e.status][e.code]
	return e.code == 10000 || (e.code >= 10020 && e.code <= 10029) || !known
}

func (e *answerError) refusal() *feed.Refusal {
	r, ok := codeRules[e.status][e.code]
	if !ok {
		r, ok = statusRules[e.status]
	}
	switch {
	case ok:
	case e.status >= 300 && e.status < 400:
		r = rule{code: "redirect", reason: "The address of the PBX leads to another address; set the final one", wait: permanentWait, permanent: true}
	case e.status >= 500:
		r = rule{code: "server-error", reason: "The PBX reports an error (HTTP status " + strconv.Itoa(e.status) + ")"}
	default:
		r = rule{code: "unexpected-answer", reason: "The PBX gave an answer that is not understood (HTTP status " + strconv.Itoa(e.status) + ")", wait: permanentWait, permanent: true}
	}
	why := r.refusal()
	if e.retryAfter > 0 {
		why.Wait = e.retryAfter
	}
	return why
}

var errNotPBX = &feed.Refusal{
	Code: "not-a-pbx", Wait: permanentWait, Permanent: true,
	Reason: "Something answers at the address of the PBX, but not like a Xelion PBX",
}

// refuse turns any error of a request or a dial into a Refusal without the
// error's own text, which may hold an address with a secret in it.
func refuse(err error) *feed.Refusal {
	if why, ok := errors.AsType[*feed.Refusal](err); ok {
		return why
	}
	if answer, ok := errors.AsType[*answerError](err); ok {
		return answer.refusal()
	}
	if why := refuseTLS(err); why != nil {
		return why
	}
	short := func(code, reason string) *feed.Refusal { return &feed.Refusal{Code: code, Reason: reason} }
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		if dns.IsNotFound {
			return short("host-not-found", "The host name of the PBX is not known to the name server")
		}
		return short("name-server", "The name server does not answer, so the PBX cannot be found")
	}
	timeout, isTimeout := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return short("refused", "Nothing listens at the address of the PBX: the connection was refused")
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return short("unreachable", "There is no network route to the PBX")
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return short("reset", "The connection to the PBX was cut off")
	case errors.Is(err, context.DeadlineExceeded), isTimeout && timeout.Timeout():
		return short("timeout", "The PBX did not answer in time")
	case errors.Is(err, context.Canceled):
		return short("stopping", "The dashboard is stopping")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrClosedPipe), errors.Is(err, net.ErrClosed):
		return short("lost", "The PBX closed the connection without an answer")
	}
	return short("network", "The PBX cannot be reached because of a network fault")
}

// refuseTLS explains what is wrong with the PBX's certificate, or returns nil.
func refuseTLS(err error) *feed.Refusal {
	lasting := func(code, reason string) *feed.Refusal {
		return &feed.Refusal{Code: code, Reason: reason, Wait: permanentWait, Permanent: true}
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return lasting("untrusted-certificate", "The certificate of the PBX is not signed by an authority this machine trusts")
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return lasting("wrong-certificate-name", "The certificate of the PBX is for another host name")
	}
	if bad, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		if bad.Reason == x509.Expired {
			return lasting("expired-certificate", "The certificate of the PBX has expired or is not valid yet")
		}
		return lasting("bad-certificate", "The certificate of the PBX is not valid")
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return lasting("bad-certificate", "The certificate of the PBX could not be verified")
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return lasting("no-tls", "The PBX does not speak TLS at this address")
	}
	if _, ok := errors.AsType[tls.AlertError](err); ok {
		return lasting("tls", "The PBX refused the TLS connection")
	}
	if err != nil && strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") {
		return lasting("no-tls", "The PBX does not speak TLS at this address")
	}
	return nil
}

// retryAfter reads the header of that name, in seconds or as a date.
func retryAfter(h http.Header) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return 0
	}
	if n, ok := digits(text); ok {
		if len(text) > 6 {
			return longestWait
		}
		return min(time.Duration(n)*time.Second, longestWait)
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	from := time.Now()
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		from = date
	}
	return min(max(at.Sub(from), 0), longestWait)
}
