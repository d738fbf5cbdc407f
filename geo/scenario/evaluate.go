package scenario

import (
	"context"
	"fmt"
	"math"
	"slices"

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
	cost     cost
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
	warnings []string
}

func (f *Footprint) warn(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(f.warnings, text) {
		f.warnings = append(f.warnings, text)
	}
}

// cost is what the changes of a scenario cost once.
type cost struct{ closing, opening, lead float64 }

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
		f.warn("There are no roads here: nothing is known of ways by road.")
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
	for _, text := range q.Warnings {
		f.warn("%s", text)
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
	if err := f.supply(ctx, k.Tables, supply, in); err != nil {
		return err
	}
	if err := f.onSupply(ctx, k.Tables, w, in); err != nil {
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
	off, lost, unstated := 0, 0, 0
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
	}
	n := len(f.Bases)
	switch {
	case n == 0:
		f.warn("No base is open here that was asked about: nobody is reached by anybody.")
		return
	case off > 0:
		f.warn("%d of %d bases are on no road, and reach nobody by road.", off, n)
	}
	if lost > 0 {
		f.warn("%d of %d bases have no known way of supply: their rows say why.", lost, n)
	}
	if unstated > 0 {
		f.warn("%d of %d bases state no people: they weigh nothing in means over people.", unstated, n)
	}
	f.warn("Incidents are those that were reported. Where a base closed, fewer are: a lower number there need not be less danger.")
	if n := f.dropped[notOpen]; n > 0 {
		f.warn("%d of the bases that were asked about are not open: what is reported about their surroundings counts at none, and may be less than what happens there.", n)
	}
}
