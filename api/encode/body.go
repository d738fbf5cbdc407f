package encode

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Sizes of what is sent.
const (
	pieceBytes = 256 << 10 // a longer answer is sent in pieces of about this
	packedFrom = 1 << 10   // a shorter one is not worth compressing
	keptBytes  = 512 << 10
)

// Body collects the bytes of one answer and sends them. It serves one
// goroutine; Close or Drop gives it back.
type Body struct {
	B []byte // append to this, then Spill

	w       http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
	status  int
	coding  Coding
	pack    packer
	started bool
	sent    int64
}

var bodies = sync.Pool{New: func() any { return &Body{B: make([]byte, 0, pieceBytes+pieceBytes/2)} }}

// NewBody returns an empty Body for an answer of the status to w. A piece that
// the reader does not take within stall is an error.
func NewBody(w http.ResponseWriter, status int, coding Coding, stall time.Duration) *Body {
	b := bodies.Get().(*Body)
	*b = Body{B: b.B[:0], w: w, control: http.NewResponseController(w), stall: stall, status: status, coding: coding}
	return b
}

// Spill sends what has been appended once it is a piece. Its error means that
// the reader is gone or the answer cannot be finished.
func (b *Body) Spill() error {
	if len(b.B) < pieceBytes {
		return nil
	}
	return b.send()
}

func (b *Body) send() error {
	if !b.started {
		b.start(-1)
	}
	err := b.write(b.B)
	b.B = b.B[:0]
	return err
}

// start writes the head; length is that of the whole answer, -1 if unknown.
func (b *Body) start(length int) {
	b.started = true
	h := b.w.Header()
	if b.coding != Plain && (length < 0 || length >= packedFrom) {
		h.Set("Content-Encoding", string(b.coding))
		b.pack = packers[b.coding].Get().(packer)
		b.pack.Reset(counted{b})
	} else if length >= 0 {
		h.Set("Content-Length", strconv.Itoa(length))
	}
	b.w.WriteHeader(b.status)
}

func (b *Body) write(p []byte) error {
	b.deadline()
	if b.pack != nil {
		_, err := b.pack.Write(p)
		return err
	}
	_, err := counted{b}.Write(p)
	return err
}

// deadline gives the reader time for the next piece. A writer that knows no
// deadlines, as in tests, is none the worse.
func (b *Body) deadline() {
	_ = b.control.SetWriteDeadline(time.Now().Add(b.stall))
}

// counted counts what leaves.
type counted struct{ b *Body }

func (c counted) Write(p []byte) (int, error) {
	n, err := c.b.w.Write(p)
	c.b.sent += int64(n)
	return n, err
}

// Close sends the rest and gives the Body back. It returns how many bytes
// left, as coded.
func (b *Body) Close() (int64, error) {
	if !b.started {
		b.start(len(b.B))
	}
	err := b.write(b.B)
	if b.pack != nil && err == nil {
		err = b.pack.Close()
	}
	sent := b.sent
	b.release()
	return sent, err
}

// All sends bytes that are at hand as the whole answer, and gives the Body
// back.
func (b *Body) All(p []byte) error {
	b.start(len(p))
	for len(p) > 0 {
		n := min(len(p), pieceBytes)
		if err := b.write(p[:n]); err != nil {
			b.release()
			return err
		}
		p = p[n:]
	}
	_, err := b.Close()
	return err
}

// Drop gives the Body back without sending the rest, and reports whether
// something was sent already: then the answer is cut and the connection must
// be, too.
func (b *Body) Drop() (cut bool) {
	cut = b.started
	b.release()
	return cut
}

func (b *Body) release() {
	if b.pack != nil {
		b.pack.Reset(nil)
		packers[b.coding].Put(b.pack)
	}
	if cap(b.B) > keptBytes {
		return // one long answer shall not be held for good
	}
	*b = Body{B: b.B[:0]}
	bodies.Put(b)
}
