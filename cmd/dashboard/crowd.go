package main

import (
	"callboard/internal/app"
	"callboard/internal/redact"
)

// crowd are the settings of how many may look at once, and of who reads the
// metrics.
type crowd struct{ streams, each, fromOne, metrics *setting }

func (f *flags) crowd() crowd {
	return crowd{
		streams: f.text("max-streams", "2000", "live pages at once, of all viewers together"),
		each:    f.text("max-streams-per-viewer", "20", "live pages of one person, display or program, where sign-in is on"),
		fromOne: f.text("max-streams-per-address", "100", "live pages from one address, where sign-in is on; more for an office behind one address"),
		metrics: f.text("metrics-token-file", "", "file with a token of at least 16 characters: who brings it may read /metrics from elsewhere"),
	}
}

// fill checks the settings and puts them into the options.
func (c crowd) fill(opt *app.Options) (err error) {
	const most = 100_000
	if opt.Streams.All, err = c.streams.int(1, most); err != nil {
		return err
	}
	if opt.Streams.Each, err = c.each.int(1, most); err != nil {
		return err
	}
	if opt.Streams.FromOne, err = c.fromOne.int(1, most); err != nil {
		return err
	}
	if c.metrics.text == "" {
		return nil
	}
	token, err := readSecret(c.metrics, c.metrics.text, "the token of the metrics")
	if err != nil {
		return err
	}
	opt.MetricsToken = redact.Secret(token)
	if len(opt.MetricsToken) < 16 {
		return c.metrics.wrongValue(c.metrics.text, "a file with a token of at least 16 characters; this one can be guessed")
	}
	return nil
}
