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
	out := []geo.Field{process.Number("score", "Score", "1"), process.Text("name", "Base"), process.Whole("key", "Key"), process.Number("people", "People", "{person}"), process.Number("strength", "Strength", "{person}")}
	for _, f := range Factors {
		out = append(out, process.Number("score_"+string(f), factorTitles[f]+", score", "1"))
	}
	out = append(out,
		process.Number("people_in_time", "People in time by road", "{person}"), process.Number("people_alone", "Of them, in time of no other base", "{person}"), process.Whole("places_in_time", "Places in time by road"),
		process.Number("people_in_patrol", "People in its patrol radius", "{person}"),
		process.Whole("incidents", "Incidents near it"), process.Number("incidents_year", "Incidents a year near it", "/a"), process.Number("incidents_year_lower", "At least", "/a"), process.Number("incidents_year_upper", "At most", "/a"),
		process.Number("casualties", "Killed and injured near it", "{person}"), process.Number("casualties_year", "Killed and injured a year near it", "/a"),
		process.Number("casualties_year_lower", "At least", "/a"), process.Number("casualties_year_upper", "At most", "/a"),
		process.Number("trend_tau", "Trend (Kendall's tau)", "1"), process.Number("trend_p", "Trend, P", "1"), process.Number("trend_slope", "Incidents a year more, each year", "/a2"), process.Number("trend_slope_lower", "At least", "/a2"), process.Number("trend_slope_upper", "At most", "/a2"),
		geo.Field{Name: "trend_counts", Title: "Incidents near it in half-years, the earliest first", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt}},
		process.Whole("zones", "Zones of raised risk near it"), process.Whole("hazards", "Hazards near it"), process.Text("incidents_query", "The incidents near it"),
		process.Whole("incidents_supply", "Incidents on its supply road"), process.Number("incidents_supply_year", "Incidents a year on its supply road", "/a"), process.Number("incidents_supply_year_lower", "At least", "/a"), process.Number("incidents_supply_year_upper", "At most", "/a"),
		process.Number("casualties_supply", "Killed and injured on its supply road", "{person}"), process.Number("casualties_supply_year", "Killed and injured a year on its supply road", "/a"),
		process.Number("expected_supply_year", "Incidents a year to expect there by the rates of roads", "/a"), process.Number("expected_supply_year_lower", "At least", "/a"), process.Number("expected_supply_year_upper", "At most", "/a"),
		process.Number("supply_risk", "Incidents to expect on one way from the hub", "1"), process.Number("supply_risk_lower", "At least", "1"), process.Number("supply_risk_upper", "At most", "1"),
		process.Whole("zones_supply", "Zones of raised risk on its supply road"), process.Whole("hazards_supply", "Hazards on its supply road"),
		process.Text("hub", "Supplied from"), process.Number("supply_min", "Way of supply", "min"), process.Number("supply_km", "Way of supply", "km"), process.Text("supply_problem", "Why it is not supplied"),
		process.Number("single_km", "Single points of failure on the way", "km"), process.Text("single_roads", "On these roads"),
		process.Text("closed_months", "Months without a way of supply"), process.Number("closure_days", "Longest closure", "d"), process.Number("stock_days", "Stock", "d"), process.Flag("stock_short", "Stock shorter than the closure"),
		process.Number("capacity", "Capacity", "{person}"), process.Number("over_capacity", "Beyond capacity", "{person}"), process.Number("cost_year", "Cost a year", "{USD}/a"),
		process.Whole("helpers", "Reaction forces of others in time"), process.Number("help_min", "Until the first comes", "min"), process.Text("help_from", "From"), process.Whole("forces", "Reaction forces of its own"), process.Whole("aircraft", "Aircraft of others in time"),
		process.Number("further", "Further factor", ""),
	)
	return append(out, surgeryFields()...)
}

func placeFields() []geo.Field {
	return append([]geo.Field{
		process.Number("minutes", "By road from the nearest base", "min"), process.Text("name", "Place"), process.Whole("key", "Key"), process.Number("people", "People", "{person}"), process.Number("weight", "Weight", "1"),
		process.Flag("road", "On a road"), process.Text("nearest", "Nearest base"), process.Whole("bases", "Bases in time by road"), geo.Field{Name: "in_time_of", Title: "These", Kind: geo.KindList, Role: geo.CollectionRole, Collection: basesCollection, Items: &geo.Field{Kind: geo.KindInt}}, process.Whole("patrols", "Bases in whose patrol radius it is"), process.Flag("by_air", "In time by air"),
		process.Number("access", "Strength for 1,000 people", "1"),
	}, surgeryFields()...)
}

func effectFields() []geo.Field {
	return []geo.Field{
		process.Whole("change", "Change"), process.Text("act", "Act"), {Name: "on", Title: "On", Kind: geo.KindTime, DateOnly: true}, process.Text("collection", "Collection"), process.Whole("key", "Key"), process.Text("name", "Record"),
		process.Flag("done", "Happened"), process.Text("effect", "What happened"), process.Text("problems", "What to think of"),
		process.SaidField("effect_said", "What happened, with its code"), process.SaidField("problems_said", "What to think of, with codes"),
		process.Number("cost", "What it costs, once", "{USD}"), process.Number("closing_cost", "Of it, to close", "{USD}"), process.Number("opening_cost", "Of it, to open", "{USD}"), process.Number("lead_days", "Lead time", "d"),
	}
}

func evaluateOutputs() geo.Schema {
	return geo.Schema{Name: "scenario-evaluate", Fields: []geo.Field{
		drawn("bases", "Bases", "the open bases, each factor between the worst of them at 0 and the best at 1.", baseFields()...),
		drawn("places", "Priority locations", "the places, who comes to each, and how soon.", placeFields()...),
		process.Table("measures", "Five factors", "The footprint in numbers; the rows behind each are named.", measureFields()...),
		process.Table("helps", "Who helps whom", "Reaction forces that come to other bases in time, by road.", process.Text("from", "From"), process.Text("to", "To"), process.Whole("asset", "Key of the asset"), process.Number("minutes", "Time", "min")),
		process.Table("aircraft", "Cover by aircraft", "How far each comes in time, and to how many other bases.", process.Text("from", "From"), process.Whole("asset", "Key of the asset"), process.Text("type", "Type"), process.Whole("count", "How many"),
			process.Number("reach_km", "Reach", "km"), process.Whole("bases", "Other bases in reach")),
		drawn("menaces", "Zones and hazards", "zones of raised risk about late incidents, and hazards in force, near bases and on supply roads.", process.Text("kind", "Kind"), process.Text("collection", "Collection"), process.Whole("key", "Key"), process.Text("name", "Name"),
			geo.Field{Name: "expires", Title: "Until", Kind: geo.KindTime}, process.Whole("bases", "Bases near it"), process.Whole("supply", "Bases whose supply road it lies on")),
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
	r := f.answer(f.method())
	r.Output = geo.Values{
		"bases": f.basesValue(in), "places": f.placesValue(), "measures": f.measuresValue(), "helps": f.helpsValue(), "aircraft": f.aircraftValue(), "menaces": f.menacesValue(), "changes": o.effectsValue(f),
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
	if f.rates != "" {
		parts = append(parts, "on supply roads: "+f.rates+", added up as gammas (Welch 1938; Satterthwaite 1946)")
	}
	return strings.Join(append(parts, "two-step floating catchment area (Luo and Qi 2009)", "95 % intervals of rates by Garwood (1936), of casualties and of means, to which one record adds several, scaled (Bohm and Zech 2014)", "Mann-Kendall trend and Sen's slope", "bridges of the graph (Tarjan 1974)",
		"scores between the worst at 0 and the best at 1, weighted sum"), "; ")
}

// base puts the scores of bases beside each other: the number by which a
// factor of one base is compared with those of the others.
func (f *Footprint) baseMeasures(b *Station) []Measure {
	surgery := b.surgery.asked
	if f.treated && math.IsNaN(surgery) {
		surgery = math.Inf(1) // never
	}
	minutes := func(millis float64, known bool) float64 {
		if !known || millis >= network.Closed {
			return math.Inf(1)
		}
		return millis / 60_000
	}
	return []Measure{
		{Factor: Priority, Scored: true, Better: more, Value: b.priority.people}, {Factor: Priority, Scored: true, Better: more, Value: b.priority.alone}, {Factor: Priority, Scored: true, Better: more, Value: b.priority.patrol},
		{Factor: Threat, Scored: true, Better: less, Value: b.threat.perYear}, {Factor: Threat, Scored: true, Better: less, Value: known(b.threat.road.perYear)},
		{Factor: Support, Scored: true, Better: less, Value: minutes(b.support.millis, b.support.known)}, {Factor: Support, Scored: true, Better: less, Value: max(0, b.support.closure-known(b.StockDays))},
		{Factor: Support, Scored: true, Better: less, Value: b.support.single},
		{Factor: Medical, Scored: true, Better: less, Value: surgery},
		{Factor: Operational, Scored: true, Better: more, Value: float64(b.operation.helpers)}, {Factor: Operational, Scored: true, Better: more, Value: float64(b.operation.aircraft)},
		{Factor: Further, Scored: true, Better: f.better, Value: b.FurtherValue},
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
		rows[i] = f.baseMeasures(&f.Bases[i])
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
		"incidents":       wholeValue(b.threat.incidents),
		"incidents_query": geo.String(incidentsQuery(b.At, in)), "strength": geo.Float(b.Strength),
		"hub": textOr(b.Hub), "supply_min": {}, "supply_km": {}, "supply_problem": textOr(b.support.why), "single_km": geo.Float(b.support.single / 1000), "single_roads": textOr(strings.Join(b.support.points, ", ")),
		"closed_months": textOr(monthsText(b.support.months)), "closure_days": geo.Float(math.Round(b.support.closure)), "stock_days": geo.Float(b.StockDays), "stock_short": geo.Bool(b.short()),
		"capacity": geo.Float(b.Capacity), "over_capacity": geo.Float(b.support.overfull), "cost_year": geo.Float(b.YearlyCost),
		"helpers": wholeValue(b.operation.helpers), "help_min": roads.Minutes(b.operation.millis), "help_from": textOr(b.operation.nearest), "forces": wholeValue(b.operation.forces), "aircraft": wholeValue(b.operation.aircraft),
		"further": geo.Float(b.FurtherValue),
	}
	if b.support.known && b.support.millis < network.Closed {
		v["supply_min"], v["supply_km"] = roads.Minutes(b.support.millis), geo.Float(math.Round(b.support.metres/100)/10)
	}
	b.threat.values(v, f.mined)
	b.surgery.values(v)
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
		"bases": wholeValue(d.Bases), "patrols": wholeValue(d.Patrols), "by_air": geo.Bool(d.ByAir), "access": geo.Float(round3(d.Access)),
	}
	keys := make([]geo.Value, len(d.reach))
	for i, b := range d.reach {
		keys[i] = geo.Int(int64(f.Bases[b].Key))
	}
	v["in_time_of"] = geo.List(keys...)
	d.surgery.values(v)
	if d.Nearest >= 0 {
		v["nearest"] = geo.String(f.Bases[d.Nearest].Name)
	}
	return v
}

func (f *Footprint) helpsValue() geo.Value {
	rows := make([]geo.Value, len(f.helps))
	for i, h := range f.helps {
		rows[i] = geo.Record(geo.Values{"from": geo.String(h.from), "to": geo.String(h.to), "asset": geo.Int(int64(h.asset)), "minutes": geo.Float(math.Round(10*h.minutes) / 10)})
	}
	return geo.List(rows...)
}

func (f *Footprint) aircraftValue() geo.Value {
	rows := make([]geo.Value, len(f.air))
	for i := range f.air {
		a := &f.air[i]
		rows[i] = geo.Record(geo.Values{"from": textOr(a.Base), "asset": geo.Int(int64(a.Key)), "type": geo.String(a.Type), "count": wholeValue(a.Count), "reach_km": km(a.metres), "bases": wholeValue(a.bases)})
	}
	return geo.List(rows...)
}

func (f *Footprint) menacesValue() geo.Value {
	features := make([]geo.Value, len(f.menaces))
	for i := range f.menaces {
		features[i] = f.menaces[i].value(i + 1)
	}
	return process.FeatureCollection(features)
}

func (o *option) effectsValue(f *Footprint) geo.Value {
	if o.outcome == nil {
		return geo.List()
	}
	var rows []geo.Value
	for i := range o.outcome.Effects {
		e := &o.outcome.Effects[i]
		rows = append(rows, geo.Record(geo.Values{
			"change": wholeValue(e.Number), "act": geo.String(string(e.Act)), "on": e.On, "collection": geo.String(e.Collection), "key": geo.Int(int64(e.Key)), "name": textOr(e.Name),
			"done": geo.Bool(e.Done), "effect": textOr(e.Did.Text), "problems": textOr(strings.Join(geo.Texts(e.Problems), " ")),
			"effect_said": process.Said(e.did()), "problems_said": process.Said(e.Problems),
			"cost": f.paid[i].once, "closing_cost": f.paid[i].closing, "opening_cost": f.paid[i].opening, "lead_days": f.paid[i].lead,
		}))
	}
	return geo.List(rows...)
}

func round3(x float64) float64 { return math.Round(1000*x) / 1000 }
