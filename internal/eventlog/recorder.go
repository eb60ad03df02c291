package eventlog

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"sync"
	"time"
)

// Bounds of the flight recorder's memory and of its blocks, in bytes.
const (
	blockBytes  = 64 << 10
	blockAge    = 10 * time.Second
	mostPending = 1 << 20 // while the disk takes nothing
	mostBody    = 768 << 10
	mostBlock   = 4 << 20 // no block that was read is larger
)

// A recorder joins frames to blocks.
type recorder struct {
	mu       sync.Mutex
	most     int
	raw      []byte // frames one after another
	spare    []byte
	span     span
	since    time.Time // when the first frame of raw came
	packing  []byte    // frames that are being compressed
	sealed   []byte    // compressed, waits for the disk
	of       span
	last     int64 // id of the last block on disk
	recorded uint64
	lost     uint64
}

type span struct{ from, to int64 }

// RecordFrame keeps what the PBX sent for the flight recorder. It never waits:
// when the disk takes nothing, frames beyond one megabyte are counted as lost.
// It reaches the disk after ten seconds at most. The body is copied; one of
// more than 768 kB is lost.
func (d *Disk) RecordFrame(f Frame) {
	r := &d.recorder
	r.mu.Lock()
	if len(f.Body) > mostBody || len(r.raw)+len(f.Body) > r.most {
		r.lost++
		r.mu.Unlock()
		return
	}
	at := f.At.UnixNano()
	if len(r.raw) == 0 {
		r.since, r.span = time.Now(), span{at, at}
	}
	r.span.from, r.span.to = min(r.span.from, at), max(r.span.to, at)
	r.raw = binary.AppendVarint(r.raw, at)
	r.raw = binary.AppendUvarint(r.raw, uint64(len(f.Kind)))
	r.raw = append(r.raw, f.Kind...)
	r.raw = binary.AppendUvarint(r.raw, uint64(len(f.Body)))
	r.raw = append(r.raw, f.Body...)
	r.recorded++
	full := len(r.raw) >= blockBytes
	r.mu.Unlock()
	if full {
		select {
		case d.kick <- struct{}{}:
		default:
		}
	}
}

func (r *recorder) counts() (recorded, lost uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.recorded, r.lost
}

// waiting reports that a block should go to the disk.
func (r *recorder) waiting() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.due(false)
}

// due reports that there is a block, or should be one.
func (r *recorder) due(force bool) bool {
	return r.sealed != nil || len(r.raw) >= blockBytes || len(r.raw) > 0 && (force || time.Since(r.since) >= blockAge)
}

// block gives the block that should go to the disk, nil if there is none. It
// stays the same until written is called.
func (r *recorder) block(z *squeezer, force bool) ([]byte, span) {
	r.mu.Lock()
	if !r.due(force) || r.sealed != nil {
		defer r.mu.Unlock()
		return r.sealed, r.of
	}
	raw, of := r.raw, r.span
	r.raw, r.spare, r.packing = r.spare[:0], nil, raw
	r.mu.Unlock()
	sealed := z.squeeze(raw) // frames go on meanwhile
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.packing == nil { // cleared meanwhile
		return nil, of
	}
	r.packing, r.sealed, r.of = nil, sealed, of
	if cap(raw) <= 2*blockBytes {
		r.spare = raw[:0]
	}
	return r.sealed, r.of
}

// written notes the id under which the block is on disk.
func (r *recorder) written(id int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sealed, r.last = nil, id
}

// isAt notes where another file stands.
func (r *recorder) isAt(id int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = id
}

// clear forgets what has not reached the disk.
func (r *recorder) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.raw, r.spare, r.packing, r.sealed = nil, nil, nil, nil
}

// Frames calls fn with the recorded frames from one time to another, both
// included, in the order in which they came, as far as they are still there. A
// block that the disk has spoilt is passed over and counted as unreadable.
func (d *Disk) Frames(ctx context.Context, from, to time.Time, fn func(Frame) error) error {
	lo, hi := from.UnixNano(), to.UnixNano()
	give := func(raw []byte) error {
		return frames(raw, func(f Frame) error {
			if at := f.At.UnixNano(); at < lo || at > hi {
				return nil
			}
			return fn(f)
		})
	}
	// A block is either on disk up to last or in memory, whatever the writer
	// does meanwhile: none is told twice, none left out.
	d.recorder.mu.Lock()
	raw, packing, sealed, before := bytes.Clone(d.recorder.raw), bytes.Clone(d.recorder.packing), d.recorder.sealed, d.recorder.last
	d.recorder.mu.Unlock()
	for id := int64(0); ; {
		var block []byte
		ok, err := d.ask(ctx, func(s *store) error {
			block = nil
			rows, err := s.Read.QueryContext(ctx, "SELECT id, body FROM frame WHERE id>? AND id<=? AND to_at>=? AND from_at<=? ORDER BY id LIMIT 1", id, before, lo, hi)
			if err != nil {
				return err
			}
			defer rows.Close()
			if rows.Next() {
				if err := rows.Scan(&id, &block); err != nil {
					return err
				}
			}
			return rows.Err()
		})
		if err != nil {
			return err
		}
		if !ok || block == nil {
			break
		}
		text, err := stretch(block)
		if err != nil {
			d.unreadable.Add(1)
			continue
		}
		if err := give(text); err != nil {
			return err
		}
	}
	if sealed != nil {
		if text, err := stretch(sealed); err == nil {
			if err := give(text); err != nil {
				return err
			}
		}
	}
	if err := give(packing); err != nil {
		return err
	}
	return give(raw)
}

// frames reads a block.
func frames(b []byte, fn func(Frame) error) error {
	text := func() ([]byte, bool) {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			return nil, false
		}
		out := b[k : k+int(n)]
		b = b[k+int(n):]
		return out, true
	}
	for len(b) > 0 {
		at, k := binary.Varint(b)
		if k <= 0 {
			return errors.New("eventlog: a block of frames is spoilt")
		}
		b = b[k:]
		kind, ok1 := text()
		body, ok2 := text()
		if !ok1 || !ok2 {
			return errors.New("eventlog: a block of frames is spoilt")
		}
		if err := fn(Frame{At: momentOf(at), Kind: string(kind), Body: bytes.Clone(body)}); err != nil {
			return err
		}
	}
	return nil
}

// A squeezer compresses. It keeps its tables, which are larger than most of
// what it is given.
type squeezer struct {
	mu  sync.Mutex
	z   *flate.Writer
	buf bytes.Buffer
}

// squeeze gives a sum of four bytes and the compressed text.
func (s *squeezer) squeeze(text []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.buf.Reset()
	s.buf.Write(binary.BigEndian.AppendUint32(nil, crc32.Checksum(text, crc)))
	if s.z == nil {
		s.z, _ = flate.NewWriter(&s.buf, flate.BestSpeed) // fails for unknown levels only
	} else {
		s.z.Reset(&s.buf)
	}
	_, _ = s.z.Write(text) // into memory
	_ = s.z.Close()
	out := bytes.Clone(s.buf.Bytes())
	if s.buf.Cap() > 4*blockBytes {
		s.buf = bytes.Buffer{}
	}
	return out
}

// stretch is squeeze undone. It fails on whatever squeeze did not make.
func stretch(b []byte) ([]byte, error) {
	return stretchUpTo(b, mostBlock)
}

func stretchUpTo(b []byte, most int64) ([]byte, error) {
	if len(b) < 4 {
		return nil, errors.New("eventlog: a block is cut off")
	}
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b[4:])), most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > most || crc32.Checksum(text, crc) != binary.BigEndian.Uint32(b) {
		return nil, errors.New("eventlog: a block is not what was written")
	}
	return text, nil
}
