package hotspot

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// units are what is compared: the cells of a study area, or places.
type units struct {
	study  *grid.Study // nil for places
	places []orb.Point // nil for cells
	of     []int32     // the unit of each event
	near   *Neighbours
	band   float64 // 0 where neighbours are the nearest
	k      int     // 0 where they are within a band
}

func (u *units) len() int {
	if u.study == nil {
		return len(u.places)
	}
	return len(u.study.Cover.Cells)
}

// fewest is how many units are compared at least.
const fewest = 10

// readUnits makes the units; meet finds who is near whom.
func readUnits(ctx context.Context, p *pattern.Pattern, in geo.Values) (*units, error) {
	if p.Len() == 0 {
		return nil, geo.Errorf(geo.Invalid, process.FilterInput, "there are no events to compare: widen the area, the time or the filter")
	}
	u := &units{}
	if form := in[UnitInput].Text(); form == placeUnit {
		u.places, u.of = join(p.Points)
	} else {
		study, err := grid.NewStudy(ctx, p, grid.Shape(form), true, in)
		if err != nil {
			return nil, err
		}
		u.study, u.of = study, study.Of
	}
	if n := u.len(); n < fewest {
		return nil, geo.Errorf(geo.Invalid, UnitInput, "%d units are too few for a comparison, which takes %d; take smaller cells, a larger area, or more records", n, fewest)
	}
	return u, nil
}

// join returns the distinct places in the order in which they come, and which
// of them each point is.
func join(points []orb.Point) ([]orb.Point, []int32) {
	seen := map[orb.Point]int32{}
	var places []orb.Point
	of := make([]int32, len(points))
	for i, p := range points {
		n, ok := seen[p]
		if !ok {
			n = int32(len(places))
			seen[p] = n
			places = append(places, p)
		}
		of[i] = n
	}
	return places, of
}

// meet finds the neighbours.
func (u *units) meet(in geo.Values) error {
	k := int(in[NearestInput].Int())
	nearest := in[NeighboursInput].Text() == nearestOf
	if nearest && k >= u.len()-1 {
		return geo.Errorf(geo.Invalid, NearestInput, "%d neighbours of %d units are all others, and leave nothing to compare with; take fewer", k, u.len())
	}
	var err error
	switch band := in[BandInput]; {
	case nearest:
		u.k = k
		u.near, _, err = Nearest(u.middles(), k)
	case band.Null() && u.study != nil:
		u.band = 2 * u.study.Cover.Grid.Width()
		u.near = CellBand(u.study.Cover, u.band)
	case band.Null():
		if _, u.band, err = Nearest(u.places, min(k, u.len()-1)); err == nil {
			u.near, err = Band(u.places, u.band)
		}
	case !(band.Float() > 0):
		return geo.Errorf(geo.Invalid, BandInput, "a band of %v m has no neighbours; give metres above 0", band.Float())
	default:
		err = u.within(band.Float())
	}
	if err != nil {
		return err
	}
	return u.checkNeighbours()
}

// mostNeighbours is how many neighbours there are in all at most.
const mostNeighbours = 200_000_000

func (u *units) within(metres float64) error {
	u.band = metres
	if u.study == nil {
		var err error
		u.near, err = Band(u.places, metres)
		return err
	}
	g := u.study.Cover.Grid
	each := 3.2 * metres * metres / g.Area()
	if most := min(each, float64(u.len())) * float64(u.len()); most > mostNeighbours {
		return geo.Errorf(geo.Invalid, BandInput, "a band of %.6g m makes about %.0f neighbours of each of %d cells, too many; take a narrower band, or wider cells", metres, each, u.len())
	}
	u.near = CellBand(u.study.Cover, metres)
	return nil
}

// checkNeighbours refuses a band in which there is nobody, or everybody.
func (u *units) checkNeighbours() error {
	least, _, most := u.near.Counts()
	switch {
	case most == 0:
		return geo.Errorf(geo.Invalid, BandInput, "no unit has a neighbour within %.6g m; take a wider band", u.band)
	case least == u.len()-1:
		return geo.Errorf(geo.Invalid, BandInput, "all %d units are neighbours within %.6g m, which leaves nothing to compare with; take a narrower band, or smaller cells", u.len(), u.band)
	}
	return nil
}

func (u *units) middles() []orb.Point {
	if u.study == nil {
		return u.places
	}
	out := make([]orb.Point, u.len())
	for i, c := range u.study.Cover.Cells {
		out[i] = u.study.Cover.Grid.Centre(c)
	}
	return out
}

// tooMany says which cells would be drawn.
func (u *units) tooMany() error {
	if u.study == nil {
		return geo.Errorf(geo.TooLarge, UnitInput, "%d places are more than the %d that are drawn; take cells, or fewer records", u.len(), mostDrawn)
	}
	return u.study.Cover.TooManyToDraw(u.len(), mostDrawn)
}

// sums adds up the events of each unit; nil weights are 1 each.
func (u *units) sums(weights []float64) (values []float64, events []int) {
	values, events = make([]float64, u.len()), make([]int, u.len())
	for i, n := range u.of {
		events[n]++
		if weights == nil {
			values[n]++
		} else {
			values[n] += weights[i]
		}
	}
	return values, events
}

func (u *units) shape(i int) orb.Geometry {
	if u.study == nil {
		return u.places[i]
	}
	return u.study.Cover.Grid.Shape(u.study.Cover.Cells[i])
}

// enough is how many units, neighbours and events a normal score needs.
const (
	enoughUnits      = 30
	enoughNeighbours = 8
	enoughEvents     = 5
)

// warnings say what limits the comparison; mean is how many independent events
// a unit has on average.
func (u *units) warnings(mean float64) []string {
	var out []string
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if u.study != nil {
		out = u.study.Warnings()
		part := 0
		for _, inside := range u.study.Cover.Inside {
			if inside < u.study.Cover.Grid.Area()*(1-1e-6) {
				part++
			}
		}
		if part > 0 {
			warn("%d of %d cells lie in the study area in part; each counts what lies inside, so that the edge of the area looks colder than it is.", part, u.len())
		}
	}
	if n := u.len(); n < enoughUnits {
		warn("There are only %d units: scores of fewer than %d are not near a normal distribution.", n, enoughUnits)
	}
	least, neighbours, _ := u.near.Counts()
	if least == 0 {
		alone := 0
		for i := range u.len() {
			if len(u.near.Of(i)) == 0 {
				alone++
			}
		}
		warn("%d units have no neighbour and are compared by themselves.", alone)
	}
	if neighbours < enoughNeighbours {
		warn("Units have %.1f neighbours on average; scores are near a normal distribution from about %d on. Take a wider band.", neighbours, enoughNeighbours)
	}
	if expected := mean * (1 + neighbours); expected < enoughEvents {
		warn("Only %.1f independent events are expected about a unit: with so few, high scores are commoner by chance than a normal distribution says. Take wider cells or a wider band.", expected)
	}
	return out
}

// independent returns how many independent events weigh as much as all of the
// pattern's: its weight divided by the sum of the squares over it, as
// [bivouac/geo/stat.Scaled] counts them.
func independent(p *pattern.Pattern) float64 {
	squares, total := float64(p.Len()), p.Total()
	if p.Weights != nil {
		squares = 0
		for _, w := range p.Weights {
			squares += w * w
		}
	}
	if squares == 0 {
		return 0
	}
	return total * total / squares
}

func (u *units) areaValue(p *pattern.Pattern) geo.Value {
	study := u.study
	if study == nil {
		study = &grid.Study{Area: p.Area}
	}
	return study.AreaValue()
}

func (u *units) gridValue() geo.Value {
	if u.study == nil {
		return geo.Value{}
	}
	return geo.Record(u.study.Cover.Values())
}

// describe adds who is near whom to a summary.
func (u *units) describe(v geo.Values) {
	least, mean, most := u.near.Counts()
	v["units"], v["neighbours_mean"] = geo.Int(int64(u.len())), geo.Float(mean)
	v["neighbours_least"], v["neighbours_most"] = geo.Int(int64(least)), geo.Int(int64(most))
	v["band_m"], v["k"] = geo.Value{}, geo.Value{}
	if u.k > 0 {
		v["k"] = geo.Int(int64(u.k))
	} else {
		v["band_m"] = geo.Float(u.band)
	}
}
