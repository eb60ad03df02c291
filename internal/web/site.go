package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"callboard/internal/backtest"
	"callboard/internal/hub"
	"callboard/static"
	"callboard/views"
)

// DefaultMaxStreams is how many streams may be open at once unless the
// configuration says otherwise.
const DefaultMaxStreams = 2000

// Config is what the web needs to know. Hub, Files and Metrics must be set.
type Config struct {
	Hub     *hub.Hub
	Files   *static.Files
	Metrics *Metrics
	Travel  Recorder // nil: there is no record, and no page of another moment than now

	Backtests *backtest.Runner // nil: there is no record to try limits on

	Company    string // shown beside the product's name; empty: as the settings say
	Demo       bool   // the PBX is simulated, which every page says
	Loopback   bool   // listens on loopback only: refuse foreign Host names
	Host       string // a further name this server answers to when Loopback
	MaxStreams int    // 0 means DefaultMaxStreams
	// Storybook makes the page /storybook, which shows every component in every
	// state; nil: no such page.
	Storybook func(views.Assets) http.Handler
	// History is what is kept of the past; nil: nothing is, and its pages say so.
	History History
	// Record is the rest of it: gaps, alarms, what is reviewed; nil: History, if it
	// keeps those too.
	Record Record
	// HistoryPaused tells since when nothing can be kept; zero while all is
	// well. May be nil.
	HistoryPaused func() time.Time
	HistoryKeep   time.Duration // how long calls are kept, for people to read; 0 means history.DefaultKeep
	Log           *slog.Logger  // nil discards
}

// site is the handler; safe for concurrent use.
type site struct {
	Config
	record    Record // nil: nothing is kept
	durations durationBook
	assets    views.Assets
	streams   streamer
	open      atomic.Int64 // streams
	played    atomic.Int64 // of these, of recorded boards
	pulse     pulse
	markbook  markbook
	log       *slog.Logger
	metrics   *Metrics
}

// Storybook is the page of every component in every state.
func Storybook(assets views.Assets) http.Handler { return templ.Handler(views.Storybook(assets)) }

// New returns the handler for everything the product answers. It fails when a
// file that pages need is not there.
func New(c Config) (http.Handler, error) {
	s := &site{Config: c, record: recordOf(c), streams: newCage(), log: c.Log, metrics: c.Metrics}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.MaxStreams <= 0 {
		s.MaxStreams = DefaultMaxStreams
	}
	for name, to := range map[string]*string{
		"app.css": &s.assets.CSS, "app.js": &s.assets.JS, "wall.js": &s.assets.Wall, "kept.js": &s.assets.Kept, "desk.js": &s.assets.Desk, "alerts.js": &s.assets.Alerts, "copy.js": &s.assets.Copy, "print.js": &s.assets.Print, "missed.js": &s.assets.Missed, "history.js": &s.assets.History, "travel.js": &s.assets.Travel, "backtest.js": &s.assets.Backtest, "play.js": &s.assets.Play,
		"manifest.webmanifest": &s.assets.Manifest, "icons/touch.png": &s.assets.Touch, "favicon.svg": &s.assets.Icon, "fonts/inter.woff2": &s.assets.Font,
	} {
		u, err := c.Files.URL(name)
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		*to = u
	}
	c.Metrics.watch(c.Hub, s.played.Load)
	c.Metrics.buildInfo(c.Hub.Build())
	return s.routes(), nil
}

func (s *site) routes() http.Handler {
	r := chi.NewRouter()
	r.Use(secured, bounded, s.recovered, s.addressed, s.unforged, s.nowOnly, middleware.GetHead)
	r.NotFound(s.handle(func(http.ResponseWriter, *http.Request) error {
		return failed(http.StatusNotFound, noPage)
	}))
	r.MethodNotAllowed(s.handle(s.wrongMethod))

	r.Get("/", s.handle(s.timed(s.board)))
	r.Get("/wall", s.handle(s.timed(s.wall)))
	r.Get("/calls/{id}", s.handle(s.timed(s.call)))
	r.Post("/calls/{id}/dismiss", s.handle(s.dismiss))
	r.Post("/notice", s.handle(s.setNotice))
	r.Get("/people", s.handle(s.timed(s.people)))
	r.Get("/lines", s.handle(s.timed(s.lines)))
	r.Get("/missed", s.handle(s.timed(s.missed)))
	r.Get("/numbers", s.handle(s.timed(s.numbers)))
	r.Get("/history", s.handle(s.history))
	r.Get("/backtest", s.handle(s.backtest))
	r.Post("/backtest", s.handle(s.startBacktest))
	r.Post("/backtest/cancel", s.handle(s.cancelBacktest))
	r.Get("/missed.csv", s.handle(s.timed(s.missedCSV)))
	r.Post("/missed/name", s.handle(s.missedName))
	r.Get("/missed/{id}/{word:claim|note|done|undo}", s.handle(s.missedForm))
	r.Post("/missed/{id}/{word:claim|note|done|undo}", s.handle(s.missedWord))
	r.Get("/status", s.handle(s.timed(s.status)))
	r.Get("/handover", s.handle(s.handover))
	r.Get("/gaps", s.handle(s.gapsPage))
	r.Get("/gaps/{id}", s.handle(s.gapPage))
	r.Post("/gaps/{id}/dismiss", s.handle(s.gapDismiss))
	r.Post("/gaps/{id}/reviewed", s.handle(s.gapReviewed))
	r.Get(static.Prefix+"*", s.handle(func(w http.ResponseWriter, r *http.Request) error {
		return s.Files.Serve(w, r, chi.URLParam(r, "*"))
	}))
	r.Get("/sw.js", s.handle(func(w http.ResponseWriter, r *http.Request) error {
		return s.Files.ServeWorker(w, r, "sw.js")
	}))
	if s.Storybook != nil {
		r.Get("/storybook", s.Storybook(s.assets).ServeHTTP)
	}
	r.Group(func(r chi.Router) {
		r.Use(s.sameOrigin)
		r.Get("/events", s.handle(s.timed(s.events)))
		r.Get("/poll", s.handle(s.timed(s.poll)))
		r.Get("/api/v1/board", s.handle(s.timed(s.apiBoard)))
		r.Get("/api/v1/numbers", s.handle(s.timed(s.apiNumbers)))
		r.Get("/api/v1/calls/{id}", s.handle(s.timed(s.apiCall)))
		r.Post("/api/v1/calls/{id}/dismiss", s.handle(s.apiDismiss))
		r.Get("/api/v1/history", s.handle(s.apiHistory))
		r.Get("/api/v1/history.csv", s.handle(s.apiHistoryCSV))
		r.Get("/api/v1/missed", s.handle(s.timed(s.apiMissed)))
		r.Get("/api/v1/duration", s.handle(s.apiDuration))
		r.Get("/api/v1/gaps", s.handle(s.apiGaps))
		r.Get("/api/v1/gaps/{id}", s.handle(s.apiGap))
		r.Post("/api/v1/gaps/{id}/dismiss", s.handle(s.apiGapDismiss))
		r.Post("/api/v1/gaps/{id}/reviewed", s.handle(s.apiGapReviewed))
		r.Post("/api/v1/missed/{id}/{word:claim|note|done|undo}", s.handle(s.apiWord))
	})
	r.Get("/healthz", s.handle(s.healthz))
	r.Get("/readyz", s.handle(s.readyz))
	r.Get("/metrics", s.metrics.handler.ServeHTTP)
	return r
}

// wrongMethod says what an address can do: most can only be read.
func (s *site) wrongMethod(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Allow", "GET, HEAD")
	if chi.RouteContext(r.Context()).Routes.Match(chi.NewRouteContext(), http.MethodPost, r.URL.Path) {
		w.Header().Set("Allow", http.MethodPost)
	}
	return failed(http.StatusMethodNotAllowed, readOnly)
}

// unforged refuses requests that would change something on behalf of another
// site.
func (s *site) unforged(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(s.handle(func(http.ResponseWriter, *http.Request) error {
		return failed(http.StatusForbidden, crossSite)
	}))
	return p.Handler(next)
}

// bounded frees what a reader that stalls would hold for ever. Streams set
// their own deadline for every write.
func bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// An error means that the writer knows no deadlines, as in a test.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(30 * time.Second))
		next.ServeHTTP(w, r)
	})
}

// routeOf names the route of a request, which unlike its address holds
// nothing about a call.
func routeOf(r *http.Request) string {
	if c := chi.RouteContext(r.Context()); c != nil && c.RoutePattern() != "" {
		return c.RoutePattern()
	}
	return "none"
}

// packers are compressors at rest.
var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is valid
	return z
}}

// send writes a whole answer, compressed where that pays and is understood.
func (s *site) send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	if len(body) > 1400 { // less fits a packet anyway
		vary := "Accept-Encoding"
		if more := h.Get("Vary"); more != "" {
			vary = more + ", " + vary
		}
		h.Set("Vary", vary) // one line: some caches read the first only
		if static.AcceptsGzip(r.Header.Get("Accept-Encoding")) {
			var packed bytes.Buffer
			z := packers.Get().(*gzip.Writer)
			z.Reset(&packed)
			z.Write(body) // into memory, cannot fail
			z.Close()
			packers.Put(z)
			h.Set("Content-Encoding", "gzip")
			body = packed.Bytes()
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}
