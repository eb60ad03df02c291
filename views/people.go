package views

// tilesAcross is the largest number of tiles in a row. As many blanks less one
// follow the last tile; CSS shows those that fill its row.
const tilesAcross = 8

func tileClass(t Tile, known bool) string {
	switch {
	case !known:
		return "tile"
	case t.Alarm:
		return "tile alarm"
	case t.State.Glyph == "free":
		return "tile is-free"
	}
	return "tile"
}

// tileLabel is what a screen reader hears of a tile's link.
func tileLabel(t Tile, known bool) string {
	label := t.Name
	if !known {
		return label
	}
	if t.State.Word != "" {
		label += ", " + t.State.Word
	}
	if t.With != "" {
		label += ", " + t.With
	}
	return label
}

// nought reports numbers that a table prints faintly: nothing, or unknown.
func nought(w *Words, s string) bool { return s == "0" || s == "–" || s == w.NA || s == "" }
