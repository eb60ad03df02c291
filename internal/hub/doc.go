// Package hub owns the live board. It takes the inputs of the feed, keeps the
// model, and paints what changed once per view for any number of viewers.
//
// # Order
//
// Inputs are applied in the order of the calls to [Hub.Apply]; each is applied
// wholly before the next. A view shows frames in the order of their numbers,
// which rise hub-wide, so that the event id "epoch-number" names one frame of
// one view. A frame joins everything that changed since the frame before it:
// a viewer sees every final value, not every step on the way.
//
// # Ownership
//
// The board belongs to the hub and is touched only under its lock. Bytes
// handed out (rows, parts, frames, snapshots) and the view models inside a
// [Picture] are shared by all viewers of a view and must not be modified.
//
// # Blocking
//
// Apply locks, reduces, notes what is dirty and returns: it never renders,
// never waits for a viewer. Painting happens on the goroutine of [Hub.Run]; a
// view that comes to life is painted by its first reader. [Viewer.Next] waits
// for news of its view or the end of its context. There is no goroutine per
// viewer, and a viewer that does not ask costs nothing but its cursor.
//
// # Shutdown
//
// Run ends with its context. From then on Next answers [ErrStopped], while
// Picture and Read go on working, so that a page can still be served.
//
// # Locks
//
// Taken in this order and never the other way round: painter.mu (the mirror
// and everything that renders), viewSet.mu (the list of views), view.mu (one
// view's picture, ring and readers). Hub.mu (the board) is a leaf: nothing is locked
// and nothing rendered while it is held.
package hub
