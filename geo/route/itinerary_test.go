package route_test

import (
	"context"
	"encoding/xml"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/route"
)

// drive writes the fastest way through the places out.
func drive(t *testing.T, travel *network.Travel, places ...orb.Point) *route.Itinerary {
	t.Helper()
	var at []network.Place
	var stops []route.Stop
	for _, p := range places {
		place, ok := travel.Snap(p, 1e4, travel.Open)
		if !ok {
			t.Fatalf("no road near %v", p)
		}
		at, stops = append(at, place), append(stops, route.Stop{Name: "stop", Asked: p, Place: place})
	}
	p := route.NewPlanner(travel, nil)
	j, broken, err := p.Best(context.Background(), at, false)
	if err != nil || broken >= 0 {
		t.Fatalf("no way, broken at %d, %v", broken, err)
	}
	it, err := p.Itinerary(j, stops)
	if err != nil {
		t.Fatal(err)
	}
	return it
}

// crossroads meet at 0 0; each arm is about 1.1 km.
func crossroads(t *testing.T) *network.Travel {
	return travelOf(t, road("West", orb.Point{-0.01, 0}, orb.Point{0, 0}), road("East", orb.Point{0, 0}, orb.Point{0.01, 0}),
		road("North", orb.Point{0, 0}, orb.Point{0, 0.01}), road("South", orb.Point{0, 0}, orb.Point{0, -0.01}),
		road("Back", orb.Point{0, 0}, orb.Point{-0.01, 0.005}), with(road("North", orb.Point{0, 0.01}, orb.Point{0, 0.02}), "surface", geo.String("sand")))
}

func TestTurns(t *testing.T) {
	travel := crossroads(t)
	west := orb.Point{-0.01, 0}
	for _, c := range []struct {
		desc string
		to   orb.Point
		want route.Turn
	}{
		{"straight on", orb.Point{0.01, 0}, route.Straight}, {"left", orb.Point{0, 0.01}, route.Left},
		{"right", orb.Point{0, -0.01}, route.Right}, {"back on the left", orb.Point{-0.01, 0.005}, route.SharpLeft},
	} {
		d := drive(t, travel, west, c.to).Directions()
		if len(d) != 3 || d[0].Turn != route.Depart || d[1].Turn != c.want || d[2].Turn != route.Arrive {
			t.Errorf("%s: %v", c.desc, d)
		}
	}
	d := drive(t, travel, orb.Point{0, -0.01}, orb.Point{-0.01, 0.005}).Directions()
	if len(d) != 3 || d[1].Turn != route.Left {
		t.Errorf("half left: %v", d)
	}
	// A stop in a dead end is turned about at.
	it := drive(t, travel, west, orb.Point{0, 0.01}, orb.Point{0.01, 0})
	d = it.Directions()
	if len(d) != 5 || d[2].Turn != route.StopHere || d[2].Stop != 1 || d[3].Turn != route.Left || d[4].Stop != 2 {
		t.Errorf("with a stop: %v", d)
	}
	if math.Abs(it.At[1]-it.At[2]/2) > 20 {
		t.Errorf("the stop is at %v of %v m", it.At[1], it.At[2])
	}
}

func TestLegsFollowRoadAndSurface(t *testing.T) {
	it := drive(t, crossroads(t), orb.Point{-0.01, 0}, orb.Point{0, 0.02})
	if len(it.Legs) != 3 {
		t.Fatalf("%d legs", len(it.Legs))
	}
	millis, metres := uint64(0), 0.0
	for i, l := range it.Legs {
		if l.From != metres || l.Way.Title() != []string{"West", "North", "North"}[i] {
			t.Errorf("leg %d on %s begins at %v, not %v", i, l.Way.Title(), l.From, metres)
		}
		millis, metres = millis+l.Millis, l.To
	}
	if it.Legs[2].Way.Surface != "sand" || math.Abs(float64(millis)-float64(it.Cost.Time)) > 3 || math.Abs(metres-it.Track.Metres()) > 0.01 {
		t.Errorf("the legs take %d ms and %v m, the way %d and %v", millis, metres, it.Cost.Time, it.Track.Metres())
	}
	// 36 km/h is 10 m a second.
	if math.Abs(float64(millis)/100-metres) > 1 {
		t.Errorf("%v m in %d ms", metres, millis)
	}
}

func TestCurfew(t *testing.T) {
	it := drive(t, travelOf(t, road("One", orb.Point{0, 0}, orb.Point{0.97018, 0}), road("Two", orb.Point{0.97018, 0}, orb.Point{2.91054, 0})), orb.Point{0, 0}, orb.Point{2.91054, 0})
	// 3 hours on One and 6 on Two, to some seconds; at 10 m a second.
	hour := 3600 * geo.Second
	for _, c := range []struct {
		desc, curfew string
		depart       float64 // hours of the day
		halts        []float64
		arrive       float64
	}{
		{"none", "", 22, nil, 31},
		{"done before it", "18:00/06:00", 8, nil, 17},
		{"the second leg waits", "18:00/06:00", 10, []float64{13}, 36},
		{"it waits at home", "18:00/06:00", 4, []float64{4}, 15},
		{"a curfew at noon", "12:00/13:00", 10.5, []float64{10.5}, 22},
		{"a leg longer than the window halts on the road", "10:00/06:00", 6, []float64{10, 34}, 55},
	} {
		curfew := route.Curfew{}
		if c.curfew != "" {
			var err error
			if curfew, err = route.ParseCurfew(c.curfew); err != nil {
				t.Fatal(err)
			}
		}
		depart := day("2018-03-01") + geo.Time(c.depart*float64(hour))
		table := it.Timetable(depart, curfew)
		hours := func(at geo.Time) float64 { return float64(at-day("2018-03-01")) / float64(hour) }
		if len(table.Halts) != len(c.halts) {
			t.Errorf("%s: %d halts, not %d", c.desc, len(table.Halts), len(c.halts))
		}
		for i := range min(len(table.Halts), len(c.halts)) {
			if h := table.Halts[i]; math.Abs(hours(h.From)-c.halts[i]) > 0.02 {
				t.Errorf("%s: halt %d is at %v, not %v", c.desc, i, hours(h.From), c.halts[i])
			}
		}
		if math.Abs(hours(table.Arrival())-c.arrive) > 0.02 {
			t.Errorf("%s: it arrives at %v, not %v", c.desc, hours(table.Arrival()), c.arrive)
		}
		notInCurfew(t, c.desc, it, &table, curfew)
	}
}

// notInCurfew checks that the time driven is the way's, and that what is driven
// between two halts lies outside the curfew.
func notInCurfew(t *testing.T, desc string, it *route.Itinerary, table *route.Timetable, c route.Curfew) {
	t.Helper()
	waited := geo.Time(0)
	for _, h := range table.Halts {
		waited += h.To - h.From
		if at := (h.To + c.Offset) % geo.Day; at != c.End {
			t.Errorf("%s: a halt ends at %v of the day", desc, at)
		}
	}
	begin := table.Begin[0]
	for _, h := range table.Halts {
		if h.Leg == 0 && h.At == 0 {
			begin = h.From
		}
	}
	if driven := table.Arrival() - begin - waited; math.Abs(float64(driven)-1000*float64(it.Cost.Time)) > 10_000 {
		t.Errorf("%s: %v us driven, %d ms needed", desc, driven, it.Cost.Time)
	}
}

func TestCurfewInLocalTime(t *testing.T) {
	it := drive(t, travelOf(t, road("One", orb.Point{0, 0}, orb.Point{0.97, 0})), orb.Point{0, 0}, orb.Point{0.97, 0})
	c, err := route.ParseCurfew("18:00/06:00")
	if err != nil {
		t.Fatal(err)
	}
	depart := day("2018-03-01") + 14*3600*geo.Second
	if table := it.Timetable(depart, c); len(table.Halts) != 0 {
		t.Errorf("at 14:00 in UTC there are %d halts", len(table.Halts))
	}
	c.Offset = 3 * 3600 * geo.Second
	if table := it.Timetable(depart, c); len(table.Halts) != 1 || table.Halts[0].To != day("2018-03-02")+3*3600*geo.Second {
		t.Errorf("at 17:00 in local time the halts are %v", it.Timetable(depart, c).Halts)
	}
	if at, ok := it.Latest(depart, c); !ok || math.Abs(float64(at-day("2018-03-01")-12*3600*geo.Second)) > float64(60*geo.Second) {
		t.Errorf("the latest is %v, %v", at, ok)
	}
	for _, bad := range []string{"", "18:00", "18:00/18:00", "25:00/06:00", "18:00-06:00", "x/y"} {
		if _, err := route.ParseCurfew(bad); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%q is a curfew: %v", bad, err)
		}
	}
}

func TestGPX(t *testing.T) {
	it := drive(t, crossroads(t), orb.Point{-0.01, 0}, orb.Point{0, 0.01}, orb.Point{0.01, 0})
	first := route.Waypoint{At: orb.Point{-0.01, 0}, Name: "first", Type: "stop", Note: "n"}
	text := route.GPX("ways", []route.Course{
		{Itinerary: it, Name: "A & B <c>", Number: 1, Marks: []route.Waypoint{first}, Checks: []route.Waypoint{first, {At: orb.Point{0.01, 0}, Name: "last"}}},
		{Itinerary: it, Name: "other", Number: 2},
	})
	var doc struct {
		XMLName xml.Name `xml:"http://www.topografix.com/GPX/1/1 gpx"`
		Version string   `xml:"version,attr"`
		Points  []struct {
			Lat  float64 `xml:"lat,attr"`
			Lon  float64 `xml:"lon,attr"`
			Name string  `xml:"name"`
			Way  string  `xml:"cmt"`
		} `xml:"wpt"`
		Routes []struct {
			Number int `xml:"number"`
			Points []struct {
				Name string `xml:"name"`
			} `xml:"rtept"`
		} `xml:"rte"`
		Tracks []struct {
			Name     string `xml:"name"`
			Number   int    `xml:"number"`
			Segments []struct {
				Points []struct {
					Lat float64 `xml:"lat,attr"`
					Lon float64 `xml:"lon,attr"`
				} `xml:"trkpt"`
			} `xml:"trkseg"`
		} `xml:"trk"`
	}
	if err := xml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	if doc.Version != "1.1" || len(doc.Points) != 1 || doc.Points[0].Lon != -0.01 || doc.Points[0].Way != "way 1" || len(doc.Routes) != 2 || len(doc.Tracks) != 2 {
		t.Fatalf("%+v", doc)
	}
	if r := doc.Routes[0]; r.Number != 1 || len(r.Points) != 2 || r.Points[1].Name != "last" {
		t.Errorf("the route is %+v", r)
	}
	if track := doc.Tracks[0]; track.Name != "A & B <c>" || len(track.Segments) != 2 || doc.Tracks[1].Number != 2 {
		t.Fatalf("the track is %+v", track)
	}
	if p := doc.Tracks[0].Segments[1].Points; len(p) != 3 || p[0].Lat != 0.01 || p[2].Lon != 0.01 {
		t.Errorf("the second part is %v", p)
	}
}
