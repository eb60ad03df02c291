// Package travel goes back in time: it makes the board of any second that the
// journal reaches back to, from the nearest kept picture of the model and the
// entries behind it, and shows it on pages of its own.
//
// A recorded page is a second, private hub.Hub whose clock is at that second:
// it stands still there, or a player feeds it from the journal at up to sixty
// times the speed. So every page is composed by the same code that showed it
// then. What belongs to no entry is taken from elsewhere: the alarms that stood
// from the history's ledger, rules and teams from the present settings.
//
// Every ten seconds the live board noted a code of itself in the journal. A
// replay compares its own with each that it passes: equal codes are equal
// boards.
//
// Nothing here touches the live board: reading is done by connections of its
// own, folding on goroutines of its own, two at a time.
package travel
