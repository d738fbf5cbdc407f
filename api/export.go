package api

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/proximity"
)

// Format is a kind of file that records leave in.
type Format struct {
	ogc.Format
	// New begins a file.
	New func(io.Writer, FileHead) RowWriter
}

// FileHead is what a file says of itself, as far as its format can.
type FileHead struct {
	Schema      *geo.Schema
	Beside      []geo.Field // values that each row brings beside its own
	Highest     geo.Class
	Attribution []string
	At          geo.Time
}

// RowWriter writes one file. Close ends it.
type RowWriter interface {
	Write(r geo.Row, beside []geo.Value) error
	Close() error
}

// exported is a file in the making.
type exported struct {
	question params.Items
	layer    *layer.Layer
	format   Format
	head     FileHead
}

// export answers all records that are asked for as one file. They are counted
// first: the marking and the audit go before the first byte.
func (s *Server) export(c echo.Context) error {
	if c.QueryParam("f") == archiveFormat.ID {
		return s.archive(c)
	}
	snap, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	r, v := c.Request(), visitOf(c)
	q, err := params.ParseExport(r.URL.RawQuery, l.Schema(), s.readerOf(c), s.about.FormatIDs())
	if err != nil {
		return err
	}
	if err := s.checkSystems(c, l, &q); err != nil {
		return err
	}
	moment := snap.Changed(q.Select.Reader, l)
	v.version = moment.Version
	e := exported{question: q, layer: l, format: s.format(q.Format)}
	tag := e.tag(snap.Store, moment.Version, codingOf(r), s.config.Build)
	if v.fresh(r, e.format.Media, tag) {
		return nil
	}
	matched, err := e.count(watched(c))
	if err != nil {
		return err
	}
	v.export(matched)
	e.head = FileHead{Schema: l.Schema(), Highest: v.tally.Highest, Attribution: s.config.Attribution, At: moment.At}
	if q.Near.Near != nil {
		e.head.Beside = besideNear
	}
	h := v.Header()
	h.Set("Content-Disposition", `attachment; filename="`+e.fileName()+`"`)
	h["Accept-Ranges"] = []string{"none"} // it is made as it leaves
	h["Ogc-Numbermatched"] = []string{strconv.Itoa(matched)}
	sayCRS(h, q.CRS)
	sayProfile(h, q.Profile)
	if r.Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	return e.send(r.Context(), v.body(r))
}

func (s *Server) format(id string) Format {
	for _, f := range s.config.Formats {
		if f.ID == id {
			return f
		}
	}
	return s.config.Formats[0]
}

// tag is a hash of all that the file follows from.
func (e *exported) tag(store string, v geo.Version, coding encode.Coding, build string) string {
	return encode.Tag([]byte(e.layer.Schema().Name), e.question.Append(nil), []byte(e.format.ID),
		strconv.AppendInt(nil, int64(v), 10), []byte(store), []byte(coding), []byte(build))
}

// fileName says what the file holds, and how high it is classified where that
// is above unclassified: a file outlives its headers.
func (e *exported) fileName() string {
	name := strings.Map(func(r rune) rune {
		if r == '"' || r == '/' || r == '\\' || r < ' ' || r > '~' {
			return '_'
		}
		return r
	}, e.layer.Schema().Name)
	if e.head.Highest > geo.Unclassified {
		name += "-" + e.head.Highest.String()
	}
	return name + e.format.Extension
}

// count counts the records, and how high they are classified. The k nearest
// are known only by walking to them.
func (e *exported) count(ctx context.Context) (n int, err error) {
	q := &e.question
	switch {
	case q.Near.Near == nil:
		return e.layer.Count(ctx, q.Select)
	case q.Near.K == 0:
		return proximity.Count(ctx, e.layer, q.Near, q.Select)
	}
	hits, failed := proximity.Search(ctx, e.layer, q.Near, q.Select)
	for range hits {
		n++
	}
	return n, failed()
}

// send streams the file, so that memory stays flat however long it is.
func (e *exported) send(ctx context.Context, b *encode.Body) error {
	w := e.format.New(spilling{b}, e.head)
	err := e.rows(ctx, w)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		b.Drop()
		return err
	}
	_, err = b.Close()
	return err
}

func (e *exported) rows(ctx context.Context, w RowWriter) (err error) {
	if e.question.Near.Near != nil {
		return e.hits(ctx, w)
	}
	rows, failed := e.layer.Select(ctx, e.question.Select)
	for r := range rows {
		if err = w.Write(r, nil); err != nil {
			return err
		}
	}
	return failed()
}

func (e *exported) hits(ctx context.Context, w RowWriter) (err error) {
	hits, failed := proximity.Search(ctx, e.layer, e.question.Near, e.question.Select)
	var beside [2]geo.Value
	for h := range hits {
		beside[0], beside[1] = besideOf(&h)
		if err = w.Write(h.Row, beside[:]); err != nil {
			return err
		}
	}
	return failed()
}

// spilling is a Body as a file writer knows it.
type spilling struct{ b *encode.Body }

func (s spilling) Write(p []byte) (int, error) {
	s.b.B = append(s.b.B, p...)
	return len(p), s.b.Spill()
}
