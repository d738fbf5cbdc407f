package api_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

// TestSortedItems wants the order of values, null last in both directions.
func TestSortedItems(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	const items = "/api/collections/mixed/items?sortby="
	for _, c := range []struct {
		query string
		want  []int64
	}{
		{"killed", []int64{2, 1, 3, 4, 5, 6}},
		{"+killed", []int64{2, 1, 3, 4, 5, 6}},
		{"%2Bkilled", []int64{2, 1, 3, 4, 5, 6}},
		{"-killed", []int64{1, 2, 3, 4, 5, 6}},
		{"name", []int64{2, 3, 1, 5, 6, 4}},
		{"-name&bbox=-180,-90,180,90", []int64{4, 5, 1, 3, 2}},
		{"-time,name", []int64{2, 1, 4, 3, 5, 6}},
		{"time,-name", []int64{4, 1, 2, 6, 5, 3}},
		{"found,score,-day,name&properties=name", []int64{1, 2, 3, 5, 6, 4}},
	} {
		page := list(t, s, items+c.query)
		if got := page.ids(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.query, got, c.want)
		}
	}
	page := list(t, s, items+"%2Btime,-name&limit=1")
	next := page.link("next")
	if !strings.HasSuffix(next, "?sortby=%2Btime,-name&limit=1&after=s1460376000000000,west%20of%20the%20line.4") {
		t.Errorf("next is %s", next)
	}
	if a, b := get(s, items+"name").Header().Get("Etag"), get(s, items+"-name").Header().Get("Etag"); a == b {
		t.Error("two orders have one tag")
	}
}

// TestLongSortValue refuses a page whose next link nobody could follow.
func TestLongSortValue(t *testing.T) {
	b := layer.NewBuilder(geo.Schema{Name: "notes", Fields: []geo.Field{{Name: "text", Kind: geo.KindString}}})
	for k := range geo.Key(3) {
		layertest.Add(t, b, geo.Feature{Key: k + 1, Values: []geo.Value{geo.String(strings.Repeat("x", 20_000))}})
	}
	s, _ := serve(t, api.Config{}, layertest.Finish(t, b))
	const items = "/api/collections/notes/items?sortby=text"
	if d := decode(t, get(s, items+"&limit=2")); d["parameter"] != "sortby" || !strings.Contains(fmt.Sprint(d["detail"]), "record 2") {
		t.Errorf("%v", d)
	}
	whole := list(t, s, items)
	if got := whole.ids(); !slices.Equal(got, []int64{1, 2, 3}) {
		t.Errorf("on one page: %v", got)
	}
}

// TestPagingUnderChange pages while records are added, moved and removed
// between pages: none comes twice unless it was moved, and none that stood
// unmoved throughout is missed.
func TestPagingUnderChange(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, order := range []string{"", "near=-4,17", "near=-4,17&radius=700000", "bbox=-9,11,2,22", "sortby=-killed", "sortby=type,-date", "sortby=-outcome,injured&bbox=-9,11,2,22", "sortby=date&type=Mine"} {
		l := yard(t, 1500)
		s, src := serve(t, api.Config{}, l)
		const items = "/api/collections/yard/items?limit="
		stood, came := map[int64]bool{}, map[int64]int{}
		whole := list(t, s, items+"10000&"+order)
		for _, id := range whole.ids() {
			stood[id] = true
		}
		version, touched := geo.Version(2), map[int64]bool{}
		pages := 0
		for next := fmt.Sprint(items, 60, "&", order); next != ""; pages++ {
			p := list(t, s, next)
			for _, id := range p.ids() {
				came[id]++
			}
			next = ""
			if href := p.link("next"); href != "" {
				next = path(t, href)
			}
			version++
			l = disturb(t, r, l, version, touched)
			src.now.Store(layer.NewSnapshot("store-1", []*layer.Layer{l}, nil, []layer.Moment{{Version: version, At: secondMoment + geo.Time(version)}}))
		}
		if pages < 5 || len(touched) < 50 {
			t.Fatalf("%q: %d pages, %d records changed: nothing is tried", order, pages, len(touched))
		}
		wantOnce(t, order, stood, came, touched)
	}
}

// wantOnce wants each record that nobody touched once, and no other one.
func wantOnce(t *testing.T, order string, stood map[int64]bool, came map[int64]int, touched map[int64]bool) {
	t.Helper()
	for id, n := range came {
		if n > 1 && !touched[id] {
			t.Errorf("%q: record %d, which nobody touched, came %d times", order, id, n)
		}
	}
	for id := range stood {
		if !touched[id] && came[id] != 1 {
			t.Errorf("%q: record %d, which stood throughout, came %d times", order, id, came[id])
		}
	}
}

// disturb adds, moves and removes some records, and folds the layer now and
// then.
func disturb(t *testing.T, r *rand.Rand, l *layer.Layer, v geo.Version, touched map[int64]bool) *layer.Layer {
	t.Helper()
	var changes []geo.Change
	for i := range geo.Key(12) {
		key, op := geo.Key(1+r.IntN(1500)), []geo.Op{geo.Add, geo.Replace, geo.Remove}[r.IntN(3)]
		if op == geo.Add {
			key = 10_000 + geo.Key(v)*100 + i
		}
		old, found := l.Find(key, cleared)
		if op != geo.Add && (!found || touched[int64(key)]) {
			continue
		}
		touched[int64(key)] = true
		f := geo.Feature{Key: key, Rev: v}
		if op != geo.Remove {
			f.Geometry, f.Valid = orb.Point{-12 + 17*r.Float64(), 10 + 15*r.Float64()}, geo.Instant(geo.Time(16_500)*geo.Day)
			f.Values = []geo.Value{geo.TimeValue(geo.Time(15_887+r.IntN(1888)) * geo.Day), geo.String([]string{"Mine", "A new word", "IED"}[r.IntN(3)]), {},
				geo.String("found"), geo.Int(int64(r.IntN(6))), geo.Int(int64(r.IntN(9)))}
		}
		if found {
			f.SourceID = old.Table().SourceID(old.Number())
		}
		changes = append(changes, geo.Change{Collection: "yard", Op: op, Feature: f})
	}
	next, err := l.With(changes)
	if err == nil && r.IntN(6) == 0 {
		next, err = next.Fold(nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return next
}
