// Package eventlog is the order of all inputs of the board: what came, when,
// and after what. Memory gives the order; a file follows it.
//
// # Order
//
// [Disk.Append] gives each entry the next sequence under a lock held for about
// a microsecond, and wakes the followers. A writer goroutine encodes what came
// in during 100 ms and commits it to journal.db in one transaction with
// synchronous=FULL. So the screen never waits for a disk, and a crash costs
// the last 100 ms. An entry leaves memory only after it was committed: a
// follower passes from the file to memory without a gap.
//
// Entries carry the time at which they arrived. Times may run back when a
// clock is set; sequences never do. [Disk.SeqAt] takes times as a board does:
// the latest time so far counts until the clock has come to it again.
//
// # When the disk takes nothing
//
// Full, read-only, locked or dying: appending and following go on, the writer
// tries again every 250 ms, [Disk.Status] says since when and why. What waits
// is kept as bodies of about 200 bytes. Beyond 65,536 entries the oldest are
// given up: a [Hole], written down with the next commit. A file that proves
// damaged while in use is put aside and a new one begun with the same epoch
// and all that memory has. A file that cannot even be opened at the start is
// opened as soon as it can; the sequence then begins far behind whatever it
// holds, with a hole between.
//
// # What it holds
//
// Entries of seven days and one gigabyte at most, deleted in chunks between
// commits; the newest always stays, because it holds the sequence. Snapshots
// of the board (all of the last hour, then one in 15 minutes), compressed. The
// flight recorder: what the PBX sent, compressed in blocks, 24 hours and 256
// MiB at most. journal.db may be deleted whenever the program does not run: the
// next one begins another epoch.
//
// A row whose sum is wrong becomes an entry with the Oddity [UnreadableEntry];
// one of a kind that a newer build wrote is left out. Both are counted.
//
// # Ownership, blocking, shutdown
//
// A Disk owns its file and one goroutine. All methods are safe for concurrent
// use. Append and RecordFrame never block on anything but short locks. Follow
// runs in its caller's goroutine and ends with its context. Read, SeqAt, Span,
// Frames and SnapshotBefore read the file and hold it for a few hundred rows
// at a time, never while the caller works on what they gave. SaveSnapshot,
// Scrub and ScrubSnapshots write and wait for the disk. Close commits what is
// left and ends followers with [ErrClosed], after they had the rest.
package eventlog
