package export_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bivouac/data/export"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
)

// TestNpmReadsGeoParquet wants from the JavaScript client all that the layer
// holds; Debian's GDAL has no driver for the format.
func TestNpmReadsGeoParquet(t *testing.T) {
	for _, shape := range []geo.GeometryType{geo.PointGeometry, geo.AnyGeometry, geo.NoGeometry} {
		l := anyWorld(t, 4, shape, 700)
		path := filepath.Join(t.TempDir(), "any.parquet")
		if err := os.WriteFile(path, write(t, find(t, "parquet"), l, export.Sheet{}), 0o600); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Geo     map[string]any
			Columns []string
			Rows    []map[string]any
		}
		if err := json.Unmarshal(node(t, "read-parquet.mjs", path), &got); err != nil {
			t.Fatal(err)
		}
		if (got.Geo == nil) != (shape == geo.NoGeometry) || got.Geo != nil && (got.Geo["version"] != "1.1.0" || got.Geo["primary_column"] != "geometry") {
			t.Errorf("%s: the geo metadata are %v", shape, got.Geo)
		}
		if want := "any_world name killed score"; !strings.HasPrefix(strings.Join(got.Columns, " "), want) {
			t.Errorf("%s: the columns are %v", shape, got.Columns)
		}
		compareParquetRows(t, l, got.Rows)
	}
}

func compareParquetRows(t *testing.T, l *layer.Layer, rows []map[string]any) {
	t.Helper()
	byKey := map[string]map[string]any{}
	for _, row := range rows {
		byKey[fmt.Sprint(row["id_"])] = row
	}
	if len(byKey) != l.Rows() {
		t.Errorf("%d rows, want %d", len(byKey), l.Rows())
	}
	wrong := 0
	err := l.Each(func(r geo.Row) error {
		row := byKey[fmt.Sprint(r.Key())]
		for i := range l.Schema().Fields {
			f := &l.Schema().Fields[i]
			if got, want := parquetWords(f, row[f.Name]), shown(f, r.Value(i)); got != want && wrong < 5 {
				wrong++
				t.Errorf("record %d, %s: %s, want %s", r.Key(), f.Name, got, want)
			}
		}
		g := r.Geometry()
		if (row["geometry"] == nil) != (g == nil) {
			t.Errorf("record %d: the shape is %v, want %v", r.Key(), row["geometry"], g)
		}
		if box, _ := row["bbox"].(map[string]any); g != nil && (box == nil || box["xmin"] != g.Bound().Min[0] || box["ymax"] != g.Bound().Max[1]) {
			t.Errorf("record %d: the box is %v, want %v", r.Key(), row["bbox"], g.Bound())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// shown is a value as the client shows it: times cut off to the millisecond
// towards 1970, long whole numbers in full.
func shown(f *geo.Field, v geo.Value) string {
	switch {
	case v.Null():
		return "none"
	case f.Kind == geo.KindTime:
		return time.UnixMilli(int64(v.Time()) / 1000).UTC().Format("2006-01-02T15:04:05.000Z")
	case f.Kind == geo.KindString:
		return v.Text()
	case f.Kind == geo.KindInterval:
		return v.Interval().String()
	}
	return string(geojson.AppendValue(nil, v))
}

func parquetWords(f *geo.Field, v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case string:
		if t, err := time.Parse(time.RFC3339, v); err == nil && f.Kind == geo.KindTime {
			return t.UTC().Format("2006-01-02T15:04:05.000Z")
		}
		return v
	case float64:
		return string(geojson.AppendNumber(nil, v))
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	var plain any
	if json.Unmarshal(text, &plain) != nil {
		return string(text)
	}
	out, err := geojson.ParseValue(text)
	if err != nil {
		return err.Error()
	}
	return string(geojson.AppendValue(nil, out))
}
