package intake

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/staging"
)

// A spool keeps the rows of a comparison on the disk, one file a kind, so that
// memory does not grow with them and a page of one kind is read from where it
// stands. Each row lies behind its length and a checksum.
const headBytes = 8

var table = crc32.MakeTable(crc32.Castagnoli)

func spoolPath(dir string, k staging.Kind) string { return filepath.Join(dir, string(k)+".rows") }

// spool writes rows.
type spool struct {
	files map[staging.Kind]*os.File
	outs  map[staging.Kind]*bufio.Writer
	b     []byte
}

// newSpool makes the files, in place of those that were there.
func newSpool(dir string) (*spool, error) {
	s := &spool{files: map[staging.Kind]*os.File{}, outs: map[staging.Kind]*bufio.Writer{}}
	for _, name := range staging.Kinds() {
		k := staging.Kind(name)
		file, err := os.OpenFile(spoolPath(dir, k), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			s.close()
			return nil, onDisk(err)
		}
		s.files[k], s.outs[k] = file, bufio.NewWriterSize(file, 256<<10)
	}
	return s, nil
}

// put adds a row. Of one that stays the same its keys are kept alone.
func (s *spool) put(r *staging.Row) error {
	b := append(s.b[:0], make([]byte, headBytes)...)
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(r.Row)), uint64(r.Line))
	b = appendText(binary.AppendVarint(b, int64(r.Key)), r.SourceID)
	var err error
	switch r.Kind {
	case staging.Added:
		b, err = appendFeature(b, r.After)
	case staging.Changed:
		b = binary.AppendUvarint(b, uint64(len(r.Fields)))
		for _, name := range r.Fields {
			b = appendText(b, name)
		}
		if b, err = appendFeature(b, r.Before); err == nil {
			b, err = appendFeature(b, r.After)
		}
	case staging.Deleted:
		b, err = appendFeature(b, r.Before)
	case staging.Refused:
		b = appendText(appendText(appendText(b, r.Field), r.Reason), string(r.Record))
		b = append(b, geojson.AppendValue(nil, r.Said.Record())...)
	}
	s.b = b
	if err != nil {
		return err
	}
	binary.LittleEndian.PutUint32(b, uint32(len(b)-headBytes))
	binary.LittleEndian.PutUint32(b[4:], crc32.Checksum(b[headBytes:], table))
	_, err = s.outs[r.Kind].Write(b)
	return onDisk(err)
}

// close ends the files. They are not synced: what a power cut takes of them is
// missed by its checksum, or by the count of the rows, before any is taken.
func (s *spool) close() error {
	var all []error
	for k, file := range s.files {
		all = append(all, s.outs[k].Flush(), file.Close())
	}
	return onDisk(errors.Join(all...))
}

// onDisk says what a person can do about an error of the disk.
func onDisk(err error) error {
	var known *geo.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, errTorn):
		return geo.ErrorOf(geo.Conflict, "import", rowsLost)
	}
	return geo.ErrorOf(geo.Unavailable, "import", diskFull, err)
}

// spooled reads rows of one kind from an offset on.
type spooled struct {
	file   *os.File
	in     *bufio.Reader
	kind   staging.Kind
	schema *geo.Schema
	at     int64
	b      []byte
}

func openSpool(dir string, k staging.Kind, schema *geo.Schema, at int64) (*spooled, error) {
	file, err := os.Open(spoolPath(dir, k))
	if err != nil {
		return nil, onDisk(err)
	}
	if _, err := file.Seek(at, io.SeekStart); err != nil {
		file.Close()
		return nil, onDisk(err)
	}
	return &spooled{file: file, in: bufio.NewReaderSize(file, 256<<10), kind: k, schema: schema, at: at}, nil
}

func (s *spooled) close() { s.file.Close() }

// next reads the next row; io.EOF is behind the last.
func (s *spooled) next() (staging.Row, error) {
	r := staging.Row{Kind: s.kind}
	var head [headBytes]byte
	if _, err := io.ReadFull(s.in, head[:]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return r, errTorn
		}
		return r, err
	}
	size := int(binary.LittleEndian.Uint32(head[:]))
	if size > maxRowBytes {
		return r, errTorn
	}
	s.b = slices.Grow(s.b[:0], size)[:size]
	if _, err := io.ReadFull(s.in, s.b); err != nil || crc32.Checksum(s.b, table) != binary.LittleEndian.Uint32(head[4:]) {
		return r, errTorn
	}
	s.at += int64(size) + headBytes
	return decodeRow(s.kind, s.schema, s.b)
}

// decoded is rows in the order of the spool, and what ended them.
type decoded struct {
	rows []staging.Row
	err  error
}

// A block of decoded rows has at most so many, and begins with less than so many
// bytes: a few blocks wait in memory.
const (
	blockRows  = 256
	blockBytes = 1 << 20
)

// ahead decodes the rows in a goroutine of its own while those before are taken.
// The last block has an error, io.EOF behind the last row; stop gives the rest
// up, and returns when nothing is read any more.
func (s *spooled) ahead() (blocks <-chan decoded, stop func()) {
	out, done := make(chan decoded, 3), make(chan struct{})
	go func() {
		defer close(out)
		for end := false; !end; {
			var b decoded
			for from := s.at; len(b.rows) < blockRows && s.at-from < blockBytes && !end; {
				r, err := s.next()
				if end = err != nil; end {
					b.err = err
				} else {
					b.rows = append(b.rows, r)
				}
			}
			select {
			case out <- b:
			case <-done:
				return
			}
		}
	}()
	return out, func() {
		close(done)
		for range out {
		}
	}
}

// decodeRow reads what put wrote behind the head of a row.
func decodeRow(k staging.Kind, schema *geo.Schema, b []byte) (staging.Row, error) {
	d := decoder{b: b}
	r := staging.Row{Kind: k, Row: d.uint(), Line: d.uint(), Key: geo.Key(d.int()), SourceID: d.text()}
	switch k {
	case staging.Added:
		r.After = d.feature(schema)
	case staging.Changed:
		for n := d.uint(); n > 0 && !d.bad; n-- {
			r.Fields = append(r.Fields, d.text())
		}
		r.Before, r.After = d.feature(schema), d.feature(schema)
	case staging.Deleted:
		r.Before = d.feature(schema)
	case staging.Refused:
		r.Field, r.Reason = d.text(), d.text()
		if record := d.text(); record != "" {
			r.Record = []byte(record)
		}
		said, err := geojson.ParseValue(d.take(len(d.b)))
		if err != nil {
			return r, errTorn
		}
		r.Said = geo.SaidOf(said)
	}
	return r, d.err()
}

// maxRowBytes is more than any row of a file may have.
const maxRowBytes = 256 << 20

// page reads rows from where a page before ended.
func page(dir string, schema *geo.Schema, q staging.Query) (staging.Page, error) {
	out := staging.Page{Schema: *schema}
	at := int64(0)
	if q.After != "" {
		var err error
		if at, err = strconv.ParseInt(q.After, 10, 64); err != nil || at < 0 {
			return out, badPlace(q.After)
		}
	}
	s, err := openSpool(dir, q.Kind, schema, at)
	if err != nil {
		return out, err
	}
	defer s.close()
	for len(out.Rows) < q.Limit {
		r, err := s.next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if errors.Is(err, errTorn) && len(out.Rows) == 0 && at > 0 {
			return out, badPlace(q.After)
		}
		if err != nil {
			return out, onDisk(err)
		}
		out.Rows = append(out.Rows, r)
	}
	if _, err := s.in.Peek(1); err == nil {
		out.Next = strconv.FormatInt(s.at, 10)
	}
	return out, nil
}

func badPlace(after string) error {
	return geo.ErrorOf(geo.Invalid, "after", noSuchPlace, fmt.Sprintf("%.40q", after))
}
