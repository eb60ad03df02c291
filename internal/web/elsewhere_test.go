package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"callboard/internal/access"
	"callboard/internal/privacy"
	"callboard/internal/state"
)

// callIDs are the calls that an answer names: by links, in JSON, in files.
var callIDs = regexp.MustCompile(`(?:/calls/|"|,|^|\n)(5[0-9]{3})(?:["?,\\]|\r?\n|$)`)

// foreign are what of an answer is not of a scope: calls that do not belong to
// it, and colleagues outside of its teams. Years and lengths have four digits
// too, so an extension counts between marks only.
func (a *archive) foreign(body string, mine map[string]bool, others []string) (found []string) {
	for _, m := range callIDs.FindAllStringSubmatch(body, -1) {
		if !mine[m[1]] && slices.ContainsFunc(a.calls, func(c state.SettledCall) bool { return strconv.FormatUint(c.Call.Seq, 10) == m[1] }) {
			found = append(found, "call "+m[1])
		}
	}
	for _, text := range others {
		if regexp.MustCompile(`["> ,(]` + text + `["< ,)]`).MatchString(body) {
			found = append(found, text)
		}
	}
	return found
}

// Of a scope nothing else comes out of the record: no call of others, and of
// colleagues in other teams no name, extension or oid, by whatever address.
func TestTheRecordOfAScopeIsItsOwn(t *testing.T) {
	if raceOn {
		t.Skip("long: make test runs it once more, without the race detector")
	}
	inArchive(t, func(a *archive) {
		for _, scope := range []struct {
			privacy.Scope
			lines, users []string
			others       []string // whoever may not be told
		}{
			{privacy.NewScope([]string{"Front"}, nil), []string{"1601"}, []string{"501", "502", "503"}, []string{"2004", "2005", "2006", "504", "505", "506", "Bea", "Evi", "Fred"}},
			{privacy.NewScope([]string{"back"}, []string{"billing"}), []string{"1603"}, []string{"504", "505"}, []string{"2001", "2002", "2003", "2006", "501", "502", "503", "506", "Anna", "Bram", "Cato", "Fred"}},
			{privacy.NewScope(nil, []string{"1602"}), []string{"1602"}, nil, nil},
			{privacy.NewScope([]string{"of nobody"}, nil), nil, nil, []string{"2001", "2004", "2006", "501", "504", "Anna", "Evi"}},
		} {
			mine := map[string]bool{}
			for i := range a.journeys {
				j := &a.journeys[i]
				in := func(u string) bool { return slices.Contains(scope.users, u) }
				if slices.Contains(scope.lines, j.Line) || slices.ContainsFunc(j.Users, in) || slices.ContainsFunc(j.RangAt, in) {
					for _, seq := range j.Calls {
						mine[strconv.FormatUint(seq, 10)] = true
					}
				}
			}
			levels := []privacy.Level{privacy.Full, privacy.LastThree}
			if len(scope.users) != 3 {
				levels = levels[:1]
			}
			for _, level := range levels {
				somebody := a.person(access.Administrator, level, scope.Scope)
				told := 0
				for _, path := range a.pastPaths() {
					status, body := a.get(somebody, path)
					if strings.Contains(path, "/calls/") && status == http.StatusNotFound {
						body = strings.ReplaceAll(body, path[strings.LastIndex(path, "/"):], "") // where one is
					}
					if strings.Contains(path, "team=") || strings.Contains(path, "user=") { // what was asked for stands in the page
						body = strings.NewReplacer("user=501", "", `value="501"`, "", ">501<", "", "501", "").Replace(body)
					}
					if found := a.foreign(body, mine, scope.others); len(found) > 0 {
						t.Errorf("%s %s %s (%d): %q", scope.Scope, level, path, status, found[:min(len(found), 5)])
					}
					if len(callIDs.FindAllString(body, 1)) > 0 && strings.Contains(path, "histor") {
						told++
					}
					if status >= http.StatusInternalServerError {
						t.Errorf("%s %s: %d", scope.Scope, path, status)
					}
				}
				if len(mine) > 0 && told < 5 {
					t.Errorf("%s: %d answers have calls: this proves little", scope.Scope, told)
				}
			}
		}
	})
}

// Who may not see a colleague cannot find out by a choice either whether they
// took part in a call of the scope.
func TestNobodyOutsideOfAScopeCanBeChosen(t *testing.T) {
	inArchive(t, func(a *archive) {
		somebody := a.person(access.Administrator, privacy.Full, privacy.NewScope([]string{"Front"}, nil))
		rows := func(query string) int {
			var page struct{ Journeys, Calls []json.RawMessage }
			a.json(somebody, "/api/v1/history?"+query, &page)
			return len(page.Journeys) + len(page.Calls)
		}
		for _, rowsOf := range []string{"rows=journeys&", "rows=calls&"} {
			for _, choice := range []string{"user=504", "user=2004", "user=Bea+Kollegius", "user=Somebody+Kollegius&line=1602", "number=2004", "q=2004", "q=Bea"} {
				if n := rows(rowsOf + choice); n != 0 && !strings.Contains(choice, "Somebody") {
					t.Errorf("%s%s finds %d rows", rowsOf, choice, n)
				}
			}
			for _, choice := range []string{"user=501", "user=2001", "team=Front", "q=Canarius"} {
				if rows(rowsOf+choice) == 0 {
					t.Errorf("%s%s finds nothing", rowsOf, choice)
				}
			}
		}
		for _, path := range []string{"/history?team=Back&from=2000-01-04&to=2000-01-11", "/history?user=504&from=2000-01-04&to=2000-01-11"} {
			if status, page := a.get(somebody, path); status != http.StatusOK || len(listed(page)) != 0 {
				t.Errorf("%s: %d, %d rows", path, status, len(listed(page)))
			}
		}
		for _, team := range []string{"Back", "Nowhere"} {
			if status, body := a.get(somebody, "/api/v1/history?team="+team); status != http.StatusBadRequest || strings.Contains(strings.ReplaceAll(body, "team=\\\"Back", ""), "Back") {
				t.Errorf("team=%s: %d %s", team, status, body)
			}
		}
	})
}

// How much all others telephone is not told to who sees a part of the company:
// neither how many calls an interruption touched nor how many events came.
func TestCountsOfAllAreForWhoSeesAll(t *testing.T) {
	inArchive(t, func(a *archive) {
		all := a.person(access.Administrator, privacy.Full, "")
		part := a.person(access.Administrator, privacy.Full, privacy.NewScope([]string{"Front"}, nil))
		touched := regexp.MustCompile(`2 unconfirmed|"unconfirmed":2|"endsLost"|<span class="">2</span>`)
		events := regexp.MustCompile(`(?s)<dt>(?:New call|Hung up)</dt><dd class="num"><span class="">\d`)
		day := "day=" + time.Now().Add(-30*time.Hour).Format(time.DateOnly)
		_, list := a.get(all, "/gaps?"+day)
		gap := regexp.MustCompile(`/gaps/\d+`).FindString(list)
		for _, path := range []string{"/gaps?" + day, gap, "/api/v1/gaps?" + day, "/api/v1" + gap, "/status"} {
			told := touched
			if path == "/status" {
				told = events
			}
			if _, body := a.get(all, path); !told.MatchString(body) {
				t.Errorf("%s tells nothing: this proves little", path)
			}
			status, body := a.get(part, path)
			if found := told.FindString(body); status != http.StatusOK || found != "" {
				t.Errorf("%s: %d, tells %q", path, status, found)
			}
		}
	})
}
