package app

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"callboard/internal/access"
	"callboard/internal/backtest"
	"callboard/internal/embed"
	"callboard/internal/eventlog"
	"callboard/internal/feed"
	"callboard/internal/feed/xelion"
	"callboard/internal/hub"
	"callboard/internal/keeper"
	"callboard/internal/oidc"
	"callboard/internal/privacy"
	"callboard/internal/redact"
	"callboard/internal/state"
	"callboard/internal/travel"
	"callboard/internal/web"
	"callboard/static"
)

// At the end streams get farewell to take their last event; a viewer that does
// not read is cut then. grace is for whatever else is under way. Three seconds
// is the promise for the whole.
const (
	farewell = 500 * time.Millisecond
	grace    = 1500 * time.Millisecond
)

// Options are the settings of a board, already checked by whoever read them.
type Options struct {
	Listen          string // host:port; port 0 picks one
	TLSCert, TLSKey string // PEM files; both or neither

	TrustedProxies []netip.Prefix // peers whose word of who asks counts
	PublicURL      *url.URL       // scheme and host by which people come; nil: whatever they ask for
	PlainHTTP      bool           // a network may be served in the clear
	NoHSTS         bool           // browsers are not told to come by https for a year

	Streams      web.Streams   // how many may be open; zeros mean the defaults of package web
	MetricsToken redact.Secret // who brings it may read the metrics; empty: nobody may by that

	Login     string        // how people sign in: "password" or "oidc"; empty or "off" is not at all
	AuditKeep time.Duration // of the audit log; 0 means 400 days

	PBX PBX

	// Company is the sign-in service whose accounts may sign in; nil: none. Its
	// Groups come from Setup, and Log from here.
	Company *oidc.Config

	Zone                *time.Location // of the day boundary and of times on screen; nil means the machine's
	DataDir             string         // exists; where it cannot be written to, nothing is kept and every page says so
	Setup               hub.Setup      // rules and teams at the start; see App.Use
	NoTransferInference bool
	Normal              func(number string) string // form in which telephone numbers are compared; nil compares them as given. Safe for concurrent use

	JournalKeep  time.Duration // how far back time travel goes; 0 means 7 days
	JournalBytes int64         // of the journal on disk; 0 means 1 GiB
	HistoryKeep  time.Duration // of ended calls; 0 means 400 days

	EmbedParents []string      // origins whose pages may frame views; empty: none may
	EmbedLevel   privacy.Level // how plainly frames see, at the most

	LooseSecrets []string // files of secrets that everybody on this machine can read, to be warned of

	Service Service // the service manager that started us, if any

	Demo            bool   // the PBX is simulated, which every page says
	Language        string // "en", "nl" or "de" for viewers who ask for none; empty leaves it to their browsers
	Version, Commit string // of this build
	Log             *slog.Logger
}

// PBX says which PBX to listen to and as whom.
type PBX struct {
	URL, Tenant, User, UserSpace string
	Password                     redact.Secret

	Zone                *time.Location // of dates in the feed; nil means UTC
	Roots               *x509.CertPool // certificates to trust; nil means the machine's
	SingleSubscriptions bool
}

// An App is one board, bound to its address. Run it once, or Close it.
type App struct {
	opt    Options
	log    *slog.Logger
	first  *firstLine   // of log
	ln     net.Listener // TCP, without TLS
	tls    *tls.Config  // nil speaks plain HTTP
	hub    *hub.Hub
	client *xelion.Client
	ids    *callIDs
	keeper *keeper.Keeper
	alarms *alarmbook // nil without a history

	company *oidc.Client    // nil without one
	access  *access.Service // nil where sign-in is off
	alone   func() error    // closes the file of displays, where there is no service

	travel    *travel.Engine   // nil without a journal
	backtests *backtest.Runner // likewise

	handler http.Handler
}

// New builds the parts, restores the board and binds the address. An error that
// wraps syscall.EADDRINUSE says that the address is taken; for the one of a data
// folder that cannot be used by this process, FolderRefused holds.
func New(opt Options) (_ *App, err error) {
	a := &App{opt: opt, first: newFirstLine(slog.DiscardHandler)}
	if opt.Log != nil {
		a.first = newFirstLine(opt.Log.Handler())
	}
	a.log = slog.New(a.first)
	defer func() {
		if err != nil {
			a.first.release(nil)
		}
	}()
	if opt.Zone == nil {
		opt.Zone = time.Local
	}
	if opt.TLSCert != "" {
		cert, err := newCertificate(opt.TLSCert, opt.TLSKey, a.log)
		if err != nil {
			return nil, err
		}
		a.tls = web.TLS(cert.get)
	}
	defer func() {
		if err != nil && a.keeper != nil {
			a.forget()
			a.keeper.Close()
		}
		if err != nil {
			a.closeAccess()
		}
	}()
	if err := a.build(opt); err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", opt.Listen)
	if err != nil {
		return nil, err
	}
	a.ln = ln
	return a, nil
}

// build makes the parts and joins them.
func (a *App) build(opt Options) error {
	files, err := static.New()
	if err != nil {
		return err
	}
	a.client, err = xelion.New(xelion.Config{
		URL: opt.PBX.URL, Tenant: opt.PBX.Tenant, User: opt.PBX.User, Password: opt.PBX.Password.Reveal(),
		UserSpace: opt.PBX.UserSpace, DataDir: opt.DataDir, Zone: opt.PBX.Zone,
		SingleSubscriptions: opt.PBX.SingleSubscriptions,
		HTTP:                pbxClient(opt.PBX.Roots),
		Log:                 a.log.With("part", "feed"),
		OnFrame:             a.record,
	})
	if err != nil {
		return err
	}
	held, err := keeper.Lock(opt.DataDir) // first of all: what follows writes into the folder
	if err != nil {
		return err
	}
	a.ids = newCallIDs(opt.DataDir, a.log)
	metrics := web.NewMetrics(func() int { return a.client.Info().Reconnects })
	model := state.Config{Zone: opt.Zone, NoInference: opt.NoTransferInference, Normal: opt.Normal}
	a.keeper, err = keeper.Open(keeper.Options{
		Dir: opt.DataDir, State: model, Held: held, NextCall: a.ids.first,
		JournalKeep: opt.JournalKeep, JournalBytes: opt.JournalBytes, HistoryKeep: opt.HistoryKeep,
		Log: a.log.With("part", "keeper"),
	})
	if err != nil {
		return err
	}
	up := a.remember()
	a.hub = hub.New(hub.Options{
		OnAlarm:           a.told,
		Alarms:            up,
		State:             model,
		Board:             a.keeper.Board(),
		OnInput:           a.keeper.OnInput,
		Storage:           func() hub.Storage { return aboutStorage(a.keeper.Status()) },
		Build:             buildName(opt),
		Zone:              opt.Zone,
		Setup:             opt.Setup,
		Notice:            readNotice(opt.DataDir, a.log),
		OnNotice:          func(n hub.Notice) error { return keepNotice(opt.DataDir, n) },
		Language:          opt.Language,
		Log:               a.log.With("part", "hub"),
		OnSnapshotWanted:  a.client.RequestSnapshot,
		OnReconnectWanted: a.client.Reconnect,
		OnEventToFrame:    metrics.EventToFrame,
		PBX:               func() hub.PBX { return aboutPBX(a.client.Info()) },
		Past:              pastHours(a.keeper.History(), opt.Zone),
	})
	a.keeper.Watch(a.hub)
	host, _, err := net.SplitHostPort(opt.Listen)
	if err != nil {
		return fmt.Errorf("listen address: %w", err)
	}
	cfg := web.Config{
		Hub: a.hub, Files: files, Metrics: metrics,
		Demo: opt.Demo, Loopback: Loopback(host),
		TrustedProxies: opt.TrustedProxies, PublicURL: opt.PublicURL, NoHSTS: opt.NoHSTS,
		Plain:       opt.PlainHTTP && opt.TLSCert == "" && !Loopback(host),
		HistoryKeep: opt.HistoryKeep,
		Streams:     opt.Streams, MetricsToken: opt.MetricsToken,
		EmbedParents: opt.EmbedParents, EmbedLevel: opt.EmbedLevel, Embeds: embed.Open(opt.DataDir),
		Log: a.log.With("part", "web"),
	}
	if a.company, err = companySignIn(opt, a.log); err != nil {
		return err
	}
	if a.access, err = a.openAccess(opt); err != nil {
		return err
	}
	if cfg.Access = a.access; a.access == nil {
		cfg.Displays = a.openDisplays(opt)
	}
	cfg.OIDC = a.company
	show(a.keeper.History(), &cfg)
	if opt.Demo { // everything there is invented, like the demo itself
		cfg.Storybook = web.Storybook
	}
	a.lookBack(opt, model, &cfg)
	a.handler, err = web.New(cfg)
	return err
}

// record hands what the PBX sent to the flight recorder, for "dashboard capture".
func (a *App) record(at time.Time, kind string, body []byte) {
	if journal := a.keeper.Journal(); journal != nil {
		journal.RecordFrame(eventlog.Frame{At: at, Kind: kind, Body: body})
	}
}

// buildName tells builds apart: pages of another build load themselves again.
func buildName(opt Options) string {
	const short = 12
	commit := opt.Commit
	if len(commit) > short {
		commit = commit[:short]
	}
	switch {
	case commit == "":
		return opt.Version
	case opt.Version == "" || opt.Version == "devel":
		return commit
	}
	return opt.Version
}

// Loopback reports that only this machine can reach the host.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// pbxClient returns nil, which leaves everything to the feed, unless
// certificates of one's own are to be trusted.
func pbxClient(roots *x509.CertPool) *http.Client {
	if roots == nil {
		return nil
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}
	transport.TLSHandshakeTimeout = 10 * time.Second
	transport.ResponseHeaderTimeout = 30 * time.Second
	return &http.Client{Transport: transport}
}

// aboutPBX hands on what the feed knows of its far end.
func aboutPBX(i feed.Info) hub.PBX {
	return hub.PBX{
		Host: i.Host, Tenant: i.Tenant, Product: i.Product, Version: i.Version, Build: i.Build, UserSpace: i.UserSpace,
		ConnectedSince: i.ConnectedSince, TokenUntil: i.TokenUntil, Reconnects: i.Reconnects, Messages: i.Messages,
	}
}

// Use puts other rules, teams and groups into effect.
func (a *App) Use(s hub.Setup) {
	a.hub.Use(s)
	if a.company != nil {
		a.company.Use(companyGroups(s.Rules))
	}
	a.noteSettings()
}

// Refuse says on the status page why another setup was not taken.
func (a *App) Refuse(why string) { a.hub.Refuse(why) }

// Addr is where the board listens.
func (a *App) Addr() net.Addr { return a.ln.Addr() }

// Close gives address and data folder back if the app never runs.
func (a *App) Close() error {
	a.first.release(nil)
	a.forget()
	return errors.Join(a.ln.Close(), a.keeper.Close(), a.closeAccess())
}

// Run serves until ctx ends, which is a clean stop and returns nil, or until a
// part fails, which returns that failure. Everything has ended when it returns.
func (a *App) Run(ctx context.Context) error {
	// The first line, which outside programs read the address from.
	a.first.release(func(to slog.Handler) {
		home := a.home()
		slog.New(to).Info("listening", "addr", a.Addr().String(), "url", home.String())
	})

	for _, file := range a.opt.LooseSecrets {
		a.log.Warn("a secret can be read by everybody on this machine", "file", file, "expected", "mode 0600")
	}
	if a.tls == nil && a.opt.PlainHTTP {
		a.log.Warn("this board is served without encryption: whoever is on the way reads numbers and passwords", "setting", "--plain-http=unprotected")
	}

	ctx, stop := context.WithCancelCause(ctx)
	// Requests outlive ctx for a moment: the hub's end says goodbye to streams.
	requests, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	server := web.Server(requests, a.handler, a.log)
	server.TLSConfig = a.tls
	parts := map[string]func() error{
		"hub": func() error { return a.hub.Run(ctx) },
		"feed": func() error {
			return feed.Keep(ctx, a.client, xelion.RecordLinks(a.hub, a.record), a.log.With("part", "feed"))
		},
		"ids":  func() error { a.ids.keep(ctx, a.hub); return nil },
		"keep": func() error { return a.keeper.Run(ctx) },
		"http": func() error { return a.serve(server) },
	}
	if a.access != nil {
		if a.opt.Login == "password" { // elsewhere administrators come by their groups
			a.access.SetupCode() // its link comes after the first line
		}
		parts["access"] = func() error { return a.access.Run(ctx) }
	}
	if a.opt.Service.Watchdog > 0 {
		parts["watchdog"] = func() error { a.opt.Service.watch(ctx, a.hub.Ping); return nil }
	}
	if a.alarms != nil {
		parts["alarms"] = func() error { a.alarms.run(ctx); return nil }
	}
	if a.company != nil {
		parts["company sign-in"] = func() error { return a.company.Run(ctx) }
	}
	ended := make(chan struct{}, len(parts))
	for name, run := range parts {
		go func() {
			defer func() { ended <- struct{}{} }()
			err := run()
			if ctx.Err() == nil { // nobody asked it to end
				if err == nil {
					err = errors.New("ended by itself")
				}
				stop(&failure{name, err})
			}
		}()
	}
	a.opt.Service.tell("READY=1")
	<-ctx.Done()
	a.opt.Service.tell("STOPPING=1")
	a.log.Info("stopping")
	a.shutdown(server, cut)
	for range parts {
		<-ended
	}
	a.forget()
	a.hub.Stop() // nothing brings inputs any more
	if err := a.keeper.Close(); err != nil {
		a.log.Warn("the data folder was not left in order", "error", err)
	}
	if err := a.closeAccess(); err != nil {
		a.log.Warn("the file of accounts was not left in order", "error", err)
	}
	stop(nil)
	if why, ok := errors.AsType[*failure](context.Cause(ctx)); ok {
		return why
	}
	a.log.Info("stopped")
	return nil
}

// A failure is the end of a part that nobody asked for.
type failure struct {
	part string
	err  error
}

func (f *failure) Error() string { return f.part + ": " + f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func (a *App) serve(server *http.Server) error {
	var err error
	ln := web.Gate(a.ln, a.opt.TrustedProxies)
	if a.tls != nil {
		err = server.ServeTLS(ln, "", "")
	} else {
		err = server.Serve(ln)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// shutdown lets streams say goodbye, ends those that do not, lets other open
// requests end, and cuts what is left.
func (a *App) shutdown(server *http.Server, cut func()) {
	within := func(limit time.Duration) error {
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		defer cancel()
		return server.Shutdown(ctx)
	}
	if within(farewell) == nil {
		return
	}
	cut()
	if err := within(grace); err != nil {
		a.log.Debug("requests cut at the end", "error", err)
		server.Close()
	}
}
