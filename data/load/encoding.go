package load

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"bivouac/geo"
)

// Encoding is how a file writes its characters.
type Encoding string

// The encodings. Latin-1 is read as Windows-1252, which it is part of but for
// characters that nobody writes.
const (
	UTF8        Encoding = "UTF-8"
	UTF16LE     Encoding = "UTF-16LE"
	UTF16BE     Encoding = "UTF-16BE"
	Windows1252 Encoding = "Windows-1252"
)

// ParseEncoding reads the name of an encoding as a flag writes it, in capitals
// or not; "" is to find it out.
func ParseEncoding(s string) (Encoding, error) {
	switch strings.ToLower(s) {
	case "":
		return "", nil
	case "utf-8", "utf8":
		return UTF8, nil
	case "utf-16le":
		return UTF16LE, nil
	case "utf-16be":
		return UTF16BE, nil
	case "windows-1252", "cp1252", "latin1", "latin-1", "iso-8859-1":
		return Windows1252, nil
	}
	return "", geo.Errorf(geo.Invalid, "encoding", "%q is not read; write UTF-8, UTF-16LE, UTF-16BE, Windows-1252 or Latin-1", s)
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
		return &transcoded{in: b, next: utf16Unit(e == UTF16BE)}
	case Windows1252:
		return &transcoded{in: b, next: windowsByte}
	}
	dropMark(b, markUTF8)
	return b
}

func dropMark(b *bufio.Reader, mark string) {
	if start, _ := b.Peek(len(mark)); string(start) == mark {
		_, _ = b.Discard(len(mark))
	}
}

// transcoded turns characters of another encoding into UTF-8.
type transcoded struct {
	in   *bufio.Reader
	next func(*bufio.Reader) (rune, error)
	rest []byte
	err  error
}

func (t *transcoded) Read(p []byte) (int, error) {
	for len(t.rest) < len(p) && t.err == nil {
		var r rune
		if r, t.err = t.next(t.in); t.err == nil {
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

func utf16Unit(big bool) func(*bufio.Reader) (rune, error) {
	unit := func(b *bufio.Reader) (rune, error) {
		first, err := b.ReadByte()
		if err != nil {
			return 0, err
		}
		second, err := b.ReadByte()
		if err != nil {
			return 0, io.ErrUnexpectedEOF
		}
		if big {
			first, second = second, first
		}
		return rune(second)<<8 | rune(first), nil
	}
	return func(b *bufio.Reader) (rune, error) {
		r, err := unit(b)
		if err != nil || !utf16.IsSurrogate(r) {
			return r, err
		}
		second, err := unit(b)
		if err != nil {
			return 0, io.ErrUnexpectedEOF
		}
		return utf16.DecodeRune(r, second), nil
	}
}

func windowsByte(b *bufio.Reader) (rune, error) {
	c, err := b.ReadByte()
	if err == nil && c >= 0x80 && c < 0xa0 {
		return windows1252[c-0x80], nil
	}
	return rune(c), err
}

// windows1252 is the row in which Windows-1252 differs from Unicode.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

// encodingOf reads the whole of r, unless a mark at its start says at once
// which encoding it has.
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
	for {
		n, err := b.Read(buf[kept:])
		text := buf[:kept+n]
		end := len(text)
		if err == nil {
			end = wholeRunes(text)
		}
		if !utf8.Valid(text[:end]) {
			return Windows1252, nil
		}
		if err == io.EOF {
			return UTF8, nil
		}
		if err != nil {
			return UTF8, err
		}
		kept = copy(buf, text[end:])
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
