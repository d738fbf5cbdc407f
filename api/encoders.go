package api

import (
	"sync"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// encoders keeps the encoders of each collection at rest. An encoder learns
// the strings of the table that it writes, which the next answer can use.
type encoders struct{ pools sync.Map } // by collection: *encoderPool

type encoderPool struct {
	schema *geo.Schema
	rest   sync.Pool
}

// take returns an encoder for rows of the schema, and what to call with it
// afterwards.
func (e *encoders) take(s *geo.Schema) (*geojson.Encoder, *encoderPool) {
	known, _ := e.pools.Load(s.Name)
	pool, _ := known.(*encoderPool)
	if pool == nil || pool.schema != s {
		// A changed schema is another one; its encoders go with it.
		pool = &encoderPool{schema: s}
		e.pools.Store(s.Name, pool)
	}
	if encoder, ok := pool.rest.Get().(*geojson.Encoder); ok {
		return encoder, pool
	}
	return geojson.NewEncoder(s, geojson.Options{}), pool
}

func (p *encoderPool) give(e *geojson.Encoder) { p.rest.Put(e) }
