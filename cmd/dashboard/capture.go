package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"callboard/internal/app"
	"callboard/internal/capture"
	"callboard/internal/eventlog"
	"callboard/internal/keeper"
	"callboard/internal/number"
)

// journalName is the journal in the data folder.
const journalName = keeper.JournalFile

// captureFeed makes a recording that can be given away of what the PBX sent.
func captureFeed(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	dataDir := f.text("data-dir", "", "folder of the service (default $XDG_STATE_HOME/dashboard or ~/.local/state/dashboard)")
	from := f.text("from", "", "only what came at this time or later: 2026-11-22T13:00:00Z, or 2026-11-22 13:00 by --time-zone (default all that is kept, a day)")
	to := f.text("to", "", "only what came up to this time")
	out := f.text("out", "", "file to write, which must not be there; compressed if it ends in .gz (default callboard-<time>.ndjson.gz)")
	zone := f.text("time-zone", "", "zone of days, as the service has it (default the machine's)")
	pbxZone := f.text("pbx-time-zone", "UTC", "zone of dates in the feed, as the service has it")
	if err := f.parse(c); err != nil {
		return err
	}
	dir, err := dataDirOf(dataDir, c.getenv)
	if err != nil {
		return err
	}
	own, err := checkZone(zone, time.Local)
	if err != nil {
		return err
	}
	theirs, err := checkZone(pbxZone, time.UTC)
	if err != nil {
		return err
	}
	begin, err := momentOf(from, own, time.Unix(0, 0))
	if err != nil {
		return err
	}
	end, err := momentOf(to, own, time.Unix(0, math.MaxInt64))
	if err != nil {
		return err
	}
	journal := filepath.Join(dir, journalName)
	if _, err := os.Stat(journal); errors.Is(err, fs.ErrNotExist) {
		return dataDir.wrongValue(dir, "the data folder of a service, with a %s in it", journalName)
	}
	name := out.text
	if name == "" {
		name = "callboard-" + time.Now().In(own).Format("20060102-150405") + ".ndjson.gz"
	}
	if to.text == "" { // what comes meanwhile is of the next one
		end = time.Now()
	}
	head, err := capture.WriteFile(name, capture.Header{Version: readBuild().version, PBXZone: theirs.String(), Zone: zoneName(own)},
		func(fn func(capture.Frame) error) error {
			return eventlog.ReadFrames(ctx, journal, begin, end, func(f eventlog.Frame) error {
				return fn(capture.Frame{At: f.At, Kind: f.Kind, Body: f.Body})
			})
		})
	switch {
	case errors.Is(err, fs.ErrExist):
		return out.wrongValue(name, "a file that is not there yet")
	case err != nil:
		return err
	}
	fmt.Fprintf(c.stdout, "%s: %d frames from %s to %s\nNumbers, names and ids in it are invented; times are as they were.\nLook through it before you give it away.\n",
		name, head.Frames, head.From.In(own).Format(time.DateTime), head.To.In(own).Format(time.DateTime))
	return nil
}

// zoneName is the name of a zone that other machines know it by: that of this
// machine is called Local.
func zoneName(zone *time.Location) string {
	if zone != time.Local {
		return zone.String()
	}
	if target, err := filepath.EvalSymlinks("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(target, "/zoneinfo/"); ok {
			if _, err := time.LoadLocation(name); err == nil {
				return name
			}
		}
	}
	return "UTC"
}

// momentOf reads a point in time of a setting.
func momentOf(s *setting, zone *time.Location, unset time.Time) (time.Time, error) {
	if s.text == "" {
		return unset, nil
	}
	if t, err := time.Parse(time.RFC3339Nano, s.text); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s.text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, s.wrong("a time such as 2026-11-22T13:00:00Z or 2026-11-22 13:00")
}

// replay plays a recording into a board.
func replay(ctx context.Context, c *call) error {
	var name string
	f := newFlags(c, prefix)
	f.takes("FILE", &name)
	listen := f.text("listen", "127.0.0.1:8080", "address to serve on, host:port; port 0 picks one and prints it")
	speed := f.text("speed", "1", "seconds of the recording in one: from 0.1 to 600; or max, as fast as it goes, to look at its end")
	region := f.text("region", "", "country in whose way telephone numbers are written (default that of the recording's time zone)")
	login := f.text("login", "off", "how people sign in: off, which is accepted on a loopback address only")
	logs := f.logging()
	if err := f.parse(c); err != nil {
		return err
	}
	if name == "" {
		return &usageError{"no recording: expected dashboard replay FILE"}
	}
	log, err := logs.logger(c.stderr)
	if err != nil {
		return err
	}
	host, err := checkListen(listen)
	if err != nil {
		return err
	}
	if err := checkLogin(login, listen, host); err != nil {
		return err
	}
	rate := math.Inf(1)
	if speed.text != "max" {
		rate, err = strconv.ParseFloat(speed.text, 64)
		if err != nil || !(rate >= 0.1 && rate <= 600) {
			return speed.wrong("a number from 0.1 to 600, or max")
		}
	}
	b := readBuild()
	form := func(zone *time.Location) (*number.Form, error) { return checkRegion(region, zone) }
	if _, err := form(time.UTC); err != nil {
		return err
	}
	return app.Replay(ctx, app.ReplayOptions{Form: form, File: name, Listen: listen.text, Rate: rate, Version: b.version, Commit: b.commit, Log: log})
}
