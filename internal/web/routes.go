package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"callboard/internal/access"
	"callboard/static"
)

// routes is the whole site.
func (s *site) routes() http.Handler {
	r := chi.NewRouter()
	r.Use(secured, bounded, s.located, s.lasting, s.recovered, s.addressed, s.viaProxy, s.unforged, middleware.GetHead)
	r.NotFound(s.known(func(http.ResponseWriter, *http.Request) error {
		return failed(http.StatusNotFound, noPage)
	}))
	r.MethodNotAllowed(s.known(s.wrongMethod))
	d := &doors{site: s, mux: r}
	s.pageDoors(d)
	s.missedDoors(d)
	s.pastDoors(d)
	s.accountDoors(d)
	s.dataDoors(d)
	s.companyDoors(d)
	s.displayDoors(d)
	s.embedDoors(d)
	s.publicDoors(d)
	s.doors = d.all
	return r
}

// pageDoors are the pages of now, and what is done with calls there.
func (s *site) pageDoors(d *doors) {
	d.page("/", access.Look, s.timed(s.board))
	d.page("/wall", access.Watch, s.timed(s.wall)) // displays have no other right
	d.page("/calls/{id}", access.Look, s.timed(s.call))
	d.form("/calls/{id}/dismiss", access.Act, s.dismiss)
	d.form("/notice", access.Act, s.setNotice)
	d.page("/people", access.Look, s.timed(s.people))
	d.page("/lines", access.Look, s.timed(s.lines))
	d.page("/numbers", access.Look, s.timed(s.numbers))
	d.page("/status", access.Look, s.timed(s.status))
}

// missedDoors are the recovery ledger and its words.
func (s *site) missedDoors(d *doors) {
	d.page("/missed", access.Look, s.timed(s.missed))
	d.load("/missed.csv", access.Export, s.timed(s.missedCSV))
	d.form("/missed/name", access.Act, s.missedName)
	d.page("/missed/{id}/{word:claim|note|done|undo}", access.Act, s.missedForm)
	d.form("/missed/{id}/{word:claim|note|done|undo}", access.Act, s.missedWord)
}

// pastDoors are what is over.
func (s *site) pastDoors(d *doors) {
	d.page("/history", access.Look, s.history)
	d.page("/handover", access.Look, s.handover)
	d.page("/gaps", access.Look, s.gapsPage)
	d.page("/gaps/{id}", access.Look, s.gapPage)
	d.form("/gaps/{id}/dismiss", access.Act, s.gapDismiss)
	d.form("/gaps/{id}/reviewed", access.Act, s.gapReviewed)
	d.page("/backtest", access.Try, s.backtest)
	d.form("/backtest", access.Try, s.startBacktest)
	d.form("/backtest/cancel", access.Try, s.cancelBacktest)
}

// accountDoors are signing in and out, one's own account, and the pages of those
// who decide about others.
func (s *site) accountDoors(d *doors) {
	d.page("/signin", access.Open, s.signInPage)
	d.form("/signin", access.Open, s.signIn)
	d.form("/signout", access.Open, s.signOut)
	d.page("/signedout", access.Open, s.signedOut)
	d.page("/setup", access.Open, s.setupPage)
	d.form("/setup", access.Open, s.setup)
	d.page("/account", access.Look, s.accountPage)
	d.form("/account/password", access.Look, s.changePassword)
	d.form("/account/end", access.Look, s.endSession)
	d.form("/account/end-others", access.Look, s.endOthers)
	d.page("/reveal", access.Reveal, s.revealPage)
	d.form("/reveal", access.Reveal, s.reveal)
	d.form("/reveal/hide", access.Look, s.conceal)
	d.page("/admin/people", access.Administer, s.adminPeople)
	d.form("/admin/people", access.Administer, s.addPerson)
	d.page("/admin/people/{id}", access.Administer, s.personPage)
	d.form("/admin/people/{id}", access.Administer, s.changePerson)
	d.form("/admin/people/{id}/{act:end|link|disable|enable}", access.Administer, s.actOnPerson)
	d.page("/admin/people/{id}/remove", access.Administer, s.removePersonPage)
	d.form("/admin/people/{id}/remove", access.Administer, s.removePerson)
	d.page("/admin/programs", access.Administer, s.programsPage)
	d.form("/admin/programs", access.Administer, s.makeToken)
	d.page("/admin/programs/{id}/revoke", access.Administer, s.revokePage)
	d.form("/admin/programs/{id}/revoke", access.Administer, s.revoke)
	d.page("/admin/audit", access.Administer, s.auditPage)
	d.load("/admin/audit.jsonl", access.Administer, s.auditFile(access.JSONLines, "application/x-ndjson; charset=utf-8"))
	d.load("/admin/audit.csv", access.Administer, s.auditFile(access.CSV, "text/csv; charset=utf-8"))
}

// dataDoors are the streams of pages and the API.
func (s *site) dataDoors(d *doors) {
	const get, post = http.MethodGet, http.MethodPost
	d.data(get, "/events", access.Watch, s.timed(s.events))
	d.data(get, "/poll", access.Watch, s.timed(s.poll))
	d.data(get, "/api/v1/board", access.Look, s.timed(s.apiBoard))
	d.data(get, "/api/v1/numbers", access.Look, s.timed(s.apiNumbers))
	d.data(get, "/api/v1/calls/{id}", access.Look, s.timed(s.apiCall))
	d.data(post, "/api/v1/calls/{id}/dismiss", access.Act, s.apiDismiss)
	d.data(get, "/api/v1/history", access.Look, s.apiHistory)
	d.data(get, "/api/v1/history.csv", access.Export, s.apiHistoryCSV)
	d.data(get, "/api/v1/missed", access.Look, s.timed(s.apiMissed))
	d.data(post, "/api/v1/missed/{id}/{word:claim|note|done|undo}", access.Act, s.apiWord)
	d.data(get, "/api/v1/duration", access.Look, s.apiDuration)
	d.data(get, "/api/v1/gaps", access.Look, s.apiGaps)
	d.data(get, "/api/v1/gaps/{id}", access.Look, s.apiGap)
	d.data(post, "/api/v1/gaps/{id}/dismiss", access.Act, s.apiGapDismiss)
	d.data(post, "/api/v1/gaps/{id}/reviewed", access.Act, s.apiGapReviewed)
}

// displayDoors are a display's own screen, and what people do with displays.
func (s *site) displayDoors(d *doors) {
	d.page("/tv", access.Open, s.tv)
	d.data(http.MethodGet, "/tv/state", access.Open, s.tvState)
	d.page("/pair", access.Pair, s.pair)
	d.form("/pair", access.Pair, s.pairWith)
	d.page("/displays", access.Pair, s.displaysList)
	d.page("/displays/show", access.Pair, s.displayShow)
	d.page("/displays/{id}", access.Pair, s.displayEdit)
	d.form("/displays/{id}", access.Pair, s.displayChange)
	d.form("/displays/{id}/identify", access.Pair, s.displayTell(access.TellName))
	d.form("/displays/{id}/refresh", access.Pair, s.displayTell(access.TellReload))
	d.form("/displays/{id}/renew", access.Pair, s.displayRenew)
	d.form("/displays/{id}/point", access.Pair, s.displayPoint)
	d.page("/displays/{id}/revoke", access.Pair, s.displayOff)
	d.form("/displays/{id}/revoke", access.Pair, s.displayRevoke)
}

// publicDoors are files of the product and signs of life; and
// the metrics, for the machine itself, administrators, and who has their token.
func (s *site) publicDoors(d *doors) {
	d.public(static.Prefix+"*", func(w http.ResponseWriter, r *http.Request) error {
		return s.Files.Serve(w, r, chi.URLParam(r, "*"))
	})
	d.public("/sw.js", func(w http.ResponseWriter, r *http.Request) error {
		return s.Files.ServeWorker(w, r, "sw.js")
	})
	if s.Storybook != nil { // in the demo only, and all invented
		d.public("/storybook", plain(s.Storybook(s.assets)))
	}
	d.public("/healthz", s.healthz)
	d.public("/readyz", s.readyz)
	d.open(Door{Method: http.MethodGet, Pattern: "/metrics", Right: access.Administer, Sort: Data, also: s.scrapes}, plain(s.metrics.handler))
}
