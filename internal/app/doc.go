// Package app is the process: it builds the parts of a board, binds its
// address, runs the parts and stops them.
//
// New can fail and opens nothing but the listening socket; Run runs until its
// context ends or a part fails, and the first failure is what it returns. On
// the way down the hub and the feed end first: the hub's end lets streams say
// goodbye while the server waits half a second for them, and the feed ends its
// session at the PBX. Then the context of all requests ends, which cuts the
// streams that are left, and other requests get another second and a half. All
// of it fits into three seconds.
package app
