package history

import (
	"testing"
	"time"
)

// A file that somebody wrote into may hold anything.
func FuzzLegs(f *testing.F) {
	for _, text := range []string{`[]`, `[[0,12,2,0,null,null],[1,3,5,-7,15000000000,9]]`, `[[[[`, `1,2,3,4,5,6,7,8]`, `[1,2,3,4,5,6,7]`, "", `]]]]]]]]`, `[,,,,,,,,,,]`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range decodeLegs(text, time.Unix(0, 0), nil) {
			if l.State > 3 {
				t.Errorf("state %d", l.State)
			}
		}
	})
}
