package app

import (
	"context"
	"net"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

func TestServiceOfItsEnvironment(t *testing.T) {
	for _, tt := range []struct {
		name string
		env  map[string]string
		want Service
	}{
		{"by hand", nil, Service{}},
		{"without a watchdog", map[string]string{"NOTIFY_SOCKET": "/run/n"}, Service{Socket: "/run/n"}},
		{"with one", map[string]string{"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"}, Service{Socket: "@n", Watchdog: 30 * time.Second}},
		{"for nobody in particular", map[string]string{"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "30000000"}, Service{Socket: "@n", Watchdog: 30 * time.Second}},
		{"for another process", map[string]string{"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"}, Service{Socket: "@n"}},
		{"nonsense", map[string]string{"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "soon"}, Service{Socket: "@n"}},
	} {
		if got := ServiceOf(func(name string) string { return tt.env[name] }, 7); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

// The words arrive at a socket like the one of a service manager; one that is
// not there is no failure.
func TestServiceIsTold(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "notify")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	Service{}.tell("READY=1")
	Service{Socket: socket + "-other"}.tell("READY=1")
	Service{Socket: socket}.tell("READY=1")
	var buf [64]byte
	n, err := l.Read(buf[:])
	if err != nil || string(buf[:n]) != "READY=1" {
		t.Errorf("the manager heard %q, %v", buf[:n], err)
	}
}

// A board that does not answer is not said to live, and is asked once only.
func TestWatchdogStopsWithTheBoard(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "notify")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	heard := func() (n int) {
		var buf [64]byte
		for {
			l.SetReadDeadline(time.Now().Add(time.Millisecond))
			if _, err := l.Read(buf[:]); err != nil {
				return n
			}
			n++
		}
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		stuck, asked := make(chan struct{}), 0
		ping := func() {
			if asked++; asked > 4 {
				<-stuck
			}
		}
		ended := make(chan struct{})
		go func() { Service{Socket: socket, Watchdog: 30 * time.Second}.watch(ctx, ping); close(ended) }()
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if asked != 5 {
			t.Errorf("the board was asked %d times", asked)
		}
		close(stuck)
		time.Sleep(25 * time.Second) // the one that waited, then two of every ten seconds
		cancel()
		<-ended
	})
	if got := heard(); got < 6 || got > 8 {
		t.Errorf("the manager heard of life %d times, want four, and some again after the board was free", got)
	}
}
