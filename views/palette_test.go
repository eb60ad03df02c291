package views

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The hues of states must differ for every eye: the worst pair has a colour
// difference (CIEDE2000) of at least 18, and each has a contrast of 4.5 with
// its ground, in every theme.
const (
	leastDifference = 18.0
	leastContrast   = 4.5
)

// hues are the tokens that tell states apart.
var hues = []string{"c-talk", "c-ring", "c-alarm", "c-idle"}

// eyes are the matrices of Machado, Oliveira and Fernandes (2009) for complete
// deficiencies, on linear light.
var eyes = map[string][9]float64{
	"normal": {1, 0, 0, 0, 1, 0, 0, 0, 1},
	"protan": {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deutan": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritan": {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}

// linear is a colour as linear light, 0 to 1.
func linear(t *testing.T, hex string) [3]float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	var rgb [3]float64
	for i := range rgb {
		c := float64(n>>(16-8*i)&0xff) / 255
		if c <= 0.04045 {
			rgb[i] = c / 12.92
		} else {
			rgb[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return rgb
}

// seen is what an eye makes of a colour, in CIELAB (D65).
func seen(rgb [3]float64, eye [9]float64) (l, a, b float64) {
	var v [3]float64
	for i := range v {
		v[i] = min(1, max(0, eye[3*i]*rgb[0]+eye[3*i+1]*rgb[1]+eye[3*i+2]*rgb[2]))
	}
	f := func(x float64) float64 {
		if x > 216.0/24389 {
			return math.Cbrt(x)
		}
		return (24389.0/27*x + 16) / 116
	}
	x := f((0.4124564*v[0] + 0.3575761*v[1] + 0.1804375*v[2]) / 0.95047)
	y := f(0.2126729*v[0] + 0.7151522*v[1] + 0.0721750*v[2])
	z := f((0.0193339*v[0] + 0.1191920*v[1] + 0.9503041*v[2]) / 1.08883)
	return 116*y - 16, 500 * (x - y), 200 * (y - z)
}

// difference is CIEDE2000 (Sharma, Wu and Dalal 2005).
func difference(l1, a1, b1, l2, a2, b2 float64) float64 {
	const deg = math.Pi / 180
	pow7 := func(x float64) float64 { return math.Pow(x, 7) }
	c := (math.Hypot(a1, b1) + math.Hypot(a2, b2)) / 2
	g := 0.5 * (1 - math.Sqrt(pow7(c)/(pow7(c)+pow7(25))))
	a1, a2 = a1*(1+g), a2*(1+g)
	c1, c2 := math.Hypot(a1, b1), math.Hypot(a2, b2)
	hue := func(a, b float64) float64 {
		if a == 0 && b == 0 {
			return 0
		}
		return math.Mod(math.Atan2(b, a)/deg+360, 360)
	}
	h1, h2 := hue(a1, b1), hue(a2, b2)
	dh, h := h2-h1, h1+h2
	switch {
	case c1*c2 == 0:
		dh = 0
	case math.Abs(dh) <= 180:
		h /= 2
	default:
		if dh > 180 {
			dh -= 360
		} else {
			dh += 360
		}
		if h < 360 {
			h += 360
		} else {
			h -= 360
		}
		h /= 2
	}
	l, c := (l1+l2)/2, (c1+c2)/2
	dL, dC, dH := l2-l1, c2-c1, 2*math.Sqrt(c1*c2)*math.Sin(dh/2*deg)
	t := 1 - 0.17*math.Cos((h-30)*deg) + 0.24*math.Cos(2*h*deg) + 0.32*math.Cos((3*h+6)*deg) - 0.20*math.Cos((4*h-63)*deg)
	sL := 1 + 0.015*(l-50)*(l-50)/math.Sqrt(20+(l-50)*(l-50))
	sC, sH := 1+0.045*c, 1+0.015*c*t
	rot := -math.Sin(60*math.Exp(-((h-275)/25)*((h-275)/25))*deg) * 2 * math.Sqrt(pow7(c)/(pow7(c)+pow7(25)))
	return math.Sqrt(dL/sL*dL/sL + dC/sC*dC/sC + dH/sH*dH/sH + rot*dC/sC*dH/sH)
}

// The formula has so many branches that only its authors' own table proves it.
func TestDifferenceOfColours(t *testing.T) {
	for _, c := range [][7]float64{
		{50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425},
		{50, -1, 2, 50, 0, 0, 2.3669},
		{50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195},
		{50, 2.5, 0, 73, 25, -18, 27.1492},
		{50, 2.5, 0, 58, 24, 15, 19.4535},
		{22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373},
		{90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447, 1.4441},
	} {
		if got := difference(c[0], c[1], c[2], c[3], c[4], c[5]); math.Abs(got-c[6]) > 0.0001 {
			t.Errorf("difference of %v is %.4f, want %.4f", c[:6], got, c[6])
		}
	}
}

// palette is the theme that results when blocks of the token sheet are applied
// one after the other.
func palette(t *testing.T, blocks ...string) map[string]string {
	t.Helper()
	b, err := os.ReadFile("../static/src/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	sheet := string(b)
	merged := map[string]string{}
	for _, path := range blocks { // "@media …>selector"
		part := sheet
		at, selector, nested := strings.Cut(path, ">")
		if nested {
			_, rest, ok := strings.Cut(part, at+" {")
			if !ok {
				t.Fatalf("no block %s", at)
			}
			part = rest
		} else {
			selector = path
		}
		_, block, ok := strings.Cut(part, selector+" {")
		if !ok {
			t.Fatalf("no block %s", path)
		}
		block, _, _ = strings.Cut(block, "}")
		for _, m := range regexp.MustCompile(`--([cd]-[a-z0-9]+): (#[0-9A-F]{6})`).FindAllStringSubmatch(block, -1) {
			merged[m[1]] = m[2]
		}
	}
	return merged
}

func TestPaletteForEveryEye(t *testing.T) {
	const dark, light = ":root, .dark", "\n.light"
	for name, c := range map[string]map[string]string{
		"dark":           palette(t, dark),
		"light":          palette(t, light),
		"system light":   palette(t, dark, "@media (prefers-color-scheme: light)>:root:not(.dark)"),
		"contrast dark":  palette(t, dark, "\n.contrast"),
		"contrast light": palette(t, dark, light, "\n.contrast", "@media (prefers-color-scheme: light)>:root.contrast"),
		"more dark":      palette(t, dark, "@media (prefers-contrast: more)>:root, :root.dark"),
		"more light":     palette(t, dark, light, "@media (prefers-contrast: more)>:root.light"),
		"more system":    palette(t, dark, light, "@media (prefers-contrast: more) and (prefers-color-scheme: light)>:root:not(.dark)"),
		"print":          palette(t, dark, "@media print>:root, :root.dark, :root.contrast"),
	} {
		for _, hue := range hues {
			if got := contrast(t, c[hue], c["c-ground"]); got < leastContrast {
				t.Errorf("%s: %s %s on %s has a contrast of %.2f, want %.1f", name, hue, c[hue], c["c-ground"], got, leastContrast)
			}
		}
		for eye, matrix := range eyes {
			worst, pair := math.Inf(1), ""
			for i, one := range hues {
				for _, other := range hues[i+1:] {
					l1, a1, b1 := seen(linear(t, c[one]), matrix)
					l2, a2, b2 := seen(linear(t, c[other]), matrix)
					if d := difference(l1, a1, b1, l2, a2, b2); d < worst {
						worst, pair = d, one+" and "+other
					}
				}
			}
			if worst < leastDifference {
				t.Errorf("%s, %s eye: %s differ by %.1f, want %.0f", name, eye, pair, worst, leastDifference)
			}
			t.Logf("%-14s %s eye: worst pair %s %.1f", name, eye, pair, worst)
		}
	}
}
