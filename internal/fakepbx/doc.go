// Package fakepbx is a simulated Xelion PBX: a company with people, lines and
// customers behind the vendor's REST and WebSocket API, for the demo, for tests
// and for screenshots. It knows nothing of the rest of this module.
//
// # Parts
//
// The exchange holds the truth: calls, channels, flows, lines. Scripts change
// it step by step, and whatever is said on sockets or listed by REST follows
// from it. The company's traffic is scripts planned at random; a Scenario is a
// script written by hand. Between what is said and what a socket gets stand the
// faults: lost, doubled, delayed and misspelt events, cut sockets, refusals.
//
// # Use
//
// A PBX is an http.Handler. It works over a real listener, over httptest, and
// over net.Pipe inside a testing/synctest bubble: it has no clock but the time
// package's. New puts the first calls up; Run makes traffic until its context
// ends; Play, Begin and the control methods work with or without Run. Close
// after the HTTP server has stopped accepting.
//
// # Order, blocking, determinism
//
// One mutex guards exchange, sessions and subscriptions, so a snapshot and the
// events around it agree. Frames go to a bounded queue per socket; a client that
// does not read is cut when its queue is full or a write takes 10 seconds, and
// delays nobody. With the same options and the same scripts the same events are
// said in the same order; dates, flow ids and tokens follow the clock.
//
// The rules come from the project's dossier of the vendor's protocol; section
// numbers in comments are that dossier's.
package fakepbx
