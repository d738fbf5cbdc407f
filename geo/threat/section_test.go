package threat_test

import (
	"math"
	"slices"
	"testing"

	"bivouac/geo/threat"
)

// TestSections cuts a road of two segments and another that branches off.
func TestSections(t *testing.T) {
	g := threat.Segments{
		Roads: roads(t, []int32{0, 1, 1}, []int32{1, 2, 3}, []float64{1000, 500, 40}),
		Way:   []int32{0, 0, 1},
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
		sections := g.Sections(c.by, c.longest, nil)
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
		if covered[0] != 1000 || covered[1] != 500 || covered[2] != 40 {
			t.Errorf("%s: covered is %v", c.desc, covered)
		}
	}
}

// TestSectionsInside looks at a part of the first segment and all of the last.
func TestSectionsInside(t *testing.T) {
	g := threat.Segments{Roads: roads(t, []int32{0, 1, 2}, []int32{1, 2, 3}, []float64{300, 700, 40}), Way: []int32{0, 0, 1}}
	inside := func(s int32) []threat.Part {
		return [][]threat.Part{{{Segment: 0, From: 10, To: 20}, {Segment: 0, From: 200, To: 300}}, {{Segment: 1, From: 0, To: 400}}, nil}[s]
	}
	var got []float64
	for _, s := range g.Sections(threat.BySection, 0, inside) {
		got = append(got, s.Metres)
	}
	if !slices.Equal(got, []float64{10, 100, 400}) {
		t.Errorf("sections of %v m, want 10, 100 and 400", got)
	}
	if whole := g.Sections(threat.ByWay, 0, inside); len(whole) != 1 || whole[0].Metres != 510 {
		t.Errorf("by way: %v", whole)
	}
}
