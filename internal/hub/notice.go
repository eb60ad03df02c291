package hub

import (
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"callboard/internal/rules"
	"callboard/views"
)

// A Notice is a line that an operator puts on all boards and walls.
type Notice struct {
	Text  string    `json:"text"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until,omitzero"` // zero: until it is cleared
}

// ErrNotKept says that a notice is shown but would not survive a restart.
var ErrNotKept = errors.New("the notice could not be written to the data folder")

// SetNotice puts a notice in the place of the last one; without text it clears
// it. Errors: *QueryError for a text that is too long or holds control
// characters, and for an end that is past; ErrNotKept.
func (h *Hub) SetNotice(n Notice) error {
	now := h.clock.now()
	n.Text, n.Since = strings.TrimSpace(n.Text), now
	if !utf8.ValidString(n.Text) || strings.ContainsFunc(n.Text, unicode.IsControl) || utf8.RuneCountInString(n.Text) > rules.MaxNotice {
		return &QueryError{Field: "text", Value: strings.ToValidUTF8(n.Text, "�"), Want: "at most 200 characters in one line"}
	}
	if !n.Until.IsZero() && !n.Until.After(now) {
		return &QueryError{Field: "until", Value: n.Until.In(h.opt.Zone).Format("15:04"), Want: "a time that is still to come"}
	}
	if n.Text == "" {
		n = Notice{}
	}
	p := &h.painter
	p.mu.Lock()
	for _, o := range p.painters() {
		o.notice = n
		o.version++
	}
	p.mu.Unlock()
	signal(h.wake)
	if h.opt.OnNotice != nil {
		if err := h.opt.OnNotice(n); err != nil {
			h.opt.Log.Error("notice not kept", "error", err)
			return ErrNotKept
		}
	}
	return nil
}

// Notice is the one shown now: the operator's, else the settings'; without
// text there is none.
func (h *Hub) Notice() Notice {
	h.painter.mu.Lock()
	defer h.painter.mu.Unlock()
	return h.painter.noticeAt(h.clock.now())
}

// noticeAt is the notice of a moment. p.mu is held.
func (p *painter) noticeAt(now time.Time) Notice {
	if n := p.notice; n.Text != "" && (n.Until.IsZero() || now.Before(n.Until)) {
		return n
	}
	if text := p.setup.Rules.Notice; text != "" {
		return Notice{Text: text, Since: p.setup.since}
	}
	return Notice{}
}

// noticePart is on every page.
func (c *composer) noticePart() {
	n := c.p.noticeAt(c.now)
	n.Text = noticeThrough(c.p.lens, n.Text)
	v := views.Notice{Text: views.CleanSentence(n.Text)}
	if !n.Until.IsZero() {
		v.Until = sprintf(c.words.OnAlarms.UntilFmt, c.hour(n.Until))
		v.UntilClock = c.local(n.Until).Format("15:04")
		c.v.due = earlier(c.v.due, n.Until)
	}
	c.pic.notice = v
	c.part("p-notice", v, views.NoticePart(v))
}
