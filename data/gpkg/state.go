package gpkg

import (
	"encoding/json"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/jsonschema"
)

// state is a former record as the history holds it, beside its shape: by the
// names of its fields, so that it can be read whatever became of the schema.
type state struct {
	Rev      geo.Version     `json:"rev"`
	SourceID string          `json:"source_id,omitempty"`
	Mission  string          `json:"mission,omitempty"`
	Class    string          `json:"class"`
	Valid    string          `json:"valid"`
	Values   json.RawMessage `json:"values"`
	Extra    json.RawMessage `json:"extra,omitempty"`
}

// stateOf writes a record of the schema.
func stateOf(s *geo.Schema, f *geo.Feature) (shape []byte, text string, err error) {
	if f.Geometry != nil {
		if shape, err = appendBlob(nil, f.Geometry, f.Z, srsID); err != nil {
			return nil, "", err
		}
	}
	values := geo.Values{}
	for i := range s.Fields {
		if v := f.Value(i); !v.Null() {
			values[s.Fields[i].Name] = v
		}
	}
	b, err := json.Marshal(state{
		Rev: f.Rev, SourceID: f.SourceID, Mission: f.Mission, Class: f.Class.String(), Valid: f.Valid.String(),
		Values: geojson.AppendValue(nil, geo.Record(values)), Extra: f.Extra,
	})
	return shape, string(b), err
}

// parseState reads a record of the key into the fields of the schema.
func parseState(s *geo.Schema, key geo.Key, shape []byte, text string) (*geo.Feature, error) {
	damaged := geo.Errorf(geo.Invalid, s.Name, "the history of the record %d cannot be read, so another program has written to the file; open the last backup", key)
	var st state
	if err := json.Unmarshal([]byte(text), &st); err != nil {
		return nil, damaged
	}
	f := &geo.Feature{Key: key, Rev: st.Rev, SourceID: st.SourceID, Mission: st.Mission, Extra: st.Extra, Values: make([]geo.Value, len(s.Fields))}
	var err error
	if f.Class, err = geo.ParseClass(st.Class); err != nil {
		return nil, damaged
	}
	if f.Valid, err = parseValid(st.Valid); err != nil {
		return nil, damaged
	}
	if shape != nil {
		if f.Geometry, f.Z, err = parseBlob(shape); err != nil {
			return nil, damaged
		}
	}
	values, err := geojson.ParseValue(st.Values)
	if err != nil {
		return nil, damaged
	}
	for name, v := range values.Record() {
		if i := s.Field(name); i >= 0 {
			c, ok := jsonschema.Coerce(&s.Fields[i], v)
			if !ok {
				return nil, damaged
			}
			f.Values[i] = c
		}
	}
	return f, nil
}

// docState is a document as the store holds it.
type docState struct {
	Title   string          `json:"title"`
	Body    json.RawMessage `json:"body"`
	Rev     geo.Version     `json:"rev"`
	Class   string          `json:"class"`
	Mission string          `json:"mission,omitempty"`
}

func docStateOf(d *geo.Doc) (string, error) {
	b, err := json.Marshal(docState{d.Title, d.Body, d.Rev, d.Class.String(), d.Mission})
	if err != nil {
		return "", geo.Errorf(geo.Invalid, "body", "the %s %q is not JSON", d.Kind, d.ID)
	}
	return string(b), nil
}

func parseDoc(kind, id, text string) (*geo.Doc, error) {
	var st docState
	err := json.Unmarshal([]byte(text), &st)
	class, bad := geo.ParseClass(st.Class)
	if err != nil || bad != nil {
		return nil, geo.Errorf(geo.Invalid, kind, "the document %q cannot be read, so another program has written to the file; open the last backup", id)
	}
	return &geo.Doc{Kind: kind, ID: id, Title: st.Title, Body: st.Body, Rev: st.Rev, Class: class, Mission: st.Mission}, nil
}
