package casevac

import (
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

// Minutes returns the times of a casualty at each of the points, all else being
// free. told may be nil.
func (c *Cover) Minutes(ctx context.Context, p *Places, told process.Progress) ([]Stages, error) {
	if told == nil {
		told = func(int, int, geo.Said) {}
	}
	s := &sweep{Cover: c, places: p, out: make([]Stages, len(p.Points)), night: make([]bool, len(p.Points))}
	for i := range s.out {
		s.out[i] = noStages
		s.night[i] = c.Night != nil && c.Night(p.Points[i])
	}
	for step, do := range []struct {
		what geo.Sentence
		run  func(context.Context) error
	}{
		{drivingOut, s.fetch}, {drivingIn, s.bring}, {carrying, s.walk}, {flying, s.fly}, {firstAid, s.firstAid},
	} {
		told(step, 5, do.what.With())
		if err := do.run(ctx); err != nil {
			return nil, err
		}
	}
	limit := minutes(c.AdvancedLimitMin)
	for i := range s.out {
		if s.out[i].Surgery.Millis <= limit {
			s.out[i].Together.offer(s.out[i].Surgery)
		}
	}
	return s.out, nil
}

// sweep is the work on many points.
type sweep struct {
	*Cover
	places *Places
	night  []bool
	out    []Stages
	lifted []lifted // by point: the ambulance that is quickest there
	onward [2][]ahead
}

// lifted is the ambulance that a casualty is in first, and when; its time to
// unload is in it, wherever it drives to.
type lifted struct {
	millis uint32
	asset  int32
}

func (l *lifted) offer(o lifted) {
	if o.millis < l.millis || o.millis == l.millis && o.millis != Never && o.asset < l.asset {
		*l = o
	}
}

// fetch finds the ambulance of each point.
func (s *sweep) fetch(ctx context.Context) error {
	s.lifted = make([]lifted, len(s.out))
	for i := range s.lifted {
		s.lifted[i] = lifted{Never, -1}
	}
	if s.travel == nil || !s.Road && !s.Mixed {
		return nil
	}
	places := make([]network.Place, len(s.ambulances))
	for k, i := range s.ambulances {
		places[k] = s.stand[i].place
	}
	return s.places.each(ctx, places, false, func(k int, times []uint32, from, to int) { s.fetchBy(s.ambulances[k], times, from, to) })
}

func (s *sweep) fetchBy(asset int32, times []uint32, from, to int) {
	a, stand := &s.Assets[asset], &s.stand[asset]
	both := plus(minutes(a.LoadMin), minutes(a.OffloadMin), stand.access)
	starts := [2]uint32{plus(s.departs(asset, false, 0), both), plus(s.departs(asset, true, 0), both)}
	for i := from; i < to; i++ {
		start := starts[flagged(s.night[i])]
		if times[i] != Never && start != Never {
			s.lifted[i].offer(lifted{plus2(plus2(start, times[i]), s.places.stand[i].access), asset})
		}
	}
}

// bring drives casualties to every facility and stop.
func (s *sweep) bring(ctx context.Context) error {
	for k, night := range []bool{false, true} {
		if !slices.Contains(s.night, night) {
			continue
		}
		var err error
		if s.onward[k], err = s.aheads(ctx, night); err != nil {
			return err
		}
	}
	if s.travel == nil || len(s.ambulances) == 0 || !s.Road && !s.Mixed {
		return nil
	}
	var spots []int32
	var places []network.Place
	for at := range s.spots {
		if stand := &s.spots[at].standing; stand.on && s.useful(int32(at)) {
			spots, places = append(spots, int32(at)), append(places, stand.place)
		}
	}
	return s.places.each(ctx, places, true, func(k int, times []uint32, from, to int) { s.bringTo(spots[k], times, from, to) })
}

// useful reports whether a casualty has anything from being brought to a spot.
func (s *sweep) useful(at int32) bool {
	if int(at) < len(s.Facilities) && s.advances[at] {
		return true
	}
	for _, o := range s.onward {
		if o != nil && len(o[at].advanced)+len(o[at].surgery) > 0 { // what is met there gives advanced care itself
			return true
		}
	}
	return false
}

func (s *sweep) bringTo(at int32, times []uint32, from, to int) {
	access, limit := s.spots[at].access, minutes(s.AdvancedLimitMin)
	rest := [2]uint32{} // until in surgery, at least
	for night := range rest {
		if ways := s.onward[night]; ways != nil && (int(at) >= len(s.Facilities) || !s.operates[at]) {
			rest[night] = ways[at].least[1]
		}
	}
	for i := from; i < to; i++ {
		l, best := s.lifted[i], &s.out[i]
		if times[i] == Never || l.millis == Never {
			continue
		}
		t := plus2(plus2(plus2(l.millis, s.places.stand[i].access), times[i]), access)
		// Most spots are too far to bring anything better.
		if t > limit && t > best.Advanced.Millis && plus2(t, rest[flagged(s.night[i])]) > best.Surgery.Millis {
			continue
		}
		s.arrive(at, arrival{t, l.asset}, s.night[i], best)
	}
}

// walk carries casualties to what is near.
func (s *sweep) walk(ctx context.Context) error {
	points := s.places.Points
	cloud, err := s.places.cloud(s.CarryMetres)
	if err != nil {
		return err
	}
	var near []int32
	for at := range s.spots {
		if err := ctx.Err(); err != nil {
			return err
		}
		if at := int32(at); s.useful(at) {
			near = cloud.NearPoint(near[:0], s.spots[at].at)
			for _, i := range near {
				s.arrive(at, arrival{s.carry(points[i], s.spots[at].at), -1}, s.night[i], &s.out[i])
			}
		}
	}
	return nil
}

// firstAid finds who is there first.
func (s *sweep) firstAid(ctx context.Context) error {
	if s.Aiders == nil {
		for i := range s.out {
			s.out[i].First = minutes(s.FirstAidMin)
		}
		return nil
	}
	points := s.places.Points
	cloud, err := s.places.cloud(s.CarryMetres)
	if err != nil {
		return err
	}
	var starts []uint32
	var places []network.Place
	for k := range s.Aiders {
		a := &s.Aiders[k]
		start := plus(minutes(s.NotifyMin), minutes(a.NoticeMin))
		for _, i := range cloud.NearPoint(nil, a.At) {
			s.out[i].First = min(s.out[i].First, plus(start, s.carry(a.At, points[i])))
		}
		if stand := s.snap(a.At); stand.on {
			starts, places = append(starts, plus(start, stand.access)), append(places, stand.place)
		}
	}
	return s.places.each(ctx, places, false, func(k int, times []uint32, from, to int) {
		for i := from; i < to; i++ {
			if times[i] != Never {
				s.out[i].First = min(s.out[i].First, plus(starts[k], times[i], s.places.stand[i].access))
			}
		}
	})
}
