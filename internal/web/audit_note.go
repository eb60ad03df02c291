package web

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/privacy"
	"callboard/views"
)

// Notes of the audit log are codes, such as "role viewer to supervisor, scope":
// they stand under the chain's hashes and in its files as they were written, and
// become words of the reader here, also those of entries made long ago. What
// somebody typed, and what no form here fits, stays as it is.
var noteForms = []struct {
	form  *regexp.Regexp
	words func(w *views.Words, m []string) string
}{
	{regexp.MustCompile(`^role ([a-z]+)(?: to ([a-z]+))?$`), func(w *views.Words, m []string) string {
		return w.OnAccess.Role + ": " + fromTo(m, func(word string) (string, bool) {
			role, ok := access.ParseRole(word)
			return w.OnAccess.Roles[role], ok
		})
	}},
	{regexp.MustCompile(`^level ([a-z-]+)(?: to ([a-z-]+))?$`), func(w *views.Words, m []string) string {
		return w.OnAccess.Level + ": " + fromTo(m, func(word string) (string, bool) {
			level, ok := privacy.ParseLevel(word)
			return w.OnAccess.Levels[level], ok
		})
	}},
	{regexp.MustCompile(`^until (\d{4}-\d{2}-\d{2})$`), func(w *views.Words, m []string) string {
		return fmt.Sprintf(w.OnAudit.UntilFmt, noteDay(w, m[1]))
	}},
	{regexp.MustCompile(`^(\d+) tries$`), func(w *views.Words, m []string) string { return w.OnAudit.Tries.Of(noteCount(m[1])) }},
	{regexp.MustCompile(`^(\d+) tries from (\d+) other networks or more$`), func(w *views.Words, m []string) string {
		return fmt.Sprintf(w.OnAudit.ElsewhereFmt, m[1], m[2])
	}},
	{regexp.MustCompile(`^(\d+) entries of days before (\d{4}-\d{2}-\d{2})$`), func(w *views.Words, m []string) string {
		return fmt.Sprintf(w.OnAudit.TrimmedFmt, m[1], noteDay(w, m[2]))
	}},
	{regexp.MustCompile(`^company account: (.+)$`), func(w *views.Words, m []string) string {
		return fmt.Sprintf(w.OnAudit.CompanyFmt, m[1])
	}},
	{regexp.MustCompile(`^the number (.+): (\d+) calls$`), func(w *views.Words, m []string) string {
		return w.OnAudit.Number + " " + m[1] + ": " + w.OnAudit.Calls.Of(noteCount(m[2]))
	}},
	{regexp.MustCompile(`^the colleague who is (erased-[a-z]+) now: (\d+) calls$`), func(w *views.Words, m []string) string {
		return fmt.Sprintf(w.OnAudit.Colleague, m[1]) + ": " + w.OnAudit.Calls.Of(noteCount(m[2]))
	}},
	{regexp.MustCompile(`^(\d+) journeys$`), func(w *views.Words, m []string) string { return w.OnAudit.Journeys.Of(noteCount(m[1])) }},
	{regexp.MustCompile(`^(login name|name|scope|enabled|disabled|company account|all|all others)$`), func(w *views.Words, m []string) string {
		on := &w.OnAccess
		return map[string]string{
			"login name": on.User, "name": on.Name, "scope": on.Scope, "enabled": on.Active, "disabled": on.Disabled, "company account": on.CompanyAccount,
			"all": w.OnAudit.All, "all others": w.OnAudit.AllOthers,
		}[m[1]]
	}},
}

// typed are events whose note somebody wrote, or a browser's name.
var typed = []access.Event{access.NumbersShown, access.SignedIn, access.FileBroken, access.Exported}

// auditNote is the note of an entry in the words of a reader.
func auditNote(w *views.Words, e access.Entry) string {
	if slices.Contains(typed, e.Event) || e.Reason == "" {
		return e.Reason
	}
	parts := strings.Split(e.Reason, ", ")
	for i, part := range parts {
		if e.Event == access.TokenMade && i < len(parts)-2 { // the name that it was given
			continue
		}
		for _, f := range noteForms {
			if m := f.form.FindStringSubmatch(part); m != nil {
				parts[i] = f.words(w, m)
				break
			}
		}
	}
	return strings.Join(parts, ", ")
}

// fromTo are one or two codes in words; one that is of another build stays.
func fromTo(m []string, of func(string) (string, bool)) string {
	word := func(code string) string {
		if text, ok := of(code); ok {
			return text
		}
		return code
	}
	if m[2] == "" {
		return word(m[1])
	}
	return word(m[1]) + " → " + word(m[2])
}

func noteCount(digits string) int {
	n, _ := strconv.Atoi(digits) // the form has digits alone
	return n
}

func noteDay(w *views.Words, day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return w.Date(t)
}
