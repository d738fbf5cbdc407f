package main

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// seed is that of the whole world: another number gives another world of the
// same kind.
const seed = 20180831

// chance draws from one stream of numbers. Each subject has its own, so that a
// change to one leaves the others as they are. Only the generator's raw
// numbers are the library's, whose algorithm is fixed; what is made of them is
// ours, so that another release of Go draws the same world.
type chance struct{ source *rand.PCG }

func newChance(subject string) *chance {
	h := fnv.New64a()
	h.Write([]byte(subject))
	return &chance{rand.NewPCG(seed, h.Sum64())}
}

// unit draws a number in [0, 1).
func (c *chance) unit() float64 { return float64(c.source.Uint64()>>11) / (1 << 53) }

// between draws a number in [low, high).
func (c *chance) between(low, high float64) float64 { return low + (high-low)*c.unit() }

// below draws a whole number in [0, n).
func (c *chance) below(n int) int { return int(c.unit() * float64(n)) }

// from draws a whole number in [low, high], both ends included.
func (c *chance) from(low, high int) int { return low + c.below(high-low+1) }

func (c *chance) hit(probability float64) bool { return c.unit() < probability }

// normal draws from the standard normal distribution (Box and Muller, 1958).
func (c *chance) normal() float64 {
	return math.Sqrt(-2*math.Log(1-c.unit())) * math.Cos(2*math.Pi*c.unit())
}

func (c *chance) exponential(mean float64) float64 { return -mean * math.Log(1-c.unit()) }

// laplace draws from the two-sided exponential distribution around 0.
func (c *chance) laplace(scale float64) float64 {
	if c.hit(0.5) {
		return c.exponential(scale)
	}
	return -c.exponential(scale)
}

// lognormal draws a factor whose logarithm has the given deviation; half of
// them are below 1.
func (c *chance) lognormal(deviation float64) float64 { return math.Exp(deviation * c.normal()) }

// poisson draws a count, by multiplying uniform numbers (Knuth, 1969): for
// small means.
func (c *chance) poisson(mean float64) int {
	limit, product, n := math.Exp(-mean), c.unit(), 0
	for ; product > limit; n++ {
		product *= c.unit()
	}
	return n
}

// pick draws an index with the odds of the weights, of which one is above 0.
func (c *chance) pick(weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	rest := c.unit() * total
	last := 0
	for i, w := range weights {
		if w <= 0 {
			continue
		}
		last = i
		if rest -= w; rest < 0 {
			break
		}
	}
	return last
}

// odds are words with their weights.
type odds []struct {
	word   string
	weight float64
}

func (c *chance) word(o odds) string {
	weights := make([]float64, len(o))
	for i := range o {
		weights[i] = o[i].weight
	}
	return o[c.pick(weights)].word
}

func (c *chance) choose(words ...string) string { return words[c.below(len(words))] }
