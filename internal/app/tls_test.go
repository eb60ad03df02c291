package app

import (
	"crypto/tls"
	"testing"
	"time"
)

// Only TLS 1.2 and 1.3 are spoken, the newer one where both can, with forward
// secrecy and authenticated ciphers.
func TestHandshakes(t *testing.T) {
	cert, key := writePair(t, t.TempDir(), "board.example")
	a, err := New(Options{
		Listen: "127.0.0.1:0", DataDir: t.TempDir(), Zone: time.UTC, TLSCert: cert, TLSKey: key,
		PBX: PBX{URL: "http://127.0.0.1:1", Tenant: "master", User: "board", Password: "open sesame", UserSpace: "test"},
	})
	if err != nil {
		t.Fatal(err)
	}
	stop := run(t, a)
	dial := func(c *tls.Config) (tls.ConnectionState, error) {
		c.InsecureSkipVerify = true // the certificate is this test's own
		conn, err := tls.Dial("tcp", a.Addr().String(), c)
		if err != nil {
			return tls.ConnectionState{}, err
		}
		defer conn.Close()
		return conn.ConnectionState(), nil
	}
	for name, test := range map[string]struct {
		client *tls.Config
		want   uint16 // 0: refused
	}{
		"all":                     {&tls.Config{MinVersion: tls.VersionTLS10}, tls.VersionTLS13},
		"1.3":                     {&tls.Config{MinVersion: tls.VersionTLS13}, tls.VersionTLS13},
		"1.2":                     {&tls.Config{MaxVersion: tls.VersionTLS12}, tls.VersionTLS12},
		"1.1":                     {&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, 0},
		"1.0":                     {&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10}, 0},
		"without forward secrecy": {&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_CBC_SHA}}, 0},
		"weak ciphers":            {&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_RC4_128_SHA, tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA}}, 0},
	} {
		got, err := dial(test.client)
		if (err == nil) != (test.want != 0) || got.Version != test.want {
			t.Errorf("%s: version %x, %v; want %x", name, got.Version, err, test.want)
		}
	}
	if got, err := dial(&tls.Config{MaxVersion: tls.VersionTLS12}); err != nil || tls.CipherSuiteName(got.CipherSuite) == "" {
		t.Errorf("1.2: %v", err)
	} else {
		for _, s := range tls.InsecureCipherSuites() {
			if s.ID == got.CipherSuite {
				t.Errorf("%s is chosen", s.Name)
			}
		}
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}
