package load

import (
	"context"
	"io"
	"os"

	"bivouac/data/load/geopackage"
	"bivouac/data/load/record"
	"bivouac/geo"
	"bivouac/geo/crs"
)

// onDisk returns where the member lies as it is. What is in an archive is
// unpacked beside the system's other temporary files; done takes it away.
func (m *member) onDisk() (path string, done func(), err error) {
	if m.path != "" {
		return m.path, func() {}, nil
	}
	raw, err := m.raw()
	if err != nil {
		return "", nil, err
	}
	defer raw.Close()
	file, err := os.CreateTemp("", "bivouac-*")
	if err != nil {
		return "", nil, geo.ErrorOf(geo.Unavailable, "", notUnpacked, err)
	}
	done = func() { os.Remove(file.Name()) }
	_, err = io.Copy(file, io.LimitReader(raw, maxUnpacked+1))
	if closed := file.Close(); err == nil {
		err = closed
	}
	if info, failed := os.Stat(file.Name()); err == nil && failed == nil && info.Size() > maxUnpacked {
		err = geo.ErrorOf(geo.TooLarge, "", unpackedLarge, maxUnpacked>>30)
	}
	if err != nil {
		done()
		return "", nil, err
	}
	return file.Name(), done, nil
}

// maxUnpacked is the most that is unpacked to the disk.
const maxUnpacked = 16 << 30

// tables are the layers of a GeoPackage.
func (m *member) tables() ([]string, error) {
	layers, err := m.packageLayers()
	var names []string
	for i := range layers {
		names = append(names, layers[i].Name)
	}
	return names, err
}

func (m *member) packageLayers() (layers []geopackage.Layer, err error) {
	if m.tablesFound != nil {
		return m.tablesFound, nil
	}
	path, done, err := m.onDisk()
	if err != nil {
		return nil, err
	}
	defer done()
	m.tablesFound, err = geopackage.Layers(context.Background(), path)
	return m.tablesFound, err
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
	path, done, err := m.onDisk()
	if err != nil {
		return nil, err
	}
	r, err := geopackage.Open(context.Background(), path, l)
	if err != nil {
		done()
		return nil, err
	}
	return &unpacked{r, done}, nil
}

// unpacked takes the temporary file away when the reading ends.
type unpacked struct {
	record.Reader
	done func()
}

func (u *unpacked) Close() error {
	err := u.Reader.Close()
	u.done()
	return err
}
