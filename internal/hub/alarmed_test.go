package hub

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/rules"
)

// The keeper of the record hears of an alarm when it is raised and when it is
// over, of nothing in between, and of none that a mere view raised.
func TestAlarmsAreToldToTheRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var told []rules.Episode
		h, stop := run(t, Options{Zone: time.UTC, OnAlarm: func(e rules.Episode) {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, e)
		}})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings())
		began := h.Now()
		if early := toldWhole(t, h, PageBoard, "line=1601").List; len(early) != 0 {
			t.Fatalf("alarms before their time: %v", early)
		}
		proven(h, 100*time.Second)
		feedIn(h, call(1).answers())
		synctest.Wait()
		proven(h, time.Second)
		mu.Lock()
		defer mu.Unlock()
		if len(told) != 2 || told[0].ID() != told[1].ID() || !told[0].To.IsZero() {
			t.Fatalf("told of %+v", told)
		}
		if e := told[1]; e.Kind != rules.RingingLong || e.Call == 0 || !e.From.Equal(began.Add(30*time.Second)) || e.To.Sub(e.From) != 70*time.Second {
			t.Errorf("told of %+v, ringing since %s", e, began)
		}
	})
}
