package views

import "strings"

// joinDots joins what is there of some texts.
func joinDots(texts ...string) string {
	var there []string
	for _, t := range texts {
		if t != "" {
			there = append(there, t)
		}
	}
	return strings.Join(there, ", ")
}
