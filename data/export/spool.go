package export

import (
	"bufio"
	"io"
	"os"

	"bivouac/geo"
)

// nothing is for writers that keep no file and lose nothing but what Holds
// says.
type nothing struct{}

// Discard does nothing.
func (nothing) Discard() {}

// Lost returns nothing.
func (nothing) Lost() []string { return nil }

// spool is a temporary file that is written once, from its start, and then
// read once.
type spool struct {
	file *os.File
	w    *bufio.Writer
	size int64
}

// spoolBuffer is what a spool keeps in memory.
const spoolBuffer = 256 << 10

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "bivouac-export-*")
	if err != nil {
		return nil, noRoom(err)
	}
	return &spool{file: f, w: bufio.NewWriterSize(f, spoolBuffer)}, nil
}

// noRoom says what to do when the temporary folder takes no more.
func noRoom(err error) error {
	return geo.Errorf(geo.Unavailable, "", "the file cannot be made in the temporary folder %s; make room there, or ask for a format that needs none, such as geojson: %w", os.TempDir(), err)
}

func (s *spool) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.size += int64(n)
	if err != nil {
		err = noRoom(err)
	}
	return n, err
}

// reader returns all that was written, from the start.
func (s *spool) reader() (*bufio.Reader, error) {
	if err := s.w.Flush(); err != nil {
		return nil, noRoom(err)
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, noRoom(err)
	}
	return bufio.NewReaderSize(s.file, spoolBuffer), nil
}

// copyTo writes all of it to w.
func (s *spool) copyTo(w io.Writer) error {
	r, err := s.reader()
	if err == nil {
		_, err = io.CopyBuffer(plain{w}, plainReader{r}, make([]byte, spoolBuffer))
	}
	return err
}

// plain and plainReader hide the short cuts of io.Copy, which would hand over
// pieces of any size.
type plain struct{ io.Writer }
type plainReader struct{ io.Reader }

// remove ends the file. A nil spool has none.
func (s *spool) remove() {
	if s == nil || s.file == nil {
		return
	}
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
	s.file = nil
}
