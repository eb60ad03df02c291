package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"callboard/internal/history"
	"callboard/internal/hub"
)

const (
	// durationWindow is how far back calls are asked what the PBX's duration
	// means: an update of the PBX may change it.
	durationWindow = 30 * 24 * time.Hour
	// durationFresh is how long an answer is good for.
	durationFresh = 10 * time.Minute
	// durationWait is how long a page waits for a new one.
	durationWait = 2 * time.Second
)

// A durationBook keeps the last answer.
type durationBook struct {
	mu   sync.Mutex // guards what follows; held while the record is asked
	at   time.Time
	last *hub.DurationFact
}

// checkDuration brings what pages say of the PBX's duration up to date. nil is
// nothing known: there is no record, or it cannot be read.
func (s *site) checkDuration(ctx context.Context) *hub.DurationFact {
	if s.record == nil {
		return nil
	}
	b := &s.durations
	b.mu.Lock()
	defer b.mu.Unlock()
	now := s.Hub.Now()
	if b.last != nil && now.Sub(b.at) < durationFresh {
		return b.last
	}
	ctx, cancel := context.WithTimeout(ctx, durationWait)
	defer cancel()
	check, err := s.record.DurationCheck(ctx, now.Add(-durationWindow))
	if err != nil {
		if ctx.Err() == nil {
			s.log.Warn("the record cannot say what durations mean", "error", masked(err))
		}
		return b.last
	}
	fact := hub.DurationFact{
		Verdict: string(check.Verdict), Since: check.Since, Calls: check.Calls, Talk: check.Talk, Total: check.Total, Both: check.Both,
		Neither: check.Neither, Needed: history.DurationNeeded,
	}
	b.at, b.last = now, &fact
	s.Hub.TellDuration(fact)
	return b.last
}

type durationJSON struct {
	Verdict string  `json:"verdict"` // talk, total, unclear, unknown
	Since   instant `json:"since"`
	*durationCounts
}

// durationCounts are of all calls of the company: absent for who sees a part of
// it.
type durationCounts struct {
	Calls   int `json:"calls"`
	Talk    int `json:"talk"`
	Total   int `json:"total"`
	Both    int `json:"both"`
	Neither int `json:"neither"`
	Needed  int `json:"needed"`
}

// apiDuration says what "duration" means on this PBX, and by how many calls.
func (s *site) apiDuration(w http.ResponseWriter, r *http.Request) error {
	f := s.checkDuration(r.Context())
	if f == nil {
		return errLapse
	}
	l, err := s.lens(r)
	if err != nil {
		return err
	}
	out := durationJSON{Verdict: f.Verdict, Since: instant(f.Since)}
	if l.Scope.All() {
		out.durationCounts = &durationCounts{f.Calls, f.Talk, f.Total, f.Both, f.Neither, f.Needed}
	}
	return s.sendJSON(w, r, out)
}
