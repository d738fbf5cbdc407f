package grid

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// The inputs that say which cells an analysis counts in.
const (
	WidthInput  = "cell_m"
	AreaInput   = "cell_km2"
	CentreInput = "centre"
)

// Fields are the inputs of cells.
func Fields() []geo.Field {
	nothing := 0.0
	return []geo.Field{
		{Name: WidthInput, Title: "Cell width", Unit: "m", Kind: geo.KindFloat, Least: &nothing,
			Description: "Width of a cell: of hexagons from flat to flat, which is how far their middles are apart, of squares the side. " +
				"Without it, and without cell_km2, cells that would hold two events each on average, rounded up to 1, 2 or 5 and zeros."},
		{Name: AreaInput, Title: "Cell area", Unit: "km2", Kind: geo.KindFloat, Least: &nothing,
			Description: "Area of a cell, instead of its width."},
		{Name: CentreInput, Title: "Centre", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat},
			Description: "Longitude and latitude about which the cells lie; without it, the middle of the study area in whole degrees. Give it to have the same cells in another run."},
	}
}

// suggested is how many cells there are at most where no size is asked for.
const suggested = 20_000

// Study is the events of a pattern in cells.
type Study struct {
	Cover *Cover
	Of    []int32 // the cell of each event
	// Area is the study area: what was asked for, or the hull of the events
	// where that was wanted; nil where cells are those with events, whole.
	Area  orb.Geometry
	Hull  bool // Area is the hull, which nobody asked for
	Shape Shape
}

// NewStudy reads the inputs of [Fields] and counts the events into cells. The
// study area is what was asked for. Without one it is the convex hull of the
// events where hull says so, and else the cells that hold one. It is nil where
// there are neither events nor an area.
func NewStudy(ctx context.Context, p *pattern.Pattern, s Shape, hull bool, in geo.Values) (*Study, error) {
	if !in[process.AreaInput].Null() && !in[process.BoxInput].Null() {
		return nil, geo.Errorf(geo.Invalid, process.BoxInput, "give a box or an area, not both: one of them is the study area, whose square kilometres are counted")
	}
	study := &Study{Area: p.Area, Shape: s}
	if study.Area == nil && hull && p.Len() > 0 {
		study.Area, study.Hull = pattern.Hull(p.Points), true
		if study.Area == nil {
			return nil, geo.Errorf(geo.Invalid, process.AreaInput, "all events stand at one place or on one line, and give no study area: draw one, or choose more records")
		}
	}
	g, err := study.grid(p, in)
	if g == nil || err != nil {
		return nil, err
	}
	if study.Area == nil {
		study.Cover, study.Of = g.Occupied(p.Points)
		return study, nil
	}
	if study.Cover, err = g.Cover(ctx, study.Area, process.AreaInput, sizeInput(in)); err != nil {
		return nil, err
	}
	study.Of = study.Cover.Assign(p.Points)
	return study, nil
}

func (s *Study) grid(p *pattern.Pattern, in geo.Values) (*Grid, error) {
	about := s.Area
	if about == nil {
		about = orb.MultiPoint(p.Points)
	}
	centre, ok := CentreOf(about)
	if v := in[CentreInput]; !v.Null() {
		var err error
		if centre, err = centreInput(v.List()); err != nil {
			return nil, err
		}
	}
	if !ok {
		return nil, nil
	}
	width, err := s.width(p, in)
	if err != nil {
		return nil, err
	}
	return New(NewPlane(centre), s.Shape, width), nil
}

func centreInput(v []geo.Value) (orb.Point, error) {
	if len(v) != 2 {
		return orb.Point{}, geo.Errorf(geo.Invalid, CentreInput, "must be a longitude and a latitude, not %d numbers", len(v))
	}
	centre := orb.Point{v[0].Float(), v[1].Float()}
	if !(centre[0] >= -180 && centre[0] <= 180 && centre[1] >= -90 && centre[1] <= 90) {
		return centre, geo.Errorf(geo.Invalid, CentreInput, "%v, %v is no longitude and latitude in degrees", centre[0], centre[1])
	}
	return centre, nil
}

func sizeInput(in geo.Values) string {
	if !in[AreaInput].Null() {
		return AreaInput
	}
	return WidthInput
}

func (s *Study) width(p *pattern.Pattern, in geo.Values) (float64, error) {
	width, area := in[WidthInput], in[AreaInput]
	switch {
	case !width.Null() && !area.Null():
		return 0, geo.Errorf(geo.Invalid, AreaInput, "give the width of a cell or its area, not both")
	case !width.Null():
		return width.Float(), CheckWidth(width.Float(), WidthInput)
	case !area.Null():
		w := WidthOf(s.Shape, area.Float()*1e6)
		return w, CheckWidth(w, AreaInput)
	}
	of := s.Area
	if of == nil {
		of = pattern.Hull(p.Points)
	}
	return SuggestWidth(s.Shape, max(measure.PlaneArea(of), 1), p.Len(), suggested), nil
}

// SquareMetres returns how much of the study area lies in the cells.
func (c *Cover) SquareMetres() float64 {
	sum := 0.0
	for _, inside := range c.Inside {
		sum += inside
	}
	return sum
}

// farStretch is the stretch of the plane from which on it is said.
const farStretch = 1.02

// Warnings say what limits an answer in these cells.
func (s *Study) Warnings() []string {
	var out []string
	if s.Hull {
		out = append(out, "No study area was asked for: it is the convex hull of the events. Give an area, such as the mission's or a sector's: "+
			"cells inside it without events count as 0, and what lies outside does not exist.")
	}
	most := 1.0
	for _, c := range s.Cover.Cells {
		most = max(most, s.Cover.Grid.plane.Stretch(s.Cover.Grid.Middle(c)))
	}
	if most > farStretch {
		out = append(out, fmt.Sprintf("The area is so wide that distances on its edge are drawn up to %.0f %% too long across and too short along the way from its centre; the areas of cells are right.", 100*(most-1)))
	}
	return out
}
