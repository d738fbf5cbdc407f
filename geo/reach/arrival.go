package reach

import (
	"github.com/paulmach/orb"

	"bivouac/geo/network"
)

// view tells what is in the way between a road and a place beside it.
type view struct{ *walls }

func newView(o Options) view {
	if o.Barriers == nil {
		return view{}
	}
	// One bucket for all: few are asked.
	s := &sheet{step: 1}
	s.LonStep, s.LatStep, s.West, s.South, s.Columns, s.Rows = 400, 400, -400, -400, 1, 1
	return view{s.wallsOf(o.Barriers)}
}

func (v view) blocked(a, b orb.Point) bool { return v.walls != nil && v.between(a, b) }

// arrival returns when one is at a place beside the roads, at the earliest;
// never where it is not reached by the limit.
func (s *Search) arrival(at orb.Point, o Options, v view, limit uint32) float64 {
	best := never
	walk := 0.0
	if o.WalkKMH > 0 {
		walk = o.WalkKMH / 3600 * float64(limit)
		if o.WalkMetres > 0 {
			walk = min(walk, o.WalkMetres)
		}
	}
	s.Within(at, max(o.WidthMetres, walk), func(p network.Place) {
		millis, ok := s.At(p)
		if !ok {
			return
		}
		if p.AccessMetres > o.WidthMetres {
			millis += p.AccessMetres * 3600 / o.WalkKMH
		}
		if millis < best && !v.blocked(p.Point, at) {
			best = millis
		}
	})
	return best
}
