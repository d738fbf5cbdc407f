package load

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"

	"bivouac/data/load/charset"
	"bivouac/geo"
)

// Encoding is how a file writes its characters: one of the constants, or the
// title of another one that package charset knows.
type Encoding string

// The encodings that are found out. Latin-1 is read as Windows-1252, which it is
// part of but for characters that nobody writes.
const (
	UTF8        Encoding = charset.UTF8
	UTF16LE     Encoding = "UTF-16LE"
	UTF16BE     Encoding = "UTF-16BE"
	Windows1252 Encoding = "Windows-1252"
)

// ParseEncoding reads the name of an encoding as a flag writes it, in capitals
// or not; "" is to find it out.
func ParseEncoding(s string) (Encoding, error) {
	if s == "" {
		return "", nil
	}
	_, title, ok := charset.Named(s)
	if !ok {
		return "", geo.ErrorOf(geo.Invalid, "encoding", unknownEncoding, quoted(s, 40))
	}
	return Encoding(title), nil
}

// Byte order marks.
const (
	markUTF8    = "\xef\xbb\xbf"
	markUTF16LE = "\xff\xfe"
	markUTF16BE = "\xfe\xff"
)

// decode returns r as UTF-8 without a byte order mark.
func decode(r io.Reader, e Encoding) io.Reader {
	b := bufio.NewReaderSize(r, 128<<10)
	switch e {
	case UTF16LE, UTF16BE:
		dropMark(b, markUTF16LE)
		dropMark(b, markUTF16BE)
		return &transcoded{in: b, big: e == UTF16BE}
	}
	if other, _, _ := charset.Named(string(e)); other != nil {
		return transform.NewReader(b, other.NewDecoder())
	}
	dropMark(b, markUTF8)
	return b
}

func dropMark(b *bufio.Reader, mark string) {
	if start, _ := b.Peek(len(mark)); string(start) == mark {
		_, _ = b.Discard(len(mark))
	}
}

// transcoded turns UTF-16 into UTF-8. Unlike the library's decoder it tells a
// file that ends within a character.
type transcoded struct {
	in   *bufio.Reader
	big  bool
	rest []byte
	err  error
}

func (t *transcoded) Read(p []byte) (int, error) {
	for len(t.rest) < len(p) && t.err == nil {
		var r rune
		if r, t.err = t.next(); t.err == nil {
			t.rest = utf8.AppendRune(t.rest, r)
		}
	}
	n := copy(p, t.rest)
	t.rest = append(t.rest[:0], t.rest[n:]...)
	if n == 0 {
		return 0, t.err
	}
	return n, nil
}

func (t *transcoded) next() (rune, error) {
	r, err := t.unit()
	if err != nil || !utf16.IsSurrogate(r) {
		return r, err
	}
	second, err := t.unit()
	if err != nil {
		return 0, io.ErrUnexpectedEOF
	}
	return utf16.DecodeRune(r, second), nil
}

func (t *transcoded) unit() (rune, error) {
	first, err := t.in.ReadByte()
	if err != nil {
		return 0, err
	}
	second, err := t.in.ReadByte()
	if err != nil {
		return 0, io.ErrUnexpectedEOF
	}
	if t.big {
		first, second = second, first
	}
	return rune(second)<<8 | rune(first), nil
}

// encodingOf reads the whole of r, unless a mark at its start says at once
// which encoding it has. What is not UTF-8 is Windows-1252 where its words may be
// of a Western language, else an error that asks for the name.
func encodingOf(r io.Reader) (Encoding, error) {
	b := bufio.NewReaderSize(r, 256<<10)
	start, _ := b.Peek(2)
	switch string(start) {
	case markUTF16LE:
		return UTF16LE, nil
	case markUTF16BE:
		return UTF16BE, nil
	}
	buf := make([]byte, 256<<10)
	kept := 0
	var words western
	for {
		n, err := b.Read(buf[kept:])
		text := buf[:kept+n]
		end := len(text)
		if err == nil {
			end = wholeRunes(text)
		}
		if !utf8.Valid(text[:end]) {
			words.see(text)
			_, err := io.Copy(&words, b)
			if err == nil {
				err = words.doubt()
			}
			return Windows1252, err
		}
		words.see(text[:end])
		if err == io.EOF {
			return UTF8, nil
		}
		if err != nil {
			return UTF8, err
		}
		kept = copy(buf, text[end:])
	}
}

// western judges whether bytes that are no UTF-8 may be Windows-1252. A Western
// word has a letter with a mark here and there; one of another alphabet is made
// of such bytes, so that three of them follow one another.
type western struct {
	undefined int // bytes that Windows-1252 has no character for
	marked    int // words with such letters
	foreign   int // of these with three of them in a row
	run, most int // in the word at hand: such letters in a row, and the most of it
}

func (w *western) Write(p []byte) (int, error) {
	w.see(p)
	return len(p), nil
}

func (w *western) see(p []byte) {
	for _, c := range p {
		switch {
		case c >= 0xc0 && c != 0xd7 && c != 0xf7 || c >= 0x80 && strings.IndexByte("\x8a\x8c\x8e\x9a\x9c\x9e\x9f", c) >= 0:
			w.run++
			w.most = max(w.most, w.run)
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			w.run = 0
		default:
			if c >= 0x80 && strings.IndexByte("\x81\x8d\x8f\x90\x9d", c) >= 0 {
				w.undefined++
			}
			w.end()
		}
	}
}

// end counts the word at hand.
func (w *western) end() {
	if w.most > 0 {
		w.marked++
	}
	if w.most >= 3 {
		w.foreign++
	}
	w.run, w.most = 0, 0
}

// doubt is an error where the text is no Windows-1252.
func (w *western) doubt() error {
	w.end()
	if w.undefined == 0 && 2*w.foreign <= w.marked {
		return nil
	}
	return geo.ErrorOf(geo.Invalid, "encoding", foreignLetters)
}

// checkEncoding reads the whole of r, and refuses what has bytes that are no
// characters of the encoding that somebody named.
func checkEncoding(r io.Reader, e Encoding) error {
	b := bufio.NewReaderSize(decode(r, e), 256<<10)
	for line := 1; ; {
		c, size, err := b.ReadRune()
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return nil // a file that is cut off is told of where its rows are read
		case err != nil:
			return err
		case c == '\n':
			line++
		case c == utf8.RuneError && (size == 1 || e != UTF8 && e != UTF16LE && e != UTF16BE):
			return geo.ErrorOf(geo.Invalid, "encoding", otherEncoding, line, e)
		}
	}
}

// wholeRunes returns where the last whole character of b ends.
func wholeRunes(b []byte) int {
	for i := 1; i <= utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			if utf8.FullRune(b[len(b)-i:]) {
				return len(b)
			}
			return len(b) - i
		}
	}
	return len(b)
}
