package params

import (
	"strconv"
	"strings"

	"bivouac/geo"
)

// EventID names an event: the store, the Version that it tells of, and the one
// up to whose alerts all are told, 0 for none.
type EventID struct {
	Store   string
	Version geo.Version
	Alerts  geo.Version
}

// String prints the id as events carry it.
func (e EventID) String() string {
	s := e.Store + "-" + strconv.FormatInt(int64(e.Version), 10)
	if e.Alerts > 0 {
		s += "." + strconv.FormatInt(int64(e.Alerts), 10)
	}
	return s
}

// ParseEventID reads what String prints, the zero EventID of nothing. Of what
// is none it makes one of no store, which no stream can go on from.
func ParseEventID(s string) EventID {
	i := strings.LastIndexByte(s, '-')
	if i < 0 {
		return EventID{Version: geo.Version(min(len(s), 1))}
	}
	version, alerts, some := strings.Cut(s[i+1:], ".")
	v, err := strconv.ParseInt(version, 10, 64)
	if err != nil || v < 0 {
		return EventID{Version: 1}
	}
	e := EventID{Store: s[:i], Version: geo.Version(v)}
	if some {
		if v, err = strconv.ParseInt(alerts, 10, 64); err != nil || v < 0 {
			return EventID{Version: 1}
		}
		e.Alerts = geo.Version(v)
	}
	return e
}
