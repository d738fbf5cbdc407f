package scenario

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/roads"
	"bivouac/geo/spacetime"
)

// menace is a zone of raised risk about a late incident, or a hazard in force.
type menace struct {
	kind       string // zoneKind, or what kind of hazard it is
	collection string
	key        geo.Key
	name       string
	at         orb.Geometry
	expires    geo.Value // of a zone
	bases      int       // near which it is
	supply     int       // whose supply road it lies on
}

const zoneKind = "near_repeat"

// menaced finds the zones and hazards in force, and which bases and supply roads
// are near to them.
func (f *Footprint) menaced(ctx context.Context, w process.World, in geo.Values) error {
	for _, find := range []func(context.Context, process.World, geo.Values) error{f.zones, f.hazards} {
		if err := find(ctx, w, in); err != nil {
			return err
		}
	}
	f.menaces = slices.DeleteFunc(f.menaces, func(m menace) bool { return m.bases == 0 && m.supply == 0 })
	return nil
}

// zones are those of near repeats (see near-repeat): about each incident of the
// last days, until so many have gone by.
func (f *Footprint) zones(ctx context.Context, _ process.World, in geo.Values) error {
	d, metres := f.danger, in[zoneInput].Float()
	if d == nil || !(d.years > 0) || !(metres > 0) {
		return nil
	}
	span := geo.Time(in[zoneDaysInput].Float() * float64(geo.Day))
	late := d.s
	late.During = geo.Between(max(d.now-span, d.from), d.now+1)
	var points []orb.Point
	var times []geo.Time
	var keys []geo.Key
	rows, failed := d.layer.Select(ctx, late)
	for row := range rows {
		valid := row.Table().Valid(row.Number())
		if at, ok := row.Point(); ok && valid.Start.Kind == geo.At {
			points, times, keys = append(points, at), append(times, valid.Start.Time), append(keys, row.Key())
		}
	}
	if err := failed(); err != nil {
		return err
	}
	zones, err := spacetime.InForce(points, times, keys, metres, span, d.now)
	if err != nil {
		return err
	}
	at := map[geo.Key]int{}
	for _, z := range zones {
		m := menace{kind: zoneKind, collection: d.layer.Schema().Name, key: keys[z.Event], at: points[z.Event], expires: geo.TimeValue(z.Expires)}
		at[m.key] = len(f.menaces)
		f.menaces = append(f.menaces, m)
	}
	if len(zones) == 0 {
		return nil
	}
	return f.meet(ctx, d.layer, late, at, in[nearInput].Float()*1000, metres, func(b *Station, road bool) *int {
		if road {
			return &b.threat.roadZones
		}
		return &b.threat.zones
	})
}

// hazards are those in force: see roads.Hazards.
func (f *Footprint) hazards(ctx context.Context, w process.World, in geo.Values) error {
	l, err := w.Layer(hazardsCollection)
	if err != nil {
		return nil
	}
	f.use(l)
	found, err := roads.Hazards(ctx, w, l, in)
	if err != nil {
		return err
	}
	f.mined = true
	at := map[geo.Key]int{}
	for _, row := range found {
		at[row.Key()] = len(f.menaces)
		f.menaces = append(f.menaces, menace{kind: row.Named("kind").Text(), collection: hazardsCollection, key: row.Key(), name: row.Name(), at: row.Geometry()})
	}
	return f.meet(ctx, l, geo.Selection{Reader: w.Reader}, at, in[nearInput].Float()*1000, in[alongInput].Float(), func(b *Station, road bool) *int {
		if road {
			return &b.threat.roadHazards
		}
		return &b.threat.hazards
	})
}

// meet counts which of the records of a layer are near bases and on supply
// roads. All of the layer that the reader sees counts into the marking before.
func (f *Footprint) meet(ctx context.Context, l *layer.Layer, s geo.Selection, at map[geo.Key]int, near, along float64, of func(b *Station, road bool) *int) error {
	if len(at) == 0 {
		return nil
	}
	nothing := func(geo.Row) float64 { return 0 }
	if err := f.seek(ctx, l, s, along, nothing); err != nil {
		return err
	}
	for i := range f.Bases {
		b := &f.Bases[i]
		rows, failed := l.Within(ctx, b.At, near, s)
		for row := range rows {
			if k, ok := at[row.Key()]; ok {
				f.menaces[k].bases++
				*of(b, false)++
			}
		}
		if err := failed(); err != nil {
			return err
		}
		if b.way == nil || len(b.way.course) == 0 {
			continue
		}
		hits, err := b.way.beside(ctx, l, s, along, nothing)
		if err != nil {
			return err
		}
		for _, h := range hits {
			if k, ok := at[h.key]; ok {
				f.menaces[k].supply++
				*of(b, true)++
			}
		}
	}
	return nil
}

// value is what is said of it.
func (m *menace) value(id int) geo.Value {
	return process.Feature(id, m.at, geo.Values{
		"kind": textOr(m.kind), "collection": geo.String(m.collection), "key": geo.Int(int64(m.key)), "name": textOr(m.name), "expires": m.expires,
		"bases": wholeValue(m.bases), "supply": wholeValue(m.supply),
	})
}
