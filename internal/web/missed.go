package web

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"

	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/internal/state"
	"callboard/views"
)

// What people do with customers to call back. Words of those who are signed in
// stand under their name; where sign-in is off, who says something gives a name
// once, and the browser keeps it.

const (
	// nameCookie keeps the viewer's name, for a year.
	nameCookie = "callboard_name"
	nameLife   = 365 * 24 * time.Hour
	// wordBytes bounds what is posted: a name, a text, in any encoding.
	wordBytes = 8 << 10
)

// wordKinds are the words by the last part of their address.
var wordKinds = map[string]state.WordKind{
	"claim": state.WordClaim, "note": state.WordNote, "done": state.WordDone, "undo": state.WordUndo,
}

// wordFaults are the answers to a word that cannot be taken.
var wordFaults = []struct {
	err    error
	status int
	say    trouble
}{
	{state.ErrNoEntry, http.StatusNotFound, func(w *views.ErrorWords) views.Trouble { return w.Missed.NoEntry }},
	{state.ErrClosed, http.StatusConflict, func(w *views.ErrorWords) views.Trouble { return w.Missed.Closed }},
	{state.ErrClaimed, http.StatusConflict, func(w *views.ErrorWords) views.Trouble { return w.Missed.Claimed }},
	{state.ErrNothingDone, http.StatusConflict, func(w *views.ErrorWords) views.Trouble { return w.Missed.NothingDone }},
	{state.ErrOpenAgain, http.StatusConflict, func(w *views.ErrorWords) views.Trouble { return w.Missed.OpenAgain }},
	{state.ErrManyWords, http.StatusConflict, func(w *views.ErrorWords) views.Trouble { return w.Missed.ManyWords }},
}

// wordFault is the answer to an error of hub.Say.
func wordFault(err error) error {
	for _, f := range wordFaults {
		if errors.Is(err, f.err) {
			return failed(f.status, f.say)
		}
	}
	return err
}

// viewerName is the name under which a viewer's words stand: of who is signed
// in, else the one that was given once; empty if none, or if what the browser
// sends is none of ours.
func (s *site) viewerName(r *http.Request) string {
	if name := signature(r, ""); name != "" {
		return name
	}
	c, err := r.Cookie(nameCookie)
	if err != nil {
		return ""
	}
	raw, err := url.QueryUnescape(c.Value)
	if err != nil {
		return ""
	}
	name, ok := said(raw, state.NameMost)
	if !ok {
		return ""
	}
	return name
}

// remember makes the browser keep the viewer's name.
func (s *site) remember(w http.ResponseWriter, r *http.Request, name string) {
	http.SetCookie(w, &http.Cookie{
		Name: nameCookie, Value: url.QueryEscape(name), Path: "/", MaxAge: int(nameLife / time.Second),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure(r),
	})
}

// said is what a person typed, on one line; false if it is too long or holds
// what no keyboard types.
func said(raw string, most int) (text string, ok bool) {
	if !utf8.ValidString(raw) || strings.ContainsFunc(raw, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
	}) {
		return "", false
	}
	text = strings.Join(strings.Fields(raw), " ")
	return text, utf8.RuneCountInString(text) <= most
}

// queryOf is a query with its question mark, or nothing.
func queryOf(q hub.Query) string {
	if text := q.Values().Encode(); text != "" {
		return "?" + text
	}
	return ""
}

// entryID is the entry in an address.
func entryID(r *http.Request) (uint64, error) {
	id, err := strconv.ParseUint(chi.URLParam(r, "id"), 10, 64)
	if err != nil || id == 0 {
		return 0, state.ErrNoEntry
	}
	return id, nil
}

// posted reads a form of a few fields.
func posted(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, wordBytes)
	return unsent(r.ParseForm(), "body: expected a form with the fields of the page.")
}

// unsent is what an error of reading a body means; want says what was expected.
func unsent(err error, want string) error {
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &large):
		return failed(http.StatusRequestEntityTooLarge, bodyTooLarge)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return failed(http.StatusRequestTimeout, bodyTooSlow)
	}
	return badField("body", want)
}

// meant reports whether an id is one of this process's. Whoever names the epoch
// it is from is not taken for somebody who means another customer, should ids
// have begun anew because the data folder was lost.
func (s *site) meant(epoch string) error {
	if epoch != "" && epoch != s.Hub.Epoch() {
		return wordFault(state.ErrNoEntry)
	}
	return nil
}

// callback finds an entry, as a lens shows it.
func (s *site) callback(l privacy.Lens, id uint64) (e state.Callback, err error) {
	e, ok := s.Hub.Callback(l, id)
	if !ok {
		return e, wordFault(state.ErrNoEntry)
	}
	return e, nil
}

// missedForm asks for a name or a text, for who comes without script.
func (s *site) missedForm(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageMissed)
	if err != nil {
		return err
	}
	id, err := entryID(r)
	if err != nil {
		return wordFault(err)
	}
	e, err := s.callback(q.Sees(), id)
	if err != nil {
		return err
	}
	text := ""
	if chi.URLParam(r, "word") == "note" {
		text = e.Note
	}
	return s.showForm(w, r, q, http.StatusOK, &e, views.MissedForm{Name: s.viewerName(r), Text: text})
}

// showForm sends the form of an entry with what was typed so far.
func (s *site) showForm(w http.ResponseWriter, r *http.Request, q hub.Query, status int, e *state.Callback, f views.MissedForm) error {
	m := &views.WordsOf(q.Speaks).OnMissed
	f.Action = chi.URLParam(r, "word")
	f.Title = map[string]string{"claim": m.Claim, "note": m.Note, "done": m.Done, "undo": m.Undo}[f.Action]
	f.Act, f.Query, f.Back, f.Epoch = "/missed/"+strconv.FormatUint(e.ID, 10), queryOf(q), q.URL(), s.Hub.Epoch()
	f.Who = views.Party{Name: views.CleanText(e.Customer.Name), Number: views.FormatNumber(views.CleanText(e.Customer.Number))}
	chrome := s.chrome(q, f.Title)
	chrome.Page, chrome.Spoken = "error", choices(q, here(r)) // a page that is never live
	return s.showStatus(w, r, q, status, views.MissedFormView(views.MissedFormPage{Chrome: chrome, Form: f}))
}

// missedWord does what a button of the page says and comes back to it.
func (s *site) missedWord(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageMissed)
	if err != nil {
		return err
	}
	id, err := entryID(r)
	if err != nil {
		return wordFault(err)
	}
	if err := posted(w, r); err != nil {
		return err
	}
	if err := s.meant(r.PostForm.Get("epoch")); err != nil {
		return err
	}
	e, err := s.callback(q.Sees(), id)
	if err != nil {
		return err
	}
	word := state.Word{Entry: id, Kind: wordKinds[chi.URLParam(r, "word")]}
	_, named := r.PostForm["by"]
	named = named && signature(r, "") == ""
	if !named {
		word.By = s.viewerName(r)
		if word.By == "" { // who is that?
			return seeOther(w, r, r.URL.EscapedPath()+queryOf(q))
		}
	}
	m := &views.WordsOf(q.Speaks).OnMissed
	form := views.MissedForm{Name: r.PostForm.Get("by"), Text: r.PostForm.Get("text")}
	ok := true
	if named {
		if word.By, ok = said(form.Name, state.NameMost); !ok || word.By == "" {
			form.Error = sprintf(m.ErrNameFmt, state.NameMost)
			form.Name = ""
			return s.showForm(w, r, q, http.StatusBadRequest, &e, form)
		}
	}
	if word.Text, ok = said(form.Text, state.TextMost); !ok {
		form.Error, form.Name = sprintf(m.ErrTextFmt, state.TextMost), word.By
		form.Text = views.CleanSentence(form.Text)
		return s.showForm(w, r, q, http.StatusBadRequest, &e, form)
	}
	if _, err = s.Hub.Say(q.Sees(), word); err != nil && !(word.Kind == state.WordDone && errors.Is(err, state.ErrClosed)) {
		return wordFault(err) // who marks done what is closed has what they want
	}
	if named {
		s.remember(w, r, word.By)
	}
	return seeOther(w, r, q.URL())
}

// missedName takes the viewer's name.
func (s *site) missedName(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageMissed)
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	name, ok := said(r.PostForm.Get("by"), state.NameMost)
	if !ok || name == "" {
		return badField("by", "by: expected a name of at most "+strconv.Itoa(state.NameMost)+" characters.")
	}
	if signature(r, "") == "" {
		s.remember(w, r, name)
	}
	return seeOther(w, r, q.URL())
}

// seeOther sends a browser on after a form.
func seeOther(w http.ResponseWriter, r *http.Request, to string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
