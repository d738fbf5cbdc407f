package load

import (
	"slices"
	"strings"

	shapefiles "bivouac/data/export/shapefile"
	"bivouac/geo"
)

// writeOut gives columns of a shapefile the names of the fields that its table had
// no room for, where the collection is known: else their values would go beside
// the fields that they were written from.
func (f *File) writeOut() {
	if f.form.format != Shapefile && f.form.format != DBase {
		return
	}
	fields := f.fieldsBefore()
	for i, cut := range shapefiles.Names(fields) {
		if j := f.named(cut); cut != fields[i] && j >= 0 && f.named(fields[i]) < 0 {
			f.columns[j].name, f.columns[j].cut = fields[i], cut
		}
	}
}

// named returns the column of exactly this name, written out or as the file has
// it, -1 for none.
func (f *File) named(name string) int {
	return slices.IndexFunc(f.columns, func(c *column) bool { return c.name == name || c.cut != "" && c.cut == name })
}

// cutNotes tell which names were written out.
func (f *File) cutNotes() []geo.Said {
	var list []string
	for _, c := range f.columns {
		if c.cut != "" {
			list = append(list, c.cut+" = "+c.name)
		}
	}
	if list == nil {
		return nil
	}
	return []geo.Said{namesCut.With(strings.Join(list, ", "))}
}
