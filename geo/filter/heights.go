package filter

import (
	"fmt"

	"bivouac/geo"
)

// Heights returns the predicate that a record has a vertex at a height from
// lowest to highest, both included, in metres. A record without heights is
// unknown.
func Heights(lowestMetres, highestMetres float64) geo.Predicate {
	return heights{lowestMetres, highestMetres}
}

type heights struct{ lowest, highest float64 }

func (h heights) Bound() []geo.Box { return nil }
func (h heights) String() string   { return fmt.Sprintf("height in %v..%v", h.lowest, h.highest) }

func (h heights) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	return func(n uint32) geo.Tri {
		zs := t.Z(n)
		if len(zs) == 0 {
			return geo.Maybe
		}
		for _, z := range zs {
			if h.lowest <= z && z <= h.highest {
				return geo.True
			}
		}
		return geo.False
	}, nil
}
