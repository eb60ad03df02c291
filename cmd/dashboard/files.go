package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"callboard/internal/hub"
	"callboard/internal/rules"
	"callboard/internal/strictyaml"
	"callboard/internal/teams"
)

// files are the settings that live in files and are read again on SIGHUP.
type files struct {
	settings, teams, ringLimit *setting
	builtIn                    hub.Setup // what holds without files
}

func (f *flags) files() files {
	return files{
		builtIn:   hub.Setup{Rules: rules.Default()},
		settings:  f.text("settings", "", `file with limits, alarms and opening hours; "dashboard settings" prints one with the defaults`),
		teams:     f.text("teams", "", "file with the teams: which users and lines belong together"),
		ringLimit: f.text("ring-limit", "", "a customer who rings for longer needs a person; wins over the settings file (default 30s)"),
	}
}

// load reads both files.
func (o files) load() (hub.Setup, error) {
	s := o.builtIn
	var err error
	if o.settings.text != "" {
		if s.Rules, err = rules.Load(o.settings.text); err != nil {
			return hub.Setup{}, &fileError{o.settings, err}
		}
		s.RulesFile = filepath.Base(o.settings.text)
	}
	if o.teams.text != "" {
		if s.Teams, err = teams.Load(o.teams.text); err != nil {
			return hub.Setup{}, &fileError{o.teams, err}
		}
		s.TeamsFile = filepath.Base(o.teams.text)
	}
	if err := o.teamsOfGroups(s); err != nil {
		return hub.Setup{}, err
	}
	if o.ringLimit.text != "" {
		limit, err := time.ParseDuration(o.ringLimit.text)
		if err != nil || limit < time.Second || limit > time.Hour {
			return hub.Setup{}, o.ringLimit.wrong("a duration from 1s to 1h, such as 30s")
		}
		s.Rules.Ringing.Over = limit.Seconds()
	}
	return s, nil
}

// teamsOfGroups finds a group of the sign-in service whose team is none: its
// people would see nothing, and nobody would know why.
func (o files) teamsOfGroups(s hub.Setup) error {
	names := s.Teams.Names()
	for _, g := range s.Rules.SignIn {
		for _, team := range g.Teams {
			if !slices.Contains(names, team) {
				return &fileError{o.settings, &strictyaml.Error{File: o.settings.text, Field: "sign-in.groups", Value: team, Want: "expected a team of --teams, spelled as there"}}
			}
		}
	}
	return nil
}

// A fileError is a mistake in a file that a setting names.
type fileError struct {
	setting *setting
	err     error
}

// Error names the file as the setting does, so that it is found.
func (e *fileError) Error() string {
	err := e.err
	if in, ok := errors.AsType[*strictyaml.Error](err); ok {
		at := *in
		at.File = e.setting.text
		err = &at
	}
	return e.setting.label() + ": " + err.Error()
}
func (e *fileError) Unwrap() error { return e.err }

// quiet is an error without the value, which may be somebody's name: logs and
// pages name nobody.
func quiet(err error) string {
	if e, ok := errors.AsType[*strictyaml.Error](err); ok {
		return e.Quiet()
	}
	return oneLine(err.Error())
}

// keepReading reads the files again at every SIGHUP until ctx ends. Files with
// a mistake leave everything as it is.
func (o files) keepReading(ctx context.Context, a setupUser, log *slog.Logger) (stop func()) {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangups:
				o.reread(a, log)
			}
		}
	}()
	return func() { signal.Stop(hangups) }
}

// A setupUser puts setups into effect: the app.
type setupUser interface {
	Use(hub.Setup)
	Refuse(why string)
}

func (o files) reread(a setupUser, log *slog.Logger) {
	s, err := o.load()
	if err != nil {
		log.Error("settings not taken, the old ones stay", "error", quiet(err))
		a.Refuse(quiet(err))
		return
	}
	a.Use(s)
	log.Info("settings read again", "settings", s.RulesFile, "teams", fmt.Sprint(len(s.Teams.Names())))
}
