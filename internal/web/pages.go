package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"callboard/internal/hub"
	"callboard/views"
)

// show renders a page wholly and sends it.
func (s *site) show(w http.ResponseWriter, r *http.Request, page templ.Component) error {
	var out bytes.Buffer
	if err := page.Render(r.Context(), &out); err != nil {
		return err
	}
	s.send(w, r, http.StatusOK, "text/html; charset=utf-8", out.Bytes())
	return nil
}

// picture reads the query of a page and gets its present picture.
func (s *site) picture(r *http.Request, page string) (hub.Query, hub.Picture, error) {
	q, err := hub.ParseQuery(page, r.URL.Query())
	if err != nil {
		return q, hub.Picture{}, err
	}
	p, err := s.Hub.Picture(r.Context(), q)
	return q, p, err
}

func (s *site) board(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageBoard)
	if err != nil {
		return err
	}
	page := *p.Board
	page.Chrome = s.live(q, p, "Board")
	page.Chrome.WallURL = q.Wall().URL()
	page.Chrome.Query = q.Text
	page.Strip = p.Strip
	page.Items = p.Items
	return s.show(w, r, views.BoardPage(page))
}

func (s *site) wall(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageWall)
	if err != nil {
		return err
	}
	page := *p.Wall
	page.Chrome = s.live(q, p, page.Title)
	page.Strip = p.Strip
	page.Items = p.Items
	return s.show(w, r, views.WallPage(page))
}

func (s *site) call(w http.ResponseWriter, r *http.Request) error {
	q, err := hub.ParseQuery(hub.PageCall, r.URL.Query())
	if err != nil {
		return err
	}
	if q.Call, err = strconv.ParseUint(chi.URLParam(r, "id"), 10, 64); err != nil || q.Call == 0 {
		return hub.ErrNotFound
	}
	p, err := s.Hub.Picture(r.Context(), q)
	if err != nil {
		return err
	}
	return s.show(w, r, views.CallPageView(views.CallPage{
		Chrome: s.live(q, p, "Call "+p.Call.Number), Strip: p.Strip, Detail: *p.Call,
	}))
}

func (s *site) status(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageStatus)
	if err != nil {
		return err
	}
	return s.show(w, r, views.StatusPageView(views.StatusPage{
		Chrome: s.live(q, p, "Status"), Strip: p.Strip, Status: *p.Status,
	}))
}

func (s *site) people(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PagePeople)
	if err != nil {
		return err
	}
	return s.show(w, r, views.PeoplePageView(views.PeoplePage{Chrome: s.live(q, p, p.People.Title), Strip: p.Strip, People: *p.People}))
}

func (s *site) lines(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageLines)
	if err != nil {
		return err
	}
	return s.show(w, r, views.LinesPageView(views.LinesPage{Chrome: s.live(q, p, p.Lines.Title), Strip: p.Strip, Lines: *p.Lines}))
}

func (s *site) missed(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageMissed)
	if err != nil {
		return err
	}
	return s.show(w, r, views.MissedPageView(views.MissedPage{Chrome: s.live(q, p, p.Missed.Title), Strip: p.Strip, Missed: *p.Missed}))
}

// chrome is what surrounds every page.
func (s *site) chrome(q hub.Query, title string) views.Chrome {
	now := s.Hub.Now()
	local := now.In(s.Hub.Zone())
	lang := q.Lang
	if lang == "" {
		lang = "en"
	}
	return views.Chrome{
		Title: title, Lang: lang, Page: q.Page, Theme: q.Theme,
		Company: s.Company, Demo: s.Demo, Build: s.Hub.Build(), Assets: s.assets,
		Now: now.UnixMilli(), Zone: zoneMinutes(local), NowText: local.Format(time.TimeOnly), Date: local.Format("2 Jan 2006"),
	}
}

// live is chrome for a page with a stream.
func (s *site) live(q hub.Query, p hub.Picture, title string) views.Chrome {
	c := s.chrome(q, title)
	c.Stream = streamURL(q)
	c.Cursor = p.Cursor
	return c
}

// streamURL is the address of the live stream of a page.
func streamURL(q hub.Query) string {
	v := q.Values()
	v.Set("page", q.Page)
	if q.Call != 0 {
		v.Set("call", strconv.FormatUint(q.Call, 10))
	}
	return (&url.URL{Path: "/events", RawQuery: v.Encode()}).String()
}

// zoneMinutes is how far a local time is east of UTC.
func zoneMinutes(local time.Time) int {
	_, seconds := local.Zone()
	return seconds / 60
}
