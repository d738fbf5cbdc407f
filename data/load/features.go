package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"bivouac/geo/crs"
	"bivouac/geo/geojson"
)

// featureRows are the records of a GeoJSON text or of flat JSON.
type featureRows struct {
	d      *geojson.Decoder
	placed bool // the system that the text names was seen and is heeded
	names  []string
	index  map[string]int
	last   []int // column of the i-th property of the row before
}

// systemOfText is the system that a GeoJSON text of the older kind (2008) names
// before its first feature.
func systemOfText(start []byte) (crs.System, error) {
	d := geojson.NewDecoder(bytes.NewReader(start))
	_, _ = d.Next() // what is wrong is said where all of it is read
	named, err := geojson.ParseValue([]byte(d.Warnings().CRS))
	if err != nil {
		return crs.CRS84, nil
	}
	if of := named.Record()["properties"].Record()["name"].Text(); of != "" {
		return crs.ParseName(of)
	}
	return crs.CRS84, nil
}

func newFeatureRows(r io.Reader, system crs.System) *featureRows {
	return &featureRows{d: geojson.NewDecoder(r), placed: system != crs.CRS84, index: map[string]int{}}
}

func (f *featureRows) columns() []string { return f.names }

func (f *featureRows) warnings() []string {
	var list []string
	w := f.d.Warnings()
	if w.LongPositions > 0 {
		list = append(list, fmt.Sprintf("%d positions have more than three numbers; the rest was dropped", w.LongPositions))
	}
	if w.CRS != "" && !f.placed {
		list = append(list, fmt.Sprintf("the file names another coordinate system than WGS84 (%.100s); its coordinates were read as longitude and latitude", w.CRS))
	}
	if w.Untyped {
		list = append(list, `the file does not say "type":"FeatureCollection"; it was read as one`)
	}
	return list
}

func (f *featureRows) next(r *row) error {
	r.reset()
	feature, err := f.d.Next()
	if err != nil {
		var bad *geojson.Refusal
		if errors.As(err, &bad) {
			return &refused{bad.Ordinal, bad.Line, bad.Text, bad.Raw}
		}
		return err
	}
	r.ordinal, r.line = feature.Ordinal, 0
	r.id, r.place, r.z, r.placed = feature.ID, feature.Geometry, feature.Z, !feature.Flat
	for i := range feature.Properties {
		m := &feature.Properties[i]
		column := f.column(i, m.Name)
		for len(r.cells) <= column {
			r.cells = append(r.cells, cell{})
		}
		c := &r.cells[column]
		switch {
		case m.Nested():
			*c = cell{kind: nested, raw: m.Raw}
		case !m.Value.Null():
			*c = cell{kind: typed, value: m.Value, raw: m.Raw}
		}
	}
	return nil
}

// column returns the column of a name; a property nearly always stands where
// it stood in the row before.
func (f *featureRows) column(i int, name string) int {
	if i < len(f.last) && f.names[f.last[i]] == name {
		return f.last[i]
	}
	column, ok := f.index[name]
	if !ok {
		column = len(f.names)
		f.names = append(f.names, name)
		f.index[name] = column
	}
	for len(f.last) <= i {
		f.last = append(f.last, column)
	}
	f.last[i] = column
	return column
}

// line of the row at hand.
func (f *featureRows) line() int { return f.d.Line() }

// raw returns how the row at hand starts.
func (f *featureRows) raw() string { return f.d.Raw() }
