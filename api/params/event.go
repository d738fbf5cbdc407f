package params

import (
	"strconv"
	"strings"

	"bivouac/geo"
)

// EventID names an event: the store, and the Version that it tells of.
type EventID struct {
	Store   string
	Version geo.Version
}

// String prints the id as events carry it.
func (e EventID) String() string { return e.Store + "-" + strconv.FormatInt(int64(e.Version), 10) }

// ParseEventID reads what String prints, the zero EventID of nothing. Of what
// is none it makes one of no store, which no stream can go on from.
func ParseEventID(s string) EventID {
	i := strings.LastIndexByte(s, '-')
	if i < 0 {
		return EventID{Version: geo.Version(min(len(s), 1))}
	}
	v, err := strconv.ParseInt(s[i+1:], 10, 64)
	if err != nil || v < 0 {
		return EventID{Version: 1}
	}
	return EventID{s[:i], geo.Version(v)}
}
