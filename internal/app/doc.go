// Package app is the process: it builds the parts of a board, binds its
// address, runs the parts and stops them.
//
// New can fail and opens nothing but the listening socket; Run runs until its
// context ends or a part fails, and the first failure is what it returns. On
// the way down the context of all requests ends before the server is asked to
// stop, because event streams live for as long as that context does; the
// session at the PBX is ended at the same time. All of it fits into three
// seconds.
package app
