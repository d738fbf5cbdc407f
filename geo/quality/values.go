package quality

import (
	"fmt"
	"math"
	"strings"

	"bivouac/geo"
)

// mostStrange is how many strange codes of a field are named.
const mostStrange = 5

func (r *Report) values() geo.Values {
	implausible := 0
	for _, f := range r.Findings {
		implausible += f.Records
	}
	return geo.Values{
		"summary": geo.Record(geo.Values{
			"records": integer(r.Selected), "pairs": integer(r.Duplicates.Total), "in_pairs": integer(r.Duplicates.Records), "compared": integer(r.Duplicates.Looked),
			"implausible": integer(implausible), "gaps": integer(len(r.Gaps)),
		}),
		"findings":   list(r.Findings, Finding.values),
		"duplicates": list(r.Duplicates.Pairs, Pair.values),
		"fields":     list(r.Fields, FieldMix.values),
		"precision":  r.mixes(),
		"delay":      r.Delay.values(),
		"gaps":       list(r.Gaps, Gap.values),
		"closures":   list(r.Closed, Closed.values),
	}
}

func list[T any](of []T, values func(T) geo.Values) geo.Value {
	out := make([]geo.Value, len(of))
	for i, v := range of {
		out[i] = geo.Record(values(v))
	}
	return geo.List(out...)
}

func integer(n int) geo.Value { return geo.Int(int64(n)) }

// number is null where there is none.
func number(x float64) geo.Value {
	if math.IsNaN(x) {
		return geo.Value{}
	}
	return geo.Float(x)
}

func (f Finding) values() geo.Values {
	keys := make([]geo.Value, len(f.Keys))
	for i, k := range f.Keys {
		keys[i] = geo.Int(int64(k))
	}
	return geo.Values{"check": geo.String(f.Check), "title": geo.String(f.Title), "records": integer(f.Records), "of": integer(f.Of), "keys": geo.List(keys...)}
}

func (p Pair) values() geo.Values {
	return geo.Values{
		"a": geo.Int(int64(p.A)), "b": geo.Int(int64(p.B)), "distance_m": geo.Float(p.Metres), "hours": geo.Float(24 * days(p.Apart)),
		"agree": integer(p.Agree), "compared": integer(p.Compared), "different": geo.String(strings.Join(p.Different, ", ")),
	}
}

func (m FieldMix) values() geo.Values {
	var strange []string
	for _, c := range m.Strange[:min(mostStrange, len(m.Strange))] {
		strange = append(strange, fmt.Sprintf("%s (%d)", c.Value, c.Records))
	}
	return geo.Values{
		"field": geo.String(m.Field.Name), "title": geo.String(m.Field.Title), "stated": integer(m.Stated), "missing": integer(m.Missing),
		"share_missing": number(float64(m.Missing) / float64(m.Stated+m.Missing)), "strange": integer(m.Others), "strange_codes": geo.String(strings.Join(strange, ", ")),
	}
}

func (r *Report) mixes() geo.Value {
	var out []geo.Value
	for _, m := range r.Mixes {
		for _, c := range m.Codes {
			code := geo.String(c.Value)
			if c.Value == "" {
				code = geo.Value{}
			}
			out = append(out, geo.Record(geo.Values{
				"field": geo.String(m.Field.Name), "code": code, "records": integer(c.Records), "share": number(float64(c.Records) / float64(r.Selected)),
			}))
		}
	}
	return geo.List(out...)
}

func (d *Delay) values() geo.Value {
	if d == nil {
		return geo.List()
	}
	out := []geo.Value{geo.Record(d.DelayFigure.values())}
	for _, y := range d.Years {
		out = append(out, geo.Record(y.values()))
	}
	return geo.List(out...)
}

func (f DelayFigure) values() geo.Values {
	v := geo.Values{"year": {}, "records": integer(f.Records), "median_d": number(f.Median), "p75_d": number(f.Quarter), "p90_d": number(f.Ninetieth), "longest_d": number(f.Longest)}
	if f.Year != 0 {
		v["year"] = integer(f.Year)
	}
	return v
}

func (g Gap) values() geo.Values {
	group := geo.String(g.Group)
	if g.Group == "" {
		group = geo.Value{}
	}
	return geo.Values{
		"group": group, "start": geo.TimeValue(g.Start), "end": geo.TimeValue(g.End), "days": geo.Float(days(g.End - g.Start)),
		"mean_days": geo.Float(g.MeanDays), "records": integer(g.Records), "p": geo.Float(g.P),
	}
}

func (c Closed) values() geo.Values {
	return geo.Values{
		"key": geo.Int(int64(c.Key)), "name": geo.String(c.Name), "closed": geo.TimeValue(c.At),
		"near_before": integer(c.NearBefore), "near_after": integer(c.NearAfter), "elsewhere_before": integer(c.ElsewhereBefore), "elsewhere_after": integer(c.ElsewhereAfter),
		"ratio": number(c.Ratio), "lower": number(c.Lower), "upper": number(c.Upper), "whole": geo.Bool(c.Whole),
	}
}
