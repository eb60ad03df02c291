package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/history"
	"callboard/internal/kpi"
	"callboard/internal/state"
)

// visit opens a house with ten days of history at ten past one on a Tuesday.
func visit(t *testing.T, fn func(t *testing.T, h *house, s *history.Store)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(3*24*time.Hour + 12*time.Hour + 10*time.Minute) // Tuesday 4 January 2000, 13:10 in the zone
		s := pastOf(t, time.Now(), time.FixedZone("CET", 3600))
		h := open(t, func(c *Config) { c.History = s }, nil)
		h.up()
		h.apply(state.Name{Kind: state.NameUser, OID: "501", Text: "Anna de Vries", Number: "201"})
		synctest.Wait()
		defer s.Close()
		defer h.stop()
		fn(t, h, s)
	})
}

var (
	links   = regexp.MustCompile(`href="(/history\?[^"]*)"`)
	rowIDs  = regexp.MustCompile(`<tr id="j(\d+)"`)
	callsOf = regexp.MustCompile(`past-note num">(?:at least )?(\d+) calls?,`)
	older   = regexp.MustCompile(`href="([^"]*)" rel="next"`)
	newer   = regexp.MustCompile(`href="([^"]*)" rel="prev"`)
)

func (h *house) page(t *testing.T, path string) string {
	t.Helper()
	got := h.ask(t, []string{"GET " + strings.ReplaceAll(path, "&amp;", "&")})
	if got.status != "200" {
		t.Fatalf("%s answered %s: %.400s", path, got.status, got.body)
	}
	return got.body
}

func listed(page string) (ids []string) {
	for _, m := range rowIDs.FindAllStringSubmatch(page, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

// The list can be walked to its end and back, each call stands in it once, and
// there are as many as the page says.
func TestThePastIsListedWhole(t *testing.T) {
	visit(t, func(t *testing.T, h *house, s *history.Store) {
		seen := map[string]bool{}
		page := h.page(t, "/history?from=1999-12-28&to=2000-01-04")
		said := callsOf.FindStringSubmatch(page)
		if said == nil {
			t.Fatalf("the page does not say how many calls there are: %.3000s", page)
		}
		var pages [][]string
		for {
			ids := listed(page)
			pages = append(pages, ids)
			for _, id := range ids {
				if seen[id] {
					t.Fatalf("call %s is listed twice", id)
				}
				seen[id] = true
			}
			next := older.FindStringSubmatch(page)
			if next == nil {
				break
			}
			page = h.page(t, next[1])
		}
		if want, _ := strconv.Atoi(said[1]); len(seen) != want || len(pages) < 3 {
			t.Errorf("%d calls on %d pages, and %d are said to be there", len(seen), len(pages), want)
		}
		for i := len(pages) - 2; i >= 0; i-- {
			back := newer.FindStringSubmatch(page)
			if back == nil {
				t.Fatal("no way back to newer calls")
			}
			page = h.page(t, back[1])
			if got := listed(page); strings.Join(got, " ") != strings.Join(pages[i], " ") {
				t.Fatalf("back on page %d there are other calls: %v, want %v", i, got, pages[i])
			}
		}
	})
}

// Each bar of the chart leads to as many calls as it says, by hour and by day.
func TestBarsLeadToTheirCalls(t *testing.T) {
	bar := regexp.MustCompile(`<th scope="row"><a href="([^"]*)">([^<]*)</a></th><td class="right num">([^<]*)</td>`)
	visit(t, func(t *testing.T, h *house, s *history.Store) {
		for _, path := range []string{"/history", "/history?day=2000-01-02", "/history?from=1999-12-28&to=2000-01-04", "/history?direction=all&outcome=answered", "/history?line=1602&waited=20s"} {
			sum, bars := 0, bar.FindAllStringSubmatch(h.page(t, path), -1)
			if len(bars) < 8 {
				t.Fatalf("%s: %d bars", path, len(bars))
			}
			for _, b := range bars {
				n, err := strconv.Atoi(strings.TrimPrefix(b[3], "≥ "))
				if b[3] == "–" {
					continue // still to come
				}
				if err != nil {
					t.Fatalf("%s: %s has %q calls", path, b[2], b[3])
				}
				sum += n
				said := callsOf.FindStringSubmatch(h.page(t, b[1]))
				if n > 0 && (said == nil || said[1] != strconv.Itoa(n)) || n == 0 && said != nil && said[1] != "0" {
					t.Errorf("%s: the bar of %s has %d calls, its page %v", path, b[2], n, said)
				}
			}
			if said := callsOf.FindStringSubmatch(h.page(t, path)); said[1] != strconv.Itoa(sum) {
				t.Errorf("%s: the bars have %d calls together, the page %s", path, sum, said[1])
			}
		}
	})
}

// No link of the page leads to an error, in any choice of filters.
func TestLinksOfThePastWork(t *testing.T) {
	visit(t, func(t *testing.T, h *house, s *history.Store) {
		done := map[string]bool{}
		for _, path := range []string{"/history?q=Bos&lang=nl&theme=light", "/history?from=1999-12-29&to=2000-01-01&outcome=unanswered", "/history?day=1999-12-01"} {
			for _, m := range links.FindAllStringSubmatch(h.page(t, path), -1) {
				if !done[m[1]] {
					done[m[1]] = true
					h.page(t, m[1])
				}
			}
		}
		if len(done) < 40 {
			t.Errorf("only %d links were found", len(done))
		}
	})
}

// The numbers of a day that is over are those of its journeys, formula, sample
// and rows as on the day itself; a gap makes counts a least.
func TestNumbersOfThePast(t *testing.T) {
	visit(t, func(t *testing.T, h *house, s *history.Store) {
		zone := time.FixedZone("CET", 3600)
		for _, day := range []string{"2000-01-03", "2000-01-02", "1999-12-28..2000-01-03"} {
			from, _ := time.ParseInLocation(time.DateOnly, day[:10], zone)
			to, _ := time.ParseInLocation(time.DateOnly, day[len(day)-10:], zone)
			var journeys []state.Journey
			for at := from; !at.After(to); at = at.AddDate(0, 0, 1) {
				list, err := s.Day(t.Context(), at)
				if err != nil {
					t.Fatal(err)
				}
				journeys = append(journeys, list...)
			}
			want := kpi.Of(journeys, kpi.DefaultServiceLevel, to.AddDate(0, 0, 1), nil)
			var got struct {
				Known, Complete bool
				Numbers         []struct {
					Name    string
					Value   *float64
					AtLeast bool
				}
				Calls []json.RawMessage
			}
			if err := json.Unmarshal([]byte(h.page(t, "/api/v1/numbers?n=offered&day="+day)), &got); err != nil {
				t.Fatal(err)
			}
			gap := day != "2000-01-03"
			if !got.Known || got.Complete == gap || len(got.Calls) != want.Offered || want.Offered == 0 {
				t.Errorf("%s: known %v, complete %v, %d calls behind %d offered", day, got.Known, got.Complete, len(got.Calls), want.Offered)
			}
			for _, n := range got.Numbers {
				f := want.Figure(kpi.Name(n.Name))
				if f.Known != (n.Value != nil) || f.Known && *n.Value != f.Value {
					t.Errorf("%s: %s is %v, want %+v", day, n.Name, n.Value, f)
				}
				if f.Counts && n.AtLeast != gap {
					t.Errorf("%s: %s at least: %v", day, n.Name, n.AtLeast)
				}
			}
			page := h.page(t, "/numbers?n=offered&day="+day)
			value := strconv.Itoa(want.Offered)
			if gap {
				value = "≥ " + value
			}
			if !strings.Contains(page, `<span class="num big">`+value+`</span>`) {
				t.Errorf("%s: the page does not say %q", day, value)
			}
		}
	})
}

// A page of the past never waits for its history's disk longer than its reader:
// a history that fails is an error page, not a blank one.
func TestAHistoryThatFailsIsSaid(t *testing.T) {
	visit(t, func(t *testing.T, h *house, s *history.Store) {
		s.Close()
		if got := h.ask(t, []string{"GET /history"}); got.status != strconv.Itoa(http.StatusInternalServerError) || !strings.Contains(got.body, "Not live") {
			t.Errorf("answered %s: %.300s", got.status, got.body)
		}
	})
}
