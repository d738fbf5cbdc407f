package opening

import (
	"context"
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

const (
	routesInput   = "routes"
	basesInput    = "bases"
	hubInput      = "hub"
	placesInput   = "places"
	minutesInput  = "within_min"
	snapInput     = "snap_m"
	statusesInput = "statuses"
	rankInput     = "rank"

	byPeople  = "people"
	byBases   = "bases"
	byConvoys = "convoys"
)

// Process is what openings give as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "opening-gain",
		Title: "What opens if cleared",
		Roads: true,
		Description: "For each road that is closed or unverified, and each hazard that roads run into: how many more people are reached from a base in time, " +
			"how much nearer bases come to each other, and how much sooner convoys arrive, if it alone were opened; ranked.",
		In: inputs(), Out: outputs(), Run: run,
	}
}

func inputs() geo.Schema {
	least, day, nothing, far := 1.0, 2880.0, 0.0, 100_000.0
	fields := slices.DeleteFunc(roads.Fields(), func(f geo.Field) bool { return f.Name == roads.HazardsInput })
	return geo.Schema{Name: "opening-gain", Fields: append([]geo.Field{
		{Name: routesInput, Title: "Roads", Kind: geo.KindString, Role: geo.CollectionRole, Default: geo.String("routes"),
			Description: "Id of the collection whose roads might be opened."},
		{Name: process.FilterInput, Title: "Filter", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only roads for which this is true, in CQL2."},
		{Name: statusesInput, Title: "Statuses", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}, Default: geo.List(geo.String("closed"), geo.String("unverified")),
			Description: "Roads of which status might be opened; those closed by the season always are."},
		{Name: "hazards", Title: "Hazards", Kind: geo.KindBool, Default: geo.Bool(true),
			Description: "Roads that meet a hazard in force at the date are closed until it is cleared, and such hazards are candidates too."},
		{Name: basesInput, Title: "Bases", Kind: geo.KindList, Role: geo.CollectionRole, Collection: "bases", Items: &geo.Field{Kind: geo.KindInt},
			Description: "Keys of the bases from which people are reached; without them, all that are open."},
		{Name: hubInput, Title: "Hub", Kind: geo.KindInt, Role: geo.CollectionRole, Collection: "bases",
			Description: "Key of the base from which convoys set out; without it, convoys are not compared."},
		{Name: placesInput, Title: "Places", Kind: geo.KindString, Role: geo.CollectionRole, Default: geo.String("places"), Description: "Collection of points where people live."},
		{Name: "people", Title: "People", Kind: geo.KindString, Default: geo.String("population"), Description: "Field of theirs that says how many; a record without it counts as none."},
		{Name: minutesInput, Title: "Time", Unit: "min", Kind: geo.KindFloat, Least: &least, Greatest: &day, Default: geo.Float(120), Description: "Within which people are to be reached from a base by road."},
		{Name: snapInput, Title: "Farthest from a road", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &far, Default: geo.Float(10_000),
			Description: "A base or a place farther than this from every road is on none; closed roads count, since they might be opened."},
		{Name: rankInput, Title: "Rank by", Kind: geo.KindString, Enum: []string{byPeople, byBases, byConvoys}, Default: geo.String(byPeople), Description: "What comes first; the others decide between equal ones."},
	}, fields...)}
}

func outputs() geo.Schema {
	fields := []geo.Field{
		process.Number("people", "More people in time", "1"), process.Whole("rank", "Rank"), process.Text("name", "Name"), process.Text("collection", "Collection"), process.Whole("key", "Key"), process.Text("now", "Now"), process.Whole("places", "More places in time"),
		process.Whole("pairs", "More ways between bases"), process.Number("saved_min", "Sooner between bases, mean", "min"), process.Whole("quickened", "Ways between bases that become quicker"),
		process.Whole("supplied", "More bases that convoys come to"), process.Number("convoy_min", "Convoys sooner, mean", "min"),
	}
	return geo.Schema{Name: "opening-gain", Fields: []geo.Field{
		{Name: "openings", Title: "Openings", Kind: geo.KindRecord, Fields: fields, Description: "A GeoJSON FeatureCollection: the roads and hazards, by what opening each alone gives, the best last."},
		{Name: "ranked", Title: "Ranked", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: fields}},
		{Name: "now", Title: "As it is", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Number("people", "People in time", "1"), process.Number("people_of", "Of so many on a road", "1"), process.Whole("places", "Places in time"), process.Whole("places_of", "Of so many on a road"),
			process.Whole("bases", "Bases on a road"), process.Whole("pairs", "Ways between bases"), process.Whole("pairs_of", "Of so many pairs"), process.Whole("supplied", "Bases that convoys come to"),
		}},
	}}
}

func run(ctx context.Context, w process.World, in geo.Values, told process.Progress) (process.Result, error) {
	conditions, err := roads.Read(ctx, w, in) // without hazards, which are avoided one by one
	if err != nil {
		return process.Result{}, err
	}
	if err := roads.Mark(ctx, w); err != nil {
		return process.Result{}, err
	}
	l, err := candidatesOf(ctx, w, in, conditions)
	if err != nil {
		return process.Result{}, err
	}
	q, facts, err := questionOf(ctx, w, in)
	if err != nil {
		return process.Result{}, err
	}
	travel := w.Network().Travel(l.conditions(conditions, nil))
	now, err := q.Look(ctx, travel)
	if err != nil {
		return process.Result{}, err
	}
	a := &answer{list: l, question: q, facts: facts, now: now, gains: make([]Gain, len(l.candidates))}
	for i := range l.candidates {
		c := &l.candidates[i]
		told(i, len(l.candidates), openingOf.With(c.Name))
		then, err := q.Look(ctx, travel.With(c.segments, l.conditions(conditions, c)))
		if err != nil {
			return process.Result{}, err
		}
		a.gains[i] = then.Since(now)
	}
	r := a.result(in[rankInput].Text(), conditions)
	return r, nil
}

func candidatesOf(ctx context.Context, w process.World, in geo.Values, q *roads.Question) (*list, error) {
	l := &list{dropped: map[string]int{}}
	routes, err := w.Layer(in[routesInput].Text())
	if err != nil || !network.Takes(routes.Schema()) {
		return nil, geo.Errorf(geo.Invalid, routesInput, "there is no collection of roads %q; name routes or roads", in[routesInput].Text())
	}
	var match geo.Predicate
	if v := in[process.FilterInput]; !v.Null() {
		if match, err = process.Filter(routes, process.FilterInput, v.Text()); err != nil {
			return nil, err
		}
	}
	var statuses []string
	for _, v := range in[statusesInput].List() {
		statuses = append(statuses, v.Text())
	}
	if err := l.roads(ctx, w, q, routes, match, statuses); err != nil {
		return nil, err
	}
	if !in["hazards"].Bool() {
		return l, nil
	}
	if l.hazards, err = w.Layer("hazards"); err != nil {
		l.hazards = nil
		return l, nil // a world without hazards has none to clear
	}
	q.Layers = append(q.Layers, l.hazards)
	return l, l.dangers(ctx, w, in)
}

// facts are what is said of bases and places.
type facts struct {
	layers        []*layer.Layer
	people        float64
	offRoad       int // places
	basesOff      int
	withoutNumber int
}

func questionOf(ctx context.Context, w process.World, in geo.Values) (*Question, *facts, error) {
	q := &Question{Hub: -1, Millis: uint32(in[minutesInput].Float() * 60_000)}
	f := &facts{}
	if err := q.bases(ctx, w, in, f); err != nil {
		return nil, nil, err
	}
	return q, f, q.demand(ctx, w, in, f)
}

// snap finds a point on the roads that the reader sees, open or not.
func snap(w process.World, p orb.Point, within float64) (network.Place, bool) {
	g := w.Network()
	return g.Snap(p, within, func(s int32) bool { return g.Seen(s, w.Reader) })
}

func (q *Question) bases(ctx context.Context, w process.World, in geo.Values, f *facts) error {
	l, err := w.Layer("bases")
	if err != nil {
		return geo.Errorf(geo.Conflict, basesInput, "there is no collection of bases here")
	}
	f.layers = append(f.layers, l)
	wanted := map[geo.Key]bool{}
	for _, v := range in[basesInput].List() {
		wanted[geo.Key(v.Int())] = true
	}
	hub := geo.Key(in[hubInput].Int())
	rows, failed := l.Select(ctx, geo.Selection{Reader: w.Reader})
	for row := range rows {
		key := row.Key()
		if key != hub && (len(wanted) > 0 && !wanted[key] || len(wanted) == 0 && !process.IsOpen(row)) {
			continue
		}
		delete(wanted, key)
		p, ok := row.Point()
		place, on := network.Place{}, false
		if ok {
			place, on = snap(w, p, in[snapInput].Float())
		}
		if !on {
			f.basesOff++
			continue
		}
		if key == hub {
			q.Hub = len(q.Bases)
		}
		q.Bases = append(q.Bases, Base{place, row.Named("name").Text(), key})
	}
	if err := failed(); err != nil {
		return err
	}
	for key := range wanted {
		return geo.Errorf(geo.Invalid, basesInput, "there is no base %d", key)
	}
	switch {
	case len(q.Bases) == 0:
		return geo.Errorf(geo.Invalid, snapInput, "no base is within %.0f m of a road; take a greater distance, or draw the roads that lead there", in[snapInput].Float())
	case len(q.Bases) > mostBases:
		return geo.Errorf(geo.TooLarge, basesInput, "%d bases are more than the %d that are compared; name those that matter", len(q.Bases), mostBases)
	case !in[hubInput].Null() && q.Hub < 0:
		return geo.Errorf(geo.Invalid, hubInput, "there is no base %d on a road", hub)
	}
	return nil
}

// mostBases keeps the pairs of bases to a million.
const mostBases = 1000

func (q *Question) demand(ctx context.Context, w process.World, in geo.Values, f *facts) error {
	l, err := w.Layer(in[placesInput].Text())
	if err != nil {
		return geo.Errorf(geo.Invalid, placesInput, "there is no collection %q; name one of points", in[placesInput].Text())
	}
	f.layers = append(f.layers, l)
	field := l.Schema().Field(in["people"].Text())
	rows, failed := l.Select(ctx, geo.Selection{Reader: w.Reader})
	for row := range rows {
		p, ok := row.Point()
		place, on := network.Place{}, false
		if ok {
			place, on = snap(w, p, in[snapInput].Float())
		}
		if !on {
			f.offRoad++
			continue
		}
		d := Demand{Place: place}
		if field < 0 || row.Value(field).Null() {
			f.withoutNumber++
		} else {
			d.People = row.Value(field).Float()
		}
		f.people += d.People
		q.Demand = append(q.Demand, d)
	}
	return failed()
}

func (a *answer) warnings() []string {
	var out []string
	say := func(n int, text string) {
		if n > 0 {
			out = append(out, fmt.Sprintf(text, n))
		}
	}
	say(a.facts.basesOff, "%d bases are on no road and were left out.")
	say(a.facts.offRoad, "%d places are on no road, or have no place: nobody there is reached by road, whatever opens.")
	say(a.facts.withoutNumber, "%d places state no number of people and count as none.")
	if len(a.candidates) == 0 {
		out = append(out, "Nothing is closed that might be opened: look at what was left out, and why.")
	} else {
		out = append(out, "Each is opened alone; what two give together is not the sum of both.")
	}
	return out
}
