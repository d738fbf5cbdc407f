package quality

import (
	"slices"

	"bivouac/geo"
)

// Delay is how long after they began records were reported, in days.
type Delay struct {
	DelayFigure
	Unstated int // records without a time, or without one of reporting
	Negative int // reported before they began, which are in no figure
	Years    []DelayFigure
}

// DelayFigure is the delays of some records.
type DelayFigure struct {
	Year               int // in which they began; 0 of all
	Records            int
	Median, Quarter    float64 // NaN of none; Quarter is the 75th in 100
	Ninetieth, Longest float64
}

func delays(q *Query, rows []geo.Row) (*Delay, error) {
	if q.Reported == "" {
		return nil, nil
	}
	s := q.Layer.Schema()
	field := s.Field(q.Reported)
	if field < 0 || s.Fields[field].Kind != geo.KindTime {
		return nil, geo.Errorf(geo.Invalid, "reported", "%s has no field of times %q", s.Name, q.Reported)
	}
	d := &Delay{}
	years := map[int][]float64{}
	var all []float64
	for _, row := range rows {
		at, ok := started(row)
		v := row.Value(field)
		switch span := v.Time() - at; {
		case !ok || v.Null():
			d.Unstated++
		case span < 0:
			d.Negative++
		default:
			year := at.Std().Year()
			years[year], all = append(years[year], days(span)), append(all, days(span))
		}
	}
	d.DelayFigure = delayFigure(0, all)
	for year, list := range years {
		d.Years = append(d.Years, delayFigure(year, list))
	}
	slices.SortFunc(d.Years, func(a, b DelayFigure) int { return a.Year - b.Year })
	return d, nil
}

func delayFigure(year int, list []float64) DelayFigure {
	slices.Sort(list)
	return DelayFigure{year, len(list), quantile(list, 0.5), quantile(list, 0.75), quantile(list, 0.9), quantile(list, 1)}
}
