package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"callboard/internal/access"
	"callboard/internal/backtest"
	"callboard/internal/embed"
	"callboard/internal/hub"
	"callboard/internal/oidc"
	"callboard/internal/privacy"
	"callboard/internal/redact"
	"callboard/static"
	"callboard/views"
)

// Config is what the web needs to know. Hub, Files and Metrics must be set.
type Config struct {
	Hub     *hub.Hub
	Files   *static.Files
	Metrics *Metrics
	Travel  Recorder // nil: there is no record, and no page of another moment than now

	// Access knows people, programs and displays; nil: sign-in is off, and whoever
	// asks is an administrator.
	Access *access.Service

	OIDC *oidc.Client // the company's sign-in service; nil: there is none

	Backtests *backtest.Runner // nil: there is no record to try limits on

	Company  string  // shown beside the product's name; empty: as the settings say
	Demo     bool    // the PBX is simulated, which every page says
	Loopback bool    // listens on loopback only: refuse foreign Host names
	Streams  Streams // how many live pages at once

	// TrustedProxies are the peers whose X-Forwarded-For and X-Forwarded-Proto
	// count; nobody else's do.
	TrustedProxies []netip.Prefix
	PublicURL      *url.URL // scheme and host by which people come; nil: whatever they asked for
	Plain          bool     // the network may come in the clear, as somebody decided in words
	NoHSTS         bool     // browsers are not told to come by https for a year

	// EmbedParents are the origins whose pages may frame the views of /embed/;
	// empty: there are no such views. Embeds knows the frames, and what they see is
	// never milder than EmbedLevel.
	EmbedParents []string
	EmbedLevel   privacy.Level
	Embeds       *embed.Book // nil: nobody was given one
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
	// Displays are the screens that were paired, where sign-in is off: nil keeps
	// them in memory. Otherwise they are those of Access.
	Displays *access.Displays
	Log      *slog.Logger // nil discards
	// MetricsToken lets programs read /metrics that bring it; empty lets none.
	MetricsToken redact.Secret
}

// site is the handler; safe for concurrent use.
type site struct {
	Config
	record    Record // nil: nothing is kept
	durations durationBook
	assets    views.Assets
	streams   streamer
	crowd     crowd        // of streams
	played    atomic.Int64 // of these, of recorded boards
	pulse     pulse
	markbook  markbook
	doors     []Door // every route, in the order they were registered
	proofs    proofs
	log       *slog.Logger
	metrics   *Metrics
}

// Storybook is the page of every component in every state.
func Storybook(assets views.Assets) http.Handler { return templ.Handler(views.Storybook(assets)) }

// New returns the handler for everything the product answers. It fails when a
// file that pages need is not there.
func New(c Config) (http.Handler, error) {
	_, h, err := build(c)
	return h, err
}

func build(c Config) (*site, http.Handler, error) {
	s := &site{Config: c, record: recordOf(c), streams: newCage(), log: c.Log, metrics: c.Metrics}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.Access != nil {
		s.Access.SecureBy(s.secure)
		s.Displays = s.Access.Displays()
	}
	if s.Displays == nil {
		s.Displays = access.NewDisplays(access.DisplayOptions{Log: s.log})
	}
	s.Streams = s.Streams.filled()
	for name, to := range map[string]*string{
		"tv.js": &s.assets.TV, "ended.js": &s.assets.Ended,
		"app.css": &s.assets.CSS, "app.js": &s.assets.JS, "wall.js": &s.assets.Wall, "kept.js": &s.assets.Kept, "desk.js": &s.assets.Desk, "alerts.js": &s.assets.Alerts, "copy.js": &s.assets.Copy, "print.js": &s.assets.Print, "missed.js": &s.assets.Missed, "history.js": &s.assets.History, "travel.js": &s.assets.Travel, "backtest.js": &s.assets.Backtest, "access.js": &s.assets.Access, "play.js": &s.assets.Play, "frame.js": &s.assets.Frame,
		"manifest.webmanifest": &s.assets.Manifest, "icons/touch.png": &s.assets.Touch, "favicon.svg": &s.assets.Icon, "fonts/inter.woff2": &s.assets.Font,
	} {
		u, err := c.Files.URL(name)
		if err != nil {
			return nil, nil, fmt.Errorf("web: %w", err)
		}
		*to = u
	}
	c.Metrics.watch(c.Hub, s.played.Load)
	c.Metrics.buildInfo(c.Hub.Build())
	return s, s.routes(), nil
}

// wrongMethod says what an address can do.
func (s *site) wrongMethod(w http.ResponseWriter, r *http.Request) error {
	var allow []string
	routes := chi.RouteContext(r.Context()).Routes
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		if routes.Match(chi.NewRouteContext(), method, r.URL.Path) {
			allow = append(allow, method)
		}
	}
	if i := slices.Index(allow, http.MethodGet); i >= 0 {
		allow = slices.Insert(allow, i+1, http.MethodHead)
	}
	w.Header().Set("Allow", strings.Join(allow, ", "))
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

// bounded frees what a reader that stalls would hold for ever. It is longer than
// the server takes to read a request, so that who sent too slowly is told so. Streams set
// their own deadline for every write.
func bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// An error means that the writer knows no deadlines, as in a test.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(40 * time.Second))
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

// vary says in one line what else an answer depends on: some caches read the
// first line only.
func vary(h http.Header, on string) {
	switch has := h.Get("Vary"); {
	case has == "":
		h.Set("Vary", on)
	case !slices.Contains(strings.Split(has, ", "), on):
		h.Set("Vary", has+", "+on)
	}
}

// packers are compressors at rest.
var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is valid
	return z
}}

// send writes a whole answer, compressed where that pays and is understood. Who
// is told to come later, as in an attack on sign-in, costs as little as can be.
func (s *site) send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	if len(body) > 1400 && status != http.StatusTooManyRequests { // less fits a packet anyway
		vary(h, "Accept-Encoding")
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
