package access

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"strings"
	"unicode"
)

// commonPasswords are those that are tried first, see passwords/LICENSE.
//
//go:embed passwords/common.txt.gz
var commonPasswords []byte

// common reports a password that is among those tried first, whatever its case
// and whatever figures and signs stand behind it. It unpacks the list each time,
// which takes a few milliseconds: passwords are seldom chosen.
func common(password string) bool {
	password = strings.ToLower(password)
	bare := strings.TrimRightFunc(password, func(r rune) bool { return !unicode.IsLetter(r) })
	z, err := gzip.NewReader(bytes.NewReader(commonPasswords))
	if err != nil {
		panic("access: the list of common passwords is broken: " + err.Error()) // embedded, and read by a test
	}
	lines := bufio.NewScanner(z)
	for lines.Scan() {
		if line := lines.Text(); line == password || line == bare {
			return true
		}
	}
	return false
}
