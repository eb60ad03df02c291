// Package capture makes recordings of what a PBX sent that can be given away:
// for a bug report, or for the vendor. Numbers, names and ids are replaced by
// invented ones, the same for the same everywhere; order, times, structure and
// whatever is odd about a message stay, so that the recording plays back into a
// board as the real thing did.
package capture
