package wkb_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	gowkb "github.com/twpayne/go-geom/encoding/wkb"

	"bivouac/data/wkb"
)

var ring = orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 0}}

func TestShapesComeBack(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		desc  string
		shape orb.Geometry
		z     []float64
		want  orb.Geometry // nil: the same
	}{
		{desc: "a point", shape: orb.Point{-3.05, 16.77}},
		{desc: "a point with a height", shape: orb.Point{-3.05, 16.77}, z: []float64{261}},
		{desc: "points", shape: orb.MultiPoint{{1, 2}, {3, 4}}, z: []float64{5, 6}},
		{desc: "a line, one height unknown", shape: orb.LineString{{1, 2}, {3, 4}}, z: []float64{5, nan}},
		{desc: "lines", shape: orb.MultiLineString{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}, {9, 9}}}},
		{desc: "a polygon with a hole", shape: orb.Polygon{ring, {{1, 1}, {2, 1}, {2, 2}, {1, 1}}}},
		{desc: "polygons", shape: orb.MultiPolygon{{ring}, {ring, ring}}, z: []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}},
		{desc: "a collection", shape: orb.Collection{orb.Point{1, 2}, orb.LineString{{1, 2}, {3, 4}}}},
		{desc: "a ring", shape: ring, want: orb.Polygon{ring}},
		{desc: "a box", shape: orb.Bound{Min: orb.Point{1, 2}, Max: orb.Point{3, 4}}, want: orb.Polygon{{{1, 2}, {3, 2}, {3, 4}, {1, 4}, {1, 2}}}},
	} {
		b, err := wkb.Append(nil, c.shape, c.z)
		if err != nil {
			t.Fatalf("%s: %v", c.desc, err)
		}
		got, z, err := wkb.Parse(b)
		want := c.want
		if want == nil {
			want = c.shape
		}
		if err != nil || !reflect.DeepEqual(got, want) || !same(z, c.z) {
			t.Errorf("%s: %v %v, %v", c.desc, got, z, err)
		}
	}
}

// same compares heights, an unknown one being equal to an unknown one.
func same(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && a[i] == a[i] {
			return false
		}
	}
	return true
}

func TestShortWayWritesWhatTheLongOneDoes(t *testing.T) {
	want, err := gowkb.Marshal(geom.NewPointFlat(geom.XY, []float64{-3.05, 16.77}), gowkb.NDR)
	if got := wkb.AppendPoint(nil, orb.Point{-3.05, 16.77}); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%x, want %x, %v", got, want, err)
	}
}

func TestBrokenBytesAreErrors(t *testing.T) {
	whole, err := wkb.Append(nil, orb.Polygon{ring}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) {
		if _, _, err := wkb.Parse(whole[:n]); err == nil {
			t.Errorf("%d of %d bytes are read", n, len(whole))
		}
	}
}

// TestTypesThatAreNotRead wants curves and surfaces to be called by their names.
func TestTypesThatAreNotRead(t *testing.T) {
	for code, want := range map[uint32]string{8: "CircularString (curves; straighten them", 1009: "CompoundCurve (curves", 2010: "CurvePolygon (curves", 3016: "TIN are", 99: "99 are"} {
		b := binary.LittleEndian.AppendUint32([]byte{1}, code)
		if _, _, err := wkb.Parse(append(b, make([]byte, 64)...)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("type %d: %v, want %s", code, err, want)
		}
	}
}
