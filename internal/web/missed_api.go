package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"callboard/internal/state"
)

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// The recovery ledger as JSON, with the board's rules: a time that is unknown
// is absent, a list that is empty is there.

type ledgerJSON struct {
	Epoch        string         `json:"epoch"`
	Version      uint64         `json:"version"`
	AsOf         instant        `json:"asOf,omitzero"`
	Feed         feedJSON       `json:"feed"`
	Open         []callbackJSON `json:"open"`
	Closed       []callbackJSON `json:"closed"`
	Anonymous    int            `json:"withoutNumber"`
	Twice        int            `json:"rangTwice"`
	TwiceWaiting int            `json:"rangTwiceWaiting"`
	Complete     bool           `json:"complete"`
}

type callbackJSON struct {
	ID       string       `json:"id"`
	State    string       `json:"state"` // open, claimed, closed
	Number   string       `json:"number"`
	Customer partyJSON    `json:"customer"`
	Attempts int          `json:"attempts"`
	Calls    int          `json:"callsToday"`
	First    instant      `json:"firstAt"`
	Last     instant      `json:"lastAt"`
	Tries    []tryJSON    `json:"tries"`
	Backs    *backsJSON   `json:"calledBack,omitempty"`
	Claimed  *claimJSON   `json:"claim,omitempty"`
	Note     string       `json:"note,omitempty"`
	NoteBy   string       `json:"noteBy,omitempty"`
	Gap      *gapJSON     `json:"gap,omitempty"`
	Closed   *closingJSON `json:"closed,omitempty"`
}

type tryJSON struct {
	Call    string      `json:"call"`
	Started instant     `json:"startedAt,omitzero"`
	Ended   instant     `json:"endedAt"`
	Rang    *float64    `json:"rangSeconds,omitempty"`
	Line    lineJSON    `json:"line"`
	Rung    []partyJSON `json:"letItRing"`
}

type backsJSON struct {
	Times int       `json:"times"`
	Last  instant   `json:"lastAt"`
	By    partyJSON `json:"by"`
}

type claimJSON struct {
	By string  `json:"by"`
	At instant `json:"at"`
}

type gapJSON struct {
	From instant `json:"from"`
	To   instant `json:"to,omitzero"`
}

type closingJSON struct {
	How  string     `json:"how"` // called-back, called-again, done
	At   instant    `json:"at"`
	By   *partyJSON `json:"by,omitempty"`
	Call string     `json:"call,omitempty"`
	Talk *float64   `json:"talkSeconds,omitempty"`
	Name string     `json:"name,omitempty"`
	Text string     `json:"text,omitempty"`
}

// apiMissed is the whole ledger.
func (s *site) apiMissed(w http.ResponseWriter, r *http.Request) error {
	l, err := s.lens(r)
	if err != nil {
		return err
	}
	look := s.sight(r).Ledger(l)
	ledger := &look.Ledger
	out := ledgerJSON{
		Epoch: s.sight(r).Epoch(), Version: look.Version, AsOf: asOf(look.Feed, look.Now), Feed: feedOf(&look), Complete: look.Today.Complete,
		Open: []callbackJSON{}, Closed: []callbackJSON{},
	}
	out.Anonymous, out.Twice, out.TwiceWaiting = ledger.Anonymous, ledger.Twice, ledger.TwiceWaiting
	for i := range ledger.Open {
		out.Open = append(out.Open, callbackOf(&ledger.Open[i]))
	}
	for i := range ledger.Closed {
		out.Closed = append(out.Closed, callbackOf(&ledger.Closed[i]))
	}
	return s.sendJSON(w, r, out)
}

func callbackOf(e *state.Callback) callbackJSON {
	out := callbackJSON{
		ID: strconv.FormatUint(e.ID, 10), State: "open", Number: e.Number, Customer: partyOf(&e.Customer), Attempts: e.Attempts,
		Calls: e.CallsNow, First: instant(e.First), Last: instant(e.Last().Ended), Tries: []tryJSON{}, Note: e.Note, NoteBy: e.NoteBy,
	}
	for i := range e.Tries {
		t := &e.Tries[i]
		try := tryJSON{Call: strconv.FormatUint(t.Call, 10), Ended: instant(t.Ended), Line: lineJSON{t.Line, t.LineName}, Rung: []partyJSON{}}
		if t.WaitKnown {
			try.Started, try.Rang = instant(t.Start), secondsOf(t.Wait())
		}
		for k := range t.Rung {
			try.Rung = append(try.Rung, partyOf(&t.Rung[k]))
		}
		out.Tries = append(out.Tries, try)
	}
	if e.Backs > 0 {
		out.Backs = &backsJSON{e.Backs, instant(e.BackAt), partyOf(&e.BackBy)}
	}
	if e.ClaimedBy != "" {
		out.State, out.Claimed = "claimed", &claimJSON{e.ClaimedBy, instant(e.ClaimedAt)}
	}
	if e.Gaps > 0 {
		out.Gap = &gapJSON{instant(e.Gap.From), instant(e.Gap.To)}
	}
	if k := &e.Closed; !e.IsOpen() {
		out.State = "closed"
		out.Closed = &closingJSON{How: k.How.String(), At: instant(k.At), Name: k.Name, Text: k.Text}
		if k.Call != 0 {
			by := partyOf(&k.By)
			out.Closed.Call, out.Closed.By = strconv.FormatUint(k.Call, 10), &by
		}
		if k.Talk > 0 {
			out.Closed.Talk = secondsOf(k.Talk)
		}
	}
	return out
}

// apiWord takes a word of a program, or of the page's script: a form or JSON
// with "by" (else the browser's name), "text", and the "epoch" of the list that
// gave the id, if it is to be checked.
func (s *site) apiWord(w http.ResponseWriter, r *http.Request) error {
	id, err := entryID(r)
	if err != nil {
		return badField("id", "id: expected the decimal number of an entry, as the list gives it.")
	}
	body, err := wordBody(w, r)
	if err != nil {
		return err
	}
	if err := s.meant(body.Epoch); err != nil {
		return err
	}
	word := state.Word{Entry: id, Kind: wordKinds[chi.URLParam(r, "word")]}
	ok := true
	named := body.By != ""
	if name := signature(r, body.By); name != "" {
		word.By, named = name, false
	} else if !named {
		word.By = s.viewerName(r)
	} else if word.By, ok = said(body.By, state.NameMost); !ok {
		word.By = ""
	}
	if word.By == "" {
		return badField("by", sprintf("by: expected a name of at most %d characters.", state.NameMost))
	}
	if word.Text, ok = said(body.Text, state.TextMost); !ok {
		return badField("text", sprintf("text: expected at most %d characters without control characters.", state.TextMost))
	}
	l, err := s.lens(r)
	if err != nil {
		return err
	}
	e, err := s.Hub.Say(l, word)
	if err != nil {
		return wordFault(err)
	}
	if named && r.Header.Get("Sec-Fetch-Site") == "same-origin" { // typed into the page
		s.remember(w, r, word.By)
	}
	return s.sendJSON(w, r, callbackOf(&e))
}

// A saidWord is the body of a request.
type saidWord struct{ By, Text, Epoch string }

func wordBody(w http.ResponseWriter, r *http.Request) (body saidWord, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/json" {
		err = posted(w, r)
		return saidWord{r.PostForm.Get("by"), r.PostForm.Get("text"), r.PostForm.Get("epoch")}, err
	}
	in := json.NewDecoder(http.MaxBytesReader(w, r.Body, wordBytes))
	in.DisallowUnknownFields() // "txt" would empty a note
	if err = in.Decode(&body); err == nil && in.More() {
		err = errors.New("more than one object")
	}
	return body, unsent(err, "body: expected a JSON object with the texts by and text.")
}
