package network

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// draft is a graph in the making.
type draft struct {
	join     float64 // metres
	ways     *ways
	texts    *dictionary
	courses          // of lines as they were read
	lineWay  []int32 // of lines
	points   []point // barriers and restrictions as they were read
	controls []control
	areas    []wetArea
	counts   map[string]int     // records of collections
	sources  map[string][]int32 // source id to ways, of those that restrictions name

	isNode  []uint64 // a bit a vertex: lines are cut there
	added   []cut    // places inside pieces at which lines are cut
	pairs   []pair   // joins
	gates   map[knot][]gate
	defects []Defect
}

func newDraft(o Options) *draft {
	w := &ways{}
	return &draft{join: o.JoinMetres, ways: w, texts: w.dictionary(), courses: courses{starts: []uint32{0}}, counts: map[string]int{}}
}

// point is a record of a barrier or turn restriction.
type point struct {
	control
	place orb.Point
}

// wetArea says when it rains in it.
type wetArea struct {
	shape   orb.Geometry
	bound   orb.Bound
	size    float64
	wet     Months
	class   geo.Class
	mission string
}

// A row in so many is a chance to give up.
const rowsAPulse = 4096

func (d *draft) read(ctx context.Context, sources []Source) error {
	named := map[string]bool{}
	for _, p := range []part{restrictionPart, barrierPart, areaPart, roadPart} {
		for _, s := range sources {
			if partOf(s.Schema) != p {
				continue
			}
			f, n := fieldsOf(s.Schema), 0
			err := s.Each(func(r geo.Row) error {
				if n++; n%rowsAPulse == 0 && ctx.Err() != nil {
					return ctx.Err()
				}
				d.row(p, f, r, named)
				return nil
			})
			if err != nil {
				return err
			}
			d.counts[s.Schema.Name] = n
		}
	}
	slices.SortStableFunc(d.areas, func(a, b wetArea) int {
		if a.size < b.size {
			return -1
		}
		return 1
	})
	d.season()
	return ctx.Err()
}

func (d *draft) row(p part, f fields, r geo.Row, named map[string]bool) {
	switch p {
	case roadPart:
		d.road(f, r, named)
	case areaPart:
		d.area(f, r)
	case restrictionPart:
		if at, ok := r.Point(); ok {
			in := point{f.restrictionOf(r), at}
			named[in.from], named[in.to] = true, true
			d.points = append(d.points, in)
		}
	case barrierPart:
		if at, ok := r.Point(); ok {
			d.points = append(d.points, point{f.barrierOf(r), at})
		}
	}
}

func (d *draft) road(f fields, r geo.Row, named map[string]bool) {
	number := int32(len(d.ways.rows))
	w := f.wayOf(r)
	d.ways.rows = append(d.ways.rows, d.texts.row(&w, hashOf(r.Geometry())))
	if id := r.SourceID(); id != "" && named[id] {
		if d.sources == nil {
			d.sources = map[string][]int32{}
		}
		d.sources[id] = append(d.sources[id], number)
	}
	if v := f.value(r, "speed_kmh"); !v.Null() && !(v.Float() > 0) {
		d.defect(BadSpeed, number)
	}
	lines := 0
	switch g := r.Geometry().(type) {
	case orb.LineString:
		lines += d.course(number, g)
	case orb.MultiLineString:
		for _, l := range g {
			lines += d.course(number, l)
		}
	}
	if lines == 0 {
		d.defect(NoLength, number)
	}
}

// course adds a line without its pieces of no length, and returns how many
// lines that were: 0 where nothing is left of it.
func (d *draft) course(way int32, l orb.LineString) int {
	start := len(d.at)
	for _, p := range l {
		if s := spotOf(p); len(d.at) == start || s != d.at[len(d.at)-1] {
			d.at = append(d.at, s)
		}
	}
	if len(d.at)-start < 2 {
		d.at = d.at[:start]
		return 0
	}
	d.end()
	d.lineWay = append(d.lineWay, way)
	return 1
}

func (d *draft) area(f fields, r geo.Row) {
	v := f.value(r, "wet_months")
	if v.Null() || r.Geometry() == nil {
		return
	}
	a := wetArea{shape: r.Geometry(), class: r.Class(), mission: r.Mission()}
	for _, m := range v.List() {
		if n := m.Int(); n >= 1 && n <= 12 {
			a.wet |= 1 << n
		}
	}
	a.bound, a.size = a.shape.Bound(), measure.Area(a.shape)
	d.areas = append(d.areas, a)
}

// season gives each way the months of the smallest area that holds its middle,
// among those which whoever sees the way sees too.
func (d *draft) season() {
	done := int32(-1)
	for line, way := range d.lineWay {
		if way == done { // the first line of a way stands for it
			continue
		}
		done = way
		from, to := d.span(int32(line))
		d.ways.season(way, d.areas, d.at[(from+to-1)/2].point())
	}
}

func (w *ways) season(n int32, areas []wetArea, middle orb.Point) {
	r := &w.rows[n]
	r.wet, r.flags = 0, r.flags&^seasonedFlag
	for i := range areas {
		a := &areas[i]
		if a.class > r.class || a.mission != "" && a.mission != w.mission(n) {
			continue
		}
		if a.bound.Contains(middle) && measure.Inside(middle, a.shape) {
			r.wet, r.flags = a.wet, r.flags|seasonedFlag
			return
		}
	}
}

// hashOf tells shapes apart (FNV-1a over the spots of the vertices).
func hashOf(g orb.Geometry) uint64 {
	h := uint64(14695981039346656037)
	line := func(l orb.LineString) {
		for _, p := range l {
			s := spotOf(p)
			h = (h ^ uint64(uint32(s.x))) * 1099511628211
			h = (h ^ uint64(uint32(s.y))) * 1099511628211
		}
		h *= 1099511628211
	}
	switch g := g.(type) {
	case orb.LineString:
		line(g)
	case orb.MultiLineString:
		for _, l := range g {
			line(l)
		}
	}
	return h
}

// Fault is what is wrong with a record that the graph is made of.
type Fault string

// The faults.
const (
	NoLength  Fault = "no length"         // a road of one place, or without any
	BadSpeed  Fault = "no speed"          // a stated speed of 0 or less; that of the surface counts
	NoRoad    Fault = "no road near"      // a barrier or restriction too far from every road
	NoTurn    Fault = "no such turn"      // a restriction of roads that do not meet there
	NoKind    Fault = "kind not known"    // a restriction of a kind that says nothing here
	SeveralAt Fault = "several such ways" // a restriction of a source id that several roads bear
)

// Defect is a record that is not, or only in part, in the graph.
type Defect struct {
	Fault      Fault
	Collection string
	Key        geo.Key
	Class      geo.Class
	Mission    string
}

// SeenBy reports whether the record exists for the reader.
func (d *Defect) SeenBy(r geo.Reader) bool { return r.Sees(d.Class, d.Mission) }

func (d *draft) defect(f Fault, way int32) {
	w := d.ways.way(way)
	d.defects = append(d.defects, Defect{f, w.Collection, w.Key, w.Class, w.Mission})
}

// Defects returns the records of which something could not be used, whoever
// may see them. The slice is not to be changed.
func (g *Graph) Defects() []Defect { return g.defects }
