// Package views holds every page and every live part of Callboard as templ
// components, the view models they take and the words they print.
//
// Components compute nothing: texts arrive translated, masked and cleaned
// (see CleanText), instants as milliseconds of the server's clock. Words that
// belong to the frame of a page come from Words, which travels in the context
// (WithWords); without one they are English.
//
// # What the page's script finds
//
// On the root element: data-live ("live", "doubtful", "blind"), data-page,
// and, set by the script, data-hop="screen" while the stretch between server
// and screen is the one at fault, data-paused while the user paused, and
// data-panel while the side panel is open over the table.
// On the body: data-stream, data-cursor, data-build, data-now.
//
// Live parts are replaced whole by their id: p-banner, p-headlines, p-bar,
// p-strip, p-side, p-empty, p-detail, p-status, p-wall-head, p-wall-band.
// List items are the children of #list. An empty list shows #p-empty by CSS.
//
// Ages: [data-since] (m:ss, prefixed when data-least is present) and
// [data-age-of="proof|screen|event"], whose data-fmt is "s" ("0.3 s") or
// "clock" ("0:40"). Ring meters: svg.meter[data-since][data-limit], whose
// rect.val grows from width 0 to 48. [data-asof] takes the moment of the last
// proof as hh:mm:ss, [data-pausedat] that of the pause. #clock is the wall
// clock, #say the polite region, #help the keyboard map, #pause the button,
// #search the field, #wall-page the words "page x of y" made from its
// data-words. On walls the root carries data-rows, data-page-ms and the type
// scale as data-type-vh, data-head-vh, data-min-vh.
package views
