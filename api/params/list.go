package params

import "bivouac/geo"

// List is which part of a short list a request asks.
type List struct{ Limit, Offset int }

// MaxList is the most that one part of a short list holds.
const MaxList = 1000

// ParseList reads limit and offset. The form of the answer is read elsewhere.
func ParseList(raw string) (List, error) {
	l := List{Limit: MaxList}
	q, err := ParseQuery(raw)
	if err != nil {
		return l, err
	}
	if s, ok := q.Take("limit"); ok {
		n, ok := whole(s)
		if !ok || n < 1 {
			return l, geo.Errorf(geo.Invalid, "limit", "must be a whole number from 1 to %d, not %q", MaxList, clip(s))
		}
		l.Limit = min(n, MaxList)
	}
	if s, ok := q.Take("offset"); ok {
		n, ok := whole(s)
		if !ok || n > 1<<30 {
			return l, geo.Errorf(geo.Invalid, "offset", "must be a whole number, 0 or more, not %q", clip(s))
		}
		l.Offset = n
	}
	q.Take("f")
	return l, q.Done("limit", "offset", "f")
}
