// Package views holds every page and every live part of Callboard as templ
// components, the view models they take and the words they print.
//
// Components compute nothing: texts arrive translated, masked and cleaned
// (see CleanText), instants as milliseconds of the server's clock. Words that
// belong to the frame of a page come from Words, which travels in the context
// (WithWords); without one they are English. Each group of pages has its words
// in a file of its own, words_*.go, in all languages; dates and figures are
// methods of Words.
//
// # What the page's script finds
//
// The root element carries data-live, data-page, data-build, data-stream,
// data-cursor, data-now and data-zone; data-fresh while the picture was live
// when it was made; data-words what the scripts say in the page's language: JSON
// of ScriptWords, with "%s" and "%d" where they put something in. The script sets data-link ("live", "poll", "lost",
// "paused"), data-still (paused while live), data-listen (alerts are wanted)
// and data-side ("open") there. On walls the root also carries
// data-rows, data-page-ms, data-type-vh (normal text), data-shift-ms (how long
// the picture stands still), data-layouts (in the order they turn), data-shows
// (the one to be seen) and data-wall (what the modules of walls say, JSON of
// WallScript), and stands on stepped classes (t-59, r-9, nc-3) until the script
// sets --t and the rest. What belongs to some layouts has data-for; grids of
// cells have data-w and data-h, the room that a cell needs in normal text.
//
// Live parts are replaced whole by their id: p-banner, p-headlines, p-bar,
// p-summary, p-strip, p-free, p-callback, p-linesnow, p-hours, p-ended, p-empty, p-detail, p-journey (inside it), p-status, p-lines, p-numbers,
// p-number, p-number-calls, p-missed-note, p-nav-missed, p-tab-missed,
// p-wall-head, p-wall-band, p-wall-dim, p-wall-numbers, p-wall-people, p-wall-line, p-alarms.
// #p-alarms is a hidden list, [data-quiet] outside opening hours: an alarm is
// an item with data-alarm-id (the same until it is over), data-kind, data-at
// (when it was said last), data-sound and data-url; its text is what is said.
// List items are the children of #list, with data-rev, and data-alarm (words)
// while over a limit. An empty list shows #p-empty by CSS alone.
//
// #link is the banner of the page's own outage and says "Not live" as
// rendered. [data-since] is a running age ([data-least] prefixes "≥ "), with
// data-limit a meter whose --fill goes from 0 to 100 %; [data-hop] the age of
// a hop ("proof", "frame", "event"); [data-code] the state code; [data-clock]
// the time of day (so many letters of it); [data-asof] takes the moment of the
// last proof; [data-pages] page x of y; [data-do] buttons; #say the polite
// region; [data-copy] a button that copies, with [data-done] as its answer
// (copy.js, pages of calls; shown once data-copies is on the root); #help the keyboard map; #search the field.
package views
