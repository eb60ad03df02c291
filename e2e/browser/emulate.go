package browser

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/cdproto/systeminfo"
	"github.com/chromedp/chromedp"
)

const commandLimit = 20 * time.Second

// Resize gives the window another size; a mobile one has touch and its own way
// of laying out pages.
func (t *Tab) Resize(width, height int64, scale float64, mobile bool) error {
	ctx, cancel := context.WithTimeout(t.ctx, commandLimit)
	defer cancel()
	view := []chromedp.EmulateViewportOption{chromedp.EmulateScale(scale)}
	if mobile {
		view = append(view, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	return chromedp.Do(ctx, chromedp.EmulateViewport(width, height, view...))
}

// Media makes the page believe a medium ("print", "" is the screen) and
// preferences such as "prefers-reduced-motion": "reduce".
func (t *Tab) Media(medium string, features map[string]string) error {
	ctx, cancel := context.WithTimeout(t.ctx, commandLimit)
	defer cancel()
	p := emulation.SetEmulatedMediaParams{Media: medium}
	for name, value := range features {
		p.Features = append(p.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, p)
	return err
}

// Permit answers a permission for all pages: "granted", "denied" or "prompt".
func (t *Tab) Permit(name, setting string) error {
	ctx, cancel := context.WithTimeout(t.ctx, commandLimit)
	defer cancel()
	_, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{
		Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSetting(setting),
	})
	return err
}

// ErrNoFrame says that the page has no frame with a document that can be read.
var ErrNoFrame = errors.New("no frame with a document")

// FrameHTML is the document of the page's first frame as it stands, of whatever
// site it is.
func (t *Tab) FrameHTML() (string, error) {
	ctx, cancel := context.WithTimeout(t.ctx, commandLimit)
	defer cancel()
	whole, through := int64(-1), true
	found, err := chromedp.Call(ctx, dom.GetDocument, dom.GetDocumentParams{Depth: &whole, Pierce: &through})
	if err != nil {
		return "", err
	}
	var frame *cdp.Node
	var look func(*cdp.Node)
	look = func(n *cdp.Node) {
		if n.ContentDocument != nil && frame == nil {
			frame = n.ContentDocument
		}
		for _, child := range n.Children {
			look(child)
		}
	}
	look(found.Root)
	if frame == nil {
		return "", ErrNoFrame
	}
	html, err := chromedp.Call(ctx, dom.GetOuterHTML, dom.GetOuterHTMLParams{NodeID: frame.NodeID})
	if err != nil {
		return "", err
	}
	return html.OuterHTML, nil
}

// Metrics are the page's run-time metrics by the names that Chromium gives
// them: "Nodes", "JSEventListeners", "JSHeapUsedSize" in bytes, "TaskDuration"
// in seconds of the main thread, and so on.
func (t *Tab) Metrics() (map[string]float64, error) {
	ctx, cancel := context.WithTimeout(t.ctx, commandLimit)
	defer cancel()
	if _, err := chromedp.Call(ctx, performance.Enable, performance.EnableParams{}); err != nil {
		return nil, err
	}
	found, err := chromedp.Call(ctx, performance.GetMetrics, cdp.Empty{})
	if err != nil {
		return nil, err
	}
	metrics := map[string]float64{}
	for _, m := range found.Metrics {
		metrics[m.Name] = m.Value
	}
	return metrics, nil
}

// Renderer is the time that the page's process has had a core, in all its threads.
func (t *Tab) Renderer() (time.Duration, error) {
	ctx, cancel := context.WithTimeout(t.ctx, commandLimit)
	defer cancel()
	found, err := chromedp.CallBrowser(ctx, systeminfo.GetProcessInfo, cdp.Empty{})
	if err != nil {
		return 0, err
	}
	var busiest float64 // a browser keeps a spare renderer that does nothing
	for _, p := range found.ProcessInfo {
		if p.Type == "renderer" {
			busiest = max(busiest, p.CPUTime)
		}
	}
	return time.Duration(busiest * float64(time.Second)), nil
}

// CollectGarbage makes the page's heap hold only what is in use.
func (t *Tab) CollectGarbage() error {
	ctx, cancel := context.WithTimeout(t.ctx, commandLimit)
	defer cancel()
	_, err := chromedp.Call(ctx, heapprofiler.CollectGarbage, cdp.Empty{})
	return err
}

// Clip is a PNG of a rectangle of the page, in CSS pixels, also outside the window.
func (t *Tab) Clip(x, y, width, height, scale float64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(t.ctx, commandLimit)
	defer cancel()
	beyond := true
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &beyond,
		Clip: &page.Viewport{X: x, Y: y, Width: width, Height: height, Scale: scale},
	})
	if err != nil {
		return nil, fmt.Errorf("picture of %.0f×%.0f at %.0f,%.0f: %w", width, height, x, y, err)
	}
	return shot.Data, nil
}
