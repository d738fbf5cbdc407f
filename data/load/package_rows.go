package load

import (
	"context"

	"bivouac/data/load/geopackage"
	"bivouac/data/load/record"
	"bivouac/geo"
	"bivouac/geo/crs"
)

// tables are the layers of a GeoPackage.
func (m *member) tables() ([]string, error) {
	layers, err := m.packageLayers()
	var names []string
	for i := range layers {
		names = append(names, layers[i].Name)
	}
	return names, err
}

// packageLayer is the layer that is asked for: the one of that name, or the
// only one.
func (f *File) packageLayer(m *member) (*geopackage.Layer, error) {
	layers, err := m.packageLayers()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(layers))
	for i := range layers {
		if names[i] = layers[i].Name; f.options.Layer == names[i] || f.options.Layer == "" && len(layers) == 1 {
			return &layers[i], nil
		}
	}
	if f.options.Layer == "" {
		return nil, geo.ErrorOf(geo.Invalid, "", severalLayers, listed(names))
	}
	return nil, noLayer(f.options.Layer, names)
}

func (f *File) lookAtGeoPackage(m *member) (crs.System, error) {
	l, err := f.packageLayer(m)
	if err != nil {
		return 0, err
	}
	if l.Unplaced() && f.options.CRS == "" {
		m.notes = append(m.notes, layerUnplaced.With(l.Name))
	}
	if f.title = l.Title; f.title == l.Name {
		f.title = ""
	}
	if f.options.Collection == "" {
		f.options.Collection = CollectionID(l.Name)
	}
	return f.systemOf(l.System)
}

func (f *File) openGeoPackage(m *member) (record.Reader, error) {
	l, err := f.packageLayer(m)
	if err != nil {
		return nil, err
	}
	path, err := m.onDisk()
	if err != nil {
		return nil, err
	}
	return geopackage.Open(context.Background(), path, l)
}
