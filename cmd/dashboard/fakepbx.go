package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"callboard/internal/fakepbx"
)

// fakePBX runs the simulator alone until the context ends. It reads no
// environment: what is set for serve on the same machine must not reach it.
func fakePBX(ctx context.Context, c *call) error {
	f := newFlags(c, "")
	listen := f.text("listen", "127.0.0.1:8081", "address to serve on, host:port; port 0 picks one and prints it")
	opt := fakepbx.DemoOptions()
	opt.RegisterFlags(f.FlagSet)
	logging := f.logging()
	if err := f.parse(c); err != nil {
		return err
	}
	log, err := logging.logger(c.stderr)
	if err != nil {
		return err
	}
	if _, err := checkListen(listen); err != nil {
		return err
	}
	if err := opt.Check(); err != nil {
		return usagef("%s", err)
	}
	opt.Log = log
	err = fakepbx.ListenAndServe(ctx, listen.text, opt, func(_ *fakepbx.PBX, addr string) {
		log.Info("simulated PBX listening", "addr", addr, "url", "http://"+addr, "user", opt.User, "tenant", opt.Tenant)
	})
	if errors.Is(err, syscall.EADDRINUSE) {
		return errors.New(inUse(listen))
	}
	return err
}

// inUse says that a port is taken in words that help.
func inUse(listen *setting) string {
	return fmt.Sprintf("%s is %s: another program listens there; stop it or choose another address", listen.label(), quote(listen.text))
}
