package api

import (
	"sync"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/geojson"
	"bivouac/geo/shape"
)

// encoders keeps the encoders of each collection at rest. An encoder learns
// the strings of the table that it writes, which the next answer can use.
type encoders struct{ pools sync.Map } // by collection: *encoderPool

type encoderPool struct {
	schema *geo.Schema
	rest   sync.Pool
}

// look is how records are to be written: in which reference system, with which
// fields alone unless nil, simplified by how many metres, and by which profile
// of GeoJSON. The zero look is whole records.
type look struct {
	in      crs.System
	fields  []int
	offset  float64
	profile geojson.Profile
}

// take returns an encoder for rows of the schema in the look, and what to call
// with it afterwards. Only those of whole records in CRS84 are kept.
func (e *encoders) take(s *geo.Schema, f look) (*geojson.Encoder, *encoderPool) {
	if f.in != crs.CRS84 || f.fields != nil || f.offset > 0 || f.profile != geojson.RFC7946 {
		return geojson.NewEncoder(s, geojson.Options{Fields: f.fields, NoExtra: f.fields != nil, Profile: f.profile, Project: projection(f.in), Simplify: simplification(f.offset)}), nil
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

// simplification leaves vertices out, nil where all are to stay.
func simplification(metres float64) func(orb.Geometry, []float64) (orb.Geometry, []float64) {
	if metres == 0 {
		return nil
	}
	return func(g orb.Geometry, heights []float64) (orb.Geometry, []float64) {
		return shape.Simplify(g, heights, metres)
	}
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
