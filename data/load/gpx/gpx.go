// Package gpx answers which records a GPX file holds (Topografix, GPX 1.0 and
// 1.1): its way points as points, its routes and tracks as lines, each kind a
// layer. GPX is always in WGS84, and its elevations are heights.
package gpx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"bivouac/data/load/record"
	"bivouac/data/load/xmltext"
	"bivouac/geo"
)

// The layers, and the elements that they are made of.
const (
	Waypoints = "waypoints"
	Routes    = "routes"
	Tracks    = "tracks"
)

var elements = map[string]string{"wpt": Waypoints, "rte": Routes, "trk": Tracks}

// Is reports whether a text begins as GPX does.
func Is(root string) bool { return root == "gpx" }

// Layers returns those of the layers that the file has something for, in the
// order of way points, routes and tracks.
func Layers(in io.Reader) ([]string, error) {
	text := xmltext.New(in)
	found := map[string]bool{}
	for {
		t, err := text.Token()
		if errors.Is(err, io.EOF) || err != nil && len(found) > 0 {
			break // what is wrong is said where all of it is read
		}
		if err != nil {
			return nil, err
		}
		if e, ok := t.(xml.StartElement); ok && elements[e.Name.Local] != "" {
			found[elements[e.Name.Local]] = true
			if len(found) == len(elements) {
				break
			}
		}
	}
	var list []string
	for _, name := range []string{Waypoints, Routes, Tracks} {
		if found[name] {
			list = append(list, name)
		}
	}
	return list, nil
}

// Reader reads one layer.
type Reader struct {
	in      io.Closer
	text    *xmltext.Reader
	layer   string
	columns record.Columns
	short   int // segments of less than two points
}

// Open begins to read a layer of the file.
func Open(in io.ReadCloser, layer string) *Reader {
	return &Reader{in: in, text: xmltext.New(in), layer: layer}
}

// Close closes the file.
func (r *Reader) Close() error { return r.in.Close() }

// Columns are those met up to now.
func (r *Reader) Columns() []record.Column { return r.columns.List }

// Warnings tell of what is too short to be a line.
func (r *Reader) Warnings() []geo.Said {
	if r.short > 0 {
		return []geo.Said{shortSegments.With(r.short)}
	}
	return nil
}

// Next reads the next way point, route or track.
func (r *Reader) Next(to *record.Record) error {
	to.Reset()
	for {
		t, err := r.text.Token()
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		switch {
		case !ok || e.Name.Local == "gpx":
		case elements[e.Name.Local] != r.layer:
			if err := r.text.Skip(); err != nil {
				return err
			}
		case r.layer == Waypoints:
			return r.waypoint(e, to)
		default:
			return r.line(to)
		}
	}
}

func (r *Reader) waypoint(start xml.StartElement, to *record.Record) error {
	e, err := r.text.Tree(start)
	if err != nil {
		return err
	}
	for _, part := range e.Parts {
		if part.Name != "ele" {
			r.property(part, to, 0)
		}
	}
	at, height, err := place(e)
	if err != nil {
		return err
	}
	to.Geometry = at
	if !math.IsNaN(height) {
		to.Z = []float64{height}
	}
	return nil
}

// mostPoints bounds one route or track.
const mostPoints = 8 << 20

// track is a line in the making.
type track struct {
	lines      orb.MultiLineString
	z          []float64
	high       bool
	points     int
	begin, end string
	fault      error
}

// line reads the parts of a route or a track one by one, since a track may be
// very long.
func (r *Reader) line(to *record.Record) error {
	var l track
	if r.layer == Routes {
		l.lines = append(l.lines, nil)
	}
	for {
		t, err := r.text.Token()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			if t.Name.Local != "trkseg" {
				return r.finish(&l, to)
			}
		case xml.StartElement:
			if err := r.part(t, &l, to); err != nil {
				return err
			}
		}
	}
}

func (r *Reader) part(t xml.StartElement, l *track, to *record.Record) error {
	if t.Name.Local == "trkseg" {
		l.lines = append(l.lines, nil)
		return nil
	}
	e, err := r.text.Tree(t)
	if err != nil {
		return err
	}
	if t.Name.Local != "rtept" && t.Name.Local != "trkpt" {
		r.property(e, to, 0)
		return nil
	}
	if l.points++; l.points > mostPoints {
		return geo.ErrorOf(geo.TooLarge, "", longTrack, mostPoints)
	}
	l.add(e)
	return nil
}

func (l *track) add(e *xmltext.Element) {
	at, height, err := place(e)
	if err != nil || len(l.lines) == 0 {
		if l.fault == nil {
			l.fault = err
		}
		return
	}
	last := len(l.lines) - 1
	l.lines[last] = append(l.lines[last], at)
	l.z = append(l.z, height)
	l.high = l.high || !math.IsNaN(height)
	if at := e.Part("time").Text(); at != "" {
		if l.end = at; l.begin == "" {
			l.begin = at
		}
	}
}

// finish makes the shape of a track.
func (r *Reader) finish(l *track, to *record.Record) error {
	if l.begin != "" {
		to.Set(r.columns.In("begin", geo.StartRole), geo.String(l.begin))
		to.Set(r.columns.In("end", geo.EndRole), geo.String(l.end))
	}
	if l.fault != nil {
		return l.fault
	}
	kept, z, at := l.lines[:0], l.z[:0], 0
	for _, line := range l.lines {
		if len(line) >= 2 {
			kept = append(kept, line)
			z = append(z, l.z[at:at+len(line)]...)
		} else if r.layer == Tracks {
			r.short++
		}
		at += len(line)
	}
	if l.high {
		to.Z = z
	}
	switch len(kept) {
	case 0:
		if to.Z = nil; l.points == 0 {
			return nil
		}
		return record.Refuse(noLine)
	case 1:
		to.Geometry = kept[0]
	default:
		to.Geometry = kept
	}
	return nil
}

// place reads the attributes and the elevation of a point; NaN for none.
func place(e *xmltext.Element) (at orb.Point, height float64, err error) {
	height = math.NaN()
	lon, errLon := strconv.ParseFloat(e.Attr("lon"), 64)
	lat, errLat := strconv.ParseFloat(e.Attr("lat"), 64)
	if errLon != nil || errLat != nil {
		return at, height, record.Refuse(noPlace, fmt.Sprintf("%.30q", e.Attr("lat")), fmt.Sprintf("%.30q", e.Attr("lon")))
	}
	if text := e.Part("ele").Text(); text != "" {
		if height, err = strconv.ParseFloat(text, 64); err != nil || math.IsInf(height, 0) {
			return at, math.NaN(), record.Refuse(noElevation, fmt.Sprintf("%.30q", text))
		}
	}
	return orb.Point{lon, lat}, height, nil
}

// property gives the record what an element says: extensions by the names of
// what they hold, links by their address.
func (r *Reader) property(e *xmltext.Element, to *record.Record, deep int) {
	const deepest = 8
	kind := geo.KindNull
	switch e.Name {
	case "name", "cmt", "desc", "src", "sym", "type", "fix", "author", "url", "urlname":
		kind = geo.KindString
	case "link":
		r.columns.Set(to, "link", e.Attr("href"), geo.KindString)
		return
	}
	if len(e.Parts) == 0 {
		r.columns.Set(to, e.Name, e.Text(), kind)
		return
	}
	for _, part := range e.Parts {
		if deep < deepest {
			r.property(part, to, deep+1)
		}
	}
}
