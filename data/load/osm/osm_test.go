package osm

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

func opened(b []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
}

// town is a crossroads with a gate, a one-way street that is drawn against
// its direction, a road that leaves the file, and restrictions of all kinds.
var town = struct {
	nodes     []node
	ways      []way
	relations []relation
}{
	[]node{
		{1, spot{-30000000, 160000000}, nil},
		{2, spot{-29900000, 160000000}, tags{{"barrier", "gate"}, {"access", "private"}}},
		{3, spot{-29800000, 160000000}, tags{{"highway", "crossing"}}},
		{4, spot{-29900000, 160100001}, nil},
		{5, spot{1, 2}, tags{{"barrier", "bollard"}}}, // on no road
	},
	[]way{
		{10, []int64{1, 2, 3}, tags{{"highway", "primary"}, {"name", "Route de Gao"}, {"ref", "RN16"}, {"surface", "asphalt"}, {"maxspeed", "50 mph"}, {"bridge", "yes"}}},
		{11, []int64{2, 4}, tags{{"highway", "track"}, {"oneway", "-1"}, {"tracktype", "grade3"}, {"seasonal", "yes"}, {"motor_vehicle", "destination"}, {"access", "no"}}},
		{12, []int64{1, 99, 3, 4}, tags{{"highway", "unclassified"}, {"ford", "no"}, {"maxweight", "3,5 t"}}},
		{13, []int64{98, 99}, tags{{"highway", "residential"}}},
		{14, []int64{1, 2}, tags{{"highway", "proposed"}}},
		{15, []int64{1, 4}, tags{{"waterway", "river"}}},
		{16, []int64{1, 3}, tags{{"route", "ferry"}}},
	},
	[]relation{
		{20, []member{{wayMember, 10, "from"}, {nodeMember, 2, "via"}, {wayMember, 11, "to"}}, tags{{"type", "restriction"}, {"restriction", "no_left_turn"}, {"except", "bus;emergency"}}},
		{21, []member{{wayMember, 10, "from"}, {wayMember, 11, "via"}, {wayMember, 12, "to"}}, tags{{"type", "restriction"}, {"restriction", "no_u_turn"}}},
		{22, []member{{wayMember, 10, "from"}, {nodeMember, 2, "via"}}, tags{{"type", "restriction"}, {"restriction", "only_straight_on"}}},
		{23, []member{{wayMember, 10, "from"}, {nodeMember, 77, "via"}, {wayMember, 11, "to"}}, tags{{"type", "restriction"}, {"restriction", "no_right_turn"}}},
		{24, []member{{wayMember, 10, "from"}, {nodeMember, 2, "via"}, {wayMember, 11, "to"}}, tags{{"type", "restriction"}, {"restriction:conditional", "no_left_turn @ (Mo-Fr)"}}},
		{25, nil, tags{{"type", "multipolygon"}}},
	},
}

func xmlOf() []byte {
	var b strings.Builder
	b.WriteString("\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\"><bounds minlat='0'/>\n")
	written := func(t tags) {
		for _, x := range t {
			fmt.Fprintf(&b, "<tag k=%q v=%q/>", x.key, x.value)
		}
	}
	for _, n := range town.nodes {
		fmt.Fprintf(&b, "<node id='%d' lat='%.7f' lon='%.7f'>", n.id, float64(n.at.lat)/1e7, float64(n.at.lon)/1e7)
		written(n.tags)
		b.WriteString("</node>\n")
	}
	b.WriteString("<node id='6' visible='false'/>")
	for _, w := range town.ways {
		fmt.Fprintf(&b, "<way id='%d'>", w.id)
		for _, n := range w.nodes {
			fmt.Fprintf(&b, "<nd ref='%d'/>", n)
		}
		written(w.tags)
		b.WriteString("</way>\n")
	}
	for _, r := range town.relations {
		fmt.Fprintf(&b, "<relation id='%d'>", r.id)
		for _, m := range r.members {
			fmt.Fprintf(&b, "<member type=%q ref='%d' role=%q/>", []string{"node", "way", "relation"}[m.kind], m.id, m.role)
		}
		written(r.tags)
		b.WriteString("</relation>\n")
	}
	b.WriteString("</osm>\n")
	return []byte(b.String())
}

func TestAllFormsSayTheSame(t *testing.T) {
	a, b, c, d := orb.Point{-3, 16}, orb.Point{-2.99, 16}, orb.Point{-2.98, 16}, orb.Point{-2.99, 16.0100001}
	wantRoads := []Road{
		{ID: 10, Line: orb.LineString{a, b, c}, Name: "Route de Gao", Ref: "RN16", Highway: "primary", Surface: "paved", Season: "all", SpeedKMH: 80.4672, Bridge: true},
		{ID: 11, Line: orb.LineString{d, b}, Highway: "track", Surface: "earth", Season: "dry", Access: "destination", OneWay: true, reversed: true},
		{ID: 12, Line: orb.LineString{c, d}, Highway: "unclassified", Surface: "unknown", Season: "all", MaxWeightT: 3.5},
		{ID: 13, Highway: "residential", Surface: "unknown", Season: "all"},
		{ID: 16, Line: orb.LineString{a, c}, Highway: "ferry", Surface: "unknown", Season: "all"},
	}
	wantBarriers := []Barrier{{2, b, "gate", "closed", "private"}}
	wantTurns := []Restriction{{20, b, "no_left_turn", "way/10", "way/11", "bus;emergency"}}
	for desc, file := range map[string][]byte{
		"dense nodes": pbf(true, town.nodes, town.ways, town.relations),
		"plain nodes": pbf(false, town.nodes, town.ways, town.relations),
		"XML":         xmlOf(),
	} {
		if !Is(file) {
			t.Errorf("%s: not known", desc)
		}
		e, err := Open(opened(file))
		if err != nil {
			t.Errorf("%s: %v", desc, err)
			continue
		}
		for range 2 { // a second reading says the same
			var roads []Road
			if err := e.Roads(func(r *Road) bool { roads = append(roads, *r); return true }); err != nil || !reflect.DeepEqual(roads, wantRoads) {
				t.Errorf("%s: roads\n%+v, %v, want\n%+v", desc, roads, err, wantRoads)
			}
		}
		f := e.Findings()
		unused := map[string]int{"by way of a road, not of a node": 1, "without one road from which, and one to which": 1, "at a node that the file lacks": 1, "of a kind that is not read, or only at some hours": 1}
		if !reflect.DeepEqual(e.Barriers(), wantBarriers) || !reflect.DeepEqual(e.Restrictions(), wantTurns) {
			t.Errorf("%s: %+v %+v", desc, e.Barriers(), e.Restrictions())
		}
		if f.Roads != 5 || f.Cut != 2 || f.Missing != 3 || f.LeftOut["proposed"] != 1 || !reflect.DeepEqual(f.Unused, unused) || f.Tags["highway"] != 4 || f.Tags["access"] != 2 {
			t.Errorf("%s: %+v", desc, f)
		}
		n := 0
		if err := e.Roads(func(*Road) bool { n++; return false }); err != nil || n != 1 {
			t.Errorf("%s: a reading that stops gave %d, %v", desc, n, err)
		}
	}
}

func TestTags(t *testing.T) {
	for _, c := range []struct {
		value string
		kmh   float64
	}{{"50", 50}, {"30 mph", 48.28032}, {"30mph", 48.28032}, {"80 km/h", 80}, {"none", 0}, {"RU:urban", 0}, {"walk", 5}, {"DE:walk", 5}, {"-5", 0}, {"NaN", 0}, {"1e9", 0}, {"10 knots", 18.52}, {"50 furlongs", 0}, {"", 0}} {
		if got := speedOf(c.value); got < c.kmh-1e-9 || got > c.kmh+1e-9 {
			t.Errorf("maxspeed=%s is %v km/h, want %v", c.value, got, c.kmh)
		}
	}
	for _, c := range []struct {
		value  string
		tonnes float64
	}{{"3.5", 3.5}, {"3,5 t", 3.5}, {"7.5t", 7.5}, {"3500 kg", 3.5}, {"10 st", 9.0718474}, {"none", 0}, {"default", 0}, {"-1", 0}, {"", 0}, {"5 bananas", 0}} {
		if got := tonnesOf(c.value); got < c.tonnes-1e-9 || got > c.tonnes+1e-9 {
			t.Errorf("maxweight=%s is %v t, want %v", c.value, got, c.tonnes)
		}
	}
	for _, c := range []struct {
		desc             string
		tags             tags
		oneWay, reversed bool
	}{
		{"nothing said", tags{{"highway", "primary"}}, false, false},
		{"yes", tags{{"oneway", "yes"}}, true, false},
		{"against", tags{{"oneway", "-1"}}, true, true},
		{"a roundabout", tags{{"junction", "roundabout"}}, true, false},
		{"a roundabout that says no", tags{{"junction", "roundabout"}, {"oneway", "no"}}, false, false},
		{"a motorway", tags{{"highway", "motorway"}}, true, false},
		{"with the hour", tags{{"oneway", "reversible"}}, false, false},
	} {
		if one, back := oneWayOf(c.tags); one != c.oneWay || back != c.reversed {
			t.Errorf("%s: %v %v", c.desc, one, back)
		}
	}
	if roadClass(tags{{"highway", "pedestrian"}, {"area", "yes"}}) || roadClass(tags{{"highway", "construction"}}) || !roadClass(tags{{"route", "ferry"}}) || roadClass(tags{{"route", "bus"}}) {
		t.Error("roads are known wrongly")
	}
}

func TestWrongFiles(t *testing.T) {
	good := pbf(true, town.nodes, town.ways, town.relations)
	of := func(m message) []byte { return append(headerOf("OsmSchema-V0.6"), block(dataBlock, m, true)...) }
	strange := func(build func(group *message)) []byte {
		var g message
		build(&g)
		return of(table{"", "a"}.block(g))
	}
	for _, c := range []struct {
		desc string
		file []byte
		want string
	}{
		{"empty", nil, "is no OpenStreetMap file"},
		{"a header alone", headerOf("OsmSchema-V0.6"), "holds a header and nothing else"},
		{"history", headerOf("OsmSchema-V0.6", "HistoricalInformation"), "holds the history of the map"},
		{"a feature of tomorrow", headerOf("Teleporters"), `needs "Teleporters"`},
		{"cut in a block", good[:len(good)-3], "is cut off in block 3"},
		{"cut in a size", append(bytes.Clone(good), 0, 0), "is cut off in block"},
		{"a header that claims much", append(bytes.Clone(good), 0xff, 0xff, 0xff, 0xff), "is damaged in block 4 (a header of 4294967295 bytes)"},
		{"a block that claims much", append(headerOf("OsmSchema-V0.6"), 0, 0, 0, 13, 10, 7, 'O', 'S', 'M', 'D', 'a', 't', 'a', 0x18, 0x80, 0x80, 0x80), "is"},
		{"texts that are not there", strange(func(g *message) {
			var w message
			w.varint(1, 5)
			w.bytes(2, packed(99))
			w.bytes(3, packed(99))
			g.bytes(3, w)
		}), "text 99 of 2"},
		{"keys without values", strange(func(g *message) {
			var w message
			w.bytes(2, packed(1))
			g.bytes(3, w)
		}), "keys without values"},
		{"columns of two lengths", strange(func(g *message) {
			var d message
			d.bytes(1, deltas(1, 2))
			d.bytes(8, deltas(1))
			g.bytes(2, d)
		}), "columns of nodes that differ"},
		{"beyond the pole", pbf(true, []node{{1, spot{0, 900000001}, nil}}, []way{{1, []int64{1, 1}, tags{{"highway", "road"}}}}, nil), "a node that is not on the earth"},
		{"a member of no kind", strange(func(g *message) {
			var r message
			r.bytes(8, packed(0))
			r.bytes(9, deltas(1))
			r.bytes(10, packed(9))
			g.bytes(4, r)
		}), "a member of kind 9"},
		{"packed bytes that lie", append(headerOf("OsmSchema-V0.6"), func() []byte {
			b := block(dataBlock, bytes.Repeat([]byte{1}, 1000), true)
			b[len(b)-2] ^= 0xff
			return b
		}()...), "is damaged in block 2"},
		{"changes", []byte("<?xml version='1.0'?><osmChange></osmChange>"), "holds changes of the map"},
		{"XML that is cut", xmlOf()[:700], "is cut off at line"},
		{"XML with a place that is none", []byte("<osm><node id='1' lat='91' lon='0'/><way id='1'><nd ref='1'/><tag k='highway' v='road'/></way></osm>"), "node 1: has no place on the earth"},
		{"XML without ids", []byte("<osm><way id='x'/></osm>"), `<way> has no whole number "id"`},
		{"XML that nests", []byte("<osm><way id='1'>" + strings.Repeat("<a>", 100)), "elements within elements"},
	} {
		_, err := Open(opened(c.file))
		if err == nil { // it has no roads, so that nobody asked for the rest
			err = read(bytes.NewReader(c.file), visitor{func(*node) error { return nil }, func(*way) error { return nil }, func(*relation) error { return nil }})
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.desc, err, c.want)
		}
		if geo.CodeOf(err) == geo.Internal {
			t.Errorf("%s: %v is not an error for people", c.desc, err)
		}
	}
}

// TestBomb packs more than a block may hold into a few bytes.
func TestBomb(t *testing.T) {
	file := append(headerOf("OsmSchema-V0.6"), block(dataBlock, make([]byte, mostBlob+1), true)...)
	if len(file) > 100_000 {
		t.Fatal("the bomb is large itself")
	}
	if _, err := Open(opened(file)); err == nil || !strings.Contains(err.Error(), "bytes unpacked") {
		t.Errorf("%v", err)
	}
}

func FuzzFile(f *testing.F) {
	f.Add(pbf(true, town.nodes, town.ways, town.relations))
	f.Add(pbf(false, town.nodes, town.ways, town.relations))
	f.Add(xmlOf())
	f.Add(append(headerOf("OsmSchema-V0.6"), block(dataBlock, []byte{1, 2, 3}, false)...))
	f.Fuzz(func(t *testing.T, file []byte) {
		e, err := Open(opened(file))
		if err != nil {
			if geo.CodeOf(err) == geo.Internal {
				t.Fatalf("%v is not an error for people", err)
			}
			return
		}
		n := 0
		if err := e.Roads(func(r *Road) bool {
			n++
			if r.Line != nil && r.Line.Bound().Max[1] > 90 {
				t.Fatalf("%v is beyond the pole", r.Line)
			}
			return true
		}); err != nil || n != e.Len() {
			t.Fatalf("%d of %d roads, %v", n, e.Len(), err)
		}
	})
}
