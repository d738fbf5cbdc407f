package route

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// Waypoint is a named place of a GPX file.
type Waypoint struct {
	At         orb.Point
	Name, Type string
	Note       string
}

// GPX returns the itinerary as a GPX 1.1 document of waypoints and one track,
// a segment for each path from stop to stop.
func (it *Itinerary) GPX(name string, waypoints []Waypoint) string {
	var b strings.Builder
	b.WriteString(xml.Header + `<gpx version="1.1" creator="Bivouac" xmlns="http://www.topografix.com/GPX/1/1">` + "\n")
	b.WriteString("<metadata><name>" + escaped(name) + "</name></metadata>\n")
	for _, w := range waypoints {
		b.WriteString("<wpt" + position(w.At) + "><name>" + escaped(w.Name) + "</name>")
		if w.Note != "" {
			b.WriteString("<desc>" + escaped(w.Note) + "</desc>")
		}
		b.WriteString("<type>" + escaped(w.Type) + "</type></wpt>\n")
	}
	b.WriteString("<trk><name>" + escaped(name) + "</name>\n")
	for i := range it.At[1:] {
		b.WriteString("<trkseg>\n")
		for _, part := range it.Track.Cut(it.At[i], it.At[i+1]) {
			for _, p := range part.Line {
				b.WriteString("<trkpt" + position(p) + "/>\n")
			}
		}
		b.WriteString("</trkseg>\n")
	}
	b.WriteString("</trk>\n</gpx>\n")
	return b.String()
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
