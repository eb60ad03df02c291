package app

import (
	"context"
	"net"
	"strconv"
	"time"
)

// A Service is the service manager that started this process, as far as it
// wants to hear of it: sd_notify(3) of systemd. The zero value is none.
type Service struct {
	Socket   string        // where it listens: a path, or a name in the abstract space that begins with @
	Watchdog time.Duration // it ends a process that is silent for so long; 0 does not
}

// ServiceOf reads the environment that a service manager gives; pid is ours, as
// a watchdog may be meant for another process.
func ServiceOf(getenv func(string) string, pid int) Service {
	s := Service{Socket: getenv("NOTIFY_SOCKET")}
	if of := getenv("WATCHDOG_PID"); s.Socket == "" || of != "" && of != strconv.Itoa(pid) {
		return s
	}
	if µs, err := strconv.ParseInt(getenv("WATCHDOG_USEC"), 10, 64); err == nil && µs > 0 {
		s.Watchdog = time.Duration(µs) * time.Microsecond
	}
	return s
}

// tell says one word to the service manager. One that does not listen is its
// own affair: the board works on.
func (s Service) tell(word string) {
	if s.Socket == "" {
		return
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: s.Socket, Net: "unixgram"})
	if err != nil {
		return
	}
	defer c.Close()
	_, _ = c.Write([]byte(word))
}

// watch tells the service manager that the board lives, three times in every
// span of the watchdog and only while ping returns, until ctx ends. At most one
// ping waits, so that a stuck board gathers nothing.
func (s Service) watch(ctx context.Context, ping func()) {
	beats := time.NewTicker(s.Watchdog / 3)
	defer beats.Stop()
	for {
		answered := make(chan struct{})
		go func() { ping(); close(answered) }()
		select {
		case <-ctx.Done():
			return
		case <-answered:
			s.tell("WATCHDOG=1")
		}
		select {
		case <-ctx.Done():
			return
		case <-beats.C:
		}
	}
}
