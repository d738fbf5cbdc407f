package osm

import (
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// Road is a way that one may go along, with its tags as Bivouac's codes.
// Texts are "", numbers 0 where the map says nothing.
type Road struct {
	ID         int64
	Line       orb.Geometry // from its first point to its last, as a one-way road is driven
	Name, Ref  string
	Highway    string  // the map's own class; "ferry" for a ferry
	Surface    string  // paved, gravel, earth, sand or unknown
	Season     string  // all, or dry
	Access     string  // of motor vehicles, as the map writes it
	Junction   string  // as the map writes it
	SpeedKMH   float64 // the greatest one allowed
	OneWay     bool
	Bridge     bool
	Tunnel     bool
	Ford       bool
	MaxWeightT float64

	reversed bool
}

// roadTags are the tags that are read.
var roadTags = []string{
	"highway", "route", "name", "name:en", "ref", "surface", "tracktype", "seasonal", "ice_road", "winter_road", "motor_vehicle", "vehicle", "access",
	"junction", "maxspeed", "oneway", "bridge", "tunnel", "ford", "maxweight",
}

// RoadTags lists the tags of roads that are read.
func RoadTags() []string { return roadTags }

// noRoad are values of highway on ways that nobody can go along, or not yet.
var noRoad = map[string]bool{
	"proposed": true, "construction": true, "planned": true, "abandoned": true, "disused": true, "razed": true, "no": true,
	"platform": true, "rest_area": true, "services": true, "elevator": true, "corridor": true, "bus_stop": true, "raceway": true, "escape": true,
}

func roadClass(t tags) bool {
	highway := t.get("highway")
	if t.get("area") == "yes" {
		return false // a square, whose edge is no way
	}
	return highway != "" && !noRoad[highway] || highway == "" && t.get("route") == "ferry"
}

func roadOf(t tags) Road {
	r := Road{
		Highway: strings.Clone(t.get("highway")), Name: strings.Clone(t.first("name", "name:en")), Ref: strings.Clone(t.get("ref")),
		Access: strings.Clone(t.first("motor_vehicle", "vehicle", "access")), Junction: strings.Clone(t.get("junction")),
		Surface: surfaceOf(t), Season: seasonOf(t), SpeedKMH: speedOf(t.get("maxspeed")), MaxWeightT: tonnesOf(t.get("maxweight")),
		Bridge: yes(t.get("bridge")), Tunnel: yes(t.get("tunnel")), Ford: yes(t.get("ford")),
	}
	if r.Highway == "" {
		r.Highway = "ferry"
	}
	r.OneWay, r.reversed = oneWayOf(t)
	return r
}

// yes is any value but one that says no.
func yes(value string) bool { return value != "" && value != "no" }

// oneWayOf says whether a road is driven one way only, and whether against
// the order of its nodes. Roundabouts and motorways are unless they say no.
func oneWayOf(t tags) (oneWay, reversed bool) {
	switch t.get("oneway") {
	case "yes", "true", "1":
		return true, false
	case "-1", "reverse":
		return true, true
	case "":
		j := t.get("junction")
		return j == "roundabout" || j == "circular" || t.get("highway") == "motorway", false
	}
	return false, false // no; and those that change with the hour
}

// surfaces are the map's surfaces by our codes.
var surfaces = map[string]string{
	"paved": "paved", "asphalt": "paved", "concrete": "paved", "concrete:plates": "paved", "concrete:lanes": "paved", "paving_stones": "paved",
	"sett": "paved", "cobblestone": "paved", "unhewn_cobblestone": "paved", "chipseal": "paved", "bricks": "paved", "metal": "paved", "wood": "paved",
	"gravel": "gravel", "fine_gravel": "gravel", "compacted": "gravel", "pebblestone": "gravel", "crushed_stone": "gravel", "laterite": "gravel",
	"unpaved": "earth", "earth": "earth", "dirt": "earth", "ground": "earth", "soil": "earth", "mud": "earth", "clay": "earth", "grass": "earth",
	"rock": "earth", "stone": "earth", "grass_paver": "earth", "woodchips": "earth", "salt": "earth",
	"sand": "sand",
}

// tracks are the surfaces of the grades of tracks, for those without another.
var tracks = map[string]string{"grade1": "paved", "grade2": "gravel", "grade3": "earth", "grade4": "earth", "grade5": "earth"}

func surfaceOf(t tags) string {
	if s := surfaces[t.get("surface")]; s != "" {
		return s
	}
	if s := tracks[t.get("tracktype")]; s != "" {
		return s
	}
	return "unknown"
}

// seasonOf is dry for roads that say that they are not there all year.
func seasonOf(t tags) string {
	switch t.get("seasonal") {
	case "", "no", "wet_season":
	default:
		return "dry"
	}
	if yes(t.get("winter_road")) || yes(t.get("ice_road")) {
		return "dry"
	}
	return "all"
}

const kilometresPerMile = 1.609344

// speedOf reads maxspeed in km/h: a number, one with mph or knots, or "walk";
// 0 for words such as none, signals and RU:urban, of which each country knows
// its own meaning.
func speedOf(value string) float64 {
	const walking, kilometresPerKnot = 5, 1.852
	if value == "walk" || strings.HasSuffix(value, ":walk") {
		return walking
	}
	number, unit, _ := strings.Cut(value, " ")
	for _, u := range []string{"mph", "km/h", "kmh", "knots"} {
		if unit == "" && strings.HasSuffix(number, u) {
			number, unit = strings.TrimSuffix(number, u), u
		}
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !(v > 0 && v < 1000) {
		return 0
	}
	switch unit {
	case "", "km/h", "kmh", "kph":
		return v
	case "mph":
		return v * kilometresPerMile
	case "knots":
		return v * kilometresPerKnot
	}
	return 0
}

// tonnesOf reads maxweight in tonnes; 0 for none.
func tonnesOf(value string) float64 {
	const tonnesPerShortTon, tonnesPerPound, tonnesPerKilogram = 0.90718474, 0.00045359237, 0.001
	number := strings.TrimRight(value, "abcdefghijklmnopqrstuvwxyz ")
	v, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	if err != nil || !(v > 0 && v < 1e6) {
		return 0
	}
	switch strings.TrimSpace(value[len(number):]) {
	case "", "t":
		return v
	case "kg":
		return v * tonnesPerKilogram
	case "st":
		return v * tonnesPerShortTon
	case "lbs":
		return v * tonnesPerPound
	}
	return 0
}
