// Package keeper keeps what the board is told, so that nothing is lost: the
// journal of all inputs (package eventlog), the history of what is over
// (package history), and what ties them to the board.
//
// # The way of an input
//
// The hub makes the order. Each input it takes passes [Keeper.OnInput], which
// appends it to the log in memory and returns: the live board waits for no
// disk. The log's own writer follows it into journal.db.
//
// The keeper is a follower of the log with a board of its own. From that board
// come the rows of the history, the snapshots, and a code that is compared with
// the one in each tick of the hub. So nothing is stored but what the log says,
// and a replay has proven to be the board that was shown, or says that it is
// not. Rows enter the history, and snapshots the journal, only once the entries
// they come from are on the disk.
//
// # Beginning
//
// [Open] makes the board that is shown from the newest usable snapshot and the
// entries after it, and tells it, by the same log, what happened meanwhile: the
// former process stopped or crashed ([state.Crashed], at its last sign of
// life), the clock was set, from where ids go on. The keeper's own board starts
// where the history ends and catches up in the background. Where the journal is
// gone or unreadable, the board begins with what the history knows of today,
// and a snapshot of that is the journal's first.
//
// # When the disk does not want
//
// Rows wait in memory and are written when it wants again. If there are too
// many of them they are dropped, and the keeper's board begins once more where
// the history ends. Where a file cannot be opened at all the log is in memory
// only. [Keeper.Status] says so in every case, and what was down for a while
// becomes a gap of the disk in the history.
//
// # Ownership and blocking
//
// A Keeper is safe for concurrent use. [Keeper.Run] and what it starts end with
// its context; [Keeper.Close] writes what is left, takes a last snapshot and
// gives the folder back.
package keeper
