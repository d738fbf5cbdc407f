package gpkg_test

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/data/gpkg"
	"bivouac/geo"
	"bivouac/geo/layer"
)

var ctx = context.Background()

var everyone = geo.Reader{Ceiling: geo.StrictlyConfidential}

// sites has a field of every kind, and names that SQL takes for one another or
// has uses of its own for.
var sites = geo.Schema{Name: "sites", Title: "Sites", Description: "Of every kind.", Geometry: geo.AnyGeometry, Fields: []geo.Field{
	{Name: "name", Kind: geo.KindString, Role: geo.NameRole},
	{Name: "NAME", Kind: geo.KindString},
	{Name: "fid", Kind: geo.KindInt},
	{Name: `order "by"`, Kind: geo.KindFloat},
	{Name: "found", Kind: geo.KindBool},
	{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
	{Name: "day", Kind: geo.KindTime, DateOnly: true},
	{Name: "while", Kind: geo.KindInterval},
	{Name: "near", Kind: geo.KindGeometry},
	{Name: "tags", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}},
	{Name: "who", Kind: geo.KindRecord, Fields: []geo.Field{{Name: "n", Kind: geo.KindInt}}},
	{Name: "mission", Kind: geo.KindString, Role: geo.MissionRole},
	{Name: "classification", Kind: geo.KindString, Role: geo.ClassRole},
	{Name: "source_id", Kind: geo.KindString, Role: geo.SourceIDRole},
}}

// bare has nothing that says when a record stood, for whom and how secret.
var bare = geo.Schema{Name: "bare", Title: "Bare", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "n", Kind: geo.KindInt}}}

func full() geo.Feature {
	return geo.Feature{
		Geometry: orb.LineString{{-3.0512345678, 16.77}, {0.1, 17}}, Z: []float64{261, math.NaN()}, Extra: []byte(`{"a":[1,2]}`),
		Values: []geo.Value{
			geo.String("Timbuktu \"gate\"\n"), geo.String("مرحبا"), geo.Int(math.MaxInt64), geo.Float(0.1), geo.Bool(true),
			geo.TimeValue(1_500_000_000_123_456), geo.TimeValue(-400 * geo.Day), geo.IntervalValue(geo.From(5)), geo.Geometry(orb.Point{1, 2}),
			geo.List(geo.String("a"), geo.String("b")), geo.Record(geo.Values{"n": geo.Int(3)}),
			geo.String("MINUSMA"), geo.String("confidential"), geo.String("s-1"),
		},
	}
}

// create makes a store with both collections.
func create(t testing.TB) (*gpkg.File, *data.Store) {
	t.Helper()
	file, err := gpkg.Create(ctx, filepath.Join(t.TempDir(), "mission ü#?.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := data.Open(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, geo.Batch{Schemas: []geo.Schema{sites, bare}, Author: "founder", Reason: "begin"})
	return file, s
}

// reopen closes the store and opens what is on the disk.
func reopen(t testing.TB, file *gpkg.File, s *data.Store) (*gpkg.File, *data.Store) {
	t.Helper()
	s.Close()
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := gpkg.Open(ctx, file.Path())
	if err != nil {
		t.Fatal(err)
	}
	if s, err = data.Open(ctx, file); err != nil {
		t.Fatal(err)
	}
	return file, s
}

func apply(t testing.TB, s *data.Store, b geo.Batch) geo.Receipt {
	t.Helper()
	r, err := s.Apply(ctx, b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func add(collection string, f geo.Feature) geo.Change {
	return geo.Change{Collection: collection, Op: geo.Add, Feature: f}
}

// dump is all records of a state as text, by collection and key, with marks
// and documents: two states are the same where their dumps are.
func dump(t testing.TB, snap *layer.Snapshot) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, l := range snap.Layers() {
		name := l.Schema().Name
		out[name] = fmt.Sprint(len(l.Schema().Fields), " fields, ", l.Rows(), " rows, changed ", l.Changed(everyone), " ", l.Changed(geo.Reader{}))
		err := l.Each(func(r geo.Row) error {
			f := r.Feature()
			shape := ""
			if f.Geometry != nil {
				shape = geo.Geometry(f.Geometry).String()
			}
			out[fmt.Sprintf("%s/%d", name, f.Key)] = fmt.Sprint(f.Rev, f.SourceID, shape, f.Z, geo.List(f.Values...), string(f.Extra), f.Valid, f.Class, f.Mission)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range snap.AllDocs() {
		out["doc "+d.Kind+"/"+d.ID] = fmt.Sprint(d.Title, string(d.Body), d.Rev, d.Class, d.Mission)
	}
	return out
}

func same(t testing.TB, desc string, got, want map[string]string) {
	t.Helper()
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s: %s is\n%s, want\n%s", desc, k, got[k], v)
		}
	}
	for k, v := range got {
		if _, ok := want[k]; !ok {
			t.Errorf("%s: %s should not be there: %s", desc, k, v)
		}
	}
}

func TestEverythingComesBack(t *testing.T) {
	file, s := create(t)
	plain := geo.Feature{
		SourceID: "beside", Mission: "UNMISS", Class: geo.StrictlyConfidential, Valid: geo.Between(3, 9),
		Geometry: orb.Point{179.5, -16}, Values: []geo.Value{geo.Int(-1)},
	}
	apply(t, s, geo.Batch{Author: "ana", Reason: "all of it", Changes: []geo.Change{
		add("sites", full()), add("sites", geo.Feature{}), add("bare", plain), add("bare", geo.Feature{Geometry: orb.Point{1, 2}}),
	}, Docs: []geo.Doc{{Kind: "view", ID: "north", Title: "The north", Body: []byte(`{"zoom":5}`), Class: geo.Confidential}}})
	before := s.Snapshot()
	got, _ := before.Layer("sites")
	if f, _ := got.Find(1, everyone); f.Feature().Class != geo.Confidential || f.Feature().SourceID != "s-1" || f.Feature().Valid != geo.Instant(1_500_000_000_123_456) {
		t.Errorf("fields with roles were not taken: %+v", f.Feature())
	}
	_, again := reopen(t, file, s)
	same(t, "reopened", dump(t, again.Snapshot()), dump(t, before))
	if before.Version != again.Snapshot().Version || before.Store != again.Snapshot().Store {
		t.Error("the version or the store's id changed")
	}
	if !reflect.DeepEqual(before.Moments(), again.Snapshot().Moments()) {
		t.Error("the moments changed")
	}
}
