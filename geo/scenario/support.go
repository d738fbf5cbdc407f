package scenario

import (
	"context"
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/threat"
)

// supportOf is how a base is supplied from its hub.
type supportOf struct {
	known    bool // a hub is named that is open, or it is its own
	millis   float64
	metres   float64
	single   float64  // metres of single points of failure on the way
	points   []string // the roads on which they are
	months   []int    // in which no way from the hub is open
	closure  float64  // days of the longest closure
	why      string   // why it is not supplied
	overfull float64  // people beyond capacity
}

const (
	monthDays = 365.25 / 12
	allYear   = 12
)

// supply finds the way from the hub of each base, and the months without one.
func (f *Footprint) supply(ctx context.Context, tables *Tables, t *network.Travel, in geo.Values) error {
	for i := range f.Bases {
		b := &f.Bases[i]
		b.support.millis, b.support.metres = math.NaN(), math.NaN()
		b.support.overfull = max(0, known(b.People)-b.Capacity)
		if math.IsNaN(b.Capacity) {
			b.support.overfull = 0
		}
		switch {
		case b.Hub == "":
			b.support.why = "its record names no hub"
		case b.hub == noHub:
			b.support.why = "its hub, " + b.Hub + ", is not one of the open bases that were asked about"
		case b.hub == ownHub:
			b.support.known, b.support.millis, b.support.metres = true, 0, 0
		case t == nil:
			b.support.why = "there are no roads here"
		case !b.fed || !f.Bases[b.hub].fed:
			b.support.why = "it, or its hub, is on no road"
		default:
			b.support.known = true
			f.supplyRoad(tables, t, b)
		}
	}
	if t == nil {
		return nil
	}
	return f.closures(ctx, tables, t, in[snapInput].Float())
}

func (f *Footprint) supplyRoad(tables *Tables, t *network.Travel, b *Station) {
	b.way = tables.find(t, nil, byTravel).supplyWay(t, f.Bases[b.hub].heavy, b.heavy)
	b.support.millis, b.support.metres, b.support.single, b.support.points = b.way.millis, b.way.metres, b.way.single, b.way.points
	if b.way.millis >= network.Closed {
		b.support.why = "no way is open from its hub in this season"
	}
}

// supplyWay is the way from a hub to a base.
type supplyWay struct {
	millis, metres, single float64
	points                 []string
	course                 orb.LineString
	stretches              []threat.Stretch

	mu    sync.Mutex
	found map[counted][]hit // beside it
	rated wayRate
}

// findWay asks the roads.
func findWay(t *network.Travel, single []bool, from, to network.Place) *supplyWay {
	way := &supplyWay{millis: network.Closed, metres: math.NaN(), found: map[counted][]hit{}}
	path, ok := t.Path(from, to)
	if !ok {
		return way
	}
	named := map[string]bool{}
	way.millis, way.metres = float64(path.Millis), 0
	for step := range t.Steps(path) {
		way.metres += step.Metres
		way.stretches = append(way.stretches, threat.Stretch{Segment: step.Segment, From: step.From, To: step.To})
		if step.Metres > 0 && single[step.Segment] {
			way.single += step.Metres
			named[t.Way(step.Segment).Title()] = true
		}
	}
	way.points, way.course = slices.Sorted(maps.Keys(named)), t.Course(path)
	return way
}

// closures finds the months in which the hub's roads are closed. Months in
// which it is wet on the same roads are asked once.
func (f *Footprint) closures(ctx context.Context, tables *Tables, t *network.Travel, within float64) error {
	for _, months := range tables.find(t, nil, byTravel).months() {
		c := t.Conditions
		c.Month, c.Wet = months[0], false
		in, err := f.cache.Travel(ctx, t.Graph, c)
		if err != nil {
			return err
		}
		if err := f.closed(ctx, in, months, within); err != nil {
			return err
		}
	}
	for i := range f.Bases {
		s := &f.Bases[i].support
		slices.Sort(s.months)
		s.closure = float64(longest(s.months)) * monthDays
	}
	return nil
}

func (f *Footprint) closed(ctx context.Context, t *network.Travel, months []int, within float64) error {
	byHub := map[int][]int{}
	for i := range f.Bases {
		if b := &f.Bases[i]; b.support.known && b.hub >= 0 {
			byHub[b.hub] = append(byHub[b.hub], i)
		}
	}
	for _, hub := range slices.Sorted(maps.Keys(byHub)) {
		// Which open road is nearest hangs on the month.
		from, fed := snap(t, f.Bases[hub].At, within)
		open := map[int]bool{}
		var to []network.Place
		var which []int
		for _, i := range byHub[hub] {
			if place, ok := snap(t, f.Bases[i].At, within); ok && fed {
				to, which = append(to, place), append(which, i)
			}
		}
		rows, err := t.Matrix(ctx, []network.Place{from}, to)
		if err != nil {
			return err
		}
		for k, i := range which {
			open[i] = rows[0][k] != network.Closed
		}
		for _, i := range byHub[hub] {
			if !open[i] {
				f.Bases[i].support.months = append(f.Bases[i].support.months, months...)
			}
		}
	}
	return nil
}

// longest is how many months follow each other, over the new year too.
func longest(months []int) int {
	best := 0
	for _, first := range months {
		n := 0
		for n < allYear && slices.Contains(months, (first-1+n)%allYear+1) {
			n++
		}
		best = max(best, n)
	}
	return best
}

// short reports whether the stock does not last over the longest closure.
func (b *Station) short() bool {
	return b.support.closure > 0 && !(b.StockDays >= b.support.closure)
}

// operationOf is who helps a base.
type operationOf struct {
	helpers  int     // reaction forces of other bases that come in time
	millis   float64 // until the first comes; network.Closed for never
	nearest  string  // from where
	aircraft int     // of other bases that come in time
	forces   int     // reaction forces of its own
}

// force is a reaction force.
type force struct {
	home   string
	key    geo.Key
	base   int // of the stations, -1 for a place without one
	notice float64
	place  network.Place
	on     bool
	count  int
}

// help is a reaction force that comes to a base in time.
type help struct {
	from, to string
	asset    geo.Key
	minutes  float64
}

// forces finds which base helps which by road, after notice.
func (f *Footprint) forces(ctx context.Context, w process.World, t *network.Travel, in geo.Values) error {
	for i := range f.Bases {
		f.Bases[i].operation.millis = network.Closed
	}
	if f.assets == nil || t == nil {
		return nil
	}
	forces, err := f.readForces(ctx, w, t, in)
	if err != nil {
		return err
	}
	var from, to []network.Place
	var bases []int
	for i := range f.Bases {
		if f.Bases[i].on {
			to, bases = append(to, f.Bases[i].road), append(bases, i)
		}
	}
	for i := range forces {
		from = append(from, forces[i].place)
	}
	rows, err := t.Matrix(ctx, from, to)
	if err != nil {
		return err
	}
	limit := in[withinInput].Float()
	for i := range forces {
		for k, at := range bases {
			f.helped(&forces[i], at, float64(rows[i][k]), limit)
		}
	}
	return nil
}

func (f *Footprint) helped(from *force, at int, millis, limit float64) {
	b := &f.Bases[at]
	if from.base == at {
		b.operation.forces += from.count
		return
	}
	if millis >= network.Closed || math.IsNaN(from.notice) {
		return
	}
	millis += from.notice * 60_000
	if millis < b.operation.millis {
		b.operation.millis, b.operation.nearest = millis, from.home
	}
	if millis <= limit*60_000 {
		b.operation.helpers += from.count
		f.helps = append(f.helps, help{from.home, b.Name, from.key, millis / 60_000})
	}
}

func (f *Footprint) readForces(ctx context.Context, w process.World, t *network.Travel, in geo.Values) ([]force, error) {
	notice := "notice_" + in[lightInput].Text() + "_min"
	var out []force
	off := 0
	rows, failed := f.assets.Select(ctx, geo.Selection{Reader: w.Reader})
	for row := range rows {
		at, ok := row.Point()
		home, mission := row.Named("base").Text(), row.Mission()
		if !ok || row.Named("type").Text() != "reaction_force" || process.OtherMission(mission, in[missionInput].Text()) || !f.homes(home, mission, at) {
			continue
		}
		place, on := snap(t, at, in[snapInput].Float())
		if !on {
			off++
			continue
		}
		from := force{home: home, key: row.Key(), notice: process.NumberOf(row, notice), place: place, on: on, count: 1}
		if n := row.Named("count"); !n.Null() {
			from.count = int(n.Int())
		}
		if from.base = f.home(home, mission, at); from.base >= 0 {
			from.home = f.Bases[from.base].Name
		}
		out = append(out, from)
	}
	if off > 0 {
		f.warn(forcesOffRoads, off)
	}
	return out, failed()
}
