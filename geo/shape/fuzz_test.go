package shape

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// fuzzRings reads rings from bytes: two bytes a coordinate, in steps of a
// degree or so to make them meet, and a byte of 255 to begin the next ring.
func fuzzRings(data []byte) (out []orb.Ring) {
	r := orb.Ring{}
	for len(data) >= 4 {
		if data[0] == 255 {
			out, r, data = append(out, r), orb.Ring{}, data[1:]
			continue
		}
		x, y := binary.LittleEndian.Uint16(data), binary.LittleEndian.Uint16(data[2:])
		p := orb.Point{float64(x%365) - 182, float64(y%183) - 91}
		if x == math.MaxUint16-1 {
			p[0] = math.NaN()
		}
		r, data = append(r, p), data[4:]
	}
	return append(out, r)
}

func FuzzShapes(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 10, 0, 0, 0, 10, 0, 10, 0, 0, 0, 0, 0})
	f.Add([]byte{2, 0, 91, 0, 104, 1, 91, 0, 104, 1, 120, 0, 2, 0, 120, 0, 2, 0, 91, 0})
	f.Add([]byte{2, 0, 170, 0, 182, 0, 170, 0, 106, 1, 170, 0, 2, 0, 170, 0, 255, 2, 0, 175, 0, 182, 0, 175, 0, 100, 1, 175, 0, 2, 0, 175, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 400 {
			return
		}
		rings := fuzzRings(data)
		lines := orb.MultiLineString{}
		for _, r := range rings {
			lines = append(lines, orb.LineString(r))
		}
		for _, g := range []orb.Geometry{orb.Polygon(rings), lines, orb.Collection{orb.Polygon(rings), rings[0]}} {
			sound := validPositions(g) == nil
			if (Validate(g) == nil) && !sound {
				t.Fatalf("valid with bad coordinates: %v", g)
			}
			out, cut := SplitDateLine(g)
			if !sound {
				if cut {
					t.Fatalf("cut with bad coordinates: %v", g)
				}
				continue
			}
			if bad := validPositions(out); bad != nil {
				t.Fatalf("%s: %v became %v", bad, g, out)
			}
			Orient(out)
			if p, err := Prepare(out); err != nil || !Empty(out) && !p.Intersects(out) {
				t.Fatalf("does not meet itself: %v, %v", out, err)
			}
		}
	})
}
