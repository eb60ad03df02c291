package fakepbx

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// ListenAndServe runs a PBX of its own on addr until ctx ends: binds, calls
// ready with the PBX and the address it got (ready may be nil), serves and
// makes traffic. It returns nil when ctx ended, otherwise why it could not bind
// or serve.
func ListenAndServe(ctx context.Context, addr string, o Options, ready func(p *PBX, addr string)) error {
	p, err := New(o)
	if err != nil {
		return err
	}
	defer p.Close()
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: p, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(p.log.Handler(), slog.LevelWarn)}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	ran := make(chan struct{})
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer close(ran)
		p.Run(ctx)
	}()
	if ready != nil {
		ready(p, ln.Addr().String())
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
		srv.Close()
		<-failed
	}
	stop()
	<-ran
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
