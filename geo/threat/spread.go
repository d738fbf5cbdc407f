package threat

import (
	"cmp"
	"math"

	"bivouac/geo/queue"
)

// stretch is a part of a segment over which an event's weight falls off: from
// a place on it, at a distance from the event, in a direction.
type stretch struct {
	segment  int32
	forward  bool
	from     float64 // metres along the segment
	length   float64
	distance float64 // of from
	share    float64 // of the event's weight that goes this way; below 0 what is taken back
}

// front is weight that has come to the end of a segment.
type front struct {
	end      int32 // that it came by
	distance float64
	share    float64
}

// compare orders by distance to the micrometre: ways over the same segments in
// another order are as long, and go on as one.
func (f front) compare(o front) int {
	return cmp.Or(cmp.Compare(math.Round(f.distance*1e6), math.Round(o.distance*1e6)), cmp.Compare(f.end, o.end))
}

// Before puts the nearest first.
func (f front) Before(o front) bool { return f.compare(o) < 0 }

// slight is the share of an event's weight below which it is not followed.
const slight = 1e-9

// spread returns over which stretches an event's weight goes. It is true where
// there are too many of them.
func (r *Roads) spread(kernel Kernel, e Spot, bandwidth float64) ([]stretch, bool) {
	if kernel == Simple {
		return r.shortest(e, bandwidth), false
	}
	length := r.metres[e.Segment]
	at := min(max(e.Metres, 0), length)
	out := []stretch{
		{e.Segment, false, at, at, 0, 1},
		{e.Segment, true, at, length - at, 0, 1},
	}
	f := ends(e.Segment, at, length)
	for len(f) > 0 && len(out) < mostParts {
		x := f.Pop()
		for len(f) > 0 && f[0].compare(x) == 0 {
			x.share += f.Pop().share
		}
		if x.distance >= bandwidth || math.Abs(x.share)*(0.5-upTo(x.distance/bandwidth)) < slight {
			continue
		}
		out = r.part(kernel, x, &f, out)
	}
	return out, len(f) > 0
}

// ends is the weight that leaves a place on a segment both ways.
func ends(segment int32, at, length float64) queue.Queue[front] {
	var f queue.Queue[front]
	f.Push(front{2 * segment, at, 1})
	f.Push(front{2*segment + 1, length - at, 1})
	return f
}

// part sends the weight that came to a junction on, by the kernel's rule.
func (r *Roads) part(kernel Kernel, x front, f *queue.Queue[front], out []stretch) []stretch {
	node := r.node[x.end]
	n := float64(r.degree(node))
	if n == 1 {
		return out // the road ends, and what would run beyond is lost
	}
	for _, end := range r.at(node) {
		share := 1 / (n - 1)
		switch {
		case kernel == Continuous && end == x.end:
			share = (2 - n) / n
		case kernel == Continuous:
			share = 2 / n
		case end == x.end:
			continue
		}
		if share *= x.share; share == 0 {
			continue
		}
		length := r.metres[end/2]
		out = append(out, r.leaving(end, length, x.distance, share))
		f.Push(front{end ^ 1, x.distance + length, share})
	}
	return out
}

// leaving is a stretch from the end of a segment into it.
func (r *Roads) leaving(end int32, length, distance, share float64) stretch {
	if end&1 == 0 {
		return stretch{end / 2, true, 0, length, distance, share}
	}
	return stretch{end / 2, false, r.metres[end/2], length, distance, share}
}

// shortest returns the stretches of the shortest ways to all places within the
// bandwidth, each place in one of them.
func (r *Roads) shortest(e Spot, bandwidth float64) []stretch {
	length := r.metres[e.Segment]
	at := min(max(e.Metres, 0), length)
	distance := map[int32]float64{} // of nodes
	f := ends(e.Segment, at, length)
	var order []int32 // nodes as they are reached
	for len(f) > 0 {
		x := f.Pop()
		node := r.node[x.end]
		if _, done := distance[node]; done || x.distance >= bandwidth {
			continue
		}
		distance[node] = x.distance
		order = append(order, node)
		for _, end := range r.at(node) {
			f.Push(front{end ^ 1, x.distance + r.metres[end/2], 1})
		}
	}
	to := func(node int32) float64 {
		if d, ok := distance[node]; ok {
			return d
		}
		return math.Inf(1)
	}
	// Back and forth from the event, as far as no way about is shorter.
	back := min(at, (at+to(r.node[2*e.Segment]))/2)
	forth := min(length-at, (length-at+to(r.node[2*e.Segment+1]))/2)
	out := []stretch{{e.Segment, false, at, back, 0, 1}, {e.Segment, true, at, forth, 0, 1}}
	for _, node := range order {
		for _, end := range r.at(node) {
			// As far as the way from the other end, or from the event, is no shorter.
			rest := min(r.metres[end/2], (r.metres[end/2]+to(r.node[end^1])-distance[node])/2)
			switch end {
			case 2 * e.Segment:
				rest = at - back
			case 2*e.Segment + 1:
				rest = length - at - forth
			}
			if rest > 0 {
				out = append(out, r.leaving(end, rest, distance[node], 1))
			}
		}
	}
	return out
}
