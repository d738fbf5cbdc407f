package geojson

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"bivouac/geo"
)

func BenchmarkDecoder(b *testing.B) {
	tab := yard(10_000)
	e := NewEncoder(&tab.schema, Options{})
	var text []byte
	for n := range tab.points {
		text = append(e.AppendFeature(text, geo.RowOf(tab, uint32(n))), '\n')
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		d := NewDecoder(bytes.NewReader(text))
		for {
			if _, err := d.Next(); err != nil {
				if !errors.Is(err, io.EOF) {
					b.Fatal(err)
				}
				break
			}
		}
	}
}
