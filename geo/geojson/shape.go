package geojson

import (
	"errors"
	"strconv"
)

// shape is what an object turns out to be.
type shape uint8

const (
	record     shape = iota // none of the others
	feature                 // a feature or a bare geometry
	collection              // a FeatureCollection
)

// errKnown ends the look at an object.
var errKnown = errors.New("geojson: the shape is known")

// shape walks the members of the object at hand until one of them tells what
// it is. For a collection it stops behind the opening brace, so that its
// members are read in order; for all else where it stops means nothing. A
// geometry alone makes no feature: flat records may hold one.
func (p *parser) shape() (shape, error) {
	s := record
	if c, err := p.peek(); err == nil && c != '{' {
		return s, p.fail(noGeoJSON, strconv.QuoteRune(rune(c)))
	}
	start := p.i
	err := p.object(1, func(name []byte) error {
		switch string(name) {
		case "features":
			s = collection
		case "properties", "coordinates", "geometries":
			s = feature
		case "type":
			k, err := p.textValue()
			if err != nil {
				return err
			}
			s = shapeOf(k)
		default:
			return p.skip(2)
		}
		if s == record {
			return nil
		}
		return errKnown
	})
	if errors.Is(err, errKnown) {
		err = nil
	}
	if s == collection {
		p.i = start + 1
	}
	return s, err
}

// shapeOf reads the type member.
func shapeOf(kind []byte) shape {
	switch {
	case string(kind) == "FeatureCollection":
		return collection
	case string(kind) == "Feature" || kindNamed(kind) != "":
		return feature
	}
	return record
}
