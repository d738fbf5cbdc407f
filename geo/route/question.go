package route

import (
	"context"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

// The inputs that say where a way leads.
const (
	originInput      = "origin"
	destinationInput = "destination"
	viaInput         = "via"
	snapInput        = "snap_m"
	curfewInput      = "curfew"
)

// farthest is half way round the earth in metres: no place is farther.
const farthest = 20_004_000.0

// Risk gives the risk of each arc of w's roads, in what adds up along a way.
// It is relative where nobody knows how often a way was gone: then no
// probability follows from it. A nil slice is no risk known anywhere.
type Risk func(ctx context.Context, w process.World, in geo.Values) (perArc []float64, relative bool, method string, warnings []string, err error)

func placeFields() []geo.Field {
	nothing, most := 0.0, 500_000.0
	return []geo.Field{
		{Name: originInput, Title: "From", Kind: geo.KindGeometry, Required: true, Description: "A GeoJSON Point."},
		{Name: destinationInput, Title: "To", Kind: geo.KindGeometry, Required: true, Description: "A GeoJSON Point."},
		{Name: viaInput, Title: "By way of", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindGeometry}, Description: "GeoJSON Points, in the order in which they are come by."},
		{Name: snapInput, Title: "Farthest from a road", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &most, Default: geo.Float(20_000),
			Description: "A place farther than this from a road that can be used is refused. The way from the place to the road is reported and in no time."},
	}
}

// asked is a place as the question gives it.
type asked struct {
	input, name string
	at          orb.Point
}

func placesOf(in geo.Values) ([]asked, error) {
	all := []asked{{input: originInput, name: "origin"}}
	values := []geo.Value{in[originInput]}
	for i, v := range in[viaInput].List() {
		all = append(all, asked{input: viaInput, name: fmt.Sprintf("via %d", i+1)})
		values = append(values, v)
	}
	all = append(all, asked{input: destinationInput, name: "destination"})
	values = append(values, in[destinationInput])
	for i, v := range values {
		p, ok := v.Geometry().(orb.Point)
		if !ok {
			return nil, geo.Errorf(geo.Invalid, all[i].input, "%s must be a Point", all[i].name)
		}
		if bad := shape.Validate(p); bad != nil {
			return nil, geo.Errorf(geo.Invalid, all[i].input, "%s: %v", all[i].name, bad)
		}
		all[i].at = p
	}
	return all, nil
}

// stops finds the places on the roads.
func stops(t *network.Travel, places []asked, within float64) ([]Stop, error) {
	if t.Segments() == 0 {
		return nil, noRoads()
	}
	out := make([]Stop, len(places))
	for i, a := range places {
		at, ok := t.Snap(a.at, within, t.Open)
		if !ok {
			return nil, tooFar(t, a, within)
		}
		out[i] = Stop{Name: a.name, Asked: a.at, Place: at}
	}
	return out, nil
}

func noRoads() error {
	return geo.Errorf(geo.Invalid, originInput, "there are no roads: load routes, or import a road network into the collection roads")
}

// tooFar says how far the nearest road is, and, where it could be used under
// other conditions, what closes it.
func tooFar(t *network.Travel, a asked, within float64) error {
	open, ok := t.Snap(a.at, farthest, t.Open)
	if !ok {
		return geo.Errorf(geo.Invalid, a.input, "no road can be used under these conditions: choose another month, vehicle or area to avoid")
	}
	text := fmt.Sprintf("%s is %s from the nearest road that can be used, %s; the most is %s: choose a place nearer to a road, or a greater %s",
		a.name, distance(open.AccessMetres), t.Way(open.Segment).Title(), distance(within), snapInput)
	if seen, ok := t.Snap(a.at, within, func(s int32) bool { return t.Way(s).SeenBy(t.Conditions.Reader) }); ok {
		text += fmt.Sprintf(" (%s, %s from it, is %s)", t.Way(seen.Segment).Title(), distance(seen.AccessMetres), hindrance(t, seen.Segment))
	}
	return geo.Errorf(geo.Invalid, a.input, "%s", text)
}

// hindrance says what closes a segment.
func hindrance(t *network.Travel, s int32) string {
	if _, why := t.Conditions.SpeedKMH(t.Way(s)); why != network.Passable {
		return string(why)
	}
	return "to be avoided"
}

func distance(metres float64) string {
	if metres < 1000 {
		return fmt.Sprintf("%.0f m", metres)
	}
	return fmt.Sprintf("%.1f km", metres/1000)
}

// cut says why no way leads from one stop to the next: which closed roads
// would open one, or that the roads of the two do not meet.
func cut(t *network.Travel, from, to Stop) error {
	where := destinationInput
	if closing := closings(t, from, to); len(closing) > 0 {
		return geo.Errorf(geo.Invalid, where, "no way is open from the %s to the %s; the quickest would be if these were: %s", from.Name, to.Name, strings.Join(closing, "; "))
	}
	gap, near, far := gapBetween(t, from, to)
	if near == "" {
		return geo.Errorf(geo.Invalid, where, "no way leads from the %s (%s) to the %s (%s) in this direction: one-way roads, barriers or turns stand against it",
			from.Name, t.Way(from.Segment).Title(), to.Name, t.Way(to.Segment).Title())
	}
	return geo.Errorf(geo.Invalid, where, "the roads at the %s (%s) and at the %s (%s) do not meet: they come nearest at %s and %s, %s apart; if a road is missing there, add it",
		from.Name, t.Way(from.Segment).Title(), to.Name, t.Way(to.Segment).Title(), near, far, distance(gap))
}

// mostClosings is how many closed roads a sentence names.
const mostClosings = 5

// closings names what of the way that would be the quickest without closings is
// closed.
func closings(t *network.Travel, from, to Stop) []string {
	c := t.Conditions
	c.Avoid, c.Avoided, c.Month, c.Wet = nil, "", 0, false
	c.Profile.Status, c.Profile.Refused, c.Profile.LoadT = nil, nil, 0
	path, ok := t.Graph.Travel(c).Path(from.Place, to.Place)
	if !ok {
		return nil
	}
	var out []string
	for _, arc := range path.Arcs {
		s, _, ok := t.Segment(arc)
		if !ok || t.Times[arc] != network.Closed {
			continue
		}
		name := t.Way(s).Title() + " (" + hindrance(t, s) + ")"
		if len(out) > 0 && out[len(out)-1] == name {
			continue
		}
		if out = append(out, name); len(out) == mostClosings {
			return append(out, "and others")
		}
	}
	return out
}

// gapBetween returns where the roads that lead on from one stop come nearest to
// those that lead to the other; no names where they do meet.
func gapBetween(t *network.Travel, from, to Stop) (metres float64, near, far string) {
	c := t.Weak()
	label := func(s int32) int32 {
		forward, _ := t.Along(s)
		return c.Label[t.Head(forward)]
	}
	a, b := label(from.Segment), label(to.Segment)
	if a == b {
		return 0, "", ""
	}
	if c.Nodes[a] > c.Nodes[b] { // ask from the smaller one
		a, b = b, a
		defer func() { near, far = far, near }()
	}
	metres = farthest
	for n := range int32(t.Nodes()) {
		if c.Label[n] != a {
			continue
		}
		at, ok := t.Snap(t.Point(n), metres, func(s int32) bool { return t.Open(s) && label(s) == b })
		if !ok {
			continue
		}
		metres = at.AccessMetres
		here, _ := t.Snap(t.Point(n), 1, func(s int32) bool { return t.Open(s) && label(s) == a })
		near, far = t.Way(here.Segment).Title(), t.Way(at.Segment).Title()
	}
	return metres, near, far
}
