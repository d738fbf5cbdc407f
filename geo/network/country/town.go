package country

import "math"

// town is a round place full of streets.
type town struct {
	centre      place
	radius      float64
	first, last int32 // its nodes, half-open
}

const (
	apart     = 1.3 // how far the rims of two towns are apart, in their radii
	tries     = 30  // places that are looked at for a town before it may touch another
	extraTown = 0.2 // of the edges of the Gabriel graph that are no relative neighbours, those that are streets
	oneWays   = 0.3 // of those, one-way streets; a town stays connected without them
	oneWayMin = 300 // nodes of a town that has one-way streets
)

// found places the towns, the largest first. The k-th has a share of 1/k
// (Zipf's law), and no town has fewer than three nodes.
func (m *maker) found(nodes int) {
	n := max(3, nodes/townNodes)
	streets := float64(nodes) * (1 - roadShare)
	var harmonic float64
	for k := range n {
		harmonic += 1 / float64(k+1)
	}
	for k := range n {
		size := max(3, int(streets/harmonic/float64(k+1)))
		t := town{radius: streetWidth * math.Sqrt(float64(size)/math.Pi)}
		t.first, t.last = 0, int32(size)
		t.centre = m.site(t.radius)
		m.towns = append(m.towns, t)
	}
}

// site finds room for a town.
func (m *maker) site(radius float64) place {
	var p place
	for range tries {
		p = place{m.side * (0.03 + 0.94*m.r.Float64()), m.side * (0.03 + 0.94*m.r.Float64())}
		free := true
		for i := range m.towns {
			t := &m.towns[i]
			room := apart * (t.radius + radius)
			if free = p.squared(t.centre) > room*room; !free {
				break
			}
		}
		if free {
			return p
		}
	}
	return p
}

// pave lays the streets of a town, closer to each other in the middle.
func (m *maker) pave(t *town) {
	size := t.last - t.first
	t.first = int32(len(m.points))
	t.last = t.first + size
	for range size {
		a, d := 2*math.Pi*m.r.Float64(), t.radius*math.Pow(m.r.Float64(), 0.65)
		sin, cos := math.Sincos(a)
		m.points = append(m.points, place{t.centre.x + d*cos, t.centre.y + d*sin})
	}
	for _, p := range m.mesh(m.points[t.first:t.last], extraTown) {
		m.add(edge{
			from: t.first + p.a, to: t.first + p.b, class: Street, pace: m.pace(),
			oneWay: p.extra && size >= oneWayMin && m.r.Float64() < oneWays,
		})
	}
}
