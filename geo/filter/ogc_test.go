package filter_test

import (
	"context"
	"database/sql"
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/project"

	"bivouac/data/load"
	"bivouac/data/load/loadtest"
	"bivouac/data/sharedtest"
	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/shape"
)

// TestOGC holds the predicates of the OGC's own suite to the counts that an
// independent evaluation gives: as text, and as the JSON of our translation.
func TestOGC(t *testing.T) {
	layers := ogcLayers(t)
	rows := table(t, sharedtest.Path(t, "ogc_cql2/predicates.tsv"), '\t')[1:]
	if len(rows) != 234 {
		t.Errorf("the suite has %d predicates, want 234", len(rows))
	}
	for _, row := range rows {
		collection, text, verified := row[2], row[3], row[5]
		l := layers[collection]
		p, err := filter.ParseText(l.Schema(), text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		translated := translate(t, text)
		q, err := filter.ParseJSON(l.Schema(), translated)
		if err != nil || q.String() != p.String() {
			t.Errorf("%s\nas JSON is %s,\nwhich is %v, %v", text, translated, q, err)
			continue
		}
		for _, p := range []geo.Predicate{p, q} {
			n, err := l.Count(context.Background(), geo.Selection{Match: p})
			if err != nil || strconv.Itoa(n) != verified {
				t.Errorf("%s: %d records, want %s, %v", p, n, verified, err)
			}
		}
		if again, err := filter.ParseText(l.Schema(), p.String()); err != nil || again.String() != p.String() {
			t.Errorf("%s prints as %s, which reads as %v, %v", text, p, again, err)
		}
	}
}

// translate writes a text as JSON.
func translate(t *testing.T, text string) string {
	t.Helper()
	e, err := filter.ReadText(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	b, err := e.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// ogcLayers loads the suite's data set, by the names of its tables.
func ogcLayers(t *testing.T) map[string]*layer.Layer {
	t.Helper()
	path := sharedtest.Path(t, "ogc_cql2/ne110m4cql2.gpkg")
	d := loadtest.Open(t, path)
	parts, err := d.Parts(load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out := map[string]*layer.Layer{}
	for _, part := range parts {
		f, err := d.File(part)
		if err != nil {
			t.Fatal(err)
		}
		out[part.Layer] = ogcLayer(t, db, part.Layer, f.Schema())
	}
	return out
}

// ogcLayer loads a table by the plainest means, since one of its countries
// lies 1e-13 degrees beyond the date line and a GeoPackage is read strictly.
func ogcLayer(t *testing.T, db *sql.DB, name string, s geo.Schema) *layer.Layer {
	t.Helper()
	columns := "geom"
	for _, f := range s.Fields {
		columns += `, "` + f.Name + `"`
	}
	rows, err := db.Query("SELECT " + columns + " FROM " + name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	b := layer.NewBuilder(s)
	for key := geo.Key(1); rows.Next(); key++ {
		cells, to := make([]any, len(s.Fields)+1), make([]any, len(s.Fields)+1)
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			t.Fatal(err)
		}
		f := geo.Feature{Key: key, Geometry: ogcShape(t, cells[0].([]byte))}
		for i, cell := range cells[1:] {
			f.Values = append(f.Values, ogcValue(t, s.Fields[i].Kind, cell))
		}
		if err := b.Add(&f); err != nil {
			t.Fatalf("%s, row %d: %v", name, key, err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return layertest.Finish(t, b)
}

// ogcShape reads a shape of a GeoPackage, and brings what misses the date line
// by a rounding onto it; as every loader does, it turns rings the way that GeoJSON
// wants them.
func ogcShape(t *testing.T, blob []byte) orb.Geometry {
	t.Helper()
	header := 8 + [...]int{0, 32, 48, 48, 64}[blob[3]>>1&7]
	g, err := wkb.Unmarshal(blob[header:])
	if err != nil {
		t.Fatal(err)
	}
	return shape.Orient(project.Geometry(g, func(p orb.Point) orb.Point {
		if math.Abs(math.Abs(p[0])-180) < 1e-9 {
			p[0] = math.Copysign(180, p[0])
		}
		return p
	}))
}

func ogcValue(t *testing.T, k geo.Kind, cell any) geo.Value {
	t.Helper()
	switch v := cell.(type) {
	case nil:
		return geo.Value{}
	case string:
		return geo.String(v)
	case bool:
		return geo.Bool(v)
	case int64:
		if k == geo.KindBool {
			return geo.Bool(v != 0)
		}
		return geo.Int(v)
	case float64:
		return geo.Float(v)
	case time.Time:
		return geo.TimeValue(geo.TimeOf(v))
	}
	t.Fatalf("a cell of %T", cell)
	return geo.Value{}
}

func table(t *testing.T, file string, comma rune) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return rows
}
