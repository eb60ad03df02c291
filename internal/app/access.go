package app

import (
	"context"
	"net"
	"net/url"
	"os"
	"time"

	"callboard/internal/access"
	"callboard/internal/redact"
	"callboard/internal/sqlitefile"
)

// openAccess opens the file of accounts; nil where sign-in is off.
func (a *App) openAccess(opt Options) (*access.Service, error) {
	if opt.Login == "" || opt.Login == "off" {
		return nil, nil
	}
	return access.New(access.Options{
		Dir: opt.DataDir, AuditKeep: opt.AuditKeep, OnSetup: a.printSetup,
		Words: []string{opt.Setup.Rules.Company},
		Log:   a.log.With("part", "access"),
	})
}

// openDisplays opens the displays where sign-in is off. If their file cannot be
// used, displays are paired for the life of this process.
func (a *App) openDisplays(opt Options) *access.Displays {
	displays, done, err := access.OpenDisplays(context.Background(), opt.DataDir, access.DisplayOptions{Log: a.log.With("part", "access")})
	if err != nil {
		a.log.Warn("displays are not kept over a restart: their file cannot be used", "file", access.FileName, "cause", sqlitefile.Plain(err))
	}
	a.alone = done
	return displays
}

// closeAccess closes the file of accounts, whoever has it open.
func (a *App) closeAccess() error {
	switch {
	case a.access != nil:
		return a.access.Close()
	case a.alone != nil:
		return a.alone()
	}
	return nil
}

// printSetup prints the link that makes the first administrator. It is a secret
// that lives ten minutes, is of use once, and only to somebody who can read this
// log: whoever can, can read the data folder as well.
func (a *App) printSetup(code string) {
	base := a.home()
	base.Path, base.RawQuery = "/setup", url.Values{"code": {code}}.Encode()
	a.log.Info("set-up link", "url", redact.Public(base.String()), "valid", access.SetupLife.String())
}

// home is the address by which people come, for lines of the log to click on.
func (a *App) home() url.URL {
	if a.opt.PublicURL != nil {
		return url.URL{Scheme: a.opt.PublicURL.Scheme, Host: a.opt.PublicURL.Host, Path: "/"}
	}
	return url.URL{Scheme: a.scheme(), Host: a.reached(), Path: "/"}
}

func (a *App) scheme() string {
	if a.tls != nil {
		return "https"
	}
	return "http"
}

// reached is the address to type: that of the listener, or this machine's name
// where it listens on all.
func (a *App) reached() string {
	addr, ok := a.Addr().(*net.TCPAddr)
	if !ok || !addr.IP.IsUnspecified() {
		return a.Addr().String()
	}
	host, err := os.Hostname()
	if err != nil {
		return a.Addr().String()
	}
	_, port, _ := net.SplitHostPort(addr.String()) // a TCPAddr has both
	return net.JoinHostPort(host, port)
}

// noteSettings puts a change of the settings into the audit log.
func (a *App) noteSettings() {
	if a.access == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := a.access.Note(ctx, access.Entry{Event: access.SettingsTaken, Party: "local"}); err != nil {
		a.log.Warn("the audit log takes nothing", "error", err)
	}
}
