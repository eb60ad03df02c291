package web

import "testing"

func TestWhereToGoAfterSigningIn(t *testing.T) {
	for _, test := range []struct{ to, want string }{
		{"", "/"}, {"/", "/"}, {"/missed?team=Sales&sort=age", "/missed?team=Sales&sort=age"}, {"/calls/7#timeline", "/calls/7#timeline"},
		{"//evil.example", "/"}, {"/\\evil.example", "/"}, {"\\\\evil.example", "/"}, {"https://evil.example/", "/"}, {"javascript:alert(1)", "/"},
		{"/a\\b", "/"}, {"/\tevil", "/"}, {"/a\nSet-Cookie: x", "/"}, {" /a", "/"}, {"missed", "/"}, {"///evil.example", "/"}, {"/%zz", "/"}, {"/ü", "/"},
		{"/" + string(make([]byte, 2000)), "/"},
	} {
		if got := onward(test.to); got != test.want {
			t.Errorf("%q leads to %q, want %q", test.to, got, test.want)
		}
	}
}
