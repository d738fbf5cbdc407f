package siting

import (
	"context"
	"math"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/reach"
	"bivouac/geo/roads"
)

// measureWays fills in how far each place is from each site, and how casualties
// come to surgery where that is asked.
func (s *survey) measureWays(ctx context.Context, cache *network.Cache) error {
	var err error
	switch s.in[byInput].Text() {
	case byRoad:
		s.cost, err = s.byRoad(ctx, cache)
	case byAir:
		s.cost = s.straight(s.flight)
	default:
		s.cost = s.straight(func(metres float64) float64 { return metres / 1000 })
	}
	if err != nil {
		return err
	}
	return s.readCare(ctx, cache)
}

// flight is the minutes from the call to the arrival.
func (s *survey) flight(metres float64) float64 {
	return s.in[noticeInput].Float() + metres/1000/s.in[cruiseInput].Float()*60
}

func (s *survey) straight(of func(metres float64) float64) [][]float64 {
	out := make([][]float64, len(s.demand))
	for i := range s.demand {
		from := measure.NewOrigin(s.demand[i].at)
		out[i] = make([]float64, len(s.sites))
		for j := range s.sites {
			out[i][j] = of(from.Distance(s.sites[j].at))
		}
	}
	return out
}

func (s *survey) byRoad(ctx context.Context, cache *network.Cache) ([][]float64, error) {
	q, err := roads.Read(ctx, s.w, s.in)
	if err != nil {
		return nil, err
	}
	if err := roads.Mark(ctx, s.w); err != nil {
		return nil, err
	}
	t, err := cache.Travel(ctx, s.w.Network(), q.Conditions)
	if err != nil {
		return nil, err
	}
	s.layers, s.docs, s.notes = append(s.layers, q.Layers...), append(s.docs, q.Docs...), append(s.notes, q.Warnings...)
	from, to := make([]reach.Stop, len(s.sites)), make([]reach.Stop, len(s.demand))
	off := [2]int{}
	for j := range from {
		from[j] = s.stop(t, &s.sites[j].place, &off[0])
	}
	for i := range to {
		to[i] = s.stop(t, &s.demand[i].place, &off[1])
	}
	for k, said := range []geo.Sentence{sitesOffRoads, placesOffRoads} {
		if off[k] > 0 {
			s.warn(said, off[k], []int{len(from), len(to)}[k])
		}
	}
	table, err := reach.Times(ctx, t, from, to)
	if err != nil {
		return nil, err
	}
	out := make([][]float64, len(to))
	for i := range out {
		out[i] = make([]float64, len(from))
		for j := range from {
			out[i][j] = math.Inf(1)
			if millis := table[j][i]; millis != network.Closed {
				out[i][j] = float64(millis) / 60_000
			}
		}
	}
	return out, nil
}

func (s *survey) stop(t *network.Travel, p *place, off *int) reach.Stop {
	at, err := roads.Snap(t, p.at, s.in[snapInput].Float(), snapInput)
	out := reach.Stop{Name: p.name, Asked: p.at, Place: at}
	if err != nil {
		*off++
		out.Problem = err.Error()
	}
	return out
}

// within is the reach in the unit of the costs.
func (s *survey) within() float64 {
	if s.in[byInput].Text() == byDistance {
		return s.in[withinKMInput].Float()
	}
	return s.in[withinMinInput].Float()
}

func (s *survey) unit() string {
	if s.in[byInput].Text() == byDistance {
		return "km"
	}
	return "min"
}

func (s *survey) weights() []float64 {
	out := make([]float64, len(s.demand))
	for i := range out {
		out[i] = s.demand[i].weight
	}
	return out
}

// beyond leaves out what no site that may be chosen can serve, and says how
// much that is.
func (s *survey) beyond() {
	var left []demand
	var cost [][]float64
	n, weight := 0, 0.0
	for i := range s.demand {
		can := false
		for j, c := range s.cost[i] {
			can = can || s.sites[j].barred == "" && !math.IsInf(c, 1)
		}
		if can {
			left, cost = append(left, s.demand[i]), append(cost, s.cost[i])
			continue
		}
		n++
		weight += s.demand[i].weight
	}
	if n == 0 {
		return
	}
	s.dropped["no way from any site"] += n
	s.warn(unreached, n, len(s.demand), math.Round(weight))
	s.demand, s.cost = left, cost
}

// noWays is the error for demand that nothing can serve.
func noWays(input string) error {
	return geo.Errorf(geo.Conflict, input, "no place has a way from any site that may be chosen; measure by distance or air, choose another vehicle or season, or raise %s", snapInput)
}
