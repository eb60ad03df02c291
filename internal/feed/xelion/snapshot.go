package xelion

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"callboard/internal/feed"
	"callboard/internal/state"
)

const (
	snapshotGap   = 30 * time.Second // between two snapshots (dossier section 8)
	snapshotRetry = 30 * time.Second
	channelsGrace = 3 * time.Second // how much longer than the calls their details may take
	channelsPause = time.Hour       // after the list of phone channels was refused
	silentAfter   = 30 * time.Minute
	mostPages     = 100
)

// snapshots fetches one snapshot at once, lets the held events go, and obeys
// requests for more from then on. It runs beside the reader, never in its way.
func (l *link) snapshots(ctx context.Context) error {
	c := l.c
	// A link that flaps has no more than three snapshots in any 30 s.
	c.mu.Lock()
	wait := time.Until(c.lastSnapshots[0].Add(snapshotGap))
	c.mu.Unlock()
	if !pauseFor(ctx, wait) {
		return nil
	}
	ok, silent := l.snapshot(ctx, "connected")
	close(l.caughtUp)

	var retry <-chan time.Time
	if !ok {
		retry = time.After(snapshotRetry)
	}
	for {
		retrying := false
		select {
		case <-ctx.Done():
			return nil
		case <-silent:
			silent = nil
			if l.eventCount() == 0 {
				l.gate.pass(now(), state.Oddity{Kind: state.SubscriptionSilent})
			}
			continue
		case <-retry:
			retrying = true
		case <-c.wanted:
			c.mu.Lock()
			wait := time.Until(c.lastSnapshots[len(c.lastSnapshots)-1].Add(snapshotGap))
			c.mu.Unlock()
			if !pauseFor(ctx, max(wait, c.rest.pausedFor())) {
				return nil
			}
		}
		c.mu.Lock()
		why := c.why
		c.mu.Unlock()
		if retrying {
			why = "the last one failed"
		}
		retry = nil
		if ok, _ = l.snapshot(ctx, why); !ok && !retrying {
			retry = time.After(snapshotRetry)
		}
	}
}

// pauseFor waits, and reports false if ctx ended meanwhile.
func pauseFor(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func (l *link) eventCount() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.events
}

// snapshot fetches one snapshot and hands it on. silent fires when the calls it
// showed ought to have made themselves heard.
func (l *link) snapshot(ctx context.Context, why string) (ok bool, silent <-chan time.Time) {
	c := l.c
	select { // what was asked for until now is answered by this one
	case <-c.wanted:
	default:
	}
	asked := now()
	c.mu.Lock()
	copy(c.lastSnapshots[:], c.lastSnapshots[1:])
	c.lastSnapshots[len(c.lastSnapshots)-1] = asked
	c.mu.Unlock()

	channels, bad, err := c.fetchChannels(ctx)
	if ctx.Err() != nil {
		return false, nil
	}
	c.rest.judge("active_channels", err)
	at := now()
	if err != nil {
		refusal := refuse(err)
		c.log.Warn("no snapshot", "why", why, "code", refusal.Code, "reason", refusal.Reason)
		c.record(at, FrameNoList, nil)
		l.gate.snapshot(at, state.SnapshotFailed{})
		return false, nil
	}
	if bad != "" {
		l.gate.pass(at, state.Oddity{Kind: state.BadField, Sample: bad})
	}
	c.log.Debug("snapshot", "why", why, "channels", len(channels))
	c.record(at, FrameList, frameBody(listFrame{asked}))
	l.gate.snapshot(at, state.Snapshot{RequestedAt: asked, Channels: channels})
	if len(channels) > 0 {
		silent = time.After(silentAfter)
	}
	return true, silent
}

// fetchChannels reads the active channels and, at the same time, the phone
// channels, which add flow ids, numbers and start times where they can be had.
func (c *Client) fetchChannels(ctx context.Context) (out []state.Channel, bad string, err error) {
	details := make(chan map[string]detail, 1)
	detailing, stop := context.WithCancel(ctx)
	defer stop()
	c.mu.Lock()
	allowed := time.Now().After(c.noChannelsTill)
	c.mu.Unlock()
	if allowed && c.rest.pausedFor() <= 0 {
		go func() { details <- c.fetchDetails(detailing) }()
	} else {
		details <- nil
	}
	// The goroutine above must be gone when Connect returns.
	gone := false
	defer func() {
		if !gone {
			stop()
			<-details
		}
	}()

	err = c.pages(ctx, pathActive, "", func(v value) {
		ch, field := decodeChannel(v)
		if ch.CallID != "" {
			out = append(out, ch)
		}
		if field != "" {
			bad = "active_channels." + field
		}
	})
	if err != nil {
		return nil, "", err
	}
	var more map[string]detail
	select {
	case more = <-details:
		gone = true
	case <-time.After(channelsGrace):
	}
	for i := range out {
		if d, ok := more[out[i].ChannelID]; ok {
			d.fill(&out[i])
		}
	}
	return out, bad, nil
}

var errNotAList = &feed.Refusal{Code: "not-a-list", Reason: "The answer is not a list"}

// pages reads a list, following the vendor's paging where it is used. The
// first request carries query; a page without rows or without a next id is the
// last.
func (c *Client) pages(ctx context.Context, path, query string, row func(value)) error {
	after := ""
	for range mostPages {
		q := query
		if after != "" {
			q = "limit=100&after=" + url.QueryEscape(after)
		}
		if q != "" {
			q = "?" + q
		}
		a, err := c.session.call(ctx, http.MethodGet, path+q, nil)
		if err != nil {
			return err
		}
		c.record(now(), FrameGet+path+q, a.body.raw)
		rows, next, err := eachRow(a.body, row)
		if err != nil {
			return err
		}
		if rows == 0 || next == "" || next == after || (strings.HasPrefix(q, "?limit=100") && rows < 100) {
			return nil
		}
		after = next
	}
	return nil
}

// eachRow calls row for each object of a list answer.
func eachRow(body value, row func(value)) (rows int, next string, err error) {
	data := body
	if body.kind == kindObject {
		data = body.member("data")
		next, _ = body.member("meta").member("paging").member("nextId").text()
	}
	if data.kind != kindArray && data.kind != kindNull {
		// An answer that is no list must not pass for a list without calls.
		return 0, "", errNotAList
	}
	for item := range data.elements {
		rows++
		if item.kind == kindObject {
			row(item.object())
		}
	}
	return rows, next, nil
}

// decodeChannel reads one row of the active channels; bad names a field that
// could not be read.
func decodeChannel(v value) (ch state.Channel, bad string) {
	for key, item := range v.members {
		ok := true
		var s string
		switch string(key) {
		case "callId":
			ch.CallID, ok = item.text()
		case "channelId":
			ch.ChannelID, ok = item.text()
		case "state":
			s, ok = item.text()
			ch.Up = strings.EqualFold(s, "CONNECTED")
		case "role":
			s, ok = item.text()
			switch {
			case strings.EqualFold(s, "CALLER"):
				ch.Role = state.RoleCaller
			case strings.EqualFold(s, "CALLEE"):
				ch.Role = state.RoleCallee
			default:
				ch.Role = state.RoleOther
			}
		case "name":
			ch.Name, ok = named(item)
		case "organisationName":
			ch.Organisation, ok = named(item)
		case "phone":
			ch.Phone, ok = named(item)
		case "phoneUser":
			ch.PhoneUser, ok = named(item)
		case "twinChannel":
			ch.Twin = item.truth()
		case "parkingSlot":
			ch.ParkingSlot, ok = named(item)
		}
		if !ok {
			bad = string(key)
		}
	}
	return ch, bad
}

// named reads a field that is a name, or an object that has one.
func named(v value) (string, bool) {
	if v.kind == kindObject {
		for _, key := range []string{"commonName", "name", "userName"} {
			if s, ok := v.member(key).text(); ok && s != "" {
				return s, true
			}
		}
	}
	return v.text()
}

// identified reads a field that is an oid, or an object that has one.
func identified(v value) string {
	if v.kind == kindObject {
		v = v.member("oid")
	}
	s, _ := v.text()
	return s
}

// A detail is what the list of phone channels adds to an active channel.
type detail struct {
	flow, number, addressable, slot string
	created                         time.Time
}

func (d detail) fill(ch *state.Channel) {
	ch.FlowID, ch.Number, ch.Addressable, ch.Created = d.flow, d.number, d.addressable, d.created
	if ch.ParkingSlot == "" {
		ch.ParkingSlot = d.slot
	}
}

// fetchDetails reads the phone channels by channel name, which is the form
// that ActiveChannel.channelId has (dossier section 7.2). Failure costs details
// only.
func (c *Client) fetchDetails(ctx context.Context) map[string]detail {
	found := map[string]detail{}
	err := c.pages(ctx, pathChannels, "", func(v value) {
		if name, d := detailOf(v, c.cfg.Zone); name != "" {
			found[name] = d
		}
	})
	if ctx.Err() != nil {
		return nil
	}
	c.rest.judge("channels", err)
	if err != nil {
		if refusedForGood(err) {
			c.mu.Lock()
			c.noChannelsTill = time.Now().Add(channelsPause)
			c.mu.Unlock()
		}
		c.log.Debug("no list of phone channels", "code", refuse(err).Code)
		return nil
	}
	return found
}
