package e2e

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"callboard/e2e/browser"
)

var update = flag.Bool("update", false, "write the pictures of the storybook anew")

// Pictures are compared after both are halved once more, so that another
// machine's way of drawing letters does not count. What remains may differ by
// so much on average (of 255), and clearly in so small a share of all points.
const (
	meanLimit  = 2.5
	clear      = 48
	shareLimit = 0.006
	// A glyph is too small to count among all points, so each square of so many
	// points has its own limit for the difference of its mean colour.
	square      = 8
	squareLimit = 12
)

// The storybook shows every component in every state; each story looks as it
// did when somebody last looked at it. After a change that is meant:
//
//	go test -run TestStorybook . -update
func TestStorybookLooksAsItDid(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	b := start(t, "demo", "--listen", "127.0.0.1:0", "--seed", "3", "--time-zone", "UTC")
	p := open(t, b.URL("/storybook"), browser.Options{Width: 1280, Height: 900})
	p.until(soon, "the storybook has its font", `document.fonts.status === 'loaded' && document.querySelectorAll('.story-part').length > 10`)
	if err := p.Media("", map[string]string{"prefers-color-scheme": "dark", "prefers-reduced-motion": "reduce"}); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join("testdata", "storybook")
	wanted := map[string]bool{}
	var looks []look
	for _, phone := range []bool{false, true} { // the window of a phone last: a resized one no longer draws what is below it
		for _, theme := range []string{"dark", "light", "contrast"} {
			looks = append(looks, look{theme, phone})
		}
	}
	for _, l := range looks {
		theme, stories := l.theme, ".story-part"
		if l.phone {
			stories = ".story-phone > .story-part"
			if err := p.Resize(390, 844, 1, true); err != nil {
				t.Fatal(err)
			}
		}
		ask[bool](p, fmt.Sprintf(`(document.documentElement.className = %q, document.querySelectorAll('details').forEach(d => { d.open = false }), true)`, theme))
		// Each story begins at a multiple of eight pixels, so that none looks other
		// because one above it grew; two frames, so that what was out of sight is
		// laid out.
		ask[bool](p, `(document.querySelectorAll('.story-part').forEach(s => {
			s.style.marginTop = ''
			s.style.marginTop = 24 + 8 - (s.getBoundingClientRect().y + scrollY) % 8 + 'px'
		}), true)`)
		parts := ask[[]part](p, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done([...document.querySelectorAll('`+stories+`')].filter(s => s.checkVisibility()).map(s => {
			const r = s.getBoundingClientRect()
			return {Title: s.querySelector('h2').textContent, X: r.x + scrollX, Y: r.y + scrollY, W: r.width, H: r.height}
		})))))`)
		together := picturesOf(p, parts)
		for i, s := range parts {
			name := theme + "-" + slug(s.Title) + ".png"
			if wanted[name] {
				t.Errorf("two stories are called %q", s.Title)
			}
			wanted[name] = true
			got := together[i]
			file := filepath.Join(folder, name)
			if *update {
				if err := os.MkdirAll(folder, 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, few(t, got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Errorf("the story %q (%s) has no picture yet; look at it and run with -update", s.Title, theme)
				continue
			}
			want, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			problem, shown := differs(got, want)
			for range 3 { // a machine with much to do has perhaps not drawn everything yet
				if problem == "" {
					break
				}
				ask[bool](p, `new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true), 200)))`)
				got = clip(p, s.X, s.Y, s.W, s.H)
				problem, shown = differs(got, want)
			}
			if problem != "" {
				t.Errorf("%s (%s) looks different: %s. If that is meant, look at it and run with -update", s.Title, theme, problem)
				keep(t, name, got)
				if shown != nil {
					keep(t, "difference-"+name, shown)
				}
			}
		}
	}
	old, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, f := range old {
		if wanted[f.Name()] {
			continue
		}
		if *update {
			os.Remove(filepath.Join(folder, f.Name()))
		} else {
			t.Errorf("%s is the picture of no story; run with -update", f.Name())
		}
	}
}

// A part of the storybook is one story, with its place on the page in CSS
// pixels.
type part struct {
	Title      string
	X, Y, W, H float64
}

// picturesOf are the pictures of parts that follow each other down the page.
// Several are taken at once and cut apart: for every picture of what is outside
// the window Chromium lays out and paints the whole page anew.
func picturesOf(p *page, parts []part) []image.Image {
	const most = 6000 // CSS pixels in one picture, unless one story is higher
	var pictures []image.Image
	for len(parts) > 0 {
		n, first := 1, parts[0]
		left, right, bottom := first.X, first.X+first.W, first.Y+first.H
		for n < len(parts) && parts[n].Y+parts[n].H-first.Y <= most {
			s := parts[n]
			left, right, bottom = min(left, s.X), max(right, s.X+s.W), max(bottom, s.Y+s.H)
			n++
		}
		whole := clip(p, left, first.Y, right-left, bottom-first.Y)
		for _, s := range parts[:n] {
			at := image.Pt(int(math.Round((s.X-left)/2)), int(math.Round((s.Y-first.Y)/2)))
			size := image.Pt(int(math.Ceil(s.W/2)), int(math.Ceil(s.H/2)))
			pictures = append(pictures, whole.SubImage(image.Rectangle{Min: at, Max: at.Add(size)}))
		}
		parts = parts[n:]
	}
	return pictures
}

// clip is a picture of a rectangle of the page at half its size.
func clip(p *page, x, y, w, h float64) *image.RGBA {
	p.t.Helper()
	data, err := p.Clip(x, y, w, h, 0.5)
	if err != nil {
		p.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		p.t.Fatal(err)
	}
	return plain(img)
}

// plain is the picture in the form whose points are had quickest, its corner at
// the origin.
func plain(img image.Image) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

// A look is how stories are photographed: a phone has some of its own.
type look struct {
	theme string
	phone bool
}

var other = regexp.MustCompile(`[^a-z0-9]+`)

func slug(title string) string {
	return strings.Trim(other.ReplaceAllString(strings.ToLower(title), "-"), "-")
}

// differs says how two pictures differ by more than the way of drawing letters,
// empty if they do not, with a picture of the difference where both have the
// same size.
func differs(got, want image.Image) (string, image.Image) {
	g, w := got.Bounds(), want.Bounds()
	if d := g.Dy() - w.Dy(); g.Dx() != w.Dx() || d < -2 || d > 2 {
		return fmt.Sprintf("it is %d×%d and was %d×%d", g.Dx(), g.Dy(), w.Dx(), w.Dy()), nil
	}
	a, b := halved(got), halved(want)
	size := a.Bounds().Intersect(b.Bounds())
	shown := image.NewGray(size)
	var sum, far float64
	for y := range size.Dy() {
		for x := range size.Dx() {
			p, q := a.RGBAAt(x, y), b.RGBAAt(x, y)
			d := max(apart(p.R, q.R), apart(p.G, q.G), apart(p.B, q.B))
			sum += d
			if d > clear {
				far++
			}
			shown.SetGray(x, y, color.Gray{Y: 255 - uint8(min(255, 3*d))})
		}
	}
	for y := 0; y+square <= size.Dy(); y += square {
		for x := 0; x+square <= size.Dx(); x += square {
			if d := squareApart(a, b, x, y); d > squareLimit {
				return fmt.Sprintf("its colour at %d,%d (CSS pixels) is off by %.0f of 255 (limit %d)", 4*x, 4*y, d, squareLimit), shown
			}
		}
	}
	points := float64(size.Dx() * size.Dy())
	if mean, share := sum/points, far/points; mean > meanLimit || share > shareLimit {
		return fmt.Sprintf("%.1f of 255 on average (limit %.1f), %.2f %% of it clearly (limit %.2f)", mean, meanLimit, 100*share, 100*shareLimit), shown
	}
	return "", nil
}

// keep leaves a picture behind (go test -artifacts keeps it).
func keep(t *testing.T, name string, img image.Image) {
	var out bytes.Buffer
	if png.Encode(&out, img) == nil {
		file := filepath.Join(t.ArtifactDir(), name)
		if os.WriteFile(file, out.Bytes(), 0o600) == nil {
			t.Logf("see %s", file)
		}
	}
}

func apart(a, b uint8) float64 { return float64(max(a, b) - min(a, b)) }

// squareApart is how far the mean colours of a square are apart, in the channel
// in which they are farthest.
func squareApart(a, b *image.RGBA, x, y int) float64 {
	var sum [3]float64
	for i := range square * square {
		p, q := a.RGBAAt(x+i%square, y+i/square), b.RGBAAt(x+i%square, y+i/square)
		for k, d := range [3]float64{float64(p.R) - float64(q.R), float64(p.G) - float64(q.G), float64(p.B) - float64(q.B)} {
			sum[k] += d
		}
	}
	return max(max(sum[0], -sum[0]), max(sum[1], -sum[1]), max(sum[2], -sum[2])) / (square * square)
}

// halved is a picture of half the width and height, each point the mean of four.
func halved(picture image.Image) *image.RGBA {
	img := plain(picture)
	from := img.Rect
	out := image.NewRGBA(image.Rect(0, 0, from.Dx()/2, from.Dy()/2))
	for y := range out.Bounds().Dy() {
		for x := range out.Bounds().Dx() {
			var r, g, b uint32
			for i := range 4 {
				at := img.RGBAAt(2*x+i%2, 2*y+i/2)
				r, g, b = r+0x101*uint32(at.R), g+0x101*uint32(at.G), b+0x101*uint32(at.B)
			}
			out.SetRGBA(x, y, color.RGBA{uint8(r >> 10), uint8(g >> 10), uint8(b >> 10), 255})
		}
	}
	return out
}

// few encodes a picture in its 32 most frequent colours, which keeps the
// repository small.
func few(t *testing.T, img image.Image) []byte {
	t.Helper()
	size := img.Bounds()
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA {
		r, g, b, _ := img.At(x, y).RGBA()
		return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
	}
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	var all []color.RGBA
	for c := range count {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	// The frequent ones, but none that is nearly one already taken.
	var chosen color.Palette
	for near := 48; near >= 0 && len(chosen) < 32; near /= 2 {
		for _, c := range all {
			if len(chosen) == 32 {
				break
			}
			if len(chosen) > 0 {
				n := chosen.Convert(c).(color.RGBA)
				if max(max(n.R, c.R)-min(n.R, c.R), max(n.G, c.G)-min(n.G, c.G), max(n.B, c.B)-min(n.B, c.B)) <= uint8(near) {
					continue
				}
			}
			chosen = append(chosen, c)
		}
		if near == 0 {
			break
		}
	}
	out := image.NewPaletted(image.Rect(0, 0, size.Dx(), size.Dy()), chosen)
	index := map[color.RGBA]uint8{}
	for y := range size.Dy() {
		for x := range size.Dx() {
			c := at(size.Min.X+x, size.Min.Y+y)
			i, known := index[c]
			if !known {
				i = uint8(chosen.Index(c))
				index[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	var file bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&file, out); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}
