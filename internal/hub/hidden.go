package hub

import (
	"errors"
	"strings"

	"callboard/internal/privacy"
	"callboard/views"
)

// ErrHidden says that a text stays as it is, since part of it is hidden from
// whoever would change it: nobody overwrites what they cannot see.
var ErrHidden = errors.New("part of the text is hidden from who would change it")

// rewritten is what somebody of a level means to put in the place of a text. One
// that comes back as it was shown, whatever the level, is the text itself, so
// that nothing of it is lost. Error: ErrHidden.
func rewritten(level privacy.Level, old, text string, shown func(privacy.Level) string) (string, error) {
	if old == "" {
		return text, nil
	}
	for l := privacy.Full; l <= privacy.Counts; l++ {
		if views.CleanSentence(text) == views.CleanSentence(shown(l)) {
			return old, nil
		}
	}
	if shown(level) != old {
		return "", ErrHidden
	}
	for _, mark := range []string{privacy.Hidden, "···"} { // left of a page that showed less
		if strings.Contains(text, mark) && !strings.Contains(old, mark) {
			return "", ErrHidden
		}
	}
	return text, nil
}

// EditNotice is SetNotice by somebody who sees it through a lens; taking it away
// is for all. Errors: those of SetNotice, and ErrHidden.
func (h *Hub) EditNotice(l privacy.Lens, n Notice) error {
	if n.Text = strings.TrimSpace(n.Text); n.Text != "" {
		var err error
		old := h.Notice().Text
		if old == h.Setup().Rules.Notice { // which stays in the settings
			l.Level = privacy.Full
		}
		n.Text, err = rewritten(l.Level, old, n.Text, func(level privacy.Level) string {
			return noticeThrough(privacy.Lens{Level: level}, old)
		})
		if err != nil {
			return err
		}
	}
	return h.SetNotice(n)
}
