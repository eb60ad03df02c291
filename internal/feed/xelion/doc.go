// Package xelion feeds the board from a Xelion PBX: session, socket,
// subscriptions, decoding, snapshot and names. Section numbers in comments are
// those of the protocol dossier.
//
// [Client.Connect] makes one connection. It has six goroutines beside each
// other, and the first that fails ends the others:
//
//   - the reader takes every frame, decodes it and passes call events on, with
//     the time at which they came;
//   - the writer sends a ping every 10 s, a test message every 15 s and the
//     answers to the PBX's pings;
//   - the snapshot is fetched once after connecting and then on request, at
//     least 30 s apart; until the first is there, events are held back;
//   - a request to make the link anew is waited for, and ends it;
//   - the session's token is renewed in time;
//   - names are read when nothing more important is under way.
//
// The reader waits for nobody but the sink. Every frame, be it only a pong,
// shows that the link is open, and 25 s without one end it. That the PBX's
// notification service works is shown by call events and by the echo of test
// messages; pongs count only where the PBX was never heard to echo.
//
// What cannot be understood is counted, never fatal: see [Decode]. Passwords,
// tokens and socket addresses are typed [Secret] and appear neither in logs nor
// in errors; every error that leaves the package is a *feed.Refusal with a
// sentence of our own.
package xelion
