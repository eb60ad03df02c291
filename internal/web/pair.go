package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/views"
)

// displayDays are for how long a display can be paired.
var displayDays = []int{1, 7, 30, 90, 365}

const usualDisplayDays = 90

// pair is the page "/pair": the code that a screen shows.
func (s *site) pair(w http.ResponseWriter, r *http.Request) error {
	d := &views.WordsOf(s.look(r).Speaks).OnDisplays
	q, page, err := s.displaysPage(r, d.PairTitle)
	if err != nil {
		return err
	}
	page.Intro = d.PairIntro
	view := ""
	if of, ok := wallQuery(r.URL.Query().Get("view")); ok {
		view = of.URL()
	}
	page.Code = &views.CodeForm{Action: displaysURL("/pair", q), View: view}
	return s.showDisplays(w, r, q, http.StatusOK, page)
}

// pairCodeForm is what is shown again after a wrong code.
func (s *site) pairAgain(w http.ResponseWriter, r *http.Request, status int, wrong string) error {
	d := &views.WordsOf(s.look(r).Speaks).OnDisplays
	q, page, err := s.displaysPage(r, d.PairTitle)
	if err != nil {
		return err
	}
	page.Intro = d.PairIntro
	page.Code = &views.CodeForm{Action: displaysURL("/pair", q), View: r.PostForm.Get("view"), Code: brief(r.PostForm.Get("code"), 20), Wrong: wrong}
	return s.showDisplays(w, r, q, status, page)
}

// pairWith takes a code, asks what its screen is to show, and pairs it.
func (s *site) pairWith(w http.ResponseWriter, r *http.Request) error {
	if err := posted(w, r); err != nil {
		return err
	}
	words := views.WordsOf(s.look(r).Speaks)
	d := &words.OnDisplays
	code := r.PostForm.Get("code")
	if _, ok := access.CleanCode(code); !ok {
		return s.pairAgain(w, r, http.StatusBadRequest, d.CodeUsed)
	}
	screen, err := s.Displays.Find(who(r), s.client(r), code)
	if err != nil {
		return s.noScreen(w, r, err)
	}
	settings, wrong := s.newSettings(r.PostForm, screen)
	if r.PostForm.Has("form") && wrong == "" {
		settings, wrong = s.displaySettings(r, nil)
		if wrong == "" {
			var made access.Paired
			made, err = s.Displays.Pair(r.Context(), who(r), s.client(r), code, settings)
			if err == nil {
				s.noteDisplay(r, access.DisplayPaired, made.ID, "level "+made.Level.String()+", paired until "+made.Expires.UTC().Format(time.DateOnly))
				s.seeDisplays(w, r, s.look(r), made.ID, "paired")
				return nil
			}
			if errors.Is(err, access.ErrNoCode) {
				return s.noScreen(w, r, err)
			}
			wrong = fieldOf(err)
		}
	}
	q, page, err := s.displaysPage(r, d.NewTitle)
	if err != nil {
		return err
	}
	f := s.displayForm(words, settings, wrong, r.PostForm, who(r).Lens)
	f.Code, f.Action, f.Submit, f.Cancel = code, displaysURL("/pair", q), d.PairIt, displaysURL("/displays", q)
	f.Facts = []views.Fact{
		{Label: d.Where, Value: screen.Addr.String()}, {Label: d.Browser, Value: orNot(screen.Browser, d.NotTold)}, {Label: d.Screen, Value: sizeText(screen.Sighting)},
	}
	if screen.Addr.IsValid() {
		f.NetworkHint = fmt.Sprintf(d.NetworkHintFmt, access.NetworkOf(screen.Addr))
	}
	page.Form, page.Wrong = f, wrongWords(d, wrong)
	status := http.StatusOK
	if wrong != "" {
		status = http.StatusBadRequest
	}
	return s.showDisplays(w, r, q, status, page)
}

// noScreen is the answer to a code that no screen shows.
func (s *site) noScreen(w http.ResponseWriter, r *http.Request, err error) error {
	d := &views.WordsOf(s.look(r).Speaks).OnDisplays
	var later *access.LaterError
	if errors.As(err, &later) {
		w.Header().Set("Retry-After", strconv.Itoa(int(later.After.Seconds())+1))
		return s.pairAgain(w, r, http.StatusTooManyRequests, fmt.Sprintf(d.LaterFmt, views.FormatAge(later.After.Round(time.Second), false)))
	}
	return s.pairAgain(w, r, http.StatusNotFound, d.CodeWrong)
}

// newSettings are what a new display begins with: what it was before, if its
// screen was paired once.
func (s *site) newSettings(form url.Values, screen access.Screen) (access.Settings, string) {
	view := "/wall"
	settings := access.Settings{Level: privacy.LastThree, Expires: time.Now().Add(usualDisplayDays * 24 * time.Hour)}
	if screen.Former != nil {
		settings.Name, settings.Level, settings.Scope = screen.Former.Name, screen.Former.Level, screen.Former.Scope
		settings.Networks = slices.Clone(screen.Former.Networks)
		view = screen.Former.View
	}
	if of := form.Get("view"); of != "" {
		q, ok := wallQuery(of)
		if !ok {
			return settings, "view"
		}
		view = fitted(q, view).URL()
	}
	settings.View = view
	return settings, ""
}

// displaySettings reads the form of a display, new or known. wrong names the
// field that cannot be used.
func (s *site) displaySettings(r *http.Request, known *access.Paired) (settings access.Settings, wrong string) {
	form, own := r.PostForm, who(r).Lens
	fail := func(field string) {
		if wrong == "" {
			wrong = field
		}
	}
	name, ok := said(form.Get("name"), 60)
	if !ok || name == "" {
		fail("name")
	}
	settings.Name = name
	settings.Level = max(levelOf(form.Get("level")), own.Level) // nobody gives more than they have
	settings.Scope = within(privacy.NewScope(byComma(form.Get("scope-teams")), byComma(form.Get("scope-lines"))), own.Scope)
	settings.View, ok = s.formView(form)
	if !ok {
		fail("view")
	}
	switch days, err := strconv.Atoi(form.Get("days")); {
	case err == nil && slices.Contains(displayDays, days):
		settings.Expires = time.Now().Add(time.Duration(days) * 24 * time.Hour)
	case known != nil && form.Get("days") == "":
		settings.Expires = known.Expires
	default:
		fail("days")
	}
	var networks bool
	if settings.Networks, networks = parseNetworks(form.Get("networks")); !networks {
		fail("networks")
	}
	return settings, wrong
}

// within is a scope as far as it lies in another one; all of that where nothing
// of it does.
func within(scope, own privacy.Scope) privacy.Scope {
	if own.All() {
		return scope
	}
	both := func(a, b []string) []string {
		return slices.DeleteFunc(a, func(name string) bool {
			return !slices.ContainsFunc(b, func(other string) bool { return strings.EqualFold(name, other) })
		})
	}
	if is := privacy.NewScope(both(scope.Teams(), own.Teams()), both(scope.Lines(), own.Lines())); !is.All() {
		return is
	}
	return own
}

// byComma are the words between commas.
func byComma(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, ",") {
		if part, ok := said(part, 100); ok && part != "" {
			list = append(list, part)
		}
	}
	return list
}

// parseNetworks reads prefixes and single addresses with commas or spaces.
func parseNetworks(text string) ([]netip.Prefix, bool) {
	var list []netip.Prefix
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ' ' || c == '\n' || c == ';' }) {
		p, err := netip.ParsePrefix(part)
		if err != nil {
			addr, err := netip.ParseAddr(part)
			if err != nil || addr.Zone() != "" {
				return nil, false
			}
			addr = addr.Unmap()
			p = netip.PrefixFrom(addr, addr.BitLen())
		}
		list = append(list, p.Masked())
	}
	return list, len(list) <= 16
}

// formView is the view of a form: the one it began with, with what its fields
// say.
func (s *site) formView(form url.Values) (string, bool) {
	q, ok := wallQuery(orNot(form.Get("view"), "/wall"))
	if !ok {
		return "/wall", false
	}
	v := q.Values()
	for _, name := range []string{"team", "line", "inches", "metres", "theme", "lang"} {
		if form.Has(name) {
			v.Set(name, strings.TrimSpace(form.Get(name)))
		}
	}
	if line := v.Get("line"); line != "" { // people know names, addresses hold what does not change
		for _, n := range s.Hub.Directory(privacy.Lens{}).Lines {
			if strings.EqualFold(n.Name, line) {
				v.Set("line", n.OID)
			}
		}
	}
	if layout := form.Get("layout"); layout != "" && layout != layoutOf(q) {
		v.Del("layout")
		v.Del("rotate")
		switch layout {
		case "turn":
			v.Set("rotate", strings.Join(turning, ","))
		default:
			v.Set("layout", layout)
		}
	}
	q, err := hub.ParseQuery(hub.PageWall, v)
	return q.URL(), err == nil
}

// turning are the layouts of a display that shows them in turn.
var turning = []string{hub.LayoutCalls, hub.LayoutNumbers, hub.LayoutPeople}

// layoutOf is the choice of the form that a view is.
func layoutOf(q hub.Query) string {
	switch len(q.Layouts) {
	case 0:
		return hub.LayoutCalls
	case 1:
		return q.Layouts[0]
	}
	return "turn"
}

// displayForm is the form for settings, with what was typed where that is known.
func (s *site) displayForm(words *views.Words, settings access.Settings, wrong string, typed url.Values, lens privacy.Lens) *views.DisplayForm {
	d := &words.OnDisplays
	q, _ := wallQuery(settings.View)
	dir := s.Hub.Directory(lens)
	or := func(name, value string) string {
		if typed.Has("form") && typed.Has(name) {
			return brief(typed.Get(name), 800)
		}
		return value
	}
	number := func(x, usual float64) string {
		if x == 0 {
			x = usual
		}
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	f := &views.DisplayForm{
		View: settings.View, Name: or("name", settings.Name), Team: or("team", q.Team), Line: or("line", s.lineName(lens, q.Line)),
		Inches: or("inches", number(q.Inches, 55)), Metres: or("metres", number(q.Metres, 5)),
		ScopeTeams: or("scope-teams", strings.Join(settings.Scope.Teams(), ", ")), ScopeLines: or("scope-lines", strings.Join(settings.Scope.Lines(), ", ")),
		Networks: or("networks", networksText(settings.Networks)), Teams: dir.Teams, Wrong: wrong,
	}
	if f.View == "" {
		f.View = "/wall"
	}
	for _, n := range dir.Lines {
		f.Lines = append(f.Lines, orNot(n.Name, n.OID))
	}
	f.More = slices.Contains([]string{"inches", "metres", "networks", "view"}, wrong) || f.ScopeTeams+f.ScopeLines+f.Networks != ""
	layout := or("layout", layoutOf(q))
	for _, o := range []views.Option{{Label: d.Calls, URL: hub.LayoutCalls}, {Label: d.Numbers, URL: hub.LayoutNumbers}, {Label: d.People, URL: hub.LayoutPeople}, {Label: d.OneLine, URL: hub.LayoutLine}, {Label: d.InTurn, URL: "turn"}} {
		o.Chosen = o.URL == layout
		f.Layouts = append(f.Layouts, o)
	}
	level := or("level", settings.Level.String())
	for i, name := range privacy.Levels() {
		f.Levels = append(f.Levels, views.Option{Label: d.Levels[i], URL: name, Chosen: name == level})
	}
	theme := or("theme", q.Theme)
	for _, o := range []views.Option{{Label: d.AsSystem}, {Label: d.Dark, URL: "dark"}, {Label: d.Light, URL: "light"}, {Label: d.Contrast, URL: "contrast"}} {
		o.Chosen = o.URL == theme
		f.Themes = append(f.Themes, o)
	}
	lang := or("lang", q.Lang)
	f.Langs = []views.Option{{Label: d.AsBrowser, Chosen: lang == ""}}
	for _, l := range views.Languages {
		f.Langs = append(f.Langs, views.Option{Label: l.Name, URL: l.Code, Chosen: l.Code == lang})
	}
	days := or("days", "")
	if left := time.Until(settings.Expires); days == "" && settings.Name != "" && typed.Get("form") == "" && left > 0 {
		f.Days = append(f.Days, views.Option{Label: words.Date(settings.Expires.In(s.Hub.Zone())), Chosen: true})
	} else if days == "" {
		days = strconv.Itoa(usualDisplayDays)
	}
	for _, n := range displayDays {
		value := strconv.Itoa(n)
		f.Days = append(f.Days, views.Option{Label: d.Days.Of(n), URL: value, Chosen: value == days})
	}
	return f
}

// displayShow leads the view of a page to a display: one that is paired, or a
// screen with a code.
func (s *site) displayShow(w http.ResponseWriter, r *http.Request) error {
	words := views.WordsOf(s.look(r).Speaks)
	d := &words.OnDisplays
	q, page, err := s.displaysPage(r, d.ShowTitle)
	if err != nil {
		return err
	}
	show := &views.DisplayShow{}
	page.Show = show
	of, same, ok := nearestWall(r.URL.Query().Get("view"))
	if !ok {
		page.Intro = d.Choose
		for _, c := range []struct{ label, view string }{
			{d.Calls, "/wall"}, {d.Numbers, "/wall?layout=numbers"}, {d.People, "/wall?layout=people"}, {d.InTurn, "/wall?rotate=" + strings.Join(turning, ",")},
		} {
			show.Choices = append(show.Choices, views.Option{Label: c.label, URL: displaysURL("/displays/show", q, "view", c.view)})
		}
		return s.showDisplays(w, r, q, http.StatusOK, page)
	}
	address := of.URL()
	show.View, show.Address, show.PreviewURL = s.viewInWords(words, q.Lens, address), address, address
	if !same {
		show.Near = fmt.Sprintf(d.NearFmt, show.View)
	}
	for _, l := range s.Displays.List(r.Context()) {
		if l.State == access.PairedOn {
			show.Targets = append(show.Targets, s.displayRow(q, l))
		}
	}
	show.Code = views.CodeForm{Action: displaysURL("/pair", q), View: address}
	return s.showDisplays(w, r, q, http.StatusOK, page)
}
