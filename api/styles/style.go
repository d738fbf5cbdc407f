package styles

import (
	"strings"

	"bivouac/geo"
)

// Style is a MapLibre style, by version 8 of that specification.
type Style struct {
	Version  int               `json:"version"`
	Name     string            `json:"name"`
	Metadata map[string]string `json:"metadata"`
	Sources  map[string]source `json:"sources"`
	Sprite   string            `json:"sprite"`
	Faces    map[string][]Face `json:"font-faces,omitempty"`
	Layers   []map[string]any  `json:"layers"`
}

type source struct {
	Type    string   `json:"type"`
	Tiles   []string `json:"tiles"`
	MaxZoom int      `json:"maxzoom"`
}

// maxZoom is the deepest zoom that clients ask tiles of. Beyond it they
// stretch what they have: a cell of such a tile is a metre wide.
const maxZoom = 17

// Places are the addresses that a style leads to, and what goes with them.
type Places struct {
	Tiles   string            // of a tile, {z}, {y} and {x} left open
	Sprites string            // of the folder of sprites
	Page    string            // that addresses of faces begin with
	Faces   map[string][]Face // by the name of the font; nil for those of the client
}

// Build returns the style for so many records of the schema, in a theme.
func Build(s *geo.Schema, count int, theme string, p Places) Style {
	t := templateOf(s)
	out := Style{
		Version: 8, Name: s.Title, Metadata: map[string]string{"description": t.Description},
		Sources: map[string]source{}, Sprite: p.Sprites + theme, Layers: []map[string]any{},
	}
	if out.Name == "" {
		out.Name = s.Name
	}
	for _, part := range t.Tiles {
		out.Sources[sourceOf(s, part.Name)] = source{"vector", []string{p.Tiles + part.query(s)}, maxZoom}
	}
	f := filler{palettes[theme], count}
	for _, l := range t.Layers {
		layer := f.fill(l).(map[string]any)
		part, _ := layer["source"].(string)
		layer["source"], layer["source-layer"] = sourceOf(s, part), s.Name
		layer["id"] = sourceOf(s, part) + "-" + layer["id"].(string)
		out.Layers = append(out.Layers, layer)
	}
	out.Faces = facesOf(out.Layers, p)
	return out
}

// sourceOf names the source of a part; layers begin with its name, so that
// styles of several collections can be put together.
func sourceOf(s *geo.Schema, part string) string {
	if part == "" {
		return s.Name
	}
	return s.Name + "-" + part
}

// query is the question, without fields that the collection does not have.
func (t tiles) query(s *geo.Schema) string {
	q := "?properties=" + strings.Join(known(s, t.Properties), ",")
	for _, list := range []struct {
		name   string
		fields []string
	}{{"sum", t.Sum}, {"groupby", t.GroupBy}} {
		if names := known(s, list.fields); names != nil {
			q += "&" + list.name + "=" + strings.Join(names, ",")
		}
	}
	return q
}

func known(s *geo.Schema, names []string) (out []string) {
	for _, n := range names {
		if s.Field(n) >= 0 {
			out = append(out, n)
		}
	}
	return out
}

// filler fills in the blanks of a file.
type filler struct {
	palette map[string]string
	count   int
}

// fill returns a copy of the value without blanks.
func (f filler) fill(v any) any {
	switch v := v.(type) {
	case string:
		if name, blank := strings.CutPrefix(v, "@"); blank {
			return f.blank(name)
		}
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = f.fill(v[i])
		}
		return out
	case map[string]any:
		if steps, ok := v["by-count"].([]any); ok {
			return f.fill(f.step(steps))
		}
		out := make(map[string]any, len(v))
		for name := range v {
			out[name] = f.fill(v[name])
		}
		return out
	}
	return v
}

func (f filler) blank(name string) any {
	if steps, ok := zooms[name]; ok {
		return f.step(steps)
	}
	return f.palette[name]
}

// step takes what holds from the last threshold on that the count reaches.
func (f filler) step(steps []any) any {
	out := steps[0]
	for i := 1; i+1 < len(steps); i += 2 {
		if float64(f.count) >= steps[i].(float64) {
			out = steps[i+1]
		}
	}
	return out
}
