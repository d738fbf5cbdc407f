package threat_test

import (
	"math"
	"testing"

	"bivouac/geo/threat"
)

// TestSections cuts a road of three segments, of which the first two meet where
// nothing else does, and another that branches off.
func TestSections(t *testing.T) {
	g := threat.Segments{
		Roads: roads(t, []int32{0, 1, 2, 2}, []int32{1, 2, 3, 4}, []float64{300, 700, 500, 40}),
		Way:   []int32{0, 0, 0, 1},
	}
	for _, c := range []struct {
		desc    string
		by      threat.By
		longest float64
		want    []float64
	}{
		{"at junctions", threat.BySection, 0, []float64{1000, 500, 40}},
		{"none longer than 400 m", threat.BySection, 400, []float64{1000 / 3.0, 1000 / 3.0, 1000 / 3.0, 250, 250, 40}},
		{"exactly as long as asked", threat.BySection, 500, []float64{500, 500, 500, 40}},
		{"whole roads", threat.ByWay, 100, []float64{1500, 40}},
	} {
		sections := g.Sections(c.by, c.longest)
		if len(sections) != len(c.want) {
			t.Errorf("%s: %v", c.desc, sections)
			continue
		}
		covered := map[int32]float64{}
		for i, s := range sections {
			if math.Abs(s.Metres-c.want[i]) > 1e-9 {
				t.Errorf("%s: section %d has %v m, want %v", c.desc, i, s.Metres, c.want[i])
			}
			for _, p := range s.Parts {
				if math.Abs(covered[p.Segment]-p.From) > 1e-9 {
					t.Errorf("%s: segment %d is cut at %v and goes on at %v", c.desc, p.Segment, covered[p.Segment], p.From)
				}
				covered[p.Segment] = p.To
			}
		}
		if covered[0] != 300 || covered[1] != 700 || covered[2] != 500 || covered[3] != 40 {
			t.Errorf("%s: covered is %v", c.desc, covered)
		}
	}
}
