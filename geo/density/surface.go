package density

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/measure"
)

// Surface is a kernel estimate on a lattice of longitudes and latitudes.
type Surface struct {
	West, South       float64 // of the first column's and row's cells, in degrees; West+360 and more beyond the date line
	LonStep, LatStep  float64 // degrees
	Columns, Rows     int
	Values            []float64 // weight by square metre at the middle of each cell, row by row from the south
	Kernel            Kernel
	BandwidthMetres   float64
	CellMetres        float64 // asked width of a cell, true on the middle row
	Weight            float64 // the sum of all weights
	LargestScaleError float64 // part by which a distance of the kernel's reach is off at most, by sampling
}

// MaxCells is how many cells a surface has at most.
const MaxCells = 4_000_000

// farthestNorth is the latitude up to which a row's scale serves.
const farthestNorth = 85

const degree = math.Pi / 180

// Query asks for a surface.
type Query struct {
	Points          []orb.Point
	Weights         []float64 // nil: 1 each
	Kernel          Kernel
	BandwidthMetres float64
	CellMetres      float64 // 0: about 250 cells along the longer side, and at least four in a bandwidth
}

// Estimate spreads the events over a lattice that holds them and the kernel's
// reach about them, so that nothing of them is lost beyond its rim.
//
// Distances are metres on the ground by a local scale: along the meridian by
// its radius of curvature half-way, along the parallel by the length of a
// degree half-way between the event and the row. How far that is from the
// geodesic is measured, see LargestScaleError. progress is told rows.
// Its errors are ctx's, and *geo.Error by the names of the process's inputs.
func Estimate(ctx context.Context, q Query, progress func(done, total int)) (*Surface, error) {
	s := &Surface{Kernel: q.Kernel, BandwidthMetres: q.BandwidthMetres}
	if !(q.BandwidthMetres > 0) || math.IsInf(q.BandwidthMetres, 1) {
		return nil, geo.Errorf(geo.Invalid, BandwidthInput, "a bandwidth of %v m spreads nothing; give metres above 0", q.BandwidthMetres)
	}
	events := unroll(q)
	if len(events) == 0 {
		return nil, geo.Errorf(geo.Invalid, "collection", "there are no events to spread")
	}
	if err := s.lay(events, q.CellMetres); err != nil {
		return nil, err
	}
	for _, e := range events {
		s.Weight += e.weight
	}
	s.LargestScaleError = s.scaleError()
	return s, s.spread(ctx, events, progress)
}

// event is an event at a longitude that goes on counting over the date line.
type event struct{ lon, lat, weight float64 }

// unroll returns the events in order of latitude, those at one place joined.
func unroll(q Query) []event {
	centre, _ := grid.CentreOf(orb.MultiPoint(q.Points))
	out := make([]event, 0, len(q.Points))
	for i, p := range q.Points {
		w := 1.0
		if q.Weights != nil {
			w = q.Weights[i]
		}
		out = append(out, event{centre[0] + math.Remainder(p[0]-centre[0], 360), p[1], w})
	}
	slices.SortStableFunc(out, func(a, b event) int { return cmp.Or(cmp.Compare(a.lat, b.lat), cmp.Compare(a.lon, b.lon)) })
	joined := out[:0]
	for _, e := range out {
		if n := len(joined); n > 0 && joined[n-1].lon == e.lon && joined[n-1].lat == e.lat {
			joined[n-1].weight += e.weight
			continue
		}
		joined = append(joined, e)
	}
	return joined
}

// scale is metres a degree at a latitude.
type scale struct{ lat, lon, lonSlope float64 }

func scaleAt(lat float64) scale {
	e2 := measure.Flattening * (2 - measure.Flattening)
	sin, cos := math.Sincos(lat * degree)
	w := 1 - e2*sin*sin
	across := measure.EquatorialRadiusMetres / math.Sqrt(w)
	along := across * (1 - e2) / w
	// The parallel's radius falls by the meridian's radius times the sine.
	return scale{along * degree, across * cos * degree, -along * sin * degree * degree}
}

// lay chooses the lattice.
func (s *Surface) lay(events []event, cell float64) error {
	west, east := math.Inf(1), math.Inf(-1)
	for _, e := range events {
		west, east = min(west, e.lon), max(east, e.lon)
	}
	south, north := events[0].lat, events[len(events)-1].lat
	reach := s.Kernel.Reach(s.BandwidthMetres)
	if far := max(math.Abs(south), math.Abs(north)) + reach/scaleAt(0).lat; far > farthestNorth {
		return geo.Errorf(geo.Invalid, MethodInput, "the kernel would reach beyond %d degrees of latitude, where a lattice of longitudes has no even scale; take hexagons, or a smaller bandwidth", farthestNorth)
	}
	middle := scaleAt((south + north) / 2)
	narrow := scaleAt(max(math.Abs(south), math.Abs(north)) + reach/middle.lat)
	// The rim: a cell more than the reach on every side.
	width, height := (east-west)*middle.lon+2*reach*middle.lon/narrow.lon, (north-south)*middle.lat+2*reach
	if width > 360*middle.lon {
		return geo.Errorf(geo.Invalid, BandwidthInput, "the kernel would reach round the earth; give a smaller bandwidth, or a smaller area")
	}
	if cell == 0 {
		cell = min(max(width, height)/250, s.BandwidthMetres/4)
		// Where that would be too many, cells as small as may be.
		cell = max(cell, math.Sqrt(width*height/(MaxCells/4)))
	}
	if cell > s.BandwidthMetres/2 {
		return geo.Errorf(geo.Invalid, ResolutionInput, "cells of %.6g m are too wide for a bandwidth of %.6g m, of which they must be half or less; give a larger bandwidth, smaller cells, or a smaller area", cell, s.BandwidthMetres)
	}
	s.CellMetres = cell
	s.LonStep, s.LatStep = cell/middle.lon, cell/middle.lat
	columns, rows := math.Ceil(width/cell)+2, math.Ceil(height/cell)+2
	if columns*rows > MaxCells {
		return geo.Errorf(geo.Invalid, ResolutionInput, "cells of %.6g m would be %.0f, more than the %d that are taken; cells of %.6g m would do", cell, columns*rows, MaxCells, cell*math.Sqrt(columns*rows/MaxCells)*1.05)
	}
	s.Columns, s.Rows = int(columns), int(rows)
	s.West = (west+east)/2 - columns*s.LonStep/2
	s.South = (south+north)/2 - rows*s.LatStep/2
	s.Values = make([]float64, s.Columns*s.Rows)
	return nil
}

// Middle returns the middle of a cell; its longitude may be beyond 180.
func (s *Surface) Middle(column, row int) (lon, lat float64) {
	return s.West + (float64(column)+0.5)*s.LonStep, s.South + (float64(row)+0.5)*s.LatStep
}

// CellArea returns the square metres of a cell of the row.
func (s *Surface) CellArea(row int) float64 {
	south := s.South + float64(row)*s.LatStep
	return s.LonStep * degree * (measure.ToEquator(south+s.LatStep) - measure.ToEquator(south))
}

// Integral returns the weight in the surface: what of [Surface.Weight] the
// lattice holds. They differ by its coarseness.
func (s *Surface) Integral() float64 {
	sum := 0.0
	for row := range s.Rows {
		line := 0.0
		for _, v := range s.Values[row*s.Columns : (row+1)*s.Columns] {
			line += v
		}
		sum += line * s.CellArea(row)
	}
	return sum
}

// told is how many rows are between two looks at ctx, and its square how many
// are between two words about progress.
const told = 8

// spread fills in the rows, several at once, each by itself: the sums do not
// depend on how many work.
func (s *Surface) spread(ctx context.Context, events []event, progress func(done, total int)) error {
	var next int
	var lock sync.Mutex
	take := func() (from, to int, ok bool) {
		lock.Lock()
		defer lock.Unlock()
		from, to = next, min(next+told, s.Rows)
		if next = to; from/told%told == 0 && from < to {
			progress(from, s.Rows)
		}
		return from, to, from < to && ctx.Err() == nil
	}
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for from, to, ok := take(); ok; from, to, ok = take() {
				for row := from; row < to; row++ {
					s.fillRow(row, events)
				}
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}

func (s *Surface) fillRow(row int, events []event) {
	_, lat := s.Middle(0, row)
	reach := s.Kernel.Reach(s.BandwidthMetres)
	at := scaleAt(lat)
	margin := reach / at.lat * 1.02 // a degree of latitude varies by 1 % in all
	first, _ := slices.BinarySearchFunc(events, lat-margin, func(e event, lat float64) int { return cmp.Compare(e.lat, lat) })
	line := s.Values[row*s.Columns : (row+1)*s.Columns]
	for _, e := range events[first:] {
		north := e.lat - lat
		if north > margin {
			break
		}
		half := scaleAt1(at, north/2)
		dy := north * half.lat
		if room := reach*reach - dy*dy; room > 0 {
			s.fill(line, e, half.lon, dy, math.Sqrt(room))
		}
	}
}

// scaleAt1 is the scale a few degrees north of where one is known, to the
// first order.
func scaleAt1(at scale, north float64) scale {
	at.lon += at.lonSlope * north
	return at
}

// fill adds an event to the cells of a row within reach of it: along metres to
// either side.
func (s *Surface) fill(line []float64, e event, metresPerLon, dy, along float64) {
	step := s.LonStep * metresPerLon
	origin := (e.lon-s.West)/s.LonStep - 0.5 // the event's column
	from, to := max(0, int(math.Ceil(origin-along/step))), min(s.Columns-1, int(origin+along/step))
	if from > to {
		return
	}
	cells := line[from : to+1]
	x := (float64(from) - origin) * step
	height := e.weight * s.Kernel.peak(s.BandwidthMetres)
	inverse := 1 / (s.BandwidthMetres * s.BandwidthMetres)
	if s.Kernel == Quartic {
		base := 1 - dy*dy*inverse
		for i := range cells {
			u := base - x*x*inverse // below 0 by rounding alone, where its square is nothing
			cells[i] += height * u * u
			x += step
		}
		return
	}
	// exp(-x^2/2) along equal steps: each factor is the last one times one that
	// changes by a constant.
	v := height * math.Exp(-(x*x+dy*dy)*inverse/2)
	factor := math.Exp(-(2*x + step) * step * inverse / 2)
	change := math.Exp(-step * step * inverse)
	for i := range cells {
		cells[i] += v
		v *= factor
		factor *= change
	}
}

// scaleError compares distances by the local scale with geodesics, from the
// southern, the middle and the northern edge to sixteen points about each at
// half the reach and all of it.
func (s *Surface) scaleError() float64 {
	most := 0.0
	reach := s.Kernel.Reach(s.BandwidthMetres)
	for _, lat := range []float64{s.South + reach/scaleAt(0).lat, s.South + float64(s.Rows)*s.LatStep/2, s.South + float64(s.Rows)*s.LatStep - reach/scaleAt(0).lat} {
		at := scaleAt(lat)
		for i := range 32 {
			metres := reach * float64(1+i%2) / 2
			p, _ := measure.Direct(orb.Point{0, lat}, float64(i/2)*22.5, metres)
			half := scaleAt1(at, (p[1]-lat)/2)
			most = max(most, math.Abs(math.Hypot((p[1]-lat)*half.lat, p[0]*half.lon)/metres-1))
		}
	}
	return most
}
