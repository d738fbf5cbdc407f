package layer

import (
	"context"
	"fmt"
	"testing"

	"bivouac/geo"
)

// BenchmarkBesideDelta asks a layer of a million records some of which were
// moved since it was packed.
func BenchmarkBesideDelta(b *testing.B) {
	base, at := benchLayer(b, 1_000_000)
	ctx := context.Background()
	for _, moved := range []int{0, 100, 1_000, 10_000} {
		l := base
		var changes []geo.Change
		for i := range moved {
			f := geo.Feature{Key: geo.Key(i*97 + 1), Rev: 2, Geometry: at[i*31%len(at)]}
			changes = append(changes, geo.Change{Op: geo.Replace, Feature: f})
		}
		if moved > 0 {
			var err error
			if l, err = base.With(changes); err != nil {
				b.Fatal(err)
			}
		}
		for name, ask := range map[string]func(*Layer, int) error{
			"nearest10": func(l *Layer, i int) error {
				near, failed := l.Walk(ctx, at[i*7%len(at)], geo.Selection{Limit: 10})
				for range near {
				}
				return failed()
			},
			"count25km": func(l *Layer, i int) error {
				_, err := l.CountWithin(ctx, at[i*7%len(at)], 25_000, geo.Selection{})
				return err
			},
			"count": func(l *Layer, i int) error {
				_, err := l.Count(ctx, geo.Selection{})
				return err
			},
			"first1000": func(l *Layer, i int) error {
				rows, failed := l.Select(ctx, geo.Selection{Limit: 1000})
				for range rows {
				}
				return failed()
			},
		} {
			b.Run(fmt.Sprintf("%s/%d", name, moved), func(b *testing.B) {
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if err := ask(l, i); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
