package tile

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// feature is one of a tile as a client reads it.
type feature struct {
	ID         uint64
	Geometry   orb.Geometry // Point, MultiLineString or MultiPolygon in units
	Rings      []orb.Ring   // of a polygon, as they came
	Properties map[string]any
}

// proto reads fields of protobuf, and fails the test where they are broken.
type proto struct {
	tb testing.TB
	b  []byte
}

func (p *proto) varint() uint64 {
	p.tb.Helper()
	v, n := binary.Uvarint(p.b)
	if n <= 0 {
		p.tb.Fatalf("no varint in % x", p.b)
	}
	p.b = p.b[n:]
	return v
}

// next returns the number of the next field, and its bytes or its number.
func (p *proto) next() (field uint64, bytes []byte, n uint64) {
	p.tb.Helper()
	tag := p.varint()
	switch tag & 7 {
	case 0:
		return tag >> 3, nil, p.varint()
	case 1:
		bytes, p.b = p.b[:8], p.b[8:]
		return tag >> 3, bytes, 0
	case 2:
		size := p.varint()
		if size > uint64(len(p.b)) {
			p.tb.Fatalf("field of %d bytes where %d are left", size, len(p.b))
		}
		bytes, p.b = p.b[:size], p.b[size:]
		return tag >> 3, bytes, 0
	}
	p.tb.Fatalf("wire type %d", tag&7)
	return 0, nil, 0
}

// features decodes a tile, its one layer checked against the specification.
func features(tb testing.TB, b []byte) []feature {
	tb.Helper()
	if len(b) == 0 {
		return nil
	}
	if len(b) > MaxBytes {
		tb.Errorf("a tile of %d bytes", len(b))
	}
	p := proto{tb, b}
	_, layer, _ := p.next()
	if len(p.b) > 0 {
		tb.Fatal("more than one layer")
	}
	var raw [][]byte
	var keys []string
	var values []any
	var version, extent uint64
	for p = (proto{tb, layer}); len(p.b) > 0; {
		switch field, bytes, n := p.next(); field {
		case 2:
			raw = append(raw, bytes)
		case 3:
			keys = append(keys, string(bytes))
		case 4:
			values = append(values, value(tb, bytes))
		case 5:
			extent = n
		case 15:
			version = n
		}
	}
	if version != 2 || extent != Extent || len(raw) == 0 {
		tb.Fatalf("version %d, extent %d, %d features", version, extent, len(raw))
	}
	seen := map[any]bool{}
	for _, v := range values {
		if seen[v] {
			tb.Errorf("the value %v stands twice", v)
		}
		seen[v] = true
	}
	out := make([]feature, len(raw))
	for i := range raw {
		out[i] = decodeFeature(tb, raw[i], keys, values)
	}
	return out
}

func value(tb testing.TB, b []byte) any {
	p := proto{tb, b}
	switch field, bytes, n := p.next(); field {
	case 1:
		return string(bytes)
	case 3:
		return math.Float64frombits(binary.LittleEndian.Uint64(bytes))
	case 5:
		return int64(n)
	case 6:
		return unzigzag(n)
	case 7:
		return n == 1
	default:
		tb.Fatalf("value of kind %d", field)
		return nil
	}
}

func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

func decodeFeature(tb testing.TB, b []byte, keys []string, values []any) feature {
	f := feature{Properties: map[string]any{}}
	kind := uint64(0)
	for p := (proto{tb, b}); len(p.b) > 0; {
		switch field, bytes, n := p.next(); field {
		case 1:
			f.ID = n
		case 2:
			for t := (proto{tb, bytes}); len(t.b) > 0; {
				f.Properties[keys[t.varint()]] = values[t.varint()]
			}
		case 3:
			kind = n
		case 4:
			f.draw(tb, kind, bytes)
		}
	}
	return f
}

// draw follows the commands of a geometry.
func (f *feature) draw(tb testing.TB, kind uint64, b []byte) {
	var paths []orb.LineString
	var pen orb.Point
	for p := (proto{tb, b}); len(p.b) > 0; {
		command := p.varint()
		switch id, count := command&7, command>>3; id {
		case moveTo, lineTo:
			if id == moveTo && count != 1 || count == 0 {
				tb.Fatalf("command %d for %d places", id, count)
			}
			for range count {
				dx, dy := unzigzag(p.varint()), unzigzag(p.varint())
				if id == lineTo && dx == 0 && dy == 0 {
					tb.Error("a step of no length")
				}
				pen = orb.Point{pen[0] + float64(dx), pen[1] + float64(dy)}
				if id == moveTo {
					paths = append(paths, nil)
				}
				paths[len(paths)-1] = append(paths[len(paths)-1], pen)
			}
		case closePath:
			last := len(paths) - 1
			paths[last] = append(paths[last], paths[last][0])
		default:
			tb.Fatalf("command %d", id)
		}
	}
	switch kind {
	case pointType:
		f.Geometry = paths[0][0]
	case lineType:
		f.Geometry = orb.MultiLineString(paths)
	case polygonType:
		f.polygon(tb, paths)
	}
}

// polygon gathers rings: those clockwise as seen begin a polygon, the others
// are its holes.
func (f *feature) polygon(tb testing.TB, paths []orb.LineString) {
	var out orb.MultiPolygon
	for _, path := range paths {
		ring := orb.Ring(path)
		f.Rings = append(f.Rings, ring)
		switch a := ringArea(ring); {
		case len(ring) < 4 || a == 0:
			tb.Errorf("a ring without an area: %v", ring)
		case a > 0:
			out = append(out, orb.Polygon{ring})
		case len(out) == 0:
			tb.Errorf("a hole before its polygon: %v", ring)
		default:
			out[len(out)-1] = append(out[len(out)-1], ring)
		}
	}
	f.Geometry = out
}

// ringArea is positive clockwise as seen.
func ringArea(r orb.Ring) float64 {
	total := 0.0
	for i := 1; i < len(r); i++ {
		total += r[i-1][0]*r[i][1] - r[i][0]*r[i-1][1]
	}
	return total / 2
}
