package hotspot

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// Inputs of both analyses.
const (
	NeighboursInput   = "neighbours"
	NearestInput      = "k"
	CorrectionInput   = "correction"
	PermutationsInput = "permutations"
	SeedInput         = "seed"

	ExposureInput      = "exposure"
	ExposureFieldInput = "exposure_field"
)

// What the inputs of codes take.
const (
	placeUnit     = "place"
	bandOf        = "band"
	nearestOf     = "nearest"
	fdrCorrection = "fdr"
	noCorrection  = "none"
)

func neighbourFields() []geo.Field {
	nothing, one := 0.0, 1.0
	return []geo.Field{
		{Name: NeighboursInput, Title: "Neighbours", Kind: geo.KindString, Enum: []string{bandOf, nearestOf}, Default: geo.String(bandOf),
			Description: "band: all within a distance of each other; nearest: so many of each."},
		{Name: BandInput, Title: "Distance band", Unit: "m", Kind: geo.KindFloat, Least: &nothing,
			Description: "How far neighbours are apart at most, of cells from middle to middle. Without it, two widths of a cell; of places, the mean distance to the k-th nearest."},
		{Name: NearestInput, Title: "Number of neighbours", Kind: geo.KindInt, Least: &one, Default: geo.Int(8),
			Description: "How many neighbours each has where they are the nearest."},
		{Name: CorrectionInput, Title: "Correction", Kind: geo.KindString, Enum: []string{fdrCorrection, noCorrection}, Default: geo.String(fdrCorrection),
			Description: "fdr: levels hold for all units together, by the false discovery rate of Benjamini and Hochberg; none: for each by itself, so that of 100 units without any pattern 5 are significant at 95 %."},
	}
}

func inputs() geo.Schema {
	nothing, most := 0.0, 99_999.0
	return geo.Schema{Name: "hotspot", Fields: slices.Concat(pattern.Fields("incidents", false), []geo.Field{
		{Name: UnitInput, Title: "Units", Kind: geo.KindString, Enum: []string{string(grid.Hexagon), string(grid.Square), placeUnit},
			Default:     geo.String(string(grid.Hexagon)),
			Description: "hexagon and square: counts in cells of equal area, where cells of the study area without events count as 0. place: events that share a place, without the empty ground between."},
	}, grid.Fields(), []geo.Field{
		{Name: ExposureInput, Title: "Exposure", Kind: geo.KindString, Role: geo.CollectionRole,
			Description: "Id of a collection of points, such as places, that say how much was exposed to the events. Cells are then compared by rates, empirical Bayes standardised (Assuncao and Reis 1999), and cells without exposure not at all."},
		{Name: ExposureFieldInput, Title: "Exposure by", Kind: geo.KindString, Default: geo.String("population"),
			Description: "Number field of the exposure's records that is added up in each cell, or several with + between."},
	}, neighbourFields(), []geo.Field{
		{Name: PermutationsInput, Title: "Permutations", Kind: geo.KindInt, Least: &nothing, Greatest: &most, Default: geo.Int(999),
			Description: "How often neighbours are drawn for the p-values of local Moran's I; 0 leaves it out."},
		{Name: SeedInput, Title: "Seed", Kind: geo.KindInt, Default: geo.Int(1), Description: "Of the permutations."},
	})}
}

// classes are what a unit is drawn by, hottest first; binClass gives that of a
// bin.
var classes = []string{"hot_99", "hot_95", "hot_90", "not_significant", "cold_90", "cold_95", "cold_99"}

func binClass(b Bin) string { return classes[3-b] }

// quadrants by their numbers.
var quadrants = []string{"none", "high_high", "low_high", "low_low", "high_low"}

func outputs() geo.Schema {
	return geo.Schema{Name: "hotspot", Fields: []geo.Field{
		{Name: "cells", Title: "Hot and cold spots", Kind: geo.KindRecord, Fields: unitFields(),
			Description: "A GeoJSON FeatureCollection: all units, hottest first: cells, or points where places are asked about."},
		grid.AreaField(),
		{Name: "global", Title: "In the whole area", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			process.Code("statistic", "Statistic", []string{moranNormal, moranRandom, generalG}),
			process.Number("value", "Value", ""), process.Number("expected", "Expected without a pattern", ""), process.Number("variance", "Variance", ""),
			process.Number("z", "z-score", ""), process.Number("p", "Probability, both sides", ""),
		}}},
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: slices.Concat([]geo.Field{
			process.Whole("events", "Events"), process.Number("weight", "Sum of weights", ""), process.Whole("units", "Units"), process.Whole("empty", "Units without events"),
			process.Number("mean", "Mean of a unit", ""), process.Number("deviation", "Standard deviation of a unit", ""),
		}, neighbourhoodFields(), classCounts(classes))},
		gridField(),
	}}
}

func gridField() geo.Field {
	return geo.Field{Name: "grid", Title: "Cells", Kind: geo.KindRecord, Description: "Null where places are asked about.", Fields: grid.CoverFields()}
}

func neighbourhoodFields() []geo.Field {
	return []geo.Field{
		process.Number("band_m", "Distance band", "m"), process.Whole("k", "Nearest neighbours"),
		process.Number("neighbours_mean", "Neighbours of a unit, on average", ""), process.Whole("neighbours_least", "At least"), process.Whole("neighbours_most", "At most"),
	}
}

func classCounts(names []string) []geo.Field {
	out := make([]geo.Field, len(names))
	for i, name := range names {
		out[i] = process.Whole(name, "Units "+name)
	}
	return out
}

func unitFields() []geo.Field {
	return []geo.Field{
		process.Code("class", "Spot", classes),
		{Name: "gi_bin", Title: "Gi_Bin", Kind: geo.KindInt, Description: "3, 2 and 1: hot at 99, 95 and 90 %; -1 to -3 cold; 0 neither."},
		process.Number("z", "Gi* z-score", ""), process.Number("p", "Probability, both sides", ""), process.Number("q", "False discovery rate", ""),
		process.Number("value", "Value", ""), process.Whole("events", "Events"), process.Whole("neighbours", "Neighbours"),
		process.Number("exposure", "Exposure", ""), process.Number("rate", "Value by exposure", ""), process.Number("standardised_rate", "Standardised rate", ""), process.Number("inside_km2", "Area in the study area", "km2"),
		process.Number("local_i", "Local Moran's I", ""), process.Number("local_p", "Pseudo p-value of it", ""), process.Code("quadrant", "Quadrant", quadrants),
	}
}

func emergingInputs() geo.Schema {
	nothing := 0.0
	most := 1000.0
	return geo.Schema{Name: "emerging-hotspot", Fields: slices.Concat(pattern.Fields("incidents", true), []geo.Field{
		{Name: UnitInput, Title: "Units", Kind: geo.KindString, Enum: []string{string(grid.Hexagon), string(grid.Square)}, Default: geo.String(string(grid.Hexagon)),
			Description: "Form of the cells."},
	}, grid.Fields(), []geo.Field{
		{Name: StepInput, Title: "Step", Unit: "d", Kind: geo.KindFloat, Least: &nothing,
			Description: "Length of a step of time in days. Steps end with the asked time, or with the day of the last event; what is left at the beginning is in none. Without it, the longest of 1, 2, 7, 14, 30, 61, 91, 182 and 365 days of which there are 20."},
		{Name: BeforeInput, Title: "Steps before", Kind: geo.KindInt, Least: &nothing, Greatest: &most, Default: geo.Int(1),
			Description: "How many steps before its own are neighbours of a step, too."},
	}, neighbourFields())}
}

func emergingOutputs() geo.Schema {
	var names []string
	for _, p := range Patterns() {
		names = append(names, string(p))
	}
	return geo.Schema{Name: "emerging-hotspot", Fields: []geo.Field{
		{Name: "cells", Title: "Emerging hot and cold spots", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection: all cells of the study area, those with a pattern first.",
			Fields: []geo.Field{
				process.Code("pattern", "Pattern", names), process.Number("trend_z", "z-score of the trend", ""), process.Number("trend_p", "Probability of the trend, both sides", ""),
				process.Number("z", "Gi* z-score of the last step", ""), process.Number("q", "False discovery rate of it", ""),
				process.Whole("hot_steps", "Steps that were hot"), process.Whole("cold_steps", "Steps that were cold"), process.Whole("events", "Events"), process.Number("value", "Value", ""),
			}},
		grid.AreaField(),
		{Name: "steps", Title: "Steps", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			{Name: "start", Title: "Start", Kind: geo.KindTime}, {Name: "end", Title: "End, the first moment that is outside", Kind: geo.KindTime},
			process.Whole("events", "Events"), process.Number("value", "Value", ""), process.Whole("hot", "Hot cells"), process.Whole("cold", "Cold cells"),
		}}},
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: slices.Concat([]geo.Field{
			process.Whole("events", "Events"), process.Number("weight", "Sum of weights", ""), process.Whole("units", "Cells"), process.Whole("steps", "Steps"), process.Number("step_days", "Length of a step", "d"),
			process.Number("trend_z", "z-score of the trend of all events by step", ""), process.Number("trend_p", "Probability of it, both sides", ""),
		}, neighbourhoodFields(), classCounts(names))},
		gridField(),
	}}
}
