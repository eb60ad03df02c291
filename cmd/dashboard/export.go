package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/history"
	"callboard/internal/teams"
)

// past are the settings of commands that use the history of a data folder.
type past struct{ dataDir, zone, region *setting }

func (f *flags) past() past {
	return past{
		dataDir: f.text("data-dir", "", "folder of the service (default $XDG_STATE_HOME/dashboard or ~/.local/state/dashboard)"),
		zone:    f.text("time-zone", "", "zone of days, as the service has it (default the machine's)"),
		region:  f.text("region", "", "country in whose way telephone numbers are written, as the service has it"),
	}
}

// open opens the history beside the service, which may run or not.
func (p past) open(getenv func(string) string) (*history.Store, string, error) {
	dir, err := dataDirOf(p.dataDir, getenv)
	if err != nil {
		return nil, "", err
	}
	zone, err := checkZone(p.zone, time.Local)
	if err != nil {
		return nil, "", err
	}
	form, err := checkRegion(p.region, zone)
	if err != nil {
		return nil, "", err
	}
	if _, err := os.Stat(filepath.Join(dir, history.FileName)); errors.Is(err, fs.ErrNotExist) {
		return nil, "", p.dataDir.wrongValue(dir, "the data folder of a service, with a %s in it", history.FileName)
	}
	store, err := history.Open(dir, history.Options{Zone: zone, Normal: form.Normal, Guest: true})
	return store, dir, err
}

// filterFields are the fields of a query of the history as flags. The flag of a
// field has its name; "q" is for people who type.
var filterFields = []struct{ name, flag, usage string }{
	{"rows", "rows", "calls or journeys; a customer who is handed on is one journey of several calls (default calls). Or everything: all that is kept about --number or --person, as JSON, for whoever asks what you have of them"},
	{"from", "from", "only what began at this time or later: 2026-11-22T13:00:00Z, or a date such as 2026-11-22"},
	{"to", "to", "only what began before this time; a date includes that day"},
	{"day", "day", "a date in the place of both"},
	{"number", "number", "only with this telephone number, or with these digits in one"},
	{"q", "text", "only with this text in a name or number"},
	{"user", "user", "only of this colleague: oid, name or extension"},
	{"line", "line", "only by this line: oid or name"},
	{"team", "team", "only of this team of --teams, as it is today"},
	{"direction", "direction", "inbound, outbound, internal or unknown"},
	{"outcome", "outcome", "answered, unanswered, missed, lost, hungup, superseded, dismissed or replaced"},
	{"waited", "waited", "only what rang at least so long, such as 30s"},
	{"talked", "talked", "only what was talked at least so long, such as 5m"},
}

// export writes past calls to standard output or a file.
func export(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	past := f.past()
	format := f.text("format", "csv", "csv or json")
	out := f.text("out", "", "file to write, which only its owner can read (default standard output)")
	fields := map[string]*setting{}
	for _, field := range filterFields {
		fields[field.name] = f.text(field.flag, "", field.usage)
	}
	teamsFile := f.text("teams", "", "file with the teams, as the service has it; for --team")
	person := f.alone("person", "with --rows everything, of whom of the company's own people instead of --number: name, extension or oid at the PBX, or login name of an account")
	if err := f.parse(c); err != nil {
		return err
	}
	if err := format.oneOf("csv", "json"); err != nil {
		return err
	}
	store, dir, err := past.open(c.getenv)
	if err != nil {
		return err
	}
	defer store.Close()
	everything := fields["rows"].text == rowsEverything
	switch {
	case person.text != "" && !everything:
		return person.wrong("only beside --rows everything; --user chooses calls of a colleague")
	case everything && person.text != "":
		for name, s := range fields {
			if s.text != "" && name != "rows" {
				return s.wrong("nothing beside --rows everything and --person")
			}
		}
		return exportPerson(ctx, c, store, dir, person, out)
	case everything:
		return exportAbout(ctx, c, store, dir, fields, out)
	}
	values := url.Values{}
	for name, s := range fields {
		if s.text != "" {
			values.Set(name, s.text)
		}
	}
	filter, err := history.ParseFilter(values, store.Zone(), time.Now())
	if wrong, ok := errors.AsType[*history.FilterError](err); ok {
		return fields[wrong.Field].wrong("%s", wrong.Want)
	}
	if err != nil {
		return err
	}
	if filter.Team != "" {
		if err := members(ctx, store, &filter, fields["team"], teamsFile); err != nil {
			return err
		}
	}
	noteDown(ctx, c, dir, access.Exported, filter.Words())
	write := store.WriteCSV
	if format.text == "json" {
		write = store.WriteJSON
	}
	if out.text == "" {
		return write(ctx, c.stdout, filter)
	}
	return writeFile(out, func(w io.Writer) error { return write(ctx, w, filter) })
}

// members puts into a filter whom and which lines its team means today.
func members(ctx context.Context, store *history.Store, filter *history.Filter, team, file *setting) error {
	if file.text == "" {
		return file.wrong("the file with the teams, which --team needs")
	}
	all, err := teams.Load(file.text)
	if err != nil {
		return &fileError{file, err}
	}
	name, ok := all.Named(filter.Team)
	if !ok {
		return team.wrong("a team of %s: %s", filepath.Base(file.text), strings.Join(all.Names(), ", "))
	}
	filter.Team = name
	users, lines, err := store.Members(ctx,
		func(oid, name, number string) bool { return all.OfUser(oid, name, number) == filter.Team },
		func(oid, name string) bool { return all.OfLine(oid, name, "") == filter.Team })
	// Not nil: a team of whom nobody was ever seen has no calls.
	filter.TeamUsers, filter.TeamLines = append([]string{}, users...), append([]string{}, lines...)
	return err
}

// writeFile writes a file that is there whole or as it was.
func writeFile(s *setting, write func(io.Writer) error) (err error) {
	part, err := os.CreateTemp(filepath.Dir(s.text), ".export-*") // mode 0600: it holds telephone numbers
	if err != nil {
		return s.wrong("a file that can be written: %v", err)
	}
	defer func() {
		if err != nil {
			os.Remove(part.Name())
		}
	}()
	if err := errors.Join(write(part), part.Close()); err != nil {
		return fmt.Errorf("write %s: %w", s.text, err)
	}
	return os.Rename(part.Name(), s.text)
}
