package main

import (
	"context"
	"io"

	"callboard/internal/rules"
)

// printSettings prints a settings file that says what holds without one.
func printSettings(_ context.Context, c *call) error {
	if err := newFlags(c, "").parse(c); err != nil {
		return err
	}
	_, err := io.WriteString(c.stdout, rules.Default().YAML())
	return err
}
