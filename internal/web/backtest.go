package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"callboard/internal/backtest"
	"callboard/internal/hub"
	"callboard/internal/rules"
	"callboard/views"
)

// triedDays are how far back limits can be tried; the last but one is usual.
var triedDays = []int{1, 3, 7, 14}

const usualDays = 7

// framed reads the query of a page that is live only in its frame.
func (s *site) framed(r *http.Request) (hub.Query, hub.Picture, error) {
	q, err := s.query(r, hub.PageHistory)
	if err != nil {
		return q, hub.Picture{}, err
	}
	p, err := s.Hub.Picture(r.Context(), q)
	return q, p, err
}

// backtest is the page "/backtest".
func (s *site) backtest(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.framed(r)
	if err != nil {
		return err
	}
	v := s.trial(q)
	given := func(string) string { return "" }
	if s.Backtests != nil && !r.URL.Query().Has("reset") {
		if st := s.Backtests.Status(); !st.Started.IsZero() { // goes on from what was tried last
			given = func(name string) string {
				for _, f := range backtest.Fields {
					if f.Name == name {
						return f.Value(&st.Tried.Rules)
					}
				}
				return strconv.Itoa(st.Days)
			}
		}
	}
	v.form(given, "")
	v.outcome()
	return s.showBacktest(w, r, q, p, http.StatusOK, v)
}

// startBacktest begins a run with the form's values.
func (s *site) startBacktest(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.framed(r)
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	v := s.trial(q)
	refuse := func(status int, field, why string) error {
		v.form(r.PostForm.Get, field)
		v.out.Trouble = why
		return s.showBacktest(w, r, q, p, status, v)
	}
	if s.Backtests == nil {
		return refuse(http.StatusNotFound, "", v.w.NoRecord)
	}
	days := usualDays
	if text := r.PostForm.Get("days"); text != "" {
		if days, err = strconv.Atoi(text); err != nil || days < 1 || days > triedDays[len(triedDays)-1] {
			return &hub.QueryError{Field: "days", Value: text, Want: "a number of days from 1 to 14", Least: 1, Most: 14}
		}
	}
	present := s.Hub.Setup()
	tried := present
	changed := ""
	if tried.Rules, changed, err = backtest.Try(present.Rules, r.PostForm.Get); err != nil {
		var bad *backtest.FieldError
		if !errors.As(err, &bad) {
			return err
		}
		return refuse(http.StatusBadRequest, bad.Name, fmt.Sprintf(v.w.WrongFmt, bad.Name, strconv.Quote(bad.Value), bad.Want))
	}
	if err := s.Backtests.Start(present, tried, changed, s.Hub.Now(), days); err != nil {
		return refuse(http.StatusConflict, "", v.w.Busy)
	}
	s.seeBacktest(w, r, q)
	return nil
}

// cancelBacktest ends the run under way.
func (s *site) cancelBacktest(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageHistory)
	if err != nil {
		return err
	}
	if s.Backtests != nil {
		s.Backtests.Cancel()
	}
	s.seeBacktest(w, r, q)
	return nil
}

func (s *site) seeBacktest(w http.ResponseWriter, r *http.Request, q hub.Query) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	http.Redirect(w, r, backtestURL("", q), http.StatusSeeOther)
}

// backtestURL is a path of these pages for the same viewer.
func backtestURL(path string, q hub.Query) string {
	u := url.URL{Path: "/backtest" + path, RawQuery: hub.Query{Lang: q.Lang, Theme: q.Theme}.Values().Encode()}
	return u.String()
}

func (s *site) showBacktest(w http.ResponseWriter, r *http.Request, q hub.Query, p hub.Picture, status int, v *trialView) error {
	chrome := s.live(q, p, v.w.Title)
	chrome.Page = "backtest"
	chrome.Spoken = choices(q, func(q hub.Query) string { return backtestURL("", q) })
	for i := range chrome.Nav {
		chrome.Nav[i].Current = false
	}
	for i := range chrome.More {
		chrome.More[i].Current = chrome.More[i].Page == chrome.Page
	}
	chrome.BackURL = backtestURL("", q)
	return s.showStatus(w, r, q, status, views.BacktestPageView(views.BacktestPage{Chrome: chrome, Strip: p.Strip, Backtest: v.out}))
}

// trial begins the view of the page.
func (s *site) trial(q hub.Query) *trialView {
	words := views.WordsOf(q.Speaks)
	return &trialView{
		s: s, q: q, words: words, w: &words.OnBacktest, present: s.Hub.Setup().Rules,
		out: views.Backtest{Action: backtestURL("", q)},
	}
}

// form shows the fields with what was given, else the present values.
func (v *trialView) form(given func(name string) string, wrong string) {
	labels := map[string]string{
		"over": v.w.Over, "under": v.w.Under, "on-delay": v.w.Delay, "ring": v.w.Ring, "colleagues": v.w.Colleagues,
		"lines": v.w.Lines, "warn": v.w.Warn, "alarm": v.w.AlarmAt,
	}
	var kind rules.Kind
	for _, f := range backtest.Fields {
		if f.Kind != kind {
			kind = f.Kind
			v.out.Sections = append(v.out.Sections, views.BacktestLimit{Name: v.kind(kind)})
		}
		now := f.Value(&v.present)
		field := views.BacktestField{Name: f.Name, Label: labels[f.What], Value: views.CleanText(given(f.Name)), Wrong: wrong != "" && (f.Name == wrong || keyOf(f.Name) == wrong)}
		if field.Value == "" {
			field.Value = now
		}
		if field.Value != now {
			field.Present = fmt.Sprintf(v.w.PresentFmt, now)
		}
		section := &v.out.Sections[len(v.out.Sections)-1]
		section.Fields = append(section.Fields, field)
	}
	chosen, err := strconv.Atoi(given("days"))
	if err != nil {
		chosen = usualDays
	}
	for _, n := range triedDays {
		v.out.Days = append(v.out.Days, views.Option{Label: v.w.Days.Of(n), URL: strconv.Itoa(n), Chosen: n == chosen})
	}
}

// keyOf is the alarm that a field belongs to.
func keyOf(name string) string {
	for i := range name {
		if name[i] == '.' {
			return name[:i]
		}
	}
	return name
}
