// Package measure answers how far, in which direction and how large, in metres
// on the WGS84 ellipsoid.
//
// Distances are lengths of geodesics. Lines up to about 440 km are solved by
// quadrature of the geodesic's own integrals (arc.go), longer ones by the
// method of Karney (2013), "Algorithms for geodesics", J. Geodesy 87 (inverse.go and
// its neighbours); both hold to some nanometres. Every distance of this
// package comes from that one pair, so that the same two points always give
// the same bits, in whichever order and through whichever function.
//
// Bounds (bounds.go) are cheap true limits of those distances, for indexes.
// A Target (target.go) is a prepared geometry of any type. Geometries are
// orb's, in degrees, longitude before latitude. Edges are geodesics for every
// length, area and distance, and straight in longitude and latitude for the
// question whether a point is inside.
package measure

// The WGS84 ellipsoid (EPSG:7030).
const (
	EquatorialRadiusMetres = 6378137.0
	Flattening             = 1 / 298.257223563
)

// Both radii of curvature of the ellipsoid, along the meridian and across it,
// lie between a(1-e2), which is the meridian's at the equator, and
// a/sqrt(1-e2), which is both at a pole, with e2 = f(2-f). A path that turns
// its geodetic normal by t radians is therefore at least the first and, when
// it is the shortest, at most the second times t long. The figures are
// 6335439.32729 and 6399593.62576, rounded outwards.
const (
	LowerMetresPerRadian = 6335439.327
	UpperMetresPerRadian = 6399593.626
)

// HalfMeridianMetres is the distance from pole to pole, rounded up: no two
// points are farther apart.
const HalfMeridianMetres = 20003931.459

// Derived constants, exact until they meet a float64.
const (
	polarRadius = EquatorialRadiusMetres * (1 - Flattening)
	eccSq       = Flattening * (2 - Flattening)                 // first eccentricity squared
	eccSq2      = eccSq / ((1 - Flattening) * (1 - Flattening)) // second eccentricity squared
	third       = Flattening / (2 - Flattening)                 // third flattening n
)

// LowerMetres is the least distance between two points whose geodetic normals
// are t radians apart.
func LowerMetres(t float64) float64 { return LowerMetresPerRadian * t }

// UpperMetres is the greatest distance between two points whose geodetic
// normals are t radians apart.
func UpperMetres(t float64) float64 { return UpperMetresPerRadian * t }
