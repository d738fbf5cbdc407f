package roads

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

const (
	basesCollection = "bases"
	basesInput      = "bases"
	withinInput     = "within"
	partsInput      = "parts"
)

// Process tells what the road network is made of. The cache may be nil.
func Process(cache *network.Cache) process.Process {
	nothing, farthest, most := 0.0, 100_000.0, 1000.0
	return process.Process{
		ID:    "road-network",
		Title: "Road network",
		Roads: true,
		Description: "What the graph of the roads is made of, as a vehicle finds it: its parts that hang together, how much road of which surface and status, " +
			"where roads that only almost touch were joined, which bases have no road, and which records could not be used.",
		In: geo.Schema{Name: "road-network", Fields: append(Fields(),
			geo.Field{Name: basesInput, Title: "Bases", Kind: geo.KindString, Role: geo.CollectionRole, Default: geo.String(basesCollection),
				Description: "Id of the collection of points whose connection is looked at."},
			geo.Field{Name: withinInput, Title: "Within", Unit: "m", Kind: geo.KindFloat, Default: geo.Float(1000), Least: &nothing, Greatest: &farthest,
				Description: "A base farther than this from every open road is not connected."},
			geo.Field{Name: partsInput, Title: "Parts", Kind: geo.KindInt, Default: geo.Int(20), Least: &nothing, Greatest: &most,
				Description: "How many parts are listed and drawn, the longest first; all are counted."},
		)},
		Out: outputs(),
		Run: func(ctx context.Context, w process.World, in geo.Values, p process.Progress) (process.Result, error) {
			return run(ctx, w, in, p, cache)
		},
	}
}

func outputs() geo.Schema {
	length := func(name, title string) geo.Field {
		return geo.Field{Name: name, Title: title, Unit: "km", Kind: geo.KindFloat}
	}
	metres := func(name, title string) geo.Field {
		return geo.Field{Name: name, Title: title, Unit: "m", Kind: geo.KindFloat}
	}
	return geo.Schema{Name: "road-network", Fields: []geo.Field{
		{Name: "parts", Title: "Parts", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection: the parts of the network that hang together, the longest first.",
			Fields: []geo.Field{length("length_km", "Roads"), process.Whole("part", "Part"), process.Text("name", "A road of it"), process.Whole("bases", "Bases on it")}},
		{Name: "joins", Title: "Joins", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection: where roads that only almost touch were joined.",
			Fields: []geo.Field{metres("gap_m", "Gap"), process.Text("road", "Road"), process.Text("other", "Joined to"), {Name: "inside", Title: "On its inside", Kind: geo.KindBool}}},
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: []geo.Field{
			length("length_km", "Open roads"), length("closed_km", "Closed roads"), process.Whole("parts", "Parts"), length("largest_km", "Roads of the largest part"),
			process.Whole("joins", "Joins"), process.Whole("bases", "Bases"), process.Whole("unconnected", "Bases without a road"),
		}},
		process.Table("lengths", "Lengths", "By surface and status, open or not.", process.Text("surface", "Surface"), process.Text("status", "Status"), length("length_km", "Roads"), length("open_km", "Of them open")),
		process.Table("bases", "Bases", "Those without a road or off the largest part, the farthest first.", process.Text("name", "Name"), process.Whole("key", "Key"), metres("road_m", "To the nearest open road"),
			process.Text("road", "That road"), process.Whole("part", "Part"), process.Text("why", "Why")),
		process.Table("faults", "Records that could not be used", "", process.Text("fault", "Fault"), process.Text("collection", "Collection"), process.Whole("key", "Key")),
	}}
}

func run(ctx context.Context, w process.World, in geo.Values, told process.Progress, cache *network.Cache) (process.Result, error) {
	q, err := Read(ctx, w, in)
	if err != nil {
		return process.Result{}, err
	}
	told(0, 3, timesOfRoads.With())
	t, err := cache.Travel(ctx, w.Network(), q.Conditions)
	if err != nil {
		return process.Result{}, err
	}
	told(1, 3, partsTogether.With())
	v := newSurvey(t)
	v.lengths()
	v.label()
	told(2, 3, basesOnRoads.With())
	bases, err := v.bases(ctx, w, in, q)
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Output: geo.Values{
			"parts": v.parts(int(in[partsInput].Int())), "joins": v.joins(), "summary": v.summary(bases), "lengths": v.lengthTable(),
			"bases": geo.List(bases.rows...), "faults": v.faults(),
		},
		Method: fmt.Sprintf("Roads are joined at shared vertices, and ends within %d m of another road to it; weak components of the arcs that are open to a %s in %s (%s)",
			network.DefaultJoinMetres, t.Conditions.Profile.Title, q.Month(), t.Conditions.Profile.Source),
		Selected: v.seen, Used: v.seen, Dropped: map[string]int{}, Layers: q.Layers, Docs: q.Docs, Warnings: q.Warnings,
	}
	for why, n := range v.closed {
		r.Dropped[string(why)] += n
		r.Used -= n
	}
	if v.unseasoned > 0 && t.Conditions.Month > 0 {
		r.Warnings = append(r.Warnings, unseasoned.With(v.unseasoned))
	}
	if n := len(v.list); n > 1 {
		r.Warnings = append(r.Warnings, inParts.With(n))
	}
	return r, nil
}

// survey is what is found of the network.
type survey struct {
	*network.Travel
	reader     geo.Reader
	seen       int // roads
	closed     map[network.Hindrance]int
	unseasoned int
	total      [2]float64 // metres, closed and open
	by         map[[2]string]*[2]float64
	of         []int32 // by node: the part, -1 for none
	list       []part
}

// part is what hangs together.
type part struct {
	metres   float64
	bases    int
	sections []network.Section
}

func newSurvey(t *network.Travel) *survey {
	return &survey{Travel: t, reader: t.Conditions.Reader, closed: map[network.Hindrance]int{}, by: map[[2]string]*[2]float64{}}
}

// lengths adds up roads, and counts them by why they are closed.
func (v *survey) lengths() {
	why := make([]network.Hindrance, v.Ways())
	for n := range why {
		w := v.WayOf(int32(n))
		_, why[n] = v.Conditions.SpeedKMH(w)
		if why[n] == network.Unseen {
			continue
		}
		v.seen++
		if why[n] != network.Passable {
			v.closed[why[n]]++
		}
		if !w.Seasoned {
			v.unseasoned++
		}
	}
	for s := range int32(v.Segments()) {
		if !v.Seen(s, v.reader) {
			continue
		}
		w := v.Way(s)
		at := [2]string{orUnknown(w.Surface), orUnknown(w.Status)}
		if v.by[at] == nil {
			v.by[at] = &[2]float64{}
		}
		open := 0
		if v.Open(s) {
			open = 1
		}
		v.by[at][open] += v.Metres(s)
		v.total[open] += v.Metres(s)
	}
}

func orUnknown(code string) string {
	if code == "" {
		return "unknown"
	}
	return code
}

// label numbers the parts, the longest first.
func (v *survey) label() {
	weak := v.Weak()
	length := map[int32]float64{}
	for s := range int32(v.Segments()) {
		if v.Open(s) {
			length[weak.Label[v.tailOf(s)]] += v.Metres(s)
		}
	}
	order := make([]int32, 0, len(length))
	for label := range length {
		order = append(order, label)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(length[b], length[a]), cmp.Compare(a, b)) })
	place := map[int32]int32{}
	v.list = make([]part, len(order))
	for i, label := range order {
		place[label] = int32(i)
		v.list[i].metres = length[label]
	}
	v.of = make([]int32, v.Nodes())
	for n, label := range weak.Label {
		v.of[n] = -1
		if i, ok := place[label]; ok {
			v.of[n] = i
		}
	}
	for c := range v.Sections(v.reader) {
		for s := c.From; s < c.To; s++ {
			if v.Open(s) {
				p := &v.list[v.partOf(s)]
				p.sections = append(p.sections, c)
				break
			}
		}
	}
}

func (v *survey) tailOf(s int32) int32 { forward, _ := v.Along(s); return v.Tail(forward) }

func (v *survey) partOf(s int32) int32 { return v.of[v.tailOf(s)] }

// A part of more sections is drawn as one point: the network itself is a layer.
const mostSections = 20_000

func (v *survey) parts(most int) geo.Value {
	var out []geo.Value
	for i := range v.list[:min(most, len(v.list))] {
		p := &v.list[i]
		var g orb.Geometry = v.Middle(p.sections[0].From)
		if len(p.sections) <= mostSections {
			lines := orb.MultiLineString{}
			for _, c := range p.sections {
				lines = append(lines, v.SectionLine(c))
			}
			g = lines
		}
		out = append(out, process.Feature(i+1, g, geo.Values{
			"length_km": kilometres(p.metres), "part": geo.Int(int64(i + 1)), "name": geo.String(v.Way(p.sections[0].From).Title()), "bases": geo.Int(int64(p.bases)),
		}))
	}
	return process.FeatureCollection(out)
}

func kilometres(metres float64) geo.Value { return geo.Float(math.Round(metres/100) / 10) }

func (v *survey) joins() geo.Value {
	var out []geo.Value
	for _, j := range v.Joins() {
		if a, b := v.WayOf(j.Ways[0]), v.WayOf(j.Ways[1]); a.SeenBy(v.reader) && b.SeenBy(v.reader) {
			out = append(out, process.Feature(len(out)+1, orb.LineString{j.From, j.To}, geo.Values{
				"gap_m": geo.Float(math.Round(j.Metres*10) / 10), "road": geo.String(a.Title()), "other": geo.String(b.Title()), "inside": geo.Bool(j.Split),
			}))
		}
	}
	return process.FeatureCollection(out)
}

func (v *survey) lengthTable() geo.Value {
	var keys [][2]string
	for k := range v.by {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	var out []geo.Value
	for _, k := range keys {
		l := v.by[k]
		out = append(out, geo.Record(geo.Values{"surface": geo.String(k[0]), "status": geo.String(k[1]), "length_km": kilometres(l[0] + l[1]), "open_km": kilometres(l[1])}))
	}
	return geo.List(out...)
}

func (v *survey) faults() geo.Value {
	var out []geo.Value
	for _, d := range v.Defects() {
		if d.SeenBy(v.reader) {
			out = append(out, geo.Record(geo.Values{"fault": geo.String(string(d.Fault)), "collection": geo.String(d.Collection), "key": geo.Int(int64(d.Key))}))
		}
	}
	return geo.List(out...)
}

func (v *survey) summary(b *found) geo.Value {
	largest := 0.0
	if len(v.list) > 0 {
		largest = v.list[0].metres
	}
	joins := 0
	for _, j := range v.Joins() {
		if v.WayOf(j.Ways[0]).SeenBy(v.reader) && v.WayOf(j.Ways[1]).SeenBy(v.reader) {
			joins++
		}
	}
	return geo.Record(geo.Values{
		"length_km": kilometres(v.total[1]), "closed_km": kilometres(v.total[0]), "parts": geo.Int(int64(len(v.list))), "largest_km": kilometres(largest),
		"joins": geo.Int(int64(joins)), "bases": geo.Int(int64(b.all)), "unconnected": geo.Int(int64(b.without)),
	})
}

// found is what is said of bases.
type found struct {
	all, without int
	rows         []geo.Value
}

// bases looks for the nearest open road of each base.
func (v *survey) bases(ctx context.Context, w process.World, in geo.Values, q *Question) (*found, error) {
	l, err := w.Layer(in[basesInput].Text())
	if err != nil {
		return nil, err
	}
	q.Layers = append(q.Layers, l)
	out := &found{}
	type entry struct {
		metres float64
		row    geo.Value
	}
	var list []entry
	rows, failed := l.Select(ctx, geo.Selection{Reader: w.Reader})
	for row := range rows {
		p, ok := row.Point()
		if !ok {
			continue
		}
		out.all++
		if metres, value, ok := v.base(row, p, in[withinInput].Float(), out); !ok {
			list = append(list, entry{metres, value})
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int { return cmp.Compare(b.metres, a.metres) })
	for _, e := range list {
		out.rows = append(out.rows, e.row)
	}
	return out, failed()
}

// base returns what there is to say of a base; true for one on the largest
// part.
func (v *survey) base(row geo.Row, p orb.Point, within float64, out *found) (float64, geo.Value, bool) {
	place, ok := v.Snap(p, math.Inf(1), v.Open)
	said := geo.Values{"name": geo.String(nameOf(row)), "key": geo.Int(int64(row.Key())), "road_m": {}, "road": {}, "part": {}, "why": geo.String("no road is open")}
	if !ok {
		out.without++
		return math.Inf(1), geo.Record(said), false
	}
	said["road_m"], said["road"] = geo.Float(math.Round(place.AccessMetres)), geo.String(v.Way(place.Segment).Title())
	n := v.partOf(place.Segment)
	if place.AccessMetres > within {
		out.without++
		said["why"] = geo.String(fmt.Sprintf("%s to the nearest road", Distance(place.AccessMetres)))
		return place.AccessMetres, geo.Record(said), false
	}
	v.list[n].bases++
	said["part"] = geo.Int(int64(n + 1))
	said["why"] = geo.String("its road is not connected with the largest part")
	return place.AccessMetres, geo.Record(said), n == 0
}

func nameOf(row geo.Row) string {
	return cmp.Or(row.Name(), fmt.Sprintf("%s %d", row.Table().Schema().Name, row.Key()))
}
