package siting

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

const basesCollection = "bases"

// Most that a search takes: beyond, it would run for hours and its table would
// not fit.
const (
	mostSites = 2_000
	mostPairs = 4_000_000
)

// place is a site or a demand on the earth.
type place struct {
	key  geo.Key // 0 for a point that was drawn
	name string
	at   orb.Point
}

// title is what a sentence calls it.
func (p *place) title() string {
	if p.name == "" {
		return "a record without a name"
	}
	return p.name
}

// site is where there is a base, or may be one.
type site struct {
	place
	base     bool // stands already
	planned  bool // is a record of bases that does not stand
	has      bool // already has the thing that is placed
	keep     bool
	barred   string // why it must not be chosen
	price    float64
	room     float64 // capacity
	surgery  bool
	exposure float64
}

// demand is a place that is to be served.
type demand struct {
	place
	weight   float64
	priority bool // must have surgery in time
}

// survey is what a question is about, read from a world.
type survey struct {
	w         process.World
	in        geo.Values
	sites     []site
	area      orb.MultiPolygon // of the mission that is asked about; nil where none is, or where it is not known
	elsewhere []site           // of things that stand at no base
	demand    []demand
	layers    []*layer.Layer
	notes     []process.Warning
	cost      [][]float64        // by demand, by site: kilometres or minutes
	stands    func(geo.Row) bool // whether a base counts for surgery; nil without bases
	care      *care              // nil where surgery in time is not asked for

	selected int
	dropped  map[string]int
	docs     []geo.Doc
}

func (s *survey) warn(said geo.Sentence, values ...any) {
	s.notes = append(s.notes, said.With(values...))
}

func readSurvey(ctx context.Context, w process.World, in geo.Values) (*survey, error) {
	s := &survey{w: w, in: in, dropped: map[string]int{}}
	for _, step := range []func(context.Context) error{s.readArea, s.readBases, s.readCandidates, s.readOutfit, s.outfit, s.check, s.readDemand, s.readThreat} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func keySet(v geo.Value) map[geo.Key]bool {
	out := map[geo.Key]bool{}
	for _, k := range v.List() {
		out[geo.Key(k.Int())] = true
	}
	return out
}

// baseReader decides which bases may be sites.
type baseReader struct {
	s                    *survey
	wanted, keep, barred map[geo.Key]bool
	match                map[geo.Key]bool // the bases for which the filter is true; nil is all
	price, room          process.Numbers
	things               things
	seen                 map[geo.Key]bool
}

func (s *survey) readBases(ctx context.Context) error {
	l, err := s.w.Layer(basesCollection)
	if err != nil {
		if len(s.in[candidatesInput].List()) > 0 || !s.in[fromInput].Null() {
			return nil
		}
		return geo.Errorf(geo.Conflict, basesInput, "there is no collection of bases here; give candidates")
	}
	s.layers = append(s.layers, l)
	b := &baseReader{s: s, wanted: keySet(s.in[basesInput]), keep: keySet(s.in[keepInput]), barred: keySet(s.in[closeInput]), seen: map[geo.Key]bool{}}
	if err := b.fields(ctx, l); err != nil {
		return err
	}
	if s.placing() {
		if b.things, err = s.readThings(ctx); err != nil {
			return err
		}
		for _, p := range b.things.off {
			s.elsewhere = append(s.elsewhere, site{place: p, has: true})
		}
	}
	rows, failed := l.Select(ctx, geo.Selection{Reader: s.w.Reader})
	for row := range rows {
		b.take(row)
	}
	s.stands = b.stands()
	if err := failed(); err != nil {
		return err
	}
	return b.missing()
}

func (b *baseReader) fields(ctx context.Context, l *layer.Layer) (err error) {
	in, schema := b.s.in, l.Schema()
	if v := in[basesFilter]; !v.Null() {
		if b.match, err = b.s.matching(ctx, l, geo.Selection{}, basesFilter); err != nil {
			return err
		}
	}
	if name := in[priceInput].Text(); name != "" && (schema.Field(name) >= 0 || b.s.priced()) {
		if b.price, err = process.NumberFields(schema, priceInput, name); err != nil {
			return err
		}
	}
	if name := in[capacityInput].Text(); name != "" {
		b.room, err = process.NumberFields(schema, capacityInput, name)
	}
	return err
}

// matching are the records of a selection for which the filter of an input is
// true.
func (s *survey) matching(ctx context.Context, l *layer.Layer, q geo.Selection, input string) (map[geo.Key]bool, error) {
	p, err := process.Filter(l, input, s.in[input].Text())
	if err != nil {
		return nil, err
	}
	q.Reader, q.Match = s.w.Reader, filter.And(q.Match, p)
	out := map[geo.Key]bool{}
	rows, failed := l.Select(ctx, q)
	for row := range rows {
		out[row.Key()] = true
	}
	return out, failed()
}

// priced reports whether prices matter to the question.
func (s *survey) priced() bool { return !s.in[budgetInput].Null() }

func (b *baseReader) take(row geo.Row) {
	key, status := row.Key(), row.Named("status").Text()
	named := b.wanted[key] || b.keep[key]
	b.seen[key] = true
	standing := process.OpenStatus(status)
	switch {
	case b.s.foreign(row) && !named, b.s.placing() && !standing, !named && len(b.wanted) > 0, !named && b.match != nil && !b.match[key], !named && !standing && status != "planned":
		return
	}
	at, ok := row.Point()
	if !ok {
		return
	}
	x := site{place: place{key, row.Named("name").Text(), at}, base: standing, planned: !standing, keep: b.keep[key], price: math.NaN(), room: math.Inf(1)}
	x.has = b.s.placing() && b.things.at(row)
	if b.barred[key] {
		x.barred = closeInput
	}
	if b.price != nil {
		x.price = process.Sum(b.price.Columns(row.Table()), row.Number())
	}
	if b.room != nil {
		x.room = process.Sum(b.room.Columns(row.Table()), row.Number())
	}
	b.s.sites = append(b.s.sites, x)
}

// stands tells which bases count for surgery: those that may be sites or, where
// a thing is placed and no base closes, all that stand and are asked about.
func (b *baseReader) stands() func(geo.Row) bool {
	if b.s.placing() {
		return func(row geo.Row) bool {
			return process.OpenStatus(row.Named("status").Text()) && !b.s.foreign(row) && (b.match == nil || b.match[row.Key()])
		}
	}
	sites := b.s.sitesByKey()
	return func(row geo.Row) bool {
		_, is := sites[row.Key()]
		return is
	}
}

// missing says which of the bases that were named there are not, and what they
// do not state.
func (b *baseReader) missing() error {
	for _, list := range []struct {
		input string
		keys  map[geo.Key]bool
	}{{basesInput, b.wanted}, {keepInput, b.keep}, {closeInput, b.barred}} {
		for _, v := range b.s.in[list.input].List() {
			if !b.seen[geo.Key(v.Int())] {
				return geo.Errorf(geo.Invalid, list.input, "there is no base %d", v.Int())
			}
		}
	}
	for k := range b.keep {
		if b.barred[k] {
			return geo.Errorf(geo.Invalid, closeInput, "base %d is to be kept and not to be kept; name it once", k)
		}
	}
	return nil
}

func (s *survey) readCandidates(ctx context.Context) error {
	add := func(p place) {
		s.sites = append(s.sites, site{place: p, price: orNaN(s.in[newPriceInput]), room: orNaN(s.in[newRoomInput])})
	}
	if n := len(s.in[candidatesInput].List()); n > mostSites {
		return tooMany(n, candidatesInput)
	}
	for i, v := range s.in[candidatesInput].List() {
		p, ok := v.Geometry().(orb.Point)
		if !ok {
			return geo.Errorf(geo.Invalid, candidatesInput, "place %d must be a Point, not a %s", i+1, v.Geometry().GeoJSONType())
		}
		if bad := shape.Validate(p); bad != nil {
			return geo.Errorf(geo.Invalid, candidatesInput, "place %d: %v", i+1, bad)
		}
		add(place{name: fmt.Sprintf("candidate %d", i+1), at: p})
	}
	if s.in[fromInput].Null() {
		return nil
	}
	l, selection, err := s.further(fromInput, fromFilter)
	if err != nil {
		return err
	}
	if s.area != nil {
		within, err := filter.Meets(s.area)
		if err != nil {
			return err
		}
		selection.Match = filter.And(selection.Match, within)
	}
	bases, beside := s.sites, 0
	rows, failed := l.Select(ctx, selection)
	for row := range rows {
		p, ok := row.Point()
		switch {
		case !ok, s.foreign(row):
		case slices.ContainsFunc(bases, func(x site) bool { return x.base && measure.Distance(x.at, p) < sameMetres }):
			beside++
		default:
			add(place{row.Key(), nameOf(l, row), p})
		}
	}
	if beside > 0 {
		s.warn(besideBases, beside, s.in[fromInput].Text(), sameMetres/1000)
	}
	return failed()
}

// sameMetres is how near to a base a town is the town of the base.
const sameMetres = 5000

func orNaN(v geo.Value) float64 {
	if v.Null() {
		return math.NaN()
	}
	return v.Float()
}

// further selects from another collection.
func (s *survey) further(input, filter string) (*layer.Layer, geo.Selection, error) {
	selection := geo.Selection{Reader: s.w.Reader}
	l, err := s.w.Layer(s.in[input].Text())
	if err != nil {
		return nil, selection, geo.Errorf(geo.Invalid, input, "there is no collection %q; /api/collections lists them", s.in[input].Text())
	}
	if v := s.in[filter]; !v.Null() {
		if selection.Match, err = process.Filter(l, filter, v.Text()); err != nil {
			return nil, selection, err
		}
	}
	s.layers = append(s.layers, l)
	return l, selection, nil
}

func nameOf(l *layer.Layer, row geo.Row) string {
	if name := l.Schema().WithRole(geo.NameRole); name >= 0 && row.Value(name).Text() != "" {
		return row.Value(name).Text()
	}
	return ""
}

func tooMany(n int, input string) error {
	return geo.Errorf(geo.TooLarge, input, "%d sites are to choose from, and no more than %d are searched; filter bases and candidates", n, mostSites)
}

// check refuses what there is too little or too much of.
func (s *survey) check(context.Context) error {
	switch n := len(s.sites); {
	case n == 0:
		return geo.Errorf(geo.Invalid, basesInput, "no base is open or planned and selected, and no candidate is given; choose other bases or give candidates")
	case n > mostSites:
		return tooMany(n, fromInput)
	}
	if s.in[capacityInput].Text() != "" {
		for _, x := range s.sites {
			if math.IsNaN(x.room) {
				return geo.Errorf(geo.Invalid, newRoomInput, "%s states no capacity; give that of candidates, or leave out what states none by the filter of bases", x.title())
			}
		}
	}
	if s.priced() {
		for _, x := range s.sites {
			if math.IsNaN(x.price) {
				return geo.Errorf(geo.Invalid, newPriceInput, "%s states no price; give that of candidates, or leave out what states none by the filter of bases", x.title())
			}
		}
	}
	return nil
}
