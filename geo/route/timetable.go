package route

import (
	"fmt"
	"strings"
	"time"

	"bivouac/geo"
)

// Curfew is the part of each day in which nobody drives, in local time: from
// Start, up to but without End, which may lie on the next day. The zero Curfew
// is none.
type Curfew struct {
	Start, End geo.Time // since midnight
	Offset     geo.Time // that local time is ahead of UTC
}

// ParseCurfew reads two times of day as in 18:00/06:00.
func ParseCurfew(text string) (Curfew, error) {
	from, to, ok := strings.Cut(text, "/")
	var c Curfew
	for _, end := range []struct {
		text string
		into *geo.Time
	}{{from, &c.Start}, {to, &c.End}} {
		at, err := time.Parse("15:04", strings.TrimSpace(end.text))
		if err != nil || !ok {
			return c, geo.Errorf(geo.Invalid, curfewInput, "%q is no curfew; write two times of day, as 18:00/06:00", text)
		}
		*end.into = geo.Time(at.Hour()*60+at.Minute()) * 60 * geo.Second
	}
	if c.Start == c.End {
		return c, geo.Errorf(geo.Invalid, curfewInput, "%q lasts all day or not at all; write two different times of day", text)
	}
	return c, nil
}

// lasts returns how long it is each day.
func (c Curfew) lasts() geo.Time { return mod(c.End-c.Start, geo.Day) }

// next returns the curfew in which t lies, or the next one.
func (c Curfew) next(t geo.Time) (start, end geo.Time) {
	into := mod(t+c.Offset-c.Start, geo.Day)
	if into < c.lasts() {
		return t - into, t - into + c.lasts()
	}
	return t - into + geo.Day, t - into + geo.Day + c.lasts()
}

func mod(a, b geo.Time) geo.Time {
	if a %= b; a < 0 {
		a += b
	}
	return a
}

// Halt is a stay on the way.
type Halt struct {
	At       float64 // metres from the beginning
	Leg      int     // before or on which it is
	From, To geo.Time
}

// Timetable says when each leg is driven.
type Timetable struct {
	Begin, End []geo.Time // by leg
	Halts      []Halt
}

// Arrival returns when the journey is over.
func (t *Timetable) Arrival() geo.Time { return t.End[len(t.End)-1] }

// Timetable returns when the legs are driven by one who leaves at a time. A leg
// that would run into the curfew begins after it; one that is longer than a
// day's window is broken off on the road when the curfew begins.
func (it *Itinerary) Timetable(depart geo.Time, c Curfew) Timetable {
	t := Timetable{}
	now := depart
	for i, l := range it.Legs {
		left := geo.Time(l.Millis) * 1000
		start, end := c.next(now)
		window := geo.Day - c.lasts()
		if c.lasts() > 0 && now < start && now+left > start && left <= window {
			t.Halts = append(t.Halts, Halt{l.From, i, now, end}) // wait for a window that holds it all
			now = end
			start, end = c.next(now)
		}
		t.Begin = append(t.Begin, now)
		for whole := left; c.lasts() > 0 && now+left > start; start, end = c.next(now) {
			if now < start {
				left -= start - now
				now = start
			}
			driven := 1 - float64(left)/float64(max(whole, 1))
			t.Halts = append(t.Halts, Halt{l.From + driven*(l.To-l.From), i, now, end})
			if driven == 0 {
				t.Begin[i] = end
			}
			now = end
		}
		now += left
		t.End = append(t.End, now)
	}
	return t
}

// Latest returns the last time, not after the given one, at which one may
// leave to have no leg in the curfew; false where the journey is longer than
// a day's window.
func (it *Itinerary) Latest(depart geo.Time, c Curfew) (geo.Time, bool) {
	whole := geo.Time(0)
	for _, l := range it.Legs {
		whole += geo.Time(l.Millis) * 1000
	}
	if whole > geo.Day-c.lasts() {
		return 0, false
	}
	start, _ := c.next(depart)
	return min(depart, start-whole), true
}

// clock writes a time as people on the spot read it.
func (c Curfew) clock(t geo.Time) string { return (t + c.Offset).Std().Format("2 January, 15:04") }

// refuse returns the error of a journey that runs in the curfew.
func (it *Itinerary) refuse(t *Timetable, c Curfew, depart geo.Time) error {
	if len(t.Halts) == 0 {
		return nil
	}
	h := t.Halts[0]
	start, _ := c.next(h.From)
	advice := "the journey is longer than the hours between two curfews: set curfew_rule to wait, or go in stages"
	if at, ok := it.Latest(depart, c); ok {
		advice = fmt.Sprintf("leave by %s, or set curfew_rule to wait", c.clock(at))
	}
	return geo.Errorf(geo.Invalid, curfewInput, "the leg on %s would run in the curfew that begins on %s; %s", it.Legs[h.Leg].Way.Title(), c.clock(start), advice)
}
