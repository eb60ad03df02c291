package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"callboard/internal/hub"
	"callboard/views"
)

// show renders a page wholly, in the language of its query, and sends it.
func (s *site) show(w http.ResponseWriter, r *http.Request, q hub.Query, page templ.Component) error {
	return s.showStatus(w, r, q, http.StatusOK, page)
}

func (s *site) showStatus(w http.ResponseWriter, r *http.Request, q hub.Query, status int, page templ.Component) error {
	r = s.seen(s.tongue(w, r, q.Speaks), q)
	var out bytes.Buffer
	if err := page.Render(r.Context(), &out); err != nil {
		return err
	}
	s.send(w, r, status, "text/html; charset=utf-8", q.Carry(out.Bytes()))
	return nil
}

// picture reads the query of a page and gets its present picture.
func (s *site) picture(r *http.Request, page string) (hub.Query, hub.Picture, error) {
	q, err := s.query(r, page)
	if err != nil {
		return q, hub.Picture{}, err
	}
	p, err := s.sight(r).Picture(r.Context(), q)
	return q, p, err
}

func (s *site) board(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageBoard)
	if err != nil {
		return err
	}
	page := *p.Board
	page.Chrome = s.live(q, p, views.WordsOf(q.Speaks).Board)
	page.Chrome.Query = q.Text
	page.Strip = p.Strip
	page.Items = p.Items
	return s.show(w, r, q, views.BoardPage(page))
}

func (s *site) wall(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageWall)
	if err != nil {
		return err
	}
	page := *p.Wall
	page.Chrome = s.live(q, p, page.Title)
	page.Clock = p.Now.In(s.Hub.Zone()).Format("15:04")
	return s.show(w, r, q, views.WallPage(page))
}

func (s *site) call(w http.ResponseWriter, r *http.Request) error {
	s.checkDuration(r.Context()) // the facts of an ended call say what the PBX's duration means
	q, err := s.query(r, hub.PageCall)
	if err != nil {
		return err
	}
	if q.Call, err = strconv.ParseUint(chi.URLParam(r, "id"), 10, 64); err != nil || q.Call == 0 {
		return hub.ErrNotFound
	}
	p, err := s.sight(r).Picture(r.Context(), q)
	if errors.Is(err, hub.ErrNotFound) {
		return s.oldCall(w, r, q)
	}
	if err != nil {
		return err
	}
	return s.show(w, r, q, views.CallPageView(views.CallPage{
		Chrome: s.live(q, p, fmt.Sprintf(views.WordsOf(q.Speaks).CallFmt, p.Call.Number)), Strip: p.Strip, Detail: *p.Call,
	}))
}

func (s *site) status(w http.ResponseWriter, r *http.Request) error {
	s.checkDuration(r.Context())
	q, p, err := s.picture(r, hub.PageStatus)
	if err != nil {
		return err
	}
	return s.show(w, r, q, views.StatusPageView(views.StatusPage{
		Chrome: s.live(q, p, views.WordsOf(q.Speaks).Status), Strip: p.Strip, Status: *p.Status,
	}))
}

func (s *site) people(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PagePeople)
	if err != nil {
		return err
	}
	return s.show(w, r, q, views.PeoplePageView(views.PeoplePage{Chrome: s.live(q, p, p.People.Title), Strip: p.Strip, People: *p.People}))
}

func (s *site) lines(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageLines)
	if err != nil {
		return err
	}
	return s.show(w, r, q, views.LinesPageView(views.LinesPage{Chrome: s.live(q, p, p.Lines.Title), Strip: p.Strip, Lines: *p.Lines}))
}

func (s *site) missed(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageMissed)
	if err != nil {
		return err
	}
	return s.show(w, r, q, views.MissedPageView(views.MissedPage{
		Chrome: s.live(q, p, p.Missed.Title), Strip: p.Strip, Missed: *p.Missed, Items: p.Items, Who: s.viewerName(r), Back: queryOf(q),
	}))
}

func (s *site) numbers(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageNumbers)
	switch {
	case err != nil:
		return err
	case q.Day != "" && !s.isToday(q):
		return s.pastNumbers(w, r, q)
	}
	q.Day = ""
	p, err := s.sight(r).Picture(r.Context(), q)
	if err != nil {
		return err
	}
	return s.show(w, r, q, views.NumbersPageView(views.NumbersPage{Chrome: s.live(q, p, p.Numbers.Title), Strip: p.Strip, Numbers: *p.Numbers}))
}

// chrome is what surrounds every page.
func (s *site) chrome(q hub.Query, title string) views.Chrome {
	now := s.Hub.Now()
	local := now.In(s.Hub.Zone())
	words := views.WordsOf(q.Speaks)
	c := views.Chrome{
		Title: title, Lang: q.Speaks, Page: q.Page, Theme: q.Theme,
		Company: cmp.Or(s.Company, s.Hub.Setup().Rules.Company), Demo: s.Demo, Build: s.Hub.Build(), Assets: s.assets,
		Now: now.UnixMilli(), Zone: zoneMinutes(local), NowText: local.Format(time.TimeOnly), Date: words.Date(local),
		HomeURL: around(q, hub.PageBoard), Nav: navigation(q, words), Spoken: choices(q, hub.Query.URL),
	}
	for _, n := range []views.NavItem{
		{Page: hub.PageGaps, Label: words.OnLedger.Title, Glyph: "parted"},
		{Page: hub.PageHandover, Label: words.OnHandover.Title, Glyph: "check"},
	} {
		n.URL, n.Current = around(hub.Query{Lang: q.Lang, Theme: q.Theme}, n.Page), q.Page == n.Page
		if n.Page == hub.PageHandover {
			c.Handover = n.URL
		}
		c.More = append(c.More, n)
	}
	c.More = append(c.More, views.NavItem{Page: "backtest", Label: words.OnBacktest.Title, Glyph: "numbers", URL: backtestURL("", q), Current: q.Page == "backtest", Needs: views.NeedsTry})
	c.More = append(c.More, views.NavItem{Page: "displays", Label: words.OnDisplays.Title, Glyph: "wall", URL: displaysURL("/displays", q), Current: q.Page == "displays", Needs: views.NeedsPair})
	kept := hub.Query{Team: q.Team, Lang: q.Lang, Theme: q.Theme}.Values()
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		c.Keep = append(c.Keep, views.Field{Name: name, Value: kept.Get(name)})
	}
	return c
}

// around is another page for the same viewer: what was chosen for all pages
// goes along.
func around(q hub.Query, page string) string {
	return hub.Query{Page: page, Team: q.Team, Lang: q.Lang, Theme: q.Theme}.URL()
}

// navigation is the pages in the order of the header.
func navigation(q hub.Query, w *views.Words) []views.NavItem {
	items := []views.NavItem{
		{Page: hub.PageBoard, Label: w.Board, Glyph: "list"},
		{Page: hub.PagePeople, Label: w.People, Glyph: "people"},
		{Page: hub.PageLines, Label: w.Lines, Glyph: "lines"},
		{Page: hub.PageNumbers, Label: w.OnNumbers.Title, Glyph: "numbers"},
		{Page: hub.PageMissed, Label: w.Missed, Glyph: "missed"},
		{Page: hub.PageHistory, Label: w.OnHistory.Title, Glyph: "history"},
		{Page: hub.PageStatus, Label: w.Status, Glyph: "status"},
	}
	for i := range items {
		n := &items[i]
		n.URL = around(q, n.Page)
		n.Current = q.Page == n.Page || q.Page == hub.PageCall && n.Page == hub.PageBoard
	}
	return items
}

// live is chrome for a page with a stream.
func (s *site) live(q hub.Query, p hub.Picture, title string) views.Chrome {
	c := s.chrome(q, title)
	s.recorded(&c, q, p)
	if q.At.IsZero() && q.Page != hub.PageWall {
		c.Ride = s.entry(recordable(q))
		if q.Page == hub.PageNumbers {
			c.TryURL = backtestURL("", q)
		}
	}
	if q.Page != hub.PageWall {
		c.ShowURL = displaysURL("/displays/show", q, "view", q.Live().URL())
	}
	c.Stream = s.streamURL(q)
	c.Cursor = p.Cursor
	switch q.Page {
	case hub.PageBoard, hub.PagePeople, hub.PageLines, hub.PageMissed, hub.PageNumbers:
		c.WallURL = q.Wall().URL()
	}
	countMissed(c.Nav, p)
	c.Alarms, c.Notice = p.Alarms, p.Notice
	if q.Page != hub.PageWall && q.At.IsZero() {
		c.NoticeURL = "/notice"
		if kept := (hub.Query{Lang: q.Lang}).Values(); len(kept) > 0 {
			c.NoticeURL += "?" + kept.Encode()
		}
		c.BackURL = q.URL()
	}
	return c
}

// streamURL is the address of the live stream of a page; a recorded one that
// stands still has none. It speaks the page's language whatever the browser
// sends along.
func (s *site) streamURL(q hub.Query) string {
	if !q.At.IsZero() && q.Rate == 0 {
		return ""
	}
	v := q.Values()
	if q.Lang == "" && q.Speaks != s.house() {
		v.Set(speaks, q.Speaks)
	}
	v.Set("page", q.Page)
	if q.Call != 0 {
		v.Set("call", strconv.FormatUint(q.Call, 10))
	}
	if q.Gap != 0 {
		v.Set("gap", strconv.FormatInt(q.Gap, 10))
	}
	return (&url.URL{Path: "/events", RawQuery: v.Encode()}).String()
}

// zoneMinutes is how far a local time is east of UTC.
func zoneMinutes(local time.Time) int {
	_, seconds := local.Zone()
	return seconds / 60
}
