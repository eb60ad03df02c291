package main

import (
	"cmp"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"callboard/internal/access"
	"callboard/internal/app"
	"callboard/internal/number"
	"callboard/internal/redact"
)

// own are the settings of the board itself, shared by serve and demo.
type own struct {
	listen, zone, dataDir, login, tlsCert, tlsKey *setting
	noInference, language, region, auditKeep      *setting
	journalKeep, journalBytes, historyKeep        *setting
	address                                       address
	embedding                                     embedding
	company                                       companyLogin
	crowd                                         crowd
	files                                         files
	log                                           logging
}

func (f *flags) own(login, dataDir, dataDirHelp string) own {
	return own{
		listen:       f.text("listen", "127.0.0.1:8080", "address to serve on, host:port; port 0 picks one and prints it"),
		zone:         f.text("time-zone", "", "zone of the day boundary and of times on screen (default the machine's)"),
		dataDir:      f.text("data-dir", dataDir, "folder for everything that must survive a restart"+dataDirHelp),
		login:        f.text("login", login, "how people sign in: password, oidc or off; off is accepted on a loopback address only"),
		tlsCert:      f.text("tls-cert", "", "file with the certificate chain (PEM); read again when it changes"),
		tlsKey:       f.text("tls-key", "", "file with the certificate's key (PEM); read again when it changes"),
		address:      f.address(),
		embedding:    f.embedding(),
		company:      f.companyLogin(),
		crowd:        f.crowd(),
		files:        f.files(),
		language:     f.text("language", "auto", "of people who choose none: en, nl, de, or auto for what their browser prefers"),
		region:       f.text("region", "", "country in whose way telephone numbers are written, two letters (default by --time-zone, else "+number.DefaultRegion+")"),
		journalKeep:  f.text("journal-keep", "7d", "how far back pages can be played, such as 36h or 7d"),
		journalBytes: f.text("journal-bytes", "1GiB", "what the journal may take on disk, such as 500MB or 1GiB"),
		historyKeep:  f.text("history-keep", "400d", "how long ended calls are kept, such as 90d"),
		auditKeep:    f.text("audit-keep", "400d", "how long entries of the audit log are kept, such as 90d; at least 30d"),
		noInference:  f.toggle("no-transfer-inference", "do not show conversations that follow from a transfer which the PBX never announced"),
		log:          f.logging(),
	}
}

// fill checks the settings and puts them into the options.
func (o own) fill(opt *app.Options, getenv func(string) string) error {
	host, err := checkListen(o.listen)
	if err != nil {
		return err
	}
	opt.Listen, opt.Login = o.listen.text, o.login.text
	if err := checkLogin(o.login, o.listen, host); err != nil {
		return err
	}
	if opt.Zone, err = checkZone(o.zone, time.Local); err != nil {
		return err
	}
	if opt.TLSCert, opt.TLSKey, err = checkTLS(o.tlsCert, o.tlsKey); err != nil {
		return err
	}
	if err := o.address.fill(opt, host, o.listen); err != nil {
		return err
	}
	if err := o.embedding.fill(opt, host); err != nil {
		return err
	}
	if o.login.text == "off" && (len(opt.TrustedProxies) > 0 || opt.PublicURL != nil && !app.Loopback(opt.PublicURL.Hostname())) {
		return o.login.wrong("password or oidc, as --trusted-proxies or --public-url open the board to others than this machine")
	}
	if err := o.crowd.fill(opt); err != nil {
		return err
	}
	if opt.Setup, err = o.files.load(); err != nil {
		return err
	}
	if opt.JournalKeep, err = o.journalKeep.length(time.Hour, 366*24*time.Hour); err != nil {
		return err
	}
	if opt.JournalBytes, err = o.journalBytes.size(16<<20, 1<<40); err != nil {
		return err
	}
	if opt.HistoryKeep, err = o.historyKeep.length(24*time.Hour, 20*366*24*time.Hour); err != nil {
		return err
	}
	if opt.AuditKeep, err = o.auditKeep.length(access.MinAuditKeep, 20*366*24*time.Hour); err != nil {
		return err
	}
	if opt.NoTransferInference, err = o.noInference.bool(); err != nil {
		return err
	}
	if err := o.language.oneOf("auto", "en", "nl", "de"); err != nil {
		return err
	}
	if o.language.text != "auto" {
		opt.Language = o.language.text
	}
	form, err := checkRegion(o.region, opt.Zone)
	if err != nil {
		return err
	}
	opt.Normal = form.Normal
	b := readBuild()
	opt.Version, opt.Commit = b.version, b.commit
	return o.company.fill(opt, o.login, o.address.public, o.files.settings, getenv)
}

// checkRegion is the way in which numbers are written in a country, by the zone
// if none is set.
func checkRegion(s *setting, zone *time.Location) (*number.Form, error) {
	form, err := number.New(cmp.Or(s.text, regionOf[zone.String()], number.DefaultRegion))
	if err != nil {
		return nil, s.wrong("the two-letter code of a country, such as NL, BE or DE")
	}
	return form, nil
}

// regionOf is the country of time zones that have one; a board that says
// nothing of either is Dutch.
var regionOf = map[string]string{
	"Europe/Amsterdam": "NL", "Europe/Brussels": "BE", "Europe/Luxembourg": "LU", "Europe/Berlin": "DE", "Europe/Vienna": "AT",
	"Europe/Zurich": "CH", "Europe/Paris": "FR", "Europe/London": "GB", "Europe/Dublin": "IE", "Europe/Copenhagen": "DK",
	"Europe/Stockholm": "SE", "Europe/Oslo": "NO", "Europe/Madrid": "ES", "Europe/Rome": "IT", "America/Curacao": "CW",
}

// checkListen returns the host part of an address such as 127.0.0.1:8080.
func checkListen(s *setting) (host string, err error) {
	const expected = "host:port with a port from 0 to 65535, such as 127.0.0.1:8080"
	host, port, err := net.SplitHostPort(s.text)
	if err != nil {
		return "", s.wrong(expected)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", s.wrong(expected)
	}
	return host, nil
}

// checkLogin refuses a board that anybody on the network could open.
func checkLogin(s, listen *setting, host string) error {
	if err := s.oneOf("password", "oidc", "off"); err != nil {
		return err
	}
	if s.text == "off" && !app.Loopback(host) {
		return s.wrong("off on a loopback --listen only, such as 127.0.0.1:8080; %s is open to the network", quote(listen.text))
	}
	return nil
}

// checkZone reads a zone by its name in the time zone database.
func checkZone(s *setting, standard *time.Location) (*time.Location, error) {
	if s.text == "" {
		return standard, nil
	}
	zone, err := time.LoadLocation(s.text)
	if err != nil {
		return nil, s.wrong("a name of the time zone database, such as Europe/Amsterdam or UTC")
	}
	return zone, nil
}

// checkTLS reads the certificate once, so that a wrong one is noticed at start.
func checkTLS(cert, key *setting) (certFile, keyFile string, err error) {
	switch {
	case cert.text == "" && key.text == "":
		return "", "", nil
	case cert.text == "":
		return "", "", cert.wrong("a certificate file, as --tls-key is set")
	case key.text == "":
		return "", "", key.wrong("a key file, as --tls-cert is set")
	}
	if _, err := tls.LoadX509KeyPair(cert.text, key.text); err != nil {
		return "", "", cert.wrong("a PEM certificate with its key in --tls-key: %v", err)
	}
	return cert.text, key.text, nil
}

// dataDirOf is the folder that is meant where none is set.
func dataDirOf(s *setting, getenv func(string) string) (string, error) {
	if s.text != "" {
		return s.text, nil
	}
	switch state, home := getenv("XDG_STATE_HOME"), getenv("HOME"); {
	case filepath.IsAbs(state): // the XDG specification says to ignore relative ones
		return filepath.Join(state, "dashboard"), nil
	case home != "":
		return filepath.Join(home, ".local", "state", "dashboard"), nil
	}
	return "", s.wrong("a folder, as neither XDG_STATE_HOME nor HOME is set")
}

// checkDataDir makes the folder with mode 0700 and proves that it can be
// written to.
func checkDataDir(s *setting, getenv func(string) string) (string, error) {
	dir, err := dataDirOf(s, getenv)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", s.wrongValue(dir, "a folder that can be made: %v", err)
	}
	probe, err := os.CreateTemp(dir, ".probe-*")
	if errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.ENOSPC) {
		return dir, nil // the board must come up all the same; every page says that nothing is kept
	}
	if err != nil {
		return "", s.wrongValue(dir, "a folder that can be written to: %v", err)
	}
	probe.Close()
	if err := os.Remove(probe.Name()); err != nil {
		return "", s.wrongValue(dir, "a folder that can be written to: %v", err)
	}
	return dir, nil
}

// logging are the settings of the log.
type logging struct{ level, format *setting }

func (f *flags) logging() logging {
	return logging{
		level:  f.text("log-level", "info", "debug, info, warn or error"),
		format: f.text("log-format", "text", "text or json, on standard error"),
	}
}

// logger checks the settings and makes the logger.
func (l logging) logger(w io.Writer) (*slog.Logger, error) {
	if err := l.level.oneOf("debug", "info", "warn", "error"); err != nil {
		return nil, err
	}
	if err := l.format.oneOf("text", "json"); err != nil {
		return nil, err
	}
	var opt slog.HandlerOptions
	level := new(slog.LevelVar)
	if err := level.UnmarshalText([]byte(l.level.text)); err != nil {
		return nil, l.level.wrong("debug, info, warn or error")
	}
	opt.Level = level
	if l.format.text == "json" {
		return slog.New(redact.Handler(slog.NewJSONHandler(w, &opt))), nil
	}
	return slog.New(redact.Handler(slog.NewTextHandler(w, &opt))), nil
}
