package layer_test

import (
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer"
)

func TestAsOf(t *testing.T) {
	s := layer.NewSnapshot("s", nil, nil, []layer.Moment{{Version: 3, At: 100}, {Version: 4, At: 200}, {Version: 5, At: 200}, {Version: 6, At: 300}})
	for _, c := range []struct {
		desc string
		at   geo.Time
		want geo.Version // 0 for none
	}{
		{"before the first", 99, 0},
		{"the moment of the first", 100, 3},
		{"between two", 199, 3},
		{"two of one moment", 200, 5},
		{"just before the last", 299, 5},
		{"the last", 300, 6},
		{"the future", 1 << 60, 6},
	} {
		m, ok := s.AsOf(c.at)
		if m.Version != c.want || ok != (c.want != 0) {
			t.Errorf("%s: %+v %t, want %d", c.desc, m, ok, c.want)
		}
	}
	if _, ok := layer.NewSnapshot("s", nil, nil, nil).AsOf(1); ok {
		t.Error("a store without a past has a Version")
	}
}

func TestDoc(t *testing.T) {
	s := layer.NewSnapshot("s", nil, []geo.Doc{
		{Kind: "view", ID: "a", Rev: 1}, {Kind: "scenario", ID: "a", Rev: 2}, {Kind: "view", ID: "b", Rev: 3, Class: geo.Confidential},
	}, nil)
	for _, c := range []struct {
		desc, kind, id string
		ceiling        geo.Class
		want           geo.Version // 0 for none that the reader sees
	}{
		{"one", "view", "a", geo.Unclassified, 1},
		{"the same id of another kind", "scenario", "a", geo.Unclassified, 2},
		{"above the ceiling", "view", "b", geo.Unclassified, 0},
		{"below it", "view", "b", geo.Confidential, 3},
		{"none", "view", "c", geo.Confidential, 0},
	} {
		d, ok := s.Doc(c.kind, c.id, geo.Reader{Ceiling: c.ceiling})
		if ok != (c.want != 0) || ok && d.Rev != c.want {
			t.Errorf("%s: %+v %t", c.desc, d, ok)
		}
	}
}
