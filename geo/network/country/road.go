package country

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
)

// link is a road between two towns.
type link struct {
	a, b   int32
	class  Class
	metres float64
}

const (
	extraRoads  = 0.5  // as extraTown, of the roads between towns
	trunkTowns  = 60   // one town of so many lies on a trunk road
	mainTowns   = 8    // on a primary road
	spurShare   = 0.25 // of the nodes of a road, those on tracks that leave it
	spurLongest = 6    // nodes of such a track
)

// linksBetween joins the towns. A road is as great as the greatest way between
// two great towns that leads over it.
func (m *maker) linksBetween() []link {
	centres := make([]place, len(m.towns))
	for i := range m.towns {
		centres[i] = m.towns[i].centre
	}
	var links []link
	for _, p := range m.mesh(centres, extraRoads) {
		links = append(links, link{p.a, p.b, Secondary, centres[p.a].distance(centres[p.b])})
	}
	w := newWays(len(centres), links)
	for _, level := range []struct {
		class Class
		of    int
	}{{Primary, mainTowns}, {Trunk, trunkTowns}} {
		great := centres[:min(len(centres), max(2, len(centres)/level.of))]
		for _, p := range m.mesh(great, extraRoads) {
			for _, l := range w.between(p.a, p.b) {
				links[l].class = level.class
			}
		}
	}
	return links
}

// connect lays the roads with so many nodes.
func (m *maker) connect(links []link, nodes int) {
	if nodes < 0 {
		panic("country: more nodes in towns than in the country")
	}
	var metres float64
	for _, l := range links {
		metres += l.metres
	}
	// What rounding leaves goes to the first roads, which are those about the
	// largest towns.
	counts := make([]int, len(links))
	left := nodes
	for i, l := range links {
		counts[i] = int(float64(nodes) * l.metres / metres)
		left -= counts[i]
	}
	for i := 0; left > 0; i, left = (i+1)%len(links), left-1 {
		counts[i]++
	}
	for i, l := range links {
		m.lay(l, counts[i])
	}
}

// lay lays a road with so many nodes, some of them on tracks.
func (m *maker) lay(l link, nodes int) {
	a, b := m.gate(l.a, l.b), m.gate(l.b, l.a)
	spurs := int(spurShare * float64(nodes))
	along := nodes - spurs
	sway := [...]float64{0.06 * m.r.NormFloat64(), 0.03 * m.r.NormFloat64(), 0.012 * m.r.NormFloat64()}
	pace, from := m.pace(), a
	start := int32(len(m.points))
	for i := range along {
		p := m.bend(m.points[a], m.points[b], float64(i+1)/float64(along+1), sway)
		m.points = append(m.points, p)
		node := int32(len(m.points) - 1)
		m.add(edge{from: from, to: node, class: l.class, pace: pace})
		from = node
	}
	m.add(edge{from: from, to: b, class: l.class, pace: pace})
	for spurs > 0 {
		n := min(spurs, 1+m.r.IntN(spurLongest))
		m.spur(start+int32(m.r.IntN(along)), n, l.metres/float64(along+1))
		spurs -= n
	}
}

// bend is a place on the way from a to b, beside the straight line.
func (m *maker) bend(a, b place, t float64, sway [3]float64) place {
	off := sway[0]*math.Sin(math.Pi*t) + sway[1]*math.Sin(2*math.Pi*t) + sway[2]*math.Sin(7*math.Pi*t)
	return place{a.x + t*(b.x-a.x) - off*(b.y-a.y), a.y + t*(b.y-a.y) + off*(b.x-a.x)}
}

// spur lays a track of n nodes that leaves a road.
func (m *maker) spur(from int32, n int, step float64) {
	sin, cos := math.Sincos(2 * math.Pi * m.r.Float64())
	pace := m.pace()
	for range n {
		p := m.points[from]
		d := step * (0.4 + 0.4*m.r.Float64())
		m.points = append(m.points, place{p.x + d*(cos+0.3*m.r.NormFloat64()), p.y + d*(sin+0.3*m.r.NormFloat64())})
		node := int32(len(m.points) - 1)
		m.add(edge{from: from, to: node, class: Track, pace: pace})
		from = node
	}
}

// gate is where a town is left for another.
func (m *maker) gate(of, towards int32) int32 {
	t, far := &m.towns[of], m.towns[towards].centre
	best := t.first
	for i := t.first + 1; i < t.last; i++ {
		if m.points[i].squared(far) < m.points[best].squared(far) {
			best = i
		}
	}
	return best
}

// ways finds the shortest ways between towns (Dijkstra 1959).
type ways struct {
	links []link
	at    [][]int32 // links of each town
}

func newWays(towns int, links []link) *ways {
	w := &ways{links: links, at: make([][]int32, towns)}
	for i, l := range links {
		w.at[l.a] = append(w.at[l.a], int32(i))
		w.at[l.b] = append(w.at[l.b], int32(i))
	}
	return w
}

// between returns the links of the shortest way.
func (w *ways) between(a, b int32) []int32 {
	by := make([]int32, len(w.at))
	done := make([]bool, len(w.at))
	q := &queue{{town: a, by: -1}}
	for q.Len() > 0 {
		r := heap.Pop(q).(reached)
		if done[r.town] {
			continue
		}
		done[r.town], by[r.town] = true, r.by
		if r.town == b {
			break
		}
		for _, i := range w.at[r.town] {
			l := w.links[i]
			heap.Push(q, reached{r.metres + l.metres, l.a ^ l.b ^ r.town, i})
		}
	}
	var out []int32
	for at := b; at != a; {
		i := by[at]
		out = append(out, i)
		at ^= w.links[i].a ^ w.links[i].b
	}
	slices.Reverse(out)
	return out
}

type reached struct {
	metres   float64
	town, by int32
}

type queue []reached

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].metres, q[j].metres), cmp.Compare(q[i].town, q[j].town)) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(reached)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
