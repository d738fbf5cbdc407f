package layer

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// appender adds records to a page. Whoever holds it is the page's only writer.
type appender struct {
	page     *page
	codes    []*codes // by column, for those of strings
	missions *codes
}

func newPage(schema *geo.Schema) *page {
	p := &page{schema: schema, columns: make([]geo.Column, len(schema.Fields))}
	p.missions.Kind = geo.KindString
	for i := range schema.Fields {
		p.columns[i].Kind = schema.Fields[i].Kind
	}
	return p
}

// appendTo returns an appender for p, its codes read back from the columns.
func appendTo(p *page) *appender {
	a := &appender{page: p, codes: make([]*codes, len(p.columns)), missions: codesOf(p.missions.Dict)}
	for i := range p.columns {
		if p.columns[i].Kind == geo.KindString {
			a.codes[i] = codesOf(p.columns[i].Dict)
		}
	}
	return a
}

// add appends a record. It refuses what no page may hold: a coordinate that
// is not on the earth, and a value of another kind than its column's; the
// page is then as it was.
func (a *appender) add(f *geo.Feature) error {
	p := a.page
	if len(f.Values) > len(p.columns) {
		return geo.Errorf(geo.Invalid, "", "layer: %d values for the %d fields of %s", len(f.Values), len(p.columns), p.schema.Name)
	}
	box, err := boxOf(f.Geometry)
	if err != nil {
		return err
	}
	for i := range f.Values {
		if err := p.fits(i, f.Values[i]); err != nil {
			return err
		}
	}
	a.addPlace(f, box)
	for i := range p.columns {
		a.addValue(i, f.Value(i))
	}
	p.keys = append(p.keys, f.Key)
	p.revs = append(p.revs, f.Rev)
	addText(&p.ids, p.n, f.SourceID)
	addText(&p.extra, p.n, f.Extra)
	valid := span{stampOf(f.Valid.Start), stampOf(f.Valid.End)}
	p.valid.add(p.n, valid, valid == span{})
	p.classes.add(p.n, f.Class, f.Class == geo.Unclassified)
	a.missions.add(&p.missions, f.Mission)
	p.n++
	return nil
}

// boxOf returns the box of g, everything for no place.
func boxOf(g orb.Geometry) (geo.Box, error) {
	if g == nil {
		return geo.Box{}, nil
	}
	b := g.Bound()
	box := geo.NewBox(b.Min[0], b.Min[1], b.Max[0], b.Max[1])
	if b.IsEmpty() || !box.Valid() || box.West > box.East {
		return box, geo.Errorf(geo.Invalid, "geometry", "coordinates must be numbers within -180..180 and -90..90, and shapes not empty")
	}
	return box, nil
}

func (p *page) fits(i int, v geo.Value) error {
	want, got := p.columns[i].Kind, v.Kind()
	if got == want || got == geo.KindNull || want == geo.KindFloat && got == geo.KindInt {
		return nil
	}
	return geo.Errorf(geo.Invalid, p.schema.Fields[i].Name, "takes a %v, not the %v %v", want, got, v)
}

func (a *appender) addPlace(f *geo.Feature, box geo.Box) {
	p := a.page
	pt, isPoint := f.Geometry.(orb.Point)
	if !isPoint {
		pt = orb.Point{math.NaN(), math.NaN()}
	}
	p.xs, p.ys = append(p.xs, pt[0]), append(p.ys, pt[1])
	if isPoint {
		p.shapes.add(p.n, nil, true)
		p.bounds.add(p.n, geo.Box{}, true)
	} else {
		p.shapes.add(p.n, f.Geometry, f.Geometry == nil)
		p.bounds.add(p.n, box, f.Geometry == nil)
		p.bulge = max(p.bulge, measure.Bulge(f.Geometry))
	}
	p.heights.add(p.n, f.Z, f.Z == nil)
}

func (a *appender) addValue(i int, v geo.Value) {
	c := &a.page.columns[i]
	n := a.page.n
	if v.Null() {
		for len(c.Nulls) <= n/64 {
			c.Nulls = append(c.Nulls, 0)
		}
		c.Nulls[n/64] |= 1 << (n % 64)
	} else if c.Nulls != nil && len(c.Nulls) <= n/64 {
		c.Nulls = append(c.Nulls, 0)
	}
	switch c.Kind {
	case geo.KindInt:
		c.Ints = append(c.Ints, v.Int())
	case geo.KindTime:
		c.Ints = append(c.Ints, int64(v.Time()))
	case geo.KindBool:
		c.Ints = append(c.Ints, int64(geo.TriOf(v.Bool())/geo.True))
	case geo.KindFloat:
		c.Floats = append(c.Floats, v.Float())
	case geo.KindString:
		a.codes[i].add(c, v.Text())
	default:
		c.Others = append(c.Others, v)
	}
}

// where names a record in an error as its sender knows it.
func where(f *geo.Feature) string {
	if f.SourceID != "" {
		return f.SourceID
	}
	return "key " + strconv.FormatInt(int64(f.Key), 10)
}
