// Package footprint answers what stands inside the reach of bases: what is
// within a radius of any of them, of only one, and of none.
//
// A record is inside where the nearest point of its shape lies within the
// radius of a base, the rim included, by the geodesic on WGS84; it is not
// decided by a drawn outline. What only one base reaches is what closing that
// base would lose.
package footprint

import (
	"context"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Base is a place with a reach.
type Base struct {
	Key          geo.Key // 0 for a place that is not a base yet
	Name         string
	Place        orb.Geometry
	RadiusMetres float64
}

// PopulationField is the field that is summed up where a collection has it.
const PopulationField = "population"

// Query asks what stands inside.
type Query struct {
	Bases  []Base
	Layers []*layer.Layer
	Select geo.Selection // of the records asked about; After and Limit apart
}

// Answer is what stands inside, in the order of the Query.
type Answer struct {
	Bases  []BaseSum
	Layers []LayerSum
}

// BaseSum is what one base reaches.
type BaseSum struct {
	Base
	Inside, Only                     int     // records, and those that no other base reaches
	PopulationInside, PopulationOnly float64 // of those records
}

// LayerSum is what all bases reach of one collection. Inside + None +
// Placeless = Selected.
type LayerSum struct {
	Layer      *layer.Layer
	Selected   int
	Placeless  int // selected records without a place
	Inside     int
	OnlyOne    int // of Inside: reached by one base alone
	None       int
	Population *Population // nil where the collection has no such field
}

// Population is sums over records with a place that state a population.
type Population struct {
	Total, Inside, OnlyOne float64
	Unstated               int // records with a place that state none
}

// None returns the population that no base reaches.
func (p *Population) None() float64 { return p.Total - p.Inside }

// Find answers the query. It takes time with the number of records inside;
// progress is told layer by layer. The error is ctx's, or a bad Selection's.
func Find(ctx context.Context, q Query, progress func(done, total int)) (Answer, error) {
	a := Answer{Bases: make([]BaseSum, len(q.Bases))}
	for i, b := range q.Bases {
		a.Bases[i].Base = b
	}
	for i, l := range q.Layers {
		progress(i, len(q.Layers))
		sum, err := a.layer(ctx, l, q.Select)
		if err != nil {
			return Answer{}, err
		}
		a.Layers = append(a.Layers, sum)
	}
	return a, nil
}

// reach is how many bases reach a record, and the last of them.
type reach struct {
	bases int
	last  int
}

func (a *Answer) layer(ctx context.Context, l *layer.Layer, s geo.Selection) (LayerSum, error) {
	sum := LayerSum{Layer: l}
	population := populationOf(l)
	var err error
	if sum.Selected, err = l.Count(ctx, s); err != nil {
		return sum, err
	}
	placed, err := l.CountPlaced(ctx, s)
	if err != nil {
		return sum, err
	}
	reached, err := a.reached(ctx, l, s, population)
	if err != nil {
		return sum, err
	}
	sum.Placeless, sum.Inside, sum.None = sum.Selected-placed, len(reached), placed-len(reached)
	if population >= 0 {
		if sum.Population, err = total(ctx, l, s, population); err != nil {
			return sum, err
		}
	}
	for row, r := range reached {
		people, _ := number(row, population)
		if sum.Population != nil {
			sum.Population.Inside += people
		}
		if r.bases > 1 {
			continue
		}
		sum.OnlyOne++
		a.Bases[r.last].Only++
		a.Bases[r.last].PopulationOnly += people
		if sum.Population != nil {
			sum.Population.OnlyOne += people
		}
	}
	return sum, nil
}

// reached asks each base in turn.
func (a *Answer) reached(ctx context.Context, l *layer.Layer, s geo.Selection, population int) (map[geo.Row]reach, error) {
	reached := map[geo.Row]reach{}
	for i := range a.Bases {
		b := &a.Bases[i]
		rows, failed := l.Within(ctx, b.Place, b.RadiusMetres, s)
		for row := range rows {
			reached[row] = reach{reached[row].bases + 1, i}
			people, _ := number(row, population)
			b.Inside++
			b.PopulationInside += people
		}
		if err := failed(); err != nil {
			return nil, err
		}
	}
	return reached, nil
}

func populationOf(l *layer.Layer) int {
	i := l.Schema().Field(PopulationField)
	if i >= 0 && (l.Schema().Fields[i].Kind == geo.KindInt || l.Schema().Fields[i].Kind == geo.KindFloat) {
		return i
	}
	return -1
}

func number(row geo.Row, field int) (float64, bool) {
	if field < 0 {
		return 0, false
	}
	c := row.Table().Column(field)
	return c.Number(row.Number())
}

func total(ctx context.Context, l *layer.Layer, s geo.Selection, field int) (*Population, error) {
	if s.Box.Everything() {
		s.Box = geo.World // those without a place stand in no sum
	}
	p := &Population{}
	rows, failed := l.Select(ctx, s)
	for row := range rows {
		people, ok := number(row, field)
		if !ok {
			p.Unstated++
		}
		p.Total += people
	}
	return p, failed()
}
