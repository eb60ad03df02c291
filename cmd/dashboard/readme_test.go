package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"callboard/internal/rules"
	"callboard/internal/teams"
)

// The examples of the README work when they are pasted.
func TestReadmeExamples(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	settings, groups := 0, 0
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(text, -1) {
		if strings.HasPrefix(string(m[1]), "teams:") {
			groups++
			_, err = teams.Parse("teams.yaml", m[1])
		} else {
			settings++
			_, err = rules.Parse("settings.yaml", m[1])
		}
		if err != nil {
			t.Error(err)
		}
	}
	if settings == 0 || groups == 0 {
		t.Errorf("%d examples of settings, %d of teams", settings, groups)
	}
}
