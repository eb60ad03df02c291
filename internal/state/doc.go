// Package state is the call model: which calls are up, who takes part, how
// certain that is, and what today's counters say.
//
// Everything that can change the board is one [Input]: a call event, a
// snapshot of the PBX's active channels, a change of the link to the PBX, a
// proof that the link still lives, a name learnt later, an oddity the feed
// met, an operator's word. [Board.Apply] is the only way in. It answers with
// the changes it caused; a plain map fed with nothing but those changes equals
// the board after every step (the mirror law, fuzzed in this package).
//
// The package is pure and deterministic. It holds no goroutine, lock, clock,
// logger or context. Time enters with each Input and through [Board.Advance],
// which fires timers in the order in which they fall due; replaying the same
// inputs gives the same board and the same changes, whenever it is done.
//
// A Board is not safe for concurrent use; its owner (package hub) locks it.
// Values handed out (Call, Change and the slices inside) are never written
// again by the board and may be shared freely. The slice of changes itself is
// valid until the next Apply or Advance.
//
// The rules come from the protocol dossier, sections 9 to 12; each rule names
// its section where it is coded. Stories of whole calls, as a telephone
// engineer would tell them, are in testdata/stories.
package state
