package views_test

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"callboard/views"
	"callboard/views/wordstest"
)

// source reads a Go file of this folder.
func source(t *testing.T, file string) (*ast.File, *token.FileSet) {
	t.Helper()
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return tree, set
}

func sources(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s: %v", pattern, err)
	}
	return files
}

func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// called is the name of the function of a call: "WriteString".
func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func nothing(string) bool { return false }

// A template's own HTML has no word in it, nor has a text it puts in: what a
// person reads or hears comes from the catalogue or from the model.
func TestTemplatesHoldNoWords(t *testing.T) {
	for _, file := range sources(t, "*_templ.go") {
		if file == "storybook_templ.go" {
			continue // titles of its parts, for the people who make the product
		}
		tree, set := source(t, file)
		var page strings.Builder
		ast.Inspect(tree, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			switch called(c) {
			case "WriteString":
				if html, ok := text(c.Args[len(c.Args)-1]); ok {
					page.WriteString(html)
				}
			case "JoinStringErrs":
				ast.Inspect(c, func(n ast.Node) bool {
					e, _ := n.(ast.Expr)
					if s, ok := text(e); ok && reads(s) {
						t.Errorf("%s puts %q into a page; it belongs into views/words_*.go", set.Position(n.Pos()), s)
					}
					return true
				})
			}
			return true
		})
		for _, found := range wordstest.Escaped(page.String(), nothing) {
			t.Errorf("%s has words in its HTML; they belong into views/words_*.go: %s", strings.Replace(file, "_templ.go", ".templ", 1), found)
		}
	}
}

// reads reports a text that looks like words and not like a class or an id.
func reads(s string) bool { return sentenceLike.MatchString(s) }

var sentenceLike = regexp.MustCompile(`^\p{Lu}\p{Ll}+|\p{L}{2,} +\p{L}{2,}|^ ?\p{L}{2,} $|^ \p{L}{2,} ?$`)

// notRead are texts of the Go files that look like words and are none, or are
// read by nobody who uses the product.
var notRead = map[string]string{
	"template failed": "log",
}

// The functions that help templates hold no words either.
func TestHelpersHoldNoWords(t *testing.T) {
	for _, file := range sources(t, "*.go") {
		switch {
		case strings.HasSuffix(file, "_test.go"), strings.HasSuffix(file, "_templ.go"), strings.HasPrefix(file, "words"), strings.HasPrefix(file, "story"), file == "language.go":
			continue // checked elsewhere; the catalogue; invented names and models for the storybook; names of languages in themselves
		}
		tree, set := source(t, file)
		ast.Inspect(tree, func(n ast.Node) bool {
			if _, ok := n.(*ast.ImportSpec); ok {
				return false
			}
			e, _ := n.(ast.Expr)
			if s, ok := text(e); ok && sentenceLike.MatchString(s) && !classes.MatchString(s) && notRead[s] == "" {
				t.Errorf("%s: %q looks like words; they belong into views/words_*.go", set.Position(n.Pos()), s)
			}
			return true
		})
	}
}

// classes are names of CSS classes and of attributes in one string.
var classes = regexp.MustCompile(`^ ?[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*$`)

// Every golden page in a language whose words are marked: what is outside the
// marks must come from the storybook's models, which are data here: their own
// texts, and what they take from the English catalogue.
func TestNoWordOfATemplateEscapes(t *testing.T) {
	data := map[string]bool{}
	word := regexp.MustCompile(`[\p{L}\p{N}]+`)
	english := views.Texts(&views.English)
	learn := func(text string) {
		for _, w := range word.FindAllString(text, -1) {
			data[w] = true
		}
	}
	for _, file := range append(sources(t, "story*.go"), "golden_test.go") {
		if file == "storybook_templ.go" {
			continue
		}
		tree, _ := source(t, file)
		ast.Inspect(tree, func(n ast.Node) bool {
			e, _ := n.(ast.Expr)
			if s, ok := text(e); ok {
				learn(s)
			}
			if field, ok := n.(*ast.SelectorExpr); ok {
				for at, s := range english {
					at = "." + at + "."
					if strings.Contains(at, "."+field.Sel.Name+".") || strings.Contains(at, "."+field.Sel.Name+"[") {
						learn(s)
					}
				}
			}
			return true
		})
	}
	ctx := views.WithWords(context.Background(), wordstest.Marked())
	views.StoryIn(t, ctx)
	for name, page := range views.Pages() {
		if name == "storybook" {
			continue // shows the same parts under titles in English
		}
		var out bytes.Buffer
		if err := page.Render(ctx, &out); err != nil {
			t.Fatal(err)
		}
		for _, found := range wordstest.Escaped(out.String(), func(w string) bool { return data[w] }) {
			t.Errorf("%s: %s", name, found)
		}
	}
}
