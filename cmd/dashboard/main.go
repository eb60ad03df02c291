// Command dashboard is Callboard: the live board of a company's telephone
// calls, fed by a Xelion PBX.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // zones must be known on machines without zone files too
)

// Exit codes that outside programs rely on.
const (
	exitOK      = 0 // clean stop
	exitFailure = 1 // it ran and failed
	exitUsage   = 2 // wrong usage or configuration; nothing was opened
)

// gcPercent is how much garbage may gather against what is in use: little, as a
// board makes much of it and shares its machine with others. At 200 events a
// second 25 takes a hundredth of a core more than 40, and 3.5 MB less. GOGC wins.
const gcPercent = 25

// tidyAfter is when the memory that starting took is given back.
const tidyAfter = 5 * time.Second

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	time.AfterFunc(tidyAfter, debug.FreeOSMemory)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	// Give the signals back as soon as the first one came, so that a second
	// one ends a stop that takes too long.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// A command is one word after the program's name.
type command struct {
	name, summary string
	run           func(ctx context.Context, c *call) error
}

// A call is one use of a command.
type call struct {
	command
	args           []string
	getenv         func(string) string
	stdout, stderr io.Writer
	stdin          *os.File
}

// commands in the order in which help lists them.
func commands() []command {
	return []command{
		{"serve", "the live board of a real PBX", serve},
		{"demo", "the live board of a simulated PBX, for looking at", demo},
		{"fakepbx", "the simulated PBX alone", fakePBX},
		{"user", "people who may sign in: list, add, change, passwd, ...", people},
		{"audit", "who did what: the audit log as text, CSV or JSON, and its proof", audit},
		{"export", "past calls as CSV or JSON; also while the service runs", export},
		{"erase", "takes one telephone number or colleague out of everything that is kept", erase},
		{"capture", "a recording of the feed without names and numbers, to give away", captureFeed},
		{"replay", "a board that plays such a recording", replay},
		{"settings", "a settings file with the defaults, to begin one's own with", printSettings},
		{"backtest", "what alarms other limits would have raised on the record", backTest},
		{"embed", "shares a view for a page of others, such as an intranet; lists and revokes", shareView},
		{"check", "whether a running service works: exit code 0 or 1", check},
		{"version", "version, commit and Go version; also the list of parts", version},
	}
}

// errHelp says that the answer was help, already printed.
var errHelp = errors.New("help")

// run is the whole program; getenv stands for the environment. It returns the
// exit code.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprintf(stderr, "dashboard: no command: expected %s\n", commandNames())
		return exitUsage
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		if len(rest) == 0 {
			overview(stdout)
			return exitOK
		}
		name, rest = rest[0], append(rest[1:], "-h")
	}
	for _, cmd := range commands() {
		if cmd.name != name {
			continue
		}
		err := cmd.run(ctx, &call{command: cmd, args: rest, getenv: getenv, stdout: stdout, stderr: stderr, stdin: os.Stdin})
		var usage *usageError
		var file *fileError
		switch {
		case err == nil, errors.Is(err, errHelp):
			return exitOK
		case errors.As(err, &usage):
			fmt.Fprintf(stderr, "dashboard %s: %s\n", name, usage)
			return exitUsage
		case errors.As(err, &file):
			fmt.Fprintf(stderr, "dashboard %s: %s\n", name, oneLine(file.Error()))
			return exitUsage
		default:
			fmt.Fprintf(stderr, "dashboard %s: %s\n", name, oneLine(err.Error()))
			return exitFailure
		}
	}
	fmt.Fprintf(stderr, "dashboard: unknown command %s: expected %s\n", quote(name), commandNames())
	return exitUsage
}

// commandNames are all words that may follow the program's.
func commandNames() string {
	var names []string
	for _, cmd := range commands() {
		names = append(names, cmd.name)
	}
	return strings.Join(names, ", ") + " or help"
}

func overview(w io.Writer) {
	fmt.Fprint(w, "Callboard, the live board of a company's telephone calls.\n\nUsage: dashboard COMMAND [FLAGS]\n\n")
	for _, cmd := range commands() {
		fmt.Fprintf(w, "  %-8s  %s\n", cmd.name, cmd.summary)
	}
	fmt.Fprint(w, "\n\"dashboard help COMMAND\" lists its flags.\n")
}
