// Package sqlitefile opens one SQLite file for one purpose, and never lets a
// bad file keep the program from starting.
//
// # What opening does
//
// A file that is not there is made, with mode 0600. An older one is brought to
// this build's schema, each step in a transaction of its own, after a copy of
// the whole file was put beside it. A newer one is refused with a
// [*NewerError] and left as it is. A broken one (not a database, another
// program's, malformed pages, a schema that is not what was written) is moved
// aside with its -wal, and a new one begun: once, never in a loop. What was done stands in
// [Report]. A byte of the header that two places tell differently (the
// schema's number, the program's mark) is mended from the other place, so that
// years of history are not put aside for it.
//
// Files up to [Options.CheckBytes] are checked whole (integrity_check, which also holds indexes against their tables) whenever
// they are opened; of larger ones only the header and the schema, so that
// starting stays under a second with a gigabyte. Damage met later shows as an
// error for which [IsCorrupt] holds. SQLite keeps no sums of pages: a changed
// byte within a value is not noticed here, whoever must know keeps a sum of
// its own (package eventlog does).
//
// # Errors
//
// A full disk ([IsFull]), a read-only one ([IsReadOnly]), and a file that
// another process holds ([IsBusy]) are errors of the moment: nothing is moved
// aside for them, and the caller goes on without the file and tries again.
//
// # Ownership and blocking
//
// A [File] is safe for concurrent use. Write has one connection, so that
// writers wait for each other here and not inside SQLite; its transactions
// take the lock when they begin. Read has a few connections that see the last
// commit and never wait for a writer (WAL). No goroutine is started. The
// folder must be on a local disk: WAL does not work on network shares.
package sqlitefile
