package intake

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/randtest"
	"bivouac/geo/staging"
)

// everyKind has a field of each kind.
var everyKind = geo.Schema{Name: "all", Geometry: geo.AnyGeometry, Fields: []geo.Field{
	{Name: "bool", Kind: geo.KindBool}, {Name: "int", Kind: geo.KindInt}, {Name: "float", Kind: geo.KindFloat}, {Name: "text", Kind: geo.KindString},
	{Name: "time", Kind: geo.KindTime}, {Name: "interval", Kind: geo.KindInterval}, {Name: "list", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt}},
	{Name: "record", Kind: geo.KindRecord, Fields: []geo.Field{{Name: "a", Kind: geo.KindString}}},
}}

func randomFeature(r *rand.Rand) *geo.Feature {
	f := &geo.Feature{
		Key: geo.Key(r.Int64N(1 << 40)), Rev: geo.Version(r.IntN(99)), SourceID: []string{"", "a", "ü\x00"}[r.IntN(3)], Class: geo.Class(r.IntN(3)), Mission: []string{"", "M"}[r.IntN(2)],
		Valid: []geo.Interval{{}, geo.Instant(geo.Time(r.Int64())), geo.From(-5), geo.UnknownTime}[r.IntN(4)],
	}
	at := orb.Point{360*r.Float64() - 180, 180*r.Float64() - 90}
	switch r.IntN(5) {
	case 0:
		f.Geometry = at
	case 1:
		f.Geometry, f.Z = at, []float64{r.Float64()}
	case 2:
		f.Geometry = orb.MultiPolygon{{{at, {1, 2}, {3, 4}, at}}}
	case 3:
		line := orb.LineString{}
		for range 2 + r.IntN(3000) {
			line = append(line, orb.Point{r.Float64(), r.Float64()})
		}
		f.Geometry = line
	}
	all := []geo.Value{
		geo.Bool(r.IntN(2) == 0), geo.Int(r.Int64()), geo.Float(r.NormFloat64()), geo.String("text, \"quoted\""), geo.TimeValue(geo.Time(r.Int64())),
		geo.IntervalValue(geo.Between(3, 7)), geo.List(geo.Int(1), geo.Int(-2)), geo.Record(geo.Values{"a": geo.String("b")}),
	}
	for i := range all {
		if r.IntN(3) == 0 {
			all[i] = geo.Value{}
		}
	}
	f.Values = all[:r.IntN(len(all)+1)]
	if r.IntN(2) == 0 {
		f.Extra = []byte(`{"x":[1,{"y":null}]}`)
	}
	return f
}

func randomRow(r *rand.Rand, i int) staging.Row {
	row := staging.Row{Kind: staging.Kind(staging.Kinds()[r.IntN(5)]), Row: i + 1, Line: 2 * i, SourceID: "id"}
	switch row.Kind {
	case staging.Added:
		row.After = randomFeature(r)
	case staging.Changed:
		row.Key, row.Before, row.After, row.Fields = 7, randomFeature(r), randomFeature(r), []string{"int", "geometry"}
	case staging.Deleted:
		row.Key, row.Before = 8, randomFeature(r)
	case staging.Refused:
		row.Field, row.Reason, row.Record = "int", "is wrong", []byte(`{"type":"Feature"}`)
		row.Said = geo.Sentence("x-wrong: is {how} wrong").With("very")
	}
	return row
}

func sameFeature(a, b *geo.Feature) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Key == b.Key && a.Rev == b.Rev && a.Valid == b.Valid && len(staging.Diff(&everyKind, a, b)) == 0
}

func sameRow(a, b staging.Row) bool {
	return a.Row == b.Row && a.Line == b.Line && a.Key == b.Key && a.SourceID == b.SourceID && slices.Equal(a.Fields, b.Fields) &&
		a.Reason == b.Reason && a.Said.Record().Equal(b.Said.Record()) && string(a.Record) == string(b.Record) && sameFeature(a.Before, b.Before) && sameFeature(a.After, b.After)
}

// allPages reads a kind page by page.
func allPages(t *testing.T, dir string, q staging.Query) (got []staging.Row) {
	t.Helper()
	for {
		p, err := page(dir, &everyKind, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Rows) > q.Limit || len(p.Rows) < q.Limit && p.Next != "" {
			t.Fatalf("%s: a page of %d rows for a limit of %d", q.Kind, len(p.Rows), q.Limit)
		}
		got = append(got, p.Rows...)
		if q.After = p.Next; q.After == "" {
			return got
		}
	}
}

// TestSpool reads back what was written, page by page, whatever their length.
func TestSpool(t *testing.T) {
	r := randtest.New(t, 3)
	dir := t.TempDir()
	out, err := newSpool(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := map[staging.Kind][]staging.Row{}
	for i := range 300 {
		row := randomRow(r, i)
		if err := out.put(&row); err != nil {
			t.Fatal(err)
		}
		want[row.Kind] = append(want[row.Kind], row)
	}
	if err := out.close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range staging.Kinds() {
		q := staging.Query{Kind: staging.Kind(name), Limit: 1 + r.IntN(20)}
		if !slices.EqualFunc(allPages(t, dir, q), want[q.Kind], sameRow) {
			t.Errorf("%s: what is read is not what was written", name)
		}
	}
	for _, after := range []string{"x", "-1", "3"} {
		if _, err := page(dir, &everyKind, staging.Query{Kind: staging.Added, Limit: 3, After: after}); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("after=%s: %v", after, err)
		}
	}
}

// TestTornSpool finds out that a file was cut off or changed.
func TestTornSpool(t *testing.T) {
	dir := t.TempDir()
	out, err := newSpool(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.put(&staging.Row{Kind: staging.Refused, Reason: "is wrong"}); err != nil {
		t.Fatal(err)
	}
	if err := out.close(); err != nil {
		t.Fatal(err)
	}
	path := spoolPath(dir, staging.Refused)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) {
		changed := slices.Clone(whole)
		changed[n] ^= 0x40
		for _, text := range [][]byte{whole[:n], changed} {
			if err := os.WriteFile(path, text, 0o600); err != nil {
				t.Fatal(err)
			}
			in, err := openSpool(dir, staging.Refused, &everyKind, 0)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := in.next(); !errors.Is(err, errTorn) && (n > 0 || !errors.Is(err, io.EOF)) {
				t.Fatalf("byte %d: %v", n, err)
			}
			in.close()
		}
	}
}

// FuzzRow reads any bytes as a row: it may be refused, and no more.
func FuzzRow(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 8 {
		b, err := appendFeature([]byte{1, 2, 3, 1, 'a'}, randomFeature(r))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, k := range staging.Kinds() {
			row, err := decodeRow(staging.Kind(k), &everyKind, b)
			if err == nil && row.Kind != staging.Kind(k) {
				t.Errorf("a %s row is %s", k, row.Kind)
			}
		}
	})
}
