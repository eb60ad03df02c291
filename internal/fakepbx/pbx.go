package fakepbx

import (
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// A PBX is a simulated exchange with its API. All methods may be called from
// any goroutine. It starts nothing before Run; sockets live in the goroutines
// of the HTTP server that serves it.
type PBX struct {
	opts Options
	log  *slog.Logger
	mux  *http.ServeMux

	wg sync.WaitGroup // writers of sockets

	mu       sync.Mutex // guards everything below
	closed   bool
	x        *exchange
	faults   *rand.Rand // which frames are lost, doubled, delayed, misspelt
	muted    bool       // while the calls before the beginning are worked out
	said     uint64
	tap      func(typ string, frame []byte) // of tests and Frames
	sessions map[string]*session            // by authentication token
	tickets  map[string]ticket              // socket URLs not used yet, by secret
	sockets  map[*socket]bool
	timers   map[*time.Timer]bool
	refusals map[Endpoint]*Refusal
	derived  derived
	set      map[string]mood // by SetPresence
	traffic  *traffic
	count    Counters
}

// New makes an exchange. With Warm or Load its first calls are up at once.
// The error is that of Options.Check.
func New(o Options) (*PBX, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	o.fill()
	p := &PBX{
		opts: o, log: o.Log, faults: rand.New(rand.NewPCG(o.Seed, 0xfa)),
		sessions: map[string]*session{}, tickets: map[string]ticket{}, sockets: map[*socket]bool{},
		timers: map[*time.Timer]bool{}, refusals: map[Endpoint]*Refusal{},
		count: Counters{Requests: map[Endpoint]int{}, Events: map[string]int{}},
	}
	p.x = newExchange(&p.opts)
	for _, r := range o.Refusals {
		p.refusals[r.Endpoint] = &r
	}
	p.mux = p.routes()
	p.traffic = newTraffic(p)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.traffic.begin(time.Now())
	return p, nil
}

// Close cuts all sockets and forgets all sessions. It returns when no
// goroutine of the PBX is left but those of the HTTP server and of Run.
func (p *PBX) Close() {
	p.mu.Lock()
	p.closed = true
	for t := range p.timers {
		t.Stop()
	}
	clear(p.timers)
	clear(p.sessions)
	clear(p.tickets)
	for s := range p.sockets {
		s.abort()
	}
	p.mu.Unlock()
	p.wg.Wait()
}
