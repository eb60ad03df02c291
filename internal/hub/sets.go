package hub

import (
	"maps"
	"slices"
)

// toggled is a sorted list with a word put in or taken out. The list given
// stays as it is.
func toggled(list []string, word string) []string {
	out := slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == word })
	if len(out) == len(list) {
		out = append(out, word)
		slices.Sort(out)
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
