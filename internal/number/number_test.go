package number

import (
	"strconv"
	"strings"
	"sync"
	"testing"
)

func TestNormal(t *testing.T) {
	for _, c := range []struct{ raw, region, want string }{
		{"+31205550101", "NL", "+31205550101"},
		{"0031205550101", "NL", "+31205550101"},
		{"0205550101", "NL", "+31205550101"},
		{"31205550101", "NL", "+31205550101"},
		{" 020 - 555 01 01 ", "NL", "+31205550101"},
		{"(020) 555.01.01", "NL", "+31205550101"},
		{"+31 (0)20 555 01 01", "NL", "+31205550101"},
		{"0625550133", "NL", "+31625550133"},
		{"0032 3 555 01 20", "NL", "+3235550120"},
		{"03 555 01 20", "BE", "+3235550120"},
		{"030 123456", "DE", "+4930123456"},
		// What is no public number stays as it was given.
		{"201", "NL", "201"},
		{"112", "NL", "112"},
		{"12345", "NL", "12345"},
		{"123456", "NL", "123456"},
		{"", "NL", ""},
		{"   ", "NL", ""},
		{"anonymous", "NL", "anonymous"},
		{"Anonymous ", "NL", "Anonymous"},
		{"sip:0205550101@pbx", "NL", "sip:0205550101@pbx"},
		{"0800-FLOWERS", "NL", "0800-FLOWERS"},
		{"+0000000000", "NL", "+0000000000"},
		{"0205550101;ext=12", "NL", "0205550101;ext=12"},
		{strings.Repeat("0205550101 ", 5), "NL", strings.TrimSpace(strings.Repeat("0205550101 ", 5))},
	} {
		if got := Normal(c.raw, c.region); got != c.want {
			t.Errorf("Normal(%q, %s) = %q, want %q", c.raw, c.region, got, c.want)
		}
	}
}

func TestRegion(t *testing.T) {
	for _, bad := range []string{"", "XX", "Netherlands", "31"} {
		if _, err := New(bad); err == nil {
			t.Errorf("region %q was taken", bad)
		}
	}
	f, err := New(" be ")
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Normal("035550120"); got != "+3235550120" {
		t.Errorf("in Belgium 035550120 is %q", got)
	}
	if n := len(Regions()); n < 200 {
		t.Errorf("%d regions are known", n)
	}
}

// A form that is asked for ever more numbers, by several at once, keeps no more
// than two generations, and the answers stay right.
func TestFormIsBounded(t *testing.T) {
	f, err := New("NL")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for part := range 4 {
		all.Go(func() {
			for i := range 4000 {
				raw := "x" + strconv.Itoa(i*4+part) // no number: cheap
				if got := f.Normal(raw); got != raw {
					t.Errorf("%q became %q", raw, got)
				}
				if got := f.Normal("0205550101"); got != "+31205550101" {
					t.Errorf("0205550101 became %q", got)
				}
			}
		})
	}
	all.Wait()
	if n := len(f.now) + len(f.was); n > 2*generation {
		t.Errorf("%d numbers are remembered, bound %d", n, 2*generation)
	}
}

func FuzzNormal(f *testing.F) {
	f.Add("+31205550101")
	f.Add("00 31 (0)20-555 01 01")
	f.Add("anonymous")
	f.Fuzz(func(t *testing.T, raw string) {
		once := Normal(raw, "NL")
		if twice := Normal(once, "NL"); twice != once {
			t.Errorf("%q becomes %q, and that %q", raw, once, twice)
		}
	})
}

func BenchmarkForm(b *testing.B) {
	f, err := New("NL")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f.Normal("+31205550101")
	}
}
