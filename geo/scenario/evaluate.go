package scenario

import (
	"context"
	"fmt"
	"math"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
	"bivouac/geo/stat"
)

// Tools are what evaluations share: memory of what was asked before, and what
// other analyses give.
type Tools struct {
	Cache  *network.Cache
	Worlds *Worlds
	Tables *Tables
}

// Footprint is the bases of one world as they were asked about, and what they
// are for.
type Footprint struct {
	Title    string
	Bases    []Station
	Places   []Demand
	Measures []Measure

	cache    *network.Cache
	places   *layer.Layer
	danger   *danger // nil without incidents
	menaces  []menace
	mined    bool // hazards are known
	assets   *layer.Layer
	which    string // the places, as text
	air      []flight
	helps    []help
	cost     cost      // of the changes of a scenario
	paid     []payment // by change
	treated  bool      // the medical factor is known
	further  string
	better   string
	selected int
	dropped  map[string]int
	layers   []*layer.Layer
	docs     []geo.Doc
	methods  []string                 // of vehicles
	medicine string                   // method of the medical factor
	rates    string                   // method of the rates of supply roads
	sure     map[string]stat.Interval // of measures, by name
	warnings []process.Warning
}

func (f *Footprint) warn(s geo.Sentence, values ...any) { f.pass(s.With(values...)) }

// pass says a warning, once.
func (f *Footprint) pass(w process.Warning) {
	if !process.Warns(f.warnings, w.Text) {
		f.warnings = append(f.warnings, w)
	}
}

// Evaluate puts numbers to the bases of the world.
func (k *Tools) Evaluate(ctx context.Context, w process.World, in geo.Values) (*Footprint, error) {
	f := &Footprint{cache: k.Cache, dropped: map[string]int{}, sure: map[string]stat.Interval{}, further: in[furtherInput].Text(), better: in[betterInput].Text()}
	if err := f.stations(ctx, w, in); err != nil {
		return nil, err
	}
	if err := f.demand(ctx, w, in); err != nil {
		return nil, err
	}
	patrol, q, err := travelOf(ctx, k.Cache, w, in, in[roads.ProfileInput].Text())
	if err != nil {
		return nil, err
	}
	supply, qs, err := travelOf(ctx, k.Cache, w, in, in[supplyProfileInput].Text())
	if err != nil {
		return nil, err
	}
	f.take(q, patrol)
	f.take(qs, supply)
	if f.place(patrol, supply, in[snapInput].Float()); patrol == nil {
		f.warn(noRoads)
	}
	if err := f.parts(ctx, k, w, in, patrol, supply); err != nil {
		return nil, err
	}
	f.caveats()
	f.measures()
	return f, nil
}

// take notes what the roads were asked under.
func (f *Footprint) take(q *roads.Question, t *network.Travel) {
	f.layers = append(f.layers, q.Layers...)
	f.docs = append(f.docs, q.Docs...)
	for _, said := range q.Warnings {
		f.pass(said)
	}
	if t != nil {
		f.methods = append(f.methods, fmt.Sprintf("a %s in %s (%s)", q.Conditions.Profile.Title, q.Month(), q.Conditions.Profile.Source))
	}
}

func (f *Footprint) parts(ctx context.Context, k *Tools, w process.World, in geo.Values, patrol, supply *network.Travel) error {
	if err := f.roadTimes(ctx, k.Tables, patrol, in); err != nil {
		return err
	}
	f.patrols()
	if err := f.flights(ctx, w, in); err != nil {
		return err
	}
	if err := f.readDanger(ctx, w, in); err != nil {
		return err
	}
	if err := f.near(ctx, in[nearInput].Float()); err != nil {
		return err
	}
	if err := f.supplied(ctx, k.Tables, w, in, supply); err != nil {
		return err
	}
	if err := f.menaced(ctx, w, in); err != nil {
		return err
	}
	if err := f.forces(ctx, w, patrol, in); err != nil {
		return err
	}
	return f.surgery(ctx, k.Tables, w, in)
}

// caveats say what limits the answer.
func (f *Footprint) caveats() {
	off, lost, unstated, unpriced := 0, 0, 0, 0
	for i := range f.Bases {
		b := &f.Bases[i]
		if !b.on {
			off++
		}
		if !b.support.known {
			lost++
		}
		if math.IsNaN(b.People) {
			unstated++
		}
		if math.IsNaN(b.YearlyCost) {
			unpriced++
		}
	}
	n := len(f.Bases)
	switch {
	case n == 0:
		f.warn(noBase)
		return
	case off > 0:
		f.warn(offRoads, off, n)
	}
	if lost > 0 {
		f.warn(noSupply, lost, n)
	}
	if unstated > 0 {
		f.warn(peopleUnstated, unstated, n)
	}
	if unpriced > 0 {
		f.warn(yearUnstated, unpriced, n)
	}
	f.warn(onlyReported)
	if n := f.dropped[notOpen]; n > 0 {
		f.warn(basesNotOpen, n)
	}
}
