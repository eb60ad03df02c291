// Package web is what a browser, a program and a monitor see: pages, the
// event stream, the JSON API, health and metrics. It reads the hub and changes
// nothing in it.
//
// # Answers
//
// Handlers return errors. One place ([site.fail]) turns them into a status, a
// page or a problem document, and a log line; what went wrong inside never
// reaches a browser. Every answer, whatever its status, carries the same
// security headers. Pages and JSON are rendered wholly before the first byte
// is written, so a failure is never half a page.
//
// # The stream
//
// github.com/r3labs/sse frames events for exactly one viewer at a time, in a
// cage (cage.go) that gives it one frame in flight, its own deadlines and an
// orderly end. What a viewer gets, and when, is decided by the hub alone. A
// viewer that does not read is cut after [WriteDeadline] and delays nobody.
//
// # Shutdown
//
// Streams end with a goodbye when the hub's Run ends, and without one when the
// context given to [Server] does. So end the hub, call http.Server.Shutdown
// with a little time for the goodbyes, cancel the context, and call it again.
package web
