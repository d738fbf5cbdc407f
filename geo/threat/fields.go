package threat

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// The inputs beside those of a pattern.
const (
	ToleranceInput = "tolerance_m"
	ByInput        = "by"
	LongestInput   = "longest_km"
	HalfLifeInput  = "half_life_days"
	PrecisionInput = "precision_weights"
	HarmInput      = "severity"
	MovementsInput = "movements"
	TargetsInput   = "targets"
	BandwidthInput = "bandwidth_m"
	KernelInput    = "kernel"
	LixelInput     = "lixel_m"
)

const (
	noMovements         = "none"
	movementsCollection = "movements"
)

// defaultPrecision is the coarsest place that is taken where nothing is asked:
// from code 3 on a place is the middle of a district and on no road.
const defaultPrecision = 2

func inputs() geo.Schema {
	return geo.Schema{Name: "route-threat", Fields: slices.Concat(rateFields(), densityFields())}
}

// rateFields are the inputs that rates, and the risk of ways, are made by.
func rateFields() []geo.Field {
	nothing, farthest, one := 0.0, 10_000.0, 1.0
	return slices.Concat(pattern.Fields("incidents", true), []geo.Field{
		{Name: ToleranceInput, Title: "Tolerance", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &farthest, Default: geo.Float(250),
			Description: "An incident is on the nearest road within this distance; the others are counted and left out. Lines of movements are put on roads within it too."},
		{Name: ByInput, Title: "By", Kind: geo.KindString, Enum: []string{string(BySection), string(ByWay)}, Default: geo.String(string(BySection)),
			Description: "section: roads are cut at their junctions; way: each record of a road is a whole."},
		{Name: LongestInput, Title: "Longest section", Unit: "km", Kind: geo.KindFloat, Least: &nothing, Default: geo.Float(25),
			Description: "Longer sections are cut into equal pieces; 0 cuts none."},
		{Name: HalfLifeInput, Title: "Half-life", Unit: "d", Kind: geo.KindFloat, Least: &nothing, Default: geo.Float(0),
			Description: "An incident counts half as much for each so many days before the end of the time, and so does the time that rates are divided by. 0: all count fully."},
		{Name: PrecisionInput, Title: "Weights by precision", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat, Least: &nothing, Greatest: &one},
			Default:     geo.List(geo.Float(1), geo.Float(0.5), geo.Float(0.25)),
			Description: "What an incident counts for by how well its place is known, from code 1 on; the last holds for all coarser ones. An assumption: how probable it is that it was on this road."},
		{Name: HarmInput, Title: "Severity", Kind: geo.KindString,
			Description: "Number field that says how many were harmed, or several that are added; without it killed+injured. It is shown beside the rates and not multiplied into them; for rates of casualties set weight."},
		{Name: MovementsInput, Title: "Movements", Kind: geo.KindString, Role: geo.CollectionRole, Default: geo.String(movementsCollection),
			Description: "Collection of lines, or of road names, with a date and km: how far was driven. With it rates are given by 1,000 km driven; with none, or where it is empty, there is only a relative risk."},
		{Name: TargetsInput, Title: "Targets of movements", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}, Default: geo.List(geo.String("peacekeepers")),
			Description: "Only incidents with one of these targets are divided by how far was driven: those that hit, or would have hit, who drove. An empty list, and records without a target field, take all."},
	})
}

func densityFields() []geo.Field {
	nothing := 0.0
	return []geo.Field{
		{Name: BandwidthInput, Title: "Bandwidth", Unit: "m", Kind: geo.KindFloat, Least: &nothing,
			Description: "How far along the roads an incident spreads in the density; without it no density is made."},
		{Name: KernelInput, Title: "Kernel", Kind: geo.KindString, Enum: Kernels(), Default: geo.String(string(Continuous)),
			Description: "continuous: shared at junctions without a step; discontinuous: shared among the other roads; simple: the full weight on each road, which adds up to more than there was."},
		{Name: LixelInput, Title: "Piece", Unit: "m", Kind: geo.KindFloat, Least: &nothing,
			Description: "How long the pieces of roads are that the density is given of; without it a fifth of the bandwidth."},
	}
}

// ranged is a number with the ends of its interval.
func ranged(name, title, unit string) []geo.Field {
	return []geo.Field{
		process.Number(name, title, unit), process.Number(name+"_lower", title+", at least", unit), process.Number(name+"_upper", title+", at most", unit),
	}
}

const (
	perYear   = "/(km.a)"
	perDriven = "/(1000.km)"
)

func sectionFields() []geo.Field {
	return slices.Concat(
		ranged("relative", "Relative risk", "1"),
		[]geo.Field{process.Text("road", "Road"), process.Text("ref", "Reference"), process.Number("length_km", "Length", "km"), process.Whole("incidents", "Incidents")},
		ranged("per_1000_km", "Incidents per 1,000 km driven", perDriven),
		[]geo.Field{
			{Name: "chance", Title: "Chance of an incident on one way through", Kind: geo.KindFloat, Unit: "1", Description: "Null without movements."},
			process.Number("driven_km", "Driven", "km"), process.Number("driven_incidents", "Incidents that are divided by it, weighted", ""),
		},
		ranged("per_km_year", "Incidents per km and year", perYear),
		[]geo.Field{
			process.Number("raw_per_km_year", "Incidents per km and year, as counted", perYear), process.Number("per_km", "Incidents per km", "/km"),
			{Name: "own", Title: "Share of its own count", Kind: geo.KindFloat, Unit: "1", Description: "How much of the rate is the section's own count; the rest is that of all."},
			process.Number("weighted", "What the incidents count for", ""), process.Number("recency", "Recency factor, on average", "1"),
			process.Number("precision", "Precision factor, on average", "1"), process.Number("weight", "Weight, on average", ""),
			process.Number("casualties", "Killed and injured", ""), process.Number("casualties_each", "Killed and injured by incident", ""),
			process.Text("surface", "Surface"), process.Text("status", "Status"),
			process.Number("days_since_verified", "Days since it was verified", "d"), process.Number("days_since_cleared", "Days since it was cleared", "d"),
			process.Text("collection", "Collection"), process.Whole("key", "Key"),
		})
}

func outputs() geo.Schema {
	return geo.Schema{Name: "route-threat", Fields: []geo.Field{
		{Name: "sections", Title: "Roads by threat", Kind: geo.KindRecord, Fields: sectionFields(),
			Description: "A GeoJSON FeatureCollection: sections of roads, that first whose rate is surely highest. relative is how many times the rate of all roads, whose mean is 1."},
		{Name: "ranking", Title: "Ranking", Kind: geo.KindList, Description: "By the lower end of the interval of the rate.", Items: &geo.Field{Kind: geo.KindRecord, Fields: slices.Concat(
			[]geo.Field{process.Whole("rank", "Rank")}, sectionFields()[:7], ranged("per_1000_km", "Incidents per 1,000 km driven", perDriven), ranged("per_km_year", "Incidents per km and year", perYear))}},
		{Name: "density", Title: "Density along the roads", Kind: geo.KindRecord,
			Fields:      []geo.Field{process.Number("per_km", "Incidents per km", "/km"), process.Text("road", "Road"), process.Number("length_km", "Length", "km")},
			Description: "A GeoJSON FeatureCollection: pieces of roads with a density above 0, densest first. Null where no bandwidth is given."},
		{Name: "exposure", Title: "Exposure", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Number("length_km", "Roads", "km"), process.Whole("sections", "Sections"),
			{Name: "from", Title: "From", Kind: geo.KindTime}, {Name: "to", Title: "To", Kind: geo.KindTime},
			process.Number("years", "Years", "a"), process.Number("years_counted", "Years as they count with the half-life", "a"),
			{Name: "driven_from", Title: "Movements from", Kind: geo.KindTime}, {Name: "driven_to", Title: "Movements to", Kind: geo.KindTime},
			process.Whole("movements", "Movements"), process.Number("driven_km", "Driven", "km"), process.Number("placed_km", "Put on roads", "km"),
			process.Whole("movements_unplaced", "Movements on no road"), process.Whole("movements_without_km", "Movements that say neither way nor distance"),
		}},
		{Name: "basis", Title: "What rates are drawn towards", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			{Name: "rate", Title: "Rate", Kind: geo.KindString, Enum: []string{"per_km_year", "per_km", "per_1000_km"}},
			{Name: "prior", Title: "Prior", Kind: geo.KindString, Enum: []string{string(Varied), string(Alike), string(Alone)}},
			process.Number("mean", "Rate of all", ""), process.Number("shape", "Shape", ""), process.Number("exposure", "Rate parameter", ""), process.Number("dispersion", "What one incident counts for", ""),
		}}},
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Whole("on_roads", "Incidents on roads"), process.Whole("off_roads", "Incidents farther than the tolerance from every road"), process.Whole("outside", "Incidents on a road outside the area"),
			process.Text("severity", "Severity"), process.Number("tolerance_m", "Tolerance", "m"),
		}},
	}}
}
