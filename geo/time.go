package geo

import (
	"math"
	"time"
)

// Time is a moment in microseconds since 1970-01-01T00:00:00Z.
type Time int64

// Spans of Time.
const (
	Microsecond Time = 1
	Second      Time = 1_000_000
	Day         Time = 86_400 * Second
)

// TimeOf returns t in microseconds, the rest cut off.
func TimeOf(t time.Time) Time { return Time(t.UnixMicro()) }

// Std returns t as a time.Time in UTC.
func (t Time) Std() time.Time { return time.UnixMicro(int64(t)).UTC() }

// String prints t by RFC 3339 in UTC, with as many decimals as it needs.
func (t Time) String() string { return string(t.Append(nil)) }

// Append adds what String prints.
func (t Time) Append(b []byte) []byte { return t.Std().AppendFormat(b, time.RFC3339Nano) }

// EndKind says what is known of one end of an Interval.
type EndKind uint8

// The four kinds. Absent and Open both leave the interval unbounded on that
// side; they differ in what they say. Unknown bounds it somewhere: whether a
// moment beyond the known end lies inside cannot be told.
const (
	Absent  EndKind = iota // nothing is said
	Open                   // said to have no end
	Unknown                // has an end that nobody knows
	At                     // ends there
)

// End is one end of an Interval. Its Time counts only where Kind is At.
type End struct {
	Kind EndKind
	Time Time
}

// Interval is a half-open stretch of time: its Start belongs to it, its End
// does not. The zero Interval is all of time.
type Interval struct{ Start, End End }

// Between returns the interval [from, to).
func Between(from, to Time) Interval { return Interval{End{At, from}, End{At, to}} }

// Instant returns [t, t+1us): the shortest interval that holds t.
func Instant(t Time) Interval { return Between(t, t+Microsecond) }

// From returns the interval from t on, open at the end.
func From(t Time) Interval { return Interval{Start: End{At, t}, End: End{Kind: Open}} }

// Until returns the interval before t, open at the start.
func Until(t Time) Interval { return Interval{Start: End{Kind: Open}, End: End{At, t}} }

// UnknownTime is the interval of something that happened, nobody knows when.
var UnknownTime = Interval{End{Kind: Unknown}, End{Kind: Unknown}}

// All reports whether neither end bounds i.
func (i Interval) All() bool { return i.Start.Kind <= Open && i.End.Kind <= Open }

// Valid reports whether i does not end before it starts. An interval that
// ends where it starts is valid and holds nothing.
func (i Interval) Valid() bool {
	return i.Start.Kind != At || i.End.Kind != At || i.Start.Time <= i.End.Time
}

// Least returns a Time that no moment of i can come before.
func (i Interval) Least() Time {
	if i.Start.Kind == At {
		return i.Start.Time
	}
	return math.MinInt64
}

// Beyond returns a Time that every moment of i must come before.
func (i Interval) Beyond() Time {
	if i.End.Kind == At {
		return i.End.Time
	}
	return math.MaxInt64
}

func (i Interval) empty() bool { return i.Least() >= i.Beyond() }

// Meets reports whether i and o share a moment, Maybe where that hangs on an
// end that nobody knows.
func (i Interval) Meets(o Interval) Tri {
	if i.Least() >= o.Beyond() || o.Least() >= i.Beyond() || i.empty() || o.empty() {
		return False
	}
	if i.All() || o.All() {
		return True
	}
	// An unknown end lies somewhere; only what the known ends prove is sure.
	if i.Start.Kind == Unknown && !(i.End.Kind == At && o.holdsLast(i)) {
		return Maybe
	}
	if i.End.Kind == Unknown && !(i.Start.Kind == At && o.holdsFirst(i)) {
		return Maybe
	}
	if o.Start.Kind == Unknown && !(o.End.Kind == At && i.holdsLast(o)) {
		return Maybe
	}
	if o.End.Kind == Unknown && !(o.Start.Kind == At && i.holdsFirst(o)) {
		return Maybe
	}
	return True
}

// holdsFirst reports whether the first moment of o surely lies in i.
func (i Interval) holdsFirst(o Interval) bool {
	return i.Start.Kind != Unknown && i.End.Kind != Unknown &&
		i.Least() <= o.Start.Time && o.Start.Time < i.Beyond()
}

// holdsLast reports whether the last moment of o surely lies in i.
func (i Interval) holdsLast(o Interval) bool {
	return i.Start.Kind != Unknown && i.End.Kind != Unknown &&
		i.Least() < o.End.Time && o.End.Time <= i.Beyond()
}

// String prints i as ISO 8601-2 does: ".." for an open end, nothing for an
// unknown one, "-" for an absent one.
func (i Interval) String() string { return string(i.Append(nil)) }

// Append adds what String prints.
func (i Interval) Append(b []byte) []byte {
	b = i.Start.append(b)
	b = append(b, '/')
	return i.End.append(b)
}

func (e End) append(b []byte) []byte {
	switch e.Kind {
	case At:
		return e.Time.Append(b)
	case Open:
		return append(b, ".."...)
	case Unknown:
		return b
	}
	return append(b, '-')
}
