// Package browser opens the board in a real Chromium: headless, with a profile
// of its own, always closed again.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// ErrMissing says that this machine has no Chromium.
var ErrMissing = errors.New("no Chromium found; CHROMIUM may name one")

// Find returns the path of a Chromium.
func Find() (string, error) {
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}

// Options of a tab. The zero value is a desktop of 1440 × 900 with script.
type Options struct {
	Width, Height int64
	Scale         float64 // device pixels per CSS pixel; 0 means 1
	Mobile        bool
	NoScript      bool
	Profile       string // folder that outlives the browser; "" makes one that does not
	Before        string // script that runs in every document before its own
	FirstParty    bool   // no cookies of third parties, as in a browser of the strict kind
	Together      bool   // frames of other sites share the tab's process, so that FrameHTML reads them
}

// A Tab is one page in a browser of its own. Safe for concurrent use.
type Tab struct {
	ctx   context.Context
	close func()

	mu       sync.Mutex // guards problems
	problems []string
}

// Open starts a browser with one tab. Close it.
func Open(ctx context.Context, opt Options) (*Tab, error) {
	path, err := Find()
	if err != nil {
		return nil, err
	}
	if opt.Width == 0 {
		opt.Width, opt.Height = 1440, 900
	}
	if opt.Scale == 0 {
		opt.Scale = 1
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WindowSize(int(opt.Width), int(opt.Height)))
	if opt.Profile != "" {
		flags = append(flags, chromedp.UserDataDir(opt.Profile))
	}
	if opt.Together {
		flags = append(flags, chromedp.Flag("disable-site-isolation-trials", true), chromedp.Flag("disable-features", "IsolateOrigins,site-per-process"))
	}
	if opt.FirstParty {
		flags = append(flags, chromedp.Flag("test-third-party-cookie-phaseout", true))
	}
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox) // Chromium refuses to run as root with it
	}
	ctx, endBrowser := chromedp.NewExecAllocator(ctx, flags...)
	ctx, endTab := chromedp.NewContext(ctx)
	tab := &Tab{ctx: ctx}
	tab.close = sync.OnceFunc(func() {
		limit, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		chromedp.Cancel(limit)
		endTab()
		endBrowser()
	})
	err = chromedp.Listen(ctx, tab.listen)
	if err == nil {
		view := []chromedp.EmulateViewportOption{chromedp.EmulateScale(opt.Scale)}
		if opt.Mobile {
			view = append(view, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
		}
		err = chromedp.Do(ctx, chromedp.EmulateViewport(opt.Width, opt.Height, view...))
	}
	if err == nil && opt.NoScript {
		_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	if err == nil && opt.Before != "" {
		_, err = chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: opt.Before})
	}
	if err != nil {
		tab.close()
		return nil, fmt.Errorf("open a browser: %w", err)
	}
	return tab, nil
}

// listen notes everything that a developer's console would show in red. It
// runs inside the reader of the browser's messages and must not call back.
func (t *Tab) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		t.note("exception: " + text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			var text strings.Builder
			for _, arg := range e.Args {
				text.WriteString(" " + string(arg.Value) + arg.Description)
			}
			t.note("console:" + text.String())
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError || e.Entry.Level == cdplog.EntryLevelWarning {
			t.note(fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	}
}

func (t *Tab) note(problem string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.problems = append(t.problems, problem)
}

// Problems are the errors and warnings of the console so far, CSP reports
// among them, without those that a pattern of allowed fits.
func (t *Tab) Problems(allowed ...*regexp.Regexp) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var left []string
next:
	for _, problem := range t.problems {
		for _, fits := range allowed {
			if fits.MatchString(problem) {
				continue next
			}
		}
		left = append(left, problem)
	}
	return left
}

// Close ends the browser and removes its profile, unless it was named. Once is
// enough.
func (t *Tab) Close() { t.close() }

// Go opens a page and waits until it is loaded.
func (t *Tab) Go(url string) error {
	ctx, cancel := context.WithTimeout(t.ctx, 20*time.Second)
	defer cancel()
	return chromedp.Do(ctx, chromedp.Navigate(url))
}

// Eval runs an expression in the page. Promises are waited for.
func Eval[T any](t *Tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, 30*time.Second)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Until asks the page again and again whether the expression holds, also
// across navigations, and gives up after limit.
func (t *Tab) Until(expression string, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(t.ctx, limit)
	defer cancel()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	var last error
	for {
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if err == nil && holds {
			return nil
		}
		if err != nil && ctx.Err() == nil {
			last = err
		}
		select {
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("not within %v: %s", limit, expression), last)
		case <-again.C:
		}
	}
}

// Keys types keys as a person would; package kb of chromedp names the special
// ones.
func (t *Tab) Keys(keys string) error {
	ctx, cancel := context.WithTimeout(t.ctx, 10*time.Second)
	defer cancel()
	return chromedp.Do(ctx, chromedp.KeyEvent(keys))
}

// Picture is a PNG of what the window shows.
func (t *Tab) Picture() ([]byte, error) {
	ctx, cancel := context.WithTimeout(t.ctx, 20*time.Second)
	defer cancel()
	return chromedp.Run(ctx, chromedp.CaptureScreenshot())
}
