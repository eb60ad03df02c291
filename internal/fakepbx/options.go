package fakepbx

import (
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strings"
	"time"
)

// Options are the settings of a simulated PBX. The zero value is a correct,
// silent exchange: it has a company, makes no calls of its own and no faults.
type Options struct {
	// Seed decides every random choice: two exchanges with equal options say
	// the same events in the same order. Dates and tokens differ with the clock.
	Seed uint64

	// CallsPerMinute is how many journeys (incoming, outgoing and internal) Run
	// begins a minute of real time, on average; with OfficeHours in the busiest
	// hour. 0 means none: only scripted calls. At most 600.
	CallsPerMinute float64

	Users    int    // people of the company, 1 to 900; 0 means 24
	User     string // name of the API user; blank means "api-dash"
	Password string // its password; blank means "callboard"
	Tenant   string // in the API path; blank means "master"

	// NonAdmin makes the API user an ordinary one, who silently gets no call
	// events (dossier section 1).
	NonAdmin bool

	// Speed is how many times faster than people the company rings, talks and
	// gives up; 0 means 1. It does not change CallsPerMinute. At most 1000.
	Speed float64

	Zone        *time.Location // of the company: office hours, flow ids; nil means Europe/Amsterdam
	LocalDates  bool           // dates in Zone instead of UTC
	ClockSkew   time.Duration  // how far the PBX's clock is ahead of ours; negative is behind
	OfficeHours bool           // arrivals follow the hour of the day and the week; otherwise it is always mid-morning
	Warm        bool           // begin with the calls of a company that has been at work for a while
	Load        Load           // replaces the company's traffic

	TokenLifetime       time.Duration // 0 means an hour
	ExpiryClosesSocket  bool          // an expired token takes its sockets with it
	RenewalClosesSocket bool          // so does a renewed one
	NoRenewalToken      bool          // login gives none: renewal is by password
	Toggle              string        // spelling of toggle the PBX understands: any, boolean, string; blank means any
	SocketHost          string        // host[:port] named in socket URLs; blank means the one the client asked
	SocketRefusal       string        // how a bad socket URL is refused: status, text, close; blank means status
	Refusals            []Refusal     // answers instead of service, from the start
	Latency             time.Duration // added to every REST answer
	MaxRequests         int           // at once in one session before 429/10400; 0 means any number
	Queue               int           // frames a socket may owe its client before it is cut; 0 means 1024
	CutEvery            time.Duration // Run cuts all sockets this often; 0 means never
	CutHow              Cut           // how; blank means clean
	DuplicatePercent    float64       // of events sent twice
	DropPercent         float64       // of events never sent
	ReorderWindow       time.Duration // events are held back for a random time up to this
	BlankFields         []string      // fields of call events to blank always, notNull ones too
	BlankStyle          string        // how a blank field looks: empty, null, absent, mix; blank means mix of null and "", as the dossier's example
	Duration            string        // how duration looks: string, number, decimal, clock, missing, mix; blank means string
	NumericOIDs         bool          // oids as JSON numbers
	ExtraKeys           bool          // keys no document knows
	UnknownTypes        bool          // now and then a notification type no document knows
	MuteMissed          bool          // missedCallEvent goes to others, never to this user
	Transfer            string        // what transfers look like: mix or a variant such as z/r1/both/after/xyy; blank means mix
	TransferHint        bool          // callTransferredEvent at every transfer
	Hunting             string        // how lines ring: line (each as set up), parallel, linear, mix; blank means line
	NewCalls            string        // newCallEvent once per call, per phone, or mix; blank means phone
	Presence            string        // what people say of themselves: on, off (nothing), refused (no such list), disordered (versions that do not rise); blank means on
	ReuseIDs            int           // call ids come from so many, so that they return soon; 0 means no return before a restart
	Log                 *slog.Logger  // nil means silence; gets no numbers, names or secrets
}

// Load is a rate of events rather than a company: calls that are only offered,
// connected and hung up, oldest first.
type Load struct {
	LiveCalls       int     // calls up at any time, 1 to 5000; 0 means no load
	EventsPerSecond float64 // call events said a second, at most 1000; 0 means the calls just stand
}

// DemoOptions are those of the demo: a lively company at work.
func DemoOptions() Options {
	return Options{Seed: 1, CallsPerMinute: 6, Users: 24, Speed: 2, Warm: true}
}

func (o *Options) fill() {
	str := func(p *string, def string) {
		if *p == "" {
			*p = def
		}
	}
	if o.Users == 0 {
		o.Users = 24
	}
	str(&o.User, "api-dash")
	str(&o.Password, "callboard")
	str(&o.Tenant, "master")
	if o.Speed == 0 {
		o.Speed = 1
	}
	if o.Zone == nil {
		o.Zone = amsterdam()
	}
	if o.TokenLifetime == 0 {
		o.TokenLifetime = time.Hour
	}
	str(&o.Toggle, "any")
	str(&o.SocketRefusal, "status")
	if o.Queue == 0 {
		o.Queue = 1024
	}
	if o.CutHow == "" {
		o.CutHow = CutClean
	}
	str(&o.BlankStyle, "mix")
	str(&o.Duration, "string")
	str(&o.Transfer, "mix")
	str(&o.Hunting, "line")
	str(&o.NewCalls, "phone")
	str(&o.Presence, "on")
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

// amsterdam falls back to winter time on a machine without zone files.
func amsterdam() *time.Location {
	z, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.FixedZone("CET", 3600)
	}
	return z
}

// Check returns the first setting that cannot be, named as its flag, with the
// value (never the password's) and what is expected.
func (o *Options) Check() error {
	c := *o
	c.fill()
	rules := []struct {
		ok   bool
		name string
		val  any
		want string
	}{
		{c.CallsPerMinute >= 0 && c.CallsPerMinute <= 600, "calls-per-minute", o.CallsPerMinute, "a number from 0 to 600"},
		{c.Users >= 1 && c.Users <= 900, "users", o.Users, "a whole number from 1 to 900"},
		{plain(c.User), "user", o.User, "a name of at most 200 characters, without control characters"},
		{plain(c.Password), "password", "(not shown)", "a text of at most 200 characters, without control characters"},
		{plain(c.Tenant) && !strings.ContainsAny(c.Tenant, "/ ?#%"), "tenant", o.Tenant, "a name that can stand in a path"},
		{c.Speed > 0 && c.Speed <= 1000, "speed", o.Speed, "a number above 0, at most 1000"},
		{c.Load.LiveCalls >= 0 && c.Load.LiveCalls <= 5000, "load-calls", o.Load.LiveCalls, "a whole number from 0 to 5000"},
		{c.Load.EventsPerSecond >= 0 && c.Load.EventsPerSecond <= 1000, "load-events", o.Load.EventsPerSecond, "a number from 0 to 1000"},
		{c.Load.EventsPerSecond == 0 || c.Load.LiveCalls > 0, "load-events", o.Load.EventsPerSecond, "0 without --load-calls"},
		{c.ClockSkew.Abs() <= 48*time.Hour, "clock-skew", o.ClockSkew, "-48h to 48h"},
		{c.TokenLifetime >= time.Second, "token-lifetime", o.TokenLifetime, "at least 1s"},
		{oneOf(c.Toggle, "any", "boolean", "string"), "toggle", o.Toggle, "any, boolean or string"},
		{oneOf(c.SocketRefusal, "status", "text", "close"), "socket-refusal", o.SocketRefusal, "status, text or close"},
		{c.Latency >= 0 && c.Latency <= time.Minute, "latency", o.Latency, "0s to 1m"},
		{c.MaxRequests >= 0, "max-requests", o.MaxRequests, "0 or more"},
		{c.Queue >= 1 && c.Queue <= 1<<20, "queue", o.Queue, "1 to 1048576 frames"},
		{c.CutEvery >= 0, "cut-every", o.CutEvery, "0s or more"},
		{slices.Contains(Cuts, c.CutHow), "cut-how", o.CutHow, "clean, abrupt, half-open or silent"},
		{percent(c.DuplicatePercent), "duplicate-percent", o.DuplicatePercent, "0 to 100"},
		{percent(c.DropPercent), "drop-percent", o.DropPercent, "0 to 100"},
		{c.ReorderWindow >= 0 && c.ReorderWindow <= time.Minute, "reorder-window", o.ReorderWindow, "0s to 1m"},
		{oneOf(c.BlankStyle, "empty", "null", "absent", "mix"), "blank-style", o.BlankStyle, "empty, null, absent or mix"},
		{oneOf(c.Duration, "string", "number", "decimal", "clock", "missing", "mix"), "duration", o.Duration, "string, number, decimal, clock, missing or mix"},
		{oneOf(c.Hunting, "line", "parallel", "linear", "mix"), "hunting", o.Hunting, "line, parallel, linear or mix"},
		{oneOf(c.NewCalls, "phone", "call", "mix"), "new-calls", o.NewCalls, "phone, call or mix"},
		{slices.Contains(Presences, c.Presence), "presence", o.Presence, "on, off, refused or disordered"},
		{c.ReuseIDs == 0 || c.ReuseIDs >= 16, "reuse-ids", o.ReuseIDs, "0, or at least 16"},
	}
	for _, r := range rules {
		if !r.ok {
			return fmt.Errorf("--%s %v: expected %s", r.name, r.val, r.want)
		}
	}
	for _, f := range c.BlankFields {
		if !slices.Contains(callEventFields, f) {
			return fmt.Errorf("--blank-fields %s: expected names of call event fields, such as callerFlowId", f)
		}
	}
	if c.Transfer != "mix" {
		if _, err := ParseTransfer(c.Transfer); err != nil {
			return fmt.Errorf("--transfer %s: expected mix or %w", o.Transfer, err)
		}
	}
	for _, r := range c.Refusals {
		if err := r.check(); err != nil {
			return fmt.Errorf("--refuse %s: expected %w", r, err)
		}
	}
	return nil
}

func plain(s string) bool {
	return len(s) <= 200 && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}

func percent(f float64) bool { return f >= 0 && f <= 100 && !math.IsNaN(f) }

func oneOf(s string, all ...string) bool { return slices.Contains(all, s) }
