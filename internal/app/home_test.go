package app

import (
	"net"
	"net/url"
	"os"
	"testing"
)

// The addresses in the log can be opened: the public one where there is one,
// this machine's name where it listens on all of its addresses.
func TestAddressToOpen(t *testing.T) {
	host, err := os.Hostname()
	if err != nil {
		t.Skip(err)
	}
	at := func(listen string) net.Listener {
		ln, err := net.Listen("tcp", listen)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = ln.Close() })
		return ln
	}
	own, all := at("127.0.0.1:0"), at(":0")
	_, port, _ := net.SplitHostPort(all.Addr().String())
	for _, c := range []struct {
		app  App
		want string
	}{
		{App{ln: own}, "http://" + own.Addr().String() + "/"},
		{App{ln: all}, "http://" + net.JoinHostPort(host, port) + "/"},
		{App{ln: own, opt: Options{PublicURL: &url.URL{Scheme: "https", Host: "board.example"}}}, "https://board.example/"},
	} {
		if home := c.app.home(); home.String() != c.want {
			t.Errorf("%s: %s, want %s", c.app.ln.Addr(), home.String(), c.want)
		}
	}
}
