package geo

import (
	"strings"
	"time"
)

// ParseInterval reads an instant, a day, or a/b with either end open ("..", or
// nothing), as the datetime parameter takes them. An instant is one
// microsecond long, a day is [day, next day), and a/b holds the whole of b.
func ParseInterval(s string) (Interval, error) {
	from, to, isInterval := strings.Cut(s, "/")
	first, err := parseMoment(from, isInterval)
	if err != nil {
		return Interval{}, err
	}
	last := first
	if isInterval {
		if last, err = parseMoment(to, true); err != nil {
			return Interval{}, err
		}
	}
	i := Interval{Start: first.Start, End: last.End}
	if i.empty() {
		return i, Errorf(Invalid, "", "%.80s ends before it starts", s)
	}
	return i, nil
}

// Asked writes an interval of times and open ends as [ParseInterval] reads it:
// its last moment stands at the end, where [Interval.Append] writes the first
// one that is out.
func (i Interval) Asked() string {
	if i.End.Kind == At {
		i.End.Time -= Microsecond
	}
	return i.String()
}

func parseMoment(s string, mayBeOpen bool) (Interval, error) {
	if mayBeOpen && (s == "" || s == "..") {
		open := End{Kind: Open}
		return Interval{Start: open, End: open}, nil
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		t := TimeOf(day)
		return Between(t, t+Day), nil
	}
	t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(s))
	if err != nil {
		return Interval{}, Errorf(Invalid, "", "%.80q is not a day such as 2018-08-31, a time such as 2018-08-31T12:00:00Z, or two of them with a / between (.. for an open end)", s)
	}
	return Instant(TimeOf(t)), nil
}
