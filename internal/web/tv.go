package web

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/views"
)

// A display's own screen: "/tv" shows a code until somebody pairs it, and its
// view from then on. What it brings is a cookie of its own, never a sign-in; so
// whoever is signed in with the same browser is not asked for here.

// The cookie of a display. Browsers keep none for longer than 400 days; it is
// given anew with every page and stream.
const (
	displayCookie = "display"
	displayAge    = 400 * 24 * time.Hour
)

// displayField of a stream's query says that the stream is a display's: its
// value is the revision of what the page shows.
const displayField = "display"

// onDisplay reports a request that is a display's own, whoever else is signed
// in there.
func onDisplay(r *http.Request) bool {
	return (r.URL.Path == "/events" || r.URL.Path == "/poll") && r.URL.Query().Has(displayField)
}

// displayName is the name of the cookie. With the prefix a browser takes it
// over TLS and from this very host only.
func displayName(secure bool) string {
	if secure {
		return "__Host-" + displayCookie
	}
	return displayCookie
}

// displayToken is what the screen brings, empty for none. A cookie without the
// prefix is taken over TLS as well: a display comes back by itself after its
// board moved to https.
func (s *site) displayToken(r *http.Request) string {
	for _, name := range []string{displayName(s.secure(r)), displayCookie} {
		if c, err := r.Cookie(name); err == nil {
			return c.Value
		}
	}
	return ""
}

// giveToken makes the screen keep a token.
func (s *site) giveToken(w http.ResponseWriter, r *http.Request, token string) {
	secure := s.secure(r)
	http.SetCookie(w, &http.Cookie{
		Name: displayName(secure), Value: token, Path: "/", MaxAge: int(displayAge / time.Second),
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	})
}

// displayParty is the display that a request comes from. Its stream gets the
// next token once a week.
func (s *site) displayParty(w http.ResponseWriter, r *http.Request) access.Who {
	token := s.displayToken(r)
	if token == "" {
		return access.Who{}
	}
	renew := w != nil && r.Method == http.MethodGet && r.URL.Path == "/events"
	a := s.Displays.Admit(r.Context(), token, s.client(r), renew)
	if a.Standing != access.ScreenShows {
		return access.Who{}
	}
	if renew {
		if a.Fresh != "" {
			token = a.Fresh
		}
		s.giveToken(w, r, token)
	}
	return a.Paired.Who()
}

// onceDisplay reports a browser that is, or was, a display's.
func (s *site) onceDisplay(r *http.Request) bool {
	a := s.Displays.Admit(r.Context(), s.displayToken(r), s.client(r), false)
	return a.Standing == access.ScreenOutside || a.Standing == access.ScreenEnded || a.Former != nil
}

// displayID is the number of a display that is a party.
func displayID(p access.Who) int64 {
	id, _ := strconv.ParseInt(strings.TrimPrefix(p.ID, "display:"), 10, 64) // ours
	return id
}

// displayQuery is what a display shows, whatever an address says.
func (s *site) displayQuery(r *http.Request, p access.Who) (hub.Query, error) {
	u, err := url.Parse(p.View)
	if err != nil {
		return hub.Query{}, err
	}
	q, err := hub.ParseQuery(hub.PageWall, u.Query())
	if q.Speaks == "" {
		q.Speaks = s.viewers(r)
	}
	q.Lens = p.Lens
	return q, err
}

// sighting is what the screen says of itself.
func (s *site) sighting(r *http.Request) access.Sighting {
	v := r.URL.Query()
	return access.Sighting{
		Addr: s.client(r), Build: brief(v.Get("build"), 40), Browser: access.Browser(r.UserAgent()), Width: pixels(v.Get("w")), Height: pixels(v.Get("h")),
	}
}

func pixels(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 100_000 {
		return 0
	}
	return n
}

// brief is a word of a screen about itself, or nothing.
func brief(text string, most int) string {
	text, ok := said(text, most)
	if !ok {
		return ""
	}
	return text
}

// tv is the page of a display's own screen.
func (s *site) tv(w http.ResponseWriter, r *http.Request) error {
	q := s.look(r)
	if r.Method == http.MethodHead { // asked by a page that wants to come back: nothing begins with it
		s.send(w, r, http.StatusOK, "text/html; charset=utf-8", nil)
		return nil
	}
	token := s.displayToken(r)
	a := s.Displays.Admit(r.Context(), token, s.client(r), true)
	d := &views.WordsOf(q.Speaks).OnDisplays
	switch a.Standing {
	case access.ScreenShows:
		if a.Fresh != "" {
			token = a.Fresh
		}
		s.giveToken(w, r, token)
		return s.tvView(w, r, a.Paired)
	case access.ScreenOutside:
		return s.tvPage(w, r, q, views.TV{Stands: "outside", Title: d.OutsideTitle, Text: d.OutsideText, Name: a.Paired.Name, Refresh: 30})
	case access.ScreenWaits:
		return s.tvCode(w, r, q, a.Code, a.Former)
	}
	fresh, code, err := s.Displays.Wait(s.sighting(r), token)
	if err != nil {
		return s.tvPage(w, r, q, views.TV{Stands: "full", Title: d.FullTitle, Text: d.FullText, Refresh: 15})
	}
	s.giveToken(w, r, fresh)
	if a.Standing == access.ScreenEnded { // says so for a while, then shows the code
		title := d.OffTitle
		if a.Paired.State == access.PairedExpired {
			title = d.ExpiredTitle
		}
		return s.tvPage(w, r, q, views.TV{Stands: "ended", Title: title, Name: a.Paired.Name, Refresh: 10})
	}
	return s.tvCode(w, r, q, code, nil)
}

func (s *site) tvCode(w http.ResponseWriter, r *http.Request, q hub.Query, code access.Code, former *access.Paired) error {
	p := views.TV{Stands: "waits", Code: s.pairCode(r, code), Refresh: 5}
	if former != nil {
		p.Name = former.Name
	}
	return s.tvPage(w, r, q, p)
}

// codeBeside is the code of a screen at which somebody is asked to sign in: it
// may be one of a wall. The zero value is none: the page then leads to "/tv".
func (s *site) codeBeside(w http.ResponseWriter, r *http.Request) views.PairCode {
	if r.Method != http.MethodGet {
		return views.PairCode{}
	}
	a := s.Displays.Admit(r.Context(), s.displayToken(r), s.client(r), false)
	switch a.Standing {
	case access.ScreenWaits:
		return s.pairCode(r, a.Code)
	case access.ScreenUnknown:
		if token, code, err := s.Displays.WaitBeside(s.sighting(r)); err == nil {
			s.giveToken(w, r, token)
			return s.pairCode(r, code)
		}
	}
	return views.PairCode{}
}

// pairCode is a code as screens show it.
func (s *site) pairCode(r *http.Request, code access.Code) views.PairCode {
	left := max(0, time.Until(code.Until)).Round(time.Second)
	where := strings.TrimPrefix(strings.TrimPrefix(s.base(r), "https://"), "http://") + "/pair"
	return views.PairCode{
		Text: code.Spaced(), Spoken: strings.Join(strings.Split(code.Text, ""), " "), Where: where,
		Left: views.FormatAge(left, false), LeftMS: left.Milliseconds(),
	}
}

// tvPage shows what is not a view.
func (s *site) tvPage(w http.ResponseWriter, r *http.Request, q hub.Query, p views.TV) error {
	p.Chrome = s.chrome(q, views.WordsOf(q.Speaks).OnDisplays.Identify)
	p.Chrome.Page, p.Chrome.Company, p.Chrome.Theme = "tv", "", q.Theme // whose board it is, is not told yet
	p.Clock = p.Chrome.NowText[:len("15:04")]
	return s.show(w, r, q, views.TVPage(p))
}

// tvView shows what a display is paired for.
func (s *site) tvView(w http.ResponseWriter, r *http.Request, d access.Paired) error {
	q, err := s.displayQuery(r, d.Who())
	if err != nil {
		return err
	}
	p, err := s.Hub.Picture(r.Context(), q)
	if err != nil {
		return err
	}
	page := *p.Wall
	page.Chrome = s.live(q, p, page.Title)
	page.Clock = p.Now.In(s.Hub.Zone()).Format("15:04")
	page.Chrome.Stream = "/events?" + url.Values{displayField: {strconv.Itoa(d.Revision)}}.Encode()
	shown, _ := s.Displays.Shown(d.ID)
	page.Chrome.Display = &views.DisplayMark{Name: d.Name, Number: strconv.FormatInt(d.ID, 10), Shown: shown.Milliseconds()}
	s.Displays.Saw(r.Context(), d.ID, access.Sighting{Addr: s.client(r), Browser: access.Browser(r.UserAgent()), Build: s.Hub.Build()})
	return s.show(w, r, q, views.WallPage(page))
}

// tvState is how a screen stands: it asks every second while it waits, and
// where no stream gets through.
func (s *site) tvState(w http.ResponseWriter, r *http.Request) error {
	type state struct {
		State    string `json:"state"` // "none", "waits", "shows", "outside", "ended"
		Code     string `json:"code,omitempty"`
		Left     int64  `json:"left,omitempty"` // milliseconds
		Revision string `json:"revision,omitempty"`
		Shown    int64  `json:"shown,omitempty"` // milliseconds for which it shows its name
		Asked    int    `json:"asked,omitempty"` // how often it was asked to load its page anew
	}
	out := state{State: "none"}
	token := s.displayToken(r)
	a := s.Displays.Admit(r.Context(), token, s.client(r), false)
	see := s.sighting(r)
	switch a.Standing {
	case access.ScreenWaits:
		out.State, out.Code, out.Left = "waits", a.Code.Spaced(), time.Until(a.Code.Until).Milliseconds()
		s.Displays.Measured(token, see.Width, see.Height)
	case access.ScreenShows:
		out.State, out.Revision = "shows", strconv.Itoa(a.Paired.Revision)
		shown, asked := s.Displays.Shown(a.Paired.ID)
		out.Shown, out.Asked = shown.Milliseconds(), asked
		s.Displays.Saw(r.Context(), a.Paired.ID, see)
	case access.ScreenOutside:
		out.State = "outside"
	case access.ScreenEnded:
		out.State = "ended"
	}
	body, _ := json.Marshal(out) // plain values always encode
	s.send(w, r, http.StatusOK, "application/json", body)
	return nil
}

// sit opens the seat of a display's stream; nil for the stream of another party.
func (s *site) sit(r *http.Request) (*http.Request, *access.Seat, error) {
	p := who(r)
	if p.Kind != access.Display || isFrame(p) {
		return r, nil, nil
	}
	revision, _ := strconv.Atoi(r.URL.Query().Get(displayField))
	ctx, seat, err := s.Displays.Sit(r.Context(), displayID(p), revision, s.sighting(r))
	if err != nil {
		return r, nil, failed(http.StatusUnauthorized, signInFirst)
	}
	return r.WithContext(ctx), seat, nil
}

// told is a source that also says what a display's screen has to do; a nil seat
// is that of another party, and has nothing to say.
func told(from source, seat *access.Seat, cursor string) source {
	if seat == nil {
		return from
	}
	return func(ctx context.Context) ([]hub.Event, error) {
		inner, cancel := context.WithCancel(ctx)
		defer cancel()
		var got access.Signal
		stop, heard := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(heard)
			select {
			case got = <-seat.Signals():
				cancel()
			case <-stop:
			}
		}()
		events, err := from(inner)
		close(stop)
		<-heard
		if n := len(events); n > 0 {
			cursor = events[n-1].ID
		}
		if got == "" {
			return events, err
		}
		if got == access.TellEnd {
			return []hub.Event{dismissed(cursor, "/tv")}, io.EOF
		}
		if err != nil && ctx.Err() == nil && inner.Err() != nil {
			err = nil // it was this that ended the wait
		}
		e := hub.Event{Name: "told", ID: cursor, Data: signalData(got)}
		if got == access.TellPoint {
			return []hub.Event{e}, io.EOF
		}
		return append(events, e), err
	}
}

func signalData(signal access.Signal) []byte {
	var b bytes.Buffer
	b.WriteString(`{"do":"` + string(signal) + `"`)
	if signal == access.TellName {
		b.WriteString(`,"ms":` + strconv.FormatInt(access.ShownFor.Milliseconds(), 10))
	}
	b.WriteByte('}')
	return b.Bytes()
}
