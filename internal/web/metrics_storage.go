package web

import (
	"github.com/prometheus/client_golang/prometheus"

	"callboard/internal/hub"
)

// storageCollector says how journal and history are kept.
type storageCollector struct{ hub *hub.Hub }

var (
	descPaused     = describe("storage_paused", "1 while journal or history is not written.")
	descPausedFrom = describe("storage_paused_since_timestamp_seconds", "Since when journal or history is not written; 0 while both are.")
	descPauses     = describe("storage_pauses_total", "How often writing paused.")

	descJournalEntries   = describe("journal_entries", "Place of the newest entry in the journal's order.")
	descJournalUnwritten = describe("journal_unwritten", "Entries that wait for the disk.")
	descJournalGivenUp   = describe("journal_given_up_total", "Entries lost because too many waited for the disk.")
	descJournalBytes     = describe("journal_bytes", "What the journal takes on disk.")
	descJournalFrom      = describe("journal_first_timestamp_seconds", "How far back the journal goes; 0 if it is empty.")
	descJournalSnapshots = describe("journal_snapshots_total", "Snapshots of the board written.")
	descJournalSnapshot  = describe("journal_last_snapshot_timestamp_seconds", "The board's time in the last snapshot; 0 if none was written.")

	descHistoryBytes      = describe("history_bytes", "What the history takes on disk.")
	descHistoryCalls      = describe("history_calls", "Ended calls in the history.")
	descHistoryLag        = describe("history_lag_seconds", "How far the board that writes the history is behind the one that is shown.")
	descHistoryWaiting    = describe("history_waiting", "Bundles of rows that wait for the history.")
	descHistoryBackup     = describe("history_last_backup_timestamp_seconds", "When the last backup was made; 0 if never.")
	descHistoryCodes      = describe("history_codes_total", "Comparisons of a replay of the journal with the board that was shown.")
	descHistoryMismatches = describe("history_code_mismatches_total", "Those of them in which the two differed.")
)

func (c *storageCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		descPaused, descPausedFrom, descPauses, descJournalEntries, descJournalUnwritten, descJournalGivenUp, descJournalBytes, descJournalFrom,
		descJournalSnapshots, descJournalSnapshot, descHistoryBytes, descHistoryCalls, descHistoryLag, descHistoryWaiting, descHistoryBackup,
		descHistoryCodes, descHistoryMismatches,
	} {
		ch <- d
	}
}

func (c *storageCollector) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64) { ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v) }
	counter := func(d *prometheus.Desc, v float64) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v)
	}
	s, _ := c.hub.Storage()
	gauge(descPaused, truth(!s.PausedSince.IsZero()))
	gauge(descPausedFrom, seconds(s.PausedSince))
	counter(descPauses, float64(s.Pauses))
	gauge(descJournalEntries, float64(s.Entries))
	gauge(descJournalUnwritten, float64(s.Unwritten))
	counter(descJournalGivenUp, float64(s.GivenUp))
	gauge(descJournalBytes, float64(s.JournalBytes))
	gauge(descJournalFrom, seconds(s.JournalFrom))
	counter(descJournalSnapshots, float64(s.Snapshots))
	gauge(descJournalSnapshot, seconds(s.LastSnapshot))
	gauge(descHistoryBytes, float64(s.HistoryBytes))
	gauge(descHistoryCalls, float64(s.HistoryCalls))
	gauge(descHistoryLag, s.Lag.Seconds())
	gauge(descHistoryWaiting, float64(s.Waiting))
	gauge(descHistoryBackup, seconds(s.LastBackup))
	counter(descHistoryCodes, float64(s.Codes))
	counter(descHistoryMismatches, float64(s.Mismatches))
}
