package api

import (
	"sync"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/geojson"
)

// encoders keeps the encoders of each collection at rest. An encoder learns
// the strings of the table that it writes, which the next answer can use.
type encoders struct{ pools sync.Map } // by collection: *encoderPool

type encoderPool struct {
	schema *geo.Schema
	rest   sync.Pool
}

// take returns an encoder for rows of the schema in the reference system, with
// the fields alone unless they are nil, and what to call with it afterwards.
// Only those of whole records in CRS84 are kept.
func (e *encoders) take(s *geo.Schema, in crs.System, fields []int) (*geojson.Encoder, *encoderPool) {
	if in != crs.CRS84 || fields != nil {
		return geojson.NewEncoder(s, geojson.Options{Fields: fields, NoExtra: fields != nil, Project: projection(in)}), nil
	}
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

// projection is that of places which the system is known to hold, nil where
// they stay as they are.
func projection(in crs.System) func(orb.Point) orb.Point {
	if in == crs.CRS84 {
		return nil
	}
	return func(p orb.Point) orb.Point {
		x, y, err := in.Project(p[0], p[1])
		if err != nil {
			panic("api: a record was not checked: " + err.Error())
		}
		return orb.Point{x, y}
	}
}

func (p *encoderPool) give(e *geojson.Encoder) {
	if p != nil {
		p.rest.Put(e)
	}
}
