package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"callboard/internal/app"
)

// checkWait is how long a service may take to say that it works.
const checkWait = 3 * time.Second

// check asks a running service whether it works, for container engines and
// scripts on machines that have no other client. Nothing is printed when all is
// well.
func check(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	address := f.text("url", "", "http[s]://host[:port] of the service (default by --listen and --tls-cert, on this machine)")
	ready := f.toggle("ready", "ask whether the board is live, not only whether the process works")
	listen := f.text("listen", "127.0.0.1:8080", "as of the service")
	cert := f.text("tls-cert", "", "as of the service: it is asked by https")
	if err := f.parse(c); err != nil {
		return err
	}
	live, err := ready.bool()
	if err != nil {
		return err
	}
	to, err := checkTarget(address, listen, cert)
	if err != nil {
		return err
	}
	to.Path = "/healthz"
	if live {
		to.Path = "/readyz"
	}
	transport := &http.Transport{}
	if app.Loopback(to.Hostname()) { // its certificate has another name, and nobody is on the way
		transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}
	}
	client := &http.Client{
		Transport: transport, Timeout: checkWait,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, to.String(), nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(ask)
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		const most = 200 // bytes of a sentence
		said, _ := io.ReadAll(io.LimitReader(answer.Body, most))
		return errors.New(cmp.Or(strings.TrimSpace(string(said)), answer.Status))
	}
	return nil
}

// checkTarget is the service that is meant.
func checkTarget(address, listen, cert *setting) (*url.URL, error) {
	if address.text != "" {
		u, err := url.Parse(address.text)
		if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
			return nil, address.wrongValue("(withheld)", "http[s]://host[:port] of the service")
		}
		return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
	}
	host, err := checkListen(listen)
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(listen.text) // checked above
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	u := &url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}
	if cert.text != "" {
		u.Scheme = "https"
	}
	return u, nil
}
