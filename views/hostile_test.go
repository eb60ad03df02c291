package views

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

var hostile = map[string]string{
	"markup":     `</td></tr></table><script>alert(1)</script><img src=x onerror="alert(1)">`,
	"quotes":     `" onmouseover="alert(1)" x='y' ` + "`",
	"line ends":  "a\r\nevent: bye\r\rdata: {}\n\n",
	"NUL":        "a\x00b\x00<i>",
	"bidi":       "a\u202Eb\u2066c\u200F",
	"bad UTF-8":  "\xff\xfe\xc3(",
	"comment":    "--><!-- ]]> </template></svg></style></title>",
	"entities":   "&lt;b&gt; &#60;b&#62; &amp;",
	"a megabyte": strings.Repeat("<b>long name ", 1<<20/13),
}

// Every text of every model is set to a harmless and to a hostile text: the
// elements and their attributes must be the same.
func TestHostileTextKeepsTheShape(t *testing.T) {
	components := map[string]func(text string) templ.Component{
		"row":       func(s string) templ.Component { return RowItem(fill(storyRows()[6], s)) },
		"wall row":  func(s string) templ.Component { return WallRowItem(fill(storyRows()[0], s)) },
		"group":     func(s string) templ.Component { return GroupItem(fill(storyGroups()[0], s)) },
		"headlines": func(s string) templ.Component { return HeadlinesPart(fill(storyHeadlines(), s)) },
		"strip":     func(s string) templ.Component { return StripPart(fill(storyDoubt(), s)) },
		"banner":    func(s string) templ.Component { return BannerPart(fill(storyDoubt(), s)) },
		"bar":       func(s string) templ.Component { return BarPart(fill(storyBar(), s)) },
		"side":      func(s string) templ.Component { return SidePanel(fill(storySide(), s)) },
		"empty":     func(s string) templ.Component { return EmptyPart(fill(storyEmpty("quiet"), s)) },
		"detail":    func(s string) templ.Component { return DetailPart(fill(storyDetail(), s)) },
		"status":    func(s string) templ.Component { return StatusPart(fill(storyStatus(), s)) },
		"people":    func(s string) templ.Component { return PeoplePageView(fill(PeoplePage{People: storyPeople()}, s)) },
		"tile":      func(s string) templ.Component { return TileItem(fill(storyTiles()[0], s)) },
		"team":      func(s string) templ.Component { return TeamHeadItem(fill(TeamHead{}, s)) },
		"lines":     func(s string) templ.Component { return LinesPart(fill(storyLines(), s)) },
		"numbers": func(s string) templ.Component {
			return NumbersPageView(fill(NumbersPage{Numbers: storyDayNumbers()}, s))
		},
		"wall":        func(s string) templ.Component { return WallPage(fill(storyWall(true), s)) },
		"board":       func(s string) templ.Component { return BoardPage(fill(storyBoard(), s)) },
		"error":       func(s string) templ.Component { return ErrorPageView(fill(ErrorPage{Title: "x", Text: "x"}, s)) },
		"missed":      func(s string) templ.Component { return MissedNumbersPart(fill(storyMissed().Numbers, s)) },
		"history":     func(s string) templ.Component { return HistoryPageView(fill(HistoryPage{History: storyPastDays()}, s)) },
		"missed-bar":  func(s string) templ.Component { return MissedBarPart(fill(storyMissedBar(), s)) },
		"missed-row":  func(s string) templ.Component { return MissedRowItem(fill(storyMissedRows()[1], s)) },
		"missed-done": func(s string) templ.Component { return MissedRowItem(fill(storyMissedRows()[5], s)) },
		"sign-in":     func(s string) templ.Component { return SignInPageView(fill(storySignInWrong(), s)) },
		"set-up":      func(s string) templ.Component { return SetupPageView(fill(storySetup("account"), s)) },
		"account":     func(s string) templ.Component { return AccountBody(fill(storyAccount("old"), s)) },
		"accounts":    func(s string) templ.Component { return AdminPeopleBody(fill(storyAdminPeople(), s)) },
		"person":      func(s string) templ.Component { return AdminPersonBody(fill(storyAdminPerson(), s)) },
		"programs":    func(s string) templ.Component { return ProgramsBody(fill(storyPrograms(), s)) },
		"secret":      func(s string) templ.Component { return SecretBody(fill(storySecret(), s)) },
		"audit":       func(s string) templ.Component { return AuditBody(fill(storyAudit(), s)) },
		"viewer": func(s string) templ.Component {
			v := fill(*storyShown(), s)
			return seenBy(&v, BoardPage(storyBoard()))
		},
		"missed-form": func(s string) templ.Component { return MissedFormView(fill(storyMissedForm(), s)) },
	}
	for name, component := range components {
		want := shape(t, render(t, component("word")))
		if len(want) == 0 {
			t.Fatalf("%s: rendered nothing to compare", name)
		}
		for kind, text := range hostile {
			if kind == "a megabyte" && name != "row" {
				continue // a page repeats every text, and a megabyte of it tells no more
			}
			got := shape(t, render(t, component(text)))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s changed the shape:\n%s", name, kind, diff)
			}
		}
	}
}

// fill returns a deep copy of a model with all its non-empty texts replaced.
// Rendered items stay: they are components' own output.
func fill[T any](model T, text string) T {
	return filled(reflect.ValueOf(model), text).Interface().(T)
}

func filled(v reflect.Value, text string) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.String:
		if v.Len() > 0 {
			out.SetString(text)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Item]() {
			return out
		}
		for i := range v.NumField() {
			out.Field(i).Set(filled(v.Field(i), text))
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 || v.IsNil() {
			return out
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(filled(v.Index(i), text))
		}
	}
	return out
}

// shape is the tree of elements with the names of their attributes.
func shape(t *testing.T, doc []byte) []string {
	t.Helper()
	// Rows only parse inside a table.
	if bytes.HasPrefix(doc, []byte("<tr")) {
		doc = append(append([]byte("<table><tbody>"), doc...), "</tbody></table>"...)
	}
	root, err := html.Parse(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if n.Type == html.ElementNode {
			var names []string
			for _, a := range n.Attr {
				names = append(names, a.Key)
			}
			lines = append(lines, fmt.Sprintf("%*s%s %v", depth, "", n.Data, names))
		}
		if n.Type == html.CommentNode {
			lines = append(lines, "comment")
		}
		for c := range n.ChildNodes() {
			walk(c, depth+1)
		}
	}
	walk(root, 0)
	return lines
}

// The policy of the pages allows no inline style and no inline script; a
// browser would drop them silently.
func TestNothingInline(t *testing.T) {
	for name, c := range pages() {
		root, err := html.Parse(bytes.NewReader(render(t, c)))
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			src := false
			for _, a := range n.Attr {
				switch {
				case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s: <%s> has the attribute %s", name, n.Data, a.Key)
				case a.Key == "src":
					src = true
				case a.Key == "id" && ids[a.Val] && name != "storybook":
					t.Errorf("%s: id %s is given twice", name, a.Val)
				case a.Key == "id":
					ids[a.Val] = true
				}
			}
			if n.Data == "style" || n.Data == "script" && !src {
				t.Errorf("%s: inline <%s>", name, n.Data)
			}
		}
	}
}

func TestStillPictureSaysSo(t *testing.T) {
	for name, c := range pages() {
		if name == "storybook" {
			continue
		}
		page := string(render(t, c))
		if strings.Contains(page, `data-live="live"`) {
			t.Errorf("%s: claims to be live before any script ran", name)
		}
		if !strings.Contains(page, English.NotLive) {
			t.Errorf("%s: does not say %q", name, English.NotLive)
		}
		if !strings.Contains(page, `<html lang="en"`) || !strings.Contains(page, "· Callboard</title>") {
			t.Errorf("%s: lacks its language or its title", name)
		}
	}
}
