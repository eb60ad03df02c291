package views

import (
	"context"
	"testing"
)

// Pages are the documents of the golden files; Texts are the words of a
// language by the path of their field.
var (
	Pages = pages
	Texts = texts
)

// StoryIn renders the items of stories with other words until the test ends.
func StoryIn(t *testing.T, ctx context.Context) {
	before := storyContext
	storyContext = ctx
	t.Cleanup(func() { storyContext = before })
}
