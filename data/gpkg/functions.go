package gpkg

import (
	"database/sql/driver"
	"sync"

	"modernc.org/sqlite"
)

// registerFunctions gives every connection that is opened from now on the
// functions that the triggers of tables call. The driver keeps
// them for the whole process.
var registerFunctions = sync.OnceFunc(func() {
	type bound func(box) float64
	for name, of := range map[string]bound{
		"ST_MinX": func(b box) float64 { return b.west },
		"ST_MaxX": func(b box) float64 { return b.east },
		"ST_MinY": func(b box) float64 { return b.south },
		"ST_MaxY": func(b box) float64 { return b.north },
	} {
		sqlite.MustRegisterDeterministicScalarFunction(name, 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			b, ok := boundOf(args[0])
			if !ok {
				return nil, nil
			}
			return of(b), nil
		})
	}
	sqlite.MustRegisterScalarFunction(guardFunction, 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) { return nil, nil })
	sqlite.MustRegisterDeterministicScalarFunction("ST_IsEmpty", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if args[0] == nil {
			return nil, nil
		}
		if _, ok := boundOf(args[0]); ok {
			return int64(0), nil
		}
		return int64(1), nil
	})
})

// boundOf returns the box of a GeoPackage blob; false for one that is empty or
// none.
func boundOf(v driver.Value) (box, bool) {
	blob, ok := v.([]byte)
	if !ok {
		return box{}, false
	}
	return boxOfBlob(blob)
}
