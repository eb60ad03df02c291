package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/access"
	"callboard/internal/privacy"
	"callboard/views"
)

func TestAccountPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		_, lead, viewer := people(t, s)
		h := guardedHouse(t, s)
		h.up()
		b, other, stranger := h.browser(t), h.browser(t), h.browser(t)
		b.signIn("noor")
		b.get("/account").wants(t, "the account", 200, "Noor", "You see the team Sales.", "The last three digits of outside numbers are hidden.",
			"hidden by your administrator", "Firefox on Linux", "this one", "!End all others", "!/admin/people")
		b.get("/account?lang=de").wants(t, "in German", 200, "Sie sehen das Team Sales.", "Betrachter")
		other.signIn("noor")
		stranger.signIn("daan")
		b.get("/account").wants(t, "two sessions", 200, "End all others")
		id := ""
		for _, x := range s.Sessions(viewer.ID) {
			if strings.Contains(b.get("/account").body, `value="`+x.ID+`"`) {
				id = x.ID
			}
		}
		stranger.post("/account/end", "session", id).leads(t, "ending another person's session", "/account?said=ended")
		if len(s.Sessions(viewer.ID)) != 2 {
			t.Fatal("somebody ended another person's session")
		}
		b.foreign("/account/end", "session", id).wants(t, "ending by another site", 403)
		b.post("/account/end", "session", id).leads(t, "ending one", "/account?said=ended")
		b.get("/account?said=ended").wants(t, "afterwards", 200, "Session ended.", "!End all others")
		other.get("/").leads(t, "the ended session", "/signin")
		b.get("/").wants(t, "the one that stays", 200, "Noor")
		other.signIn("noor")
		b.post("/account/end-others").leads(t, "ending the others", "/account?said=others")
		other.get("/").leads(t, "the other session", "/signin")
		if len(s.Sessions(lead.ID)) != 1 {
			t.Error("somebody else's session ended too")
		}
		// The password.
		b.post("/account/password", "old", "not mine", "password", "four brown bottles").wants(t, "a wrong old password", 403, "The present password is not right.", "!not mine", "!four brown")
		b.post("/account/password", "old", goodPassword, "password", "short").wants(t, "a short one", 422, "at least", "!"+goodPassword)
		b.foreign("/account/password", "old", goodPassword, "password", "four brown bottles").wants(t, "by another site", 403)
		other.signIn("noor")
		b.post("/account/password", "old", goodPassword, "password", "four brown bottles").leads(t, "a good one", "/account?said=password")
		b.get("/account?said=password").wants(t, "who changed it", 200, "Password changed.")
		other.get("/account").leads(t, "the other session", "/signin?to=%2Faccount")
		other.post("/signin", "user", "noor", "password", goodPassword).wants(t, "the old password", 403)
		other.post("/signin", "user", "noor", "password", "four brown bottles").leads(t, "the new password", "/")
		h.stop()
	})
}

// secretIn is what a page shows once.
func secretIn(t *testing.T, p seenPage) string {
	t.Helper()
	m := regexp.MustCompile(`<code>([^<]+)</code>`).FindStringSubmatch(p.body)
	if m == nil {
		t.Fatalf("no secret in the page: %d %.2000s", p.status, p.body)
	}
	return html.UnescapeString(m[1])
}

func TestPeopleAreAddedAndChangedAndRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		boss, _, _ := people(t, s)
		h := guardedHouse(t, s)
		h.up()
		h.calls() // of line 1601, Sales
		b := h.browser(t)
		b.signIn("lotte")
		b.get("/admin/people").wants(t, "the table", 200, "Lotte", "Daan", "Last three digits hidden", ">Sales<", "Active", `value="1601"`)
		for _, wrong := range [][]string{
			{"login", "eva", "name", "Eva", "role", "king", "level", "", "cannot"},
			{"login", "eva", "name", "Eva", "role", "viewer", "level", "none", ""},
			{"login", " DAAN ", "name", "Eva", "role", "viewer", "level", "", "already a person"},
			{"login", "e va", "name", "Eva", "role", "viewer", "level", "", "no spaces"},
		} {
			n := len(wrong) - 1
			p := b.post("/admin/people", wrong[:n]...)
			p.wants(t, "adding with "+fmt.Sprint(wrong[:n]), 422, `value="Eva"`, `role="alert"`)
		}
		b.foreign("/admin/people", "login", "eva", "name", "Eva", "role", "administrator", "level", "").wants(t, "adding by another site", 403)
		added := b.post("/admin/people", "login", "eva", "name", "Eva", "role", "viewer", "level", "initials", "line", "1601", "team", "Sales")
		added.wants(t, "adding", 200, "Link for Eva", "72 hours")
		link := secretIn(t, added)
		if !strings.HasPrefix(link, "http://localhost/setup?code=") {
			t.Fatalf("link %q", link)
		}
		eva, err := s.AccountOf("eva")
		if err != nil || eva.Scope != privacy.NewScope([]string{"Sales"}, []string{"1601"}) || !eva.OwnLevel || eva.Level != privacy.Initials || eva.CanSignIn() {
			t.Fatalf("made %+v: %v", eva, err)
		}
		path := "/admin/people/" + strconv.FormatInt(eva.ID, 10)
		b.get("/admin/people").wants(t, "the table", 200, "No password yet", path)
		// The link is Eva's: she chooses a password and is in.
		c := h.browser(t)
		c.get(strings.TrimPrefix(link, "http://localhost")).leads(t, "the link", "/setup")
		c.get("/setup?lang=nl").wants(t, "its page", 200, "Welkom, Eva", `value="eva"`, `autocomplete="new-password"`, "!name=\"name\"")
		c.post("/setup", "password", "short").wants(t, "a short password", 422, "at least")
		c.post("/setup", "password", goodPassword).leads(t, "a good one", "/")
		c.get("/account").wants(t, "Eva", 200, "You see the team Sales.", "You see the line Sales.", "Names are initials")
		h.browser(t).get(strings.TrimPrefix(link, "http://localhost")).wants(t, "the link once more", 403, "cannot be used")
		// What is changed holds at once, and ends her stream.
		b.get(path).wants(t, "her page", 200, "Eva", "1 session", "Disable", "End sessions")
		b.post(path, "name", "", "role", "viewer", "level", "").wants(t, "without a name", 422, "A name has")
		b.post(path, "name", "Eva de Wit", "role", "supervisor", "level", "counts").leads(t, "changing", path+"?said=saved")
		b.get(path+"?said=saved").wants(t, "changed", 200, "Changes saved.", "Eva de Wit", `value="supervisor" checked`, `value="counts" selected`)
		c.get("/account").wants(t, "Eva afterwards", 200, "Eva de Wit", "You see all teams and lines.", "Only counts are shown")
		b.post(path+"/end").leads(t, "ending her sessions", path+"?said=end")
		c.get("/").leads(t, "Eva", "/signin")
		c.signIn("eva")
		b.post(path+"/disable").leads(t, "disabling", path+"?said=disable")
		c.get("/").leads(t, "Eva, disabled", "/signin")
		c.post("/signin", "user", "eva", "password", goodPassword).wants(t, "Eva, disabled, signs in", 403, "not right")
		b.post(path+"/link").wants(t, "a link for who is disabled", 409)
		b.get(path).wants(t, "disabled", 200, "Disabled", "Enable")
		b.post(path+"/enable").leads(t, "enabling", path+"?said=enable")
		c.signIn("eva")
		if again := secretIn(t, b.post(path+"/link")); again == link {
			t.Error("the same link again")
		}
		// Gone for good, after a page that asks.
		b.get(path+"/remove").wants(t, "asking", 200, "Remove Eva de Wit?", "Remove for good", "Keep")
		b.foreign(path+"/remove").wants(t, "removing by another site", 403)
		b.post(path+"/remove").leads(t, "removing", "/admin/people?said=removed")
		b.get("/admin/people?said=removed").wants(t, "the table", 200, "The account is removed.", "!Eva de Wit")
		c.get("/").leads(t, "Eva, removed", "/signin")
		for _, gone := range []string{path, path + "/remove", "/admin/people/0", "/admin/people/x"} {
			b.get(gone).wants(t, gone, 404, "No such person")
		}
		b.post(path, "name", "x", "role", "viewer").wants(t, "changing who is gone", 404)
		// The last administrator stays.
		own := "/admin/people/" + strconv.FormatInt(boss.ID, 10)
		b.get(own).wants(t, "one's own page", 200, "last administrator", "disabled title=", `name="role" value="administrator"`, `!type="radio"`)
		b.post(own, "name", "Lotte", "role", "viewer", "level", "").wants(t, "taking the last role", 409, "last administrator")
		b.post(own+"/disable").wants(t, "disabling oneself", 409, "last administrator")
		b.post(own+"/remove").wants(t, "removing oneself", 409, "last administrator")
		b.get("/").wants(t, "still in", 200, "Lotte")
		h.stop()
	})
}

// Nobody but administrators reaches these pages.
func TestAdminPagesAreForAdministrators(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		people(t, s)
		h := guardedHouse(t, s)
		h.up()
		for _, login := range []string{"daan", "noor"} {
			b := h.browser(t)
			b.signIn(login)
			for _, path := range []string{"/admin/people", "/admin/people/1", "/admin/people/1/remove", "/admin/programs", "/admin/programs/1/revoke", "/admin/audit", "/admin/audit.csv", "/admin/audit.jsonl"} {
				b.get(path).wants(t, login+" at "+path, 403, "!Lotte")
			}
			b.post("/admin/people", "login", "eve", "name", "Eve", "role", "administrator", "level", "").wants(t, login+" adds", 403)
			b.post("/admin/people/1/disable").wants(t, login+" disables", 403)
			b.post("/admin/programs", "name", "x", "role", "administrator", "level", "", "days", "30").wants(t, login+" makes a token", 403)
		}
		if len(s.Accounts()) != 3 || len(s.Tokens()) != 0 {
			t.Error("something was made")
		}
		h.stop()
	})
}

func TestPrograms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		people(t, s)
		h := guardedHouse(t, s)
		h.up()
		b := h.browser(t)
		b.signIn("lotte")
		b.get("/admin/programs").wants(t, "no tokens", 200, "No program has a token.", `<option value="90" selected`)
		b.post("/admin/programs", "name", "", "role", "viewer", "level", "", "days", "90").wants(t, "without a name", 422, `role="alert"`)
		b.post("/admin/programs", "name", "Grafana", "role", "viewer", "level", "", "days", "9000").wants(t, "for ever", 422, `value="Grafana"`)
		b.foreign("/admin/programs", "name", "Grafana", "role", "viewer", "level", "", "days", "90").wants(t, "by another site", 403)
		made := b.post("/admin/programs", "name", "Grafana", "role", "viewer", "level", "counts", "days", "90")
		made.wants(t, "making one", 200, "Token of Grafana", "not shown again", "http://localhost/api/v1/board", "$CALLBOARD_TOKEN")
		secret := secretIn(t, made)
		if !strings.HasPrefix(secret, access.TokenPrefix) {
			t.Errorf("a token is %q", secret)
		}
		b.get("/admin/programs").wants(t, "the table", 200, "Grafana", "Counts only", "never", "31 Mar 2000", "!"+secret)
		program := func() int {
			r, err := http.NewRequest("GET", "http://localhost/api/v1/board", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+secret)
			res, err := h.client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			read(t, res)
			return res.StatusCode
		}
		if got := program(); got != 200 {
			t.Errorf("the program got %d", got)
		}
		id := strconv.FormatInt(s.Tokens()[0].ID, 10)
		path := "/admin/programs/" + id + "/revoke"
		b.get(path).wants(t, "asking", 200, "Revoke the token of Grafana?", "cannot be undone")
		b.foreign(path).wants(t, "revoking by another site", 403)
		b.post(path).leads(t, "revoking", "/admin/programs?said=revoked")
		b.get("/admin/programs?said=revoked").wants(t, "revoked", 200, "Token revoked.", "Revoked", "!"+path)
		if got := program(); got != 401 {
			t.Errorf("after that the program got %d", got)
		}
		b.get("/admin/programs/99/revoke").wants(t, "a token that never was", 404, "No such program")
		h.stop()
	})
}

func TestAuditPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		boss, lead, _ := people(t, s)
		h := guardedHouse(t, s)
		h.up()
		b, c := h.browser(t), h.browser(t)
		b.signIn("lotte")
		c.signIn("daan")
		c.post("/reveal", "reason", "customer +31 20 555 0101 asks", "back", "/").leads(t, "showing numbers", "/")
		b.get("/admin/audit").wants(t, "the log", 200, "Signed in", "Hidden numbers shown", "Person added", "Daan", "Chain verified", "Firefox on Linux", "!0101")
		b.get("/admin/audit?what=numbers+shown").wants(t, "one event", 200, "customer", "!Person added</td>", "Show all", `value="numbers shown" selected`)
		b.get("/admin/audit?who="+lead.Ref()).wants(t, "one person", 200, "Hidden numbers shown", `value="`+lead.Ref()+`" selected`, "!>Lotte</td><td data-label=\"What\">Signed in")
		b.get("/admin/audit?day=2000-01-01").wants(t, "today", 200, "Signed in")
		b.get("/admin/audit?day=1999-12-31").wants(t, "another day", 200, "No entry matches.")
		for _, wrong := range []string{"day=yesterday", "what=nonsense", "before=x", "before=-1", "who=" + strings.Repeat("x", 99)} {
			b.get("/admin/audit?"+wrong).wants(t, wrong, 400)
		}
		// Pages go on where the one before ended, without a doubled or a missing entry.
		for i := range 120 {
			if err := s.Note(t.Context(), access.Entry{Event: access.Exported, Party: boss.Ref(), Name: "Lotte", Reason: "file " + strconv.Itoa(i)}); err != nil {
				t.Fatal(err)
			}
		}
		seen, path := map[string]bool{}, "/admin/audit?what=export"
		for pages := 0; path != "" && pages < 9; pages++ {
			p := b.get(path)
			p.wants(t, path, 200)
			for _, m := range regexp.MustCompile(`file \d+`).FindAllString(p.body, -1) {
				if seen[m] {
					t.Errorf("%s stands there twice", m)
				}
				seen[m] = true
			}
			path = ""
			if m := regexp.MustCompile(`href="([^"]+before=[^"]+)"[^>]*rel="next"`).FindStringSubmatch(p.body); m != nil {
				path = html.UnescapeString(m[1])
			}
		}
		if len(seen) != 120 {
			t.Errorf("%d of 120 entries were on the pages", len(seen))
		}
		// Files.
		file := b.get("/admin/audit.csv?what=export")
		file.wants(t, "a file", 200, "file 7")
		if got := file.header.Get("Content-Disposition"); got != `attachment; filename="callboard-audit-2000-01-01.csv"` {
			t.Errorf("the file is %s", got)
		}
		if rows, err := csv.NewReader(strings.NewReader(file.body)).ReadAll(); err != nil || len(rows) != 121 {
			t.Errorf("%d rows: %v", len(rows), err)
		}
		lines := strings.Split(strings.TrimSpace(b.get("/admin/audit.jsonl").body), "\n")
		for _, line := range lines {
			if !json.Valid([]byte(line)) {
				t.Errorf("no JSON: %s", line)
			}
		}
		if len(lines) < 125 {
			t.Errorf("%d lines", len(lines))
		}
		b.get("/admin/audit.csv?day=x").wants(t, "a file of a wrong day", 400)
		b.get("/admin/audit?what=audit+exported").wants(t, "the exports", 200, "csv", "jsonl")
		h.stop()
	})
}

// Every event of the audit log has words in every language.
func TestEveryEventHasWords(t *testing.T) {
	tree, err := parser.ParseFile(token.NewFileSet(), "../access/audit.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	events := map[string]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "Event" {
			word, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			events[word] = true
		}
		return true
	})
	if len(events) < 20 {
		t.Fatalf("only %d events found", len(events))
	}
	for _, l := range views.Languages {
		for e := range events {
			if l.Words.OnAccess.Acts[e] == "" {
				t.Errorf("%s: no words for %q", l.Code, e)
			}
		}
		for e := range l.Words.OnAccess.Acts {
			if !events[e] {
				t.Errorf("%s: words for %q, which is no event", l.Code, e)
			}
		}
	}
}

// Hidden numbers are shown for a while to who gives a reason, every page says
// so, and the page's stream ends when they are hidden again.
func TestReveal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		people(t, s)
		h := guardedHouse(t, s)
		h.up()
		h.calls()
		b := h.browser(t)
		b.signIn("daan")
		b.get("/").wants(t, "the board", 200, "Show numbers", `href="/reveal"`, "!+31 20 555 01 01", "!Numbers are shown until")
		b.get("/?q=bakery").wants(t, "a search", 200, `href="/reveal"`, "!reveal?back=%2F%3Fq")
		b.get("/missed?line=1601").wants(t, "another page", 200, `href="/reveal?back=%2Fmissed%3Fline%3D1601"`)
		b.get("/reveal?back=%2Fmissed").wants(t, "the question", 200, "15 minutes", `name="back" value="/missed"`, "audit log")
		for _, reason := range []string{"", "  a  ", strings.Repeat("x", 201)} {
			b.post("/reveal", "reason", reason, "back", "/missed").wants(t, "the reason "+reason, 422, "Give a reason of", `value="/missed"`)
		}
		b.foreign("/reveal", "reason", "customer asks", "back", "/").wants(t, "by another site", 403)
		b.get("/").wants(t, "the board", 200, "!+31 20 555 01 01")
		b.post("/reveal", "reason", "customer asks", "back", "//evil.example").leads(t, "a reason", "/")
		b.get("/").wants(t, "the board", 200, "+31 20 555 01 01", "Numbers are shown until 01:15", "Hide now", "!Show numbers")
		b.get("/wall").wants(t, "a wall, which others see too", 200, "+49 30 123···", "!+49 30 123456", "!+31 20 555 01 01")
		b.get("/account?lang=nl").wants(t, "every page", 200, "Nummers zijn te zien tot 01:15")
		b.get("/reveal").wants(t, "the question again", 200, "No number is hidden from you.")
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://localhost/events?page=board", nil)
		if err != nil {
			t.Fatal(err)
		}
		stream, err := b.c.Do(r)
		if err != nil || stream.StatusCode != 200 {
			t.Fatalf("no stream: %v %v", err, stream)
		}
		ended := make(chan time.Time, 1)
		go func() {
			_, _ = readAll(stream)
			ended <- time.Now()
		}()
		synctest.Wait()
		at := time.Now()
		b.post("/reveal/hide", "back", "/missed").leads(t, "hiding", "/missed")
		if took := (<-ended).Sub(at); took > 5*time.Second {
			t.Errorf("a page went on with all numbers for %s", took)
		}
		b.get("/").wants(t, "the board", 200, "!+31 20 555 01 01", "Show numbers")
		// Who may not, and from whom nothing is hidden.
		viewer, boss := h.browser(t), h.browser(t)
		viewer.signIn("noor")
		viewer.get("/").wants(t, "a viewer's board", 200, "!Show numbers", "!/reveal")
		viewer.get("/reveal").wants(t, "a viewer asks", 403)
		viewer.post("/reveal", "reason", "I want to see", "back", "/").wants(t, "a viewer tries", 403)
		boss.signIn("lotte")
		boss.get("/").wants(t, "an administrator's board", 200, "+31 20 555 01 01", "!Show numbers")
		boss.post("/reveal", "reason", "just so", "back", "/").wants(t, "nothing is hidden", 409, "No number is hidden from you.")
		b.post("/reveal", "reason", "customer asks again", "back", "/").leads(t, "a reason again", "/")
		time.Sleep(access.DefaultReveal)
		b.get("/").wants(t, "the board a quarter later", 200, "!+31 20 555 01 01", "!Numbers are shown until", "Show numbers")
		h.stop()
	})
}
