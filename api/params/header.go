package params

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bivouac/geo"
)

// crs84 are the names of the one reference system that shapes come in.
var crs84 = []string{
	"http://www.opengis.net/def/crs/OGC/1.3/CRS84", "https://www.opengis.net/def/crs/OGC/1.3/CRS84",
	"http://www.opengis.net/def/crs/OGC/0/CRS84", "https://www.opengis.net/def/crs/OGC/0/CRS84",
	"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84",
}

// CheckCRS reads the Content-Crs header. The standard wants the address in
// angle brackets; QGIS sends it without.
func CheckCRS(header string) error {
	name := strings.TrimSpace(header)
	if inner, ok := strings.CutPrefix(name, "<"); ok && strings.HasSuffix(inner, ">") {
		name = strings.TrimSuffix(inner, ">")
	}
	if header == "" || slices.Contains(crs84, name) {
		return nil
	}
	return geo.Errorf(geo.Invalid, "Content-Crs", "shapes are taken in <%s> alone, longitude before latitude, not in %q", crs84[0], clip(header))
}

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
