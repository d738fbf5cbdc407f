package route

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// MediaGPX is the media type of a GPX document.
const MediaGPX = "application/gpx+xml"

// Waypoint is a named place of a GPX file.
type Waypoint struct {
	At         orb.Point
	Name, Type string
	Note       string
}

// Course is a way as a GPX file holds it: places on and beside it, check
// points in their order, and its track.
type Course struct {
	*Itinerary
	Name   string
	Number int // counts from 1
	Marks  []Waypoint
	Checks []Waypoint
}

// GPX returns the courses as one GPX 1.1 document. Each is a route of its check
// points and a track, a segment for each path from stop to stop; both bear its
// number, and so do its marks, as the comment "way N".
func GPX(name string, courses []Course) string {
	var b strings.Builder
	b.WriteString(xml.Header + `<gpx version="1.1" creator="Bivouac" xmlns="http://www.topografix.com/GPX/1/1">` + "\n")
	b.WriteString("<metadata><name>" + escaped(name) + "</name></metadata>\n")
	for i := range courses {
		for _, w := range courses[i].Marks {
			w.write(&b, "wpt", "way "+strconv.Itoa(courses[i].Number))
		}
	}
	for i := range courses {
		courses[i].route(&b)
	}
	for i := range courses {
		courses[i].track(&b)
	}
	b.WriteString("</gpx>\n")
	return b.String()
}

// write orders the elements as the schema does.
func (w *Waypoint) write(b *strings.Builder, element, comment string) {
	b.WriteString("<" + element + position(w.At) + "><name>" + escaped(w.Name) + "</name>")
	if comment != "" {
		b.WriteString("<cmt>" + escaped(comment) + "</cmt>")
	}
	if w.Note != "" {
		b.WriteString("<desc>" + escaped(w.Note) + "</desc>")
	}
	b.WriteString("<type>" + escaped(w.Type) + "</type></" + element + ">\n")
}

func (c *Course) head(b *strings.Builder, element string) {
	b.WriteString("<" + element + "><name>" + escaped(c.Name) + "</name><number>" + strconv.Itoa(c.Number) + "</number>\n")
}

func (c *Course) route(b *strings.Builder) {
	c.head(b, "rte")
	for i := range c.Checks {
		c.Checks[i].write(b, "rtept", "")
	}
	b.WriteString("</rte>\n")
}

func (c *Course) track(b *strings.Builder) {
	c.head(b, "trk")
	for i := range c.At[1:] {
		b.WriteString("<trkseg>\n")
		for _, part := range c.Track.Cut(c.At[i], c.At[i+1]) {
			for _, p := range part.Line {
				b.WriteString("<trkpt" + position(p) + "/>\n")
			}
		}
		b.WriteString("</trkseg>\n")
	}
	b.WriteString("</trk>\n")
}

func position(p orb.Point) string {
	return ` lat="` + strconv.FormatFloat(p[1], 'f', 7, 64) + `" lon="` + strconv.FormatFloat(p[0], 'f', 7, 64) + `"`
}

// escaped is text as XML takes it; what no XML may hold is replaced.
func escaped(text string) string {
	var b strings.Builder
	// A strings.Builder never fails.
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}
