// Package strictyaml reads the small YAML files in which people set the
// product up. It knows no leniency: what it does not understand is an error
// that names file, line, field, value and what is expected, on one line.
package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// MaxSize is the largest file that is read, in bytes.
const MaxSize = 1 << 20

// An Error is a mistake in a file.
type Error struct {
	File  string // base name
	Line  int    // from 1; 0 is the file as a whole
	Field string // such as teams[0].users[3]; may be empty
	Value string // as the file has it; may be empty
	Want  string // "expected …", or what is wrong
}

// Error is one line: teams.yaml:12: teams[0].users[3]: "": expected a name.
func (e *Error) Error() string {
	if e.Value == "" {
		return e.Quiet()
	}
	return e.where() + quote(e.Value) + ": " + e.Want
}

// Quiet is Error without the value, for logs, which name nobody.
func (e *Error) Quiet() string { return e.where() + e.Want }

func (e *Error) where() string {
	where := e.File
	if e.Line > 0 {
		where += ":" + strconv.Itoa(e.Line)
	}
	where += ": "
	if e.Field != "" {
		where += e.Field + ": "
	}
	return where
}

func quote(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}

// A Node is a value of a file with its place in it.
type Node struct {
	file  string
	field string
	n     *yaml.Node
}

// Read reads a file of at most MaxSize bytes. All errors are an *Error.
func Read(path string) (Node, error) {
	name := filepath.Base(path)
	f, err := os.Open(path)
	if err != nil {
		return Node{}, &Error{File: name, Want: "expected a file that can be read: " + reason(err)}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return Node{}, &Error{File: name, Want: "expected a file that can be read: " + reason(err)}
	}
	return Parse(name, data)
}

// reason is an error of the file system without the path, which is said already.
func reason(err error) string {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		err = p.Err
	}
	return err.Error()
}

var lineOf = regexp.MustCompile(`^line (\d+): `)

// Parse reads a file's content. Only one document without anchors, aliases,
// tags of its own and repeated keys is accepted; nothing at all is Empty. All
// errors are an *Error.
func Parse(name string, data []byte) (Node, error) {
	if len(data) > MaxSize {
		return Node{}, &Error{File: name, Want: "expected at most 1 MB"}
	}
	if at := invalid(data); at >= 0 {
		return Node{}, &Error{File: name, Line: 1 + bytes.Count(data[:at], []byte("\n")), Want: "expected text in UTF-8 without control characters"}
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0 {
		return Node{file: name, n: &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: 1}}, nil
	}
	if err != nil {
		return Node{}, syntax(name, err)
	}
	var more yaml.Node
	if err := dec.Decode(&more); err == nil {
		return Node{}, &Error{File: name, Line: max(more.Line, 1), Want: "expected one document, here begins another"}
	} else if !errors.Is(err, io.EOF) {
		return Node{}, syntax(name, err)
	}
	root := Node{file: name, n: doc.Content[0]}
	if err := root.plain(); err != nil {
		return Node{}, err
	}
	return root, nil
}

// invalid is where text ceases to be clean UTF-8; -1 if nowhere.
func invalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 || r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
			return i
		}
		i += n
	}
	return -1
}

// syntax puts an error of the parser into our words.
func syntax(name string, err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	e := &Error{File: name}
	if m := lineOf.FindStringSubmatch(text); m != nil {
		e.Line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	e.Want = "not YAML: " + strings.Join(strings.FieldsFunc(text, unicode.IsControl), " ")
	return e
}

// plain refuses what can blow up or hide: anchors, aliases, merges, tags.
func (n Node) plain() error {
	switch {
	case n.n.Kind == yaml.AliasNode || n.n.Anchor != "":
		return n.Wrong("expected plain values, no anchors (&) and no aliases (*)")
	case n.n.Style&yaml.TaggedStyle != 0:
		return n.Wrong("expected plain values, no tags (!)")
	}
	for _, child := range n.n.Content {
		if err := (Node{n.file, n.field, child}).plain(); err != nil {
			return err
		}
	}
	return nil
}

// Line is where the value stands, from 1.
func (n Node) Line() int { return n.n.Line }

// Wrong is the error that the value is not what is expected.
func (n Node) Wrong(want string, args ...any) error {
	e := &Error{File: n.file, Line: n.n.Line, Field: n.field, Want: fmt.Sprintf(want, args...)}
	if n.n.Kind == yaml.ScalarNode {
		e.Value = n.n.Value
	}
	return e
}

// Empty reports a value that was left out ("key:" with nothing behind it).
func (n Node) Empty() bool { return n.n.Kind == yaml.ScalarNode && n.n.Tag == "!!null" }

// Fields calls each key's function with its value, in the order of the file.
// A key that is not among them, or given twice, is an error; a mapping without
// any is none.
func (n Node) Fields(known map[string]func(Node) error) error {
	if n.Empty() {
		return nil
	}
	if n.n.Kind != yaml.MappingNode {
		return n.Wrong("expected %s", keys(known))
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.n.Content); i += 2 {
		key, value := n.n.Content[i], n.n.Content[i+1]
		name := key.Value
		bad := &Error{File: n.file, Line: key.Line, Field: n.field, Value: name}
		read, ok := known[name]
		if key.Kind != yaml.ScalarNode || !ok {
			bad.Want = "unknown key, expected " + keys(known)
			return bad
		}
		if at, twice := seen[name]; twice {
			bad.Want = fmt.Sprintf("expected once, it is on line %d already", at)
			return bad
		}
		seen[name] = key.Line
		field := name
		if n.field != "" {
			field = n.field + "." + name
		}
		if err := read(Node{n.file, field, value}); err != nil {
			return err
		}
	}
	return nil
}

func keys[V any](m map[string]V) string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// Items are the values of a list.
func (n Node) Items(what string) ([]Node, error) {
	if n.Empty() {
		return nil, nil
	}
	if n.n.Kind != yaml.SequenceNode {
		return nil, n.Wrong("expected a list of %s", what)
	}
	items := make([]Node, len(n.n.Content))
	for i, item := range n.n.Content {
		items[i] = Node{n.file, n.field + "[" + strconv.Itoa(i) + "]", item}
	}
	return items, nil
}

// Scalar is a value as the file spells it, whatever YAML takes it for; false
// for lists, mappings and nothing.
func (n Node) Scalar() (string, bool) {
	if n.n.Kind != yaml.ScalarNode || n.Empty() {
		return "", false
	}
	return n.n.Value, true
}

// Text is text of least to most characters in one line. YAML's numbers are
// text too; its true, false and dates have to be put in quotes, as they are
// rarely meant.
func (n Node) Text(what string, least, most int) (string, error) {
	want := "expected " + what
	s, ok := n.Scalar()
	switch {
	case !ok && n.Empty() && least == 0:
		return "", nil
	case !ok:
		return "", n.Wrong("%s", want)
	case n.n.Tag != "!!str" && n.n.Tag != "!!int" && n.n.Tag != "!!float":
		return "", n.Wrong("%s, in quotes if that is one", want)
	case strings.ContainsFunc(s, unicode.IsControl):
		return "", n.Wrong("%s in one line without control characters", want)
	}
	s = strings.TrimSpace(s)
	if length := utf8.RuneCountInString(s); length < least {
		return "", n.Wrong("%s, not nothing", want)
	} else if length > most {
		return "", n.Wrong("%s of at most %d characters", want, most)
	}
	return s, nil
}
