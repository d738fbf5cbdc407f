package shape

import (
	"cmp"
	"slices"

	"bivouac/geo/measure"
)

// places says which crossings are one place. Most are one of their own.
type places struct {
	link  []int32           // union-find over crossings
	crowd map[int32][]int32 // by root: the crossings of a place that has several
}

func newPlaces(n int) places {
	p := places{link: make([]int32, n)}
	for i := range p.link {
		p.link[i] = int32(i)
	}
	return p
}

func (p *places) root(i int32) int32 {
	for p.link[i] != i {
		p.link[i] = p.link[p.link[i]]
		i = p.link[i]
	}
	return i
}

func (p *places) join(i, k int32) {
	i, k = p.root(i), p.root(k)
	p.link[max(i, k)] = min(i, k)
}

// gather lists the crossings of each place that has several.
func (p *places) gather() {
	for i := range p.link {
		if r := p.root(int32(i)); r != int32(i) {
			if p.crowd == nil {
				p.crowd = map[int32][]int32{}
			}
			if p.crowd[r] == nil {
				p.crowd[r] = []int32{r}
			}
			p.crowd[r] = append(p.crowd[r], int32(i))
		}
	}
	for i := range p.link {
		p.link[i] = p.root(int32(i))
	}
}

// odd returns the rims at places where the counts of the arcs that come in and
// those that go out do not agree, or no way leads through, which is where cuts
// were put in the wrong order. In a true arrangement there are none.
// Rims that lie on each other are at odds too: between them there is either
// nothing or a double strip.
func (a *arrangement) odd() (rims []int) {
	rims = slices.Clone(a.along)
	for c := range a.crossings {
		root := a.places.link[c]
		switch crowd := a.places.crowd[root]; {
		case crowd == nil:
			in, out := 2*int32(c), 2*int32(c)+1
			if !a.enters(in) {
				in, out = out, in
			}
			// Both are the edge of the two discs' union.
			if a.outside[a.last[in]] != a.outside[out] {
				rims = append(rims, int(a.rimOf(in)), int(a.rimOf(out)))
			}
		case root == int32(c) && !(a.evens(crowd) && a.passable(crowd)):
			for _, k := range crowd {
				rims = append(rims, int(a.of[k][0]), int(a.of[k][1]))
			}
		}
	}
	slices.Sort(rims)
	return slices.Compact(rims)
}

// evens reports whether as many arcs come in as go out at every depth.
func (a *arrangement) evens(crowd []int32) bool {
	sum := map[int32]int{}
	add := func(arc int32, by int) {
		if !a.shut[arc] {
			sum[a.outside[arc]] += by
			sum[a.outside[arc]+a.rims[a.rimOf(arc)].times] -= by
		}
	}
	for _, c := range crowd {
		for _, cut := range []int32{2 * c, 2*c + 1} {
			add(cut, 1)
			add(a.last[cut], -1)
		}
	}
	for _, n := range sum {
		if n != 0 {
			return false
		}
	}
	return true
}

// passable reports whether every arc that comes in leads on, at each depth that
// it is the edge of.
func (a *arrangement) passable(crowd []int32) bool {
	for _, c := range crowd {
		for _, cut := range []int32{2 * c, 2*c + 1} {
			in := a.last[cut]
			depth := int(a.outside[in]) + 1
			for range a.rims[a.rimOf(cut)].times {
				if a.bounds(in, depth) && a.through(crowd, cut, depth) < 0 {
					return false
				}
				depth++
			}
		}
	}
	return true
}

// onward returns the arc on which the edge of a depth goes on from the end of
// an arc, and -1 where there is none.
func (a *arrangement) onward(arc int32, depth int) int32 {
	end := a.next[arc]
	root := a.places.link[end/2]
	if crowd := a.places.crowd[root]; crowd != nil {
		return a.through(crowd, end, depth)
	}
	for _, out := range []int32{end, end ^ 1} {
		if a.bounds(out, depth) {
			return out
		}
	}
	return -1
}

// ray is an arc as seen from a place: coming in, or going out.
type ray struct {
	cut     int32
	in      bool
	bearing float64
}

// through finds the way through a place with several crossings. Round the
// place, counterclockwise, arcs that go out begin a part that is deep enough
// and arcs that come in end it; one leaves along the other edge of the part
// along whose edge one came.
func (a *arrangement) through(crowd []int32, end int32, depth int) int32 {
	var rays []ray
	for _, c := range crowd {
		for _, cut := range []int32{2 * c, 2*c + 1} {
			if a.bounds(cut, depth) {
				rays = append(rays, ray{cut: cut})
			}
			if a.bounds(a.last[cut], depth) {
				rays = append(rays, ray{cut: cut, in: true})
			}
		}
	}
	if len(rays) > 2 {
		a.aim(rays)
	}
	i := slices.IndexFunc(rays, func(r ray) bool { return r.in && r.cut == end })
	if out := rays[(i+1)%len(rays)]; i >= 0 && !out.in {
		return out.cut
	}
	return -1
}

// aim sorts rays clockwise, by where they are a little way off: as far as the
// shortest of them allows.
func (a *arrangement) aim(rays []ray) {
	away := 1e5
	for _, r := range rays {
		arc := r.cut
		if r.in {
			arc = a.last[arc]
		}
		rim := &a.rims[a.rimOf(arc)]
		away = min(away, rim.Radius()/100, a.width(arc)*degree*rim.MetresPerRadian()/2)
	}
	for i := range rays {
		r := &rays[i]
		rim := &a.rims[a.rimOf(r.cut)]
		by := away / rim.MetresPerRadian() / degree
		if r.in {
			by = -by
		}
		r.bearing = measure.Bearing(a.at(rays[0].cut), rim.At(a.turn(r.cut)+by))
	}
	slices.SortFunc(rays, func(x, y ray) int { return cmp.Compare(x.bearing, y.bearing) })
}
