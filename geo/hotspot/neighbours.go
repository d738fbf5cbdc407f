package hotspot

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"bivouac/geo/grid"
	"bivouac/geo/measure"
)

// Neighbours says which units are near which: a spatial weights matrix. It is
// the same for all statistics; a unit is never among its own.
type Neighbours struct {
	start   []int32   // of each unit's, and the end of the last one's
	of      []int32   // in rising order within a unit
	weights []float64 // nil: 1 each
}

// NewNeighbours returns the matrix of lists, one a unit. Weights are 1 each.
func NewNeighbours(lists [][]int32) *Neighbours {
	n := &Neighbours{start: make([]int32, 1, len(lists)+1)}
	for _, list := range lists {
		n.of = append(n.of, list...)
		slices.Sort(n.of[n.start[len(n.start)-1]:])
		n.start = append(n.start, int32(len(n.of)))
	}
	return n
}

// Len returns how many units there are.
func (n *Neighbours) Len() int { return len(n.start) - 1 }

// Of returns the neighbours of a unit. They are not to be changed.
func (n *Neighbours) Of(i int) []int32 { return n.of[n.start[i]:n.start[i+1]] }

// weightsOf returns the weights of a unit's neighbours, nil for 1 each.
func (n *Neighbours) weightsOf(i int) []float64 {
	if n.weights == nil {
		return nil
	}
	return n.weights[n.start[i]:n.start[i+1]]
}

// RowStandardised returns the matrix with weights that add up to 1 for each
// unit that has neighbours.
func (n *Neighbours) RowStandardised() *Neighbours {
	out := &Neighbours{start: n.start, of: n.of, weights: make([]float64, len(n.of))}
	for i := range n.Len() {
		for k := n.start[i]; k < n.start[i+1]; k++ {
			out.weights[k] = 1 / float64(n.start[i+1]-n.start[i])
		}
	}
	return out
}

// Counts returns the least, the mean and the greatest number of neighbours.
func (n *Neighbours) Counts() (least int, mean float64, most int) {
	if n.Len() == 0 {
		return 0, 0, 0
	}
	least = math.MaxInt
	for i := range n.Len() {
		least, most = min(least, len(n.Of(i))), max(most, len(n.Of(i)))
	}
	return least, float64(len(n.of)) / float64(n.Len()), most
}

// CellBand returns the cells whose middles lie within so many metres of each
// other in the plane of the grid.
func CellBand(c *grid.Cover, metres float64) *Neighbours {
	steps := c.Grid.Within(metres)
	// In order of cells, so that each list is sorted.
	slices.SortFunc(steps, grid.Compare)
	lists := make([][]int32, len(c.Cells))
	each(len(c.Cells), func(from, to int) {
		all := make([]int32, 0, (to-from)*len(steps))
		for i := from; i < to; i++ {
			first := len(all)
			for _, s := range steps {
				if j, ok := c.Number(grid.Cell{Q: c.Cells[i].Q + s.Q, R: c.Cells[i].R + s.R}); ok {
					all = append(all, int32(j))
				}
			}
			lists[i] = all[first:]
		}
	})
	return NewNeighbours(lists)
}

// Band returns the points within so many metres of each other by the geodesic,
// the rim included.
func Band(points []orb.Point, metres float64) (*Neighbours, error) {
	cloud, err := measure.NewCloud(points, metres)
	if err != nil {
		return nil, err
	}
	lists := make([][]int32, len(points))
	each(len(points), func(from, to int) {
		for i := from; i < to; i++ {
			lists[i] = cloud.Near(nil, i)
		}
	})
	return NewNeighbours(lists), nil
}

// Nearest returns the k nearest other points of each by the geodesic, of
// equally far ones those of the lower numbers, and the mean distance to the
// k-th. There must be more than k points.
func Nearest(points []orb.Point, k int) (*Neighbours, float64, error) {
	lists, far := make([][]int32, len(points)), make([]float64, len(points))
	todo := make([]int, len(points))
	for i := range todo {
		todo[i] = i
	}
	for radius := firstRadius(points, k); len(todo) > 0; radius *= 2 {
		cloud, err := measure.NewCloud(points, min(radius, measure.HalfMeridianMetres))
		if err != nil {
			return nil, 0, err
		}
		each(len(todo), func(from, to int) {
			var near []int32
			for _, i := range todo[from:to] {
				near = cloud.Near(near[:0], i)
				if len(near) >= k {
					lists[i], far[i] = nearest(points, i, near, k)
				}
			}
		})
		todo = slices.DeleteFunc(todo, func(i int) bool { return lists[i] != nil })
	}
	mean := 0.0
	for _, d := range far {
		mean += d / float64(len(far))
	}
	return NewNeighbours(lists), mean, nil
}

// nearest takes the k nearest of those that are near, and how far the last is.
func nearest(points []orb.Point, i int, near []int32, k int) ([]int32, float64) {
	type other struct {
		metres float64
		number int32
	}
	all := make([]other, len(near))
	for n, j := range near {
		all[n] = other{measure.Distance(points[i], points[j]), j}
	}
	slices.SortFunc(all, func(a, b other) int { return cmp.Or(cmp.Compare(a.metres, b.metres), cmp.Compare(a.number, b.number)) })
	out := make([]int32, k)
	for n := range out {
		out[n] = all[n].number
	}
	return out, all[k-1].metres
}

// firstRadius is one in which twice k points would lie if they were spread
// evenly over their box.
func firstRadius(points []orb.Point, k int) float64 {
	box := orb.MultiPoint(points).Bound()
	area := measure.PlaneArea(box.ToPolygon())
	return max(1, math.Sqrt(2*float64(k)*area/(math.Pi*float64(len(points)))))
}

// each does a range of n on every processor.
func each(n int, do func(from, to int)) {
	parts := min(runtime.GOMAXPROCS(0), max(n, 1))
	var wait sync.WaitGroup
	for i := range parts {
		wait.Go(func() { do(i*n/parts, (i+1)*n/parts) })
	}
	wait.Wait()
}
