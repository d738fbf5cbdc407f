package shape

import "github.com/paulmach/orb"

func inside(p orb.Point, g orb.Geometry) bool {
	pr, err := Prepare(g)
	return err == nil && pr.Has(p)
}
