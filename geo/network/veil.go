package network

import "bivouac/geo"

// A road is cut where something meets it, and where it is cut one might turn
// round. To a reader who does not see what meets it there the road only passes:
// a way that turns there would tell him of it. So such junctions are taken
// apart, and turning round on the road takes a reason that the reader sees.

// reason is something that makes a junction of a place at which a road passes:
// another road, a join of two, or what stands there.
type reason struct {
	ways    [2]int32 // that must both be seen; -1 for none
	control int32    // -1 for none
}

// shows reports whether the reader sees the reason.
func (g *Graph) shows(why reason, r geo.Reader) bool {
	if why.control >= 0 {
		return g.controls[why.control].seenBy(r)
	}
	for _, way := range why.ways {
		if way >= 0 && !g.ways.seen(way, r) {
			return false
		}
	}
	return true
}

// reasons returns what lets a driver turn round who arrives by one of the
// halves that meet at a junction: nil where he may in any case, since his road
// ends there or since whoever sees it sees that something meets it.
func (a *assembly) reasons(halves []half, in half, gates []gate) []reason {
	on, passes := a.on(in)
	if !passes {
		return nil
	}
	way := a.g.wayOf[in.edge]
	class, mission := a.ways.rows[way].class, a.ways.mission(way)
	list := []reason{}
	for _, h := range halves {
		if h == in || h == on {
			continue
		}
		why := reason{[2]int32{a.wayOfEdge(h.edge), -1}, -1}
		if why.ways[0] < 0 {
			why.ways = a.pairs[int(h.edge)-len(a.g.wayOf)].ways
		}
		if a.ways.implied(why.ways[0], class, mission) && (why.ways[1] < 0 || a.ways.implied(why.ways[1], class, mission)) {
			return nil
		}
		list = append(list, why)
	}
	for _, gt := range gates {
		if c := &a.controls[gt.control]; c.class <= class && (c.mission == "" || c.mission == mission) {
			return nil
		}
		list = append(list, reason{[2]int32{-1, -1}, gt.control})
	}
	return list
}

// on returns the half by which the road of a half goes on, false where it ends
// or begins.
func (a *assembly) on(h half) (half, bool) {
	if int(h.edge) >= len(a.g.wayOf) {
		return half{}, false
	}
	if h.end == 0 {
		return half{h.edge - 1, 1}, !a.begins[h.edge]
	}
	next := h.edge + 1
	return half{next, 0}, int(next) < len(a.begins) && !a.begins[next]
}

// veiled returns the nodes, beside those that are held, at which some reader
// sees a road pass and nothing that meets it.
func (a *assembly) veiled(held map[int32][]gate) []int32 {
	if a.openToAll() {
		return nil
	}
	first := make([]int32, len(a.g.points)+1) // of the halves of each node
	for _, ends := range a.ends {
		first[ends[0]+1]++
		first[ends[1]+1]++
	}
	for n := range a.g.points {
		first[n+1] += first[n]
	}
	halves, next := make([]half, 2*len(a.ends)), append([]int32(nil), first...)
	for e, ends := range a.ends {
		for end, n := range ends {
			halves[next[n]] = half{int32(e), int32(end)}
			next[n]++
		}
	}
	var out []int32
	for n := range int32(len(a.g.points)) {
		if _, is := held[n]; is {
			continue
		}
		at := halves[first[n]:first[n+1]]
		for _, h := range at {
			if a.reasons(at, h, nil) != nil {
				out = append(out, n)
				break
			}
		}
	}
	return out
}

// openToAll reports whether whoever sees one road sees all.
func (a *assembly) openToAll() bool {
	for n := range a.ways.rows {
		w, first := &a.ways.rows[n], &a.ways.rows[0]
		if w.class != first.class || w.codes[missionCode] != first.codes[missionCode] {
			return false
		}
	}
	return true
}
