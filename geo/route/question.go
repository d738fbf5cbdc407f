package route

import (
	"context"
	"errors"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
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

// Risk gives the risk of each arc of w's roads, in what adds up along a way.
// It is relative where nobody knows how often a way was gone: then no
// probability follows from it. A nil slice is no risk known anywhere.
type Risk func(ctx context.Context, w process.World, in geo.Values) (perArc []float64, relative bool, method string, warnings []process.Warning, err error)

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
	input string
	name  placeName
	at    orb.Point
}

func placesOf(in geo.Values) ([]asked, error) {
	all := []asked{{input: originInput, name: "origin"}}
	values := []geo.Value{in[originInput]}
	for i, v := range in[viaInput].List() {
		all = append(all, asked{input: viaInput, name: placeName(fmt.Sprintf("via %d", i+1))})
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
	out := make([]Stop, len(places))
	for i, a := range places {
		at, err := roads.Snap(t, a.at, within, a.input)
		if err != nil {
			return nil, a.name.blame(err, closedNear(t, a.at, within))
		}
		out[i] = Stop{Name: string(a.name), Asked: a.at, Place: at}
	}
	return out, nil
}

// cut says why no way leads from one stop to the next.
func cut(t *network.Travel, from, to Stop) error {
	return placeName(from.Name+" to "+to.Name).blame(roads.NoWay(t, from.Place, to.Place, destinationInput), "")
}

// placeName is what a place of the question is called.
type placeName string

// blame puts the name before what is wrong, and more behind it.
func (n placeName) blame(err error, more string) error {
	var bad *geo.Error
	if !errors.As(err, &bad) {
		return err
	}
	return geo.Errorf(bad.Code, bad.Where, "%s: %s%s", n, bad.Text, more)
}

// closedNear names the road that would be near enough if it were not closed.
func closedNear(t *network.Travel, p orb.Point, within float64) string {
	r := t.Conditions.Reader
	at, ok := t.Snap(p, within, func(s int32) bool { return t.Seen(s, r) })
	if !ok {
		return ""
	}
	way := t.Way(at.Segment)
	_, why := t.Conditions.SpeedKMH(way)
	if why == network.Passable {
		why = "to be avoided"
	}
	return fmt.Sprintf("; %s, %.0f m from it, is %s", way.Title(), at.AccessMetres, why)
}
