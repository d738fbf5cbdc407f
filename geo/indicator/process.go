package indicator

import (
	"context"
	"fmt"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// Process is the indicator as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "indicator",
		Title: "Indicator",
		Description: "How many records, how much of a number, what share and at what rate, by period of the calendar and by group. " +
			"Each figure carries its denominator and a 95 % interval. A record counts in the period in which it began.",
		In:  inputs(),
		Out: outputs(),
		Run: run,
	}
}

func inputs() geo.Schema {
	return geo.Schema{Name: "indicator", Fields: append(process.SelectionFields("incidents"),
		geo.Field{Name: "period", Title: "Period", Kind: geo.KindString, Enum: PeriodNames(), Default: geo.String(string(Month)),
			Description: "Span of the calendar in UTC by which records are counted; a week begins on Monday. none: the total alone."},
		geo.Field{Name: sumInput, Title: "Sums", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString},
			Description: "Number fields to sum up, as a total and per record. killed+injured is both of a record together."},
		geo.Field{Name: "hits", Title: "Hits", Kind: geo.KindString, Role: geo.FilterRole,
			Description: "What is counted for the share: a filter in CQL2, as text or as a JSON object, such as outcome IN ('found', 'disarmed')."},
		geo.Field{Name: "groupby", Title: "Group by", Kind: geo.KindString,
			Description: "Field by whose values records are counted, too; or the hour or the weekday of a time in UTC, as hour(time) and weekday(time), 1 for Monday."},
	)}
}

func outputs() geo.Schema {
	at := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindTime} }
	return geo.Schema{Name: "indicator", Fields: []geo.Field{
		{Name: "total", Title: "Total", Kind: geo.KindRecord, Fields: figureFields()},
		{Name: "periods", Title: "Periods", Kind: geo.KindList,
			Description: "From the first to the last without a gap, cut to the asked time; empty where no period is asked for.",
			Items: &geo.Field{Kind: geo.KindRecord, Fields: append([]geo.Field{
				at("start", "Start"), at("end", "End, the first moment that is outside"),
			}, figureFields()...)}},
		{Name: "groups", Title: "Groups", Kind: geo.KindList, Description: "The largest first; empty where no group is asked for.",
			Items: &geo.Field{Kind: geo.KindRecord, Fields: append([]geo.Field{
				{Name: "value", Title: "Value", Kind: geo.KindString, Description: "What the field holds, as a number or a boolean where it holds those; null for records that state nothing."},
			}, figureFields()...)}},
	}}
}

func figureFields() []geo.Field {
	number := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindFloat} }
	return []geo.Field{
		{Name: "count", Title: "Records", Kind: geo.KindInt},
		{Name: "hits", Title: "Hits", Kind: geo.KindInt, Description: "Records for which hits is true."},
		{Name: "decided", Title: "Decided", Kind: geo.KindInt, Description: "Records for which hits is true or false: what the share is of."},
		number("share", "Share of hits among those decided; null where there are none"),
		number("share_lower", "Lower end of its 95 % interval"), number("share_upper", "Upper end of it"),
		{Name: "sums", Title: "Sums", Kind: geo.KindRecord, Description: "By field; null where no record states a number."},
		{Name: "nulls", Title: "Records that state no number", Kind: geo.KindRecord, Description: "By field. They are in no sum."},
		{Name: "rates", Title: "Rates", Kind: geo.KindRecord,
			Description: "By field: per_record, the sum per record that states a number, lower and upper, its 95 % interval, and of, how many state one."},
	}
}

func run(ctx context.Context, w process.World, in geo.Values, _ process.Progress) (process.Result, error) {
	q, err := queryOf(w, in)
	if err != nil {
		return process.Result{}, err
	}
	a, err := Compute(ctx, q)
	if err != nil {
		return process.Result{}, err
	}
	return process.Result{
		Output: a.values(&q),
		Method: "Wilson score interval (1927) of shares; Garwood's exact Poisson interval (1936) of rates, " +
			"scaled by the dispersion where one record adds several (Bohm and Zech 2014)",
		Selected: a.Selected, Used: a.Used, Dropped: a.Dropped,
		Warnings: a.warnings(&q),
		Layers:   []*layer.Layer{q.Layer},
	}, nil
}

func queryOf(w process.World, in geo.Values) (Query, error) {
	l, s, err := w.Selection(in)
	if err != nil {
		return Query{}, err
	}
	q := Query{Layer: l, Select: s, Period: Period(in["period"].Text()), GroupBy: in["groupby"].Text()}
	for _, name := range in[sumInput].List() {
		q.Sums = append(q.Sums, name.Text())
	}
	if v := in["hits"]; !v.Null() {
		q.Hits, err = process.Filter(l, "hits", v.Text())
	}
	return q, err
}

// warnings say what limits the figures.
func (a *Answer) warnings(q *Query) []string {
	var out []string
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if a.Used == 0 {
		warn("No record is counted: there are no shares and no rates.")
		return out
	}
	if a.Cut {
		warn("The asked time begins or ends within a %s: the first or the last one is shorter than the others.", q.Period)
	}
	if n := a.Total.Undecided; n > 0 {
		warn("%d of %d records do not state whether they are hits; the share is of the others.", n, a.Total.Count)
	}
	for i, name := range q.Sums {
		if n := a.Total.Count - a.Total.Sums[i].Stated; n > 0 {
			warn("%d of %d records do not state %s: they are in no sum of it, and its rates are per record that does.", n, a.Total.Count, name)
		}
		switch d := a.Dispersion[i]; {
		case d != d:
			warn("Some records state less than 0 for %s: its rates have no interval.", name)
		case d > 1:
			warn("One record may add several to %s at once, and these are not independent: the intervals of its rates are those of a Poisson count scaled by the dispersion %.3g (sum of squares over sum). They take the records to be independent of each other.", name, d)
		}
	}
	return out
}
