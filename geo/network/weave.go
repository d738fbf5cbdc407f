package network

import (
	"cmp"
	"context"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// A place of a road that is so near to a vertex of it counts as the vertex.
const nodeMetres = 1

// A line that almost closes is joined to itself only if it is so many times
// as long as the gap that it closes.
const loopTimes = 4

// cut is a place inside a piece at which its line is cut.
type cut struct {
	vertex uint32  // of the piece
	metres float64 // from there
	at     spot
}

// knot is where lines are tied to a node: a vertex and all others at its spot,
// or a cut of one piece alone. A road that is cut where it passes over another,
// or over itself, has nothing to do with it.
type knot struct {
	at    spot
	piece int32 // the vertex at which it begins; -1 for vertices
}

func (k knot) compare(o knot) int { return cmp.Or(k.at.compare(o.at), cmp.Compare(k.piece, o.piece)) }

// pair is two places that are to be joined.
type pair struct {
	ways     [2]int32
	from, to knot
	metres   float64
	split    bool
}

// Join is two roads that almost touch and are taken to meet: an end of the
// first, and the second's end or, with Split, its inside.
type Join struct {
	Ways     [2]int32 // by number
	From, To orb.Point
	Metres   float64
	Split    bool
}

// Joins returns where roads were joined that only almost touch, whoever may
// see them. The slice is not to be changed.
func (g *Graph) Joins() []Join { return g.joins }

// tip is an end of a line.
type tip struct {
	line   int32
	vertex uint32
}

// weave finds where lines meet: which vertices are nodes, where lines are cut
// between vertices, and what is joined.
func (d *draft) weave(ctx context.Context) error {
	loose := d.share()
	if d.join <= 0 {
		loose = nil
	}
	if len(loose)+len(d.points) > 0 && len(d.lineWay) > 0 {
		near, err := newNeighbours(&d.courses)
		if err != nil {
			return err
		}
		for i, end := range loose {
			if i%rowsAPulse == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			d.joinEnd(near, end)
		}
		d.place(near)
	} else {
		for i := range d.points {
			d.unplaced(&d.points[i])
		}
	}
	d.settle()
	return ctx.Err()
}

// share marks the vertices that are nodes, since a line ends there or another
// vertex lies at the same spot, and returns the ends that nothing else meets.
func (d *draft) share() []tip {
	type keyed struct {
		at     spot
		vertex uint32
	}
	d.isNode = make([]uint64, (len(d.at)+63)/64)
	list := make([]keyed, len(d.at))
	for v, at := range d.at {
		list[v] = keyed{at, uint32(v)}
	}
	slices.SortFunc(list, func(a, b keyed) int { return cmp.Or(a.at.compare(b.at), cmp.Compare(a.vertex, b.vertex)) })
	var loose []tip
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].at == list[from].at {
			to++
		}
		group := list[from:to]
		from = to
		for _, k := range group {
			line := d.lineAt(k.vertex)
			first, next := d.span(line)
			end := k.vertex == first || k.vertex+1 == next
			if end || len(group) > 1 {
				d.mark(k.vertex)
			}
			// An end is loose unless something meets it that whoever sees
			// the road sees too.
			if end && !slices.ContainsFunc(group, func(o keyed) bool {
				return o != k && d.implied(d.lineAt(o.vertex), line)
			}) {
				loose = append(loose, tip{line, k.vertex})
			}
		}
	}
	slices.SortFunc(loose, func(a, b tip) int { return cmp.Compare(a.vertex, b.vertex) })
	return loose
}

func (d *draft) mark(vertex uint32) { d.isNode[vertex>>6] |= 1 << (vertex & 63) }

func (d *draft) marked(vertex uint32) bool { return d.isNode[vertex>>6]>>(vertex&63)&1 == 1 }

// implied reports whether whoever sees the second line sees the first.
func (d *draft) implied(line, by int32) bool {
	way := d.lineWay[by]
	return d.ways.implied(d.lineWay[line], d.ways.rows[way].class, d.ways.mission(way))
}

// joinEnd joins a loose end with every other line that comes near it. Roads of
// one imported network that meet share vertices, so that those which do not
// are not joined.
func (d *draft) joinEnd(near *neighbours, end tip) {
	at, way := d.at[end.vertex], d.lineWay[end.line]
	d.closeLoop(end)
	near.within(at.point(), d.join, func(t touch) {
		other := d.lineWay[t.line]
		if t.line == end.line || d.at[t.vertex] == at || d.at[t.vertex+1] == at ||
			d.ways.imported(way) && d.ways.imported(other) {
			return
		}
		p := pair{ways: [2]int32{way, other}, from: knot{at, -1}}
		if vertex, ok := d.endNear(t.line, at); ok {
			p.to = knot{d.at[vertex], -1}
		} else {
			p.to = d.cutAt(t)
			p.split = true
		}
		p.metres = measure.Distance(at.point(), p.to.at.point())
		d.pairs = append(d.pairs, p)
	})
}

// closeLoop joins the two ends of a line that almost meet.
func (d *draft) closeLoop(end tip) {
	first, next := d.span(end.line)
	other := first
	if end.vertex == first {
		other = next - 1
	}
	gap := measure.Distance(d.at[end.vertex].point(), d.at[other].point())
	if gap == 0 || gap > d.join || measure.Length(d.line(end.line)) < loopTimes*gap {
		return
	}
	way := d.lineWay[end.line]
	d.pairs = append(d.pairs, pair{[2]int32{way, way}, knot{d.at[end.vertex], -1}, knot{d.at[other], -1}, gap, false})
}

// endNear returns the end of a line that is within the tolerance of a place,
// the nearer one.
func (d *draft) endNear(line int32, at spot) (uint32, bool) {
	from, to := d.span(line)
	a, b := measure.Distance(d.at[from].point(), at.point()), measure.Distance(d.at[to-1].point(), at.point())
	if a <= b {
		return from, a <= d.join
	}
	return to - 1, b <= d.join
}

// cutAt cuts a line at a touch, and returns where: at a vertex where one is as
// good as there.
func (d *draft) cutAt(t touch) knot {
	a, b := d.at[t.vertex], d.at[t.vertex+1]
	at := spotOf(t.foot)
	fromA, fromB := measure.Distance(a.point(), at.point()), measure.Distance(b.point(), at.point())
	switch {
	case fromA <= nodeMetres && fromA <= fromB:
		d.mark(t.vertex)
		return knot{a, -1}
	case fromB <= nodeMetres:
		d.mark(t.vertex + 1)
		return knot{b, -1}
	}
	d.added = append(d.added, cut{t.vertex, fromA, at})
	return knot{at, int32(t.vertex)}
}

// settle puts cuts in order along the lines, and lists each join once.
func (d *draft) settle() {
	slices.SortFunc(d.added, func(a, b cut) int {
		return cmp.Or(cmp.Compare(a.vertex, b.vertex), cmp.Compare(a.metres, b.metres), a.at.compare(b.at))
	})
	d.added = slices.Compact(d.added)
	for i := range d.pairs {
		if p := &d.pairs[i]; !p.split && p.to.compare(p.from) < 0 {
			p.from, p.to = p.to, p.from
			p.ways[0], p.ways[1] = p.ways[1], p.ways[0]
		}
	}
	slices.SortFunc(d.pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.ways[0], b.ways[0]), cmp.Compare(a.ways[1], b.ways[1]), a.from.compare(b.from), a.to.compare(b.to))
	})
	d.pairs = slices.Compact(d.pairs)
}
