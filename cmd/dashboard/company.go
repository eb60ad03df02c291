package main

import (
	"crypto/x509"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"callboard/internal/app"
	"callboard/internal/oidc"
	"callboard/internal/redact"
)

// companyLogin are the settings of the company's own sign-in service.
type companyLogin struct {
	issuer, client, secretFile, scopes, groups, caFile, acr, amr *setting
}

func (f *flags) companyLogin() companyLogin {
	return companyLogin{
		issuer:     f.text("oidc-issuer", "", "https address of the company's sign-in service (OpenID Connect), exactly as it calls itself; for --login oidc"),
		client:     f.text("oidc-client-id", "", "id under which the board is registered there"),
		secretFile: f.text("oidc-client-secret-file", "", "file with the secret of that registration; else $DASHBOARD_OIDC_CLIENT_SECRET, else $CREDENTIALS_DIRECTORY/oidc-client-secret; a public client has none"),
		scopes:     f.text("oidc-scopes", strings.Join(oidc.DefaultScopes, ","), "scopes to ask for beside openid, with commas between"),
		groups:     f.text("oidc-groups-claim", oidc.DefaultGroupsClaim, "claim in which the service tells groups; a path with dots, such as realm_access.roles, where it is nested"),
		caFile:     f.text("oidc-ca-file", "", "file with the certificates (PEM) to trust for the service instead of the machine's"),
		acr:        f.text("oidc-acr", "", "ways of signing in (acr), with commas between, of which one must have been used"),
		amr:        f.text("oidc-amr", "", "means of signing in (amr), with commas between, of which one must have been used, such as mfa,otp,hwk"),
	}
}

// fill checks the settings and puts them into the options, of which PublicURL
// and Setup are there.
func (c companyLogin) fill(opt *app.Options, login, public, settings *setting, getenv func(string) string) error {
	if login.text != "oidc" {
		if c.issuer.text != "" {
			return c.issuer.wrong("--login oidc with it, or no issuer; the login is %s", quote(login.text))
		}
		return nil
	}
	if strings.Contains(c.issuer.text, "@") { // may hold a password
		return c.issuer.wrongValue("(withheld, it has an @)", issuerExpected)
	}
	if u, err := url.Parse(c.issuer.text); err != nil || !oidc.Secure(c.issuer.text) || u.RawQuery != "" || u.ForceQuery {
		return c.issuer.wrong(issuerExpected)
	}
	if c.client.text == "" || strings.ContainsFunc(c.client.text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return c.client.wrong("the id under which the board is registered at the sign-in service, of ASCII characters without spaces")
	}
	if opt.PublicURL == nil {
		return public.wrong("https://host[:port] by which people reach the board, as the sign-in service sends them back there")
	}
	cfg := oidc.Config{
		Issuer: c.issuer.text, Client: c.client.text,
		Redirect:    opt.PublicURL.String() + app.CompanyBack,
		GroupsClaim: c.groups.text,
	}
	if !oidc.Secure(cfg.Redirect) {
		return public.wrong("an https address, or an http one of this machine, as the sign-in service sends codes there")
	}
	var err error
	if cfg.Secret, err = c.secret(getenv); err != nil {
		return err
	}
	if cfg.Scopes, err = c.scopes.list(isToken, "names of scopes with commas between, such as profile,email,groups"); err != nil {
		return err
	}
	if c.groups.text == "" || strings.ContainsFunc(c.groups.text, unicode.IsControl) {
		return c.groups.wrong("the name of a claim, such as groups")
	}
	if cfg.ACR, err = c.acr.list(isToken, "values of acr with commas between"); err != nil {
		return err
	}
	if cfg.AMR, err = c.amr.list(isToken, "values of amr with commas between, such as mfa,otp,hwk"); err != nil {
		return err
	}
	if cfg.Roots, err = trusted(c.caFile); err != nil {
		return err
	}
	if len(opt.Setup.Rules.SignIn) == 0 {
		return settings.wrong("a file that names under sign-in: groups: who may see the board, as --login is oidc; \"dashboard settings\" shows how")
	}
	opt.Company = &cfg
	return nil
}

const issuerExpected = "https://host[:port][/path] of the sign-in service, exactly as it calls itself; http:// for a loopback host only"

// secret finds the secret; empty where there is none. No message of it says
// more than where it was looked for.
func (c companyLogin) secret(getenv func(string) string) (redact.Secret, error) {
	read := func(file string) (redact.Secret, error) {
		text, err := readSecret(c.secretFile, file, "the secret")
		return redact.Secret(text), err
	}
	if c.secretFile.text != "" {
		return read(c.secretFile.text)
	}
	if secret := getenv(prefix + "_OIDC_CLIENT_SECRET"); secret != "" {
		return redact.Secret(secret), nil
	}
	if dir := getenv("CREDENTIALS_DIRECTORY"); dir != "" {
		file := filepath.Join(dir, "oidc-client-secret")
		if _, err := os.Stat(file); err == nil {
			return read(file)
		}
	}
	return "", nil
}

// isToken reports whether a text can be a scope and its like.
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' })
}

// list reads values with commas between; an empty text is none.
func (s *setting) list(good func(string) bool, expected string) ([]string, error) {
	list := []string{} // not nil: nobody takes it for "not set"
	if s.text == "" {
		return list, nil
	}
	for one := range strings.SplitSeq(s.text, ",") {
		one = strings.TrimSpace(one)
		if !good(one) || slices.Contains(list, one) {
			return nil, s.wrong("%s", expected)
		}
		list = append(list, one)
	}
	return list, nil
}

// trusted reads the certificates to trust; nil means the machine's own.
func trusted(s *setting) (*x509.CertPool, error) {
	if s.text == "" {
		return nil, nil
	}
	data, err := os.ReadFile(s.text)
	if err != nil {
		return nil, s.wrong("a file that can be read: %v", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(data) {
		return nil, s.wrong("a file with at least one PEM certificate")
	}
	return pool, nil
}
