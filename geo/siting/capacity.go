package siting

import (
	"cmp"
	"math"
	"slices"
)

// knapsacks choose what a site of limited capacity serves, at prices: the terms
// that save most for their load, the last one in part.
type knapsacks struct {
	*form
	items  [][]use     // by site: the objective's terms
	share  [][]float64 // by site, by item
	order  []int
	ratio  []float64
	served []float64 // by term
}

func newKnapsacks(f *form) *knapsacks {
	k := &knapsacks{form: f, items: make([][]use, f.sites), share: make([][]float64, f.sites), served: make([]float64, len(f.terms))}
	for j, uses := range f.uses {
		for _, u := range uses {
			if f.terms[u.term].group == 0 {
				k.items[j] = append(k.items[j], u)
			}
		}
		k.share[j] = make([]float64, len(k.items[j]))
	}
	return k
}

func (k *knapsacks) save(b *bounder) {
	for j := range k.items {
		if b.fixed[j] != out {
			b.saving[j] -= k.fill(b, j)
		}
	}
}

// fill chooses what the site serves and returns what that saves.
func (k *knapsacks) fill(b *bounder, j int) float64 {
	items, share := k.items[j], k.share[j]
	clear(share)
	k.order, k.ratio = k.order[:0], k.ratio[:0]
	for i, u := range items {
		r := 0.0
		if saves := b.lambda[u.term] - u.cost; saves > 0 {
			k.order = append(k.order, i)
			r = math.Inf(1)
			if load := k.load[u.term]; load > 0 {
				r = saves / load
			}
		}
		k.ratio = append(k.ratio, r)
	}
	slices.SortFunc(k.order, func(x, y int) int {
		return cmp.Or(cmp.Compare(k.ratio[y], k.ratio[x]), cmp.Compare(x, y))
	})
	left, sum := k.capacity[j], 0.0
	for _, i := range k.order {
		u := items[i]
		part := 1.0
		if load := k.load[u.term]; load > left {
			part = left / load
		}
		share[i] = part
		left -= part * k.load[u.term]
		sum += part * (b.lambda[u.term] - u.cost)
		if left <= 0 {
			break
		}
	}
	return sum
}

// sum adds up by how much each term is served by the chosen sites.
func (k *knapsacks) sum(b *bounder) {
	clear(k.served)
	for j, is := range b.chosen {
		if !is {
			continue
		}
		for i, u := range k.items[j] {
			k.served[u.term] += k.share[j][i]
		}
	}
}

func (k *knapsacks) slope(b *bounder, i int, t *term) float64 {
	s := 1 - k.served[i]
	if t.other < b.lambda[i] {
		s--
	}
	return s
}

// Serving is who is served by which site where capacities bind: the share of
// each term by site, and what all costs.
type serving struct {
	value float64
	share []map[int]float64 // by term; what is wanting to 1 is not served
}

// serve shares the terms out among open sites at the least cost that their
// capacities allow: a transportation problem, by shortest augmenting ways from
// site to site. A term that is not served costs its Else.
func serve(m *Model, open []bool) serving {
	var sites []int
	for j, is := range open {
		if is {
			sites = append(sites, j)
		}
	}
	t := &transport{m: m, sites: sites, left: make([]float64, len(sites)), share: make([][]float64, len(m.Objective.Terms)), cost: make([][]float64, len(m.Objective.Terms))}
	place := make([]int, m.Sites)
	for k, j := range sites {
		t.left[k], place[j] = m.Capacity[j], k
	}
	for i := range m.Objective.Terms {
		t.begin(i, open, place)
	}
	for i := range m.Objective.Terms {
		t.assign(i)
	}
	s := serving{share: make([]map[int]float64, len(t.share))}
	for j, v := range m.Objective.Site {
		if open[j] {
			s.value += v
		}
	}
	for i := range t.share {
		s.value += t.total(i, &s)
	}
	return s
}

// transport is a transportation problem: terms to open sites, and to nowhere,
// which is the last column and takes all.
type transport struct {
	m     *Model
	sites []int
	left  []float64   // by column: capacity that is left
	cost  [][]float64 // by term, by column: of the whole term
	share [][]float64 // by term, by column
}

func (t *transport) begin(i int, open []bool, place []int) {
	x := &t.m.Objective.Terms[i]
	row := make([]float64, len(t.sites)+1)
	for k := range row {
		row[k] = math.Inf(1)
	}
	for _, o := range x.Options {
		if open[o.Site] && o.Cost < x.Else {
			row[place[o.Site]] = o.Cost
		}
	}
	row[len(t.sites)] = x.Else
	t.cost[i], t.share[i] = row, make([]float64, len(row))
}

// assign serves one more term along shortest ways: to a site with room, or to
// one whose terms move on.
func (t *transport) assign(i int) {
	load := t.m.Load[i]
	if load <= 0 {
		t.share[i][least(t.cost[i])] = 1
		return
	}
	rest := 1.0
	// Straight to the cheapest site as far as it has room: no way round is
	// shorter, or what was assigned before would not be the best.
	if k := least(t.cost[i]); k == len(t.sites) || t.left[k] > 0 {
		rest -= t.push(i, []link{{i, k}}, 1)
	}
	for rest > 1e-12 {
		way := t.shortest(i)
		rest -= t.push(i, way, rest)
	}
}

func least(row []float64) int {
	at := 0
	for k, c := range row {
		if c < row[at] {
			at = k
		}
	}
	return at
}

// link is how a column is come to: a term that moves there from another.
type link struct{ term, from int }

// shortest finds the cheapest way, by cost a unit of load, from the term to a
// column with room (Bellman and Ford: moving back may save).
func (t *transport) shortest(i int) []link {
	columns := len(t.sites) + 1
	far, by := make([]float64, columns), make([]link, columns)
	for k := range far {
		far[k], by[k] = t.cost[i][k]/t.m.Load[i], link{i, -1}
	}
	moves := t.moves(columns)
	for range columns {
		moved := false
		for a := range columns {
			for b := range columns {
				m := moves[a*columns+b]
				if m.term >= 0 && nearer(far[a]+m.cost, far[b]) {
					far[b], by[b], moved = far[a]+m.cost, link{m.term, a}, true
				}
			}
		}
		if !moved {
			break
		}
	}
	end := columns - 1
	for k := range t.sites {
		if t.left[k] > 1e-9*t.m.Capacity[t.sites[k]] && far[k] < far[end] {
			end = k
		}
	}
	var way []link
	for k := end; k >= 0 && len(way) <= columns; k = by[k].from {
		way = append(way, link{by[k].term, k})
	}
	return way // the last column first, the term itself last
}

// nearer reports whether a way is shorter by more than rounding makes it.
func nearer(a, b float64) bool { return a < b && !(b-a <= 1e-12*max(1, math.Abs(a))) }

// cheapest is the term that moves at least cost, for a unit of its load.
type cheapest struct {
	term int
	cost float64
}

// moves finds that term for each pair of columns.
func (t *transport) moves(columns int) []cheapest {
	out := make([]cheapest, columns*columns)
	for k := range out {
		out[k] = cheapest{-1, math.Inf(1)}
	}
	for i, row := range t.share {
		load := t.m.Load[i]
		if load <= 0 {
			continue
		}
		for a, part := range row {
			if part <= 1e-12 {
				continue
			}
			for b, c := range t.cost[i] {
				if d := (c - t.cost[i][a]) / load; b != a && d < out[a*columns+b].cost {
					out[a*columns+b] = cheapest{i, d}
				}
			}
		}
	}
	return out
}

// push moves as much as the way allows, and returns the share of the term.
func (t *transport) push(i int, way []link, rest float64) float64 {
	end := way[0].from
	load := rest * t.m.Load[i]
	if end < len(t.sites) {
		load = min(load, t.left[end])
	}
	for k := range way[:len(way)-1] {
		load = min(load, t.share[way[k].term][way[k+1].from]*t.m.Load[way[k].term])
	}
	if end < len(t.sites) {
		t.left[end] -= load
	}
	for k := range way {
		x := way[k].term
		part := load / t.m.Load[x]
		t.share[x][way[k].from] += part
		if k+1 < len(way) {
			t.share[x][way[k+1].from] -= part
		}
	}
	return load / t.m.Load[i]
}

func (t *transport) total(i int, s *serving) float64 {
	sum := 0.0
	s.share[i] = map[int]float64{}
	for k, part := range t.share[i] {
		if part <= 1e-12 {
			continue
		}
		sum += part * t.cost[i][k]
		if k < len(t.sites) {
			s.share[i][t.sites[k]] = part
		}
	}
	return sum
}
