package quality

import (
	"context"
	"fmt"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// Process is the report on quality as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "quality",
		Title: "Quality",
		Description: "How far records can be trusted: likely duplicates, missing and implausible values, how well places and times are known, " +
			"how late they are reported, where reporting stopped, and how it fell where a base closed. A finding is no proof; it names the records to look at.",
		In:  inputs(),
		Out: outputs(),
		Run: run,
	}
}

func inputs() geo.Schema {
	nothing, one, far := 0.0, 1.0, 100_000.0
	return geo.Schema{Name: "quality", Fields: append(process.SelectionFields("incidents"),
		geo.Field{Name: "near_m", Title: "Duplicates within", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &far, Default: geo.Float(1000),
			Description: "How far apart two entries of one event may stand, the rim included."},
		geo.Field{Name: "near_hours", Title: "Duplicates within", Unit: "h", Kind: geo.KindFloat, Least: &nothing, Default: geo.Float(24),
			Description: "How long after one another two entries of one event may begin."},
		geo.Field{Name: "agreement", Title: "Agreement", Kind: geo.KindFloat, Least: &nothing, Greatest: &one, Default: geo.Float(0.75),
			Description: "Least share of the fields stated in both, such as category, device, outcome, killed, in which two entries agree."},
		geo.Field{Name: "reported", Title: "Reported", Kind: geo.KindString,
			Description: "Field of times that says when a record was reported; without it, reported where the records have it."},
		geo.Field{Name: "groupby", Title: "Gaps by", Kind: geo.KindString,
			Description: "Text field by whose values gaps in reporting are looked for, such as mission or sector; without it, in all records together."},
		geo.Field{Name: "now", Title: "Present", Kind: geo.KindTime,
			Description: "What began later has not happened yet; without it, when the records last changed."},
		geo.Field{Name: "closure_km", Title: "Near a base", Unit: "km", Kind: geo.KindFloat, Least: &nothing, Default: geo.Float(50),
			Description: "How near a base that closed records are compared before and after."},
		geo.Field{Name: "closure_days", Title: "Before and after", Unit: "d", Kind: geo.KindFloat, Least: &one, Default: geo.Float(180),
			Description: "How many days before and after it closed are compared."},
	)}
}

func outputs() geo.Schema {
	count := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindInt} }
	text := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindString} }
	number := func(name, title, unit string) geo.Field {
		return geo.Field{Name: name, Title: title, Unit: unit, Kind: geo.KindFloat}
	}
	moment := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindTime} }
	keys := geo.Field{Name: "keys", Title: "Keys", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt}, Description: fmt.Sprintf("Of the first %d.", MaxKeys)}
	table := func(name, title, description string, fields ...geo.Field) geo.Field {
		return geo.Field{Name: name, Title: title, Description: description, Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: fields}}
	}
	delay := []geo.Field{count("records", "Records"), number("median_d", "Half within", "d"), number("p75_d", "Three quarters within", "d"), number("p90_d", "Nine tenths within", "d"), number("longest_d", "Longest", "d")}
	return geo.Schema{Name: "quality", Fields: []geo.Field{
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: []geo.Field{
			count("records", "Records"), count("pairs", "Pairs that may be one event"), count("in_pairs", "Records in such a pair"), count("compared", "Records that could be compared"),
			count("implausible", "Findings of what cannot be right"), count("gaps", "Gaps in reporting"),
		}},
		table("findings", "Cannot be right", "Every check that could be made, those without a finding too.",
			text("check", "Check"), text("title", "What is wrong"), count("records", "Records"), count("of", "Of those that could be checked"), keys),
		table("duplicates", "Likely duplicates", "Pairs of records, the most alike first.",
			count("a", "One key"), count("b", "The other"), number("distance_m", "Apart", "m"), number("hours", "Apart", "h"),
			count("agree", "Fields that agree"), count("compared", "Fields that both state"), text("different", "Fields that differ")),
		table("fields", "What is stated", "By field.",
			text("field", "Field"), text("title", "Title"), count("stated", "Stated"), count("missing", "Missing"), number("share_missing", "Share missing", ""),
			count("strange", "Outside the known codes"), text("strange_codes", "Such codes")),
		table("precision", "How well places and times are known", "By code.",
			text("field", "Field"), text("code", "Code"), count("records", "Records"), number("share", "Share", "")),
		table("delay", "Reporting delay", "By the year in which records began; the first row is of all.",
			append([]geo.Field{count("year", "Year")}, delay...)...),
		table("gaps", "Gaps in reporting", "Stretches without a record that are longer than chance makes them at the rate before and after.",
			text("group", "Group"), moment("start", "From"), moment("end", "To"), number("days", "Days", "d"), number("mean_days", "Mean days from record to record", "d"), count("records", "Records of the group"), number("p", "p", "")),
		table("closures", "Bases that closed", "Records near them before and after, against those elsewhere at the same times.",
			count("key", "Key"), text("name", "Base"), moment("closed", "Closed"), count("near_before", "Near, before"), count("near_after", "Near, after"),
			count("elsewhere_before", "Elsewhere, before"), count("elsewhere_after", "Elsewhere, after"),
			number("ratio", "Near against elsewhere", ""), number("lower", "Lower end of its 95 % interval", ""), number("upper", "Upper end of it", ""),
			geo.Field{Name: "whole", Title: "The records cover both spans", Kind: geo.KindBool}),
	}}
}

func run(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	q, err := queryOf(w, in)
	if err != nil {
		return process.Result{}, err
	}
	report, err := Compute(ctx, q, progress)
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Output:   report.values(),
		Method:   "Rules and pairwise comparison; the F distribution of one interval against its neighbours; Woolf (1955) for the interval of a ratio of ratios",
		Selected: report.Selected, Used: report.Selected, Dropped: map[string]int{},
		Warnings: report.warnings(&q),
		Layers:   []*layer.Layer{q.Layer},
	}
	for _, l := range []*layer.Layer{q.Closures.Bases, q.Areas} {
		if l != nil {
			r.Layers = append(r.Layers, l)
		}
	}
	return r, nil
}

func queryOf(w process.World, in geo.Values) (Query, error) {
	l, s, err := w.Selection(in)
	if err != nil {
		return Query{}, err
	}
	q := Query{
		Layer: l, Select: s, Now: in["now"].Time(), GroupBy: in["groupby"].Text(), Reported: in["reported"].Text(),
		Near:     Nearness{Metres: in["near_m"].Float(), Span: geo.Time(in["near_hours"].Float() * float64(geo.Day) / 24), Agreement: in["agreement"].Float()},
		Closures: Closures{Metres: in["closure_km"].Float() * 1000, Span: geo.Time(in["closure_days"].Float() * float64(geo.Day))},
	}
	if in["now"].Null() {
		q.Now = w.Changed(w.Reader, l).At
	}
	if q.Reported == "" && l.Schema().Field("reported") >= 0 && l.Schema().Fields[l.Schema().Field("reported")].Kind == geo.KindTime {
		q.Reported = "reported"
	}
	// A world of imported files may lack both.
	if bases, err := w.Layer("bases"); err == nil && l.Schema().Name != "bases" {
		q.Closures.Bases = bases
	}
	if areas, err := w.Layer("areas"); err == nil && l.Schema().Name != "areas" {
		q.Areas = areas
	}
	return q, nil
}

func (r *Report) warnings(q *Query) (out []string) {
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if r.Selected == 0 {
		warn("No record is selected: widen the area, the time or the filter.")
		return out
	}
	warn("Closing a base lowers reporting near it: fewer records there afterwards are not by themselves fewer incidents.")
	if n := r.Selected - r.Duplicates.Looked; n > 0 {
		warn("%d of %d records were not compared for duplicates: they have no single point or no time, are marked as duplicates, or stand at the centre of a province or more.", n, r.Selected)
	}
	if r.Duplicates.Total > len(r.Duplicates.Pairs) {
		warn("%d pairs may be one event; the %d most alike are listed.", r.Duplicates.Total, len(r.Duplicates.Pairs))
	}
	if len(r.Gaps) > 0 {
		warn("A gap is told against the rate before and after it: a true lull, or incidents that come in bursts, look alike.")
	}
	if d := r.Delay; d != nil && d.Unstated > 0 {
		warn("%d of %d records do not state when they began or were reported, and are in no delay.", d.Unstated, r.Selected)
	}
	if q.Reported == "" {
		warn("The records have no field that says when they were reported.")
	}
	return out
}
