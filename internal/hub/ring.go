package hub

// The ring's bounds: four frames a second make 256 frames last a minute, more
// than any reconnect takes; a reader further behind is cheaper off with a
// snapshot.
const (
	ringFrames = 256
	ringBytes  = 1 << 20
)

// A frame is one encoded patch. It leads from frame prev of its view to n.
type frame struct {
	n, prev uint64
	id      string
	data    []byte
}

// A ring holds the newest frames of one view, oldest first.
type ring struct {
	frames []frame
	bytes  int
}

// add appends a frame and drops the oldest beyond the bounds.
func (r *ring) add(f frame) {
	r.frames = append(r.frames, f)
	r.bytes += len(f.data)
	drop := 0
	for drop < len(r.frames) && (len(r.frames)-drop > ringFrames || r.bytes > ringBytes) {
		r.bytes -= len(r.frames[drop].data)
		r.frames[drop] = frame{}
		drop++
	}
	r.frames = r.frames[drop:]
}

// after returns the frames that lead from a cursor to the newest, and how many
// bytes they have. ok is false if the cursor is not one of the ring's.
func (r *ring) after(cursor uint64) (frames []frame, bytes int, ok bool) {
	for i := len(r.frames) - 1; i >= 0; i-- {
		bytes += len(r.frames[i].data)
		if r.frames[i].prev == cursor {
			return r.frames[i:], bytes, true
		}
	}
	return nil, 0, false
}
