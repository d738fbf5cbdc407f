package roads

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/network"
)

// Snap returns the nearest place on a road that is open, within the metres. The
// error, on the input's name, says how far the nearest road is, and where it is
// a closed one, what closes it.
func Snap(t *network.Travel, p orb.Point, within float64, input string) (network.Place, error) {
	if place, ok := t.Snap(p, within, t.Open); ok {
		return place, nil
	}
	if place, ok := t.Snap(p, math.Inf(1), t.Open); ok {
		return place, geo.Errorf(geo.Invalid, input, "%s is %s from the nearest open road, %s, and at most %s is taken; choose a place nearer to a road",
			degrees(p), Distance(place.AccessMetres), t.Way(place.Segment).Title(), Distance(within))
	}
	return network.Place{}, geo.Errorf(geo.Conflict, input, "no road is open under these conditions; choose another vehicle, month, or less to avoid")
}

func degrees(p orb.Point) string { return fmt.Sprintf("%.5f %.5f", p[0], p[1]) }

// Distance is a length in words: metres below a kilometre.
func Distance(metres float64) string {
	if metres < 1000 {
		return fmt.Sprintf("%.0f m", metres)
	}
	return fmt.Sprintf("%.1f km", metres/1000)
}

// Minutes is a time as answers give it, to a tenth of a minute; null for one
// that never comes, network.Closed or endless.
func Minutes(millis float64) geo.Value {
	if !(millis < network.Closed) {
		return geo.Value{}
	}
	return geo.Float(math.Round(millis/6000) / 10)
}

// NoWay says why no way leads from one place to another: what closes the way
// that there would be, else how far apart the roads of the two are.
func NoWay(t *network.Travel, from, to network.Place, input string) error {
	if ways := closings(t, from, to); len(ways) > 0 {
		return geo.Errorf(geo.Conflict, input, "no way is open: %s", strings.Join(ways, "; "))
	}
	a, b := t.Way(from.Segment).Title(), t.Way(to.Segment).Title()
	parts := t.Weak()
	label := func(s int32) int32 { forward, _ := t.Along(s); return parts.Label[t.Tail(forward)] }
	first, second := label(from.Segment), label(to.Segment)
	if first == second {
		return geo.Errorf(geo.Conflict, input, "from %s one may not drive to %s: one-way roads, turn restrictions or barriers stand against it", a, b)
	}
	text := "the roads of %s and of %s are not connected"
	if gap, ok := gapBetween(t, parts, first, second); ok && gap.metres < 1 {
		return geo.Errorf(geo.Conflict, input, "between %s and %s something holds all traffic up at %s: a barrier, or a turn restriction", a, b, degrees(gap.at))
	} else if ok {
		return geo.Errorf(geo.Conflict, input, text+"; the gap between them is %s at %s", a, b, Distance(gap.metres), degrees(gap.at))
	}
	return geo.Errorf(geo.Conflict, input, text, a, b)
}

// Closed roads are taken at 3.6 km/h, more slowly than an open one would be,
// so that as few of them as can be are on the way.
const closedMetresPerMilli = 1.0 / 1000

// closings names what is closed on the way that there would be if it were not.
func closings(t *network.Travel, from, to network.Place) []string {
	times := append([]uint32(nil), t.Times...)
	why := map[int32]string{}
	c := t.Conditions
	for s := range int32(t.Segments()) {
		forward, back := t.Along(s)
		_, hindrance := c.SpeedKMH(t.Way(s))
		switch avoided := c.Avoid != nil && c.Avoid(s); {
		case hindrance == network.Passable && avoided:
			why[s] = "to be avoided"
		case hindrance == network.Shut || hindrance == network.Season || hindrance == network.TooHeavy || hindrance == network.Refused:
			why[s] = string(hindrance)
		default:
			continue
		}
		slow := uint32(min(1e9, t.Metres(s)/closedMetresPerMilli))
		times[forward], times[back] = slow, slow
	}
	path, ok := t.WithTimes(times).Path(from, to)
	if !ok {
		return nil
	}
	var out []string
	said := map[string]bool{}
	for _, arc := range path.Arcs {
		s, _, ok := t.Segment(arc)
		if !ok || why[s] == "" {
			continue
		}
		if text := t.Way(s).Title() + " is " + why[s]; !said[text] {
			said[text] = true
			out = append(out, text)
		}
	}
	return out
}

type gap struct {
	metres float64
	at     orb.Point
}

// A component of more nodes is not searched for a gap: it would take seconds.
const mostGapNodes = 5_000

// gapBetween returns how near the roads of two components come to each other,
// from the nodes of the smaller one.
func gapBetween(t *network.Travel, parts *network.Components, a, b int32) (gap, bool) {
	if parts.Nodes[a] > parts.Nodes[b] {
		a, b = b, a
	}
	best := gap{metres: math.Inf(1)}
	if parts.Nodes[a] > mostGapNodes {
		return best, false
	}
	for n, label := range parts.Label {
		if label != a {
			continue
		}
		p := t.Point(int32(n))
		place, ok := t.Snap(p, best.metres, func(s int32) bool {
			forward, _ := t.Along(s)
			return t.Open(s) && parts.Label[t.Tail(forward)] == b
		})
		if ok {
			best = gap{measure.Distance(p, place.Point), p}
		}
	}
	return best, !math.IsInf(best.metres, 1)
}
