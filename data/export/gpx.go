package export

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// gpx writes a GPX 1.1 document: points as waypoints, lines as tracks with a
// segment a part, and the fields as extensions, in a namespace of our own.
// Waypoints stand before tracks, so that tracks of a collection of both wait in
// a temporary file.
type gpx struct {
	w      io.Writer
	cells  *cells
	tags   []string // <b:field>
	ends   []string // </b:field>
	name   int
	timed  bool
	head   []byte
	buf    []byte
	text   []byte
	tracks *spool // nil where they follow at once

	split, left int // records
}

var gpxHolds = Holds{Heights: true, Extra: true, Strips: true, XML: true, Shapes: WaysOnly}

func newGPX(w io.Writer, s Sheet) (Writer, error) {
	if t := s.Schema.Geometry; t == geo.AreaGeometry || t == geo.NoGeometry {
		return nil, geo.Errorf(geo.Invalid, "f", "GPX holds points and lines, and %s has neither; ask for another format, such as geojson or kml", s.Schema.Name)
	}
	g := &gpx{w: w, cells: newCells(s, &gpxHolds), name: nameColumn(s), timed: s.Schema.Timed()}
	names := g.cells.names()
	for _, name := range xmlNames(append(names, free(names, "id"))) {
		g.tags, g.ends = append(g.tags, "<b:"+name+">"), append(g.ends, "</b:"+name+">")
	}
	b := append(g.head, xmlHead+`<gpx version="1.1" creator="Bivouac" xmlns="http://www.topografix.com/GPX/1/1" xmlns:b="urn:bivouac:fields"><metadata>`...)
	b = element(b, "name", titleOf(s))
	b = element(b, "desc", strings.Join(about(s, &gpxHolds), "\n"))
	if len(s.Attribution) > 0 {
		b = append(appendXML(append(b, `<copyright author="`...), strings.Join(s.Attribution, "; ")), `"/>`...)
	}
	if s.At != 0 {
		b = appendWhen(b, "time", s.At)
	}
	g.head = append(b, "</metadata>\n"...)
	if s.Schema.Geometry != geo.PointGeometry && s.Schema.Geometry != geo.LineGeometry {
		var err error
		if g.tracks, err = newSpool(); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func (g *gpx) Write(r geo.Row, beside []geo.Value) error {
	g.cells.take(r, beside)
	g.buf, g.head = append(g.buf[:0], g.head...), g.head[:0]
	to := g.w
	if p, ok := g.cells.point(); ok {
		g.waypoint(r, p, nil)
	} else {
		shape, z := g.cells.place()
		switch shape := shape.(type) {
		case orb.Point:
			g.waypoint(r, shape, z)
		case orb.MultiPoint:
			g.split++
			for i, p := range shape {
				g.waypoint(r, p, z[min(i, len(z)):])
			}
		case orb.LineString:
			to = g.track(r, orb.MultiLineString{shape}, z)
		case orb.MultiLineString:
			to = g.track(r, shape, z)
		default:
			g.left++
		}
	}
	_, err := to.Write(g.buf)
	return err
}

func (g *gpx) waypoint(r geo.Row, p orb.Point, z []float64) {
	b := g.position(append(g.buf, "<wpt"...), p, z)
	if i := r.Table().Valid(r.Number()); g.timed && i.Start.Kind == geo.At {
		b = appendWhen(b, "time", i.Start.Time)
	}
	g.buf = append(g.described(b, r), "</wpt>\n"...)
}

// position adds the place as attributes, the end of the tag, and the height.
func (g *gpx) position(b []byte, p orb.Point, z []float64) []byte {
	b = geojson.AppendNumber(append(b, ` lat="`...), p[1])
	b = geojson.AppendNumber(append(b, `" lon="`...), p[0])
	b = append(b, `">`...)
	if len(z) > 0 && !math.IsNaN(z[0]) {
		b = append(b, "<ele>"...)
		b = append(geojson.AppendNumber(b, z[0]), "</ele>"...)
	}
	return b
}

// track adds a track, and returns where it belongs.
func (g *gpx) track(r geo.Row, lines orb.MultiLineString, z []float64) io.Writer {
	if g.tracks != nil {
		// What is before it goes to the file at once.
		g.head, g.buf = g.buf, nil
	}
	b := g.described(append(g.buf, "<trk>"...), r)
	for _, l := range lines {
		b = append(b, "<trkseg>"...)
		for _, p := range l {
			b = append(g.position(append(b, "<trkpt"...), p, z), "</trkpt>"...)
			z = z[min(1, len(z)):]
		}
		b = append(b, "</trkseg>"...)
	}
	g.buf = append(b, "</trk>\n"...)
	if g.tracks == nil {
		return g.w
	}
	return g.tracks
}

// described adds the name and the fields.
func (g *gpx) described(b []byte, r geo.Row) []byte {
	if g.name >= 0 {
		b = element(b, "name", g.cells.value(g.name).Text())
	}
	b = append(b, "<extensions>"...)
	for i := range g.cells.fields {
		v := g.cells.value(i)
		if v.Null() {
			continue
		}
		b = append(b, g.tags[i]...)
		if v.Kind() == geo.KindString {
			b = appendXML(b, v.Text())
		} else {
			g.text = appendText(g.text[:0], v, &g.cells.fields[i])
			b = appendXML(b, g.text)
		}
		b = append(b, g.ends[i]...)
	}
	last := len(g.cells.fields)
	b = strconv.AppendInt(append(b, g.tags[last]...), int64(r.Key()), 10)
	return append(append(b, g.ends[last]...), "</extensions>"...)
}

func (g *gpx) Close() error {
	defer g.Discard()
	if _, err := g.w.Write(g.head); err != nil {
		return err
	}
	if g.tracks != nil {
		if err := g.tracks.copyTo(g.w); err != nil {
			return err
		}
	}
	_, err := io.WriteString(g.w, "</gpx>\n")
	return err
}

// Discard removes the temporary file.
func (g *gpx) Discard() { g.tracks.remove() }

// Lost counts records that became several waypoints, and those left out.
func (g *gpx) Lost() (out []string) {
	if g.split > 0 {
		out = append(out, fmt.Sprintf("%d records of several points are as many waypoints each", g.split))
	}
	if g.left > 0 {
		out = append(out, fmt.Sprintf("%d records that are no points or lines are left out", g.left))
	}
	return out
}
