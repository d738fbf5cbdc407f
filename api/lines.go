package api

import (
	"io"
	"sync"
	"time"
)

// Lines gathers log lines and writes them together: a write for each request
// would cost as much as many an answer. Close writes what is left, so that a
// program that stops in order loses none.
type Lines struct {
	mu      sync.Mutex
	to      io.Writer
	waiting []byte
	timer   *time.Timer
	err     error
}

// Sizes of what waits: not longer than a reader of the log notices.
const (
	linesBytes = 32 << 10
	linesWait  = 200 * time.Millisecond
)

// NewLines returns Lines that write to w.
func NewLines(w io.Writer) *Lines {
	l := &Lines{to: w}
	l.timer = time.AfterFunc(time.Hour, l.late)
	l.timer.Stop()
	return l
}

// Write takes whole lines. An error of the writer beneath is that of an
// earlier Write.
func (l *Lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 {
		l.timer.Reset(linesWait)
	}
	l.waiting = append(l.waiting, p...)
	if len(l.waiting) >= linesBytes {
		l.flush()
	}
	return len(p), l.err
}

// Close writes what waits.
func (l *Lines) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.timer.Stop()
	l.flush()
	return l.err
}

func (l *Lines) late() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flush()
}

func (l *Lines) flush() {
	if len(l.waiting) == 0 {
		return
	}
	_, l.err = l.to.Write(l.waiting)
	l.waiting = l.waiting[:0]
}
