package params

import (
	"strconv"

	"bivouac/geo"
)

// Log is which part of a log, the newest first, a request asks.
type Log struct {
	Before int64 // lines before this one; 0 is from the newest on
	Limit  int
}

// Limits of one part of a log.
const (
	DefaultLog = 100
	MaxLog     = 1000
)

// ParseLog reads limit and before.
func ParseLog(raw string) (Log, error) {
	p := Log{Limit: DefaultLog}
	q, err := ParseQuery(raw)
	if err != nil {
		return p, err
	}
	if s, ok := q.Take("limit"); ok {
		n, ok := whole(s)
		if !ok || n < 1 {
			return p, geo.Errorf(geo.Invalid, "limit", "must be a whole number from 1 to %d, not %q", MaxLog, clip(s))
		}
		p.Limit = min(n, MaxLog)
	}
	if s, ok := q.Take("before"); ok {
		if p.Before, err = strconv.ParseInt(s, 10, 64); err != nil || p.Before < 1 {
			return p, geo.Errorf(geo.Invalid, "before", "must be the number of a line, 1 or more, not %q; follow the next link as it was given", clip(s))
		}
	}
	return p, q.Done("limit", "before")
}
