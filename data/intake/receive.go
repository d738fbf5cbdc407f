package intake

import (
	"errors"
	"io"
	"os"
	"time"

	"bivouac/geo"
	"bivouac/geo/staging"
)

// Receive takes a piece of a file, from where the last one ended.
func (s *Imports) Receive(id string, owner geo.Asker, offset int64, piece io.Reader) (staging.Import, error) {
	x, err := s.enter(id, owner, offset)
	if err != nil {
		return staging.Import{}, err
	}
	n, err := s.write(x, offset, piece)
	s.mu.Lock()
	defer s.mu.Unlock()
	x.busy = false
	x.Received = offset + n
	x.Progress.Done = x.Received
	s.touch(x)
	if err != nil {
		return x.told(), err
	}
	if x.Received == x.Size {
		s.start(x)
		err = s.keep(x)
	}
	return x.told(), err
}

// enter lets one piece at a time in.
func (s *Imports) enter(id string, owner geo.Asker, offset int64) (*item, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, err := s.find(id, owner)
	switch {
	case err != nil:
		return nil, err
	case x.State != staging.Receiving:
		return nil, geo.ErrorOf(geo.Conflict, "Upload-Offset", comeAlready)
	case x.busy:
		return nil, geo.ErrorOf(geo.Conflict, "Upload-Offset", otherPiece)
	case offset != x.Received:
		return nil, geo.ErrorOf(geo.Conflict, "Upload-Offset", otherOffset, x.Received)
	}
	x.busy = true
	return x, nil
}

// write adds the piece to the file, and returns how many bytes of it are kept.
func (s *Imports) write(x *item, offset int64, piece io.Reader) (n int64, err error) {
	file, err := os.OpenFile(s.path(x), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return 0, onDisk(err)
	}
	defer func() {
		if closed := errors.Join(file.Sync(), file.Close()); err == nil {
			err = onDisk(closed)
		}
	}()
	// What a piece that broke off left behind the last byte that was counted.
	if err := file.Truncate(offset); err != nil {
		return 0, onDisk(err)
	}
	if _, err := file.Seek(offset, io.SeekStart); err != nil {
		return 0, onDisk(err)
	}
	w := &arriving{imports: s, item: x, offset: offset, file: file, begun: time.Now()}
	n, err = io.Copy(w, io.LimitReader(piece, x.Size-offset))
	switch {
	case w.failed != nil:
		return n, onDisk(w.failed)
	case err != nil:
		return n, &geo.Error{Code: geo.Invalid, Where: "body", Text: "the piece did not arrive whole; what came is kept, HEAD says how much, go on from there", Cause: err}
	}
	if more, _ := piece.Read(make([]byte, 1)); more > 0 {
		return n, geo.ErrorOf(geo.TooLarge, "body", moreBytes, x.Size)
	}
	return n, nil
}

// arriving tells how fast a file comes while it is written.
type arriving struct {
	imports *Imports
	item    *item
	offset  int64
	n       int64
	file    *os.File
	failed  error
	begun   time.Time
	told    time.Time
}

func (a *arriving) Write(p []byte) (int, error) {
	n, err := a.file.Write(p)
	a.n += int64(n)
	a.failed = err
	if now := time.Now(); now.Sub(a.told) >= tellEvery {
		a.told = now
		a.imports.progress(a.item, a.offset+a.n, float64(a.n)/now.Sub(a.begun).Seconds())
	}
	return n, err
}

// tellEvery is how often progress is told.
const tellEvery = 500 * time.Millisecond

// progress notes how far the work on an import is.
func (s *Imports) progress(x *item, done int64, rate float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x.Progress.Done, x.Progress.Rate, x.Progress.LeftS = done, rate, 0
	if left := x.Progress.Total - done; left > 0 && rate > 0 {
		x.Progress.LeftS = float64(left) / rate
	}
	s.touch(x)
}
