package threat

import (
	"context"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// Movement is a convoy or patrol that took place.
type Movement struct {
	Lines  []orb.LineString // where it went; none where that was not recorded
	Route  string           // name or reference of a road, "" for none
	KM     float64          // how far was driven; NaN where that was not recorded
	Weight float64          // by its age; see [Decay]
}

// Exposure is how far was driven.
type Exposure struct {
	KM           []float64 // by section, each movement by its weight
	Movements    int
	Unplaced     int     // movements of which nothing could be put on a road
	DrivenKM     float64 // in all, of those that say how far or where, without weights
	PlacedKM     float64 // of it what was put on roads
	Distanceless int     // movements that say neither how far nor where
}

// Expose puts movements on the roads and adds up how far was driven in each
// section. A line goes onto the roads that it follows within the tolerance,
// edge by edge where they share vertices and in steps elsewhere; the stated
// distance is spread over the line, so that a patrol that came back the same
// way counts twice. A movement without a line is spread over the road of its
// name or reference. What goes on no road is counted.
func (v *Seen) Expose(ctx context.Context, sections []Section, movements []Movement, tolerance float64) (*Exposure, error) {
	e := &Exposure{KM: make([]float64, len(sections)), Movements: len(movements)}
	p := placer{seen: v, finder: newFinder(len(v.Way), sections), tolerance: tolerance, edges: v.edges(), known: map[edge][]share{}}
	for i := range movements {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m := &movements[i]
		on, metres := p.place(m.Lines)
		if len(m.Lines) == 0 {
			on, metres = p.named(sections, m.Route)
		}
		km := m.KM
		if math.IsNaN(km) && len(m.Lines) > 0 {
			km = metres / 1000
		}
		if math.IsNaN(km) {
			e.Distanceless++
			continue
		}
		placed := 0.0
		for _, s := range on {
			e.KM[s.section] += m.Weight * km * s.metres / metres
			placed += km * s.metres / metres
		}
		e.DrivenKM += km
		e.PlacedKM += placed
		if placed == 0 {
			e.Unplaced++
		}
	}
	return e, nil
}

// share is a stretch of a section that was driven.
type share struct {
	section int32
	metres  float64
}

// edge is a piece of a line, by its ends in 1e-7 degrees, the lesser first.
type edge [4]int32

func edgeOf(a, b orb.Point) edge {
	from, to := spotOf(a), spotOf(b)
	e := edge{from[0], from[1], to[0], to[1]}
	if e[0] > e[2] || e[0] == e[2] && e[1] > e[3] {
		e = edge{e[2], e[3], e[0], e[1]}
	}
	return e
}

type placer struct {
	seen      *Seen
	finder    *finder
	tolerance float64
	edges     map[edge]Part
	known     map[edge][]share // of edges that were placed before
}

// edges finds the pieces of the roads by their ends.
func (v *Seen) edges() map[edge]Part {
	out := map[edge]Part{}
	for own, line := range v.lines {
		gone := 0.0
		for i := 1; i < len(line); i++ {
			metres := measure.Distance(line[i-1], line[i])
			if e := edgeOf(line[i-1], line[i]); out[e].To == 0 { // of roads that lie on each other the first, as in Snap
				out[e] = Part{int32(own), gone, gone + metres}
			}
			gone += metres
		}
	}
	return out
}

// place returns which sections lines run over, and how long they are in all.
func (p *placer) place(lines []orb.LineString) (on []share, metres float64) {
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			if line[i-1] == line[i] {
				continue
			}
			metres += measure.Distance(line[i-1], line[i])
			e := edgeOf(line[i-1], line[i])
			parts, ok := p.known[e]
			if !ok {
				parts = p.edge(e, line[i-1], line[i])
				p.known[e] = parts
			}
			on = append(on, parts...)
		}
	}
	return on, metres
}

// mostSteps is into how many steps an edge is cut at most.
const mostSteps = 4096

// edge puts an edge on the roads: whole where a road has it, else step by step
// on the nearest road.
func (p *placer) edge(e edge, a, b orb.Point) (out []share) {
	if part, ok := p.edges[e]; ok {
		return p.finder.overlay(part, nil)
	}
	metres, bearing, _ := measure.Inverse(a, b)
	steps := int(math.Ceil(min(mostSteps, max(1, metres/max(p.tolerance, 10)))))
	for i := range steps {
		middle, _ := measure.Direct(a, bearing, (float64(i)+0.5)*metres/float64(steps))
		spot, ok := p.seen.Snap(middle, p.tolerance)
		if !ok {
			continue
		}
		section := p.finder.find(spot)
		if section < 0 {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].section == section {
			out[last].metres += metres / float64(steps)
			continue
		}
		out = append(out, share{section, metres / float64(steps)})
	}
	return out
}

// named spreads a movement over all sections of the roads of a name or
// reference.
func (p *placer) named(sections []Section, route string) (on []share, metres float64) {
	if route == "" {
		return nil, 1
	}
	for i := range sections {
		w := p.seen.road(sections[i].Way)
		if strings.EqualFold(w.Name, route) || strings.EqualFold(w.Ref, route) {
			on = append(on, share{int32(i), sections[i].Metres})
			metres += sections[i].Metres
		}
	}
	return on, max(metres, 1)
}

// overlay appends the sections that a part of a segment runs over.
func (f *finder) overlay(p Part, out []share) []share {
	for i := f.first[p.Segment]; i < f.first[p.Segment+1]; i++ {
		if metres := min(p.To, f.parts[i].To) - max(p.From, f.parts[i].From); metres > 0 {
			out = append(out, share{f.of[i], metres})
		}
	}
	return out
}
