package process

import (
	"slices"

	"bivouac/geo"
)

// Check returns the inputs with defaults filled in, or says which of them is
// wrong: unknown, missing, of the wrong kind, or out of range.
func Check(in *geo.Schema, given geo.Values) (geo.Values, error) {
	for name := range given {
		if in.Field(name) < 0 {
			return nil, unknownInput(in, name)
		}
	}
	out := geo.Values{}
	for i := range in.Fields {
		f := &in.Fields[i]
		v, err := checkField(f, given[f.Name])
		if err != nil {
			return nil, err
		}
		if !v.Null() {
			out[f.Name] = v
		}
	}
	return out, nil
}

func names(fields []geo.Field) []string {
	out := make([]string, len(fields))
	for i := range fields {
		out[i] = fields[i].Name
	}
	return out
}

func checkField(f *geo.Field, v geo.Value) (geo.Value, error) {
	if v.Null() {
		if f.Required && f.Default.Null() {
			return v, geo.Errorf(geo.Invalid, f.Name, "this input is required: %s", f.Description)
		}
		return f.Default, nil
	}
	if f.Kind == geo.KindFloat && v.Kind() == geo.KindInt {
		v = geo.Float(v.Float())
	}
	if v.Kind() != f.Kind {
		return v, geo.Errorf(geo.Invalid, f.Name, "must be a %v, not the %v %v", f.Kind, v.Kind(), v)
	}
	if err := checkRange(f, v); err != nil {
		return v, err
	}
	if f.Kind == geo.KindList && f.Items != nil {
		return checkList(f, v)
	}
	return v, nil
}

func checkRange(f *geo.Field, v geo.Value) error {
	if err := f.InRange(v); err != nil {
		return err
	}
	if len(f.Enum) > 0 && v.Kind() == geo.KindString && !slices.Contains(f.Enum, v.Text()) {
		return geo.Errorf(geo.Invalid, f.Name, "must be one of %v, not %v", f.Enum, v)
	}
	return nil
}

func checkList(f *geo.Field, v geo.Value) (geo.Value, error) {
	items := slices.Clone(v.List())
	item := *f.Items
	item.Name, item.Required = f.Name, true
	for i := range items {
		checked, err := checkField(&item, items[i])
		if err != nil {
			return v, err
		}
		items[i] = checked
	}
	return geo.List(items...), nil
}
