package app

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// checkEvery is how long a certificate is served before its files are looked
// at again. A handshake does the looking, so a quiet board costs nothing.
const checkEvery = time.Minute

// A certificate is a key pair that is read again when its files change, as
// they do whenever a short-lived certificate is renewed. Safe for concurrent
// use.
type certificate struct {
	certFile, keyFile string
	log               *slog.Logger

	mu      sync.Mutex // guards the fields below
	pair    *tls.Certificate
	stamp   [2]stamp  // of the files the pair was read from
	checked time.Time // when the files were last looked at
}

// A stamp tells one state of a file from another.
type stamp struct {
	modified time.Time
	size     int64
}

// newCertificate reads the pair once; an unreadable one is an error.
func newCertificate(certFile, keyFile string, log *slog.Logger) (*certificate, error) {
	c := &certificate{certFile: certFile, keyFile: keyFile, log: log}
	stamp, err := c.look()
	if err != nil {
		return nil, err
	}
	return c, c.read(stamp)
}

// get is tls.Config.GetCertificate.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.checked) < checkEvery {
		return c.pair, nil
	}
	c.checked = time.Now()
	stamp, err := c.look()
	if err == nil && stamp == c.stamp {
		return c.pair, nil
	}
	if err == nil {
		err = c.read(stamp)
	}
	// A half-written pair is normal for a moment: the old one serves on, and
	// the next look, a minute later, finds the whole one.
	if err != nil {
		c.log.Warn("certificate not read again, the old one is still served", "error", err)
		return c.pair, nil
	}
	c.log.Info("certificate read again", "until", c.pair.Leaf.NotAfter)
	return c.pair, nil
}

// look stats both files.
func (c *certificate) look() ([2]stamp, error) {
	var stamps [2]stamp
	for i, name := range []string{c.certFile, c.keyFile} {
		info, err := os.Stat(name)
		if err != nil {
			return stamps, fmt.Errorf("look at the certificate: %w", err)
		}
		stamps[i] = stamp{info.ModTime(), info.Size()}
	}
	return stamps, nil
}

// read replaces the pair. The caller holds mu or is alone.
func (c *certificate) read(stamps [2]stamp) error {
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return fmt.Errorf("read the certificate: %w", err)
	}
	c.pair, c.stamp, c.checked = &pair, stamps, time.Now()
	return nil
}
