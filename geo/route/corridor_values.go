package route

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
)

// mostListed is how many records of a collection are drawn; all are counted.
const mostListed = 2000

// mostSteps is how many stretches a line may be cut into.
const mostSteps = 5000

// The periods.
const (
	byYear  = "year"
	byMonth = "month"
)

func moment(name, title string) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindTime}
}

func record(name, title string, fields ...geo.Field) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindRecord, Fields: fields}
}

func layerOf(name, title, what string, properties ...geo.Field) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindRecord, Fields: properties, Description: "A GeoJSON FeatureCollection: " + what + "."}
}

func outcomeFields() []geo.Field {
	return []geo.Field{process.Text("collection", "Collection"), process.Text("outcome", "Outcome"), process.Whole("records", "Records"), process.Whole("killed", "Killed"), process.Whole("injured", "Injured")}
}

func besideFields() []geo.Field {
	return []geo.Field{
		process.Number("distance_m", "From the line", "m"), process.Number("at_km", "Along the line", "km"), process.Text("collection", "Collection"), process.Whole("key", "Key"),
		moment("time", "Time"), process.Text("category", "Category"), process.Text("outcome", "Outcome"), process.Whole("killed", "Killed"), process.Whole("injured", "Injured"),
	}
}

func corridorValues(t *Track, all []Beside, in geo.Values) geo.Values {
	var collections, periods, features []geo.Value
	for i := range all {
		b := &all[i]
		collections = append(collections, b.summary(t))
		periods = append(periods, b.periods(in[periodInput].Text())...)
		features = append(features, b.features(len(features))...)
	}
	return geo.Values{
		"line":        geo.Record(geo.Values{"km": kilometres(t.Metres()), "radius_m": in[radiusInput]}),
		"collections": geo.List(collections...), "outcomes": outcomes(all), "periods": geo.List(periods...),
		"stretches": stretches(t, all, 1000*in[stepInput].Float()), "records": process.FeatureCollection(features),
	}
}

// kilometres rounds to a metre.
func kilometres(metres float64) geo.Value { return geo.Float(math.Round(metres) / 1000) }

// harm adds up what the records state; an unstated number counts as none.
func harm(found []Nearby, field string) geo.Value {
	total, some := 0.0, false
	for _, x := range found {
		if v := x.Row.Named(field); !v.Null() {
			total, some = total+v.Float(), true
		}
	}
	if !some {
		return geo.Value{}
	}
	return geo.Int(int64(total))
}

func (b *Beside) summary(t *Track) geo.Value {
	s := b.Layer.Schema()
	return geo.Record(geo.Values{
		"id": geo.String(s.Name), "title": geo.String(s.Title), "selected": geo.Int(int64(b.Selected)), "inside": geo.Int(int64(len(b.Found))),
		"per_km": geo.Float(float64(len(b.Found)) / t.Metres() * 1000), "killed": harm(b.Found, "killed"), "injured": harm(b.Found, "injured"),
	})
}

// outcomes counts records by what became of them, the most first.
func outcomes(all []Beside) geo.Value {
	var out []geo.Value
	for i := range all {
		s := all[i].Layer.Schema()
		if s.Field("outcome") < 0 {
			continue
		}
		by := map[string][]Nearby{}
		for _, x := range all[i].Found {
			code := x.Row.Named("outcome").Text()
			by[code] = append(by[code], x)
		}
		codes := make([]string, 0, len(by))
		for code := range by {
			codes = append(codes, code)
		}
		slices.SortFunc(codes, func(a, b string) int {
			return cmp.Or(len(by[b])-len(by[a]), cmp.Compare(a, b))
		})
		for _, code := range codes {
			out = append(out, geo.Record(geo.Values{
				"collection": geo.String(s.Name), "outcome": stated(code), "records": geo.Int(int64(len(by[code]))),
				"killed": harm(by[code], "killed"), "injured": harm(by[code], "injured"),
			}))
		}
	}
	return geo.List(out...)
}

// stated is null for what is not said.
func stated(text string) geo.Value {
	if text == "" {
		return geo.Value{}
	}
	return geo.String(text)
}

// periods counts records by when they began, empty periods between too.
func (b *Beside) periods(period string) (out []geo.Value) {
	n := map[int]int{}
	first, last := math.MaxInt, math.MinInt
	for _, x := range b.Found {
		if start := x.Row.Table().Valid(x.Row.Number()).Start; start.Kind == geo.At {
			at := periodOf(start.Time, period)
			n[at]++
			first, last = min(first, at), max(last, at)
		}
	}
	for at := first; at <= last; at++ {
		out = append(out, geo.Record(geo.Values{
			"collection": geo.String(b.Layer.Schema().Name), "period": geo.String(periodText(at, period)), "records": geo.Int(int64(n[at])),
		}))
	}
	return out
}

// periodOf numbers the years, or the months, from year 0 on.
func periodOf(t geo.Time, period string) int {
	year, month, _ := t.Std().Date()
	if period == byYear {
		return year
	}
	return 12*year + int(month) - 1
}

func periodText(at int, period string) string {
	if period == byYear {
		return fmt.Sprintf("%04d", at)
	}
	return fmt.Sprintf("%04d-%02d", at/12, at%12+1)
}

func (b *Beside) features(before int) (out []geo.Value) {
	name := b.Layer.Schema().Name
	for i, x := range b.Found[:min(mostListed, len(b.Found))] {
		when := geo.Value{}
		if start := x.Row.Table().Valid(x.Row.Number()).Start; start.Kind == geo.At {
			when = geo.TimeValue(start.Time)
		}
		out = append(out, process.Feature(before+i+1, x.Row.Geometry(), geo.Values{
			"distance_m": geo.Float(math.Round(10*x.Metres) / 10), "at_km": kilometres(x.Along), "collection": geo.String(name), "key": geo.Int(int64(x.Row.Key())),
			"time": when, "category": x.Row.Named("category"), "outcome": x.Row.Named("outcome"), "killed": x.Row.Named("killed"), "injured": x.Row.Named("injured"),
		}))
	}
	return out
}

// stretches cuts the line into steps and counts what comes nearest to each.
func stretches(t *Track, all []Beside, step float64) geo.Value {
	n := max(1, int(math.Ceil(t.Metres()/step-1e-9)))
	counts := make([]int, n)
	for i := range all {
		for _, x := range all[i].Found {
			if !math.IsNaN(x.Along) {
				counts[min(n-1, int(x.Along/step))]++
			}
		}
	}
	var features []geo.Value
	for i, records := range counts {
		from, to := float64(i)*step, min(float64(i+1)*step, t.Metres())
		for _, part := range t.Cut(from, to) {
			features = append(features, process.Feature(len(features)+1, part.Line, geo.Values{
				"per_km": geo.Float(float64(records) / (to - from) * 1000), "from_km": kilometres(from), "to_km": kilometres(to), "records": geo.Int(int64(records)),
			}))
		}
	}
	return process.FeatureCollection(features)
}
