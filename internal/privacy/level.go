package privacy

import "slices"

// A Level is how plainly numbers and names of calls are told. Higher is
// stricter, so the stricter of two is the greater.
type Level uint8

// The levels, from all to next to nothing.
const (
	Full      Level = iota // as the feed gave them
	LastThree              // the last three digits of outside numbers are hidden
	Initials               // names are initials, numbers are hidden
	Counts                 // no call, customer or person by itself: how many only
)

var levels = []string{"full", "last-three", "initials", "counts"}

// Levels are the words of all levels, the mildest first.
func Levels() []string { return slices.Clone(levels) }

// String is the word of a level, as it stands in settings and addresses.
func (l Level) String() string { return levels[l] }

// ParseLevel reads the word of a level.
func ParseLevel(word string) (Level, bool) {
	i := slices.Index(levels, word)
	return Level(max(i, 0)), i >= 0
}
