package main

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode"

	"callboard/internal/app"
	"callboard/internal/redact"
)

// prefix of the environment variables of serve and demo.
const prefix = "DASHBOARD"

// serve runs the board of a real PBX until the context ends.
func serve(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	pbx := f.pbx()
	own := f.own("password", "", " (default $XDG_STATE_HOME/dashboard or ~/.local/state/dashboard)")
	if err := f.parse(c); err != nil {
		return err
	}
	log, err := own.log.logger(c.stderr)
	if err != nil {
		return err
	}
	opt := app.Options{Log: log}
	if err := pbx.fill(&opt, c.getenv); err != nil {
		return err
	}
	if err := own.fill(&opt, c.getenv); err != nil {
		return err
	}
	// Last, as it is the one check that leaves something behind.
	if opt.DataDir, err = checkDataDir(own.dataDir, c.getenv); err != nil {
		return err
	}
	opt.LooseSecrets = f.loose()
	opt.Service = app.ServiceOf(c.getenv, os.Getpid())
	return runApp(ctx, opt, own)
}

// runApp binds, serves and explains the one failure that people meet often.
func runApp(ctx context.Context, opt app.Options, own own) error {
	a, err := app.New(opt)
	if errors.Is(err, syscall.EADDRINUSE) {
		return errors.New(inUse(own.listen))
	}
	if app.FolderRefused(err) {
		return usagef("%s", err)
	}
	if err != nil {
		return err
	}
	defer own.files.keepReading(ctx, a, opt.Log)()
	return a.Run(ctx)
}

// pbx are the settings of the connection to the PBX.
type pbx struct {
	url, tenant, user, passwordFile, userSpace, zone, caFile, single *setting
}

func (f *flags) pbx() pbx {
	return pbx{
		url:          f.text("pbx-url", "", "https://host[:port] of the PBX; http:// for loopback hosts only (required)"),
		tenant:       f.text("pbx-tenant", "master", "tenant in the API path"),
		user:         f.text("pbx-user", "", "administrator account made for this program (required)"),
		passwordFile: f.text("pbx-password-file", "", "file with the password; else $DASHBOARD_PBX_PASSWORD, else $CREDENTIALS_DIRECTORY/pbx-password"),
		userSpace:    f.text("pbx-user-space", "", "session name at the PBX (default dashboard-<hostname>)"),
		zone:         f.text("pbx-time-zone", "UTC", "zone of dates in the feed"),
		caFile:       f.text("pbx-ca-file", "", "file with the certificates (PEM) to trust for the PBX instead of the machine's"),
		single:       f.toggle("pbx-single-subscriptions", "subscribe with one message for each kind of event, for a PBX that ignores the joined one"),
	}
}

// fill checks the settings and puts them into the options.
func (p pbx) fill(opt *app.Options, getenv func(string) string) error {
	var err error
	if err = p.checkURL(); err != nil {
		return err
	}
	opt.PBX.URL = strings.TrimSuffix(p.url.text, "/")
	if p.tenant.text == "" || strings.ContainsFunc(p.tenant.text, notInPath) {
		return p.tenant.wrong("a tenant's name of letters, digits, dots, hyphens and underscores, such as master")
	}
	opt.PBX.Tenant = p.tenant.text
	if p.user.text == "" || strings.ContainsFunc(p.user.text, unicode.IsControl) {
		return p.user.wrong("the name of an administrator account at the PBX")
	}
	opt.PBX.User = p.user.text
	secret, err := p.password(getenv)
	if err != nil {
		return err
	}
	opt.PBX.Password = redact.Secret(secret)
	if opt.PBX.UserSpace, err = p.checkUserSpace(); err != nil {
		return err
	}
	if opt.PBX.Zone, err = checkZone(p.zone, time.UTC); err != nil {
		return err
	}
	if opt.PBX.Roots, err = trusted(p.caFile); err != nil {
		return err
	}
	opt.PBX.SingleSubscriptions, err = p.single.bool()
	return err
}

// checkURL sees to it that the password never crosses a network in the clear.
func (p pbx) checkURL() error {
	const expected = "https://host[:port] of the PBX, or http://host[:port] where the host is loopback"
	if strings.Contains(p.url.text, "@") { // may hold a password
		return p.url.wrongValue("(withheld, it has an @)", expected+"; the account goes into --pbx-user and --pbx-password-file")
	}
	u, err := url.Parse(p.url.text)
	switch {
	case err != nil, u.Hostname() == "", !portOrNone(u.Port()), u.Scheme != "https" && u.Scheme != "http",
		u.Path != "" && u.Path != "/", u.RawQuery != "", u.Fragment != "",
		u.Scheme == "http" && !app.Loopback(u.Hostname()):
		return p.url.wrong(expected)
	}
	return nil
}

func portOrNone(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return text == "" || err == nil && n > 0
}

// notInPath reports runes that a tenant's name cannot have: it is one segment
// of the API path.
func notInPath(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-", r)
}

func (p pbx) checkUserSpace() (string, error) {
	const most = 200 // characters, the PBX's limit
	space := p.userSpace.text
	if space == "" {
		host, err := os.Hostname()
		if err != nil {
			return "", p.userSpace.wrong("a session name, as this machine's name cannot be read: %v", err)
		}
		space = "dashboard-" + host
	}
	if len(space) > most || strings.ContainsFunc(space, unicode.IsControl) {
		return "", p.userSpace.wrongValue(space, "at most %d characters without control characters", most)
	}
	return space, nil
}

// password finds the secret. No message of it says more than where it was
// looked for.
func (p pbx) password(getenv func(string) string) (string, error) {
	if p.passwordFile.text != "" {
		return readSecret(p.passwordFile, p.passwordFile.text, "the password")
	}
	if secret := getenv(prefix + "_PBX_PASSWORD"); secret != "" {
		return secret, nil
	}
	if dir := getenv("CREDENTIALS_DIRECTORY"); dir != "" {
		file := filepath.Join(dir, "pbx-password")
		if _, err := os.Stat(file); err == nil {
			return readSecret(p.passwordFile, file, "the password")
		}
	}
	return "", p.passwordFile.wrong("a file with the password of the PBX account, or %s_PBX_PASSWORD, or $CREDENTIALS_DIRECTORY/pbx-password", prefix)
}

// readSecret reads a file that holds one secret, called what; a line end after
// it is not part of it.
func readSecret(s *setting, file, what string) (string, error) {
	const most = 4096 // bytes; what is longer is not a password but a wrong file
	info, err := os.Stat(file)
	if err != nil {
		return "", s.wrongValue(file, "a file that can be read: %v", err)
	}
	if info.Size() > most {
		return "", s.wrongValue(file, "a file with nothing but %s, of at most %d bytes", what, most)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", s.wrongValue(file, "a file that can be read: %v", err)
	}
	if info.Mode().Perm()&0o007 != 0 {
		s.loose = file
	}
	secret := strings.TrimRight(string(data), "\r\n")
	if secret == "" {
		return "", s.wrongValue(file, "a file with %s; this one is empty", what)
	}
	return secret, nil
}
