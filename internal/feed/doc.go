// Package feed says what a source of call events is and keeps one alive.
//
// A [Connector] makes one connection and feeds a [Sink] until that connection
// ends. [Keep] calls it again and again: with full jitter between attempts,
// with the waiting time a [Refusal] asks for, and without hurry after a refusal
// that waiting alone will not cure. Between connections it tells the Sink why
// there is none and when the next attempt starts, as [state.Link] inputs with
// LinkDialing and LinkDown. LinkUp comes from the connector, at the moment its
// socket is open and subscribed.
//
// Calls to a Sink are never concurrent: Keep calls it only while Connect is not
// running, and a Connector serialises its own. A Sink must not wait for anybody
// who reads what it holds; it may hold a lock for as long as one input takes.
//
// Keep returns only when its context ends, and by then no goroutine of the
// connector is left.
package feed
