package params

import (
	"strings"
	"time"

	"bivouac/geo"
)

// parseDatetime reads an instant, a day, or two of them with a slash between;
// ".." or nothing is an open end. An instant t is [t, t+1us), a day is [day,
// next day), and a/b includes b.
func parseDatetime(s string) (geo.Interval, error) {
	first, second, two := strings.Cut(s, "/")
	if !two {
		from, to, ok := stretch(s)
		if !ok {
			return geo.Interval{}, badDatetime(s)
		}
		return geo.Between(from, to), nil
	}
	i := geo.Interval{Start: geo.End{Kind: geo.Open}, End: geo.End{Kind: geo.Open}}
	if !openEnd(first) {
		from, _, ok := stretch(first)
		if !ok {
			return i, badDatetime(s)
		}
		i.Start = geo.End{Kind: geo.At, Time: from}
	}
	if !openEnd(second) {
		_, to, ok := stretch(second)
		if !ok {
			return i, badDatetime(s)
		}
		i.End = geo.End{Kind: geo.At, Time: to}
	}
	if i.Least() >= i.Beyond() {
		return i, geo.Errorf(geo.Invalid, "datetime", "%q ends before it starts", clip(s))
	}
	return i, nil
}

func openEnd(s string) bool { return s == "" || s == ".." }

// stretch returns the half-open time that one end of the text stands for.
func stretch(s string) (from, to geo.Time, ok bool) {
	if len(s) == len(time.DateOnly) {
		day, err := time.Parse(time.DateOnly, s)
		from = geo.TimeOf(day)
		return from, from + geo.Day, err == nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	from = geo.TimeOf(t)
	return from, from + geo.Microsecond, err == nil
}

func badDatetime(s string) error {
	return geo.Errorf(geo.Invalid, "datetime",
		"must be a time such as 2016-04-11T06:30:00Z, a day such as 2016-04-11, or two of them as start/end, where .. is an open end; not %q", clip(s))
}
