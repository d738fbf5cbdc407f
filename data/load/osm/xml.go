package osm

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"bivouac/geo"
)

// mostXMLDepth is that of a file: osm, an element, what it holds.
const mostXMLDepth = 8

// xmlReader reads the elements of an OSM XML file one by one.
type xmlReader struct {
	in       *xml.Decoder
	visit    visitor
	node     node
	way      way
	relation relation
}

func readXML(r io.Reader, v visitor) error {
	x := &xmlReader{in: xml.NewDecoder(r), visit: v}
	err := x.file()
	var known *geo.Error
	var syntax *xml.SyntaxError
	switch {
	case err == nil, errors.Is(err, errStop), errors.As(err, &known):
		return err
	case errors.As(err, &syntax) && syntax.Msg == "unexpected EOF", errors.Is(err, io.ErrUnexpectedEOF):
		line, _ := x.in.InputPos()
		return geo.ErrorOf(geo.Invalid, "", cutAtLine, line)
	}
	line, _ := x.in.InputPos()
	return geo.ErrorOf(geo.Invalid, "", unreadAtLine, line, err)
}

func (x *xmlReader) file() error {
	for {
		t, err := x.in.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := x.element(e); err != nil {
				return err
			}
		}
	}
}

func (x *xmlReader) element(e xml.StartElement) error {
	switch {
	case attribute(e, "visible") == "false", attribute(e, "action") == "delete":
		return x.in.Skip() // what was deleted has no place
	case e.Name.Local == "osmChange":
		return geo.ErrorOf(geo.Unsupported, "", holdsChanges)
	case e.Name.Local == "node" && x.visit.node != nil:
		return x.oneNode(e)
	case e.Name.Local == "way" && x.visit.way != nil:
		return x.oneWay(e)
	case e.Name.Local == "relation" && x.visit.relation != nil:
		return x.oneRelation(e)
	case e.Name.Local == "osm":
		return nil
	}
	return x.in.Skip()
}

func (x *xmlReader) oneNode(e xml.StartElement) error {
	x.node = node{tags: x.node.tags[:0]}
	id, err := number(e, "id")
	if err != nil {
		return err
	}
	x.node.id = id
	if x.node.at, err = place(e); err != nil {
		return fmt.Errorf("node %d: %w", id, err)
	}
	if err := x.within(func(c xml.StartElement) error { return addXMLTag(&x.node.tags, c) }); err != nil {
		return err
	}
	return x.visit.node(&x.node)
}

func (x *xmlReader) oneWay(e xml.StartElement) error {
	x.way = way{nodes: x.way.nodes[:0], tags: x.way.tags[:0]}
	id, err := number(e, "id")
	if err != nil {
		return err
	}
	x.way.id = id
	err = x.within(func(c xml.StartElement) error {
		if c.Name.Local == "nd" {
			ref, err := number(c, "ref")
			x.way.nodes = append(x.way.nodes, ref)
			return err
		}
		return addXMLTag(&x.way.tags, c)
	})
	if err != nil {
		return err
	}
	return x.visit.way(&x.way)
}

func (x *xmlReader) oneRelation(e xml.StartElement) error {
	x.relation = relation{members: x.relation.members[:0], tags: x.relation.tags[:0]}
	id, err := number(e, "id")
	if err != nil {
		return err
	}
	x.relation.id = id
	err = x.within(func(c xml.StartElement) error {
		if c.Name.Local != "member" {
			return addXMLTag(&x.relation.tags, c)
		}
		kind, ok := map[string]memberKind{"node": nodeMember, "way": wayMember, "relation": relationMember}[attribute(c, "type")]
		if !ok {
			return fmt.Errorf("relation %d has a member of type %.20q", id, attribute(c, "type"))
		}
		ref, err := number(c, "ref")
		x.relation.members = append(x.relation.members, member{kind, ref, attribute(c, "role")})
		return err
	})
	if err != nil {
		return err
	}
	return x.visit.relation(&x.relation)
}

// within gives the elements inside the one that was begun, up to its end.
func (x *xmlReader) within(visit func(xml.StartElement) error) error {
	for depth := 0; depth >= 0; {
		t, err := x.in.Token()
		if err != nil {
			return unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > mostXMLDepth {
				return fmt.Errorf("elements within elements, more than %d deep", mostXMLDepth)
			}
			if err := visit(t); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

func addXMLTag(to *tags, e xml.StartElement) error {
	if e.Name.Local == "tag" {
		*to = append(*to, tag{attribute(e, "k"), attribute(e, "v")})
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for i := range e.Attr {
		if e.Attr[i].Name.Local == name {
			return e.Attr[i].Value
		}
	}
	return ""
}

func number(e xml.StartElement, name string) (int64, error) {
	n, err := strconv.ParseInt(attribute(e, name), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("<%s> has no whole number %q", e.Name.Local, name)
	}
	return n, nil
}

func place(e xml.StartElement) (spot, error) {
	lat, errLat := strconv.ParseFloat(attribute(e, "lat"), 64)
	lon, errLon := strconv.ParseFloat(attribute(e, "lon"), 64)
	// A NaN fails every comparison.
	if errLat != nil || errLon != nil || !(math.Abs(lat) <= 90 && math.Abs(lon) <= 180) {
		return spot{}, errors.New("has no place on the earth")
	}
	return spot{int32(math.Round(lon * unitsPerDegree)), int32(math.Round(lat * unitsPerDegree))}, nil
}
