package cluster

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/pattern"
	"bivouac/geo/shape"
)

// Summary is what one cluster, or the noise, amounts to in space.
type Summary struct {
	Members    []int32 // events, in their order
	Core       int
	Places     int // distinct ones
	Coincident int // events that share their place with another one of the cluster

	Centre           orb.Point    // the mean of the members as directions from the centre of the earth
	Hull             orb.Geometry // convex; a line or a point where it has no area
	AreaSquareMetres float64
}

// Summaries returns one a cluster, in order of their numbers, and that of the
// noise, which has no centre and no hull.
func (l *Labels) Summaries(points []orb.Point) (clusters []Summary, noise Summary) {
	clusters = make([]Summary, l.Clusters)
	for i, label := range l.Label {
		s := &noise
		if label != Noise {
			s = &clusters[label]
		}
		s.Members = append(s.Members, int32(i))
		if l.Core[i] {
			s.Core++
		}
	}
	for i := range clusters {
		clusters[i].place(points)
	}
	return clusters, noise
}

func (s *Summary) place(points []orb.Point) {
	own := make([]orb.Point, len(s.Members))
	for i, m := range s.Members {
		own[i] = points[m]
	}
	sites := pattern.NewSites(own)
	s.Places, s.Coincident = len(sites.Points), sites.Coincident()
	s.Centre = centre(own)
	s.Hull = pattern.Hull(sites.Points)
	if s.Hull == nil {
		s.Hull = thin(sites.Points, s.Centre)
	}
	s.AreaSquareMetres = measure.Area(s.Hull)
}

// thin is the hull of places on one line: that line, or the only place.
func thin(places []orb.Point, centre orb.Point) orb.Geometry {
	if len(places) == 1 {
		return places[0]
	}
	along := func(a, b orb.Point) int {
		return cmp.Or(
			cmp.Compare(math.Remainder(a[0]-centre[0], 360), math.Remainder(b[0]-centre[0], 360)),
			cmp.Compare(a[1], b[1]))
	}
	line, _ := shape.SplitDateLine(orb.LineString{slices.MinFunc(places, along), slices.MaxFunc(places, along)})
	return line
}

// centre is the mean direction of the points; of points that balance each
// other all round the globe, the first.
func centre(points []orb.Point) orb.Point {
	var x, y, z float64
	for _, p := range points {
		sinLon, cosLon := math.Sincos(p[0] * math.Pi / 180)
		sinLat, cosLat := math.Sincos(p[1] * math.Pi / 180)
		x, y, z = x+cosLat*cosLon, y+cosLat*sinLon, z+sinLat
	}
	if math.Sqrt(x*x+y*y+z*z) < 1e-9*float64(len(points)) {
		return points[0]
	}
	return orb.Point{math.Atan2(y, x) * 180 / math.Pi, math.Atan2(z, math.Hypot(x, y)) * 180 / math.Pi}
}
