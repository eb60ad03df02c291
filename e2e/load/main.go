// Command load measures the built dashboard under load, from outside: a PBX
// with 500 live calls says 200 events a second to it, 200 viewers read its
// stream. PBX and viewers live in this process, so that both stamps of a delay
// come from one clock; the dashboard is a process of its own.
//
// It measures and prints; the bounds beside the figures are the product's
// promises. Everything stays on the loopback interface and ends by itself.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/signal"
	"runtime"
	"time"

	"callboard/e2e/board"
	"callboard/e2e/scripted"
)

// A plan is how much load there is.
type plan struct {
	binary  string
	calls   int
	rate    int // events a second
	viewers int
	churn   int
	each    time.Duration // of each measured phase
}

func main() {
	var p plan
	flag.StringVar(&p.binary, "binary", "../bin/dashboard", "the built dashboard")
	flag.IntVar(&p.calls, "calls", 500, "live calls")
	flag.IntVar(&p.rate, "rate", 200, "call events a second")
	flag.IntVar(&p.viewers, "viewers", 200, "readers of the stream")
	flag.IntVar(&p.churn, "churn", 2000, "readers that come and go")
	flag.DurationVar(&p.each, "each", 15*time.Second, "length of each measured phase")
	a := assault{at: 200, log: os.Stdout}
	flag.IntVar(&a.tries, "attack", 0, "instead: tries to sign in beside a live board")
	flag.IntVar(&a.networks, "networks", 1000, "networks the tries come from")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	do := func() error { return run(ctx, p) }
	if a.tries > 0 {
		a.binary, a.each = p.binary, p.each
		do = func() error { return attack(ctx, a) }
	}
	if err := do(); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// few is the number of viewers of the memory figure.
const few = 20

func run(ctx context.Context, p plan) (err error) {
	pbx := scripted.New()
	server := httptest.NewServer(pbx)
	defer server.Close()
	defer pbx.Cut()
	data, err := os.MkdirTemp("", "dashboard-load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	b, err := board.Start(ctx, p.binary, []string{"DASHBOARD_PBX_PASSWORD=" + scripted.Password},
		"serve", "--listen", "127.0.0.1:0", "--login", "off", "--data-dir", data, "--pbx-url", server.URL, "--pbx-user", scripted.User)
	if err != nil {
		return err
	}
	defer b.Kill()
	defer func() {
		if err != nil {
			fmt.Fprintf(os.Stderr, "log of the dashboard:\n%s", b.Log())
		}
	}()

	fmt.Printf("%d live calls, %d events/s, %d viewers, phases of %v, %d cores\n\n", p.calls, p.rate, p.viewers, p.each, runtime.NumCPU())
	t := &traffic{pbx: pbx}
	if err := t.fill(ctx, p.calls); err != nil {
		return err
	}
	crowd := newCrowd(b, t)
	defer crowd.leave()
	var table table

	if err := crowd.join(ctx, few); err != nil {
		return err
	}
	// A quiet moment before every event: nothing is waiting to be painted.
	if err := t.single(ctx, 15); err != nil {
		return err
	}
	quiet := crowd.take()
	table.add("event to viewer after a quiet moment, p50", "%v", quiet.at(50), quiet.at(50) <= 20*time.Millisecond, "20 ms")
	table.note("p99 %v, %d samples", quiet.at(99), len(quiet))

	memory, err := t.run(ctx, p.rate, p.each, b.Resident)
	if err != nil {
		return err
	}
	crowd.take()
	table.add(fmt.Sprintf("resident memory, %d viewers", few), "%.1f MB", float64(memory)/1e6, memory <= 60e6, "60 MB")
	table.note("highest of %v under load", p.each)

	if err := crowd.join(ctx, p.viewers-few); err != nil {
		return err
	}
	before, err := t.run(ctx, p.rate, p.each, b.Resident)
	if err != nil {
		return err
	}
	loaded := crowd.take()
	table.add(fmt.Sprintf("event to viewer, %d viewers, p99", p.viewers), "%v", loaded.at(99), loaded.at(99) <= 300*time.Millisecond, "300 ms")
	table.note("p50 %v, max %v, %d samples, resident %.1f MB", loaded.at(50), loaded.at(100), len(loaded), float64(before)/1e6)

	stuck, err := stall(ctx, b)
	if err != nil {
		return err
	}
	if _, err := t.run(ctx, p.rate, p.each, b.Resident); err != nil {
		return err
	}
	beside := crowd.take()
	table.add("the same beside a viewer that never reads, p99", "%v", beside.at(99), beside.at(99) <= 300*time.Millisecond, "unchanged")
	table.note("p50 %v, max %v", beside.at(50), beside.at(100))
	cut, err := stuck.wait(ctx)
	if err != nil {
		return err
	}
	table.add("until the viewer that never reads is let go", "%v", cut, cut <= 6*time.Second, "6 s")
	table.note("from its request, so with the time its buffers took to fill")
	if lost := crowd.lost(); lost > 0 {
		table.add("healthy viewers that lost their stream", "%d", lost, false, "none")
	}
	crowd.leave()

	settled, err := settle(ctx, b)
	if err != nil {
		return err
	}
	if err := churn(ctx, b, p.churn); err != nil {
		return err
	}
	after, err := settle(ctx, b)
	if err != nil {
		return err
	}
	table.add(fmt.Sprintf("goroutines left by %d viewers that came and went", p.churn), "%+d", after-settled, after <= settled+2, "0")
	table.note("%d before, %d after", settled, after)

	code, took, err := b.Stop(10 * time.Second)
	if err != nil {
		return err
	}
	table.add("SIGTERM to exit", "%v", took.Round(time.Millisecond), code == 0 && took <= 3*time.Second, "exit 0 in 3 s")
	table.print()
	if table.over {
		return errors.New("a figure is over its bound")
	}
	return nil
}

// A table is what the run found.
type table struct {
	rows [][4]string
	over bool
}

func (t *table) add(what, format string, value any, ok bool, bound string) {
	if d, is := value.(time.Duration); is {
		value = d.Round(100 * time.Microsecond)
	}
	verdict := "ok"
	if !ok {
		verdict, t.over = "OVER", true
	}
	t.rows = append(t.rows, [4]string{what, fmt.Sprintf(format, value), bound, verdict})
}

// note explains the figure above it.
func (t *table) note(format string, args ...any) {
	for i, arg := range args {
		if d, is := arg.(time.Duration); is {
			args[i] = d.Round(100 * time.Microsecond)
		}
	}
	t.rows = append(t.rows, [4]string{"  " + fmt.Sprintf(format, args...)})
}

func (t *table) print() {
	for _, r := range t.rows {
		if r[1] == "" {
			fmt.Println(r[0])
			continue
		}
		fmt.Printf("%-58s %12s   bound %-14s %s\n", r[0], r[1], r[2], r[3])
	}
}
