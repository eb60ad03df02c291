package hub

import (
	"cmp"
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

// sortedByName lists the keys of oid → name in order of the names.
func sortedByName(m map[string]string) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(cmp.Compare(fold(m[a]), fold(m[b])), cmp.Compare(a, b))
	})
}
