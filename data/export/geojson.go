package export

import (
	"io"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// features writes GeoJSON features with something before, between and behind.
type features struct {
	nothing
	w       io.Writer
	encoder *geojson.Encoder
	sheet   Sheet
	beside  []geojson.Property
	buf     []byte
	first   bool
	between string // before each feature but the first
	end     string
}

var geojsonHolds = Holds{
	Kinds: []geo.Kind{geo.KindBool, geo.KindInt, geo.KindFloat, geo.KindTime, geo.KindInterval, geo.KindGeometry, geo.KindList, geo.KindRecord},
	Null:  true, Heights: true, Extra: true,
}

func newFeatures(w io.Writer, s Sheet, p geojson.Profile) *features {
	f := &features{w: w, sheet: s, encoder: geojson.NewEncoder(s.Schema, geojson.Options{Profile: p, Fields: s.Fields, NoExtra: s.Fields != nil}), first: true}
	f.beside = make([]geojson.Property, len(s.Beside))
	for i := range s.Beside {
		f.beside[i].Name = s.Beside[i].Name
	}
	return f
}

// newGeoJSON writes a FeatureCollection (RFC 7946). Classification,
// attribution and time stand before the features as foreign members.
func newGeoJSON(w io.Writer, s Sheet) (Writer, error) { return newCollection(w, s, geojson.RFC7946) }

// newJSONFG writes the same by JSON-FG (OGC 21-045r1).
func newJSONFG(w io.Writer, s Sheet) (Writer, error) { return newCollection(w, s, geojson.JSONFG) }

func newCollection(w io.Writer, s Sheet, p geojson.Profile) (Writer, error) {
	f := newFeatures(w, s, p)
	f.between, f.end = ",\n", "\n]}\n"
	b := append(f.buf, `{"type":"FeatureCollection",`...)
	if p != geojson.RFC7946 {
		b = append(geojson.AppendDimension(geojson.AppendRoot(b, s.Schema, ""), s.Schema), ',')
	}
	b = append(b, `"classification":`...)
	b = geojson.AppendString(b, s.Highest.String())
	b = append(b, `,"attribution":[`...)
	for i, name := range s.Attribution {
		if i > 0 {
			b = append(b, ',')
		}
		b = geojson.AppendString(b, name)
	}
	b = append(b, ']')
	if s.At != 0 {
		b = append(s.At.Append(append(b, `,"timeStamp":"`...)), '"')
	}
	f.buf = append(b, ",\"features\":[\n"...)
	return f, nil
}

// newSequence writes a GeoJSON text sequence (RFC 8142): each feature behind a
// record separator, and nothing of the whole.
func newSequence(w io.Writer, s Sheet) (Writer, error) { return newOneALine(w, s, "\x1e"), nil }

// newLines writes the same without the separator, as most programs read it.
func newLines(w io.Writer, s Sheet) (Writer, error) { return newOneALine(w, s, ""), nil }

func newOneALine(w io.Writer, s Sheet, separator string) Writer {
	f := newFeatures(w, s, geojson.RFC7946)
	f.buf = append(f.buf, separator...)
	f.between, f.end = "\n"+separator, "\n"
	return f
}

func (f *features) Write(r geo.Row, beside []geo.Value) error {
	if !f.first {
		f.buf = append(f.buf, f.between...)
	}
	f.first = false
	for i, v := range beside {
		f.beside[i].Value = v
	}
	f.buf = f.encoder.AppendFeature(f.buf, r, f.beside...)
	return f.flush()
}

func (f *features) flush() error {
	_, err := f.w.Write(f.buf)
	f.buf = f.buf[:0]
	return err
}

func (f *features) Close() error {
	if f.first && f.end == "\n" {
		return nil // an empty sequence has no record
	}
	f.buf = append(f.buf, f.end...)
	return f.flush()
}
