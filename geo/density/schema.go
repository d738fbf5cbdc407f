package density

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// The inputs beside those of the pattern and of cells.
const (
	MethodInput     = "method"
	EmptyInput      = "empty_cells"
	KernelInput     = "kernel"
	BandwidthInput  = "bandwidth_m"
	RuleInput       = "bandwidth_rule"
	ResolutionInput = "resolution_m"
	DrawInput       = "draw"
	SharesInput     = "shares"
	LevelsInput     = "levels_per_km2"
	SeedInput       = "seed"
)

// What the inputs of codes take.
const (
	kernelMethod   = "kernel"
	referenceRule  = "reference"
	likelihoodRule = "likelihood"
	drawContours   = "contours"
	drawCells      = "cells"
)

func inputs() geo.Schema {
	return geo.Schema{Name: "density", Fields: slices.Concat(pattern.Fields("incidents", true), []geo.Field{
		{Name: MethodInput, Title: "Method", Kind: geo.KindString, Enum: []string{string(grid.Hexagon), string(grid.Square), kernelMethod},
			Default:     geo.String(string(grid.Hexagon)),
			Description: "hexagon and square count in cells of equal area; kernel spreads each event and gives a smooth surface."},
	}, grid.Fields(), cellInputs(), kernelInputs())}
}

func cellInputs() []geo.Field {
	return []geo.Field{{Name: EmptyInput, Title: "Empty cells", Kind: geo.KindBool, Default: geo.Bool(false),
		Description: "Whether cells of the study area without events are drawn, too; they are in its figures either way."}}
}

func kernelInputs() []geo.Field {
	nothing, all := 0.0, 100.0
	return []geo.Field{
		{Name: KernelInput, Title: "Kernel", Kind: geo.KindString, Enum: []string{string(Quartic), string(Gaussian)}, Default: geo.String(string(Quartic)),
			Description: "quartic ends at the bandwidth; gaussian has it as its standard deviation, and is cut off at four of them. Only for method kernel, as what follows."},
		{Name: BandwidthInput, Title: "Bandwidth", Unit: "m", Kind: geo.KindFloat, Least: &nothing,
			Description: "How far an event is spread; without it, by bandwidth_rule."},
		{Name: RuleInput, Title: "Rule for the bandwidth", Kind: geo.KindString, Enum: []string{referenceRule, likelihoodRule}, Default: geo.String(referenceRule),
			Description: "reference: 0.9 min(standard distance, sqrt(1/ln 2) median distance) n^-0.2, as ArcGIS has it. " +
				"likelihood: the one under which places that are left out are likeliest; finer, and slow with many places."},
		{Name: ResolutionInput, Title: "Cell of the surface", Unit: "m", Kind: geo.KindFloat, Least: &nothing,
			Description: "Width of the surface's cells; without it, about 250 along its longer side and at least four in a bandwidth."},
		{Name: DrawInput, Title: "Draw as", Kind: geo.KindString, Enum: []string{drawContours, drawCells}, Default: geo.String(drawContours),
			Description: "contours: areas, each within the one of the next lower level; cells: every cell of the surface above 0."},
		{Name: SharesInput, Title: "Shares", Unit: "%", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat, Least: &nothing, Greatest: &all},
			Default:     geo.List(geo.Float(25), geo.Float(50), geo.Float(75), geo.Float(90), geo.Float(95)),
			Description: "Contours: the smallest areas that hold these shares of all that lies in the study area."},
		{Name: LevelsInput, Title: "Levels", Unit: "/km2", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat, Least: &nothing},
			Description: "Contours at these densities, instead of shares."},
		{Name: SeedInput, Title: "Seed", Kind: geo.KindInt, Default: geo.Int(1), Description: "Of which places likelihood leaves out where there are very many."},
	}
}

func outputs() geo.Schema {
	return geo.Schema{Name: "density", Fields: []geo.Field{
		{Name: "cells", Title: "Density in cells", Kind: geo.KindRecord, Fields: cellFields(),
			Description: "A GeoJSON FeatureCollection: the cells, densest first; null for method kernel."},
		{Name: "surface", Title: "Density surface", Kind: geo.KindRecord, Fields: surfaceFields(),
			Description: "A GeoJSON FeatureCollection: the areas at or above each level, lowest first, or the surface's cells, cut at the study area; null but for method kernel."},
		grid.AreaField(),
		{Name: "total", Title: "Total", Kind: geo.KindRecord, Fields: slices.Concat([]geo.Field{
			process.Whole("events", "Events"), process.Number("weight", "Sum of weights", ""),
			process.Number("area_km2", "Area", "km2"), process.Number("years", "Years", "a"),
			{Name: "from", Title: "From", Kind: geo.KindTime}, {Name: "to", Title: "To, the first moment that is outside", Kind: geo.KindTime},
			{Name: "period", Title: "Period", Kind: geo.KindString, Enum: []string{"asked", "observed"},
				Description: "Whose years they are: the asked time's, or those from the first event to the last."},
		}, rateFields())},
		{Name: "grid", Title: "Cells", Kind: geo.KindRecord, Description: "Null for method kernel.",
			Fields: append(grid.CoverFields(), process.Whole("occupied", "Cells with events"))},
		{Name: "kernel", Title: "Kernel estimate", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Number("bandwidth_m", "Bandwidth", "m"), {Name: "bandwidth_by", Title: "Bandwidth by", Kind: geo.KindString},
			process.Number("reference_m", "Bandwidth by the rule of ArcGIS for this kernel", "m"),
			process.Number("standard_distance_m", "Standard distance", "m"), process.Number("median_distance_m", "Median distance from the mean centre", "m"),
			process.Number("resolution_m", "Cell", "m"), process.Whole("columns", "Columns"), process.Whole("rows", "Rows"),
			process.Number("integral", "Weight in the surface", ""), process.Number("integral_error", "Part by which that is not the sum of weights", ""),
			process.Number("beyond_share", "Share of it beyond the study area", ""), process.Number("scale_error", "Largest error of a distance, as a part of it", ""),
			process.Number("peak_per_km2", "Highest density", "/km2"), process.Number("peak_lon", "Longitude of it", "deg"), process.Number("peak_lat", "Latitude of it", "deg"),
		}, Description: "Null but for method kernel."},
	}}
}

func rateFields() []geo.Field {
	return []geo.Field{
		process.Number("per_km2", "Density", "/km2"),
		process.Number("per_km2_lower", "Lower end of its 95 % interval", "/km2"), process.Number("per_km2_upper", "Upper end of it", "/km2"),
		process.Number("per_km2_year", "Density by year", "/km2/a"),
		process.Number("per_km2_year_lower", "Lower end of its 95 % interval", "/km2/a"), process.Number("per_km2_year_upper", "Upper end of it", "/km2/a"),
	}
}

func cellFields() []geo.Field {
	return slices.Concat(rateFields(), []geo.Field{
		process.Whole("events", "Events"), process.Number("weight", "Sum of weights", ""), process.Number("inside_km2", "Area in the study area", "km2"),
		{Name: "cell", Title: "Cell", Kind: geo.KindString, Description: "Its whole-number coordinates about the centre: axial of hexagons, column and row of squares."},
	})
}

func surfaceFields() []geo.Field {
	return []geo.Field{
		process.Number("per_km2", "Density", "/km2"), process.Number("per_km2_year", "Density by year", "/km2/a"),
		process.Number("share", "Share of the surface in the study area that lies in it", ""), process.Number("area_km2", "Area", "km2"),
	}
}
