package encode

import (
	"strconv"
	"strings"

	"bivouac/geo"
)

// The media types that leave the house.
const (
	JSON       = "application/json"
	GeoJSON    = "application/geo+json"
	JSONFG     = "application/vnd.ogc.fg+json" // of the drafts of JSON-FG, by which clients still ask for it
	MergePatch = "application/merge-patch+json"
	Events     = "text/event-stream"
	JSONSchema = "application/schema+json"
	OpenAPI    = "application/vnd.oai.openapi+json;version=3.0"
	Problem    = "application/problem+json"
	MVT        = "application/vnd.mapbox-vector-tile"
	Style      = "application/vnd.mapbox.style+json"
	QML        = "application/x-qgis-layer-settings"
	HTML       = "text/html; charset=utf-8"
)

// Negotiate returns the offer that an Accept header likes best. Offers stand
// in our own order of liking, which decides between equals and for */*. An
// Accept that takes none of them is an error.
func Negotiate(accept string, offers ...string) (string, error) {
	if accept == "" || accept == "*/*" {
		return offers[0], nil
	}
	best, liking := "", 0.0
	for _, offer := range offers {
		if q := likes(accept, offer); q > liking {
			best, liking = offer, q
		}
	}
	if best == "" {
		return "", geo.Errorf(geo.Unacceptable, "Accept", "this is served as %s only", strings.Join(offers, ", "))
	}
	return best, nil
}

// likes returns the quality that the most specific range gives the offer.
func likes(accept, offer string) float64 {
	offer, _, _ = strings.Cut(offer, ";")
	kind, _, _ := strings.Cut(offer, "/")
	liking, depth := 0.0, 0
	for accept != "" {
		var part string
		part, accept, _ = strings.Cut(accept, ",")
		name, parameters, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		d := 0
		switch name {
		case offer:
			d = 3
		case kind + "/*":
			d = 2
		case "*/*":
			d = 1
		}
		if d > depth {
			depth, liking = d, quality(parameters)
		}
	}
	return liking
}

// quality reads the q parameter, 1 where there is none.
func quality(parameters string) float64 {
	for parameters != "" {
		var p string
		p, parameters, _ = strings.Cut(parameters, ";")
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if strings.EqualFold(name, "q") {
			q, err := strconv.ParseFloat(value, 64)
			if err != nil || q < 0 || q > 1 {
				return 0
			}
			return q
		}
	}
	return 1
}
