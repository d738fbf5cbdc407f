package params

import "bivouac/geo"

// Commits is which part of the history a request asks.
type Commits struct {
	Limit  int
	Before geo.Version // only those before it; 0 is all
}

// Limits of a part of the history.
const (
	DefaultCommits = 100
	MaxCommits     = 1000
)

// ParseCommits reads limit and before.
func ParseCommits(raw string) (Commits, error) {
	c := Commits{Limit: DefaultCommits}
	q, err := ParseQuery(raw)
	if err != nil {
		return c, err
	}
	if s, ok := q.Take("limit"); ok {
		n, ok := whole(s)
		if !ok || n < 1 {
			return c, geo.Errorf(geo.Invalid, "limit", "must be a whole number from 1 to %d, not %q", MaxCommits, clip(s))
		}
		c.Limit = min(n, MaxCommits)
	}
	if s, ok := q.Take("before"); ok {
		n, ok := whole(s)
		if !ok || n < 1 {
			return c, geo.Errorf(geo.Invalid, "before", "must be the number of a version, 1 or more, not %q", clip(s))
		}
		c.Before = geo.Version(n)
	}
	return c, q.Done("limit", "before")
}
