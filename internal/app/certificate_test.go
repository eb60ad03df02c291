package app

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// writePair makes a self-signed certificate for a name and writes both files.
func writePair(t *testing.T, dir, name string) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: name},
		DNSNames:     []string{name, "localhost"},
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.Add(24 * time.Hour),
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, block := range map[string]*pem.Block{
		certFile: {Type: "CERTIFICATE", Bytes: cert},
		keyFile:  {Type: "PRIVATE KEY", Bytes: der},
	} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

func TestCertificateIsReadAgainWhenItsFilesChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		certFile, keyFile := writePair(t, dir, "old.example")
		c, err := newCertificate(certFile, keyFile, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		served := func() string {
			t.Helper()
			pair, err := c.get(nil)
			if err != nil {
				t.Fatal(err)
			}
			return pair.Leaf.Subject.CommonName
		}
		if got := served(); got != "old.example" {
			t.Fatalf("served %s at first", got)
		}

		writePair(t, dir, "renewed.example")
		if got := served(); got != "old.example" {
			t.Errorf("looked at the files before a minute was over: served %s", got)
		}
		time.Sleep(checkEvery)
		if got := served(); got != "renewed.example" {
			t.Errorf("after a minute still served %s", got)
		}

		// Half a renewal: a key that does not fit.
		if err := os.WriteFile(keyFile, []byte("half written"), 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(checkEvery)
		if got := served(); got != "renewed.example" {
			t.Errorf("a broken pair replaced the good one: served %s", got)
		}
		writePair(t, dir, "whole.example")
		time.Sleep(checkEvery)
		if got := served(); got != "whole.example" {
			t.Errorf("the whole pair is not served: %s", got)
		}
	})
}

func TestUnreadableCertificateFailsAtStart(t *testing.T) {
	if _, err := newCertificate("no-such-file", "nor-this", slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a missing certificate was accepted")
	}
}
