package tile

import (
	"context"
	"fmt"
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// BenchmarkTile cuts tiles around records taken evenly from the layer, so that
// a tile is as likely as records in it are many.
func BenchmarkTile(b *testing.B) {
	since := geo.From(geo.Time(17000) * geo.Day)
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		l := yard(b, n)
		for _, c := range []struct {
			name  string
			query Query
		}{
			{"all", Query{Properties: allFields}},
			{"count", Query{}},
			{"since", Query{Properties: allFields, Select: geo.Selection{During: since}}},
			{"found", Query{Properties: allFields, Select: geo.Selection{Match: outcomeIs("found")}}},
			{"groups", Query{GroupBy: []int{typeField, outcomeField}}},
			{"sums", Query{GroupBy: []int{outcomeField}, Sum: []int{killedField, injuredFied}}},
		} {
			for _, z := range []uint32{0, 6, 8, 10, 12} {
				b.Run(fmt.Sprintf("%s/z%d/%d", c.name, z, n), func(b *testing.B) { benchTiles(b, l, z, c.query) })
			}
		}
	}
}

func benchTiles(b *testing.B, l *layer.Layer, z uint32, q Query) {
	var around []Address
	for k := 1; k <= l.Rows(); k += l.Rows()/50 + 1 {
		row, _ := l.Find(geo.Key(k), geo.Reader{})
		p, _ := row.Point()
		around = append(around, at(z, p))
	}
	var m Maker
	var out []byte
	b.ReportAllocs()
	total, i := 0, 0
	for b.Loop() {
		var err error
		if out, err = m.Append(context.Background(), out[:0], l, around[i%len(around)], q); err != nil {
			b.Fatal(err)
		}
		total += len(out)
		i++
	}
	b.ReportMetric(float64(total)/float64(i), "bytes/tile")
}
