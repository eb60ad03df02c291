package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/views"
)

// The inventory of displays, and what is done with them. Everything works as
// plain forms that lead back to a page.

// displaysPage begins a page of displays: its frame is live.
func (s *site) displaysPage(r *http.Request, title string) (hub.Query, views.DisplaysPage, error) {
	q, p, err := s.framed(r)
	if err != nil {
		return q, views.DisplaysPage{}, err
	}
	c := s.live(q, p, title)
	c.Page, c.ShowURL, c.WallURL = "displays", "", ""
	c.Spoken = choices(q, here(r))
	c.Ride = views.TravelEntry{}
	for i := range c.Nav {
		c.Nav[i].Current = false
	}
	for i := range c.More {
		c.More[i].Current = c.More[i].Page == "displays"
	}
	c.BackURL = "/displays"
	var tabs []views.NavItem
	if s.Access != nil {
		tabs = s.adminTabs(q, who(r))
		for i := range tabs {
			tabs[i].Current = tabs[i].Page == "displays"
		}
	}
	return q, views.DisplaysPage{Chrome: c, Strip: p.Strip, Tabs: tabs, Title: title, ListURL: displaysURL("/displays", q)}, nil
}

func (s *site) showDisplays(w http.ResponseWriter, r *http.Request, q hub.Query, status int, p views.DisplaysPage) error {
	return s.showStatus(w, r, q, status, views.DisplaysPageView(p))
}

// displaysURL is a path of these pages for the same viewer, with more fields.
func displaysURL(path string, q hub.Query, more ...string) string {
	v := hub.Query{Lang: q.Lang, Theme: q.Theme}.Values()
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			v.Set(more[i], more[i+1])
		}
	}
	return (&url.URL{Path: path, RawQuery: v.Encode()}).String()
}

// displays is the page "/displays".
func (s *site) displaysList(w http.ResponseWriter, r *http.Request) error {
	d := views.WordsOf(s.look(r).Speaks).OnDisplays
	q, page, err := s.displaysPage(r, d.Title)
	if err != nil {
		return err
	}
	page.Intro = d.Intro
	list := &views.DisplayList{PairURL: displaysURL("/pair", q), Caption: d.Title, OffHead: d.OffHead}
	for _, l := range s.Displays.List(r.Context()) {
		row := s.displayRow(q, l)
		if l.State == access.PairedOn {
			list.Rows = append(list.Rows, row)
		} else {
			list.Off = append(list.Off, row)
		}
	}
	page.List = list
	v := r.URL.Query()
	if id, err := strconv.ParseInt(v.Get("id"), 10, 64); err == nil {
		if l, err := s.Displays.Display(r.Context(), id); err == nil {
			page.Said = doneWith(&d, v.Get("done"), l.Name)
		}
	}
	return s.showDisplays(w, r, q, http.StatusOK, page)
}

// doneWith says what was done with a display.
func doneWith(d *views.DisplayWords, what, name string) string {
	format := map[string]string{"paired": d.PairedFmt, "changed": d.ChangedFmt, "revoked": d.RevokedFmt, "renewed": d.RenewedFmt, "told": d.ToldFmt}[what]
	if format == "" {
		return ""
	}
	return fmt.Sprintf(format, name)
}

// displayRow is one line of the inventory.
func (s *site) displayRow(q hub.Query, l access.Listed) views.DisplayRow {
	words := views.WordsOf(q.Speaks)
	d := &words.OnDisplays
	id := strconv.FormatInt(l.ID, 10)
	now := time.Now()
	r := views.DisplayRow{
		ID: "d" + id, Name: l.Name, Number: id, Do: "/displays/" + id,
		EditURL: displaysURL("/displays/"+id, q), RevokeURL: displaysURL("/displays/"+id+"/revoke", q),
		View: s.viewInWords(words, q.Lens, l.View), ViewURL: l.View, Level: d.Levels[l.Level],
		Build: l.Seen.Build, Size: sizeText(l.Seen), Network: l.Seen.Addr.String(), Expires: words.Date(l.Expires.In(s.Hub.Zone())),
	}
	if len(l.Networks) > 0 {
		r.Network = networksText(l.Networks)
	} else if !l.Seen.Addr.IsValid() {
		r.Network = d.Anywhere
	}
	since := func(t time.Time) string { return fmt.Sprintf(d.SinceFmt, s.momentText(words, t)) }
	switch {
	case l.State == access.PairedExpired:
		r.State, r.StateNote = d.Expired, since(l.Ended)
	case l.State == access.PairedStolen:
		r.State, r.StateNote = d.Stolen, since(l.Ended)
	case l.State != access.PairedOn:
		r.State, r.StateNote = d.Off, since(l.Ended)
	case l.Live:
		r.State, r.Live = d.Live, true
	case l.Seen.At.IsZero():
		r.State = d.Never
	default:
		r.State, r.StateNote, r.Warn = d.Away, since(l.Seen.At), true
	}
	if l.EndsSoon(now) {
		r.Ends = fmt.Sprintf(d.EndsFmt, d.Days.Of(int(l.Expires.Sub(now).Hours()/24)))
	}
	return r
}

// momentText is a time of day, with the day if it is not today.
func (s *site) momentText(w *views.Words, t time.Time) string {
	local, now := t.In(s.Hub.Zone()), s.Hub.Now().In(s.Hub.Zone())
	clock := local.Format("15:04")
	if local.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return clock
	}
	return w.ShortDay(local) + " " + clock
}

func sizeText(see access.Sighting) string {
	if see.Width == 0 {
		return "–"
	}
	return strconv.Itoa(see.Width) + " × " + strconv.Itoa(see.Height)
}

func networksText(list []netip.Prefix) string {
	out := make([]string, len(list))
	for i, p := range list {
		if out[i] = p.String(); p.IsSingleIP() {
			out[i] = p.Addr().String()
		}
	}
	return strings.Join(out, ", ")
}

// viewInWords says what a display shows.
func (s *site) viewInWords(w *views.Words, lens privacy.Lens, view string) string {
	q, ok := wallQuery(view)
	if !ok {
		return view
	}
	d := &w.OnDisplays
	var parts []string
	names := map[string]string{hub.LayoutCalls: d.Calls, hub.LayoutNumbers: d.Numbers, hub.LayoutPeople: d.People, hub.LayoutLine: d.OneLine}
	for _, layout := range q.Layouts {
		parts = append(parts, names[layout])
	}
	if len(parts) == 0 {
		parts = append(parts, d.Calls)
	}
	for _, more := range []string{q.Team, s.lineName(lens, q.Line), q.User, q.Text} {
		if more != "" {
			parts = append(parts, views.CleanText(more))
		}
	}
	return strings.Join(parts, ", ")
}

// lineName is the name of a line given by oid or name, for somebody who sees it.
func (s *site) lineName(lens privacy.Lens, line string) string {
	for _, n := range s.Hub.Directory(lens).Lines {
		if n.OID == line && n.Name != "" {
			return n.Name
		}
	}
	return line
}

// wallQuery reads the address of a wall view.
func wallQuery(view string) (hub.Query, bool) {
	u, err := url.Parse(view)
	if err != nil || u.Path != "/wall" || u.Host != "" || u.Scheme != "" {
		return hub.Query{}, false
	}
	q, err := hub.ParseQuery(hub.PageWall, u.Query())
	q.At, q.Rate = time.Time{}, 0 // a display shows now
	return q, err == nil
}

// nearestWall is the wall view nearest to the address of a page; ok is false
// where none is near. same is false for a page that is another one on a wall.
func nearestWall(address string) (q hub.Query, same, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return q, false, false
	}
	page, known := map[string]string{
		"/": hub.PageBoard, "/wall": hub.PageWall, "/people": hub.PagePeople, "/lines": hub.PageLines, "/numbers": hub.PageNumbers, "/missed": hub.PageMissed,
	}[u.Path]
	if !known {
		return q, false, false
	}
	q, err = hub.ParseQuery(page, u.Query())
	if err != nil {
		return q, false, false
	}
	q.At, q.Rate, q.Day, q.Who = time.Time{}, 0, "", ""
	if page == hub.PageWall {
		return q, true, true
	}
	same = page == hub.PageBoard || page == hub.PagePeople
	return q.Wall(), same, true
}

// display finds the display of an address.
func (s *site) displayAt(r *http.Request) (access.Listed, error) {
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return access.Listed{}, failed(http.StatusNotFound, noPage)
	}
	l, err := s.Displays.Display(r.Context(), id)
	if err != nil || l.State != access.PairedOn {
		return l, failed(http.StatusNotFound, noPage)
	}
	return l, nil
}

// displayEdit is the page of one display.
func (s *site) displayEdit(w http.ResponseWriter, r *http.Request) error {
	l, err := s.displayAt(r)
	if err != nil {
		return err
	}
	words := views.WordsOf(s.look(r).Speaks)
	d := &words.OnDisplays
	q, page, err := s.displaysPage(r, fmt.Sprintf(d.EditTitleFmt, l.Name))
	if err != nil {
		return err
	}
	page.Form = s.displayForm(words, l.Settings, "", url.Values{}, who(r).Lens)
	s.knownDisplay(page.Form, words, q, l)
	return s.showDisplays(w, r, q, http.StatusOK, page)
}

// knownDisplay makes the form that of a display there is.
func (s *site) knownDisplay(f *views.DisplayForm, words *views.Words, q hub.Query, l access.Listed) {
	d := &words.OnDisplays
	f.Action, f.Submit, f.Cancel = displaysURL("/displays/"+strconv.FormatInt(l.ID, 10), q), d.Save, displaysURL("/displays", q)
	f.Facts = []views.Fact{
		{Label: d.PairedOn, Value: s.pairedText(words, l)},
		{Label: d.Where, Value: l.Seen.Addr.String()}, {Label: d.Browser, Value: orNot(l.Seen.Browser, d.NotTold)}, {Label: d.Screen, Value: sizeText(l.Seen)},
	}
}

// pairedText says when a display was paired, and by whom where people sign in.
func (s *site) pairedText(words *views.Words, l access.Listed) string {
	text := words.Date(l.Created.In(s.Hub.Zone()))
	if l.CreatedBy != "" {
		text += " " + fmt.Sprintf(words.OnDisplays.ByFmt, l.CreatedBy)
	}
	return text
}

func orNot(text, not string) string {
	if text == "" {
		return not
	}
	return text
}

// displayChange takes the form of one display.
func (s *site) displayChange(w http.ResponseWriter, r *http.Request) error {
	l, err := s.displayAt(r)
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	words := views.WordsOf(s.look(r).Speaks)
	d := &words.OnDisplays
	settings, wrong := s.displaySettings(r, &l.Paired)
	if wrong == "" {
		if _, err = s.Displays.Change(r.Context(), l.ID, settings); err == nil {
			s.noteDisplay(r, access.DisplayChanged, l.ID, changedWords(l.Settings, settings))
			s.seeDisplays(w, r, s.look(r), l.ID, "changed")
			return nil
		}
		wrong = fieldOf(err)
	}
	q, page, err := s.displaysPage(r, fmt.Sprintf(d.EditTitleFmt, l.Name))
	if err != nil {
		return err
	}
	page.Form = s.displayForm(words, settings, wrong, r.PostForm, who(r).Lens)
	s.knownDisplay(page.Form, words, q, l)
	page.Wrong = wrongWords(d, wrong)
	return s.showDisplays(w, r, q, http.StatusBadRequest, page)
}

// fieldOf names the field that the store refused; "" is not among them.
func fieldOf(err error) string {
	var field *access.FieldError
	switch {
	case errors.As(err, &field):
		if field.Field == "expires" {
			return "days"
		}
		return field.Field
	case errors.Is(err, access.ErrTooManyDisplays):
		return "many"
	}
	return "disk"
}

func wrongWords(d *views.DisplayWords, field string) string {
	switch field {
	case "":
		return ""
	case "name":
		return d.NameWrong
	case "days":
		return d.DaysWrong
	case "networks":
		return d.NetworksWrong
	case "many":
		return d.TooMany
	case "disk":
		return d.Failed
	}
	return d.ViewWrong
}

// changedWords says for the audit log what became different.
func changedWords(was, is access.Settings) string {
	var list []string
	for _, c := range []struct {
		differs bool
		what    string
	}{
		{was.Name != is.Name, "name"}, {was.View != is.View, "view"},
		{was.Level != is.Level, "level " + was.Level.String() + " to " + is.Level.String()}, {was.Scope != is.Scope, "scope"},
		{!was.Expires.Equal(is.Expires), "paired until " + is.Expires.UTC().Format(time.DateOnly)}, {!slices.Equal(was.Networks, is.Networks), "networks"},
	} {
		if c.differs {
			list = append(list, c.what)
		}
	}
	return strings.Join(list, ", ")
}

func (s *site) seeDisplays(w http.ResponseWriter, r *http.Request, q hub.Query, id int64, done string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	http.Redirect(w, r, displaysURL("/displays", q, "done", done, "id", strconv.FormatInt(id, 10)), http.StatusSeeOther)
}

// displayTell is what a button of the inventory does: identify and refresh.
func (s *site) displayTell(signal access.Signal) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		l, err := s.displayAt(r)
		if err != nil {
			return err
		}
		if err := s.Displays.Tell(r.Context(), l.ID, signal); err != nil {
			return failed(http.StatusNotFound, noPage)
		}
		s.noteDisplay(r, access.DisplayChanged, l.ID, string(signal))
		s.seeDisplays(w, r, s.look(r), l.ID, "told")
		return nil
	}
}

// displayRenew lets a display go on.
func (s *site) displayRenew(w http.ResponseWriter, r *http.Request) error {
	l, err := s.displayAt(r)
	if err != nil {
		return err
	}
	is, err := s.Displays.Renew(r.Context(), l.ID)
	if err != nil {
		return err
	}
	s.noteDisplay(r, access.DisplayChanged, l.ID, changedWords(l.Settings, is.Settings))
	s.seeDisplays(w, r, s.look(r), l.ID, "renewed")
	return nil
}

// displayPoint gives a display another view.
func (s *site) displayPoint(w http.ResponseWriter, r *http.Request) error {
	l, err := s.displayAt(r)
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	q, ok := wallQuery(r.PostForm.Get("view"))
	if !ok {
		return failed(http.StatusBadRequest, wrongView)
	}
	settings := l.Settings
	settings.View = fitted(q, l.View).URL()
	if _, err := s.Displays.Change(r.Context(), l.ID, settings); err != nil {
		return err
	}
	s.noteDisplay(r, access.DisplayChanged, l.ID, changedWords(l.Settings, settings))
	s.seeDisplays(w, r, s.look(r), l.ID, "changed")
	return nil
}

func wrongView(w *views.ErrorWords) views.Trouble { return views.Trouble{Title: w.BadField} }

// fitted is a view with what belongs to the display itself, as it was: size,
// distance, theme, language.
func fitted(q hub.Query, was string) hub.Query {
	if old, ok := wallQuery(was); ok {
		if q.Inches == 0 && q.Metres == 0 {
			q.Inches, q.Metres = old.Inches, old.Metres
		}
		if q.Theme == "" {
			q.Theme = old.Theme
		}
		if q.Lang == "" {
			q.Lang = old.Lang
		}
	}
	return q
}

// displayOff asks before a display is switched off.
func (s *site) displayOff(w http.ResponseWriter, r *http.Request) error {
	l, err := s.displayAt(r)
	if err != nil {
		return err
	}
	d := &views.WordsOf(s.look(r).Speaks).OnDisplays
	q, page, err := s.displaysPage(r, fmt.Sprintf(d.RevokeTitleFmt, l.Name))
	if err != nil {
		return err
	}
	id := strconv.FormatInt(l.ID, 10)
	page.Revoke = &views.DisplayRevoke{
		Action: displaysURL("/displays/"+id+"/revoke", q), Cancel: displaysURL("/displays", q), Text: fmt.Sprintf(d.RevokeFmt, l.Name),
	}
	return s.showDisplays(w, r, q, http.StatusOK, page)
}

// displayRevoke switches a display off.
func (s *site) displayRevoke(w http.ResponseWriter, r *http.Request) error {
	l, err := s.displayAt(r)
	if err != nil {
		return err
	}
	if _, err := s.Displays.Revoke(r.Context(), l.ID); err != nil {
		return err
	}
	s.noteDisplay(r, access.DisplayRevoked, l.ID, "")
	s.seeDisplays(w, r, s.look(r), l.ID, "revoked")
	return nil
}

// noteDisplay puts into the audit log what was done with a display.
func (s *site) noteDisplay(r *http.Request, event access.Event, id int64, about string) {
	if s.Access == nil {
		return
	}
	by := who(r)
	err := s.Access.Note(context.WithoutCancel(r.Context()), access.Entry{
		Event: event, Party: by.ID, Name: by.Name, Address: s.client(r).String(), Subject: "display:" + strconv.FormatInt(id, 10), Reason: about,
	})
	if err != nil {
		s.log.Error("the audit log takes nothing", slog.String("event", string(event)))
	}
}

// levelOf is the level of a form, last-three if it is none.
func levelOf(word string) privacy.Level {
	if l, ok := privacy.ParseLevel(word); ok {
		return l
	}
	return privacy.LastThree
}
