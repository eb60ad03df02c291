package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"callboard/internal/app"
	"callboard/internal/fakepbx"
	"callboard/internal/hub"
	"callboard/internal/redact"
	"callboard/internal/rules"
	"callboard/internal/teams"
)

// demoCompany is big enough to fill the screen of a desk.
func demoCompany() fakepbx.Options {
	opt := fakepbx.DemoOptions()
	opt.Users, opt.CallsPerMinute = 40, 12
	return opt
}

// demoSetup is what holds in the demo without files: its company's name and
// teams. The simulator numbers its house staff by what they do and spreads
// everybody else over the four lines in turn.
func demoSetup() hub.Setup {
	numbers := map[string][]string{}
	add := func(team string, number int) { numbers[team] = append(numbers[team], strconv.Itoa(number)) }
	for number := 201; number <= 259; number++ {
		switch {
		case number <= 230:
			add("Verkoop", number)
		case number <= 250:
			add("Service", number)
		default:
			add("Kantoor", number)
		}
	}
	for n := range 900 {
		number := 260 + n
		if number > 999 {
			number = 2000 + n
		}
		add([]string{"Verkoop", "Service", "Kantoor", "Service"}[n%4], number)
	}
	var file strings.Builder
	file.WriteString("teams:\n")
	for _, team := range []struct{ name, lines string }{{"Verkoop", "Verkoop"}, {"Service", "Support, Storing"}, {"Kantoor", "Administratie"}} {
		fmt.Fprintf(&file, "  - {name: %s, lines: [%s], users: [%s]}\n", team.name, team.lines, strings.Join(numbers[team.name], ", "))
	}
	s := hub.Setup{Rules: rules.Default()}
	s.Rules.Company = "Van Dijk Installatie"
	var err error
	if s.Teams, err = teams.Parse("demo", []byte(file.String())); err != nil {
		panic(err) // a test reads it
	}
	return s
}

// demo runs the board of a simulated PBX until the context ends. The board
// knows nothing of that: it logs in, opens a socket and asks for a snapshot as
// it would anywhere.
func demo(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	own := f.own("off", "", " (default a fresh temporary folder, removed at the end)")
	own.files.builtIn = demoSetup()
	company := f.company(demoCompany())
	if err := f.parse(c); err != nil {
		return err
	}
	log, err := own.log.logger(c.stderr)
	if err != nil {
		return err
	}
	sim, err := company.options()
	if err != nil {
		return err
	}
	opt := app.Options{Log: log, Demo: true}
	if err := own.fill(&opt, c.getenv); err != nil {
		return err
	}
	if own.dataDir.text == "" {
		if opt.DataDir, err = os.MkdirTemp("", "dashboard-demo-"); err != nil {
			return err
		}
		defer os.RemoveAll(opt.DataDir)
	} else if opt.DataDir, err = checkDataDir(own.dataDir, c.getenv); err != nil {
		return err
	}

	// The simulator outlives the board, so that the board can log out.
	sim.Log = log.With("part", "fakepbx")
	simCtx, stopSim := context.WithCancel(context.WithoutCancel(ctx))
	url, ended, err := startPBX(simCtx, sim)
	if err != nil {
		stopSim()
		return err
	}
	opt.PBX = app.PBX{URL: url, Tenant: sim.Tenant, User: sim.User, Password: redact.Secret(sim.Password), UserSpace: "dashboard-demo", Zone: time.UTC}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() { cancel(<-ended) }() // a simulator that broke ends the demo
	err = runApp(ctx, opt, own)
	broke := context.Cause(ctx)
	stopSim()
	if err == nil && broke != nil && !errors.Is(broke, context.Canceled) {
		err = broke
	}
	return err
}

// startPBX runs a simulated PBX on a loopback port of its own until ctx ends.
// The channel gets why it ended; nil is an end that was asked for.
func startPBX(ctx context.Context, opt fakepbx.Options) (url string, ended <-chan error, err error) {
	listening, end := make(chan string, 1), make(chan error, 1)
	go func() {
		end <- fakepbx.ListenAndServe(ctx, "127.0.0.1:0", opt, func(pbx *fakepbx.PBX, addr string) {
			go greet(ctx, pbx)
			listening <- addr
		})
	}()
	select {
	case addr := <-listening:
		return "http://" + addr, end, nil
	case err := <-end:
		return "", nil, fmt.Errorf("the simulated PBX: %w", err)
	}
}

// greet lets a customer call as soon as the board listens. A board does not
// call itself live before its first call event, and nobody who looks at a demo
// waits for that.
func greet(ctx context.Context, pbx *fakepbx.PBX) {
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for pbx.Counters().Subscriptions["newCallEvent"] == 0 {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
	}
	if story, ok := fakepbx.ScenarioNamed("inbound answered"); ok {
		pbx.Play(ctx, story) // its only error is the end of ctx
	}
}

// company are the settings of the simulated company that the demo offers.
type company struct {
	standard          fakepbx.Options
	seed, rate, users *setting
}

func (f *flags) company(standard fakepbx.Options) company {
	return company{
		standard: standard,
		seed:     f.text("seed", strconv.FormatUint(standard.Seed, 10), "decides every random choice: equal seeds, equal stories"),
		rate:     f.text("calls-per-minute", strconv.FormatFloat(standard.CallsPerMinute, 'g', -1, 64), "calls that begin in a minute, on average"),
		users:    f.text("users", strconv.Itoa(standard.Users), "people of the company"),
	}
}

// options checks the settings.
func (c company) options() (fakepbx.Options, error) {
	opt, err := c.standard, error(nil)
	if opt.Seed, err = strconv.ParseUint(c.seed.text, 10, 64); err != nil {
		return opt, c.seed.wrong("a whole number from 0 to 18446744073709551615")
	}
	const most = 600 // the simulator's own limit
	if opt.CallsPerMinute, err = strconv.ParseFloat(c.rate.text, 64); err != nil || !(opt.CallsPerMinute >= 0 && opt.CallsPerMinute <= most) {
		return opt, c.rate.wrong("a number from 0 to %d", most)
	}
	if opt.Users, err = c.users.int(1, 900); err != nil {
		return opt, err
	}
	opt.User, opt.Password, opt.Tenant = "api-dash", "callboard", "master"
	if err := opt.Check(); err != nil {
		return opt, usagef("%s", err)
	}
	return opt, nil
}
