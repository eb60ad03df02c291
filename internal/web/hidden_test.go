package web

import (
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/internal/privacy"
)

// Whoever sees a text masked cannot save it masked, nor write over what they do
// not see: by the form, by the page's own script and as a program alike.
func TestAMaskedTextIsNotSaved(t *testing.T) {
	inArchive(t, func(a *archive) {
		const whole = "Storing, bel +31 20 555 01 23"
		post := func(cookie, path string, form url.Values) (int, string) {
			t.Helper()
			r, err := http.NewRequest(http.MethodPost, "http://localhost"+path, strings.NewReader(form.Encode()))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Cookie", cookie)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			answer, err := a.client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			return answer.StatusCode, string(body)
		}
		entry := a.hub.Ledger(privacy.Lens{}).Ledger.Open[0].ID
		id := strconv.FormatUint(entry, 10)
		note := func() string {
			e, _ := a.hub.Callback(privacy.Lens{}, entry)
			return e.Note
		}
		notice := func() string { return a.hub.Notice().Text }
		clear := a.person(access.Supervisor, privacy.Full, "")
		for _, c := range []struct {
			level privacy.Level
			mask  string // asked for in the address of the form
			text  string
			want  string // afterwards
			says  int
		}{
			{privacy.LastThree, "", "Storing, bel +31 20 555 0···", whole, 0},
			{privacy.LastThree, "", "  Storing,  bel +31 20 555 0··· ", whole, 0},
			{privacy.LastThree, "", "Storing! bel +31 20 555 0···", whole, http.StatusConflict},
			{privacy.LastThree, "", "Iets anders", whole, http.StatusConflict},
			{privacy.Initials, "", "•••", whole, -1}, // of a note; a notice reads otherwise
			{privacy.Full, "", "Storing, bel +31 20 555 0···", whole, 0},
			{privacy.Full, "?mask=initials", "Iets anders", whole, http.StatusConflict},
			{privacy.Full, "", "Bel +31 20 555 0··· morgen", whole, http.StatusConflict},
			{privacy.Full, "", "Storing voorbij", "Storing voorbij", 0},
		} {
			if err := a.hub.SetNotice(hub.Notice{Text: whole}); err != nil {
				t.Fatal(err)
			}
			if status, body := post(clear, "/api/v1/missed/"+id+"/note", url.Values{"text": {"Vrij van zorgen"}}); status != http.StatusOK {
				t.Fatalf("%d %s", status, body)
			}
			if status, body := post(clear, "/api/v1/missed/"+id+"/note", url.Values{"text": {whole}}); status != http.StatusOK || note() != whole {
				t.Fatalf("%d %s", status, body)
			}
			somebody := a.person(access.Supervisor, c.level, "")
			for _, to := range []struct {
				path string
				ok   int
				is   func() string
			}{
				{"/notice", http.StatusSeeOther, notice}, {"/missed/" + id + "/note", http.StatusSeeOther, note}, {"/api/v1/missed/" + id + "/note", http.StatusOK, note},
			} {
				status, body := post(somebody, to.path+c.mask, url.Values{"text": {c.text}})
				want := c.says
				if want == 0 {
					want = to.ok
				}
				if c.says >= 0 && status != want || to.is() != c.want {
					t.Errorf("%s %s: %q is answered with %d, want %d, and is now %q, want %q", c.level, to.path+c.mask, c.text, status, want, to.is(), c.want)
				}
				if status == http.StatusConflict && !strings.Contains(body, "hidden from you") {
					t.Errorf("%s: %.500s", to.path, body)
				}
			}
		}
		if status, _ := post(a.person(access.Supervisor, privacy.Initials, ""), "/notice", url.Values{"clear": {""}}); status != http.StatusSeeOther || notice() != "" {
			t.Errorf("a notice cannot be taken away: %d, %q", status, notice())
		}
		time.Sleep(time.Second)
		synctest.Wait()
	})
}
