package hub

import "sort"

// An item is one child of #list: a group's head or a row.
type item struct {
	id, rev string
	html    []byte     // shared, never modified
	json    []byte     // the same as a JSON string
	source  *rowSource // nil without running ages
}

// A move is one step of a patch: put the element of an id before another, with
// new content unless it only moves.
type move struct {
	item   *item
	before string // id, empty for the end
	fresh  bool   // new or changed: the bytes go along
}

// diff tells how to get from one list to another: first the removals, then the
// moves in their order. The moves run from the end of the list to its start,
// so that the element each stands before is already in its place, and they
// leave the longest run of rows that is in order untouched.
func diff(from, to []item) (gone []string, moves []move) {
	was := make(map[string]int, len(from))
	for i := range from {
		was[from[i].id] = i
	}
	places := make([]int, len(to)) // place in from, -1 if new
	kept := 0
	for i := range to {
		places[i] = -1
		if at, ok := was[to[i].id]; ok {
			places[i] = at
			kept++
		}
	}
	if kept < len(from) {
		stays := make(map[string]bool, len(to))
		for i := range to {
			stays[to[i].id] = true
		}
		for i := range from {
			if !stays[from[i].id] {
				gone = append(gone, from[i].id)
			}
		}
	}
	still := inOrder(places)
	before := ""
	for i := len(to) - 1; i >= 0; i-- {
		at := places[i]
		fresh := at < 0 || from[at].rev != to[i].rev
		if fresh || !still[i] {
			moves = append(moves, move{item: &to[i], before: before, fresh: fresh})
		}
		before = to[i].id
	}
	return gone, moves
}

// inOrder marks a longest rising subsequence of places; -1 is never part of it.
func inOrder(places []int) []bool {
	still := make([]bool, len(places))
	rising := true
	last := -1
	for _, p := range places {
		if p < 0 {
			continue
		}
		if p < last {
			rising = false
			break
		}
		last = p
	}
	if rising {
		for i, p := range places {
			still[i] = p >= 0
		}
		return still
	}
	// Patience sorting: tails[k] is the index of the smallest end of a rising
	// run of k+1 places, back links each to the one before it.
	var tails []int
	back := make([]int, len(places))
	for i, p := range places {
		if p < 0 {
			continue
		}
		k := sort.Search(len(tails), func(k int) bool { return places[tails[k]] >= p })
		back[i] = -1
		if k > 0 {
			back[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = back[i] {
			still[i] = true
		}
	}
	return still
}

// stateHash is the code by which a page and the server, or two screens, can be
// compared: 32 bit FNV-1a over id, unit separator, revision, record separator
// of all items in order; the upper 24 bits in hexadecimal.
func stateHash(items []item) string {
	const offset, prime = 2166136261, 16777619
	sum := uint32(offset)
	add := func(s string) {
		for i := 0; i < len(s); i++ {
			sum = (sum ^ uint32(s[i])) * prime
		}
	}
	for i := range items {
		add(items[i].id)
		sum = (sum ^ 0x1f) * prime
		add(items[i].rev)
		sum = (sum ^ 0x1e) * prime
	}
	const digits = "0123456789abcdef"
	var out [6]byte
	for i := range out {
		out[i] = digits[sum>>(28-4*i)&15]
	}
	return string(out[:])
}
