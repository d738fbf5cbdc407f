package spacetime

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// Zone is where the risk is raised for a while: about an event of late.
type Zone struct {
	Event   int // its number
	Expires geo.Time
	Events  int // in force within the radius of this one, itself included
}

// InForce returns the zones at a moment: one about each event that began at
// or before it and less than span ago, the newest first, events of one moment
// by key. Later events are not known yet.
func InForce(points []orb.Point, times []geo.Time, keys []geo.Key, radiusMetres float64, span, now geo.Time) ([]Zone, error) {
	var zones []Zone
	for i, t := range times {
		if t <= now && now-t < span {
			zones = append(zones, Zone{Event: i, Expires: t + span})
		}
	}
	slices.SortFunc(zones, func(a, b Zone) int {
		return cmp.Or(cmp.Compare(b.Expires, a.Expires), cmp.Compare(keys[a.Event], keys[b.Event]))
	})
	places := make([]orb.Point, len(zones))
	for i := range zones {
		places[i] = points[zones[i].Event]
	}
	cloud, err := measure.NewCloud(places, radiusMetres)
	if err != nil {
		return nil, err
	}
	cloud.Sweep(0, len(places), func(i int, near []int32) { zones[i].Events = 1 + len(near) })
	return zones, nil
}
