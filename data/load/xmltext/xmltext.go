// Package xmltext answers which elements an XML text holds, in whatever
// encoding it is: one after the other, and one with all that it holds as a
// tree. Neither a text nor a tree may fill the memory, and nothing outside the
// text is ever read.
package xmltext

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"bivouac/geo"
)

const (
	mostBytes = 64 << 20 // of one text, or of one tree
	mostDepth = 64
	mostNodes = 2 << 20 // of one tree
)

// Reader reads a text.
type Reader struct {
	in   *xml.Decoder
	gate *gate
}

// New returns a reader of r. Byte order marks and the encoding that the text
// names are heeded.
func New(r io.Reader) *Reader {
	b := bufio.NewReaderSize(r, 64<<10)
	start, _ := b.Peek(3)
	g := &gate{in: b}
	marked := true
	switch {
	case strings.HasPrefix(string(start), "\xff\xfe"), strings.HasPrefix(string(start), "\xfe\xff"):
		g.in = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(b)
	case string(start) == "\xef\xbb\xbf":
		_, _ = b.Discard(3)
	default:
		marked = false
	}
	x := &Reader{in: xml.NewDecoder(g), gate: g}
	x.in.Entity = xml.HTMLEntity
	x.in.CharsetReader = func(name string, in io.Reader) (io.Reader, error) {
		if marked {
			return in, nil
		}
		page, err := htmlindex.Get(name)
		if err != nil {
			return nil, geo.ErrorOf(geo.Unsupported, "", otherEncoding, fmt.Sprintf("%.40q", name))
		}
		return page.NewDecoder().Reader(in), nil
	}
	return x
}

// gate lets so many bytes through for one token.
type gate struct {
	in   io.Reader
	left int
}

func (g *gate) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, geo.ErrorOf(geo.TooLarge, "", longText, mostBytes>>20)
	}
	n, err := g.in.Read(p)
	g.left -= n
	return n, err
}

// Token returns the next token, io.EOF behind the last. Its bytes last until
// the next one is read.
func (r *Reader) Token() (xml.Token, error) {
	r.gate.left = mostBytes
	t, err := r.in.Token()
	if err == nil || errors.Is(err, io.EOF) {
		return t, err
	}
	return nil, r.explain(err)
}

// explain turns an error into one for people.
func (r *Reader) explain(err error) error {
	line, _ := r.in.InputPos()
	var known *geo.Error
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &known):
		return geo.ErrorOf(known.Code, "", inLine, line, known.Said())
	case errors.As(err, &syntax) && syntax.Msg == "unexpected EOF", errors.Is(err, io.ErrUnexpectedEOF):
		return geo.ErrorOf(geo.Invalid, "", cutAtLine, line)
	case errors.As(err, &syntax) && syntax.Msg == "invalid UTF-8":
		return geo.ErrorOf(geo.Invalid, "", badBytes, line)
	}
	return geo.ErrorOf(geo.Invalid, "", unreadAtLine, line, err)
}

// Skip reads to the end of the element that has begun.
func (r *Reader) Skip() error {
	for depth := 1; depth > 0; {
		t, err := r.Token()
		if errors.Is(err, io.EOF) {
			return r.explain(io.ErrUnexpectedEOF)
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// Element is an element with all that it holds. A nil one holds nothing.
type Element struct {
	Name  string // without its prefix
	Attrs []xml.Attr
	Parts []*Element
	text  strings.Builder
}

// Tree reads the element that has begun to its end.
func (r *Reader) Tree(start xml.StartElement) (*Element, error) {
	root := &Element{Name: start.Name.Local, Attrs: start.Attr}
	stack := []*Element{root}
	from, nodes := r.in.InputOffset(), 1
	for len(stack) > 0 {
		t, err := r.Token()
		if errors.Is(err, io.EOF) {
			return nil, r.explain(io.ErrUnexpectedEOF)
		}
		if err != nil {
			return nil, err
		}
		if nodes > mostNodes || len(stack) > mostDepth || r.in.InputOffset()-from > mostBytes {
			return nil, r.explain(geo.ErrorOf(geo.TooLarge, "", largeElement, fmt.Sprintf("%.40q", root.Name)))
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			e := &Element{Name: t.Name.Local, Attrs: t.Attr}
			top.Parts = append(top.Parts, e)
			stack = append(stack, e)
			nodes++
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text.Write(t)
		}
	}
	return root, nil
}

// Text returns what stands in the element itself, without the space about it.
func (e *Element) Text() string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.text.String())
}

// Part returns the first part of the name, nil for none.
func (e *Element) Part(name string) *Element {
	if e == nil {
		return nil
	}
	for _, p := range e.Parts {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Attr returns an attribute by its name without prefix, "" for none.
func (e *Element) Attr(name string) string {
	if e == nil {
		return ""
	}
	return Attr(e.Attrs, name)
}

// Attr returns one of the attributes by its name without prefix, "" for none.
func Attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// Root returns the name of the first element of a text by its beginning, ""
// where that is no XML.
func Root(start []byte) string {
	const ignored = "\xef\xbb\xbf\xfe\xff \t\r\n\x00" // marks, space, and the other halves of UTF-16
	i := 0
	for i < len(start) && strings.IndexByte(ignored, start[i]) >= 0 {
		i++
	}
	if i == len(start) || start[i] != '<' {
		return ""
	}
	r := New(bytes.NewReader(start))
	for {
		t, err := r.Token()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}
