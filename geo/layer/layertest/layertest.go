// Package layertest builds layers for tests, which fail where one cannot be
// built.
package layertest

import (
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Build returns a layer of the features. Those without a key are numbered by
// their place, from 1.
func Build(t testing.TB, s geo.Schema, features ...geo.Feature) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(s)
	for i, f := range features {
		if f.Key == 0 {
			f.Key = geo.Key(i + 1)
		}
		Add(t, b, f)
	}
	return Finish(t, b)
}

// Add adds a feature to a builder.
func Add(t testing.TB, b *layer.Builder, f geo.Feature) {
	t.Helper()
	if err := b.Add(&f); err != nil {
		t.Fatal(err)
	}
}

// Finish returns the layer of a builder.
func Finish(t testing.TB, b *layer.Builder) *layer.Layer {
	t.Helper()
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return l
}
