package charset

import "testing"

func TestNamed(t *testing.T) {
	for _, c := range []struct{ name, title, byte, want string }{
		{"utf8", "UTF-8", "", ""},
		{"UTF-8", "UTF-8", "", ""},
		{"65001", "UTF-8", "", ""},
		{"Latin-1", "Windows-1252", "\xe9", "é"},
		{"latin1", "Windows-1252", "\x80", "€"},
		{"ISO-8859-1", "Windows-1252", "\xe9", "é"},
		{"ISO 88591", "Windows-1252", "\xe9", "é"},
		{"windows-1256", "Windows-1256", "\xe3", "م"},
		{"CP1256", "Windows-1256", "\xe3", "م"},
		{"ANSI 1256", "Windows-1256", "\xe3", "م"},
		{"iso-8859-6", "ISO-8859-6", "\xe5", "م"},
		{"arabic", "ISO-8859-6", "\xe5", "م"},
		{"1251", "Windows-1251", "\xcf", "П"},
		{"windows-1251\n", "Windows-1251", "\xcf", "П"},
		{"iso-8859-5", "ISO-8859-5", "\xbf", "П"},
		{"koi8-r", "KOI8-R", "\xf0", "П"},
		{"OEM 866", "IBM866", "\x8f", "П"},
		{"cp437", "CP437", "\x82", "é"},
		{"iso-8859-2", "ISO-8859-2", "\xb3", "ł"},
		{"gbk", "GBK", "\xd6\xd0", "中"},
		{"shift_jis", "SHIFT_JIS", "\x93\xfa", "日"},
		{"utf-16le", "UTF-16LE", "a\x00", "a"},
	} {
		e, title, ok := Named(c.name)
		if !ok || title != c.title || (e == nil) != (c.title == UTF8) {
			t.Errorf("%q: %v %q %v", c.name, e, title, ok)
			continue
		}
		if e == nil {
			continue
		}
		if got, err := e.NewDecoder().String(c.byte); got != c.want || err != nil {
			t.Errorf("%q: %q reads as %q, %v", c.name, c.byte, got, err)
		}
	}
	for _, name := range []string{"", "EBCDIC", "99999", "foo-1256", "utf-16", "hz-gb-2312", "x-user-defined", "Ménaka"} {
		if _, title, ok := Named(name); ok {
			t.Errorf("%q is taken for %s", name, title)
		}
	}
}
