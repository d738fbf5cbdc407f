package siting

import (
	"context"
	"math"
)

// climb raises the bound of a node; true where it holds nothing better. It
// leaves the best prices in the node.
func (x *branching) climb(ctx context.Context, n *node, rounds int) (pruned bool) {
	b := x.b
	share, idle := 1.0, 0
	patience := max(8, rounds/40)
	best := math.Inf(-1)
	clear(b.mean)
	for round := range rounds {
		if round%16 == 1 && ctx.Err() != nil {
			return false // not before a first bound
		}
		bound := b.value()
		b.average(round)
		if gain := bound - best; gain > 0 {
			if gain > 1e-6*math.Abs(best) || round == 0 {
				idle = 0
			}
			best = bound
			n.multipliers = multipliers{append(n.spare(b), b.lambda...), append([]float64(nil), b.nu...)}
			n.bound = max(n.bound, best)
			if bound > x.cutoff() {
				return true
			}
			if round%8 == 7 && b.decide(bound, x.cutoff()) && !x.settle(b.fixed) {
				return true
			}
		} else if idle++; idle >= patience {
			share, idle = share/2, 0
			copy(b.lambda, n.lambda)
			copy(b.nu, n.nu)
			clear(b.before)
			clear(b.beforeNu)
			b.value()
		}
		x.sound(ctx, round)
		b.slopes()
		if share < 1e-4 || !b.step(share, bound, x.target(best)) {
			break
		}
	}
	return x.conclude(n)
}

// spare is where a node's prices go: its own, once it has some.
func (n *node) spare(b *bounder) []float64 {
	if n.own {
		return n.lambda[:0]
	}
	n.own = true
	return make([]float64, 0, len(b.lambda))
}

// conclude looks once more at the best prices of a node.
func (x *branching) conclude(n *node) (pruned bool) {
	b := x.b
	copy(b.lambda, n.lambda)
	copy(b.nu, n.nu)
	for {
		bound := b.value()
		if n.bound = max(n.bound, bound); n.bound > x.cutoff() {
			return true
		}
		if !b.decide(bound, x.cutoff()) {
			return false
		}
		if !x.settle(b.fixed) {
			return true
		}
	}
}

// target is a value that the bound may reach.
func (x *branching) target(best float64) float64 {
	if top := min(x.value, x.worst); !math.IsInf(x.value, 1) || best > 0.9*top {
		return top + 0.01*math.Abs(top-best) + 1e-9*math.Abs(top)
	}
	return best + 0.1*math.Abs(best) + 1/x.groups[0].scale
}

// sound tries the sets that the prices choose.
func (x *branching) sound(ctx context.Context, round int) {
	if round%10 != 0 {
		return
	}
	if x.learning && x.learn(x.b.chosen, x.known) {
		x.learned = true
	}
	if x.capacity != nil {
		if round%40 == 0 {
			x.offer(x.b.chosen)
		}
		return
	}
	if x.l.promising(x.b.chosen, x.value) {
		x.l.improve(ctx)
		x.offer(x.l.open)
	}
}

// average follows how often sites are chosen, nearly the relaxed answer.
func (b *bounder) average(round int) {
	by := max(0.05, 1/float64(round+1))
	for j, is := range b.chosen {
		v := 0.0
		if is {
			v = 1
		}
		b.mean[j] += by * (v - b.mean[j])
	}
}

// branchOn is the free site that the relaxation is least sure of, -1 for none.
func (x *branching) branchOn() int {
	at, least := -1, math.Inf(1)
	for j, s := range x.b.fixed {
		if s != free {
			continue
		}
		if d := math.Abs(x.b.mean[j] - 0.55); d < least {
			at, least = j, d
		}
	}
	return at
}
