package load

import (
	"slices"

	"bivouac/data/load/gpx"
	"bivouac/data/load/kml"
	"bivouac/data/load/record"
	"bivouac/geo"
)

// gpxLayers are what a GPX file may hold. Each has its kind of shape.
var gpxLayers = []string{gpx.Waypoints, gpx.Routes, gpx.Tracks}

// kindsOfGPX are those of the layers that the member has something for.
func (m *member) kindsOfGPX() ([]string, error) {
	raw, err := m.raw()
	if err != nil {
		return nil, err
	}
	defer raw.Close()
	return gpx.Layers(raw)
}

// lookAtGPX finds the layer that is asked for, or the only one.
func (f *File) lookAtGPX(m *member) error {
	names, err := m.kindsOfGPX()
	switch {
	case err != nil:
		return err
	case len(names) == 0:
		return geo.ErrorOf(geo.Invalid, "", emptyGPX)
	case f.options.Layer == "" && len(names) > 1:
		return geo.ErrorOf(geo.Invalid, "", severalLayers, listed(names))
	case f.options.Layer == "":
		f.options.Layer = names[0]
	case !slices.Contains(names, f.options.Layer):
		return noLayer(f.options.Layer, names)
	}
	return nil
}

func (f *File) openXML(m *member, format Format) (record.Reader, error) {
	raw, err := m.raw()
	if err != nil {
		return nil, err
	}
	if format == GPX {
		return gpx.Open(raw, f.options.Layer), nil
	}
	return kml.Open(raw), nil
}
