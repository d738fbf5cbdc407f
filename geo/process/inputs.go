package process

import (
	"bytes"
	"encoding/json"
	"strings"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// Read turns a JSON object of inputs into values, by the kinds that the
// schema gives them: times and intervals are RFC 3339 text, with days and ".."
// allowed as in the datetime parameter, geometries are GeoJSON. What is wrong
// is said by the name of the input; range and presence are Check's to judge.
func Read(in *geo.Schema, body []byte) (geo.Values, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	var raw map[string]json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return nil, geo.Errorf(geo.Invalid, "inputs", "must be a JSON object of inputs by name: %v", err)
	}
	out := geo.Values{}
	for name, text := range raw {
		i := in.Field(name)
		if i < 0 {
			return nil, unknownInput(in, name)
		}
		v, err := readField(&in.Fields[i], text)
		if err != nil {
			return nil, err
		}
		out[name] = v
	}
	return out, nil
}

func unknownInput(in *geo.Schema, name string) error {
	return geo.Errorf(geo.Invalid, name, "there is no such input; %s takes %s", in.Name, strings.Join(names(in.Fields), ", "))
}

func readField(f *geo.Field, text json.RawMessage) (geo.Value, error) {
	if string(text) == "null" {
		return geo.Value{}, nil
	}
	switch f.Kind {
	case geo.KindTime, geo.KindInterval:
		var s string
		if err := json.Unmarshal(text, &s); err != nil {
			return geo.Value{}, geo.Errorf(geo.Invalid, f.Name, "must be a text such as 2018-01-01/2018-08-31")
		}
		i, err := geo.ParseInterval(s)
		if err != nil {
			return geo.Value{}, geo.Errorf(geo.Invalid, f.Name, "%v", err)
		}
		if f.Kind == geo.KindTime {
			return geo.TimeValue(i.Start.Time), nil
		}
		return geo.IntervalValue(i), nil
	case geo.KindGeometry:
		g, _, err := geojson.ParseGeometry(text)
		if err != nil {
			return geo.Value{}, geo.Errorf(geo.Invalid, f.Name, "must be a GeoJSON geometry: %v", err)
		}
		return geo.Geometry(g), nil
	case geo.KindList:
		return readList(f, text)
	}
	v, err := geojson.ParseValue(text)
	if err != nil {
		return v, geo.Errorf(geo.Invalid, f.Name, "is not JSON: %v", err)
	}
	if f.Kind == geo.KindInt && v.Kind() == geo.KindFloat && v.Float() == float64(int64(v.Float())) {
		v = geo.Int(int64(v.Float())) // 5.0 and 5e3 are whole numbers in JSON
	}
	return v, nil
}

func readList(f *geo.Field, text json.RawMessage) (geo.Value, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return geo.Value{}, geo.Errorf(geo.Invalid, f.Name, "must be a list such as [1, 2]")
	}
	item := geo.Field{Kind: geo.KindString}
	if f.Items != nil {
		item = *f.Items
	}
	item.Name = f.Name
	items := make([]geo.Value, len(raw))
	for i := range raw {
		v, err := readField(&item, raw[i])
		if err != nil {
			return v, err
		}
		items[i] = v
	}
	return geo.List(items...), nil
}
