package scenario

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"bivouac/geo/casevac"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/pattern"
)

// Tables keeps the times from bases to places that were found last, so that
// changing one base asks the roads about that one alone. It stands outside
// every snapshot; the reader is one of the conditions of a Travel.
type Tables struct {
	mu   sync.Mutex
	kept []*table // the last asked for last
	most int

	roads []*rates // of roads, the last asked for last
}

// NewTables returns a Tables of so many pairs of roads under conditions and
// places.
func NewTables(most int) *Tables { return &Tables{most: max(1, most)} }

// table is the times to one set of places.
type table struct {
	travel *network.Travel
	places *layer.Layer
	which  string

	mu      sync.Mutex
	on      []bool // by place: whether it is on a road
	at      []int  // of the places on roads
	stops   *network.Columns
	rows    map[orb.Point][]uint32 // milliseconds to each place, by where one sets out
	bridges []bool
	alike   [][]int
	ways    map[[2]orb.Point]*supplyWay
	sick    *casevac.Places // the places, as casualties lie there
}

// mostRows is how many starts a table keeps.
const mostRows = 4096

func (t *Tables) find(travel *network.Travel, places *layer.Layer, which string) *table {
	if t == nil {
		return &table{travel: travel, places: places, which: which}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.kept, func(k *table) bool { return k.travel == travel && k.places == places && k.which == which })
	k := &table{travel: travel, places: places, which: which}
	if i >= 0 {
		k = t.kept[i]
		t.kept = slices.Delete(t.kept, i, i+1)
	}
	t.kept = append(t.kept, k)
	if len(t.kept) > t.most {
		t.kept = slices.Delete(t.kept, 0, len(t.kept)-t.most)
	}
	return k
}

// key tells selections of places apart.
func tableKey(selection string, within float64) string {
	return fmt.Sprintf("%s %v", selection, within)
}

// settle finds the places on the roads, once.
func (t *table) settle(places []orb.Point, within float64) {
	if t.rows != nil {
		return
	}
	t.rows = map[orb.Point][]uint32{}
	t.on = make([]bool, len(places))
	var stops []network.Place
	for i, p := range places {
		if place, ok := snap(t.travel, p, within); ok {
			t.on[i] = true
			t.at, stops = append(t.at, i), append(stops, place)
		}
	}
	t.stops = t.travel.Columns(stops, false)
}

// times returns the milliseconds from each base that is on a road to each
// place, network.Closed where there is no way; nil for a base on none.
func (t *table) times(ctx context.Context, bases []Station, places []orb.Point, within float64) (rows [][]uint32, on []bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settle(places, within)
	if len(t.rows) > mostRows {
		clear(t.rows)
	}
	var from []network.Place
	var starts []orb.Point
	for i := range bases {
		b := &bases[i]
		if _, ok := t.rows[b.At]; b.on && !ok && !slices.Contains(starts, b.At) {
			from, starts = append(from, b.road), append(starts, b.At)
		}
	}
	found := make([][]uint32, len(from))
	err = pattern.Each(ctx, len(from), network.Abreast, func(_, first, last int) {
		copy(found[first:last], t.ask(ctx, from[first:last], len(places)))
	})
	if err != nil {
		return nil, nil, err
	}
	for i, row := range found {
		t.rows[starts[i]] = row
	}
	rows = make([][]uint32, len(bases))
	for i := range bases {
		if bases[i].on {
			rows[i] = t.rows[bases[i].At]
		}
	}
	return rows, t.on, nil
}

// ask returns the milliseconds from places on the roads to each of the places that
// are asked about; nothing where ctx ends.
func (t *table) ask(ctx context.Context, from []network.Place, places int) [][]uint32 {
	found, err := t.stops.From(ctx, from...)
	if err != nil {
		return nil
	}
	for k := range found {
		row := slices.Repeat([]uint32{network.Closed}, places)
		for i, at := range t.at {
			row[at] = found[k][i]
		}
		found[k] = row
	}
	return found
}

// casualties are the places, made ready to be asked about once.
func (t *table) casualties(ctx context.Context, of *casevac.Theatre, places []orb.Point) (*casevac.Places, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sick == nil {
		made, err := of.NewPlaces(ctx, places, true)
		if err != nil {
			return nil, err
		}
		t.sick = made
	}
	return t.sick, nil
}

// byTravel is the table of what hangs on the roads alone.
const byTravel = ""

// supplyWay returns the way from a hub to a base, found once.
func (t *table) supplyWay(travel *network.Travel, from, to network.Place) *supplyWay {
	single := t.single()
	t.mu.Lock()
	defer t.mu.Unlock()
	key := [2]orb.Point{from.Point, to.Point}
	if way, ok := t.ways[key]; ok {
		return way
	}
	if t.ways == nil || len(t.ways) > mostRows {
		t.ways = map[[2]orb.Point]*supplyWay{}
	}
	t.ways[key] = findWay(travel, single, from, to)
	return t.ways[key]
}

// months returns the months of the year, together those in which it is wet on
// the same roads, found once.
func (t *table) months() [][]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.alike != nil {
		return t.alike
	}
	var signs [allYear + 1]uint64 // FNV-1a over the roads that are wet
	for n := range int32(t.travel.Ways()) {
		way := t.travel.WayOf(n)
		for month := 1; way.Seasoned && month <= allYear; month++ {
			if way.WetMonths.Has(month) {
				signs[month] = (signs[month] ^ uint64(n) ^ 14695981039346656037) * 1099511628211
			}
		}
	}
	at := map[uint64]int{}
	for month := 1; month <= allYear; month++ {
		i, ok := at[signs[month]]
		if !ok {
			i = len(t.alike)
			at[signs[month]] = i
			t.alike = append(t.alike, nil)
		}
		t.alike[i] = append(t.alike[i], month)
	}
	return t.alike
}

// single returns which segments are single points of failure, found once.
func (t *table) single() []bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bridges == nil {
		t.bridges = t.travel.Bridges()
	}
	return t.bridges
}
