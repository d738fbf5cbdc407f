package casevac

import (
	"context"
	"maps"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/process"
)

// subject is a row of a table: a base, a record that is counted, or a piece of
// a route; its points are those from first up to but without last of all.
type subject struct {
	name        string
	key         geo.Key
	people      float64 // NaN for not stated
	first, last int
	metres      []float64 // of a route: the length that each point stands for
}

// survey is all that a surface is asked of.
type survey struct {
	*Means
	cover    *Cover
	cells    *grid.Cover
	area     orb.Geometry
	points   []orb.Point // the cells, and then the subjects
	bases    []subject
	counted  []counted
	routes   []subject
	stages   []Stages
	outcomes []Outcome
}

// counted is the records of one collection.
type counted struct {
	layer    *layer.Layer
	subjects []subject
	dropped  int
}

// suggested is how many cells there are about where no width is asked for.
const suggested = 5_000

// mostDrawn is how many cells are drawn at most.
const mostDrawn = 100_000

// studyArea is the area that is asked for, the box, or that of the mission.
func (s *survey) studyArea(ctx context.Context) error {
	area, box := s.in[process.AreaInput], s.in[process.BoxInput]
	switch {
	case !area.Null() && !box.Null():
		return geo.Errorf(geo.Invalid, process.BoxInput, "give a box or an area, not both: one of them is the study area")
	case !area.Null():
		s.area = area.Geometry()
		switch s.area.(type) {
		case orb.Polygon, orb.MultiPolygon:
			return nil
		}
		return geo.Errorf(geo.Invalid, process.AreaInput, "must be a Polygon or a MultiPolygon, not a %s", s.area.GeoJSONType())
	case !box.Null():
		return s.boxArea(box.List())
	}
	mission := s.in[missionInput].Text()
	if mission == "" {
		return geo.Errorf(geo.Invalid, process.AreaInput, "draw a study area, or name a mission that has one")
	}
	out, l, err := s.w.MissionArea(ctx, mission)
	switch {
	case err != nil:
		return err
	case len(out) == 0:
		return geo.Errorf(geo.Invalid, process.AreaInput, "the mission %s has no area of kind mission; draw a study area", mission)
	}
	s.Layers = append(s.Layers, l)
	s.area = out
	return nil
}

func (s *survey) boxArea(edges []geo.Value) error {
	if len(edges) != 4 {
		return geo.Errorf(geo.Invalid, process.BoxInput, "must be four numbers, west, south, east, north, not %d", len(edges))
	}
	b, err := geo.CheckBox(edges[0].Float(), edges[1].Float(), edges[2].Float(), edges[3].Float())
	if err != nil {
		return err
	}
	if b.West > b.East {
		return geo.Errorf(geo.Invalid, process.BoxInput, "crosses the date line; give an area of two polygons instead")
	}
	s.area = orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}.ToPolygon()
	return nil
}

// lay covers the study area with cells.
func (s *survey) lay(ctx context.Context) error {
	centre, ok := grid.CentreOf(s.area)
	if !ok {
		return geo.Errorf(geo.Invalid, process.AreaInput, "the area is empty; draw one")
	}
	form := grid.Shape(s.in[cellInput].Text())
	width := s.in[grid.WidthInput].Float()
	if s.in[grid.WidthInput].Null() {
		width = grid.SuggestWidth(form, max(measure.PlaneArea(s.area), 1), 2*suggested, 2*suggested)
	}
	if err := grid.CheckWidth(width, grid.WidthInput); err != nil {
		return err
	}
	var err error
	g := grid.New(grid.NewPlane(centre), form, width)
	if s.cells, err = g.Cover(ctx, s.area, process.AreaInput, grid.WidthInput); err != nil {
		return err
	}
	if n := len(s.cells.Cells); n > mostDrawn {
		return s.cells.TooManyToDraw(n, mostDrawn)
	}
	for _, c := range s.cells.Cells {
		s.points = append(s.points, g.Centre(c))
	}
	return nil
}

// add notes a subject and its points.
func (s *survey) add(x subject, points ...orb.Point) subject {
	x.first = len(s.points)
	s.points = append(s.points, points...)
	x.last = len(s.points)
	return x
}

// gather reads bases, records that are counted, and routes.
func (s *survey) gather(ctx context.Context) error {
	for i := range s.Facilities {
		f := &s.Facilities[i]
		s.bases = append(s.bases, s.add(subject{name: f.Name, key: f.Key, people: math.NaN()}, f.At))
	}
	collections, filters := s.in[countedInput].List(), s.in[filtersInput].List()
	if n := len(filters); n > 0 && n != len(collections) {
		return geo.Errorf(geo.Invalid, filtersInput, "gives %d filters for %d collections; give one a collection, empty for all of it", n, len(collections))
	}
	for i, v := range collections {
		only := geo.Values{process.TimeInput: s.in[process.TimeInput]}
		if i < len(filters) && filters[i].Text() != "" {
			only[process.FilterInput] = filters[i]
		}
		if err := s.count(ctx, v.Text(), only); err != nil {
			return err
		}
	}
	if v := s.in[routesInput].Text(); v != "none" {
		return s.readRoutes(ctx, v)
	}
	return nil
}

// within selects the records of a collection that meet the study area, of those
// that only selects.
func (s *survey) within(ctx context.Context, input, collection string, only geo.Values, take func(geo.Row)) (*layer.Layer, error) {
	in := geo.Values{process.CollectionInput: geo.String(collection), process.AreaInput: geo.Geometry(s.area)}
	maps.Copy(in, only)
	l, selection, err := s.w.Selection(in)
	if err != nil {
		return nil, geo.Errorf(geo.CodeOf(err), input, "%s: %v", collection, err)
	}
	s.Layers = append(s.Layers, l)
	rows, failed := l.Select(ctx, selection)
	for row := range rows {
		take(row)
	}
	return l, failed()
}

func (s *survey) count(ctx context.Context, collection string, only geo.Values) error {
	c := counted{}
	people := s.in[peopleInput].Text()
	var err error
	c.layer, err = s.within(ctx, countedInput, collection, only, func(row geo.Row) {
		p, ok := row.Point()
		if !ok {
			c.dropped++
			return
		}
		c.subjects = append(c.subjects, s.add(subject{name: nameOf(row, p), key: row.Key(), people: process.NumberOf(row, people)}, p))
	})
	s.counted = append(s.counted, c)
	return err
}

// readRoutes cuts routes into pieces of at most the step.
func (s *survey) readRoutes(ctx context.Context, collection string) error {
	step := s.in[stepInput].Float()
	if !(step > 0) {
		return geo.Errorf(geo.Invalid, stepInput, "must be more than 0 m")
	}
	pieces := 0
	_, err := s.within(ctx, routesInput, collection, nil, func(row geo.Row) {
		var lines []orb.LineString
		switch g := row.Geometry().(type) {
		case orb.LineString:
			lines = []orb.LineString{g}
		case orb.MultiLineString:
			lines = g
		}
		var x subject
		var points []orb.Point
		for _, line := range lines {
			pieces += int(measure.Length(line)/step) + len(line)
			if pieces > mostPieces {
				return
			}
			points, x.metres = cut(line, step, points, x.metres)
		}
		if len(points) > 0 {
			x.name, x.key, x.people = nameOf(row, points[0]), row.Key(), math.NaN()
			s.routes = append(s.routes, s.add(x, points...))
		}
	})
	if err == nil && pieces > mostPieces {
		err = geo.Errorf(geo.TooLarge, stepInput, "the routes are more than %d pieces; take a longer step, a smaller area, or routes=none", mostPieces)
	}
	return err
}

// mostPieces keeps an answer about routes within seconds.
const mostPieces = 300_000

// cut appends the middles of the pieces of a line, and how long each is.
func cut(line orb.LineString, step float64, points []orb.Point, metres []float64) ([]orb.Point, []float64) {
	for v := 1; v < len(line); v++ {
		length, bearing, _ := measure.Inverse(line[v-1], line[v])
		n := max(1, math.Ceil(length/step))
		for k := 0.0; k < n && length > 0; k++ {
			p, _ := measure.Direct(line[v-1], bearing, (k+0.5)*length/n)
			points, metres = append(points, p), append(metres, length/n)
		}
	}
	return points, metres
}

// ask finds the times of all points.
func (s *survey) ask(ctx context.Context, progress process.Progress) error {
	places, err := s.cover.NewPlaces(ctx, s.points, false)
	if err != nil {
		return err
	}
	if s.stages, err = s.cover.Minutes(ctx, places, progress); err != nil {
		return err
	}
	s.outcomes = make([]Outcome, len(s.stages))
	for i := range s.stages {
		s.outcomes[i] = s.cover.Outcome(&s.stages[i])
	}
	return nil
}
