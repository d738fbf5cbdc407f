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
	moment := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindTime} }
	keys := geo.Field{Name: "keys", Title: "Keys", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt}, Description: fmt.Sprintf("Of the first %d.", MaxKeys)}
	delay := []geo.Field{process.Whole("records", "Records"), process.Number("median_d", "Half within", "d"), process.Number("p75_d", "Three quarters within", "d"), process.Number("p90_d", "Nine tenths within", "d"), process.Number("longest_d", "Longest", "d")}
	return geo.Schema{Name: "quality", Fields: []geo.Field{
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Whole("records", "Records"), process.Whole("pairs", "Pairs that may be one event"), process.Whole("in_pairs", "Records in such a pair"), process.Whole("compared", "Records that could be compared"),
			process.Whole("implausible", "Findings of what cannot be right"), process.Whole("gaps", "Gaps in reporting"),
		}},
		process.Table("findings", "Cannot be right", "Every check that could be made, those without a finding too.",
			process.Text("check", "Check"), process.Text("title", "What is wrong"), process.Whole("records", "Records"), process.Whole("of", "Of those that could be checked"), keys),
		process.Table("duplicates", "Likely duplicates", "Pairs of records, the most alike first.",
			process.Whole("a", "One key"), process.Whole("b", "The other"), process.Number("distance_m", "Apart", "m"), process.Number("hours", "Apart", "h"),
			process.Whole("agree", "Fields that agree"), process.Whole("compared", "Fields that both state"), process.Text("different", "Fields that differ")),
		process.Table("fields", "What is stated", "By field.",
			process.Text("field", "Field"), process.Text("title", "Title"), process.Whole("stated", "Stated"), process.Whole("missing", "Missing"), process.Number("share_missing", "Share missing", ""),
			process.Whole("strange", "Outside the known codes"), process.Text("strange_codes", "Such codes")),
		process.Table("precision", "How well places and times are known", "By code.",
			process.Text("field", "Field"), process.Text("code", "Code"), process.Whole("records", "Records"), process.Number("share", "Share", "")),
		process.Table("delay", "Reporting delay", "By the year in which records began; the first row is of all.",
			append([]geo.Field{process.Whole("year", "Year")}, delay...)...),
		process.Table("gaps", "Gaps in reporting", "Stretches without a record that are longer than chance makes them at the rate before and after.",
			process.Text("group", "Group"), moment("start", "From"), moment("end", "To"), process.Number("days", "Days", "d"), process.Number("mean_days", "Mean days from record to record", "d"), process.Whole("records", "Records of the group"), process.Number("p", "p", "")),
		process.Table("closures", "Bases that closed", "Records near them before and after, against those elsewhere at the same times.",
			process.Whole("key", "Key"), process.Text("name", "Base"), moment("closed", "Closed"), process.Whole("near_before", "Near, before"), process.Whole("near_after", "Near, after"),
			process.Whole("elsewhere_before", "Elsewhere, before"), process.Whole("elsewhere_after", "Elsewhere, after"),
			process.Number("ratio", "Near against elsewhere", ""), process.Number("lower", "Lower end of its 95 % interval", ""), process.Number("upper", "Upper end of it", ""),
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
		Warnings: process.Plain(report.warnings(&q)...),
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
