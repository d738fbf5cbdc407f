package network_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/randtest"
)

// sectionsOf writes the sections that a reader is told of, as text, in order.
func sectionsOf(g *network.Graph, r geo.Reader) []string {
	var out []string
	for c := range g.Sections(r) {
		out = append(out, fmt.Sprintf("%v", g.SectionLine(c)))
	}
	slices.Sort(out)
	return out
}

// TestSections holds that they are the same with and without what the reader
// may not see, to the last vertex, and as long as their segments.
func TestSections(t *testing.T) {
	r := randtest.New(t, 11)
	merged := 0
	for range 60 {
		w := randomWorld(r)
		g := w.graph(t)
		for _, reader := range []geo.Reader{{}, {Ceiling: geo.Confidential}, {Missions: []string{"A"}}, {Missions: []string{}}, everyone} {
			got, want := sectionsOf(g, reader), sectionsOf(w.seenBy(reader).graph(t), reader)
			if !slices.Equal(got, want) {
				t.Fatalf("%+v: sections\n%v\nwithout what is hidden\n%v", reader, got, want)
			}
		}
		for c := range g.Sections(everyone) {
			if c.To > c.From+1 {
				merged++
			}
			if long := metres(g.SectionLine(c)...); math.Abs(long-g.SectionMetres(c)) > 0.1 {
				t.Fatalf("a section of %v m is drawn with %v m", g.SectionMetres(c), long)
			}
		}
	}
	t.Logf("%d sections of several segments", merged)
}
