package gpkg_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/data/gpkg"
	"bivouac/data/schema"
	"bivouac/geo"
)

// yard has the columns of the yardstick's points.
var yard = geo.Schema{Name: "yard", Title: "Yard", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "date", Kind: geo.KindTime, Role: geo.InstantRole, DateOnly: true},
	{Name: "type", Kind: geo.KindString}, {Name: "target", Kind: geo.KindString}, {Name: "outcome", Kind: geo.KindString},
	{Name: "killed", Kind: geo.KindInt}, {Name: "injured", Kind: geo.KindInt},
}}

// points returns a feed of n records of the schema, like those of the
// yardstick.
func points(s geo.Schema, n int) data.Source {
	kinds := []string{"IED", "VBIED", "RCIED", "PPIED", "Mine", "SVIED"}
	feed := func(_ context.Context, add func(*geo.Feature) error) error {
		r := rand.New(rand.NewPCG(1, 2))
		for i := range n {
			f := geo.Feature{SourceID: fmt.Sprint(i), Geometry: orb.Point{-12 + 17*r.Float64(), 10 + 15*r.Float64()}, Values: make([]geo.Value, len(s.Fields))}
			day := geo.Time(15887+r.IntN(1888)) * geo.Day
			for j := range s.Fields {
				switch field := &s.Fields[j]; {
				case field.Role == geo.ClassRole || field.Role == geo.SourceIDRole || field.Role == geo.EndRole:
				case field.Kind == geo.KindTime:
					f.Values[j] = geo.TimeValue(day)
				case field.Kind == geo.KindInt:
					f.Values[j] = geo.Int(int64(1 + r.IntN(5))) // within every range
				case field.Kind == geo.KindFloat:
					f.Values[j] = geo.Float(r.Float64())
				case field.Kind == geo.KindString:
					f.Values[j] = geo.String(kinds[r.IntN(6)])
				}
			}
			if err := add(&f); err != nil {
				return err
			}
		}
		return nil
	}
	return data.Source{Schema: s, Rows: n, Feed: feed, Author: "bench"}
}

func benchStore(b *testing.B, s geo.Schema, n int) (*gpkg.File, *data.Store) {
	b.Helper()
	file, err := gpkg.Create(ctx, filepath.Join(b.TempDir(), "bench.gpkg"))
	if err != nil {
		b.Fatal(err)
	}
	store, err := data.Open(ctx, file)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := store.Import(ctx, points(s, n)); err != nil {
		b.Fatal(err)
	}
	return file, store
}

func incidents() geo.Schema {
	s, _ := schema.Named("incidents")
	return s
}

func sized(b *testing.B, run func(*testing.B, geo.Schema, int)) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("yard/%d", n), func(b *testing.B) { run(b, yard, n) })
	}
	b.Run("incidents/1000000", func(b *testing.B) { run(b, incidents(), 1_000_000) })
	b.Run("yard/5000000", func(b *testing.B) { run(b, yard, 5_000_000) })
}

// BenchmarkImport writes so many records durably into a new store.
func BenchmarkImport(b *testing.B) {
	sized(b, func(b *testing.B, s geo.Schema, n int) {
		for b.Loop() {
			file, _ := benchStore(b, s, n)
			file.Close()
		}
	})
}

// BenchmarkOpen opens a store of so many records.
func BenchmarkOpen(b *testing.B) {
	sized(b, func(b *testing.B, s geo.Schema, n int) {
		file, _ := benchStore(b, s, n)
		file.Close()
		for b.Loop() {
			file, err := gpkg.Open(ctx, file.Path())
			if err != nil {
				b.Fatal(err)
			}
			if store, err := data.Open(ctx, file); err != nil || store.Snapshot().Layers()[0].Rows() != n {
				b.Fatal(err)
			}
			file.Close()
		}
	})
}

// change moves one of n records.
func change(b *testing.B, s *data.Store, n, turn int) {
	key := geo.Key(turn%n + 1)
	f := geo.Feature{Key: key, SourceID: fmt.Sprint(key - 1), Geometry: orb.Point{-12 + float64(turn*7919%17_000)/1000, 10 + float64(turn*104729%15_000)/1000}, Values: []geo.Value{geo.TimeValue(0)}}
	_, err := s.Apply(ctx, geo.Batch{Author: "bench", Changes: []geo.Change{{Collection: "yard", Op: geo.Replace, Feature: f}}})
	if err != nil {
		b.Error(err)
	}
}

// BenchmarkEdit commits one edit after another.
func BenchmarkEdit(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			file, s := benchStore(b, yard, n)
			defer file.Close()
			b.ReportAllocs()
			turn := 0
			for b.Loop() {
				change(b, s, n, turn)
				turn++
			}
			s.Close()
		})
	}
}

// BenchmarkEditTogether commits edits of eight clients.
func BenchmarkEditTogether(b *testing.B) {
	const n = 100_000
	file, s := benchStore(b, yard, n)
	defer file.Close()
	var turn atomic.Int64
	b.SetParallelism(4) // times two cores
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			change(b, s, n, int(turn.Add(1)))
		}
	})
	s.Close()
}

// BenchmarkFsync is what the disk asks for one small durable write: the unit
// in which an edit is measured.
func BenchmarkFsync(b *testing.B) {
	file, err := os.Create(filepath.Join(b.TempDir(), "log"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	page := make([]byte, 4096)
	for b.Loop() {
		if _, err := file.Write(page); err != nil {
			b.Fatal(err)
		}
		if err := file.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}
