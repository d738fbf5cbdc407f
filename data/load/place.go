package load

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/shape"
)

// placeColumns are the columns that give a row its place, -1 for none.
type placeColumns struct{ lon, lat, shape int }

func (p placeColumns) uses(column int) bool {
	return column == p.lon || column == p.lat || column == p.shape
}

// Names of columns that hold a place, the surest first.
var (
	lonNames   = []string{"longitude", "lon", "long", "lng", "x_coord", "decimallongitude", "point_x", "longitude_wgs84", "gps_lon", "#geo+lon", "x"}
	latNames   = []string{"latitude", "lat", "lat", "lat", "y_coord", "decimallatitude", "point_y", "latitude_wgs84", "gps_lat", "#geo+lat", "y"}
	shapeNames = []string{"wkt", "geom_wkt", "wkt_geom", "geometry", "geom", "the_geom", "wkb_geometry", "geom_wkb", "wkb", "ewkb", "shape", "geojson"}
)

// placeColumns finds the columns of the place by their names. Longitude and
// latitude go before a column of shapes; rows that bring their geometry
// themselves need neither.
func (f *File) placeColumns(columns []*column, placed bool) placeColumns {
	p := placeColumns{-1, -1, -1}
	if placed {
		return p
	}
	for i := range lonNames {
		lon, lat := find(columns, lonNames[i]), find(columns, latNames[i])
		if lon >= 0 && lat >= 0 {
			p.lon, p.lat = lon, lat
			return p
		}
	}
	for _, name := range shapeNames {
		if i := find(columns, name); i >= 0 && columns[i].shape {
			p.shape = i
			return p
		}
	}
	p.lon, p.lat = surveyed(columns)
	return p
}

// surveyed finds the two columns that Kobo and ODK make of a question for a place,
// named after it; -1 where there are none, or those of several questions.
func surveyed(columns []*column) (lon, lat int) {
	lon, lat = -1, -1
	for i, c := range columns {
		question, ok := strings.CutSuffix(plain(c.name), "_longitude")
		if !ok {
			continue
		}
		j := find(columns, question+"_latitude")
		switch {
		case j >= 0 && lon >= 0:
			return -1, -1
		case j >= 0:
			lon, lat = i, j
		}
	}
	return lon, lat
}

// givenPlace is placeColumns with what the options name.
func (f *File) givenPlace() (placeColumns, error) {
	p := f.placeColumns(f.columns, f.placed)
	o := f.options
	if (o.Longitude == "") != (o.Latitude == "") {
		return p, geo.ErrorOf(geo.Invalid, "longitude", oneAxis)
	}
	lon, err := f.column("longitude", o.Longitude)
	if err != nil {
		return p, err
	}
	lat, err := f.column("latitude", o.Latitude)
	if err != nil {
		return p, err
	}
	shape, err := f.column("shape", o.Shape)
	switch {
	case err != nil:
		return p, err
	case shape >= 0:
		return placeColumns{-1, -1, shape}, nil
	case lon >= 0:
		return placeColumns{lon, lat, -1}, nil
	}
	return p, nil
}

// fault is what is wrong with a row, and in which field.
type fault struct {
	field string // "" where it is the row as a whole
	*geo.Said
}

// place finds the row's geometry and heights.
func (r *reading) place(row *row) (orb.Geometry, []float64, *fault) {
	p := r.file.plan.place
	switch {
	case row.placed && p.lon < 0 && p.shape < 0:
		return r.inDegrees(r.from.system, row.place, row.z, "geometry")
	case p.lon >= 0:
		return r.lonLat(row.cell(p.lon), row.cell(p.lat))
	case p.shape >= 0:
		return r.shape(row.cell(p.shape), r.file.columns[p.shape].name)
	}
	return nil, nil, nil
}

// shape reads a cell that holds one. The system that it names goes before the
// file's, but not before the one of the options.
func (r *reading) shape(c *cell, name string) (orb.Geometry, []float64, *fault) {
	g, z, srid, problem := parseShape(c)
	if problem != nil {
		return nil, nil, &fault{name, problem}
	}
	system := r.from.system
	if srid != 0 && r.file.options.CRS == "" {
		var err error
		var unread *geo.Error
		if system, err = crs.OfEPSG(srid); errors.As(err, &unread) {
			return nil, nil, &fault{name, geo.SaidBy(unread)}
		}
	}
	return r.inDegrees(system, g, z, name)
}

// lonLat reads two cells. Both empty is no place; one empty is wrong.
func (r *reading) lonLat(lonCell, latCell *cell) (orb.Geometry, []float64, *fault) {
	p := r.file.plan.place
	lonName, latName := r.file.columns[p.lon].name, r.file.columns[p.lat].name
	lon, there, problem := coordinate(lonCell)
	if problem != nil {
		return nil, nil, &fault{lonName, problem}
	}
	lat, thereToo, problem := coordinate(latCell)
	switch {
	case problem != nil:
		return nil, nil, &fault{latName, problem}
	case !there && !thereToo:
		return nil, nil, nil
	case !there:
		return nil, nil, &fault{lonName, told(noLongitude)}
	case !thereToo:
		return nil, nil, &fault{latName, told(noLatitude)}
	}
	if r.from.system != crs.CRS84 {
		return r.inDegrees(r.from.system, orb.Point{lon, lat}, nil, lonName)
	}
	if lon < -180 || lon > 180 || lat < -90 || lat > 90 {
		return nil, nil, outside(lon, lat, lonName, latName)
	}
	r.countZero(lon, lat)
	return orb.Point{lon, lat}, nil, nil
}

// coordinate reads one cell as degrees.
func coordinate(c *cell) (float64, bool, *geo.Said) {
	text := c.text
	switch {
	case c.kind == absent:
		return 0, false, nil
	case c.kind == nested:
		return 0, false, told(nestedDegrees)
	case c.kind == typed && c.value.Kind() != geo.KindString:
		n := c.value.Kind()
		if n != geo.KindInt && n != geo.KindFloat {
			return 0, false, told(notDegrees, c.written())
		}
		return c.value.Float(), true, nil
	case c.kind == typed:
		text = []byte(c.value.Text())
	}
	if len(text) == 0 || isMissing(text) && string(text) != "NaN" && string(text) != "nan" {
		return 0, false, nil
	}
	n, ok := parseNumber(text)
	if !ok {
		return 0, false, told(unreadDegrees, noNumberIn(text))
	}
	return n, true, nil
}

// outside says which of the two is not on the globe, and whether they look
// swapped.
func outside(lon, lat float64, lonName, latName string) *fault {
	f := &fault{latName, told(latitudeOut, asWritten(lat))}
	if lon < -180 || lon > 180 {
		f = &fault{lonName, told(longitudeOut, asWritten(lon))}
	}
	switch {
	case math.Abs(lat) <= 180 && math.Abs(lon) <= 90:
		f.Said = told(swappedAxes, f.Said)
	case math.Abs(lon) > 1000 || math.Abs(lat) > 1000:
		f.Said = told(likeMetres, f.Said)
	}
	return f
}

// asWritten is a number with all its digits.
func asWritten(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func (r *reading) countZero(lon, lat float64) {
	if lon == 0 && lat == 0 {
		r.report.AtZero++
	}
}

// inDegrees brings a geometry from its system into degrees.
func (r *reading) inDegrees(system crs.System, g orb.Geometry, z []float64, field string) (orb.Geometry, []float64, *fault) {
	g, err := system.UnprojectGeometry(g)
	var e *geo.Error
	if errors.As(err, &e) {
		return nil, nil, &fault{field, geo.SaidBy(e)}
	}
	return r.checked(g, z, field)
}

// checked holds a geometry to the collection's type and to validity, cuts it
// at the date line, and turns its rings the way that RFC 7946 wants.
func (r *reading) checked(g orb.Geometry, z []float64, field string) (orb.Geometry, []float64, *fault) {
	if g == nil {
		return nil, nil, nil
	}
	if p, ok := g.(orb.Point); ok && p[0] >= -180 && p[0] <= 180 && p[1] >= -90 && p[1] <= 90 {
		r.countZero(p[0], p[1])
		return r.typed(g, z, field)
	}
	if bad := shape.Validate(g); bad != nil {
		return nil, nil, &fault{field, &bad.Said}
	}
	cut, did := shape.SplitDateLine(g)
	switch {
	case did:
		r.report.Split++
		return r.typed(cut, nil, field)
	case z == nil && hasArea(g):
		return r.typed(shape.Orient(g), nil, field)
	}
	return r.typed(g, z, field)
}

func hasArea(g orb.Geometry) bool {
	return g.Dimensions() == 2
}

// typed refuses what the collection does not hold.
func (r *reading) typed(g orb.Geometry, z []float64, field string) (orb.Geometry, []float64, *fault) {
	var s shapes
	s.see(g)
	want := r.file.schema.Geometry
	if want == geo.AnyGeometry || want == "" || s.kind() == want {
		return g, z, nil
	}
	return nil, nil, &fault{field, told(otherShape, g.GeoJSONType(), r.file.schema.Name, want)}
}
