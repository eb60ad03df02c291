// Command screenshots makes the README's pictures from the demo, with a fixed
// seed, so that they are the same company every time.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"callboard/e2e/board"
	"callboard/e2e/browser"
)

// A shot is one picture. CALL in a path stands for a call on the board.
type shot struct {
	name, path string
	opt        browser.Options
}

var desktop = browser.Options{Width: 1440, Height: 900}

var shots = []shot{
	{"board-dark", "/?theme=dark", desktop},
	{"board-light", "/?theme=light", desktop},
	{"call", "CALL?theme=dark", desktop},
	{"status", "/status?theme=dark", desktop},
	{"wall", "/wall?inches=55&metres=5&theme=dark", browser.Options{Width: 1920, Height: 1080}},
	{"wall-numbers", "/wall?layout=numbers&inches=55&metres=5&theme=light&lang=nl", browser.Options{Width: 1920, Height: 1080}},
	{"people", "/people?theme=dark", desktop},
	{"lines", "/lines?theme=light", desktop},
	{"missed", "/missed?theme=dark", desktop},
	{"numbers", "/numbers?theme=light", desktop},
	{"history", "/history?theme=dark&direction=all", desktop},
	{"phone", "/?theme=light", browser.Options{Width: 390, Height: 844, Scale: 2, Mobile: true}},
}

func main() {
	binary := flag.String("binary", "../bin/dashboard", "the built dashboard")
	out := flag.String("out", "../docs/screenshots", "folder for the pictures")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *binary, *out); err != nil {
		fmt.Fprintln(os.Stderr, "screenshots:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, binary, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	b, err := board.Start(ctx, binary, nil, "demo", "--listen", "127.0.0.1:0", "--seed", "1", "--time-zone", "Europe/Amsterdam")
	if err != nil {
		return err
	}
	defer b.Kill()
	// A board that has been at work for a while has ages and ended calls to
	// show.
	select {
	case <-time.After(45 * time.Second):
	case <-ctx.Done():
		return ctx.Err()
	}
	for _, s := range shots {
		if err := take(ctx, b, s, filepath.Join(out, s.name+".png")); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Println(s.name)
	}
	return nil
}

// take opens one page and keeps its picture once it is live.
func take(ctx context.Context, b *board.Process, s shot, file string) error {
	tab, err := browser.Open(ctx, s.opt)
	if err != nil {
		return err
	}
	defer tab.Close()
	const live = `document.documentElement.dataset.live === 'live' && document.fonts.status === 'loaded'`
	path := s.path
	if rest, ok := strings.CutPrefix(path, "CALL"); ok {
		if err := tab.Go(b.URL("/")); err != nil {
			return err
		}
		// Of those who talk, the call with most in its row has a story.
		link, err := browser.Eval[string](tab, `[...document.querySelectorAll('#list > [id^="c"]')].filter(r => r.textContent.includes('Talking'))
			.sort((a, b) => b.innerHTML.length - a.innerHTML.length)[0].querySelector('a[href^="/calls/"]').getAttribute('href')`)
		if err != nil {
			return err
		}
		path = link + rest
	}
	if err := tab.Go(b.URL(path)); err != nil {
		return err
	}
	if err := tab.Until(live, 15*time.Second); err != nil {
		return err
	}
	png, err := tab.Picture()
	if err != nil {
		return err
	}
	if len(png) < 10_000 {
		return errors.New("the picture is empty")
	}
	return os.WriteFile(file, png, 0o644)
}
