// Package country makes up the roads of a country, of any size, for tests and
// benchmarks: towns whose sizes follow a power law, streets in them, roads of
// three classes between them, tracks that end nowhere, and rivers that few
// bridges cross. It is no grid: streets and roads are relative neighbourhood
// graphs (Toussaint 1980) with some edges of the Gabriel graph (Gabriel and
// Sokal 1969), which have the degrees of real road networks. The same size and
// seed give the same country.
package country

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// Class is the class of a way.
type Class uint8

// The classes, the greatest road first.
const (
	Trunk Class = iota
	Primary
	Secondary
	Street
	Track
)

var speedKMH = [...]float64{Trunk: 90, Primary: 70, Secondary: 50, Street: 30, Track: 20}

// Country is a directed graph of ways. Its arcs stand in order of their tails,
// then their heads; a way that is open both ways is two arcs.
type Country struct {
	Points     []orb.Point // of the nodes
	Tail, Head []int32     // of the arcs
	Millis     []uint32    // what each arc takes by day on a dry road
	Class      []Class     // of each arc
	Bridge     []bool      // whether the arc crosses a river
}

// Least is the size of the smallest country.
const Least = 100

const (
	nodeMetres  = 1000 // a country has a node a square of this width
	townNodes   = 150  // nodes for each town
	roadShare   = 0.25 // of all nodes, those outside of towns
	streetWidth = 90   // metres between nodes in a town, about
)

// Make makes a country of so many nodes, and of [Least] where fewer are asked
// for.
func Make(nodes int, seed uint64) *Country {
	nodes = max(nodes, Least)
	m := newMaker(nodes, seed)
	m.found(nodes)
	for i := range m.towns {
		m.pave(&m.towns[i])
	}
	m.connect(m.linksBetween(), nodes-len(m.points))
	m.bridge(m.draw())
	return m.finish()
}

// place is a position on the plane, in metres from the south-west corner.
type place struct{ x, y float64 }

func (p place) squared(q place) float64 {
	return (p.x-q.x)*(p.x-q.x) + (p.y-q.y)*(p.y-q.y)
}

func (p place) distance(q place) float64 { return math.Sqrt(p.squared(q)) }

// edge is a way between two nodes. Of one that is open one way, from is where
// it begins.
type edge struct {
	from, to int32
	class    Class
	oneWay   bool
	bridge   bool
	pace     float64 // how much slower than its class
}

type maker struct {
	r      *rand.Rand
	side   float64
	towns  []town
	points []place
	edges  []edge
}

func newMaker(nodes int, seed uint64) *maker {
	return &maker{r: rand.New(rand.NewPCG(seed, 7)), side: nodeMetres * math.Sqrt(float64(nodes))}
}

func (m *maker) add(e edge) { m.edges = append(m.edges, e) }

// pace is how much slower than its class a way is: by half at most.
func (m *maker) pace() float64 { return 1 + 0.5*m.r.Float64() }

// The country lies in the Sahel, where a degree is about as long either way.
const (
	west, south  = -8.0, 11.0
	metresDegree = 111_000
)

func (p place) point() orb.Point {
	lat := south + p.y/metresDegree
	return orb.Point{west + p.x/(metresDegree*math.Cos((south+4)*math.Pi/180)), lat}
}

// finish turns ways into arcs.
func (m *maker) finish() *Country {
	type arc struct {
		tail, head int32
		edge       int32
	}
	var arcs []arc
	for i, e := range m.edges {
		arcs = append(arcs, arc{e.from, e.to, int32(i)})
		if !e.oneWay {
			arcs = append(arcs, arc{e.to, e.from, int32(i)})
		}
	}
	slices.SortFunc(arcs, func(a, b arc) int {
		return cmp.Or(cmp.Compare(a.tail, b.tail), cmp.Compare(a.head, b.head), cmp.Compare(a.edge, b.edge))
	})
	c := &Country{Points: make([]orb.Point, len(m.points))}
	for i, p := range m.points {
		c.Points[i] = p.point()
	}
	for _, a := range arcs {
		e := &m.edges[a.edge]
		metres := measure.Distance(c.Points[a.tail], c.Points[a.head])
		c.Tail = append(c.Tail, a.tail)
		c.Head = append(c.Head, a.head)
		c.Millis = append(c.Millis, uint32(max(1, math.Round(metres*3600*e.pace/speedKMH[e.class]))))
		c.Class = append(c.Class, e.class)
		c.Bridge = append(c.Bridge, e.bridge)
	}
	return c
}
