package network

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"bivouac/geo"
)

// Conditions are what the time of a road hangs on beside the road.
type Conditions struct {
	Profile Profile
	Month   int  // 1..12; 0 is the dry season
	Wet     bool // the wet season wherever there is one, whatever the month
	Reader  geo.Reader
	Avoid   func(s int32) bool // segments that are not to be used; nil is none
	Opened  func(*Way) bool    // roads that count as open, and all year round; nil is none. With one nothing is kept in a Cache
	Avoided string             // what Avoid avoids, in words that differ where it does; "" with an Avoid is never kept in a Cache
}

// WetOn reports whether it is a wet month on the road. Where no area says when
// it rains, it is wet in the wet season and in no month.
func (c *Conditions) WetOn(w *Way) bool {
	if c.Wet {
		return true
	}
	return w.Seasoned && c.Month >= 1 && c.Month <= 12 && w.WetMonths.Has(c.Month)
}

// Times returns the milliseconds that each arc takes; Closed where it is not
// to be used: by status, season, access, weight, one-way, since it is to be
// avoided, or since the reader may not see it. The functions of the conditions
// are asked on all processors at once.
func (g *Graph) Times(c Conditions) []uint32 {
	speeds := make([]float64, g.Ways())
	inRuns(len(speeds), func(from, to int) {
		for i := from; i < to; i++ {
			w := g.ways.way(int32(i))
			speeds[i], _ = c.SpeedKMH(&w)
		}
	})
	held := make([]uint32, len(g.controls))
	for i := range g.controls {
		held[i] = g.controlMillis(&g.controls[i], &c)
	}
	out := make([]uint32, len(g.refs))
	inRuns(len(g.wayOf), func(from, to int) {
		for s := from; s < to; s++ {
			forward, back := g.arcs[s][0], g.arcs[s][1]
			out[forward], out[back] = g.drive(int32(s), speeds[g.wayOf[s]], &c)
		}
	})
	for arc, ref := range g.refs {
		if ref < 0 {
			out[arc] = g.turnMillis(&g.turns[^ref], held, c.Reader)
		}
	}
	return out
}

// leastRun is how many are worth a processor of their own.
const leastRun = 4096

// inRuns does 0 to n in runs that follow each other, one for each processor.
func inRuns(n int, do func(from, to int)) {
	runs := max(1, min(runtime.GOMAXPROCS(0), n/leastRun))
	var working sync.WaitGroup
	for i := range runs {
		working.Go(func() { do(i*n/runs, (i+1)*n/runs) })
	}
	working.Wait()
}

// drive returns how long the arcs of a segment take at the speed of its road.
func (g *Graph) drive(s int32, kmh float64, c *Conditions) (forward, back uint32) {
	if !(kmh > 0) || c.Avoid != nil && c.Avoid(s) {
		return Closed, Closed
	}
	forward = millis(g.metres[s], kmh)
	if g.ways.rows[g.wayOf[s]].flags&oneWayFlag != 0 && !c.Profile.AnyWay {
		return forward, Closed
	}
	return forward, forward
}

// With returns the graph under conditions that differ from t's in some segments
// alone: by what is avoided or opened there. It costs what they reach, and a
// copy of the times.
func (t *Travel) With(segments []int32, c Conditions) *Travel {
	times := slices.Clone(t.Times)
	var changed []int32
	for _, s := range segments {
		w := t.ways.way(t.wayOf[s])
		kmh, _ := c.SpeedKMH(&w)
		var now [2]uint32
		now[0], now[1] = t.drive(s, kmh, &c)
		for i, arc := range t.arcs[s] {
			if times[arc] != now[i] {
				times[arc] = now[i]
				changed = append(changed, arc)
			}
		}
	}
	next := t.WithTimes(times)
	next.Conditions, next.metric.changed = c, changed
	return next
}

// millis returns how long the metres take, at least 1.
func millis(metres, kmh float64) uint32 {
	return uint32(max(1, min(math.Round(metres*3600/kmh), Closed-1)))
}

func (g *Graph) turnMillis(t *turn, held []uint32, r geo.Reader) uint32 {
	for _, way := range t.ways {
		if way >= 0 && !g.ways.seen(way, r) {
			return Closed
		}
	}
	if t.veiled != nil && !slices.ContainsFunc(t.veiled, func(why reason) bool { return g.shows(why, r) }) {
		return Closed
	}
	total := uint32(0)
	for _, c := range t.controls {
		total = plus(total, held[c])
	}
	return total
}

// plus adds times; what is closed or too long to write stays closed.
func plus(a, b uint32) uint32 {
	if sum := a + b; sum >= a && sum >= b {
		return sum
	}
	return Closed
}

// controlMillis returns how long the control holds the vehicle up. One that the
// reader may not see is not there.
func (g *Graph) controlMillis(c *control, o *Conditions) uint32 {
	seen := func(way int32) bool { return g.ways.seen(way, o.Reader) }
	switch {
	case !c.seenBy(o.Reader) || !slices.ContainsFunc(c.on, seen) || c.needs != nil && !slices.ContainsFunc(c.needs, seen):
		return 0
	case slices.ContainsFunc(c.except, func(v string) bool { return slices.Contains(o.Profile.Vehicle, v) }):
		return 0
	case c.closed || slices.Contains(o.Profile.Refused, c.access) && c.access != "":
		return Closed
	}
	return c.delay
}
