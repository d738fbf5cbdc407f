package params

import (
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/tile"
)

// Dataset is what a request for tiles of several collections asks of each.
type Dataset struct {
	Collections []string // nil for all
	items       Items
}

// datasetKnown are the parameters of tiles of several collections: those that
// mean the same to each.
var datasetKnown = []string{"collections", "bbox", "datetime", "f", "asof", "version", ScenarioParameter}

// OfDataset reports whether tiles of several collections take the parameter.
func OfDataset(name string) bool { return slices.Contains(datasetKnown, name) }

// ParseDataset reads the query of a request for tiles of several collections,
// in one of the formats.
func ParseDataset(raw string, r geo.Reader, formats ...string) (Dataset, error) {
	d := Dataset{items: Items{Select: geo.Selection{Reader: r}}}
	q, err := ParseQuery(raw)
	if err != nil {
		return d, err
	}
	d.items.pairs = q.pairs
	for i := range q.pairs {
		switch p := &q.pairs[i]; {
		case !OfDataset(p.name):
			err = unknown(p.name, datasetKnown)
		case p.name == "collections":
			d.Collections, err = collectionList(p.value)
		case p.name == "f":
			_, err = ParseFormat(p.value, formats...)
		default:
			err = d.items.take(nil, p.name, p.value)
		}
		if err != nil {
			return d, err
		}
	}
	return d, nil
}

func collectionList(value string) ([]string, error) {
	list := strings.Split(value, ",")
	for i, id := range list {
		if id == "" || slices.Contains(list[:i], id) {
			return nil, geo.Errorf(geo.Invalid, "collections", "must be ids parted by commas, each once, not %q; /api/collections lists them", clip(value))
		}
	}
	return list, nil
}

// Of returns what is asked of the collection of the schema: all that a tile
// can say.
func (d *Dataset) Of(s *geo.Schema) Tile {
	return Tile{items: d.items, Query: tile.Query{Select: d.items.Select, Properties: scalars(s)}}
}

// AppendSelf adds the query as it was asked, well escaped, without the form.
func (d *Dataset) AppendSelf(b []byte) []byte {
	t := Tile{items: d.items}
	return t.AppendSelf(b)
}
