package encode

import "strings"

// Coding is how the bytes of an answer are packed.
type Coding string

// The codings.
const (
	Plain Coding = ""
	Gzip  Coding = "gzip"
)

// CodingOf returns the coding for an Accept-Encoding header: gzip where it is
// named and not refused.
func CodingOf(accept string) Coding {
	for accept != "" {
		var part string
		part, accept, _ = strings.Cut(accept, ",")
		name, parameters, _ := strings.Cut(part, ";")
		name = strings.TrimSpace(name)
		if (strings.EqualFold(name, "gzip") || name == "*") && quality(parameters) > 0 {
			return Gzip
		}
	}
	return Plain
}
