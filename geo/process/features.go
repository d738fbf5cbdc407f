package process

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Feature returns a GeoJSON Feature as an output gives it.
func Feature(id int, g orb.Geometry, properties geo.Values) geo.Value {
	return geo.Record(geo.Values{
		"type": geo.String("Feature"), "id": geo.Int(int64(id)),
		"geometry": geo.Geometry(g), "properties": geo.Record(properties),
	})
}

// FeatureCollection returns the features as one layer for a map.
func FeatureCollection(features []geo.Value) geo.Value {
	return geo.Record(geo.Values{"type": geo.String("FeatureCollection"), "features": geo.List(features...)})
}
