package load

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"bivouac/data/load/geopackage"
	"bivouac/data/load/osm"
	"bivouac/geo"
)

// Dataset is a file as its sender made it, with the layers that are in it. What
// must lie on the disk to be read and comes in an archive is unpacked when it is
// first asked for, once for all that is read of it, and Close takes it away: who
// opens a Dataset closes it, after the last of its Files was read. One goroutine
// at a time may use it.
type Dataset struct {
	path    string
	members []member
}

// Open looks into the file at path. It is an error if that cannot be opened, or
// is an archive without anything to read.
func Open(path string) (*Dataset, error) {
	members, err := membersOf(path)
	if err != nil {
		return nil, err
	}
	for i := range members {
		members[i].kept = &kept{}
	}
	return &Dataset{path, members}, nil
}

// OpenBytes is Open for a text that lies in memory, under the name that
// messages are to call it.
func OpenBytes(name string, text []byte) *Dataset {
	raw := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	return &Dataset{name, []member{{name: name, raw: raw, kept: &kept{}}}}
}

// Path returns where the file lies, or the name of a text in memory.
func (d *Dataset) Path() string { return d.path }

// Close takes away what was unpacked. A second time it does nothing.
func (d *Dataset) Close() error {
	var all []error
	for i := range d.members {
		k := d.members[i].kept
		if k.unpacked == "" {
			continue
		}
		if err := os.Remove(k.unpacked); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = append(all, geo.ErrorOf(geo.Unavailable, d.path, notRemoved, err))
		}
		k.unpacked = ""
	}
	return errors.Join(all...)
}

// Layers returns the names of the layers that the file has: one, for most
// formats none. Layers of the same name in several files of an archive are one.
func (d *Dataset) Layers() ([]string, error) {
	var layers []string
	for i := range d.members {
		m := &d.members[i]
		start, err := m.start()
		if err != nil {
			return nil, err
		}
		if _, ok := typedForm(start); !ok {
			return nil, nil
		}
		names, err := m.layerNames()
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if !slices.Contains(layers, name) {
				layers = append(layers, name)
			}
		}
	}
	return layers, nil
}

// Parts returns the options by which the file is read, one after the other:
// those given, or one for each layer of a file that has several and that is to
// fill no collection of a name. The layers of OpenStreetMap are those of
// [MapCollections] that the file has something for.
func (d *Dataset) Parts(o Options) ([]Options, error) {
	if o.Collection != "" || o.Layer != "" {
		return []Options{o}, nil
	}
	layers, err := d.Layers()
	if err != nil {
		return nil, err
	}
	if len(d.members) == 1 && len(layers) == 0 {
		return d.mapParts(o)
	}
	if len(layers) < 2 {
		return []Options{o}, nil
	}
	var parts []Options
	for _, name := range layers {
		part := o
		part.Layer, part.Collection = name, CollectionID(name)
		if slices.Contains(gpxLayers, name) {
			part.Collection = CollectionID(d.members[0].stem()) + "_" + name
		}
		for slices.ContainsFunc(parts, func(p Options) bool { return p.Collection == part.Collection }) {
			part.Collection += "_2"
		}
		parts = append(parts, part)
	}
	return parts, nil
}

func (d *Dataset) mapParts(o Options) ([]Options, error) {
	m := &d.members[0]
	start, err := m.start()
	if err != nil || !osm.Is(start) {
		return []Options{o}, err
	}
	extract, err := m.extract()
	if err != nil {
		return nil, m.named(err)
	}
	found := extract.Findings()
	var parts []Options
	for i, n := range []int{found.Roads, found.Barriers, found.Restrictions} {
		if part := o; n > 0 || i == 0 {
			part.Collection = MapCollections[i]
			parts = append(parts, part)
		}
	}
	return parts, nil
}

// kept is what was made of a member, for all that is read of it.
type kept struct {
	unpacked string             // where it was unpacked to, "" for nowhere
	layers   []geopackage.Layer // of a GeoPackage; nil before it was looked through
	extract  *osm.Extract       // of a file of OpenStreetMap; likewise
}

// maxUnpacked is the most that is unpacked to the disk.
const maxUnpacked = 16 << 30

// onDisk returns where the member lies as it is. What is in an archive is
// unpacked beside the system's other temporary files.
func (m *member) onDisk() (path string, err error) {
	if m.path != "" {
		return m.path, nil
	}
	if m.kept.unpacked != "" {
		return m.kept.unpacked, nil
	}
	raw, err := m.raw()
	if err != nil {
		return "", err
	}
	defer raw.Close()
	file, err := os.CreateTemp("", "bivouac-*")
	if err != nil {
		return "", geo.ErrorOf(geo.Unavailable, "", notUnpacked, err)
	}
	n, err := io.Copy(file, io.LimitReader(raw, maxUnpacked+1))
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil && n > maxUnpacked {
		err = geo.ErrorOf(geo.TooLarge, "", unpackedLarge, maxUnpacked>>30)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	m.kept.unpacked = file.Name()
	return file.Name(), nil
}

// packageLayers are the layers of a GeoPackage.
func (m *member) packageLayers() ([]geopackage.Layer, error) {
	if m.kept.layers != nil {
		return m.kept.layers, nil
	}
	path, err := m.onDisk()
	if err != nil {
		return nil, err
	}
	m.kept.layers, err = geopackage.Layers(context.Background(), path)
	return m.kept.layers, err
}

// extract is what a file of OpenStreetMap holds.
func (m *member) extract() (*osm.Extract, error) {
	if m.kept.extract != nil {
		return m.kept.extract, nil
	}
	var err error
	m.kept.extract, err = osm.Open(m.raw)
	return m.kept.extract, err
}
