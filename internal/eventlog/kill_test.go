package eventlog

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"callboard/internal/state"
)

// childJournal names the variable with the journal of a process that appends
// until it is killed.
const childJournal = "EVENTLOG_TEST_JOURNAL"

func TestMain(m *testing.M) {
	if path := os.Getenv(childJournal); path != "" {
		child(path)
	}
	os.Exit(m.Run())
}

// child appends an entry a millisecond and says after each which was the last,
// when it was appended, and which is on disk.
func child(path string) {
	d, err := Open(path, Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out := bufio.NewWriterSize(os.Stdout, 64)
	for {
		now := time.Now()
		last, err := d.Append(context.Background(), Entry{At: now, Fact: state.Proof{RoundTrip: time.Duration(now.UnixNano())}})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Fprintln(out, last, now.UnixNano(), d.Durable())
		_ = out.Flush()
		time.Sleep(time.Millisecond)
	}
}

// A run is a process that appends, and what it said last.
type running struct {
	cmd  *exec.Cmd
	said chan struct{}

	last, durable uint64
	at            map[uint64]int64 // of each entry, Unix nanoseconds
}

func start(t *testing.T, path string) *running {
	t.Helper()
	r := &running{cmd: exec.Command(os.Args[0]), said: make(chan struct{}), at: map[uint64]int64{}}
	r.cmd.Env = append(os.Environ(), childJournal+"="+path)
	r.cmd.Stderr = os.Stderr
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.cmd.Process.Kill() })
	go func() {
		defer close(r.said)
		for in := bufio.NewReader(out); ; {
			var seq, durable uint64
			var at int64
			line, err := in.ReadString('\n')
			if err != nil {
				_, _ = io.Copy(io.Discard, in)
				return
			}
			if n, _ := fmt.Sscanln(line, &seq, &at, &durable); n == 3 {
				r.last, r.durable = seq, durable
				r.at[seq] = at
			}
		}
	}()
	return r
}

// kill ends the process with SIGKILL and returns when all it said was heard.
func (r *running) kill() {
	_ = r.cmd.Process.Kill()
	<-r.said
	_ = r.cmd.Wait()
}

// check opens what a process left behind and returns how old the oldest lost
// entry was when the process ended.
func (r *running) check(t *testing.T, d *Disk, before uint64) time.Duration {
	t.Helper()
	s := d.Status()
	if s.File.Broken != "" || s.Last < r.durable || s.Last < before {
		t.Fatalf("after a process that had %d on disk of %d: %+v", r.durable, r.last, s)
	}
	next := before + 1
	for _, e := range all(t, d, before, s.Last) {
		p, ok := e.Fact.(state.Proof)
		if e.Seq != next || !ok || int64(p.RoundTrip) != e.At.UnixNano() || r.at[e.Seq] != 0 && r.at[e.Seq] != e.At.UnixNano() {
			t.Fatalf("entry %d is %+v", next, e)
		}
		next++
	}
	if next != s.Last+1 {
		t.Fatalf("entries end at %d, the journal at %d", next-1, s.Last)
	}
	if s.Last >= r.last {
		return 0
	}
	return time.Duration(r.at[r.last] - r.at[s.Last+1])
}

// TestKill: a process that is killed at any moment loses what it appended in
// its last 100 milliseconds (200 here, where other tests keep the disk busy)
// and nothing else, and the next one begins at once.
func TestKill(t *testing.T) {
	path := journal(t)
	rounds := 8
	if testing.Short() {
		rounds = 3
	}
	var before uint64
	var losses []time.Duration
	for range rounds {
		r := start(t, path)
		time.Sleep(time.Duration(150+rand.IntN(400)) * time.Millisecond)
		r.kill()
		began := time.Now()
		d := mustOpen(t, path, Options{})
		took := time.Since(began)
		if took > time.Second {
			t.Errorf("opening after a kill took %v", took)
		}
		losses = append(losses, r.check(t, d, before))
		before = d.Status().Last
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d entries over %d kills, lost each time the last %v", before, rounds, losses)
	over := 0
	for _, loss := range losses {
		if loss > 200*time.Millisecond {
			over++
		}
		if loss > 2*time.Second {
			t.Errorf("a kill lost the last %v", loss)
		}
	}
	if over > rounds/4 { // a disk that others use may take longer now and then
		t.Errorf("%d of %d kills lost more than 200 ms: %v", over, rounds, losses)
	}
	if before == 0 {
		t.Error("nothing was ever kept: this test proves nothing")
	}
}
