package params

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"bivouac/geo"
)

// maxReasonBytes leaves room for some sentences.
const maxReasonBytes = 2000

// ParseReason reads the Bivouac-Reason header, whose UTF-8 is written in
// percent signs.
func ParseReason(header string) (string, error) {
	text, err := url.PathUnescape(header)
	if err != nil {
		return "", geo.Errorf(geo.Invalid, "Bivouac-Reason", "is not well escaped; write UTF-8 in percent signs, and %% as %%25")
	}
	return CheckReason("Bivouac-Reason", text)
}

// CheckReason refuses what history could not show.
func CheckReason(where, text string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case len(text) > maxReasonBytes:
		return "", geo.Errorf(geo.Invalid, where, "has %d bytes, and at most %d are kept; say it shorter", len(text), maxReasonBytes)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		return "", geo.Errorf(geo.Invalid, where, "must be plain text in UTF-8, without control characters")
	}
	return text, nil
}
