package web

import (
	"maps"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"callboard/internal/hub"
	"callboard/internal/state"
)

// Reasons for which a viewer's stream is cut. Streams that end in order, or
// whose viewer left, are not cut.
const (
	cutSlow   = "slow"   // did not read in time
	cutFull   = "full"   // one more than may be open
	cutBroken = "broken" // our own failure
)

// Metrics are the product's own numbers for Prometheus. No label ever holds a
// number, a name or an id of a call; all labels stand there from the start, so
// that a zero is seen as zero.
type Metrics struct {
	registry     *prometheus.Registry
	handler      http.Handler
	cut          *prometheus.CounterVec
	panics       prometheus.Counter
	eventToFrame prometheus.Histogram
	reconnects   func() int
}

// NewMetrics returns metrics to be handed to the parts. reconnects counts the
// reconnects of the feed; nil counts none.
func NewMetrics(reconnects func() int) *Metrics {
	if reconnects == nil {
		reconnects = func() int { return 0 }
	}
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		cut: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dashboard_viewers_cut_total", Help: "Streams ended against the viewer's will, by reason.",
		}, []string{"reason"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "dashboard_panics_total", Help: "Requests that ended in a panic.",
		}),
		eventToFrame: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "dashboard_event_to_frame_seconds", Help: "From the oldest event in a frame to its bytes.",
			Buckets: []float64{.001, .0025, .005, .01, .02, .05, .1, .25, .3, .5, 1, 2.5, 5},
		}),
		reconnects: reconnects,
	}
	for _, reason := range []string{cutSlow, cutFull, cutBroken} {
		m.cut.WithLabelValues(reason)
	}
	m.registry.MustRegister(m.cut, m.panics, m.eventToFrame,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return m
}

// EventToFrame takes one measurement; it fits hub.Options.OnEventToFrame.
func (m *Metrics) EventToFrame(d time.Duration) { m.eventToFrame.Observe(d.Seconds()) }

// recordedView is the label of streams of recorded boards, whatever their page.
const recordedView = "recorded"

// watch adds what the hub knows, and how many streams of recorded boards are
// open. It must be called once.
func (m *Metrics) watch(h *hub.Hub, played func() int64) {
	m.registry.MustRegister(&hubCollector{h, m.reconnects, played})
	if _, ok := h.Storage(); ok {
		m.registry.MustRegister(&storageCollector{h})
	}
}

// hubCollector reads the hub at each scrape, so that nothing is counted twice.
type hubCollector struct {
	hub        *hub.Hub
	reconnects func() int
	played     func() int64
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("dashboard_"+name, help, labels, nil)
}

var (
	descUp         = describe("feed_up", "1 while the board is live.")
	descFeedState  = describe("feed_state", "1 for the state the feed is in.", "state")
	descLastEvent  = describe("feed_last_event_timestamp_seconds", "When the last call event came; 0 if none yet.")
	descLastProof  = describe("feed_last_proof_timestamp_seconds", "When the PBX last proved to be alive; 0 if never.")
	descEvents     = describe("feed_events_total", "Call events received, by the PBX's name of their type.", "type")
	descAnomalies  = describe("feed_anomalies_total", "Oddities of the feed, by kind.", "kind")
	descReconnects = describe("feed_reconnects_total", "Connections to the PBX after the first.")
	descSkew       = describe("pbx_clock_skew_seconds", "PBX clock minus ours; NaN while unknown.")
	descCalls      = describe("calls", "Calls on the board now, by state.", "state")
	descRemoved    = describe("calls_removed_total", "Calls that left the board, by reason.", "reason")
	descAlarms     = describe("alarms", "Alarms up now, by kind.", "kind")
	descRaised     = describe("alarms_raised_total", "Alarms raised, by kind; one that is said again counts once.", "kind")
	descViewers    = describe("viewers", "Open streams now, by view.", "view")
	descViews      = describe("views", "Different views alive.")
	descFrames     = describe("frames_total", "Frames painted, by view.", "view")
	descChanges    = describe("board_changes_total", "Changes of the board.")
	descRows       = describe("rows_rendered_total", "Rows rendered.")
)

func (c *hubCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		descUp, descFeedState, descLastEvent, descLastProof, descEvents, descAnomalies, descReconnects, descSkew,
		descCalls, descRemoved, descAlarms, descRaised, descViewers, descViews, descFrames, descChanges, descRows,
	} {
		ch <- d
	}
}

var feedStates = []state.FeedState{state.Blind, state.Doubtful, state.CatchingUp, state.Quiet, state.Live}

func (c *hubCollector) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	counter := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v, labels...)
	}
	var (
		feed      state.Feed
		pulse     state.Pulse
		events    = map[state.EventType]int{}
		anomalies = map[state.Anomaly]int{}
	)
	c.hub.Read(func(b *state.Board, _ time.Time) {
		feed, pulse = b.Feed(), b.Pulse()
		maps.Copy(events, b.EventCounts())
		for _, t := range b.Tallies() {
			anomalies[t.Kind] = t.Count
		}
	})
	gauge(descUp, truth(feed.State == state.Live))
	for _, s := range feedStates {
		gauge(descFeedState, truth(feed.State == s), s.String())
	}
	gauge(descLastEvent, seconds(pulse.LastEvent))
	gauge(descLastProof, seconds(pulse.LastProof))
	skew := math.NaN()
	if pulse.SkewKnown {
		skew = pulse.Skew.Seconds()
	}
	gauge(descSkew, skew)
	for _, t := range state.EventTypes {
		counter(descEvents, float64(events[t]), t.Notification())
	}
	for _, kind := range state.Anomalies {
		counter(descAnomalies, float64(anomalies[kind]), string(kind))
	}
	counter(descReconnects, float64(c.reconnects()))

	stats := c.hub.Stats()
	for _, p := range []state.Phase{state.Ringing, state.Talking} {
		gauge(descCalls, float64(stats.Calls[p.String()]), p.String())
	}
	for _, o := range state.Outcomes {
		counter(descRemoved, float64(stats.Removed[o]), o.String())
	}
	up := map[string]int{}
	for _, a := range c.hub.Alarms() {
		up[string(a.Kind)]++
	}
	for kind, n := range c.hub.AlarmsRaised() {
		gauge(descAlarms, float64(up[string(kind)]), string(kind))
		counter(descRaised, float64(n), string(kind))
	}
	for _, page := range hub.Pages {
		gauge(descViewers, float64(stats.Viewers[page]), page)
		counter(descFrames, float64(stats.Frames[page]), page)
	}
	gauge(descViewers, float64(c.played()), recordedView)
	gauge(descViews, float64(stats.Views))
	counter(descChanges, float64(stats.Changes))
	counter(descRows, float64(stats.RowRenders))
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}

// buildInfo adds what is running: version, commit and the like.
func (m *Metrics) buildInfo(version string) {
	g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "dashboard_build_info", Help: "1, labelled with the build."}, []string{"version"})
	g.WithLabelValues(strings.ToValidUTF8(version, "?")).Set(1)
	m.registry.MustRegister(g)
}
