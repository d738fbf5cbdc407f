package process

import (
	"encoding/json"
	"strings"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/jsonschema"
)

// Read turns a JSON object of inputs into values, by the kinds that the
// schema gives them. What is wrong is said by the name of the input; range
// and presence are Check's to judge.
func Read(in *geo.Schema, body []byte) (geo.Values, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, geo.Errorf(geo.Invalid, "inputs", "must be a JSON object of inputs by name: %v", err)
	}
	out := geo.Values{}
	for name, text := range raw {
		v, err := geojson.ParseValue(text)
		if err != nil {
			return nil, geo.Errorf(geo.Invalid, name, "is not JSON: %v", err)
		}
		if out[name], err = Input(in, name, v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Input turns one value as JSON gives it into one of the named input's kind.
// Geometries are GeoJSON; a stretch of time is written as the datetime
// parameter takes it, see [geo.ParseInterval].
func Input(in *geo.Schema, name string, v geo.Value) (geo.Value, error) {
	i := in.Field(name)
	if i < 0 {
		return v, unknownInput(in, name)
	}
	f := &in.Fields[i]
	if f.Role == geo.FilterRole && v.Kind() == geo.KindRecord {
		return geo.String(string(geojson.AppendValue(nil, v))), nil
	}
	if f.Kind == geo.KindInterval && v.Kind() == geo.KindString {
		stretch, err := geo.ParseInterval(v.Text())
		if err != nil {
			return v, geo.Errorf(geo.Invalid, name, "%v", err)
		}
		return geo.IntervalValue(stretch), nil
	}
	coerced, ok := jsonschema.Coerce(f, v)
	if !ok {
		return v, geo.Errorf(geo.Invalid, name, "must be a %s, not the %v %.80s", kindOf(f), v.Kind(), v.String())
	}
	return coerced, nil
}

func kindOf(f *geo.Field) string {
	if f.Items == nil {
		return f.Kind.String()
	}
	return f.Kind.String() + " of " + f.Items.Kind.String() + "s"
}

func unknownInput(in *geo.Schema, name string) error {
	return geo.Errorf(geo.Invalid, name, "there is no such input; %s takes %s", in.Name, strings.Join(names(in.Fields), ", "))
}
