// Package number brings telephone numbers to one form, so that a customer who
// shows "0205550101" on one line and "+31205550101" on another is one customer.
// It never changes what is shown: a normal form is for comparing only.
package number

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// DefaultRegion is the country whose way of writing numbers is assumed where
// nothing says otherwise.
const DefaultRegion = "NL"

const (
	// longestExtension is the most digits of a number inside a company. The
	// library would make a public number of it.
	longestExtension = 6
	// longestNumber is the most characters worth looking at: 15 digits of E.164,
	// a prefix and what people put between.
	longestNumber = 40
	// generation is how many numbers are remembered before the older half goes.
	generation = 4096
)

// Normal is the E.164 form ("+31205550101") of a number as dialled in a region
// (ISO 3166 code of a country), if it is a valid number there or abroad. Any
// other text, such as an extension of up to six digits, 112, "anonymous" or a
// SIP name, stays as it is but for the blanks around it. It costs about 30 µs;
// a Form remembers.
func Normal(raw, region string) string {
	text := strings.TrimSpace(raw)
	digits := 0
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case strings.ContainsRune("+()-/. \u00a0", c):
		default: // letters would be taken for the keys of a telephone
			return text
		}
	}
	if digits <= longestExtension || len(text) > longestNumber {
		return text
	}
	n, err := phonenumbers.Parse(text, region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return text
	}
	return phonenumbers.Format(n, phonenumbers.E164)
}

// Regions are the codes of the countries that are known, by the alphabet.
func Regions() []string { return slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions())) }

// A Form is the normal form of numbers seen from one region. It remembers the
// last few thousand; safe for concurrent use.
type Form struct {
	region string

	mu       sync.Mutex // guards what follows
	now, was map[string]string
}

// New returns the form of a region; the error names what is expected.
func New(region string) (*Form, error) {
	region = strings.ToUpper(strings.TrimSpace(region))
	if !phonenumbers.GetSupportedRegions()[region] {
		return nil, fmt.Errorf("region %q is not the two-letter code of a country, such as NL, BE or DE", region)
	}
	return &Form{region: region, now: make(map[string]string)}, nil
}

// Normal is Normal in the form's region.
func (f *Form) Normal(raw string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n, known := f.now[raw]; known {
		return n
	}
	n, known := f.was[raw]
	if !known {
		n = Normal(raw, f.region)
	}
	if len(raw) > longestNumber {
		return n // cheap to tell again, and not to be kept
	}
	if len(f.now) >= generation {
		f.was, f.now = f.now, make(map[string]string)
	}
	f.now[raw] = n
	return n
}
