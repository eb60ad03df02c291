package fakepbx

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// RegisterFlags gives every setting a flag; what o holds now is the default.
// Check o after parsing.
func (o *Options) RegisterFlags(fs *flag.FlagSet) {
	o.RegisterCompanyFlags(fs)
	str := func(p *string, name, usage string) { fs.StringVar(p, name, *p, usage) }
	flt := func(p *float64, name, usage string) { fs.Float64Var(p, name, *p, usage) }
	num := func(p *int, name, usage string) { fs.IntVar(p, name, *p, usage) }
	dur := func(p *time.Duration, name, usage string) { fs.DurationVar(p, name, *p, usage) }
	yes := func(p *bool, name, usage string) { fs.BoolVar(p, name, *p, usage) }
	shown := *o
	shown.fill()
	o.User, o.Password, o.Tenant = shown.User, shown.Password, shown.Tenant
	o.Toggle, o.SocketRefusal, o.BlankStyle, o.Duration = shown.Toggle, shown.SocketRefusal, shown.BlankStyle, shown.Duration
	o.Transfer, o.Hunting, o.NewCalls, o.CutHow, o.Presence = shown.Transfer, shown.Hunting, shown.NewCalls, shown.CutHow, shown.Presence
	o.TokenLifetime, o.Speed, o.Queue = shown.TokenLifetime, shown.Speed, shown.Queue

	str(&o.User, "user", "`name` of the API user")
	str(&o.Password, "password", "`password` of the API user")
	str(&o.Tenant, "tenant", "`tenant` in the API path")
	fs.Var(inverse{&o.NonAdmin}, "admin", "the API user is an administrator; others get no call events (default true)")
	flt(&o.Speed, "speed", "how many times faster than people the company rings and talks")
	fs.Var(zone{&o.Zone}, "zone", "time `zone` of the company (default Europe/Amsterdam)")
	yes(&o.LocalDates, "local-dates", "dates in the company's zone instead of UTC")
	dur(&o.ClockSkew, "clock-skew", "`how` far the PBX's clock is ahead of ours, or behind")
	yes(&o.OfficeHours, "office-hours", "arrivals follow the hour and the week")
	yes(&o.Warm, "warm", "begin with calls already up")
	num(&o.Load.LiveCalls, "load-calls", "instead of a company: keep so many `calls` up")
	flt(&o.Load.EventsPerSecond, "load-events", "call events a `second` under --load-calls")

	dur(&o.TokenLifetime, "token-lifetime", "`lifetime` of a token")
	yes(&o.ExpiryClosesSocket, "expiry-closes-socket", "an expired token takes its sockets with it")
	yes(&o.RenewalClosesSocket, "renewal-closes-socket", "a renewed token takes its sockets with it")
	yes(&o.NoRenewalToken, "no-renewal-token", "login gives no renewal token")
	str(&o.Toggle, "toggle", "`spelling` of toggle that is understood: any, boolean, string")
	str(&o.SocketHost, "socket-host", "`host[:port]` named in socket URLs")
	str(&o.SocketRefusal, "socket-refusal", "`how` a bad socket URL is refused: status, text, close")
	fs.Var(refusals{&o.Refusals}, "refuse", "answer requests of an endpoint with an error, as `login=401/10004x3`; may be given often, or joined by commas")
	dur(&o.Latency, "latency", "`delay` of every REST answer")
	num(&o.MaxRequests, "max-requests", "`number` of requests at once before 429; 0 means any")
	num(&o.Queue, "queue", "`frames` a socket may owe its client before it is cut")
	dur(&o.CutEvery, "cut-every", "cut all sockets this `often`; 0 means never")
	fs.StringVar((*string)(&o.CutHow), "cut-how", string(o.CutHow), "`how` sockets are cut: clean, abrupt, half-open, silent")
	flt(&o.DuplicatePercent, "duplicate-percent", "`percent` of events sent twice")
	flt(&o.DropPercent, "drop-percent", "`percent` of events never sent")
	dur(&o.ReorderWindow, "reorder-window", "events are held back for a random `time` up to this")
	fs.Var(list{&o.BlankFields}, "blank-fields", "call event `fields` that are always blank, joined by commas")
	str(&o.BlankStyle, "blank-style", "`look` of a blank field: empty, null, absent, mix")
	str(&o.Duration, "duration", "`look` of duration: string, number, decimal, clock, missing, mix")
	yes(&o.NumericOIDs, "numeric-oids", "oids as numbers")
	yes(&o.ExtraKeys, "extra-keys", "keys that no document knows")
	yes(&o.UnknownTypes, "unknown-types", "notification types that no document knows")
	yes(&o.MuteMissed, "mute-missed", "missedCallEvent never reaches this user")
	str(&o.Transfer, "transfer", "`look` of transfers: mix, or callId/flows/announce/when/order as z/r1/both/after/xyy")
	yes(&o.TransferHint, "transfer-hint", "callTransferredEvent at every transfer")
	str(&o.Hunting, "hunting", "`way` lines ring: line, parallel, linear, mix")
	str(&o.NewCalls, "new-calls", "one newCallEvent per `what`: phone, call, mix")
	str(&o.Presence, "presence", "`way` people's presence is told: on, off, refused, disordered")
	num(&o.ReuseIDs, "reuse-ids", "call ids come from so `many`; 0 means no return before a restart")
}

// RegisterCompanyFlags are those that make sense in a demo: --seed,
// --calls-per-minute and --users.
func (o *Options) RegisterCompanyFlags(fs *flag.FlagSet) {
	if o.Users == 0 {
		o.Users = 24
	}
	fs.Uint64Var(&o.Seed, "seed", o.Seed, "`seed` of every random choice")
	fs.Float64Var(&o.CallsPerMinute, "calls-per-minute", o.CallsPerMinute, "`journeys` begun a minute; 0 means none")
	fs.IntVar(&o.Users, "users", o.Users, "`people` in the company, 1 to 900")
}

// inverse is a flag for the opposite of a setting whose zero value is the
// usual case.
type inverse struct{ p *bool }

func (v inverse) IsBoolFlag() bool { return true }
func (v inverse) String() string   { return strconv.FormatBool(v.p == nil || !*v.p) }
func (v inverse) Set(s string) error {
	b, err := strconv.ParseBool(s)
	if err != nil {
		return fmt.Errorf("expected true or false")
	}
	*v.p = !b
	return nil
}

type zone struct{ p **time.Location }

func (v zone) String() string {
	if v.p == nil || *v.p == nil {
		return ""
	}
	return (*v.p).String()
}

func (v zone) Set(s string) error {
	z, err := time.LoadLocation(s)
	if err != nil || s == "" {
		return fmt.Errorf("expected a zone such as Europe/Amsterdam")
	}
	*v.p = z
	return nil
}

type refusals struct{ p *[]Refusal }

func (v refusals) String() string {
	if v.p == nil {
		return ""
	}
	var all []string
	for _, r := range *v.p {
		all = append(all, r.String())
	}
	return strings.Join(all, ",")
}

func (v refusals) Set(s string) error {
	for one := range strings.SplitSeq(s, ",") {
		r, err := ParseRefusal(strings.TrimSpace(one))
		if err != nil {
			return fmt.Errorf("expected %w", err)
		}
		*v.p = append(*v.p, r)
	}
	return nil
}

type list struct{ p *[]string }

func (v list) String() string {
	if v.p == nil {
		return ""
	}
	return strings.Join(*v.p, ",")
}

func (v list) Set(s string) error {
	*v.p = nil
	for f := range strings.SplitSeq(s, ",") {
		if f = strings.TrimSpace(f); f != "" && !slices.Contains(*v.p, f) {
			*v.p = append(*v.p, f)
		}
	}
	return nil
}
