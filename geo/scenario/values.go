package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

func drawn(name, title, description string, fields ...geo.Field) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindRecord, Fields: fields, Description: "A GeoJSON FeatureCollection: " + description}
}

func baseFields() []geo.Field {
	out := []geo.Field{process.Number("score", "Score", "1"), process.Text("name", "Base"), process.Whole("key", "Key"), process.Number("people", "People", "{person}")}
	for _, f := range Factors {
		out = append(out, process.Number("score_"+string(f), factorTitles[f]+", score", "1"))
	}
	return append(out,
		process.Number("people_in_time", "People in time by road", "{person}"), process.Number("people_alone", "Of them, in time of no other base", "{person}"), process.Whole("places_in_time", "Places in time by road"),
		process.Number("people_in_patrol", "People in its patrol radius", "{person}"),
		process.Whole("incidents", "Incidents near it"), process.Number("incidents_year", "Incidents a year near it", "/a"), process.Number("incidents_year_lower", "At least", "/a"), process.Number("incidents_year_upper", "At most", "/a"),
		process.Number("casualties", "Killed and injured near it", "{person}"), process.Number("casualties_year", "Killed and injured a year near it", "/a"),
		process.Number("trend_tau", "Trend (Kendall's tau)", "1"), process.Number("trend_p", "Trend, P", "1"), process.Whole("incidents_supply", "Incidents on its supply road"), process.Text("incidents_query", "The incidents near it"),
		process.Text("hub", "Supplied from"), process.Number("supply_min", "Way of supply", "min"), process.Number("supply_km", "Way of supply", "km"), process.Text("supply_problem", "Why it is not supplied"),
		process.Number("single_km", "Single points of failure on the way", "km"), process.Text("single_roads", "On these roads"),
		process.Text("closed_months", "Months without a way of supply"), process.Number("closure_days", "Longest closure", "d"), process.Number("stock_days", "Stock", "d"), process.Flag("stock_short", "Stock shorter than the closure"),
		process.Number("capacity", "Capacity", "{person}"), process.Number("over_capacity", "Beyond capacity", "{person}"), process.Number("cost_year", "Cost a year", "{USD}/a"),
		process.Number("surgery_min", "To surgery", "min"),
		process.Whole("helpers", "Reaction forces of others in time"), process.Number("help_min", "Until the first comes", "min"), process.Text("help_from", "From"), process.Whole("forces", "Reaction forces of its own"), process.Whole("aircraft", "Aircraft of others in time"),
		process.Number("further", "Further factor", ""),
	)
}

func placeFields() []geo.Field {
	return []geo.Field{
		process.Number("minutes", "By road from the nearest base", "min"), process.Text("name", "Place"), process.Whole("key", "Key"), process.Number("people", "People", "{person}"), process.Number("weight", "Weight", "1"),
		process.Flag("road", "On a road"), process.Text("nearest", "Nearest base"), process.Whole("bases", "Bases in time by road"), process.Whole("patrols", "Bases in whose patrol radius it is"), process.Flag("by_air", "In time by air"),
		process.Number("access", "Strength for 1,000 people", "1"),
	}
}

func measureFields() []geo.Field {
	return []geo.Field{
		{Name: "factor", Title: "Factor", Kind: geo.KindString, Enum: factorCodes()}, process.Text("measure", "Measure"), process.Text("title", "Number"), process.Number("value", "Value", ""), process.Text("unit", "Unit"),
		{Name: "better", Title: "Better is", Kind: geo.KindString, Enum: []string{more, less}}, process.Flag("scored", "Counts into its factor"), process.Text("layer", "Comes from the rows of"), process.Text("where", "For which is true"),
	}
}

func effectFields() []geo.Field {
	return []geo.Field{
		process.Whole("change", "Change"), process.Text("act", "Act"), {Name: "on", Title: "On", Kind: geo.KindTime, DateOnly: true}, process.Text("collection", "Collection"), process.Whole("key", "Key"), process.Text("name", "Record"),
		process.Flag("done", "Happened"), process.Text("effect", "What happened"), process.Text("problems", "What to think of"),
	}
}

func evaluateOutputs() geo.Schema {
	return geo.Schema{Name: "scenario-evaluate", Fields: []geo.Field{
		drawn("bases", "Bases", "the open bases, each factor between the worst of them at 0 and the best at 1.", baseFields()...),
		drawn("places", "Priority locations", "the places, who comes to each, and how soon.", placeFields()...),
		process.Table("measures", "Five factors", "The footprint in numbers; the rows behind each are named.", measureFields()...),
		process.Table("helps", "Who helps whom", "Reaction forces that come to other bases in time, by road.", process.Text("from", "From"), process.Text("to", "To"), process.Whole("asset", "Key of the asset"), process.Number("minutes", "Time", "min")),
		process.Table("changes", "Changes", "What each change of the scenario did.", effectFields()...),
	}}
}

func wholeValue(n int) geo.Value { return geo.Int(int64(n)) }

func textOr(s string) geo.Value {
	if s == "" {
		return geo.Value{}
	}
	return geo.String(s)
}

// result is what one footprint answers.
func (f *Footprint) result(in geo.Values, o *option) process.Result {
	r := process.Result{
		Output: geo.Values{
			"bases": f.basesValue(in), "places": f.placesValue(), "measures": f.measuresValue(), "helps": f.helpsValue(), "changes": o.effectsValue(),
		},
		Method:   f.method(),
		Selected: f.selected, Used: len(f.Bases), Dropped: f.dropped, Layers: f.layers, Docs: f.docs, Warnings: f.warnings,
	}
	if o.outcome != nil {
		r.Scenario = o.name
	}
	return r
}

func (f *Footprint) method() string {
	parts := []string{"Times by road (customisable contraction hierarchies, Dijkstra 1959)"}
	if len(f.methods) > 0 {
		parts[0] += " for " + strings.Join(slices.Compact(slices.Clone(f.methods)), "; ")
	}
	if f.medicine != "" {
		parts = append(parts, f.medicine)
	}
	return strings.Join(append(parts, "two-step floating catchment area (Luo and Qi 2009)", "rates with Garwood's exact interval (1936)", "Mann-Kendall trend", "bridges of the graph (Tarjan 1974)",
		"scores between the worst at 0 and the best at 1, weighted sum"), "; ")
}

// base puts the scores of bases beside each other: the number by which a
// factor of one base is compared with those of the others.
func baseMeasures(b *Station, better string) []Measure {
	minutes := func(millis float64, known bool) float64 {
		if !known || millis >= network.Closed {
			return math.Inf(1)
		}
		return millis / 60_000
	}
	return []Measure{
		{Factor: Priority, Scored: true, Better: more, Value: b.priority.people}, {Factor: Priority, Scored: true, Better: more, Value: b.priority.alone}, {Factor: Priority, Scored: true, Better: more, Value: b.priority.patrol},
		{Factor: Threat, Scored: true, Better: less, Value: b.threat.perYear}, {Factor: Threat, Scored: true, Better: less, Value: known(b.threat.roadYear)},
		{Factor: Support, Scored: true, Better: less, Value: minutes(b.support.millis, b.support.known)}, {Factor: Support, Scored: true, Better: less, Value: max(0, b.support.closure-known(b.StockDays))},
		{Factor: Support, Scored: true, Better: less, Value: b.support.single},
		{Factor: Medical, Scored: true, Better: less, Value: b.surgery},
		{Factor: Operational, Scored: true, Better: more, Value: float64(b.operation.helpers)}, {Factor: Operational, Scored: true, Better: more, Value: float64(b.operation.aircraft)},
		{Factor: Further, Scored: true, Better: better, Value: b.FurtherValue},
	}
}

// endless puts what never comes a half beyond the longest that does, so that it
// is worst and the others still differ.
func endless(rows [][]Measure) {
	for m := range rows[0] {
		longest := 0.0
		for i := range rows {
			if v := rows[i][m].Value; !math.IsInf(v, 1) && !math.IsNaN(v) {
				longest = max(longest, v)
			}
		}
		for i := range rows {
			if math.IsInf(rows[i][m].Value, 1) {
				rows[i][m].Value = 1.5*longest + 1
			}
		}
	}
}

func (f *Footprint) basesValue(in geo.Values) geo.Value {
	if len(f.Bases) == 0 {
		return process.FeatureCollection(nil)
	}
	rows := make([][]Measure, len(f.Bases))
	for i := range f.Bases {
		rows[i] = baseMeasures(&f.Bases[i], f.better)
	}
	endless(rows)
	s := NewScore(parts(rows), weightsOf(in))
	features := make([]geo.Value, len(s.Order))
	for at, i := range s.Order {
		b := &f.Bases[i]
		v := f.baseValues(b, in)
		v["score"] = geo.Float(s.Total[i])
		for k, factor := range Factors {
			v["score_"+string(factor)] = geo.Float(s.Parts[i][k])
		}
		features[at] = process.Feature(int(b.Key), b.At, v)
	}
	return process.FeatureCollection(features)
}

func (f *Footprint) baseValues(b *Station, in geo.Values) geo.Values {
	v := geo.Values{
		"name": geo.String(b.Name), "key": geo.Int(int64(b.Key)), "people": geo.Float(b.People),
		"people_in_time": geo.Float(b.priority.people), "people_alone": geo.Float(b.priority.alone), "places_in_time": wholeValue(b.priority.places), "people_in_patrol": geo.Float(b.priority.patrol),
		"incidents": wholeValue(b.threat.incidents), "incidents_year": geo.Float(b.threat.perYear), "incidents_year_lower": geo.Float(b.threat.lower), "incidents_year_upper": geo.Float(b.threat.upper),
		"casualties": geo.Float(b.threat.harm), "casualties_year": geo.Float(b.threat.casualties), "incidents_supply": wholeValue(b.threat.road), "incidents_query": geo.String(incidentsQuery(b.At, in)),
		"hub": textOr(b.Hub), "supply_min": {}, "supply_km": {}, "supply_problem": textOr(b.support.why), "single_km": geo.Float(b.support.single / 1000), "single_roads": textOr(strings.Join(b.support.points, ", ")),
		"closed_months": textOr(monthsText(b.support.months)), "closure_days": geo.Float(math.Round(b.support.closure)), "stock_days": geo.Float(b.StockDays), "stock_short": geo.Bool(b.short()),
		"capacity": geo.Float(b.Capacity), "over_capacity": geo.Float(b.support.overfull), "cost_year": geo.Float(b.YearlyCost), "surgery_min": geo.Float(math.Round(10*b.surgery) / 10),
		"helpers": wholeValue(b.operation.helpers), "help_min": roads.Minutes(b.operation.millis), "help_from": textOr(b.operation.nearest), "forces": wholeValue(b.operation.forces), "aircraft": wholeValue(b.operation.aircraft),
		"further": geo.Float(b.FurtherValue), "trend_tau": {}, "trend_p": {},
	}
	if b.support.known && b.support.millis < network.Closed {
		v["supply_min"], v["supply_km"] = roads.Minutes(b.support.millis), geo.Float(math.Round(b.support.metres/100)/10)
	}
	if b.threat.trended {
		v["trend_tau"], v["trend_p"] = geo.Float(b.threat.trend.Tau), geo.Float(b.threat.trend.P)
	}
	return v
}

// incidentsQuery is where the incidents near a place are listed.
func incidentsQuery(at orb.Point, in geo.Values) string {
	q := fmt.Sprintf("/api/collections/incidents/items?near=%v,%v&radius=%v", at[0], at[1], in[nearInput].Float()*1000)
	if v := in[process.TimeInput]; !v.Null() {
		q += "&datetime=" + v.Interval().String()
	}
	if v := in[incidentsFilter]; !v.Null() {
		q += "&filter=" + escaped(v.Text())
	}
	return q
}

// escaped is a text as a query holds it.
func escaped(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-_.~", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func monthsText(months []int) string {
	out := make([]string, len(months))
	for i, m := range months {
		out[i] = fmt.Sprint(m)
	}
	return strings.Join(out, ", ")
}

func (f *Footprint) placesValue() geo.Value {
	features := make([]geo.Value, len(f.Places))
	for i := range f.Places {
		features[i] = process.Feature(int(f.Places[i].Key), f.Places[i].At, f.placeValues(&f.Places[i]))
	}
	return process.FeatureCollection(features)
}

func (f *Footprint) placeValues(d *Demand) geo.Values {
	v := geo.Values{
		"minutes": roads.Minutes(d.Millis), "name": textOr(d.Name), "key": geo.Int(int64(d.Key)), "people": geo.Float(d.People), "weight": geo.Float(d.Weight), "road": geo.Bool(d.OnRoad), "nearest": {},
		"bases": wholeValue(d.Bases), "patrols": wholeValue(d.Patrols), "by_air": geo.Bool(d.ByAir), "access": geo.Float(math.Round(1000*d.Access) / 1000),
	}
	if d.Nearest >= 0 {
		v["nearest"] = geo.String(f.Bases[d.Nearest].Name)
	}
	return v
}

func (m *Measure) values() geo.Values {
	return geo.Values{
		"factor": geo.String(string(m.Factor)), "measure": geo.String(m.Name), "title": geo.String(m.Title), "value": geo.Float(m.Value), "unit": textOr(m.Unit), "better": textOr(m.Better),
		"scored": geo.Bool(m.Scored), "layer": textOr(m.Layer), "where": textOr(m.Where),
	}
}

func (f *Footprint) measuresValue() geo.Value {
	rows := make([]geo.Value, len(f.Measures))
	for i := range f.Measures {
		rows[i] = geo.Record(f.Measures[i].values())
	}
	return geo.List(rows...)
}

func (f *Footprint) helpsValue() geo.Value {
	rows := make([]geo.Value, len(f.helps))
	for i, h := range f.helps {
		rows[i] = geo.Record(geo.Values{"from": geo.String(h.from), "to": geo.String(h.to), "asset": geo.Int(int64(h.asset)), "minutes": geo.Float(math.Round(10*h.minutes) / 10)})
	}
	return geo.List(rows...)
}

func (o *option) effectsValue() geo.Value {
	if o.outcome == nil {
		return geo.List()
	}
	var rows []geo.Value
	for i := range o.outcome.Effects {
		e := &o.outcome.Effects[i]
		rows = append(rows, geo.Record(geo.Values{
			"change": wholeValue(e.Number), "act": geo.String(string(e.Act)), "on": e.On, "collection": geo.String(e.Collection), "key": geo.Int(int64(e.Key)), "name": textOr(e.Name),
			"done": geo.Bool(e.Done), "effect": textOr(e.Text), "problems": textOr(strings.Join(e.Problems, " ")),
		}))
	}
	return geo.List(rows...)
}
