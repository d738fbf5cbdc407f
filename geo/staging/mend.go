package staging

import (
	"encoding/csv"
	"io"
	"maps"
	"slices"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// Columns that a file of refused rows has beside those of its source. A reader
// of files takes nothing from them, so that the file can be sent again once it
// is mended.
const (
	ReasonColumn = "refused_because" // which row of which file, where in it, and why
	TextColumn   = "refused_text"    // how a row starts that could not be read; it is to be written out in the columns
)

// Mend writes refused rows so that they can be mended and imported again. Close
// ends the file.
type Mend interface {
	Write(r *Row) error
	Close() error
}

// mendCSV writes the columns of the source, as it names them, in UTF-8 with
// commas.
type mendCSV struct {
	w       *csv.Writer
	columns []string
	begun   bool
}

// NewMendCSV returns a Mend as CSV for a file of the columns. A file without
// any refused row stays empty. The columns id and geometry are those that rows
// bring beside their columns, as in GeoJSON, where there are no others.
func NewMendCSV(w io.Writer, columns []string) Mend {
	return &mendCSV{w: csv.NewWriter(w), columns: slices.DeleteFunc(slices.Clone(columns), isOurs)}
}

func isOurs(column string) bool { return column == ReasonColumn || column == TextColumn }

func (m *mendCSV) Write(r *Row) error {
	record, err := recordOf(r)
	if err != nil {
		return err
	}
	if !m.begun {
		m.begun = true
		if err := m.w.Write(append(slices.Clone(m.columns), ReasonColumn, TextColumn)); err != nil {
			return err
		}
	}
	values := record["properties"].Record()
	var cells []string
	for _, c := range m.columns {
		v, has := values[c]
		if !has && (c == "id" || c == GeometryName) {
			v = record[c]
		}
		cells = append(cells, cellOf(v))
	}
	return m.w.Write(append(cells, r.Reason, cellOf(values[TextColumn])))
}

func cellOf(v geo.Value) string {
	switch v.Kind() {
	case geo.KindNull:
		return ""
	case geo.KindString:
		return v.Text()
	}
	return string(geojson.AppendValue(nil, v))
}

func (m *mendCSV) Close() error {
	m.w.Flush()
	return m.w.Error()
}

// recordOf reads a refused row as the feature that it is kept as.
func recordOf(r *Row) (geo.Values, error) {
	if r.Record == nil {
		return nil, nil
	}
	v, err := geojson.ParseValue(r.Record)
	return v.Record(), err
}

// mendJSON writes a FeatureCollection. Its file is GeoJSON even where the shape
// of a row is what is wrong with it.
type mendJSON struct {
	w     io.Writer
	begun bool
	b     []byte
}

// NewMendGeoJSON returns a Mend as GeoJSON.
func NewMendGeoJSON(w io.Writer) Mend { return &mendJSON{w: w} }

func (m *mendJSON) Write(r *Row) error {
	m.b = append(m.b[:0], `{"type":"FeatureCollection","features":[`+"\n"...)
	if m.begun {
		m.b = append(m.b[:0], ",\n"...)
	}
	m.begun = true
	var err error
	if m.b, err = AppendRefused(m.b, r); err != nil {
		return err
	}
	_, err = m.w.Write(m.b)
	return err
}

func (m *mendJSON) Close() error {
	end := "\n]}\n"
	if !m.begun {
		end = `{"type":"FeatureCollection","features":[]}` + "\n"
	}
	_, err := io.WriteString(m.w, end)
	return err
}

// AppendRefused adds a refused row as a GeoJSON feature with its columns, and
// why it was refused.
func AppendRefused(b []byte, r *Row) ([]byte, error) {
	record, err := recordOf(r)
	if err != nil {
		return b, err
	}
	values := record["properties"].Record()
	b = append(b, `{"type":"Feature",`...)
	if id := record["id"]; !id.Null() {
		b = append(geojson.AppendValue(append(b, `"id":`...), id), ',')
	}
	b = append(geojson.AppendValue(append(b, `"geometry":`...), record["geometry"]), `,"properties":{`...)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name == ReasonColumn {
			continue
		}
		b = append(append(geojson.AppendString(b, name), ':'), geojson.AppendValue(nil, values[name])...)
		b = append(b, ',')
	}
	b = append(geojson.AppendString(b, ReasonColumn), ':')
	return append(geojson.AppendString(b, r.Reason), "}}"...), nil
}
