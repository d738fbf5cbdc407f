// Package styles answers "how is a collection drawn?": MapLibre styles of its
// vector tiles, from the files that the page draws by, too.
//
// A file holds the layers of a style with two kinds of blanks: "@name" is a
// colour of the palette or a zoom that hangs on how many records there are, and
// {"by-count": [a, n, b, ...]} is a, and b from n records on.
// web/src/map/layers/styleFile.ts fills in the same blanks. Layers with the
// metadata "instead" lie hidden below icons, for programs that cannot work out
// which icon to take, as QGIS cannot; the page leaves them out. Built-in
// collections have files of their own; any other is drawn by its geometry type.
//
// palette.json and sprites are made by `npm run sprites` in web.
package styles

import (
	"embed"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"bivouac/geo"
)

//go:embed *.json collections plain sprites
var files embed.FS

// template is a style with its blanks.
type template struct {
	Description string           `json:"description"`
	Geometry    geo.GeometryType `json:"geometry"`
	Tiles       []tiles          `json:"tiles"`
	Layers      []map[string]any `json:"layers"`
}

// tiles is one question for tiles. Name sets it apart from the others of its
// style; one has none.
type tiles struct {
	Name       string   `json:"name"`
	Properties []string `json:"properties"`
	Sum        []string `json:"sum"`
	GroupBy    []string `json:"groupby"`
}

var (
	own      = readAll("collections")
	plain    = readAll("plain")
	palettes = read[map[string]map[string]string]("palette.json")
	zooms    = read[map[string][]any]("zooms.json")
)

func readAll(folder string) map[string]template {
	out := map[string]template{}
	list, err := fs.Glob(files, folder+"/*.json")
	if err != nil {
		panic(err)
	}
	for _, name := range list {
		out[strings.TrimSuffix(path.Base(name), ".json")] = read[template](name)
	}
	return out
}

// read reads an embedded file, which the tests have read before.
func read[T any](name string) (out T) {
	text, err := files.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		panic("styles: " + name + ": " + err.Error())
	}
	return out
}

// Themes returns the names of the palettes, the one for those who name none
// first.
func Themes() []string {
	names := slices.Sorted(maps.Keys(palettes))
	slices.Reverse(names)
	return names
}

// Drawn reports whether records of the schema can be drawn at all.
func Drawn(s *geo.Schema) bool { return s.Geometry != geo.NoGeometry }

// Describe says in words how a collection is drawn.
func Describe(s *geo.Schema) string { return templateOf(s).Description }

// templateOf returns the file of the collection's name where it is of the same
// geometry: anything may be imported under that name.
func templateOf(s *geo.Schema) template {
	if t, ok := own[s.Name]; ok && t.Geometry == s.Geometry {
		return t
	}
	if t, ok := plain[string(s.Geometry)]; ok {
		return t
	}
	all := template{Description: "Areas shaded with an outline, lines, and dots for points.", Geometry: geo.AnyGeometry}
	for _, g := range []geo.GeometryType{geo.AreaGeometry, geo.LineGeometry, geo.PointGeometry} {
		all.Tiles = plain[string(g)].Tiles
		all.Layers = append(all.Layers, plain[string(g)].Layers...)
	}
	return all
}

// Fields returns the fields of the schema that its style reads.
func Fields(s *geo.Schema) []int {
	var out []int
	for i := range s.Fields {
		if slices.ContainsFunc(templateOf(s).Tiles, func(t tiles) bool {
			return slices.Contains(slices.Concat(t.Properties, t.Sum, t.GroupBy), s.Fields[i].Name)
		}) {
			out = append(out, i)
		}
	}
	return out
}

// Sprite returns a file of the symbols, such as light@2x.png.
func Sprite(name string) ([]byte, bool) {
	text, err := files.ReadFile("sprites/" + name)
	return text, err == nil && path.Base(name) == name
}
