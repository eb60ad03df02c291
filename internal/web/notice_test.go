package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A notice is set by a form, stands on boards and walls and in the API, ends at
// its time, and is refused where it could not be shown.
func TestNotice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		defer h.stop()
		h.up()
		send := func(form url.Values, headers ...string) *http.Response {
			t.Helper()
			r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1/notice?lang=nl", strings.NewReader(form.Encode()))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for i := 0; i+1 < len(headers); i += 2 {
				r.Header.Set(headers[i], headers[i+1])
			}
			answer, err := h.client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			return answer
		}
		read := func(path string) string {
			t.Helper()
			answer, err := h.client().Get("http://127.0.0.1" + path)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			return string(body)
		}
		shown := func() string {
			t.Helper()
			time.Sleep(time.Second)
			synctest.Wait()
			var board struct{ Notice *struct{ Text, Until string } }
			if err := json.Unmarshal([]byte(read("/api/v1/board")), &board); err != nil {
				t.Fatal(err)
			}
			for _, page := range []string{"/", "/wall", "/people", "/status"} {
				if has := strings.Contains(read(page), `<div id="p-notice" class="notice"`); has != (board.Notice != nil) {
					t.Errorf("%s shows a notice: %v; the API: %v", page, has, board.Notice)
				}
			}
			if board.Notice == nil {
				return ""
			}
			return board.Notice.Text
		}

		if got := shown(); got != "" {
			t.Fatalf("at first: %q", got)
		}
		answer := send(url.Values{"text": {" Storing <b>internet</b> "}, "until": {"23:59"}, "back": {"/wall?line=Sales"}})
		if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/wall?line=Sales" {
			t.Errorf("answered %d, back to %q", answer.StatusCode, answer.Header.Get("Location"))
		}
		if got := shown(); got != "Storing <b>internet</b>" {
			t.Errorf("shown: %q", got)
		}
		if page := read("/"); strings.Contains(page, "<b>internet") || !strings.Contains(page, "until 23:59") || !strings.Contains(page, `action="/notice"`) {
			t.Error("the page shows another text, or not until when")
		}
		for name, form := range map[string]url.Values{
			"long":     {"text": {strings.Repeat("x", 201)}},
			"controls": {"text": {"a\x00b"}},
			"lines":    {"text": {"a\nb"}},
			"encoding": {"text": {"\xff"}},
			"time":     {"text": {"a"}, "until": {"25:00"}},
		} {
			if answer := send(form); answer.StatusCode != http.StatusBadRequest {
				t.Errorf("%s: %d", name, answer.StatusCode)
			}
		}
		if answer := send(url.Values{"text": {strings.Repeat("x", 9<<10)}}); answer.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("huge: %d", answer.StatusCode)
		}
		if answer := send(url.Values{"text": {"evil"}}, "Origin", "https://evil.example"); answer.StatusCode != http.StatusForbidden {
			t.Errorf("another site sets it: %d", answer.StatusCode)
		}
		for _, elsewhere := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:x", ""} {
			if answer := send(url.Values{"text": {"again"}, "back": {elsewhere}}); answer.Header.Get("Location") != "/?lang=nl" {
				t.Errorf("back to %q", answer.Header.Get("Location"))
			}
		}
		if got := shown(); got != "again" {
			t.Errorf("shown: %q", got)
		}
		send(url.Values{"text": {"again"}, "clear": {"1"}})
		if got := shown(); got != "" {
			t.Errorf("cleared, and shown: %q", got)
		}
		send(url.Values{"text": {"short"}, "until": {time.Now().In(time.FixedZone("CET", 3600)).Add(time.Minute).Format("15:04")}})
		if got := shown(); got != "short" {
			t.Errorf("shown: %q", got)
		}
		time.Sleep(time.Minute)
		if got := shown(); got != "" {
			t.Errorf("past its end, and shown: %q", got)
		}
	})
}
