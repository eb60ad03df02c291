// Package history keeps what is over: ended calls, journeys, counters by the
// hour, gaps and alarms, in one SQLite file (history.db) of the data folder.
//
// Nothing in it is counted up. Calls and journeys are stored as the board told
// them, the newest telling wins, and the counters of an hour are computed anew
// from its journeys in the transaction that touched them. So a batch that is
// applied twice, or late, changes nothing.
//
// A journey is what people call a call: a customer who is handed on is one
// journey of several calls. Telephone numbers and names stand in one table
// (party) only, so that one number can be erased everywhere at once.
package history
