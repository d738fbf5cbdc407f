package shapefile

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"bivouac/data/load/charset"
	"bivouac/geo"
)

// drivers are the codepages of the language driver in the head of a table
// (dBASE's and FoxPro's numbers).
var drivers = map[byte]string{
	0x01: "437", 0x02: "850", 0x03: "1252", 0x08: "865", 0x09: "437", 0x0a: "850", 0x0b: "437", 0x0d: "437", 0x0e: "850", 0x0f: "437", 0x10: "850",
	0x11: "437", 0x12: "850", 0x13: "932", 0x14: "850", 0x15: "437", 0x16: "850", 0x17: "865", 0x18: "437", 0x19: "437", 0x1a: "850", 0x1b: "437",
	0x1c: "863", 0x1d: "850", 0x1f: "852", 0x22: "852", 0x23: "852", 0x24: "860", 0x25: "850", 0x26: "866", 0x37: "850", 0x40: "852", 0x4d: "936",
	0x4e: "949", 0x4f: "950", 0x50: "874", 0x57: "1252", 0x58: "1252", 0x59: "1252", 0x64: "852", 0x65: "866", 0x66: "865", 0x6c: "863", 0x78: "950",
	0x79: "949", 0x7a: "936", 0x7b: "932", 0x7c: "874", 0x7d: "1255", 0x7e: "1256", 0x87: "852", 0xc8: "1250", 0xc9: "1251", 0xca: "1254", 0xcb: "1253",
	0xcc: "1257",
}

// text decodes the texts of a table.
type text struct {
	decoder *encoding.Decoder // nil for UTF-8
	guess   bool              // nobody says the encoding: what is no UTF-8 is Windows-1252
	guessed int               // texts that were
	broken  int               // texts with bytes that are no characters
}

// textOf finds the encoding: by its name, else by the language driver.
func textOf(name string, driver byte) (*text, error) {
	if name = strings.TrimSpace(name); name == "" {
		code, known := drivers[driver]
		if !known || driver == 0x57 {
			// 0x57 is "the ANSI page of the machine", which programs write
			// whatever they do.
			return &text{guess: true, decoder: charmap.Windows1252.NewDecoder()}, nil
		}
		name = code
	}
	page, _, ok := charset.Named(name)
	switch {
	case !ok:
		return nil, geo.ErrorOf(geo.Unsupported, "", unknownEncoding, fmt.Sprintf("%.40q", name))
	case page == nil:
		return &text{}, nil
	}
	return &text{decoder: page.NewDecoder()}, nil
}

func (t *text) decode(b []byte) string {
	switch {
	case ascii(b):
		return string(b)
	case t.decoder == nil || t.guess && utf8.Valid(trimmed(b)):
		return t.utf8(trimmed(b))
	case t.guess:
		t.guessed++
	}
	out, err := t.decoder.Bytes(b)
	if err != nil {
		t.broken++
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	if !utf8.Valid(out) || strings.ContainsRune(string(out), utf8.RuneError) {
		t.broken++
	}
	return strings.ToValidUTF8(string(out), "\ufffd")
}

func (t *text) utf8(b []byte) string {
	if !utf8.Valid(b) {
		t.broken++
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// trimmed leaves out the last character where the width of the field cut it.
func trimmed(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if tail := b[len(b)-i:]; utf8.RuneStart(tail[0]) {
			if tail[0] >= utf8.RuneSelf && !utf8.FullRune(tail) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
