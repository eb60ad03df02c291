package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"callboard/e2e/board"
)

// A sample is a set of delays, sorted.
type sample []time.Duration

// at is a percentile.
func (s sample) at(percent int) time.Duration {
	if len(s) == 0 {
		return -1
	}
	return s[min(len(s)-1, len(s)*percent/100)]
}

// A crowd is the healthy viewers.
type crowd struct {
	board   *board.Process
	traffic *traffic
	client  *http.Client
	address func() (string, error) // of the stream; the board's own if nil
	ctx     context.Context
	cancel  context.CancelFunc
	wg      sync.WaitGroup
	gone    atomic.Int64 // streams that ended by themselves

	mu     sync.Mutex // guards delays
	delays sample
}

func newCrowd(b *board.Process, t *traffic) *crowd {
	c := &crowd{board: b, traffic: t, client: &http.Client{Transport: &http.Transport{DisableCompression: true, MaxConnsPerHost: 0, ReadBufferSize: 64 << 10}}}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	return c
}

// join adds viewers and returns when all of them read.
func (c *crowd) join(ctx context.Context, n int) error {
	address := c.address
	if address == nil {
		address = func() (string, error) { return c.board.Stream("/") }
	}
	stream, err := address()
	if err != nil {
		return err
	}
	begun := make(chan error, n)
	for range n {
		c.wg.Go(func() { c.read(stream, begun) })
	}
	for range n {
		select {
		case err := <-begun:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// read is one viewer. It looks at nothing but marks it has not seen.
func (c *crowd) read(stream string, begun chan<- error) {
	request, err := http.NewRequestWithContext(c.ctx, "GET", stream, nil)
	if err != nil {
		begun <- err
		return
	}
	came := time.Now()
	answer, err := c.client.Do(request)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("the stream answered %s", answer.Status)
	}
	if err != nil {
		begun <- err
		return
	}
	defer answer.Body.Close()
	const length = len(markPrefix) + 8
	buffer := make([]byte, 64<<10)
	seen := make(map[int]bool)
	kept, first := 0, true
	for {
		n, err := answer.Body.Read(buffer[kept:])
		now := time.Now()
		if first {
			begun <- nil
			first = false
		}
		if err != nil {
			if c.ctx.Err() == nil {
				c.gone.Add(1)
			}
			return
		}
		data := buffer[:kept+n]
		for {
			at := bytes.Index(data, []byte(markPrefix))
			if at < 0 || len(data)-at < length {
				break
			}
			if id, err := strconv.Atoi(string(data[at+len(markPrefix) : at+length])); err == nil && !seen[id] {
				seen[id] = true
				c.saw(id, came, now)
			}
			data = data[at+length:]
		}
		// A mark may be cut in two by the end of a read.
		kept = copy(buffer, data[max(0, len(data)-length+1):])
	}
}

// saw notes the delay of one mark at one viewer. A mark from before the viewer
// came is part of its first picture and tells nothing.
func (c *crowd) saw(id int, came, now time.Time) {
	if id >= maxMarks {
		return
	}
	stamp := c.traffic.stamps[id].Load()
	if stamp < came.UnixNano() { // 0, not measured, too
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.delays = append(c.delays, time.Duration(now.UnixNano()-stamp))
}

// take returns the delays since the last take.
func (c *crowd) take() sample {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.delays
	c.delays = nil
	slices.Sort(s)
	return s
}

// lost counts streams that the dashboard ended.
func (c *crowd) lost() int64 { return c.gone.Load() }

// leave ends all viewers.
func (c *crowd) leave() {
	c.cancel()
	c.wg.Wait()
	c.client.CloseIdleConnections()
}

// A stuck viewer asked for the stream and never reads it.
type stuck struct {
	board *board.Process
	conn  net.Conn
	since time.Time
	cuts  float64 // counted before it came
	let   chan time.Duration
}

// stall sends one viewer that never reads. Its buffers are small, as those of
// a sleeping phone are.
func stall(ctx context.Context, b *board.Process) (*stuck, error) {
	cuts, err := metric(b, "dashboard_viewers_cut_total")
	if err != nil {
		return nil, err
	}
	stream, err := b.Stream("/")
	if err != nil {
		return nil, err
	}
	conn, err := net.Dial("tcp", b.Addr)
	if err != nil {
		return nil, err
	}
	conn.(*net.TCPConn).SetReadBuffer(4 << 10)
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", strings.TrimPrefix(stream, "http://"+b.Addr), b.Addr); err != nil {
		return nil, err
	}
	s := &stuck{board: b, conn: conn, since: time.Now(), cuts: cuts, let: make(chan time.Duration, 1)}
	go s.watch(ctx)
	return s, nil
}

// watch asks the metrics until they count the cut.
func (s *stuck) watch(ctx context.Context) {
	defer s.conn.Close()
	for wait(ctx, 100*time.Millisecond) == nil && time.Since(s.since) < time.Minute {
		if cuts, err := metric(s.board, "dashboard_viewers_cut_total"); err == nil && cuts > s.cuts {
			s.let <- time.Since(s.since)
			return
		}
	}
	s.let <- time.Minute
}

func (s *stuck) wait(ctx context.Context) (time.Duration, error) {
	select {
	case d := <-s.let:
		return d, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// churn lets viewers come, read the beginning of their stream and go, 50 at a
// time.
func churn(ctx context.Context, b *board.Process, n int) error {
	stream, err := b.Stream("/")
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 30 * time.Second}
	room := make(chan struct{}, 50)
	failed := make(chan error, n)
	var wg sync.WaitGroup
	for range n {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			request, err := http.NewRequestWithContext(ctx, "GET", stream, nil)
			if err != nil {
				failed <- err
				return
			}
			answer, err := client.Do(request)
			if err != nil {
				failed <- err
				return
			}
			defer answer.Body.Close()
			if _, err := io.ReadFull(answer.Body, make([]byte, 64)); err != nil {
				failed <- err
			}
		})
	}
	wg.Wait()
	select {
	case err := <-failed:
		return fmt.Errorf("%d of %d viewers failed, one with: %w", len(failed)+1, n, err)
	default:
		return nil
	}
}

// settle waits until the number of goroutines stands still and returns it.
func settle(ctx context.Context, b *board.Process) (int, error) {
	last, still := -1.0, 0
	for range 60 {
		if err := wait(ctx, 500*time.Millisecond); err != nil {
			return 0, err
		}
		now, err := metric(b, "go_goroutines")
		if err != nil {
			return 0, err
		}
		if still++; now != last {
			still = 0
		}
		if last = now; still >= 4 {
			break
		}
	}
	return int(last), nil
}

// metric sums a metric over its labels.
func metric(b *board.Process, name string) (sum float64, err error) {
	client := http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Get(b.URL("/metrics"))
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	found := false
	for line := range strings.Lines(string(body)) {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), name)
		if !ok || rest == "" || rest[0] != ' ' && rest[0] != '{' {
			continue
		}
		value, err := strconv.ParseFloat(rest[strings.LastIndexByte(rest, ' ')+1:], 64)
		if err != nil {
			return 0, fmt.Errorf("metric %s: %w", name, err)
		}
		sum, found = sum+value, true
	}
	if !found {
		return 0, fmt.Errorf("no metric %s", name)
	}
	return sum, nil
}
