package web

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/embed"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/views"
)

// A page of /embed/ is a wall with one layout, in a frame of somebody else's
// page: nothing to press, nothing that leads away. Which pages may frame it
// stands in Config.EmbedParents; who looks is known by a token that the frame's
// address has behind its "#", where no server and no log sees it. The page's
// script posts it once and gets it back as a cookie that only this frame in this
// parent page sends (Partitioned). A frame is a display: one view, read only.

// frameField is the field of an address that says which frame it is; no secret.
const frameField = "frame"

// frameCookie holds the token of a frame.
const frameCookie = "__Host-callboard-frame-"

// embedDoors are the pages for frames; none where no page may frame them.
func (s *site) embedDoors(d *doors) {
	if len(s.EmbedParents) == 0 {
		return
	}
	for _, layout := range hub.Layouts {
		d.frame("/embed/"+layout, access.Open, s.embedded(layout))
	}
	d.form("/embed/open", access.Open, s.openFrame)
}

// framable lets the chosen pages, and no other, put this one into theirs.
func (s *site) framable(w http.ResponseWriter) {
	w.Header().Set("Content-Security-Policy", strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors "+strings.Join(s.EmbedParents, " "), 1))
}

// embedded is the page of a frame, or a page that asks for its token.
func (s *site) embedded(layout string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		s.framable(w)
		f, known := s.frame(r)
		switch {
		case known && frameLayout(f.View) == layout:
			r = as(r, s.frameParty(f))
			view, err := url.Parse(f.View)
			if err != nil {
				return err
			}
			return s.showFrame(w, seen(r, view), f.ID)
		case s.Access == nil: // whoever is on this machine
			v := r.URL.Query()
			v.Del(frameField)
			v.Set("layout", layout)
			if l, ok := privacy.ParseLevel(v.Get("mask")); !ok || l < s.EmbedLevel {
				v.Set("mask", s.EmbedLevel.String())
			}
			for name, standard := range map[string]string{"inches": embedInches, "metres": embedMetres} {
				v.Set(name, cmp.Or(v.Get(name), standard))
			}
			return s.showFrame(w, seen(r, &url.URL{Path: "/wall", RawQuery: v.Encode()}), "")
		}
		return s.closedFrame(w, r)
	}
}

// Type of a frame is that of a screen on a desk, unless its address says
// otherwise.
const embedInches, embedMetres = "24", "1.2"

// EmbedView is the canonical address of what a frame shows: a layout of a wall
// with the fields of a query.
func EmbedView(layout string, v url.Values) (string, error) {
	if !slices.Contains(hub.Layouts, layout) {
		return "", &hub.QueryError{Field: "layout", Value: layout, Want: strings.Join(hub.Layouts, ", ")}
	}
	own := url.Values{"inches": {embedInches}, "metres": {embedMetres}}
	maps.Copy(own, v)
	own.Set("layout", layout)
	own.Del("rotate")
	q, err := hub.ParseQuery(hub.PageWall, own)
	return q.URL(), err
}

// frameLayout is the layout of a canonical view.
func frameLayout(view string) string {
	u, err := url.Parse(view)
	if err != nil {
		return ""
	}
	return cmp.Or(u.Query().Get("layout"), hub.LayoutCalls)
}

// seen is a request for another address, as the same party.
func seen(r *http.Request, address *url.URL) *http.Request {
	r = r.WithContext(r.Context())
	r.URL = address
	return r
}

// showFrame is the wall of a frame; id is empty where sign-in is off.
func (s *site) showFrame(w http.ResponseWriter, r *http.Request, id string) error {
	q, p, err := s.picture(r, hub.PageWall)
	if err != nil {
		return err
	}
	page := *p.Wall
	page.Chrome = s.live(q, p, page.Title)
	page.Chrome.Framed = true
	if id != "" && page.Chrome.Stream != "" {
		page.Chrome.Stream += "&" + frameField + "=" + id
	}
	page.Clock = p.Now.In(s.Hub.Zone()).Format("15:04")
	return s.show(w, r, q, views.WallPage(page))
}

// closedFrame is the page of a frame before its token was shown, and after it
// ended.
func (s *site) closedFrame(w http.ResponseWriter, r *http.Request) error {
	q := s.look(r)
	r = s.tongue(w, r, q.Speaks)
	var out bytes.Buffer
	c := s.chrome(q, views.WordsOf(q.Speaks).OnHouse.FrameTitle)
	if err := views.ClosedFramePage(c).Render(r.Context(), &out); err != nil {
		return err
	}
	s.send(w, r, http.StatusForbidden, "text/html; charset=utf-8", out.Bytes())
	return nil
}

// openFrame takes the token of a frame from its script and gives it back as the
// frame's cookie.
func (s *site) openFrame(w http.ResponseWriter, r *http.Request) error {
	if s.Embeds == nil {
		return failed(http.StatusForbidden, closedFrame)
	}
	token := r.PostFormValue("k")
	f, err := s.Embeds.Check(token, time.Now())
	if err != nil {
		return failed(http.StatusForbidden, closedFrame)
	}
	http.SetCookie(w, &http.Cookie{
		Name: frameCookie + f.ID, Value: token, Path: "/", Expires: f.Until,
		HttpOnly: true, Secure: true, SameSite: http.SameSiteNoneMode, Partitioned: true,
	})
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// frame is the one that a request says it is and has the token of.
func (s *site) frame(r *http.Request) (embed.Frame, bool) {
	id := r.URL.Query().Get(frameField)
	if id == "" || s.Embeds == nil || len(s.EmbedParents) == 0 {
		return embed.Frame{}, false
	}
	c, err := r.Cookie(frameCookie + id)
	if err != nil {
		return embed.Frame{}, false
	}
	f, err := s.Embeds.Check(c.Value, time.Now())
	return f, err == nil && f.ID == id
}

// framePrefix begins the ID of a frame's party.
const framePrefix = "frame:"

// isFrame reports the party of a frame, which is no screen of ours.
func isFrame(p access.Who) bool { return strings.HasPrefix(p.ID, framePrefix) }

// frameParty is a frame as a display.
func (s *site) frameParty(f embed.Frame) access.Who {
	return access.Who{Kind: access.Display, ID: framePrefix + f.ID, Name: f.Name, Lens: privacy.Lens{Level: max(f.Level, s.EmbedLevel)}, View: f.View, Until: f.Until}
}

// frameURL is the page of a frame, as its cookie opens it or not any more.
func frameURL(p access.Who) string {
	v := url.Values{frameField: {strings.TrimPrefix(p.ID, framePrefix)}}
	return "/embed/" + frameLayout(p.View) + "?" + v.Encode()
}

// framedParty is who asks for a stream, if that is a frame. A frame that is not
// known any more is nobody, whoever else this browser is signed in as.
func (s *site) framedParty(r *http.Request) (access.Who, bool) {
	if p := r.URL.Path; p != "/events" && p != "/poll" || !r.URL.Query().Has(frameField) {
		return access.Who{}, false
	}
	f, ok := s.frame(r)
	if !ok {
		return access.Who{}, true
	}
	return s.frameParty(f), true
}

// holdFrame is hold for a frame: its token may be taken back, or end.
func (s *site) holdFrame(ctx context.Context, p access.Who) (context.Context, func()) {
	held, end := context.WithCancelCause(ctx)
	id := strings.TrimPrefix(p.ID, framePrefix)
	go func() {
		looks := time.NewTicker(time.Second)
		defer looks.Stop()
		for {
			select {
			case <-held.Done():
				return
			case now := <-looks.C:
				if !s.Embeds.Stands(id, now) {
					end(access.ErrEnded)
					return
				}
			}
		}
	}()
	return held, func() { end(nil) }
}

func closedFrame(w *views.ErrorWords) views.Trouble { return w.ClosedFrame }
