package encode

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Tag returns the entity tag of an answer: a hash of everything that its bytes
// follow from. The parts are kept apart, so that moving a byte from one to the
// next makes another tag.
func Tag(parts ...[]byte) string {
	h := sha256.New()
	var size [4]byte
	for _, p := range parts {
		n := len(p)
		size = [4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
		h.Write(size[:])
		h.Write(p)
	}
	var sum [sha256.Size]byte
	out := make([]byte, 0, 34)
	out = append(out, '"')
	out = hex.AppendEncode(out, h.Sum(sum[:0])[:16])
	return string(append(out, '"'))
}

// Matches reports whether an If-None-Match header names the tag, by the weak
// comparison of RFC 9110: W/ in front counts for nothing.
func Matches(header, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	for header != "" {
		header = strings.TrimLeft(header, " \t,")
		if strings.HasPrefix(header, "*") {
			return true
		}
		header = strings.TrimPrefix(header, "W/")
		if !strings.HasPrefix(header, `"`) {
			return false // what follows is no tag; send the answer
		}
		end := strings.IndexByte(header[1:], '"')
		if end < 0 {
			return false
		}
		if header[:end+2] == tag {
			return true
		}
		header = header[end+2:]
	}
	return false
}
