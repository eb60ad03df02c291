//go:build hold

package hold

import (
	_ "github.com/a-h/templ"
	_ "github.com/go-chi/chi/v5"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/gorilla/websocket"
	_ "github.com/peterbourgon/ff/v3"
	_ "github.com/prometheus/client_golang/prometheus/promhttp"
	_ "github.com/r3labs/sse/v2"
	_ "go.uber.org/goleak"
	_ "golang.org/x/net/http2"
	_ "pgregory.net/rapid"
)
