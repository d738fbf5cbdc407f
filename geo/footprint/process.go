package footprint

import (
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
)

const basesCollection = "bases"

// Process is the footprint as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "footprint",
		Title: "Footprint",
		Description: "What stands within a radius of bases: by collection, the population reached, what only one base reaches " +
			"(and would be lost if it closed), and what none reaches; the rings as shapes, their union, where they overlap, and the gaps " +
			"that they leave in an area. Inside is decided by the geodesic on WGS84, the rim included; a line or an area is inside " +
			"where its nearest point is.",
		In:  inputs(),
		Out: outputs(),
		Run: run,
	}
}

func run(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	choice, err := choiceOf(w, in)
	if err != nil {
		return process.Result{}, err
	}
	bases, dropped, err := Choose(ctx, choice)
	if err != nil {
		return process.Result{}, err
	}
	drawn, err := drawnPlaces(in["places"], choice.RadiusMetres)
	if err != nil {
		return process.Result{}, err
	}
	stored := len(bases)
	bases = append(bases, drawn...)
	layers, err := w.Collections(in, "collections", basesCollection)
	if err != nil {
		return process.Result{}, err
	}
	q := Query{Bases: bases, Layers: layers, Select: choice.Select}
	answer, err := Find(ctx, q, func(done, total int) { progress(done, total, lookingInto.With(layers[done].Schema().Name)) })
	if err != nil {
		return process.Result{}, err
	}
	rings, err := newRings(bases, in["within"].Geometry())
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Output:  answer.values(),
		Method:  "Geodesic buffer count and arrangement of geodesic discs on WGS84 (Karney 2013)",
		Dropped: dropped,
		Used:    stored,
		Layers:  append(slices.Clone(layers), choice.Layer),
	}
	if err := rings.into(r.Output); err != nil {
		return process.Result{}, err
	}
	answer.envelope(&r)
	r.Warnings = append(r.Warnings, process.Plain(rings.warnings()...)...)
	return r, nil
}

func choiceOf(w process.World, in geo.Values) (Choice, error) {
	l, err := w.Layer(basesCollection)
	if err != nil {
		return Choice{}, err
	}
	c := Choice{
		Layer: l, RadiusMetres: in["radius_m"].Float(),
		Select: geo.Selection{Reader: w.Reader, During: in["datetime"].Interval()},
	}
	if v := in["bases"]; !v.Null() {
		c.Keys = make([]geo.Key, 0, len(v.List()))
		for _, key := range v.List() {
			c.Keys = append(c.Keys, geo.Key(key.Int()))
		}
	}
	return c, nil
}

// envelope counts the records that were asked about, and says what the answer
// does not cover.
func (a *Answer) envelope(r *process.Result) {
	for _, n := range r.Dropped {
		r.Selected += n
	}
	r.Selected += r.Used
	unstated := 0
	for _, l := range a.Layers {
		r.Selected += l.Selected
		r.Used += l.Selected - l.Placeless
		if l.Placeless > 0 {
			r.Dropped["without a place"] += l.Placeless
		}
		if l.Population != nil {
			unstated += l.Population.Unstated
		}
	}
	if len(a.Bases) == 0 {
		r.Warnings = append(r.Warnings, noReach.With())
	}
	if n := r.Dropped[NoRadius]; n > 0 {
		r.Warnings = append(r.Warnings, radiusUnstated.With(n))
	}
	if unstated > 0 {
		r.Warnings = append(r.Warnings, peopleUnstated.With(unstated))
	}
}
