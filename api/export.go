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
	"bivouac/geo/crs"
	"bivouac/geo/layer"
	"bivouac/geo/proximity"
)

// Format is a kind of file that records leave in.
type Format struct {
	ogc.Format
	// Systems says whether shapes may leave in other systems than CRS84.
	Systems bool
	// Packed says that the file is compressed already.
	Packed bool
	// Limits says what files of the schema cannot hold, a sentence each. nil
	// says nothing.
	Limits func(*geo.Schema) []string
	// New begins a file.
	New func(io.Writer, FileHead) (RowWriter, error)
}

// FileHead is what a file says of itself, as far as its format can, and what
// of the records goes into it.
type FileHead struct {
	Schema      *geo.Schema
	Fields      []int       // positions of the fields to write, nil for all
	Beside      []geo.Field // values that each row brings beside its own
	Extra       bool        // some records have source fields without a column
	Heights     bool        // some records have heights
	System      crs.System  // every record has a place in it
	Ordered     bool        // rows come in an order that was asked for
	Highest     geo.Class
	Attribution []string
	At          geo.Time
}

// RowWriter writes one file. Close ends it; Discard gives it up, and does
// nothing after Close. Lost says what of the records written so far the file
// does not hold, beside what its format's Limits say.
type RowWriter interface {
	Write(r geo.Row, beside []geo.Value) error
	Close() error
	Discard()
	Lost() []string
}

// limitsHeader says what a file cannot hold, a sentence each.
const limitsHeader = "Bivouac-Not-Held"

// exported is a file in the making.
type exported struct {
	question params.Items
	layer    *layer.Layer
	format   Format
	head     FileHead
	page     *page // the only rows of it, nil for all
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
	if f := s.format(q.Format); !f.Takes(l.Schema()) {
		return notTaken(&f, l.Schema())
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
	if err := e.begin(r.Context(), FileHead{Highest: v.tally.Highest, Attribution: s.config.Attribution, At: moment.At}); err != nil {
		return err
	}
	h := v.Header()
	h.Set("Content-Disposition", `attachment; filename="`+e.fileName()+`"`)
	h["Accept-Ranges"] = []string{"none"} // it is made as it leaves
	h["Ogc-Numbermatched"] = []string{strconv.Itoa(matched)}
	h[limitsHeader] = e.limits()
	sayCRS(h, q.CRS)
	sayProfile(h, q.Profile)
	if r.Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	return e.send(r.Context(), v.fileBody(r, e.format.Packed), h)
}

// fileBody is the body of a file, which is not compressed twice.
func (v *visit) fileBody(r *http.Request, packed bool) *encode.Body {
	if packed {
		return encode.NewBody(v, http.StatusOK, encode.Plain, v.server.config.Stall)
	}
	return v.body(r)
}

// begin settles the head of the file: it refuses a system that the format or a
// record has no coordinates for, and finds whether there are source fields
// without a column, and heights.
func (e *exported) begin(ctx context.Context, head FileHead) error {
	q := &e.question
	if q.CRS != crs.CRS84 && !e.format.Systems {
		return geo.Errorf(geo.Invalid, "crs", "shapes of a %s file are in CRS84, longitude and latitude; leave crs out, or ask for another format", e.format.ID)
	}
	head.Schema, head.Fields, head.System = e.layer.Schema(), q.Fields, q.CRS
	head.Ordered = q.Select.Sort != nil || q.Near.Near != nil
	if q.Near.Near != nil {
		head.Beside = besideNear
	}
	e.head = head
	if head.System == crs.CRS84 && !e.layer.HasHeights() && (!e.layer.HasExtra() || q.Fields != nil) {
		return nil
	}
	look := inspection{system: head.System, all: q.Fields == nil}
	err := e.rows(ctx, &look)
	e.head.Extra, e.head.Heights = look.extra, look.heights
	return err
}

// inspection looks at the rows of a file before it is begun.
type inspection struct {
	system  crs.System
	all     bool // all fields are written
	extra   bool
	heights bool
}

func (i *inspection) Write(r geo.Row, _ []geo.Value) error {
	i.heights = i.heights || r.Table().Z(r.Number()) != nil
	i.extra = i.extra || i.all && len(r.Table().Extra(r.Number())) > 0
	return checkHeld(r, i.system)
}

func (*inspection) Close() error   { return nil }
func (*inspection) Discard()       {}
func (*inspection) Lost() []string { return nil }

// limits is what the file cannot hold, as far as it is known beforehand.
func (e *exported) limits() []string {
	if e.format.Limits == nil {
		return nil
	}
	asked := *e.head.Schema
	if e.head.Fields != nil {
		asked.Fields = nil
		for _, i := range e.head.Fields {
			asked.Fields = append(asked.Fields, e.head.Schema.Fields[i])
		}
	}
	return ascii(e.format.Limits(&asked))
}

// ascii turns sentences into values of headers.
func ascii(sentences []string) []string {
	for i, s := range sentences {
		sentences[i] = strings.Trim(strconv.QuoteToASCII(s), `"`)
	}
	return sentences
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

// send streams the file, so that memory stays flat however long it is. Where
// nothing has left when all rows are written, the head says what of them was
// lost.
func (e *exported) send(ctx context.Context, b *encode.Body, h http.Header) error {
	err := e.write(ctx, spilling{b}, func(lost []string) {
		h[limitsHeader] = append(h[limitsHeader], ascii(lost)...)
	})
	if err != nil {
		b.Drop()
		return err
	}
	_, err = b.Close()
	return err
}

// write makes the file, and tells what was lost when all rows are in it.
func (e *exported) write(ctx context.Context, to io.Writer, tell func(lost []string)) error {
	w, err := e.format.New(to, e.head)
	if err != nil {
		return err
	}
	defer w.Discard()
	if err := e.rows(ctx, w); err != nil {
		return err
	}
	tell(w.Lost())
	return w.Close()
}

func (e *exported) rows(ctx context.Context, w RowWriter) (err error) {
	if e.page != nil {
		return e.page.writeTo(w)
	}
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
