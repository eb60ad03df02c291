package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/internal/state"
	"callboard/views"
)

// adminPage is the frame of an administrator's page; current is its tab.
type adminPage struct {
	q      hub.Query
	words  *views.Words
	on     *views.AccessWords
	chrome views.Chrome
	strip  views.Strip
	tabs   []views.NavItem
}

// admin makes the frame of an administrator's page.
func (s *site) admin(r *http.Request, current string, title func(*views.AccessWords) string) (*adminPage, error) {
	if s.Access == nil {
		return nil, failed(http.StatusNotFound, accountsOff)
	}
	words := views.WordsOf(s.look(r).Speaks)
	q, chrome, strip, err := s.ownFrame(r, "admin", title(&words.OnAccess))
	if err != nil {
		return nil, err
	}
	a := &adminPage{q: q, words: words, on: &words.OnAccess, chrome: chrome, strip: strip, tabs: s.adminTabs(q, who(r))}
	for i := range a.tabs {
		a.tabs[i].Current = a.tabs[i].Page == current
	}
	return a, nil
}

// rolePicks are the roles of a form, with what each may.
func rolePicks(on *views.AccessWords, chosen string) []views.Pick {
	picks := make([]views.Pick, len(on.Roles))
	for i, word := range access.Roles() {
		picks[i] = views.Pick{Value: word, Label: on.Roles[i], Hint: on.RoleHints[i], Chosen: word == chosen}
	}
	if !slices.ContainsFunc(picks, func(p views.Pick) bool { return p.Chosen }) {
		picks[0].Chosen = true
	}
	return picks
}

// levelPicks are the levels of a form, ahead of them that of the role.
func levelPicks(on *views.AccessWords, chosen string) []views.Pick {
	picks := []views.Pick{{Label: on.LevelOfRole, Chosen: chosen == ""}}
	for i, word := range privacy.Levels() {
		picks = append(picks, views.Pick{Value: word, Label: on.Levels[i], Chosen: word == chosen})
	}
	return picks
}

// scopePicks are the teams and lines of a form: those that are known, and those
// that were chosen and are not known any more.
func (s *site) scopePicks(scope privacy.Scope) (teams, lines []views.Pick) {
	chosen := scope.Teams()
	for _, name := range s.Hub.Setup().Teams.Names() {
		teams = append(teams, views.Pick{Value: name, Label: name, Chosen: slices.Contains(chosen, name)})
	}
	teams = withOthers(teams, chosen)
	chosen = scope.Lines()
	for _, l := range s.phoneLines() {
		name := l.Name
		if name == "" {
			name = l.Line
		}
		lines = append(lines, views.Pick{Value: l.Line, Label: name, Chosen: slices.Contains(chosen, l.Line) || l.Name != "" && slices.Contains(chosen, l.Name)})
		if l.Name != "" { // the name is the same line
			chosen = slices.DeleteFunc(chosen, func(c string) bool { return c == l.Name })
		}
	}
	return teams, withOthers(lines, chosen)
}

func withOthers(picks []views.Pick, chosen []string) []views.Pick {
	for _, c := range chosen {
		if !slices.ContainsFunc(picks, func(p views.Pick) bool { return p.Value == c }) {
			picks = append(picks, views.Pick{Value: c, Label: c, Chosen: true})
		}
	}
	return picks
}

func (s *site) phoneLines() (lines []state.PhoneLine) {
	s.Hub.Read(func(b *state.Board, _ time.Time) { lines = b.PhoneLines() })
	return lines
}

// lineNames are lines as people call them.
func (s *site) lineNames(lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	names := slices.Clone(lines)
	for _, l := range s.phoneLines() {
		for i, n := range names {
			if n == l.Line && l.Name != "" {
				names[i] = l.Name
			}
		}
	}
	return names
}

// scopeText is a scope in a cell of a table.
func (s *site) scopeText(on *views.AccessWords, scope privacy.Scope) string {
	if scope.All() {
		return on.ScopeAll
	}
	return strings.Join(append(scope.Teams(), s.lineNames(scope.Lines())...), ", ")
}

// chosenScope reads the teams and lines of a form.
func chosenScope(r *http.Request) privacy.Scope {
	return privacy.NewScope(r.PostForm["team"], r.PostForm["line"])
}

// chosenLevel reads the level of a form; own is false for that of the role.
func chosenLevel(r *http.Request) (level privacy.Level, own, ok bool) {
	word := r.PostForm.Get("level")
	if word == "" {
		return 0, false, true
	}
	level, ok = privacy.ParseLevel(word)
	return level, true, ok
}
