package siting

import (
	"context"
	"math"
	"slices"

	"bivouac/geo/queue"
)

// Answer is the best set of sites that was found, and how sure that is.
type Answer struct {
	Sites      []int   // in order; nil where none was found
	Value      float64 // of the objective
	Bound      float64 // no set has less
	Proved     bool    // that none is better, to a billionth
	Infeasible bool    // proved: no set keeps all limits
	Nodes      int     // of the search tree that were looked at

	prices multipliers // of the root, for a search that asks nearly the same
}

// Gap is by what share of the value a better set may be better.
func (a *Answer) Gap() float64 {
	if a.Proved || a.Value == a.Bound {
		return 0
	}
	return (a.Value - a.Bound) / math.Abs(a.Value)
}

// Search says how a model is searched.
type Search struct {
	Seed   uint64                                // of the local search's restarts
	Enough float64                               // a set of this value or less ends the search; 0 looks for the best
	Goal   bool                                  // whether Enough is asked for
	Parts  int                                   // of the tree that are looked at, at most; 0 is no bound
	Told   func(value, bound float64, nodes int) // is told how far the search is; may be nil

	// Where a search begins that asks nearly the same as one before: sets that
	// were good there, and its prices. They change how long it takes; any prices
	// bound, so that they prove as much.
	starts [][]int
	prices multipliers
}

// node is a part of all sets: some sites are in, some out.
type node struct {
	bound float64
	depth int
	fixed []int8
	own   bool // whether its prices are its own
	multipliers
}

// Before puts the node of the lowest bound first, of equal ones the deepest.
func (n *node) Before(m *node) bool {
	if n.bound != m.bound {
		return n.bound < m.bound
	}
	return n.depth > m.depth
}

// mostKept is how many prices the open nodes keep of their own; beyond, they
// share those of the root.
const mostKept = 32 << 20

// rounds are how often prices are moved at the root and at other nodes.
const (
	rootRounds = 1500
	nodeRounds = 50
	restarts   = 12 // of the local search, after the root
)

// branching is one search by branch and bound, best first.
type branching struct {
	*form
	m     *Model
	s     Search
	b     *bounder
	l     *local
	open  queue.Queue[*node]
	root  multipliers
	best  []bool
	value float64 // of best, by Measure.Of
	worst float64 // no set has more: where the search begins
	nodes int
	kept  int
	tried map[string]bool // sets that were measured with capacities

	known    covers // of joint terms
	learning bool   // whether the root is told of covers that it lacks
	learned  bool
}

// Solve finds the best set of sites and proves that it is, or, where ctx ends
// before, says how much better one may be. It is an error of ctx only where
// not even the first bound was found.
//
// The value comes from measuring the set by its definition; the bound from
// prices (Lagrangian relaxation) alone, in another part of the code. The same
// model and seed give the same answer, unless it was stopped.
func Solve(ctx context.Context, m *Model, s Search) (Answer, error) {
	known := covers{}
	for round := 0; ; round++ {
		x := &branching{form: newForm(m, known), m: m, s: s, value: math.Inf(1), tried: map[string]bool{}, known: known, learning: round < mostLearned}
		if !x.start(ctx) {
			return Answer{Infeasible: true, Bound: math.Inf(1)}, nil
		}
		x.search(ctx)
		if !x.learned {
			return x.answer(ctx)
		}
		// The root again, with the covers that it lacked.
		if x.best != nil {
			s.starts = append(slices.Clone(s.starts), x.sitesOf(x.best))
		}
	}
}

// mostLearned is how often the root is begun again.
const mostLearned = 12

// start finds a first set and the root; false for a model without an answer.
func (x *branching) start(ctx context.Context) bool {
	x.worst = x.ceiling()
	if x.impossible() || !x.settle(x.fixed) {
		return false
	}
	s := &x.s
	x.b, x.l = newBounder(x.form), newLocal(x.form, s.Seed)
	x.begin(ctx)
	root := &node{fixed: slices.Clone(x.fixed), bound: x.floor()}
	x.b.start(x.l.open)
	if p := &s.prices; len(p.lambda) == len(x.b.lambda) && len(p.nu) == len(x.b.nu) {
		copy(x.b.lambda, p.lambda)
		copy(x.b.nu, p.nu)
	}
	root.multipliers = x.b.clone()
	x.open.Push(root)
	return true
}

// search looks at parts until nothing better is left, or until the root has
// learned.
func (x *branching) search(ctx context.Context) {
	s := &x.s
	for len(x.open) > 0 && x.open[0].bound <= x.cutoff() && (ctx.Err() == nil || x.nodes == 0) && (s.Parts == 0 || x.nodes < s.Parts) {
		n := x.open.Pop()
		if !x.expand(ctx, n) {
			x.open.Push(n)
			return
		}
		if x.learned = x.learned && len(x.open) > 0 && ctx.Err() == nil; x.learned {
			return
		}
		x.learning = false
		if s.Told != nil {
			s.Told(x.value, x.lowest(), x.nodes)
		}
	}
}

// sitesOf are the open ones.
func (x *branching) sitesOf(open []bool) []int {
	out := []int{} // a set, be it of none
	for j, is := range open {
		if is {
			out = append(out, j)
		}
	}
	return out
}

// ceiling is more than any set's objective.
func (f *form) ceiling() float64 {
	sum := 1.0
	for _, v := range f.groups[0].site {
		sum += max(0, v)
	}
	for i := f.groups[0].from; i < f.groups[0].to; i++ {
		sum += f.terms[i].other * f.terms[i].times
	}
	return sum
}

// floor is less than any set's objective: each term at its cheapest.
func (f *form) floor() float64 {
	sum := 0.0
	for _, v := range f.groups[0].site {
		sum += min(0, v)
	}
	for i := f.groups[0].from; i < f.groups[0].to; i++ {
		if t := &f.terms[i]; t.times == 1 && t.to > t.from {
			sum += f.cost[t.from]
		} else if t.times == 1 {
			sum += t.other
		}
	}
	return sum
}

// cutoff is the greatest bound under which a better set may be.
func (x *branching) cutoff() float64 {
	v := min(x.value, x.worst)
	if x.s.Goal && x.value <= x.s.Enough {
		return math.Inf(-1)
	}
	if x.grain > 0 {
		v = v - x.grain + 1e-6
	} else {
		v -= roundOff * math.Abs(v)
	}
	if x.s.Goal {
		v = min(v, x.s.Enough+roundOff*math.Abs(x.s.Enough)+1e-6*x.grain)
	}
	return v
}

// lowest is the bound over all that is not yet looked at.
func (x *branching) lowest() float64 {
	if len(x.open) == 0 {
		return x.value
	}
	return min(x.value, x.open[0].bound)
}

// begin finds a first set.
func (x *branching) begin(ctx context.Context) {
	x.l.greedy(x.fixed)
	x.l.improve(ctx)
	x.offer(x.l.open)
	for _, sites := range x.s.starts {
		for j, is := range x.m.set(sites) {
			x.l.open[j] = is && x.fixed[j] != out || x.fixed[j] == in
		}
		x.l.improve(ctx)
		x.offer(x.l.open)
	}
	if x.best != nil {
		copy(x.l.open, x.best)
	}
}

// again improves the best set from others beside it, once the root has left
// something open.
func (x *branching) again(ctx context.Context) {
	if x.capacity != nil {
		return
	}
	if x.best != nil {
		copy(x.l.open, x.best)
	}
	x.l.restart(ctx, restarts, x.offer)
}

// offer measures a set, and keeps it where it is the best so far.
func (x *branching) offer(open []bool) {
	if x.learning && x.learn(open, x.known) {
		x.learned = true
	}
	value, ok := x.measure(open)
	if ok && value < x.value {
		x.value, x.best = value, slices.Clone(open)
	}
}

// measure returns the objective of a set, by the definition; false for one that
// breaks a limit.
func (x *branching) measure(open []bool) (float64, bool) {
	n := 0
	for j, is := range open {
		if is {
			n++
		}
		if is != (x.fixed[j] == in) && x.fixed[j] != free {
			return 0, false
		}
	}
	if n < x.least || n > x.most {
		return 0, false
	}
	for i := range x.m.Limits {
		if l := &x.m.Limits[i]; !holds(l.Of(open), l.Most) {
			return 0, false
		}
	}
	if x.capacity != nil {
		key := string(packed(open))
		if x.tried[key] {
			return 0, false
		}
		x.tried[key] = true
		return serve(x.m, open).value, true
	}
	return x.m.Objective.Of(open), true
}

func packed(open []bool) []byte {
	out := make([]byte, (len(open)+7)/8)
	for j, is := range open {
		if is {
			out[j/8] |= 1 << (j % 8)
		}
	}
	return out
}

// expand bounds a node, and puts its two parts in its place unless it holds
// nothing better. It returns false where ctx ended before the node was done.
func (x *branching) expand(ctx context.Context, n *node) bool {
	x.nodes++
	hope, ok := x.hopeful(n.fixed)
	if n.bound = max(n.bound, hope); !ok || n.bound > x.cutoff() {
		return true
	}
	if x.covering && x.needless(n.fixed) && !x.settle(n.fixed) {
		return true
	}
	b := x.b
	b.fixed, b.multipliers = n.fixed, n.clone()
	clear(b.before)
	clear(b.beforeNu)
	rounds := nodeRounds
	if x.nodes == 1 {
		rounds = rootRounds
	}
	pruned := x.climb(ctx, n, rounds)
	if x.nodes == 1 {
		x.root = n.multipliers
	}
	if pruned {
		return true
	}
	if ctx.Err() != nil {
		return false
	}
	if x.nodes == 1 {
		x.again(ctx)
	}
	if x.few(n.fixed) {
		return x.each(ctx, n.fixed)
	}
	j := x.branchOn()
	if j < 0 {
		// Every site is in or out.
		x.leaf(n)
		return true
	}
	for _, s := range []int8{in, out} {
		c := &node{bound: n.bound, depth: n.depth + 1, fixed: slices.Clone(n.fixed), multipliers: n.multipliers}
		c.fixed[j] = s
		if x.settle(c.fixed) {
			x.open.Push(c)
		}
	}
	if x.kept += len(n.lambda); x.kept > mostKept {
		for _, c := range x.open {
			c.multipliers = x.root
		}
		x.kept = 0
	}
	return true
}

// mostTried is how many sites may be free in a part that is gone through set by
// set: as many sets are measured in less time than bounds of their parts are found,
// and where limits conflict no bound may tell.
const mostTried = 8

// few reports whether few sites are free. With capacities each set is a flow of its
// own, which bounds are quicker than.
func (x *branching) few(fixed []int8) bool {
	n := 0
	for _, s := range fixed {
		if s == free {
			n++
		}
	}
	return n <= mostTried && x.capacity == nil
}

// each measures all sets of a part; false where ctx ended before.
func (x *branching) each(ctx context.Context, fixed []int8) bool {
	var loose []int
	open := make([]bool, x.sites)
	for j, s := range fixed {
		if open[j] = s == in; s == free {
			loose = append(loose, j)
		}
	}
	for set := range uint(1) << len(loose) {
		if ctx.Err() != nil {
			return false
		}
		for k, j := range loose {
			open[j] = set>>k&1 == 1
		}
		x.offer(open)
	}
	return true
}

// leaf measures the one set of a node.
func (x *branching) leaf(n *node) {
	open := make([]bool, x.sites)
	for j, s := range n.fixed {
		open[j] = s == in
	}
	x.offer(open)
}

func (x *branching) answer(ctx context.Context) (Answer, error) {
	a := Answer{Value: x.value, Nodes: x.nodes, prices: x.root}
	done := len(x.open) == 0 || x.open[0].bound > x.cutoff()
	if x.s.Goal && x.value <= x.s.Enough {
		done = false
	}
	if x.best != nil {
		a.Sites = x.sitesOf(x.best)
	}
	switch {
	case done && x.best == nil:
		a.Infeasible, a.Bound = true, math.Inf(1)
	case done && (!x.s.Goal || x.value <= x.s.Enough):
		a.Proved, a.Bound = true, x.value
	case done:
		a.Bound = math.Nextafter(x.s.Enough, math.Inf(1))
	case len(x.open) > 0:
		a.Bound = min(x.value, x.open[0].bound)
	default:
		a.Bound = math.Inf(-1)
	}
	if math.IsInf(a.Bound, -1) && ctx.Err() != nil && a.Sites == nil {
		return a, ctx.Err()
	}
	return a, nil
}
