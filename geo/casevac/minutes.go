package casevac

import (
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/pattern"
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
	found := make([][]lifted, pattern.Workers())
	err := pattern.Each(ctx, len(s.ambulances), 1, func(worker, from, _ int) {
		if found[worker] == nil {
			found[worker] = slices.Clone(s.lifted)
		}
		s.fetchBy(ctx, s.ambulances[from], found[worker])
	})
	for _, f := range found {
		for i := range f {
			s.lifted[i].offer(f[i])
		}
	}
	return err
}

func (s *sweep) fetchBy(ctx context.Context, asset int32, best []lifted) {
	a, stand := &s.Assets[asset], &s.stand[asset]
	day, night := s.departs(asset, false, 0), s.departs(asset, true, 0)
	both := plus(minutes(a.LoadMin), minutes(a.OffloadMin))
	for i, drive := range s.places.times(ctx, stand.place, false) {
		start := day
		if s.night[i] {
			start = night
		}
		if drive != Never && start != Never {
			best[i].offer(lifted{plus(start, stand.access, drive, s.places.stand[i].access, both), asset})
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
	found := make([][]Stages, pattern.Workers())
	err := pattern.Each(ctx, len(s.spots), 1, func(worker, from, _ int) {
		if !s.spots[from].on || !s.useful(int32(from)) {
			return
		}
		if found[worker] == nil {
			found[worker] = slices.Repeat([]Stages{noStages}, len(s.out))
		}
		s.bringTo(ctx, int32(from), found[worker])
	})
	for _, f := range found {
		for i := range f {
			s.out[i].Advanced.offer(f[i].Advanced)
			s.out[i].Surgery.offer(f[i].Surgery)
			s.out[i].Together.offer(f[i].Together)
		}
	}
	return err
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

func (s *sweep) bringTo(ctx context.Context, at int32, best []Stages) {
	stand := &s.spots[at].standing
	for i, drive := range s.places.times(ctx, stand.place, true) {
		if l := s.lifted[i]; drive != Never && l.millis != Never {
			t := plus(l.millis, s.places.stand[i].access, drive, stand.access)
			s.arrive(at, arrival{t, l.asset}, s.night[i], &best[i])
		}
	}
}

// walk carries casualties to what is near.
func (s *sweep) walk(ctx context.Context) error {
	points := s.places.Points
	cloud, err := measure.NewCloud(points, s.CarryMetres)
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
	cloud, err := measure.NewCloud(points, s.CarryMetres)
	if err != nil {
		return err
	}
	found := make([][]uint32, pattern.Workers())
	err = pattern.Each(ctx, len(s.Aiders), 1, func(worker, from, _ int) {
		if found[worker] == nil {
			found[worker] = slices.Repeat([]uint32{Never}, len(points))
		}
		s.aidBy(ctx, &s.Aiders[from], cloud, found[worker])
	})
	for _, f := range found {
		for i := range f {
			s.out[i].First = min(s.out[i].First, f[i])
		}
	}
	return err
}

func (s *sweep) aidBy(ctx context.Context, a *Aider, cloud *measure.Cloud, best []uint32) {
	start := plus(minutes(s.NotifyMin), minutes(a.NoticeMin))
	for _, i := range cloud.NearPoint(nil, a.At) {
		best[i] = min(best[i], plus(start, s.carry(a.At, s.places.Points[i])))
	}
	stand := s.snap(a.At)
	if !stand.on {
		return
	}
	for i, drive := range s.places.times(ctx, stand.place, false) {
		if drive != Never {
			best[i] = min(best[i], plus(start, stand.access, drive, s.places.stand[i].access))
		}
	}
}
