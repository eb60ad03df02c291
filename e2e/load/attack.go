package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"callboard/e2e/board"
	"callboard/e2e/scripted"
)

// An assault is tries to sign in: so many, from so many networks, against the
// right person's account and others.
type assault struct {
	binary   string
	tries    int
	networks int
	at       int           // tries at a time
	each     time.Duration // of quiet measured before
	log      io.Writer
}

// What the right person signs in with, and may wait.
const (
	rightName     = "vera"
	rightPassword = "three green bottles on a wall"
	rightWait     = 3 * time.Second
)

// A found is what an attack came to.
type found struct {
	quiet, beside sample // event to viewer, before and beside the attack
	right         sample // the right person's sign-ins beside it
	refused       sample // answers of 429
	wrong         sample // answers of 403: a password was hashed
	other         int    // answers that are neither
	took          time.Duration
	memory        int64 // highest of the process beside the attack
	lost          int64 // streams of the right person that ended
}

// A signer is a browser of the right person, behind the proxy in front.
type signer struct {
	board *board.Process
	addr  string
	http  *http.Client
}

func newSigner(b *board.Process, addr string) *signer {
	jar, _ := cookiejar.New(nil) // fails never without options
	return &signer{b, addr, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// RoundTrip is what viewers of this person ask with.
func (s *signer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", s.addr)
	for _, c := range s.http.Jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	return http.DefaultTransport.RoundTrip(r)
}

func (s *signer) do(method, path string, form url.Values) (*http.Response, string, error) {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, s.board.URL(path), body)
	if err != nil {
		return nil, "", err
	}
	r.Header.Set("X-Forwarded-For", s.addr)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := s.http.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer, string(text), err
}

var setupLink = regexp.MustCompile(`http://[^/\s"]+(/setup\?code=[^"\s]+)`)

// setUp makes the first administrator by the link in the log.
func (s *signer) setUp(ctx context.Context) error {
	var link string
	for link == "" {
		if m := setupLink.FindStringSubmatch(s.board.Log()); m != nil {
			link = m[1]
		} else if err := wait(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
	if _, _, err := s.do("GET", link, nil); err != nil {
		return err
	}
	answer, text, err := s.do("POST", "/setup", url.Values{"login": {rightName}, "name": {"Vera"}, "password": {rightPassword}})
	if err == nil && answer.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("the set-up answered %s: %.300s", answer.Status, text)
	}
	return err
}

// signIn signs in anew, from this browser, and returns how long it took.
func (s *signer) signIn() (time.Duration, error) {
	began := time.Now()
	answer, text, err := s.do("POST", "/signin", url.Values{"user": {rightName}, "password": {rightPassword}})
	took := time.Since(began)
	if err == nil && answer.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("the right password was answered %s after %v: %.200s", answer.Status, took, text)
	}
	return took, err
}

var dataStream = regexp.MustCompile(`data-stream="([^"]+)"`)

// stream is the address of the board's stream.
func (s *signer) stream() (string, error) {
	answer, text, err := s.do("GET", "/", nil)
	if err != nil {
		return "", err
	}
	m := dataStream.FindStringSubmatch(text)
	if m == nil {
		return "", fmt.Errorf("the board was answered %s and has no stream", answer.Status)
	}
	return s.board.URL(html.UnescapeString(m[1])), nil
}

// besiege runs the whole of it on a dashboard of its own.
func besiege(ctx context.Context, a assault) (f found, err error) {
	pbx := scripted.New()
	server := httptest.NewServer(pbx)
	defer server.Close()
	defer pbx.Cut()
	data, err := os.MkdirTemp("", "dashboard-attack-")
	if err != nil {
		return f, err
	}
	defer os.RemoveAll(data)
	b, err := board.Start(ctx, a.binary, []string{"DASHBOARD_PBX_PASSWORD=" + scripted.Password},
		"serve", "--listen", "127.0.0.1:0", "--login", "password", "--trusted-proxies", "127.0.0.1", "--data-dir", data, "--pbx-url", server.URL, "--pbx-user", scripted.User)
	if err != nil {
		return f, err
	}
	defer b.Kill()
	right := newSigner(b, "198.51.100.7")
	if err := right.setUp(ctx); err != nil {
		return f, fmt.Errorf("%w\n%s", err, b.Log())
	}
	t := &traffic{pbx: pbx}
	if err := t.fill(ctx, 100); err != nil {
		return f, err
	}
	crowd := newCrowd(b, t)
	crowd.client.Transport, crowd.address = right, right.stream
	defer crowd.leave()
	if err := crowd.join(ctx, 4); err != nil {
		return f, err
	}
	const rate = 60
	if _, err := t.run(ctx, rate, a.each, b.Resident); err != nil {
		return f, err
	}
	f.quiet = crowd.take()

	attack, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan struct{})
	began := time.Now()
	go func() {
		defer close(done)
		a.run(attack, b, &f)
		f.took = time.Since(began)
	}()
	signed := make(chan error, 1)
	go func() { signed <- a.signIns(attack, b, right, done, &f) }()
	for going := true; going; {
		memory, err := t.run(ctx, rate, time.Second, b.Resident)
		if err != nil {
			return f, err
		}
		f.memory = max(f.memory, memory)
		select {
		case <-done:
			going = false
		default:
		}
	}
	f.beside, f.lost = crowd.take(), crowd.lost()
	return f, <-signed
}

// signIns has the right person sign in again and again while it goes on: from the
// browser and network they use, and from another browser of that network.
func (a assault) signIns(ctx context.Context, b *board.Process, right *signer, done <-chan struct{}, f *found) error {
	for i := 0; ; i++ {
		from := &signer{b, right.addr, &http.Client{Jar: right.http.Jar, CheckRedirect: right.http.CheckRedirect}}
		if i%2 == 1 {
			from = newSigner(b, right.addr)
		} else { // the sign-in stays, so that the streams do
			jar, _ := cookiejar.New(nil)
			at, _ := url.Parse(b.URL("/"))
			jar.SetCookies(at, slices.DeleteFunc(right.http.Jar.Cookies(at), func(c *http.Cookie) bool { return !strings.Contains(c.Name, "known") }))
			from.http.Jar = jar
		}
		took, err := from.signIn()
		if err != nil {
			return err
		}
		f.right = append(f.right, took)
		slices.Sort(f.right)
		select {
		case <-done:
			return nil
		case <-time.After(500 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// run tries.
func (a assault) run(ctx context.Context, b *board.Process, f *found) {
	client := &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: a.at, MaxConnsPerHost: a.at},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	var next atomic.Int64
	var wg sync.WaitGroup
	for range a.at {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1))
				if i > a.tries {
					return
				}
				status, took := a.try(ctx, client, b, i)
				mu.Lock()
				switch status {
				case http.StatusTooManyRequests:
					f.refused = append(f.refused, took)
				case http.StatusForbidden:
					f.wrong = append(f.wrong, took)
				default:
					f.other++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(f.refused)
	slices.Sort(f.wrong)
}

// try is one try: of the right person's account every third time.
func (a assault) try(ctx context.Context, client *http.Client, b *board.Process, i int) (status int, took time.Duration) {
	login := rightName
	if i%3 != 0 {
		login = fmt.Sprintf("person%d", rand.IntN(2000))
	}
	form := url.Values{"user": {login}, "password": {fmt.Sprintf("guess %d of many", i)}}
	r, err := http.NewRequestWithContext(ctx, "POST", b.URL("/signin"), bytes.NewReader([]byte(form.Encode())))
	if err != nil {
		return 0, 0
	}
	n := i % a.networks
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("%d.%d.%d.%d", 20+n/256%60, 20+n/250, n%250, 1+rand.IntN(250)))
	began := time.Now()
	answer, err := client.Do(r)
	if err != nil {
		return 0, 0
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
	return answer.StatusCode, time.Since(began)
}

// attack prints what the product promises of it.
func attack(ctx context.Context, a assault) error {
	f, err := besiege(ctx, a)
	if err != nil {
		return err
	}
	var table table
	fmt.Fprintf(a.log, "%d tries from %d networks, %d at a time: %v, %.0f a second\n\n", a.tries, a.networks, a.at, f.took.Round(time.Millisecond), float64(a.tries)/f.took.Seconds())
	table.add("the right person's sign-in beside it, slowest", "%v", f.right.at(100), f.right.at(100) <= rightWait, "3 s")
	table.note("%d sign-ins, p50 %v", len(f.right), f.right.at(50))
	table.add("answers that are no refusal", "%d", f.other, f.other == 0, "none")
	table.note("%d refused at once or for the queue (p50 %v, p99 %v), %d passwords looked at", len(f.refused), f.refused.at(50), f.refused.at(99), len(f.wrong))
	bound := max(300*time.Millisecond, 4*f.quiet.at(99)) // on a machine that does other things as well
	table.add("event to viewer beside it, p99", "%v", f.beside.at(99), f.beside.at(99) <= bound, "300 ms")
	table.note("before it %v: %.1f times; p50 %v and %v", f.quiet.at(99), float64(f.beside.at(99))/float64(max(f.quiet.at(99), 1)), f.quiet.at(50), f.beside.at(50))
	table.add("streams of the right person that ended", "%d", f.lost, f.lost == 0, "none")
	table.note("resident memory beside it %.0f MB: a hash takes 46 MiB, and leaves them to be collected", float64(f.memory)/1e6)
	table.print()
	if table.over {
		return errors.New("a figure is over its bound")
	}
	return nil
}
