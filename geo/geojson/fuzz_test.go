package geojson

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"testing"
	"testing/iotest"

	"github.com/paulmach/orb"
)

func FuzzDecoder(f *testing.F) {
	for _, seed := range []string{
		`{"type":"FeatureCollection","features":[` + pointFeature + `,{"type":"Feature","geometry":null,"properties":{"a":[{}]}}]}`,
		"\x1e" + pointFeature + "\n\x1e" + pointFeature, `[{"a":1},{"b":"\u00e9"}]`, `{"features":[{"id":1.5e3}],"type":1}`,
		`{"type":"GeometryCollection","geometries":[{"coordinates":[[[1,2,3]]],"type":"Polygon"}]}`, "{\"a\":NaN}\n{\"a\":-0}", `{"a":"` + "\xff" + `"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		whole := tell(bytes.NewReader(text))
		if parts := tell(iotest.HalfReader(bytes.NewReader(text))); parts != whole {
			t.Fatalf("read in parts %q says\n%s\nnot\n%s", text, parts, whole)
		}
		d := NewDecoder(bytes.NewReader(text))
		last := int64(-1)
		for {
			feature, err := d.Next()
			var bad *Refusal
			if errors.As(err, &bad) {
				continue
			}
			if err != nil {
				if _, again := d.Next(); !errors.Is(again, io.EOF) {
					t.Fatalf("behind %v comes %v", err, again)
				}
				return
			}
			if feature.Offset <= last {
				t.Fatalf("feature %d starts at %d, not behind %d", feature.Ordinal, feature.Offset, last)
			}
			last = feature.Offset
			check(t, feature)
		}
	})
}

// check holds a feature that was read to what is written of it.
func check(t *testing.T, f *Feature) {
	t.Helper()
	text := AppendGeometry(nil, f.Geometry, f.Z)
	g, z, err := ParseGeometry(text)
	if err != nil || !orb.Equal(g, f.Geometry) || len(z) != len(f.Z) {
		t.Fatalf("%s reads back as %v %v, %v", text, g, z, err)
	}
	for i := range z {
		if math.Float64bits(z[i]) != math.Float64bits(f.Z[i]) && z[i] == z[i] {
			t.Fatalf("the height %v reads back as %v", f.Z[i], z[i])
		}
	}
	for _, m := range f.Properties {
		if text := AppendValue(nil, m.Value); !json.Valid(text) {
			t.Fatalf("%s is no JSON", text)
		}
		if !json.Valid(bytes.ToValidUTF8(m.Raw, nil)) {
			t.Fatalf("%s was read as JSON", m.Raw)
		}
	}
}

func FuzzParseValue(f *testing.F) {
	f.Add([]byte(`{"a":[1,2.5,"x",null,true]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := ParseValue(text)
		if err != nil {
			return
		}
		again, err := ParseValue(AppendValue(nil, v))
		if err != nil || string(AppendValue(nil, again)) != string(AppendValue(nil, v)) {
			t.Fatalf("%s reads back as %v, %v", text, again, err)
		}
	})
}
