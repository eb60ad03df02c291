package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"callboard/e2e/board"
	"callboard/e2e/scripted"
)

// A canary is a value that is sent through the whole program and looked for in
// everything that it writes.
type canary struct {
	what, value string
	sort        sort
	ours        bool // made by the program, and told to us
}

type sort string

const (
	number sort = "number" // of a caller: in pages, in history and journal
	name   sort = "name"   // the same
	secret sort = "secret" // nowhere at all but where it was sent, and hashed
	typed  sort = "typed"  // what somebody typed into an address or a form
)

// kept are the files of the data folder in which numbers and names of calls
// belong; their copies and companions begin alike.
var kept = regexp.MustCompile(`^(history\.db|journal\.db|backups/history-)`)

// birds is a program under way with all that is known of it.
type birds struct {
	t      *testing.T
	list   []canary
	b      *board.Process
	client *http.Client
	said   map[string]string // what the program answered that must be clean, by where
	links  int
}

func (c *birds) add(what, value string, s sort) string {
	c.list = append(c.list, canary{what: what, value: value, sort: s})
	return value
}

// secretOf takes a value that the program made.
func (c *birds) learn(what, value string) string {
	if value == "" {
		c.t.Fatalf("the program gave no %s", what)
	}
	c.list = append(c.list, canary{what, value, secret, true})
	return value
}

// ask sends a request as a browser of ours, or as a program if there is a header.
func (c *birds) ask(method, path string, form url.Values, header ...string) (*http.Response, string) {
	c.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, c.b.URL(path), body)
	if err != nil {
		c.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	client := c.client
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
		if header[i] == "Authorization" {
			client = &http.Client{CheckRedirect: c.client.CheckRedirect}
		}
	}
	res, err := client.Do(r)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	page, _ := io.ReadAll(io.LimitReader(res.Body, 8<<20))
	c.remember(method+" "+path, res, string(page))
	return res, string(page)
}

var links = regexp.MustCompile(`(?:href|action|src|data-stream)="([^"]*)"`)

// remember keeps what an answer gives on: addresses it leads to, and pages of
// errors whole.
func (c *birds) remember(where string, res *http.Response, page string) {
	if to := res.Header.Get("Location"); to != "" {
		c.said["Location of "+where] += to + "\n"
	}
	for _, m := range links.FindAllStringSubmatch(page, -1) {
		c.links++
		c.said["links of "+where] += m[1] + "\n"
	}
	if res.StatusCode >= 400 {
		c.said["error of "+where] += page
	}
}

// TestCanaries sends invented numbers, names, passwords and tokens through every
// door and looks for them wherever the program writes: nowhere but where they
// belong.
func TestCanaries(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) { sing(t, format) })
	}
}

func sing(t *testing.T, format string) {
	dir, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	jar, _ := cookiejar.New(nil)
	c := &birds{t: t, said: map[string]string{}, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	p := startPBX(t)
	metrics := c.add("token of the metrics", "canary-metrics-0001-ZQXJ", secret)
	c.add("password of the PBX", scripted.Password, secret)
	c.add("token of the PBX", "scripted-token", secret)
	c.add("one-time address of the PBX's socket", "/websocket/1/2/3/secret-1", secret)
	args := []string{
		"serve", "--listen", "127.0.0.1:0", "--login", "password", "--data-dir", data, "--time-zone", "UTC", "--log-level", "debug", "--log-format", format,
		"--pbx-url", p.url, "--pbx-user", scripted.User, "--pbx-password-file", file("pbx-password", scripted.Password), "--metrics-token-file", file("metrics", metrics),
		"--embed-parents", "https://intranet.example",
	}
	b, err := board.Start(t.Context(), binary, []string{"TMPDIR=" + dir}, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Kill)
	c.b = b
	p.subscribed(t)
	c.add("number of a call of the beginning", "31205559999", number)

	// Calls: live, answered, missed, with a name in the place of a number, odd.
	call := func(id, from string) scripted.Call {
		k := sales(id, from)
		p.Ring(k)
		return k
	}
	call("c0000001", c.add("number that rings", "+31205557301", number))
	talk := call("c0000002", c.add("number that talks", "+31205557302", number))
	p.Answer(talk)
	over := call("c0000003", c.add("number that was answered", "+31205557303", number))
	p.Answer(over)
	p.HangUp(over)
	missed := call("c0000004", c.add("number that was missed", "+31205557304", number))
	p.HangUp(missed)
	call("c0000005", c.add("number with spaces", "+31 20 555 73 05", number))
	call("c0000006", c.add("number from abroad", "+4930555730600", number))
	call("c0000007", c.add("name in the place of a number", "Kanarie Vogelsang", name))
	call("c0000008", c.add("hostile name", `<script>Kanarienvogel</script>`, name))
	c.add("name of a colleague", "Anna de Vries", name)
	c.add("name of another", "Bram Bakker", name)
	p.Raw(`{"notificationType":"newCallEvent","notification":{"callId":["` + c.add("number in an odd message", "+31205557309", number) + `"],"callerPhoneNumber":{"x":"` + c.add("name in an odd message", "Kanarie Onbekend", name) + `"}}}`)
	p.Raw(`{"notificationType":"` + c.add("number in the place of a kind", "+31205557311", number) + `"}`)
	p.Raw(c.add("text that is no message", "kanarie-geen-json 0205557312", number))

	// The first administrator, by the link of the log.
	link := regexp.MustCompile(`/setup\?code=([A-Za-z0-9-]+)`)
	var code string
	eventually(t, soon, "the set-up link", func() bool {
		if m := link.FindStringSubmatch(b.Log()); m != nil {
			code = m[1]
		}
		return code != ""
	})
	c.ask("GET", "/setup?code="+code, nil)
	password := c.add("password of an administrator", "kanarie-wachtwoord-Q7-een", secret)
	if res, page := c.ask("POST", "/setup", url.Values{"login": {"beheer"}, "name": {"Beheerder"}, "password": {password}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("the first administrator: %d %.2000s", res.StatusCode, page)
	}
	cookies := func(what string) {
		u, _ := url.Parse(b.URL("/"))
		for _, k := range jar.Cookies(u) {
			if len(k.Value) >= 16 {
				c.learn("cookie "+k.Name+" "+what, k.Value)
			}
		}
	}
	cookies("of the set-up")

	// Wrong ways in.
	stranger := &birds{t: t, b: b, said: c.said, client: &http.Client{CheckRedirect: c.client.CheckRedirect}}
	for _, try := range []struct{ what, user, password string }{
		{"wrong password", "beheer", "kanarie-fout-wachtwoord-1"}, {"another wrong one", "beheer", "kanarie-fout-wachtwoord-2"}, {"password of nobody", "niemand", "kanarie-fout-wachtwoord-3"},
	} {
		stranger.ask("POST", "/signin", url.Values{"user": {try.user}, "password": {c.add(try.what, try.password, secret)}})
	}
	stranger.ask("POST", "/signin", url.Values{"user": {c.add("password typed into the field of the name", "kanarie-in-naamveld-9", typed)}, "password": {c.add("short password", "kanarie-kort", secret)}})
	stranger.ask("GET", "/", nil, "Cookie", "session="+c.add("forged session", "kanarie-sessie-AAAAAAAAAAAAAAAAAAAAAAAA", secret)+"; display="+c.add("forged display", "kanarie-scherm-BBBBBBBBBBBBBBBBBBBBBBBBB", secret))
	stranger.ask("GET", "/api/v1/board", nil, "Authorization", "Bearer "+c.add("unknown token", "cb_kanarieCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC", secret))
	stranger.ask("GET", "/metrics", nil, "Authorization", "Bearer "+c.add("wrong token of the metrics", "kanarie-metrics-verkeerd-DDDDDD", secret), "X-Forwarded-For", "198.51.100.7")
	stranger.ask("POST", "/setup", url.Values{"code": {c.add("wrong set-up code", "KANA-RIEX-7Q7Q", secret)}})
	stranger.ask("POST", "/embed/open", url.Values{"k": {c.add("forged key of a frame", "cbe_kanarieEEEEEEEE.FFFFFFFFFFFFFFFFFFFFFFFFFFFFF", secret)}})

	// Sign out, sign in, change the password.
	c.ask("POST", "/signout", url.Values{})
	if res, page := c.ask("POST", "/signin", url.Values{"user": {"beheer"}, "password": {password}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign-in: %d %.2000s", res.StatusCode, page)
	}
	cookies("of the sign-in")
	changed := c.add("new password", "kanarie-wachtwoord-Q7-twee", secret)
	if res, _ := c.ask("POST", "/account/password", url.Values{"old": {password}, "password": {changed}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("changing the password: %d", res.StatusCode)
	}
	cookies("after the password was changed")
	c.ask("POST", "/account/password", url.Values{"old": {c.add("old password that is wrong", "kanarie-oud-fout", secret)}, "password": {c.add("new password that is not taken", "kanarie-niet-genomen", secret)}})

	// A person by a link, a program, a frame.
	if _, page := c.ask("POST", "/admin/people", url.Values{"login": {"kijker"}, "name": {"Kijker"}, "role": {"viewer"}}); true {
		if m := link.FindStringSubmatch(page); m != nil {
			c.learn("code of a link for a person", m[1])
		} else {
			t.Error("no link for a person was shown")
		}
	}
	_, page := c.ask("POST", "/admin/programs", url.Values{"name": {"Kanariekooi"}, "role": {"viewer"}, "days": {"90"}})
	token := c.learn("token of a program", regexp.MustCompile(`cb_[A-Za-z0-9_-]{20,}`).FindString(page))
	out, err := exec.Command(binary, "embed", "--data-dir", data, "--view", "calls", "--name", "Intranet", "--public-url", b.URL("")).Output()
	if err != nil {
		t.Fatal(err)
	}
	key := c.learn("key of a frame", regexp.MustCompile(`cbe_[A-Za-z0-9_.-]+`).FindString(string(out)))
	frame := regexp.MustCompile(`frame=([a-z0-9]+)`).FindStringSubmatch(string(out))[1]
	if res, _ := c.ask("POST", "/embed/open", url.Values{"k": {key}}); res.StatusCode != http.StatusNoContent {
		t.Errorf("the frame's key: %d", res.StatusCode)
	}
	c.ask("GET", "/embed/calls?frame="+frame, nil, "Cookie", "__Host-callboard-frame-"+frame+"="+key)

	// A display shows a code and waits.
	if res, page := stranger.ask("GET", "/tv", nil); res.StatusCode == http.StatusOK {
		for _, k := range res.Cookies() {
			if len(k.Value) >= 16 {
				c.learn("cookie of a display that waits", k.Value)
			}
		}
		_ = page
	}

	// All pages, the API with a token, and what is wrong about a request.
	for _, path := range []string{
		"/", "/people", "/lines", "/numbers", "/missed", "/missed.csv", "/history", "/gaps", "/handover", "/status", "/wall", "/displays", "/account", "/admin/people", "/admin/programs", "/admin/audit", "/admin/audit.csv",
		"/calls/1", "/calls/2", "/calls/3", "/nothing", "/api/v1/board", "/api/v1/missed", "/api/v1/history", "/api/v1/history.csv", "/api/v1/gaps", "/api/v1/numbers", "/poll?page=board", "/poll?page=missed",
	} {
		c.ask("GET", path, nil)
		if strings.HasPrefix(path, "/api/") {
			c.ask("GET", path, nil, "Authorization", "Bearer "+token)
		}
	}
	searched := c.add("number that somebody searches", "+31205557391", typed)
	for _, path := range []string{
		"/history?q=" + url.QueryEscape(searched), "/?state=" + url.QueryEscape(c.add("number in a field", "31205557392", typed)), "/api/v1/history?limit=" + url.QueryEscape(c.add("number in a field of the API", "31205557393", typed)),
		"/api/v1/calls/" + c.add("number in the place of a call", "31205557394", typed), "/" + c.add("number in the place of a page", "31205557395", typed), "/people?q=" + url.QueryEscape(c.add("name that somebody searches", "Kanarie Gezocht", typed)),
	} {
		res, _ := c.ask("GET", path, nil)
		for where := range c.said { // what one typed oneself is quoted to oneself
			if strings.HasSuffix(where, "GET "+path) {
				delete(c.said, where)
			}
		}
		if res.StatusCode >= 500 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	c.ask("POST", "/notice", url.Values{"text": {c.add("notice", "Kanarie zingt om vijf uur", typed)}, "until": {"23:59"}})
	c.ask("POST", "/reveal", url.Values{"reason": {"klacht van een klant"}})
	c.ask("POST", "/missed/1/note", url.Values{"text": {c.add("note about a customer", "belt terug over kanarie", name)}, "by": {"Beheerder"}})
	eventually(t, soon, "calls on the board", func() bool {
		_, body := c.ask("GET", "/api/v1/board", nil)
		var board struct{ Calls []json.RawMessage }
		return json.Unmarshal([]byte(body), &board) == nil && len(board.Calls) >= 4 && strings.Contains(body, "7301")
	})
	_, scraped := c.ask("GET", "/metrics", nil, "Authorization", "Bearer "+metrics)
	if !strings.Contains(scraped, "dashboard_feed_up 1") {
		t.Errorf("the metrics are not those of a board that is up: %.500s", scraped)
	}
	c.said["metrics"] = scraped
	line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", b.PID()))
	environment, _ := os.ReadFile(fmt.Sprintf("/proc/%d/environ", b.PID()))
	c.said["process list"], c.said["environment"] = string(line), string(environment)

	time.Sleep(1500 * time.Millisecond) // what is kept goes to the disk ten times a second, what is over once
	// The process crashes and says where it was.
	if err := syscall.Kill(b.PID(), syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	eventually(t, soon, "the crash", func() bool { return strings.Contains(b.Log(), "goroutine 1 ") })
	b.Kill()
	c.said["log and crash"] = strings.Replace(b.Log(), code, "(the set-up code, which is said on purpose)", -1)
	if !strings.Contains(c.said["log and crash"], "SIGQUIT") {
		t.Error("no crash was written")
	}
	c.search(data)
}

// search looks for every canary in what was said and in every file that was
// kept, and prints what it looked through.
func (c *birds) search(data string) {
	if len(c.list) < 40 {
		c.t.Errorf("%d canaries, want at least 40", len(c.list))
	}
	forms := func(value string) (all []string) {
		all = append(all, value, url.QueryEscape(value), url.PathEscape(value), fmt.Sprintf("%q", value))
		if bare := strings.NewReplacer("+", "", " ", "").Replace(value); len(bare) > 8 && strings.Trim(bare, "0123456789") == "" {
			all = append(all, bare, bare[2:], "0"+bare[2:])
		}
		return all
	}
	found, misplaced, files, bytesSeen := 0, 0, 0, 0
	for where, text := range c.said {
		bytesSeen += len(text)
		for _, k := range c.list {
			if strings.HasPrefix(where, "error of") && k.sort == typed || strings.HasPrefix(where, "links of") && k.sort == typed {
				continue
			}
			if k.what == "key of a frame" && strings.HasPrefix(where, "process") {
				continue
			}
			for _, form := range forms(k.value) {
				if strings.Contains(text, form) {
					misplaced++
					at := strings.Index(text, form)
					c.t.Errorf("%s is in %s: …%.160q", k.what, where, text[max(at-60, 0):])
					break
				}
			}
		}
	}
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		bytesSeen += len(raw)
		in, _ := filepath.Rel(data, path)
		for _, k := range c.list {
			for _, form := range forms(k.value) {
				if !bytes.Contains(raw, []byte(form)) {
					continue
				}
				switch {
				case (k.sort == number || k.sort == name) && kept.MatchString(in):
					found++
				case k.sort == typed && k.what == "notice" && (in == "notice.json" || kept.MatchString(in)):
					found++
				case k.what == "token of the PBX" && in == "xelion-session.json":
					found++ // so that a session survives a restart; only its owner reads it
				default:
					misplaced++
					c.t.Errorf("%s is in the file %s", k.what, in)
				}
				break
			}
		}
		return nil
	})
	if err != nil {
		c.t.Error(err)
	}
	if found < 10 {
		c.t.Errorf("%d canaries were found where they belong: nothing was looked for in the right way", found)
	}
	c.t.Logf("%d canaries, %d misplaced, %d found where they belong; looked through %d answers with %d links, %d files, %.1f MB",
		len(c.list), misplaced, found, len(c.said), c.links, files, float64(bytesSeen)/1e6)
}
