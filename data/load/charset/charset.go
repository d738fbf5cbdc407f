// Package charset answers which encoding of characters a name means, as flags,
// the .cpg beside a shapefile and people write it: a label of the web (WHATWG
// Encoding Standard) such as windows-1256 or koi8-r, or the number of a code
// page, alone or behind letters such as CP, ANSI and OEM.
package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// UTF8 is the name of the encoding that needs no decoder.
const UTF8 = "UTF-8"

// pages are encodings by the number of a code page or of an ISO standard.
var pages = map[string]encoding.Encoding{
	"437": charmap.CodePage437, "850": charmap.CodePage850, "852": charmap.CodePage852, "855": charmap.CodePage855, "858": charmap.CodePage858,
	"860": charmap.CodePage860, "862": charmap.CodePage862, "863": charmap.CodePage863, "865": charmap.CodePage865, "866": charmap.CodePage866,
	"874": charmap.Windows874, "932": japanese.ShiftJIS, "936": simplifiedchinese.GBK, "949": korean.EUCKR, "950": traditionalchinese.Big5,
	"1250": charmap.Windows1250, "1251": charmap.Windows1251, "1252": charmap.Windows1252, "1253": charmap.Windows1253, "1254": charmap.Windows1254,
	"1255": charmap.Windows1255, "1256": charmap.Windows1256, "1257": charmap.Windows1257, "1258": charmap.Windows1258,
	"88591": charmap.Windows1252, "88592": charmap.ISO8859_2, "88595": charmap.ISO8859_5, "88596": charmap.ISO8859_6, "88597": charmap.ISO8859_7,
	"88599": charmap.ISO8859_9, "885915": charmap.ISO8859_15,
}

// before are the letters that may stand before the number of a code page.
var before = map[string]bool{"": true, "ansi": true, "cp": true, "dos": true, "ibm": true, "iso": true, "ms": true, "oem": true, "win": true, "windows": true, "xcp": true}

// Named returns the encoding of a name, in capitals or not, and what it is
// called in messages; the encoding is nil for UTF-8. It reports false for a
// name that is not known, and for UTF-16 in an order of bytes that it does not
// say.
func Named(name string) (e encoding.Encoding, title string, ok bool) {
	label := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
	letters, digits := parted(label)
	switch {
	case letters == "utf" && digits == "8" || digits == "65001" && before[letters]:
		return nil, UTF8, true
	case letters == "latin" && digits == "1":
		return charmap.Windows1252, titleOf(charmap.Windows1252, ""), true
	case before[letters] && pages[digits] != nil:
		return pages[digits], titleOf(pages[digits], "CP"+digits), true
	}
	e, err := htmlindex.Get(label)
	if err != nil || e == encoding.Replacement || label == "utf-16" || label == "x-user-defined" {
		return nil, "", false
	}
	return e, titleOf(e, strings.ToUpper(label)), true
}

// parted returns the letters of a label and its digits, without what stands
// between them.
func parted(label string) (letters, digits string) {
	for _, r := range label {
		switch {
		case r >= '0' && r <= '9':
			digits += string(r)
		case r >= 'a' && r <= 'z' || r >= utf8.RuneSelf:
			letters += string(r)
		}
	}
	return letters, digits
}

// titleOf is the name that the web has for an encoding, as people write it;
// other where it has none.
func titleOf(e encoding.Encoding, other string) string {
	name, err := htmlindex.Name(e)
	if err != nil {
		return other
	}
	if rest, is := strings.CutPrefix(name, "windows-"); is {
		return "Windows-" + rest
	}
	return strings.ToUpper(name)
}
