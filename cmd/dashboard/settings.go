package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/peterbourgon/ff/v3"
)

// A usageError is a mistake of the person who started the program: it names
// the setting, its value unless that may be secret, and what is expected.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return &usageError{oneLine(fmt.Sprintf(format, args...))}
}

// A setting is one flag and, where the command reads the environment, its
// variable. The value stays text until the command checks it, so that a wrong
// one is reported in the same words wherever it came from.
type setting struct {
	text    string
	name    string
	env     string // empty when the command reads no environment
	boolean bool
	loose   string // a file of a secret that everybody on this machine can read
}

func (s *setting) String() string        { return s.text }
func (s *setting) IsBoolFlag() bool      { return s.boolean }
func (s *setting) Set(text string) error { s.text = text; return nil }

// label names the setting in all the ways in which it can be given.
func (s *setting) label() string {
	if s.env == "" {
		return "--" + s.name
	}
	return "--" + s.name + " (" + s.env + ")"
}

// wrong says what was expected of the setting instead of its value.
func (s *setting) wrong(expected string, args ...any) error {
	return s.wrongValue(s.text, expected, args...)
}

// wrongValue is wrong for a setting whose text must be shown otherwise.
func (s *setting) wrongValue(shown, expected string, args ...any) error {
	expected = fmt.Sprintf(expected, args...)
	if shown == "" {
		return usagef("%s is not set: expected %s", s.label(), expected)
	}
	return usagef("%s is %s: expected %s", s.label(), quote(shown), expected)
}

// bool reads an on/off setting.
func (s *setting) bool() (bool, error) {
	on, err := strconv.ParseBool(s.text)
	if err != nil {
		return false, s.wrong("true or false")
	}
	return on, nil
}

// int reads a whole number from low to high.
func (s *setting) int(low, high int) (int, error) {
	n, err := strconv.Atoi(s.text)
	if err != nil || n < low || n > high {
		return 0, s.wrong("a whole number from %d to %d", low, high)
	}
	return n, nil
}

// length reads a length of time from low to high: a number of days such as 7d,
// or what Go calls a duration, such as 36h.
func (s *setting) length(low, high time.Duration) (time.Duration, error) {
	var d time.Duration
	days, isDays := strings.CutSuffix(s.text, "d")
	n, err := strconv.Atoi(days)
	if isDays && err == nil && n <= int(high/(24*time.Hour)) {
		d = time.Duration(n) * 24 * time.Hour
	} else {
		d, err = time.ParseDuration(s.text)
	}
	if err != nil || d < low || d > high {
		return 0, s.wrong("a length of time from %s to %s, such as 36h or 7d", inDays(low), inDays(high))
	}
	return d, nil
}

// inDays prints a length as it is written in a setting.
func inDays(d time.Duration) string {
	if d%(24*time.Hour) == 0 {
		return strconv.Itoa(int(d/(24*time.Hour))) + "d"
	}
	return strconv.Itoa(int(d/time.Hour)) + "h"
}

// units of sizes; a bare number is bytes.
var units = []struct {
	name  string
	bytes int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40},
	{"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"B", 1}, {"", 1},
}

// size reads a number of bytes from low to high.
func (s *setting) size(low, high int64) (int64, error) {
	for _, u := range units {
		text, ok := strings.CutSuffix(s.text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			continue
		}
		if n *= float64(u.bytes); n >= float64(low) && n <= float64(high) {
			return int64(n), nil
		}
		break
	}
	return 0, s.wrong("a size from %s to %s, such as 500MB or 1GiB", inUnits(low), inUnits(high))
}

// inUnits prints a size as it is written in a setting.
func inUnits(n int64) string {
	for _, u := range []int{3, 2, 1, 0} {
		if b := units[u].bytes; n >= b && n%b == 0 {
			return strconv.FormatInt(n/b, 10) + units[u].name
		}
	}
	return strconv.FormatInt(n, 10)
}

// oneOf checks that the value is one of the words.
func (s *setting) oneOf(words ...string) error {
	if slices.Contains(words, s.text) {
		return nil
	}
	return s.wrong("%s or %s", strings.Join(words[:len(words)-1], ", "), words[len(words)-1])
}

// A flags is the flag set of one command.
type flags struct {
	*flag.FlagSet
	prefix  string  // of environment variables; empty reads none
	called  string  // what help calls the one argument that is no flag
	operand *string // takes it; nil where there is none
}

// takes lets a command have one argument that is no flag, before, between or
// behind its flags.
func (f *flags) takes(called string, operand *string) { f.called, f.operand = called, operand }

func newFlags(c *call, prefix string) *flags {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard) // errors are ours to print, on one line
	return &flags{FlagSet: fs, prefix: prefix}
}

// text adds a setting.
func (f *flags) text(name, standard, usage string) *setting {
	s := &setting{name: name, text: standard}
	if f.prefix != "" {
		s.env = variable(f.prefix, name)
		usage += " [$" + s.env + "]"
	}
	f.Var(s, name, usage)
	return s
}

// toggle adds an on/off setting that is off by default.
func (f *flags) toggle(name, usage string) *setting {
	s := f.text(name, "false", usage)
	s.boolean = true
	return s
}

// variable is the environment variable of a flag.
func variable(prefix, name string) string {
	return prefix + "_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// parse reads the arguments and then the environment; an argument wins over
// its variable, and a variable over the default.
func (f *flags) parse(c *call) error {
	// ff reads the process environment by itself. Ours is handed in, so it
	// takes the place of ff's last source, the configuration file: the file
	// is the null device and the parser does not look at it.
	environment := func(_ io.Reader, set func(name, value string) error) error {
		var err error
		f.VisitAll(func(fl *flag.Flag) {
			if value := c.getenv(variable(f.prefix, fl.Name)); value != "" && err == nil {
				err = set(fl.Name, value)
			}
		})
		return err
	}
	var options []ff.Option
	if f.prefix != "" {
		options = append(options, ff.WithConfigFile(os.DevNull), ff.WithConfigFileParser(environment))
	}
	err := ff.Parse(f.FlagSet, c.args, options...)
	if err == nil && f.operand != nil && f.NArg() > 0 {
		*f.operand = f.Arg(0)
		err = f.FlagSet.Parse(f.Args()[1:])
	}
	if errors.Is(err, flag.ErrHelp) {
		f.help(c)
		return errHelp
	}
	if err != nil {
		if inner := errors.Unwrap(err); inner != nil {
			err = inner
		}
		return usagef("%s: expected the flags that \"dashboard help %s\" lists", err, c.name)
	}
	if f.NArg() > 0 {
		only := "flags only"
		if f.operand != nil {
			only = "one " + strings.Trim(f.called, "[]") + " and flags"
		}
		return usagef("unexpected argument %s: expected "+only+", see \"dashboard help %s\"", quote(f.Arg(0)), c.name)
	}
	return nil
}

// help prints the flags of the command.
func (f *flags) help(c *call) {
	words := c.name
	if f.called != "" {
		words += " " + f.called
	}
	fmt.Fprintf(c.stdout, "Usage: dashboard %s [FLAGS]\n\n%s%s.\n\nFlags:\n", words, strings.ToUpper(c.summary[:1]), c.summary[1:])
	f.VisitAll(func(fl *flag.Flag) {
		fmt.Fprintf(c.stdout, "  --%s", fl.Name)
		_, usage := flag.UnquoteUsage(fl) // its name of the value is a word of the sentence in ours
		if b, ok := fl.Value.(interface{ IsBoolFlag() bool }); !ok || !b.IsBoolFlag() {
			fmt.Fprint(c.stdout, " VALUE")
		}
		fmt.Fprintf(c.stdout, "\n        %s", usage)
		if fl.DefValue != "" && fl.DefValue != "false" && !strings.Contains(usage, "(default ") {
			fmt.Fprintf(c.stdout, " (default %s)", fl.DefValue)
		}
		fmt.Fprintln(c.stdout)
	})
}

// loose are the files of secrets that everybody on this machine can read.
func (f *flags) loose() (files []string) {
	f.VisitAll(func(fl *flag.Flag) {
		if s, ok := fl.Value.(*setting); ok && s.loose != "" {
			files = append(files, s.loose)
		}
	})
	return files
}

// quote makes a value safe to print on one line, and short.
func quote(value string) string {
	const most = 120
	if runes := []rune(value); len(runes) > most {
		value = string(runes[:most]) + "…"
	}
	return strconv.Quote(value)
}

// oneLine keeps an error from spreading over several lines of a log.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}
