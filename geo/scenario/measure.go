package scenario

import (
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/stat"
)

const (
	more = "more"
	less = "less"
)

// How is how a number is made of rows.
type How string

// The ways of making a number.
const (
	Sum      How = "sum"      // of a field over the rows
	Count    How = "count"    // of the rows
	Mean     How = "mean"     // of a field over the rows that state it, by their people
	Share    How = "share"    // of the people of all rows, who is in these
	Greatest How = "greatest" // value of a field among the rows; 0 for none
)

// Measure is one number of a footprint, and what it is made of.
type Measure struct {
	Name, Title, Unit string // Name is for ever; the page translates by it
	Factor            Factor
	Better            string        // more or less; "" where neither is better
	Scored            bool          // counts into its factor
	Value             float64       // NaN for not known
	Sure              stat.Interval // of what is counted of chance events; NaN for others
	Layer, Where      string        // the rows behind it: of the output Layer, those for which Where is true, in CQL2
	How               How
	Of                string // field of the rows; "" for Count and Share
	Inputs            string // the parameters that it hangs on
}

// measures reckons all numbers of the footprint together.
func (f *Footprint) measures() {
	f.Measures = slices.Concat(f.priorityMeasures(), f.threatMeasures(), f.supportMeasures(), f.medicalMeasures(), f.operationMeasures(), f.furtherMeasures())
	for i := range f.Measures {
		m := &f.Measures[i]
		var known bool
		if m.Sure, known = f.sure[m.Name]; !known || math.IsNaN(m.Value) {
			m.Sure = stat.Interval{Lower: math.NaN(), Upper: math.NaN()}
		}
	}
}

// peopleOf adds the people of the places that pass.
func (f *Footprint) peopleOf(pass func(*Demand) bool) float64 {
	sum := 0.0
	for i := range f.Places {
		if pass(&f.Places[i]) {
			sum += known(f.Places[i].People)
		}
	}
	return sum
}

// overBases is the mean of a number over the bases, by their people; NaN where
// nobody is at a base that states it.
func (f *Footprint) overBases(number func(*Station) float64) float64 {
	sum, people := 0.0, 0.0
	for i := range f.Bases {
		b := &f.Bases[i]
		if v, n := number(b), known(b.People); !math.IsNaN(v) && v < network.Closed && n > 0 {
			sum, people = sum+v*n, people+n
		}
	}
	return sum / people // NaN where there is nobody
}

// staff is the share of the people at bases who are at one that passes: a share,
// so that a footprint is not better for being smaller. NaN where there is nobody.
func (f *Footprint) staff(pass func(*Station) bool) float64 {
	return f.overBases(func(b *Station) float64 {
		if pass(b) {
			return 1
		}
		return 0
	})
}

func (f *Footprint) total(number func(*Station) float64) float64 {
	sum := 0.0
	for i := range f.Bases {
		sum += known(number(&f.Bases[i]))
	}
	return sum
}

// bases is how many pass.
func (f *Footprint) bases(pass func(*Station) bool) float64 {
	n := 0
	for i := range f.Bases {
		if pass(&f.Bases[i]) {
			n++
		}
	}
	return float64(n)
}

func measureFields() []geo.Field {
	return []geo.Field{
		{Name: "factor", Title: "Factor", Kind: geo.KindString, Enum: factorCodes()}, process.Text("measure", "Measure"), process.Text("title", "Number"), process.Number("value", "Value", ""),
		process.Number("lower", "At least", ""), process.Number("upper", "At most", ""), process.Text("unit", "Unit"),
		{Name: "better", Title: "Better is", Kind: geo.KindString, Enum: []string{more, less}}, process.Flag("scored", "Counts into its factor"), process.Text("layer", "Comes from the rows of"), process.Text("where", "For which is true"),
		{Name: "how", Title: "How it is made of them", Kind: geo.KindString, Enum: []string{string(Sum), string(Count), string(Mean), string(Share), string(Greatest)}, Description: "sum, mean by people, or greatest value of a field; count of the rows; share of the people of all rows who are in these."},
		process.Text("of", "Of the field"), process.Text("inputs", "Hangs on the parameters"),
	}
}

func (m *Measure) values() geo.Values {
	return geo.Values{
		"factor": geo.String(string(m.Factor)), "measure": geo.String(m.Name), "title": geo.String(m.Title), "value": geo.Float(m.Value), "lower": geo.Float(m.Sure.Lower), "upper": geo.Float(m.Sure.Upper),
		"unit": textOr(m.Unit), "better": textOr(m.Better), "scored": geo.Bool(m.Scored), "layer": textOr(m.Layer), "where": textOr(m.Where), "how": geo.String(string(m.How)), "of": textOr(m.Of), "inputs": textOr(m.Inputs),
	}
}

func (f *Footprint) measuresValue() geo.Value {
	rows := make([]geo.Value, len(f.Measures))
	for i := range f.Measures {
		rows[i] = geo.Record(f.Measures[i].values())
	}
	return geo.List(rows...)
}
