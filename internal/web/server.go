package web

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// sendBuffer bounds what the kernel swallows for a viewer that does not read.
const sendBuffer = 64 << 10

// TLS is how this server speaks it: 1.2 and newer, HTTP/2 where the browser can,
// with the certificate that get gives for each handshake.
func TLS(get func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: get, NextProtos: []string{"h2", "http/1.1"}}
}

// Server returns an HTTP server for a handler of this package, ready to Serve
// on a listener; for TLS set TLSConfig. All requests end with ctx: once it is
// cancelled, Shutdown returns at once. WriteTimeout stays zero on purpose, streams
// set a deadline for every write.
func Server(ctx context.Context, handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    8 << 10,
		HTTP2: &http.HTTP2Config{
			MaxConcurrentStreams: 64,
			SendPingTimeout:      15 * time.Second,
			PingTimeout:          5 * time.Second,
			WriteByteTimeout:     WriteDeadline, // a write deadline alone does not free a stuck connection
		},
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			if t, ok := socket(c).(*net.TCPConn); ok {
				t.SetWriteBuffer(sendBuffer)
			}
			return context.WithValue(ctx, connKey{}, c)
		},
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}
