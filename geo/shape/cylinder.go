package shape

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// splitPolygon returns the parts of a polygon that crosses the date line, and
// false for one that does not.
//
// On the map from -180 to 180 the rings fall into chains, each from one border
// to a border, with the interior on their left. Going round the map with the
// interior on the left, from the end of each chain along the border to the
// next start, closes them to rings; where that leads over a pole, the pole
// belongs to the polygon.
func splitPolygon(p orb.Polygon) (orb.MultiPolygon, bool) {
	rings, crosses := unrollRings(p)
	if !crosses {
		return nil, false
	}
	face(rings)
	var closed []orb.Ring
	var open [][]orb.Point
	for _, r := range rings {
		for _, c := range chains(r) {
			if c[0] == c[len(c)-1] {
				closed = append(closed, orb.Ring(c))
			} else {
				open = append(open, c)
			}
		}
	}
	parts := assemble(append(closed, join(open)...))
	return parts, len(parts) > 0
}

// unrollRings unrolls the rings and reports whether any crosses the date line.
// Rings that are empty or not closed cross nothing.
func unrollRings(p orb.Polygon) (rings [][]turned, crosses bool) {
	for _, r := range p {
		if len(r) == 0 || r[0] != r[len(r)-1] {
			return nil, false
		}
		u := unrollRing(r)
		rings = append(rings, u)
		crosses = crosses || slices.ContainsFunc(u, func(t turned) bool { return t.world != 0 })
	}
	return rings, crosses
}

// unrollRing follows a ring over the date line, or keeps it as written where
// its long edges are borders of the map rather than crossings.
func unrollRing(r orb.Ring) []turned {
	u := unroll(r)
	for i := 1; i < len(r); i++ {
		if long(r[i-1], r[i]) && !(onDateLine(r[i-1]) && onDateLine(r[i])) {
			return u
		}
	}
	if hasLongEdge(r) && bordered(r, u) {
		return asWritten(r)
	}
	return u
}

// bordered decides for a ring whose long edges all join -180 and 180. Read the
// short way they have no length or run along the date line; as written they
// go round the world. The latter is meant where the former leaves nothing or
// a cap on a pole, and where only the latter is a sound outer ring that turns
// as it should.
func bordered(written orb.Ring, short []turned) bool {
	area := signedArea(written)
	if winding(short) != 0 || unrolledArea(short) == 0 {
		return area != 0
	}
	return area > 0 && unrolledArea(short) < 0 && newSweep([]ring{{path: written}}).run() == nil
}

// face turns the rings so that the interior lies on their left, the first
// being the outer one.
func face(rings [][]turned) {
	north := northern(rings)
	for i, r := range rings {
		want := outward(i)
		way := cmp.Compare(unrolledArea(r), 0)
		if w := winding(r); w != 0 {
			way = cmp.Compare(float64(w), 0) // eastward has the north on its left
			if !north {
				way = -way
			}
		}
		if way == -want {
			slices.Reverse(r)
		}
	}
}

// northern reports which pole the rings that go round one go round. With a
// hole among them it is the one on the hole's side of the outer ring.
func northern(rings [][]turned) bool {
	var lats []float64
	for _, r := range rings {
		if winding(r) != 0 {
			lats = append(lats, meanLat(r))
		}
	}
	if len(lats) > 1 && winding(rings[0]) != 0 {
		return lats[1] > lats[0]
	}
	return len(lats) > 0 && lats[0] >= 0
}

// meanLat returns the mean latitude, over longitude, of a ring that goes round
// a pole.
func meanLat(r []turned) (lat float64) {
	for i := 1; i < len(r); i++ {
		lat += (r[i].at[1] + r[i-1].at[1]) / 2 * (r[i].lon() - r[i-1].lon())
	}
	return lat / float64(360*winding(r))
}

// stop is an end of a chain on the border of the map.
type stop struct {
	at     orb.Point
	rise   float64 // degrees of latitude a degree inward: orders stops at one place
	chain  int
	starts bool
}

// stops returns the ends of the chains in the order of a way round the map:
// up the border at 180, down the one at -180.
func stops(open [][]orb.Point) []stop {
	out := make([]stop, 0, 2*len(open))
	add := func(at, inner orb.Point, chain int, starts bool) {
		rise := (inner[1] - at[1]) / math.Abs(inner[0]-at[0])
		out = append(out, stop{at, rise, chain, starts})
	}
	for i, c := range open {
		add(c[0], c[1], i, true)
		add(c[len(c)-1], c[len(c)-2], i, false)
	}
	slices.SortFunc(out, func(a, b stop) int {
		if a.at[0] != b.at[0] {
			return cmp.Compare(b.at[0], a.at[0])
		}
		up := cmp.Or(cmp.Compare(a.at[1], b.at[1]), cmp.Compare(a.rise, b.rise))
		if a.at[0] < 0 {
			return -up
		}
		return up
	})
	return out
}

// link leads from the end of a chain along the border to the start of one.
type link struct {
	over []orb.Point // the corners of the map on the way
	next int         // the chain that starts there
}

// join closes chains to rings along the border. After each end comes a start
// where the polygon is valid; where it is not, ends wait like open brackets,
// so that every chain is still used once.
func join(open [][]orb.Point) []orb.Ring {
	var rings []orb.Ring
	links, done := linked(stops(open)), make([]bool, len(open))
	for i := range open {
		var r orb.Ring
		for k := i; !done[k]; k = links[k].next {
			done[k] = true
			r = append(append(r, open[k]...), links[k].over...)
		}
		if len(r) > 0 {
			rings = append(rings, append(r, r[0]))
		}
	}
	return rings
}

// linked finds the link of each chain. The second time round serves the starts
// that come before their ends.
func linked(round []stop) []link {
	links := make([]link, len(round)/2)
	var ends, missed []stop
	match := func(s stop, wrapped bool) {
		from := ends[len(ends)-1]
		ends = ends[:len(ends)-1]
		links[from.chain] = link{corners(from.at[0] > 0, s.at[0] > 0, wrapped), s.chain}
	}
	for _, s := range round {
		switch {
		case !s.starts:
			ends = append(ends, s)
		case len(ends) > 0:
			match(s, false)
		default:
			missed = append(missed, s)
		}
	}
	for _, s := range missed {
		match(s, true)
	}
	return links
}

// corners returns the corners of the map that lie between two places on its
// border, on the way up the east side, over the north and down the west side.
func corners(fromEast, toEast, wrapped bool) []orb.Point {
	north := []orb.Point{{180, 90}, {-180, 90}}
	south := []orb.Point{{-180, -90}, {180, -90}}
	switch {
	case fromEast && !toEast:
		return north
	case !fromEast && toEast:
		return south
	case !wrapped:
		return nil
	case fromEast:
		return slices.Concat(north, south)
	}
	return slices.Concat(south, north)
}
