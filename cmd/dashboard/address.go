package main

import (
	"net/netip"
	"net/url"
	"strings"

	"callboard/internal/app"
)

// unprotected is what somebody has to write who serves a network in the clear.
const unprotected = "unprotected"

// address are the settings of the way in which people reach the board.
type address struct{ proxies, public, plain, hsts *setting }

func (f *flags) address() address {
	return address{
		proxies: f.text("trusted-proxies", "", "addresses or networks, with commas between, of the proxies in front, whose word of who asks counts, such as 127.0.0.1,10.0.0.0/24"),
		public:  f.text("public-url", "", "https://host[:port] by which people reach the board, for links and the names it answers to"),
		plain:   f.text("plain-http", "", "the word unprotected serves a network without encryption: whoever is on the way reads numbers and passwords"),
		hsts:    f.text("hsts", "on", "on tells browsers to come by https for a year; off does not, for a certificate that not all of them trust"),
	}
}

// fill checks the settings and puts them into the options, of which Listen and
// TLSCert are there; host is that of Listen.
func (a address) fill(opt *app.Options, host string, listen *setting) error {
	var err error
	if opt.TrustedProxies, err = checkProxies(a.proxies); err != nil {
		return err
	}
	if a.plain.text != "" && a.plain.text != unprotected {
		return a.plain.wrong("nothing, or the word %s to serve a network without encryption", unprotected)
	}
	opt.PlainHTTP = a.plain.text == unprotected
	if opt.PublicURL, err = a.publicURL(opt.PlainHTTP); err != nil {
		return err
	}
	if err := a.hsts.oneOf("on", "off"); err != nil {
		return err
	}
	opt.NoHSTS = a.hsts.text == "off"
	if !app.Loopback(host) && opt.TLSCert == "" && len(opt.TrustedProxies) == 0 && !opt.PlainHTTP {
		return listen.wrong("a loopback address such as 127.0.0.1:8080, or --tls-cert and --tls-key to encrypt, or --trusted-proxies for the proxy in front that does, or --plain-http=%s to let everybody on the way read along", unprotected)
	}
	return nil
}

// checkProxies reads a list of addresses and networks.
func checkProxies(s *setting) ([]netip.Prefix, error) {
	if s.text == "" {
		return nil, nil
	}
	const expected = "addresses or networks with commas between, such as 127.0.0.1,10.0.0.0/24"
	var list []netip.Prefix
	for one := range strings.SplitSeq(s.text, ",") {
		one = strings.TrimSpace(one)
		p, err := netip.ParsePrefix(one)
		if err != nil {
			addr, err := netip.ParseAddr(one)
			if err != nil || addr.Zone() != "" {
				return nil, s.wrong(expected)
			}
			p = netip.PrefixFrom(addr, addr.BitLen())
		}
		if p.Addr().Is4In6() { // connections are compared as IPv4
			if p.Bits() < 96 {
				return nil, s.wrong(expected)
			}
			p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
		}
		if p.Bits() == 0 {
			return nil, s.wrong("the networks of the proxies; %s is everybody, who could then claim any address", quote(one))
		}
		list = append(list, p.Masked())
	}
	return list, nil
}

// publicURL reads the address by which people come.
func (a address) publicURL(plain bool) (*url.URL, error) {
	if a.public.text == "" {
		return nil, nil
	}
	return readPublic(a.public, plain)
}

// readPublic reads scheme and host of an address by which people come.
func readPublic(s *setting, plain bool) (*url.URL, error) {
	text := s.text
	const expected = "https://host[:port] without a path; http:// for a loopback host, or with --plain-http=" + unprotected
	if strings.Contains(text, "@") { // may hold a password
		return nil, s.wrongValue("(withheld, it has an @)", expected)
	}
	u, err := url.Parse(text)
	switch {
	case err != nil, u.Hostname() == "", !portOrNone(u.Port()), u.Scheme != "https" && u.Scheme != "http",
		u.Path != "" && u.Path != "/", u.RawQuery != "", u.Fragment != "", u.ForceQuery,
		u.Scheme == "http" && !plain && !app.Loopback(u.Hostname()):
		return nil, s.wrong(expected)
	}
	return &url.URL{Scheme: u.Scheme, Host: strings.ToLower(u.Host)}, nil
}
