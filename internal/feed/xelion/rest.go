package xelion

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"callboard/internal/feed"
)

const (
	requestTime = 10 * time.Second
	mostAnswer  = 16 << 20 // bytes of one answer
	mostError   = 64 << 10
	mostFlight  = 2               // requests at once (dossier section 8)
	pauseTime   = 5 * time.Minute // of everything optional after a 429 or a sudden 403
)

// rest speaks to the PBX's REST interface, two requests at a time. It knows
// nothing of sessions: the caller brings the token.
type rest struct {
	client *http.Client
	base   string // https://host/api/v1/tenant/
	slots  chan struct{}
	log    *slog.Logger

	mu     sync.Mutex      // guards worked and paused
	worked map[string]bool // optional resources that have answered well before
	paused time.Time       // until when nothing optional is asked
}

// An answer is what a request brought.
type answer struct {
	body value
	sent time.Time // when the request left
	date time.Time // the PBX's own clock, zero if it did not say
}

// do sends one request. A refusal by the PBX is an *answerError.
func (r *rest) do(ctx context.Context, method, path string, token Secret, body []byte) (answer, error) {
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
	defer func() { <-r.slots }()

	ctx, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, r.base+path, bytes.NewReader(body))
	if err != nil {
		return answer{}, &feed.Refusal{Code: "bad-address", Reason: "The address of the PBX is not usable", Wait: permanentWait, Permanent: true}
	}
	if len(body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "dashboard")
	if token != "" {
		req.Header.Set("Authorization", "xelion "+string(token))
	}
	sent := time.Now()
	resp, err := r.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	a := answer{sent: sent}
	a.date, _ = http.ParseTime(resp.Header.Get("Date"))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		raw, _ := io.ReadAll(io.LimitReader(resp.Body, mostError))
		return a, &answerError{status: resp.StatusCode, code: errorCode(raw), retryAfter: retryAfter(resp.Header)}
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, mostAnswer+1))
	if err != nil {
		return a, err
	}
	if len(raw) > mostAnswer {
		return a, &feed.Refusal{Code: "huge-answer", Reason: "The PBX gave an answer too large to be true", Wait: busyWait}
	}
	if v, _, ok := parse(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))); ok {
		a.body = v
	}
	return a, nil
}

// errorCode finds the vendor's code in the body of an error; 0 if the body is
// missing, HTML or anything else.
func errorCode(raw []byte) int {
	v, _, ok := parse(raw)
	if !ok {
		return 0
	}
	code := v.member("errorCode")
	if code.kind == kindNone {
		code = v.member("object").member("errorCode")
	}
	text, _ := code.text()
	if len(text) > 9 {
		return 0
	}
	n, _ := digits(text)
	return n
}

// pausedFor says how long optional requests must still wait.
func (r *rest) pausedFor() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Until(r.paused)
}

// judge notes how an optional request to resource ended. Everything optional
// pauses where the PBX asked for less, or forbids what it allowed before, which
// is how it blocks a client that calls too often.
func (r *rest) judge(resource string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		r.worked[resource] = true
		return
	}
	answer, ok := errors.AsType[*answerError](err)
	if !ok {
		return
	}
	switch {
	case answer.status == http.StatusTooManyRequests:
	case answer.status == http.StatusForbidden && r.worked[resource]:
	default:
		return
	}
	pause := max(pauseTime, answer.retryAfter)
	r.paused = time.Now().Add(pause)
	r.log.Warn("the PBX wants fewer requests; pausing what is optional", "resource", resource, "pause", pause)
}

// refusedForGood reports an answer that will not change by asking again soon.
func refusedForGood(err error) bool {
	answer, ok := errors.AsType[*answerError](err)
	return ok && (answer.status == http.StatusForbidden || answer.status == http.StatusNotFound || answer.status == http.StatusBadRequest)
}

// hasWorked reports that resource has answered well before.
func (r *rest) hasWorked(resource string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.worked[resource]
}

func notFound(err error) bool {
	answer, ok := errors.AsType[*answerError](err)
	return ok && answer.status == http.StatusNotFound
}
