package load

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/geojson"
)

// featureRows are the records of a GeoJSON text or of flat JSON.
type featureRows struct {
	d      *geojson.Decoder
	system string // that the text names, as it names it
	names  []string
	index  map[string]int
	last   []int // column of the i-th property of the row before
}

// systemOfText is the system that the start of a GeoJSON text names before its
// first feature.
func systemOfText(start []byte) (crs.System, error) {
	d := geojson.NewDecoder(bytes.NewReader(start))
	_, _ = d.Next() // what is wrong is said where all of it is read
	return systemOfMember(d.Warnings().CRS)
}

// systemOfMember reads the crs member of a GeoJSON text of the older kind
// (2008): a name, a code as its drafts had it, or a name alone as some programs
// write it. CRS84 where there is none; one that is not read is an error that
// names it.
func systemOfMember(text string) (crs.System, error) {
	if text == "" {
		return crs.CRS84, nil
	}
	name := text
	if member, err := geojson.ParseValue([]byte(text)); err == nil {
		properties := member.Record()["properties"].Record()
		switch code := properties["code"]; {
		case member.Kind() == geo.KindString:
			name = member.Text()
		case properties["name"].Kind() == geo.KindString:
			name = properties["name"].Text()
		case code.Kind() == geo.KindInt:
			name = "EPSG:" + strconv.FormatInt(code.Int(), 10)
		case code.Kind() == geo.KindString:
			name = code.Text()
		}
	}
	return crs.ParseName(name)
}

// heedSystem takes the system that a GeoJSON text has named, now that all of it
// was read: some programs name it behind the features.
func (f *File) heedSystem(m *member, rs rows) error {
	text, ok := rs.(*featureRows)
	if !ok {
		return nil
	}
	system, err := f.systemOf(func() (crs.System, error) { return systemOfMember(text.system) })
	if err != nil {
		return m.named(err)
	}
	m.system = system
	return nil
}

// isOtherJSON knows the formats of maps in JSON that are none of ours by what
// stands before their shapes: TopoJSON, and what ArcGIS writes unless it is asked
// for GeoJSON.
func isOtherJSON(start []byte) bool {
	d := json.NewDecoder(bytes.NewReader(start))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	for d.More() {
		var text string
		var raw json.RawMessage
		name, err := d.Token()
		if err != nil || d.Decode(&raw) != nil {
			return false
		}
		_ = json.Unmarshal(raw, &text) // "" for what is no text
		if name == "type" && text == "Topology" || name == "geometryType" && strings.HasPrefix(text, "esriGeometry") {
			return true
		}
	}
	return false
}

func newFeatureRows(r io.Reader) *featureRows {
	return &featureRows{d: geojson.NewDecoder(r), index: map[string]int{}}
}

func (f *featureRows) columns() []string { return f.names }

func (f *featureRows) warnings() []geo.Said {
	var list []geo.Said
	w := f.d.Warnings()
	if w.LongPositions > 0 {
		list = append(list, longPositions.With(w.LongPositions))
	}
	if w.Untyped {
		list = append(list, noCollection.With())
	}
	return list
}

func (f *featureRows) next(r *row) error {
	r.reset()
	feature, err := f.d.Next()
	if named := f.d.Warnings().CRS; named != f.system {
		if f.system != "" {
			return geo.ErrorOf(geo.Unsupported, "", twoSystems, fmt.Sprintf("%.100s", f.system), fmt.Sprintf("%.100s", named))
		}
		f.system = named
	}
	if err != nil {
		var bad *geojson.Refusal
		if errors.As(err, &bad) {
			return &refused{bad.Ordinal, bad.Line, bad.Said, bad.Raw}
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
