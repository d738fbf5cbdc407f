package geojson

import (
	"bytes"
	"errors"
	"io"

	"bivouac/geo"
)

// window is the stretch of the text that is in memory: what was read and not
// yet used up.
type window struct {
	r     io.Reader
	buf   []byte
	start int   // of what is not used up
	base  int64 // offset of buf[0] in the text
	eof   bool
	lines int // line breaks before counted
	seen  int // place in buf up to which they are counted
}

const windowBytes = 256 << 10

func (w *window) rest() []byte { return w.buf[w.start:] }

// offset of the first byte that is not used up.
func (w *window) offset() int64 { return w.base + int64(w.start) }

// line of the first byte that is not used up, 1 for the first.
func (w *window) line() int {
	if w.start > w.seen {
		w.lines += bytes.Count(w.buf[w.seen:w.start], newline)
		w.seen = w.start
	}
	return w.lines + 1
}

var newline = []byte{'\n'}

// more reads on. It is an error if the feature at hand is too long, or if the
// reader fails; at the end of the text it sets eof.
func (w *window) more() error {
	if len(w.buf)-w.start >= MaxFeatureBytes {
		return geo.ErrorOf(geo.TooLarge, "", largeFeature, w.line(), MaxFeatureBytes>>20)
	}
	w.line()
	if w.start > 0 {
		n := copy(w.buf, w.buf[w.start:])
		w.buf = w.buf[:n]
		w.base += int64(w.start)
		w.seen -= w.start
		w.start = 0
	}
	if len(w.buf) == cap(w.buf) {
		grown := make([]byte, len(w.buf), max(windowBytes, 2*cap(w.buf)))
		copy(grown, w.buf)
		w.buf = grown
	}
	for tries := 0; tries < 100; tries++ {
		n, err := w.r.Read(w.buf[len(w.buf):cap(w.buf)])
		w.buf = w.buf[:len(w.buf)+n]
		switch {
		case errors.Is(err, io.EOF):
			w.eof = true
			return nil
		case err != nil:
			return err
		case n > 0:
			return nil
		}
	}
	return io.ErrNoProgress
}
