package styles

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"bivouac/geo"
)

// each calls see with every text of a value.
func each(v any, see func(string)) {
	switch v := v.(type) {
	case string:
		see(v)
	case []any:
		for i := range v {
			each(v[i], see)
		}
	case map[string]any:
		for name := range v {
			see(name)
			each(v[name], see)
		}
	}
}

func templates() map[string]template {
	all := map[string]template{}
	for name, t := range own {
		all[name] = t
	}
	for name, t := range plain {
		all["plain/"+name] = t
	}
	return all
}

// TestBlanksAreKnown fills in every file, in each theme.
func TestBlanksAreKnown(t *testing.T) {
	if len(own) < 9 || len(plain) != 3 || !slices.Equal(Themes(), []string{"light", "dark"}) {
		t.Fatalf("%d files, %d plain ones, themes %v", len(own), len(plain), Themes())
	}
	for name, file := range templates() {
		for theme, palette := range palettes {
			for _, l := range file.Layers {
				checkBlanks(t, name+", "+theme, palette, l)
			}
		}
	}
}

func checkBlanks(t *testing.T, desc string, palette map[string]string, layer map[string]any) {
	t.Helper()
	each(layer, func(text string) {
		if blank, ok := strings.CutPrefix(text, "@"); ok && palette[blank] == "" && zooms[blank] == nil {
			t.Errorf("%s: there is no %s", desc, text)
		}
	})
	each(filler{palette, 700}.fill(layer), func(text string) {
		if strings.HasPrefix(text, "@") || text == "by-count" {
			t.Errorf("%s: %s is left open", desc, text)
		}
	})
}

func TestPartsAreKnown(t *testing.T) {
	for name, file := range templates() {
		parts := map[any]bool{}
		for _, part := range file.Tiles {
			parts[part.Name] = true
		}
		ids := map[any]bool{}
		for _, l := range file.Layers {
			part, _ := l["source"].(string)
			if !parts[part] || ids[l["id"]] {
				t.Errorf("%s: the layer %v of %q stands twice, or its tiles are not asked for", name, l["id"], part)
			}
			ids[l["id"]] = true
		}
	}
}

func TestStep(t *testing.T) {
	steps := []any{"few", 10.0, "some", 100.0, "many"}
	for count, want := range map[int]string{0: "few", 9: "few", 10: "some", 99: "some", 100: "many", 1 << 30: "many"} {
		if got := (filler{count: count}).step(steps); got != want {
			t.Errorf("%d: %v, want %s", count, got, want)
		}
	}
}

// TestZooms holds the zooms to what they say: the more records, the later they
// are drawn one by one, and their counts half a screen later.
func TestZooms(t *testing.T) {
	for _, count := range []int{0, 600, 1259, 1260, 20_000, 1_000_000, 1 << 40} {
		f := filler{count: count}
		singles, counts := f.blank("singles").(float64), f.blank("counts").(float64)
		if counts != singles+1.5 || singles < 5 || singles > 12.5 {
			t.Errorf("%d records: one by one from %v, counted from %v", count, singles, counts)
		}
	}
}

func TestBuild(t *testing.T) {
	places := Places{Tiles: "http://here/{z}/{y}/{x}", Sprites: "http://here/sprites/", Page: "http://here", Faces: map[string][]Face{
		"Bivouac Strong": {{URL: "/a.woff2", Range: []string{"U+0-FF"}}}, "Unused": {{URL: "/b.woff2"}},
	}}
	name := geo.Field{Name: "name", Kind: geo.KindString}
	for _, c := range []struct {
		desc   string
		schema geo.Schema
		layers string
		tiles  string
		faces  int
	}{
		{"bases that have a name alone", geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{name}}, "bases-dots bases-names bases-marks", "http://here/{z}/{y}/{x}?properties=name", 1},
		{"areas that somebody called bases", geo.Schema{Name: "bases", Geometry: geo.AreaGeometry}, "bases-fill bases-outline", "http://here/{z}/{y}/{x}?properties=", 0},
		{"imported lines", geo.Schema{Name: "fences", Geometry: geo.LineGeometry}, "fences-line", "http://here/{z}/{y}/{x}?properties=", 0},
		{"shapes of all kinds", geo.Schema{Name: "all", Geometry: geo.AnyGeometry}, "all-fill all-outline all-line all-points all-counts", "http://here/{z}/{y}/{x}?properties=", 0},
		{"a collection that is called as a file", geo.Schema{Name: "point", Geometry: geo.LineGeometry}, "point-line", "http://here/{z}/{y}/{x}?properties=", 0},
	} {
		s := Build(&c.schema, 10, "dark", places)
		var ids []string
		for _, l := range s.Layers {
			ids = append(ids, l["id"].(string))
			if l["source-layer"] != c.schema.Name || len(s.Sources[l["source"].(string)].Tiles) != 1 {
				t.Errorf("%s: %v", c.desc, l)
			}
		}
		if got := strings.Join(ids, " "); got != c.layers || s.Sources[c.schema.Name].Tiles[0] != c.tiles || len(s.Faces) != c.faces || s.Sprite != "http://here/sprites/dark" {
			t.Errorf("%s: layers %s, sources %v, faces %v, sprite %s", c.desc, got, s.Sources, s.Faces, s.Sprite)
		}
		if c.faces > 0 && s.Faces["Bivouac Strong"][0].URL != "http://here/a.woff2" {
			t.Errorf("%s: %v", c.desc, s.Faces)
		}
	}
	if places.Faces["Bivouac Strong"][0].URL != "/a.woff2" {
		t.Error("the faces that were given have changed")
	}
}

// TestIncidentsInCells asks the style of few and of many records.
func TestIncidentsInCells(t *testing.T) {
	s := geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "outcome"}, {Name: "killed"}, {Name: "injured"}}}
	few, many := Build(&s, 100, "light", Places{}), Build(&s, 1_000_000, "light", Places{})
	for i, want := range []float64{5, 12.5} {
		style := []Style{few, many}[i]
		if style.Layers[0]["maxzoom"] != want || style.Layers[1]["minzoom"] != want {
			t.Errorf("cells end at %v, marks begin at %v, want %v", style.Layers[0]["maxzoom"], style.Layers[1]["minzoom"], want)
		}
	}
	if got := many.Sources["incidents"].Tiles[0]; got != "?properties=outcome,killed,injured&sum=killed,injured&groupby=outcome" {
		t.Errorf("tiles of marks: %s", got)
	}
	if got := many.Sources["incidents-cells"].Tiles[0]; got != "?properties=" {
		t.Errorf("tiles of cells: %s", got)
	}
}

// TestSprites wants all files of each theme, which name places within the image.
func TestSprites(t *testing.T) {
	for _, theme := range Themes() {
		for _, size := range []string{"", "@2x"} {
			text, ok := Sprite(theme + size + ".json")
			var places map[string]struct{ X, Y, Width, Height, PixelRatio float64 }
			if err := json.Unmarshal(text, &places); !ok || err != nil || len(places) == 0 {
				t.Errorf("%s%s: %v, %d symbols", theme, size, err, len(places))
			}
			image, ok := Sprite(theme + size + ".png")
			if !ok || !strings.HasPrefix(string(image), "\x89PNG") {
				t.Errorf("%s%s: no image", theme, size)
			}
		}
	}
	for _, name := range []string{"", "none.png", "../zooms.json", "light", "../collections/bases.json"} {
		if _, ok := Sprite(name); ok {
			t.Errorf("%q is a sprite", name)
		}
	}
}
