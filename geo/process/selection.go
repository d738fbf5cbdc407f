package process

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
)

// The inputs by which a process is told which records it is asked about.
const (
	CollectionInput = "collection"
	BoxInput        = "bbox"
	TimeInput       = "datetime"
	AreaInput       = "area"
	FilterInput     = "filter"
)

// SelectionFields are the inputs that select records: a collection, a box, an
// area, a time and a filter. collection is the one asked about where none is named;
// "" makes it required.
func SelectionFields(collection string) []geo.Field {
	id := geo.Field{
		Name: CollectionInput, Title: "Collection", Kind: geo.KindString, Role: geo.CollectionRole,
		Required: collection == "", Description: "Id of the collection that is asked about.",
	}
	if collection != "" {
		id.Default = geo.String(collection)
	}
	return []geo.Field{
		id,
		{Name: BoxInput, Title: "Box", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat},
			Description: "Only records that meet the box west, south, east, north in degrees; west greater than east crosses the date line."},
		{Name: AreaInput, Title: "Area", Kind: geo.KindGeometry,
			Description: "Only records that meet this GeoJSON polygon, its edges straight on the map."},
		{Name: TimeInput, Title: "Time", Kind: geo.KindInterval,
			Description: "Only records that stood at some moment of this day, time or start/end, both included; .. is an open end."},
		{Name: FilterInput, Title: "Filter", Kind: geo.KindString, Role: geo.FilterRole,
			Description: "Only records for which this is true, in CQL2, as text such as category = 'ied' AND killed > 0, or as a JSON object."},
	}
}

// Selection reads the inputs of [SelectionFields], as w's Reader may see the
// records.
func (w World) Selection(in geo.Values) (*layer.Layer, geo.Selection, error) {
	s := geo.Selection{Reader: w.Reader, During: in[TimeInput].Interval()}
	l, err := w.collection(in[CollectionInput].Text())
	if err != nil {
		return nil, s, err
	}
	if v := in[BoxInput]; !v.Null() {
		if s.Box, err = boxOf(v.List()); err != nil {
			return nil, s, err
		}
	}
	if v := in[FilterInput]; !v.Null() {
		if s.Match, err = Filter(l, FilterInput, v.Text()); err != nil {
			return nil, s, err
		}
	}
	if v := in[AreaInput]; !v.Null() {
		within, err := meets(v.Geometry())
		if err != nil {
			return nil, s, err
		}
		s.Match = filter.And(s.Match, within)
	}
	return l, s, nil
}

func meets(area orb.Geometry) (geo.Predicate, error) {
	switch area.(type) {
	case orb.Polygon, orb.MultiPolygon:
	default:
		return nil, geo.Errorf(geo.Invalid, AreaInput, "must be a Polygon or a MultiPolygon, not a %s", area.GeoJSONType())
	}
	within, err := filter.Meets(area)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, AreaInput, "%v", err)
	}
	return within, nil
}

func (w World) collection(id string) (*layer.Layer, error) {
	l, err := w.Layer(id)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, CollectionInput, "there is no collection %q; /api/collections lists them", id)
	}
	return l, nil
}

// Collections reads an input that lists collections by their ids. Where none is
// given it is all whose records have a place, but for those left out.
func (w World) Collections(in geo.Values, input string, but ...string) ([]*layer.Layer, error) {
	var out []*layer.Layer
	if in[input].Null() {
		for _, l := range w.Layers() {
			if s := l.Schema(); s.Geometry != geo.NoGeometry && !slices.Contains(but, s.Name) {
				out = append(out, l)
			}
		}
		return out, nil
	}
	for _, id := range in[input].List() {
		l, err := w.Layer(id.Text())
		if err != nil {
			return nil, geo.Errorf(geo.Invalid, input, "there is no collection %q", id.Text())
		}
		out = append(out, l)
	}
	return out, nil
}

// Filter reads an input of the filter role, on records of l. No CQL2 text
// begins with a brace.
func Filter(l *layer.Layer, input, text string) (geo.Predicate, error) {
	parse := filter.ParseText
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		parse = filter.ParseJSON
	}
	p, err := parse(l.Schema(), text)
	if err != nil {
		return nil, geo.Errorf(geo.CodeOf(err), input, "%v", err)
	}
	return p, nil
}

func boxOf(edges []geo.Value) (geo.Box, error) {
	if len(edges) != 4 {
		return geo.Box{}, geo.Errorf(geo.Invalid, BoxInput, "must be four numbers, west, south, east, north, not %d", len(edges))
	}
	return geo.CheckBox(edges[0].Float(), edges[1].Float(), edges[2].Float(), edges[3].Float())
}
