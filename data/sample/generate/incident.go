package main

import (
	"math"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

const (
	syntheticSource     = "synthetic: made up for the sample world"
	syntheticConfidence = "synthetic"
)

// incident is a made-up record, filled step by step.
type incident struct {
	id, mission, sector                string
	category, device, outcome, target  string
	route, notes, duplicateOf          string
	timePrecision, reliability, review string
	time, end, reported                time.Time // end: zero for a moment
	spot                               spot
	place                              orb.Geometry // nil: nobody knows where
	placePrecision, credibility        int          // 0: null
	killed, injured                    toll
	aimed                              float64 // of its focus
	severity                           float64 // how much of a total falls to it
}

// toll is how many people an incident cost, in all and among two groups.
type toll struct{ all, peacekeepers, civilians int }

func (i *incident) atPeacekeepers() bool { return i.target == "peacekeepers" }

// foundInTime: the device was met before it went off.
func (i *incident) foundInTime() bool { return i.outcome == "found" || i.outcome == "disarmed" }

// malicious: all but accidents.
func (i *incident) malicious() bool { return i.category != "accident" }

func (i *incident) record() record {
	number := func(n int) geo.Value { return geo.Int(int64(n)) }
	code := func(n int) geo.Value {
		if n == 0 {
			return geo.Value{}
		}
		return geo.Int(int64(n))
	}
	return record{
		id: i.id, mission: i.mission, place: i.place,
		fields: geo.Values{
			"sector": orNull(i.sector), "time": moment(i.time), "time_end": moment(i.end),
			"time_precision": geo.String(i.timePrecision), "reported": moment(i.reported),
			"place_precision": code(i.placePrecision), "category": geo.String(i.category),
			"device": orNull(i.device), "outcome": orNull(i.outcome), "target": geo.String(i.target),
			"killed": number(i.killed.all), "injured": number(i.injured.all),
			"peacekeepers_killed": number(i.killed.peacekeepers), "peacekeepers_injured": number(i.injured.peacekeepers),
			"civilians_killed": number(i.killed.civilians), "civilians_injured": number(i.injured.civilians),
			"route": orNull(i.route), "reliability": geo.String(i.reliability), "credibility": code(i.credibility),
			"review_status": geo.String(i.review), "duplicate_of": orNull(i.duplicateOf), "notes": orNull(i.notes),
			"source": geo.String(syntheticSource), "confidence": geo.String(syntheticConfidence),
		},
	}
}

func moment(t time.Time) geo.Value {
	if t.IsZero() {
		return geo.Value{}
	}
	return geo.TimeValue(geo.TimeOf(t))
}

// precisions are those of a time; what is coarser than an hour is written as
// the day, since it stands to that day's end.
var precisions = odds{{"exact", 34}, {"hour", 31}, {"day", 28}, {"days", 4.5}, {"week", 2}, {"month", 0.5}}

// knownTime says how well the time is known and when it was told.
func (i *incident) knownTime(c *chance) {
	i.timePrecision = c.word(precisions)
	wait := 6 * c.lognormal(1)
	switch i.timePrecision {
	case "exact":
		i.time = i.time.Truncate(time.Minute)
	case "hour":
		i.time = i.time.Truncate(time.Hour)
	default:
		i.time = i.time.Truncate(24 * time.Hour)
		wait += 20
	}
	if i.timePrecision == "week" || i.timePrecision == "month" {
		wait += 24 * c.between(7, 25)
	}
	i.reported = i.time.Add(time.Duration(math.Ceil(wait*60)) * time.Minute)
}

// reviewed says how far the source and the record are to be trusted: what hit
// peacekeepers was looked into by the mission itself.
func (i *incident) reviewed(c *chance) {
	i.reliability = c.word(odds{{"A", 6}, {"B", 32}, {"C", 34}, {"D", 14}, {"E", 4}, {"F", 10}})
	i.credibility = min(6, max(1, int(i.reliability[0]-'A')+c.from(0, 2)))
	i.review = c.word(odds{{"verified", 46}, {"reviewed", 36}, {"new", 18}})
	if i.atPeacekeepers() {
		i.reliability = c.word(odds{{"A", 45}, {"B", 45}, {"C", 10}})
		i.credibility = c.from(1, 2)
		i.review = c.word(odds{{"verified", 85}, {"reviewed", 15}})
	}
}

// knownPlace says how well the place is known. What is known within some
// kilometres is written to two decimals; what is known of a district, a region
// or a road only stands in the middle of it.
func (i *incident) knownPlace(c *chance, t *tables) {
	i.place, i.route, i.placePrecision = i.spot.point, i.spot.route(), 1
	part := c.unit()
	if i.atPeacekeepers() {
		part *= 0.95 // the mission's own reports say where
	}
	switch {
	case part < 0.62:
	case part < 0.945:
		i.roughly()
	case part < 0.97:
		i.inMiddle(t, "district", 3)
	case part < 0.985:
		i.inMiddle(t, "region", 4)
	case part < 0.995 && i.spot.road != nil:
		middle, _ := i.spot.road.at(i.spot.road.km() / 2)
		i.place, i.placePrecision, i.route = rounded(middle), 5, i.spot.road.label()
	default:
		i.inMiddle(t, "country", 6)
	}
}

func (i *incident) roughly() {
	cut := func(degrees float64) float64 { return math.Round(degrees*100) / 100 }
	i.place, i.placePrecision = orb.Point{cut(i.spot.point[0]), cut(i.spot.point[1])}, 2
}

// inMiddle puts the record in the middle of an area, and on no road. Where no
// middle is known the place is known roughly.
func (i *incident) inMiddle(t *tables, level string, precision int) {
	p, ok := t.centre(i.mission, level, i.spot.point)
	if !ok {
		i.roughly()
		return
	}
	i.place, i.placePrecision, i.route = p, precision, ""
	if level == "country" {
		i.sector = ""
	}
}
