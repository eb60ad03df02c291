package views

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"callboard/internal/state"
)

// texts flattens words: "OnMissed.Claim", "Feed.Oddities[late event].What".
func texts(w *Words) map[string]string {
	out := map[string]string{}
	var walk func(at string, v reflect.Value)
	walk = func(at string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			out[at] = v.String()
		case reflect.Struct:
			for i := range v.NumField() {
				walk(strings.TrimPrefix(at+"."+v.Type().Field(i).Name, "."), v.Field(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(fmt.Sprintf("%s[%v]", at, k), v.MapIndex(k))
			}
		case reflect.Array, reflect.Slice:
			for i := range v.Len() {
				walk(fmt.Sprintf("%s[%d]", at, i), v.Index(i))
			}
		default:
			panic(at + " is no text")
		}
	}
	walk("", reflect.ValueOf(*w))
	return out
}

var verbs = regexp.MustCompile(`%[-+# 0]*[0-9.]*(\[\d+\])?[a-zA-Z%]|\{[a-z]+\}`)

// alike are texts of several words that Dutch or German rightly shares with
// English.
var alike = map[string]bool{"%d %% in %s, variant %d": true}

// spoken is a word; a single one may be the same in two languages.
var spoken = regexp.MustCompile(`\pL{2,}`)

// Every language has every text that English has, with the same verbs in the
// same order, and is no copy of English.
func TestLanguagesAreWhole(t *testing.T) {
	english := texts(&English)
	for _, l := range Languages {
		got := texts(l.Words)
		for _, at := range slices.Sorted(maps.Keys(english)) {
			want, text := english[at], got[at]
			switch {
			case want == "" && strings.HasSuffix(at, "[0]"):
				if text != "" { // the zero of an enumeration that has none
					t.Errorf("%s: %s = %q has no English", l.Code, at, text)
				}
			case strings.TrimSpace(text) == "":
				t.Errorf("%s: %s is empty; English says %q", l.Code, at, want)
			case strings.TrimSpace(text) != text:
				t.Errorf("%s: %s has spaces around it: %q", l.Code, at, text)
			case !slices.Equal(verbs.FindAllString(text, -1), verbs.FindAllString(want, -1)):
				t.Errorf("%s: %s is %q; its verbs are not those of %q", l.Code, at, text, want)
			case l.Words != &English && text == want && !alike[text] && len(spoken.FindAllString(verbs.ReplaceAllString(text, ""), -1)) > 1:
				t.Errorf("%s: %s is still English: %q", l.Code, at, text)
			}
		}
		for _, at := range slices.Sorted(maps.Keys(got)) {
			if _, ok := english[at]; !ok && !strings.HasPrefix(at, "Feed.Reasons[") {
				t.Errorf("%s: %s = %q has no English", l.Code, at, got[at])
			}
		}
	}
}

// Plurals hold one number each.
func TestPluralsCount(t *testing.T) {
	for _, l := range Languages {
		var walk func(at string, v reflect.Value)
		walk = func(at string, v reflect.Value) {
			if p, ok := v.Interface().(Plural); ok {
				for _, s := range []string{p.One, p.Many} {
					if found := verbs.FindAllString(s, -1); len(found) != 1 || found[0] != "%d" {
						t.Errorf("%s: %s is %q, which needs one %%d and nothing else", l.Code, at, s)
					}
				}
				return
			}
			if v.Kind() == reflect.Struct {
				for i := range v.NumField() {
					walk(at+"."+v.Type().Field(i).Name, v.Field(i))
				}
			}
		}
		walk("Words", reflect.ValueOf(*l.Words))
	}
}

// What stands side by side must not read alike.
func TestLabelsDiffer(t *testing.T) {
	for _, l := range Languages {
		w := l.Words
		for _, set := range [][]string{
			{w.Ringing, w.RingingOut, w.Talking, w.TalkingOut, w.Internal, w.NoCallSeen, w.Missed, w.Unanswered, w.Answered},
			{w.Confirmed, w.Unconfirmed, w.Suspect, w.Inferred},
			{w.AllDirections, w.Inbound, w.Outbound, w.Internal},
			{w.Board, w.People, w.Lines, w.Missed, w.Status},
			{w.State, w.Line, w.Caller, w.Callee, w.InState, w.Total, w.Legs, w.Doubt},
			{w.SortDefault, w.SortLongest, w.SortNewest, w.SortLine, w.Caller, w.Callee, w.State},
			{w.SaidDefault, w.SaidLongest, w.SaidNewest, w.SaidLine, w.SaidCaller, w.SaidCallee, w.SaidState},
			{w.Live, w.NotLive, w.CatchingUp},
			{w.Dense, w.Comfortable},
			w.Calendar.Months[:], w.Calendar.MonthsShort[:], w.Calendar.Weekdays[:], w.Calendar.WeekdaysShort[:],
			{w.Calendar.Decimal, w.Calendar.Thousands},
		} {
			for i, a := range set {
				if slices.Contains(set[:i], a) {
					t.Errorf("%s: %q stands for two of %q", l.Code, a, set)
				}
			}
		}
	}
	if !strings.Contains(English.NotLive, "Not live") {
		t.Error("outside programs find a page that is not live by these English words")
	}
}

// On a wall labels stand in large type in a third of the width: what is longer
// than this cannot be read from the distance it is made for.
func TestWallLabelsFit(t *testing.T) {
	const most = 16 // runes; "Niet beantwoord" in Inter at 5.9 vh is a third of 16:9
	for _, l := range Languages {
		w := l.Words
		for _, label := range []string{w.Ringing, w.RingingOut, w.Talking, w.TalkingOut, w.Internal, w.Live, w.NotLive, w.NeedsPerson} {
			if n := len([]rune(label)); n > most {
				t.Errorf("%s: %q has %d letters, a wall has room for %d", l.Code, label, n, most)
			}
		}
	}
}

// Every reason that the feed can give has words in every language but English,
// which is the feed's own; and none is for a code that no feed gives.
func TestReasonsOfTheFeed(t *testing.T) {
	codes := append(feedCodes(t), state.Stopped, state.Crashed) // what the process says of itself
	if len(codes) < 40 {
		t.Fatalf("only %d codes found: %q", len(codes), codes)
	}
	for _, l := range Languages[1:] {
		for _, code := range codes {
			if l.Words.Feed.Reasons[code] == "" {
				t.Errorf("%s: no words for the reason %q", l.Code, code)
			}
		}
		for code, text := range l.Words.Feed.Reasons {
			if !slices.Contains(codes, code) {
				t.Errorf("%s: %q is for the reason %q, which the feed does not give", l.Code, text, code)
			}
			if strings.HasSuffix(text, ".") {
				t.Errorf("%s: the reason %q ends in a full stop, which is added", l.Code, code)
			}
		}
	}
}

// feedCodes reads the codes of refusals and feed states out of the sources.
func feedCodes(t *testing.T) []string {
	t.Helper()
	var trees []*ast.File
	named := map[string]ast.Expr{} // constants
	for _, folder := range []string{"../internal/feed", "../internal/feed/xelion", "../internal/state"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			trees = append(trees, tree)
			ast.Inspect(tree, func(n ast.Node) bool {
				if c, ok := n.(*ast.ValueSpec); ok && len(c.Values) == 1 {
					named[c.Names[0].Name] = c.Values[0]
				}
				return true
			})
		}
	}
	found := map[string]bool{}
	add := func(e ast.Expr) {
		if name, ok := e.(*ast.SelectorExpr); ok {
			e = name.Sel
		}
		if name, ok := e.(*ast.Ident); ok {
			e = named[name.Name]
		}
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && s != "" {
				found[s] = true
			}
		}
	}
	for _, tree := range trees {
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if name, ok := n.Key.(*ast.Ident); ok && strings.EqualFold(name.Name, "code") {
					add(n.Value)
				}
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.Ident); ok && (name.Name == "short" || name.Name == "lasting") && len(n.Args) == 2 {
					add(n.Args[0])
				}
			case *ast.AssignStmt:
				for i, to := range n.Lhs {
					if field, ok := to.(*ast.SelectorExpr); ok && field.Sel.Name == "Code" && i < len(n.Rhs) {
						add(n.Rhs[i])
					}
				}
			}
			return true
		})
	}
	return slices.Sorted(maps.Keys(found))
}

func TestDatesAndFigures(t *testing.T) {
	day := time.Date(2026, 11, 24, 13, 10, 0, 0, time.UTC)
	march := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ code, date, day, long, march, tenths, count string }{
		{"en", "24 Nov 2026", "Tue 24 Nov", "Tuesday 24 November", "1 Mar 2026", "0.3 s", "12,345"},
		{"nl", "24 nov 2026", "di 24 nov", "dinsdag 24 november", "1 mrt 2026", "0,3 s", "12.345"},
		{"de", "24. Nov. 2026", "Di 24. Nov.", "Dienstag, 24. November", "1. März 2026", "0,3 s", "12.345"},
	} {
		w := WordsOf(tt.code)
		for _, got := range [][2]string{
			{w.Date(day), tt.date}, {w.Day(day), tt.day}, {w.LongDay(day), tt.long}, {w.Date(march), tt.march},
			{w.Seconds(390 * time.Millisecond), tt.tenths}, {w.Count(12345), tt.count}, {w.Count(-12345), "-" + tt.count},
			{w.Count(9999), "9999"}, {w.Count(0), "0"}, {w.Count(1234567), strings.Join([]string{"1", "234", "567"}, w.Calendar.Thousands)},
		} {
			if got[0] != got[1] {
				t.Errorf("%s: %q, want %q", tt.code, got[0], got[1])
			}
		}
	}
	if WordsOf("fr") != &English {
		t.Error("a language that is not spoken is not English")
	}
}
