package density

import (
	"cmp"
	"fmt"
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
)

// features are the cells, densest first.
func (a *asked) features(c *Cells) ([]geo.Value, error) {
	var drawn []int
	for i, n := range c.Counts {
		if n > 0 || a.in[EmptyInput].Bool() {
			drawn = append(drawn, i)
		}
	}
	if len(drawn) > mostDrawn {
		return nil, geo.Errorf(geo.TooLarge, "cell_m", "%d cells are more than the %d that are drawn; take wider cells", len(drawn), mostDrawn)
	}
	slices.SortStableFunc(drawn, func(i, j int) int {
		return cmp.Compare(c.Sums[j]/c.Cover.Inside[j], c.Sums[i]/c.Cover.Inside[i])
	})
	out := make([]geo.Value, len(drawn))
	for k, i := range drawn {
		km2 := c.Cover.Inside[i] / 1e6
		v := a.rates(c, c.Sums[i], km2)
		v["events"], v["weight"] = geo.Int(int64(c.Counts[i])), geo.Float(c.Sums[i])
		v["inside_km2"] = geo.Float(km2)
		v["cell"] = geo.String(fmt.Sprintf("%d,%d", c.Cover.Cells[i].Q, c.Cover.Cells[i].R))
		out[k] = process.Feature(k+1, c.Cover.Grid.Shape(c.Cover.Cells[i]), v)
	}
	return out, nil
}

// rates are those of a sum in so many square kilometres; by year, null where
// there is no period.
func (a *asked) rates(c *Cells, sum, km2 float64) geo.Values {
	v := geo.Values{"per_km2_year": {}, "per_km2_year_lower": {}, "per_km2_year_upper": {}}
	put := func(name string, r Rate) {
		v[name], v[name+"_lower"], v[name+"_upper"] = geo.Float(r.Value), geo.Float(r.Lower), geo.Float(r.Upper)
	}
	put("per_km2", c.Per(sum, km2))
	if a.dated {
		put("per_km2_year", c.Per(sum, km2*a.period.Years()))
	}
	return v
}

func (a *asked) total(c *Cells, km2 float64) geo.Value {
	v := a.rates(c, a.pattern.Total(), km2)
	a.put(v, km2)
	return geo.Record(v)
}

func (a *asked) put(v geo.Values, km2 float64) {
	v["events"], v["weight"], v["area_km2"] = geo.Int(int64(a.pattern.Len())), geo.Float(a.pattern.Total()), geo.Float(km2)
	v["years"], v["from"], v["to"], v["period"] = geo.Value{}, geo.Value{}, geo.Value{}, geo.Value{}
	if !a.dated {
		return
	}
	v["years"], v["from"], v["to"] = geo.Float(a.period.Years()), geo.TimeValue(a.period.From), geo.TimeValue(a.period.To)
	v["period"] = geo.String("asked")
	if a.period.Observed {
		v["period"] = geo.String("observed")
	}
}

func gridValue(c *Cells) geo.Value {
	v, occupied := c.Cover.Values(), 0
	for _, n := range c.Counts {
		if n > 0 {
			occupied++
		}
	}
	v["occupied"] = geo.Int(int64(occupied))
	return geo.Record(v)
}
