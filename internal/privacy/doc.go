// Package privacy says how much of a call somebody may see, and makes the rest
// unseen before anything is composed of it.
//
// A [Level] is how plainly numbers and names are told, a [Scope] of which teams
// and lines; both together are a [Lens]. Everything here is pure: values in,
// values out, safe for concurrent use.
package privacy
