package load

import (
	"slices"
	"strings"
)

// The Humanitarian Exchange Language (HXL 1.1) says what the columns of a
// table hold by a row of hashtags, with attributes behind a plus sign, under at
// most 24 rows of headers in any language.
const hxlHeaders = 24

// tagRow returns the number of the row of hashtags, 0 where there is none. Most
// of its cells are hashtags, and none is anything else.
func tagRow(sample string, separator byte) int {
	t := newTable(strings.NewReader(sample), separator)
	for n := 1; n <= hxlHeaders+1; n++ {
		if t.read() != nil {
			return 0
		}
		if isTagged(t.fields) {
			return n
		}
	}
	return 0
}

func isTagged(fields [][]byte) bool {
	tags := 0
	for _, f := range fields {
		text := strings.TrimSpace(string(f))
		if text == "" {
			continue
		}
		if !isTag(text) {
			return false
		}
		tags++
	}
	return tags > 0 && 2*tags >= len(fields)
}

func isTag(s string) bool {
	return len(s) > 1 && s[0] == '#' && (s[1] >= 'a' && s[1] <= 'z' || s[1] >= 'A' && s[1] <= 'Z') &&
		strings.Trim(strings.ToLower(s[1:]), "abcdefghijklmnopqrstuvwxyz0123456789_+ ") == ""
}

// tagOf brings a hashtag into one form: lower case, its attributes in order,
// which has no meaning.
func tagOf(s string) string {
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(s, " ", "")), "+")
	slices.Sort(parts[1:])
	return strings.Join(parts, "+")
}
