// Package docs holds what is written about the program to what is true of it.
package docs

import (
	"encoding/csv"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// sections are those of OWASP ASVS 5.0.0 with their numbers of requirements.
var sections = map[string]int{
	"1.1": 2, "1.2": 10, "1.3": 12, "1.4": 3, "1.5": 3,
	"2.1": 3, "2.2": 3, "2.3": 5, "2.4": 2,
	"3.1": 1, "3.2": 3, "3.3": 5, "3.4": 8, "3.5": 8, "3.6": 1, "3.7": 5,
	"4.1": 5, "4.2": 5, "4.3": 2, "4.4": 4,
	"5.1": 1, "5.2": 6, "5.3": 3, "5.4": 3,
	"6.1": 3, "6.2": 12, "6.3": 8, "6.4": 6, "6.5": 8, "6.6": 4, "6.7": 2, "6.8": 4,
	"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 3, "7.6": 2,
	"8.1": 4, "8.2": 4, "8.3": 3, "8.4": 2,
	"9.1": 3, "9.2": 4,
	"10.1": 2, "10.2": 3, "10.3": 5, "10.4": 16, "10.5": 5, "10.6": 2, "10.7": 3,
	"11.1": 4, "11.2": 5, "11.3": 5, "11.4": 4, "11.5": 2, "11.6": 2, "11.7": 2,
	"12.1": 5, "12.2": 2, "12.3": 5,
	"13.1": 4, "13.2": 6, "13.3": 4, "13.4": 7,
	"14.1": 2, "14.2": 8, "14.3": 3,
	"15.1": 5, "15.2": 5, "15.3": 7, "15.4": 4,
	"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 4,
	"17.1": 2, "17.2": 8, "17.3": 2,
}

// ofLevel is how many requirements a level adds.
var ofLevel = map[string]int{"1": 70, "2": 183, "3": 92}

// A row of the evidence file.
type row struct{ id, level, about, verdict, evidence, note string }

func evidence(t *testing.T) []row {
	t.Helper()
	f, err := os.Open("asvs.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"id", "level", "about", "verdict", "evidence", "note"}; len(lines) == 0 || !slices.Equal(lines[0], want) {
		t.Fatalf("asvs.csv begins with %v, want %v", lines[:min(1, len(lines))], want)
	}
	var rows []row
	for _, l := range lines[1:] {
		rows = append(rows, row{l[0], l[1], l[2], l[3], l[4], l[5]})
	}
	return rows
}

// Every requirement of the standard has one row, in its order.
func TestEveryRequirementHasItsRow(t *testing.T) {
	rows := evidence(t)
	var want []string
	names := slices.SortedFunc(maps.Keys(sections), func(a, b string) int { return slices.Compare(numbers(t, a), numbers(t, b)) })
	for _, s := range names {
		for n := range sections[s] {
			want = append(want, fmt.Sprintf("V%s.%d", s, n+1))
		}
	}
	if len(want) != 345 {
		t.Fatalf("the sections have %d requirements, the standard has 345", len(want))
	}
	var got []string
	levels := map[string]int{}
	for _, r := range rows {
		got = append(got, r.id)
		levels[r.level]++
		if n := utf8.RuneCountInString(r.about); n < 5 || n > 60 {
			t.Errorf("%s is about %q", r.id, r.about)
		}
	}
	if !slices.Equal(got, want) {
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("row %d is %v, want %v", i+2, got[i:min(i+1, len(got))], want[i:min(i+1, len(want))])
			}
		}
	}
	if !maps.Equal(levels, ofLevel) {
		t.Errorf("rows of levels: %v, want %v", levels, ofLevel)
	}
}

func numbers(t *testing.T, section string) []int {
	t.Helper()
	var list []int
	for part := range strings.SplitSeq(section, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, n)
	}
	return list
}

// What a row names is there: tests in the code, sections in the documents; and
// what has no proof has a reason.
func TestEvidenceIsThere(t *testing.T) {
	verdicts := map[string]int{}
	byLevel := map[string]map[string]int{"1": {}, "2": {}, "3": {}}
	for _, r := range evidence(t) {
		verdicts[r.verdict]++
		byLevel[r.level][r.verdict]++
		tests, documents := 0, 0
		for _, e := range list(r.evidence) {
			path, name, ok := strings.Cut(e, "#")
			switch {
			case !ok || filepath.Clean(path) != path || strings.HasPrefix(path, ".."):
				t.Errorf("%s: %q names nothing", r.id, e)
			case strings.HasSuffix(path, "_test.go"):
				tests++
				if !slices.Contains(testsOf(t, path), name) {
					t.Errorf("%s: there is no test %s in %s", r.id, name, path)
				}
			case strings.HasSuffix(path, ".md"):
				documents++
				if !slices.Contains(anchorsOf(t, path), name) {
					t.Errorf("%s: there is no section %s in %s", r.id, name, path)
				}
			default:
				t.Errorf("%s: %q is neither a test nor a document", r.id, e)
			}
		}
		reason := utf8.RuneCountInString(r.note)
		switch {
		case r.verdict == "test" && tests == 0:
			t.Errorf("%s names no test", r.id)
		case r.verdict == "document" && documents == 0:
			t.Errorf("%s names no document", r.id)
		case r.verdict == "not applicable" && (reason < 20 || r.evidence != ""):
			t.Errorf("%s does not apply because of %q", r.id, r.note)
		case r.verdict == "deviates" && (reason < 50 || r.evidence == ""):
			t.Errorf("%s deviates for the reason %q and shows it by %q", r.id, r.note, r.evidence)
		case !slices.Contains([]string{"test", "document", "not applicable", "deviates"}, r.verdict):
			t.Errorf("%s is judged %q", r.id, r.verdict)
		}
	}
	covered := func(levels ...string) (met, apply int) {
		for _, l := range levels {
			met += byLevel[l]["test"] + byLevel[l]["document"]
			apply += byLevel[l]["test"] + byLevel[l]["document"] + byLevel[l]["deviates"]
		}
		return met, apply
	}
	met, apply := covered("3")
	if met*100 < apply*60 {
		t.Errorf("%d of %d requirements of level 3 that apply are met, want 60 %%", met, apply)
	}
	// The page of security says how far we are, and says it right.
	said, err := os.ReadFile("security.md")
	if err != nil {
		t.Fatal(err)
	}
	met12, apply12 := covered("1", "2")
	sentence := fmt.Sprintf("Of 345 rows %d are held by a test, %d by a document, %d do not apply, %d deviate; of those of levels 1 and 2 that apply %d of %d are met, of level 3 %d of %d.",
		verdicts["test"], verdicts["document"], verdicts["not applicable"], verdicts["deviates"], met12, apply12, met, apply)
	if !strings.Contains(strings.Join(strings.Fields(string(said)), " "), sentence) {
		t.Errorf("docs/security.md does not say: %s", sentence)
	}
}

func list(evidence string) []string {
	if evidence == "" {
		return nil
	}
	return strings.Split(evidence, "; ")
}

var testFiles = map[string][]string{}

// testsOf are the tests that a file declares.
func testsOf(t *testing.T, path string) []string {
	t.Helper()
	names, ok := testFiles[path]
	if ok {
		return names
	}
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", path), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Errorf("%v", err)
		testFiles[path] = []string{}
		return nil
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && (strings.HasPrefix(fn.Name.Name, "Test") || strings.HasPrefix(fn.Name.Name, "Fuzz")) {
			names = append(names, fn.Name.Name)
		}
	}
	testFiles[path] = names
	return names
}

var headings = regexp.MustCompile(`(?m)^#{1,4} (.+)$`)

// anchorsOf are the names by which a document's sections are linked.
func anchorsOf(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", path))
	if err != nil {
		t.Errorf("%v", err)
		return nil
	}
	var anchors []string
	for _, m := range headings.FindAllSubmatch(text, -1) {
		anchors = append(anchors, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, string(m[1])))
	}
	return anchors
}
