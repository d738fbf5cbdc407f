package params

import (
	"strconv"
	"strings"

	"bivouac/geo"
)

// Condition is what an If-Match header asks of the stored revision. The zero
// Condition asks nothing.
type Condition struct {
	Given bool
	any   bool
	revs  []geo.Version
}

// ParseIfMatch reads If-Match: *, or entity tags as this server gave them. A
// weak tag is none that a change can hang on, and one of another make matches
// nothing (RFC 9110, 13.1.1).
func ParseIfMatch(header string) (Condition, error) {
	c := Condition{Given: strings.TrimSpace(header) != ""}
	if strings.TrimSpace(header) == "*" {
		c.any = true
		return c, nil
	}
	rest := header
	for rest = strings.TrimLeft(rest, " \t,"); rest != ""; rest = strings.TrimLeft(rest, " \t,") {
		strong := !strings.HasPrefix(rest, "W/")
		tag, behind, ok := quoted(strings.TrimPrefix(rest, "W/"))
		if !ok {
			return c, geo.Errorf(geo.Invalid, "If-Match", "must be the ETag of the record as it was given, quotes included, or *; not %q", clip(header))
		}
		if rev, ok := revisionOf(tag); ok && strong {
			c.revs = append(c.revs, rev)
		}
		rest = behind
	}
	return c, nil
}

// quoted cuts a text in quotes off the front.
func quoted(s string) (text, behind string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", s, false
	}
	text, behind, ok = strings.Cut(s[1:], `"`)
	if ok && behind != "" && !strings.ContainsAny(behind[:1], " \t,") {
		return text, behind, false
	}
	return text, behind, ok
}

// revisionOf reads the revision that a record's tag begins with.
func revisionOf(tag string) (geo.Version, bool) {
	number, _, ok := strings.Cut(tag, "-")
	rev, err := strconv.ParseInt(number, 10, 64)
	return geo.Version(rev), ok && err == nil && rev > 0 && strconv.FormatInt(rev, 10) == number
}

// Check refuses a change of something whose stored revision is another one.
func (c Condition) Check(stored geo.Version) error {
	if !c.Given || c.any {
		return nil
	}
	for _, rev := range c.revs {
		if rev == stored {
			return nil
		}
	}
	return geo.Errorf(geo.Precondition, "If-Match", "it was changed since it was read, by version %d; read it again and make the change anew", stored)
}
