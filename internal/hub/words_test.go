package hub

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// wordy is a text that reads like words: two of them, or one with a capital.
var wordy = regexp.MustCompile(`\p{L}{2,},? +\p{L}{2,}|^\p{Lu}\p{Ll}+|^\p{Ll}{2,} $|^ \p{Ll}{2,}`)

const field = "the end of a field's name in the PBX's messages"

// notShown are texts that look like words and that no page shows, with why.
var notShown = map[string]string{
	"FlowId": field, "User": field, "UserAddressable": field, "PhoneNumber": field, "Addressable": field,
	"Go":                "the name of a programming language",
	"AddressableSyncId": field, "AddressableSyncSource": field, "CallLogOid": field,
}

// readElsewhere are files whose texts are not for pages, with why.
var readElsewhere = map[string]string{
	"query.go":      "what a wrong query is told; programs read it in English, pages have the field and its choices",
	"query_wall.go": "the same",

	"query_ledger.go": "the same",
	"query_record.go": "the same",
	"carry.go":        "names of attributes",
	"query_days.go":   "the same",
}

// The hub writes no words of its own into pages: texts that look like words
// stand only in errors, logs and reasons that are asked of the feed. The page
// test finds what is shown; this one also what is shown seldom.
func TestNoWordsInTheSource(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || readElsewhere[file] != "" {
			continue
		}
		set := token.NewFileSet()
		tree, err := goparser.ParseFile(set, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				return n.Tag == nil
			case *ast.CompositeLit: // told to programs in English, as in query.go
				name, ok := n.Type.(*ast.Ident)
				return !ok || name.Name != "QueryError"
			case *ast.KeyValueExpr: // of a link: behind its code, for logs and what knows no other words
				name, ok := n.Key.(*ast.Ident)
				return !ok || name.Name != "Reason"
			case *ast.CallExpr:
				return !forOthers(n)
			case *ast.BasicLit:
				s, err := strconv.Unquote(n.Value)
				if n.Kind == token.STRING && err == nil && wordy.MatchString(s) && notShown[s] == "" {
					t.Errorf("%s: %q looks like words for a page; they belong into views/words_*.go", set.Position(n.Pos()), s)
				}
			}
			return true
		})
	}
}

// forOthers reports a call whose texts nobody reads on a page: errors and logs.
func forOthers(c *ast.CallExpr) bool {
	f, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	switch x := f.X.(type) {
	case *ast.Ident:
		return x.Name == "errors" || x.Name == "fmt" && f.Sel.Name == "Errorf" || x.Name == "slog"
	case *ast.SelectorExpr:
		return x.Sel.Name == "Log" || x.Sel.Name == "log"
	}
	return false
}
