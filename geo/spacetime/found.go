package spacetime

import (
	"cmp"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// clusters picks the most likely cylinder and, of the best about each other
// centre, those that share no cell with one before (Kulldorff's secondary
// clusters) and are significant. Their p is against the highest of each
// permutation, which is on the safe side.
func (s *cylinders) clusters(best []cylinder, highest []float64) []Cluster {
	slices.SortFunc(best, func(a, b cylinder) int {
		return cmp.Or(cmp.Compare(b.ratio, a.ratio), cmp.Compare(a.cells, b.cells), cmp.Compare(a.centre, b.centre))
	})
	taken := make([]bool, len(s.cells.points))
	var out []Cluster
	for i := range best {
		if best[i].ratio <= 0 {
			break
		}
		held := s.cells.near[best[i].centre][:best[i].cells]
		if slices.ContainsFunc(held, func(cell int32) bool { return taken[cell&^more] }) {
			continue
		}
		c := s.cluster(&best[i], highest)
		if len(out) > 0 && !(c.P <= s.query.Significance) {
			break
		}
		for _, cell := range held {
			taken[cell&^more] = true
		}
		out = append(out, c)
	}
	return out
}

func (s *cylinders) cluster(b *cylinder, highest []float64) Cluster {
	points := s.cells.points
	farthest := points[s.cells.near[b.centre][b.cells-1]]
	below, _ := slices.BinarySearch(highest, b.ratio)
	days := s.before[b.last+1] - s.before[b.first]
	return Cluster{
		Centre: points[b.centre], RadiusMetres: measure.Distance(points[b.centre], farthest), Cells: int(b.cells),
		Start:    s.query.End - geo.Time(b.last+1)*geo.Day,
		End:      s.query.End - geo.Time(b.first)*geo.Day,
		Observed: b.count, Expected: float64(b.events) * float64(days) / float64(len(s.age)),
		LogRatio: b.ratio, P: share(len(highest)-below, len(highest)), Gumbel: gumbel(b.ratio, highest),
	}
}

// gumbel is the chance of a value as high or higher under the Gumbel law that
// has the mean and the variance of the highest ratios of permutations (Abrams,
// Kulldorff and Kleinman 2010). It tells apart what the rank among a few
// hundred cannot.
func gumbel(x float64, highest []float64) float64 {
	n := float64(len(highest))
	mean, square := 0.0, 0.0
	for _, h := range highest {
		mean += h / n
	}
	for _, h := range highest {
		square += (h - mean) * (h - mean) / (n - 1)
	}
	scale := math.Sqrt(6*square) / math.Pi
	const eulersConstant = 0.57721566490153286
	if !(scale > 0) {
		return math.NaN()
	}
	return -math.Expm1(-math.Exp(-(x - mean + eulersConstant*scale) / scale))
}
