package views

import (
	"context"
	"io"
	"testing"
)

func BenchmarkRow(b *testing.B) {
	row, ctx := storyRows()[6], context.Background()
	b.ReportAllocs()
	for b.Loop() {
		if err := RowItem(row).Render(ctx, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBoardPage(b *testing.B) {
	board, ctx := storyBoard(), context.Background()
	b.ReportAllocs()
	for b.Loop() {
		if err := BoardPage(board).Render(ctx, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
