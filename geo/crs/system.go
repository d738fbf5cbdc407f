package crs

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"bivouac/geo"
)

// System is a reference system that records are asked for and sent in: the
// code that EPSG has given it, 0 for CRS84. The others are [LatLon],
// [WebMercator] and the zones of UTM, 32601 to 32660 in the north and 32701 to
// 32760 in the south.
type System int

// The systems that hold the whole world, or nearly.
const (
	CRS84       System = 0    // longitude, latitude in degrees on WGS84
	LatLon      System = 4326 // the same places, latitude first
	WebMercator System = 3857 // metres of the sphere; the poles are infinitely far
)

// utmNorthern and utmSouthern are the codes of the zone that would be 0.
const (
	utmNorthern System = 32600
	utmSouthern System = 32700
)

const (
	crs84URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	epsgURI  = "http://www.opengis.net/def/crs/EPSG/0/"
)

// URI returns the address by which the OGC names the system.
func (s System) URI() string {
	if s == CRS84 {
		return crs84URI
	}
	return epsgURI + strconv.Itoa(int(s))
}

// String returns the short name of the system, as in EPSG:32630.
func (s System) String() string {
	if s == CRS84 {
		return "CRS84"
	}
	return "EPSG:" + strconv.Itoa(int(s))
}

// ParseSystem reads the name of a system: its address with http or https, or
// the URN of it. The version of the register may be left out or 0. It reports
// false for a name of another form and for a system that is not known here.
func ParseSystem(name string) (System, bool) {
	rest, isURN := strings.CutPrefix(name, "urn:ogc:def:crs:")
	between := ":"
	if !isURN {
		_, plain, _ := strings.Cut(name, "://")
		if !strings.HasPrefix(name, "http://") && !strings.HasPrefix(name, "https://") {
			return 0, false
		}
		var ours bool
		if rest, ours = strings.CutPrefix(plain, "www.opengis.net/def/crs/"); !ours {
			return 0, false
		}
		between = "/"
	}
	part := strings.Split(rest, between)
	if len(part) != 3 {
		return 0, false
	}
	switch authority, version, code := part[0], part[1], part[2]; {
	case authority == "OGC" && code == "CRS84":
		return CRS84, version == "1.3" || version == "0" || isURN && version == ""
	case authority == "EPSG" && (version == "0" || isURN && version == ""):
		return ofEPSG(code)
	}
	return 0, false
}

func ofEPSG(code string) (System, bool) {
	n, err := strconv.Atoi(code)
	s := System(n)
	if err != nil || strconv.Itoa(n) != code {
		return 0, false
	}
	return s, s == LatLon || s == WebMercator || s.Zoned()
}

// Zoned reports whether the system is a zone of UTM.
func (s System) Zoned() bool {
	zone, _ := s.zone()
	return zone >= 1 && zone <= 60
}

// zone returns the zone of UTM and its hemisphere; 0 where it is none.
func (s System) zone() (zone int, north bool) {
	switch {
	case s > utmSouthern:
		return int(s - utmSouthern), false
	case s > utmNorthern:
		return int(s - utmNorthern), true
	}
	return 0, false
}

// Whole returns those of [Systems] that hold everything in the box, so that
// they can be promised for all of its records: no zone of UTM for a box far
// wider than that. [WebMercator] is among them even where the box has a pole.
func Whole(b geo.Box) []System {
	return slices.DeleteFunc(Systems(b), func(s System) bool {
		return s.Zoned() && slices.ContainsFunc(b.Split(), func(part geo.Box) bool { return !s.Holds(part) })
	})
}

// Systems returns the systems for records in the box: CRS84 first, then
// [LatLon] and [WebMercator], then the zones of UTM that the box touches,
// ordered by code. Zones are those of the grid, with the wider ones of Norway
// and Svalbard, between 80 south and 84 north.
func Systems(b geo.Box) []System {
	return append(WorldSystems(), zonesOf(b)...)
}

// WorldSystems returns the systems that suit records anywhere.
func WorldSystems() []System { return []System{CRS84, LatLon, WebMercator} }

// zonesOf finds the zones at the corners of all cells of the grid that the box
// touches: they begin at whole multiples of 3 degrees of longitude, and at few
// latitudes.
func zonesOf(b geo.Box) []System {
	var has [2 * 61]bool
	for _, part := range b.Split() {
		part.South, part.North = max(part.South, utmSouth), min(part.North, math.Nextafter(utmNorth, 0))
		for _, lat := range steps(part.South, part.North, 0, 56, 64, 72) {
			for lon := part.West; lon <= part.East; lon = nextStep(lon, part.East) {
				zone, north := UTMZone(lon, lat)
				has[zone+61*half(north)] = true
			}
		}
	}
	var out []System
	for zone := range 61 {
		if has[zone] {
			out = append(out, utmNorthern+System(zone))
		}
	}
	for zone := range 61 {
		if has[61+zone] {
			out = append(out, utmSouthern+System(zone))
		}
	}
	return out
}

func half(north bool) int {
	if north {
		return 0
	}
	return 1
}

// steps returns from and those of the latitudes that lie behind it up to to;
// none where to is below from.
func steps(from, to float64, at ...float64) []float64 {
	if to < from {
		return nil
	}
	out := []float64{from}
	for _, v := range at {
		if from < v && v <= to {
			out = append(out, v)
		}
	}
	return out
}

// nextStep goes on to the next multiple of 3 degrees, or beyond the end.
func nextStep(lon, east float64) float64 {
	next := 3 * (math.Floor(lon/3) + 1)
	if next > east {
		return math.Inf(1)
	}
	return next
}
