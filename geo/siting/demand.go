package siting

import (
	"context"
	"maps"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// foreign reports whether a record is of another mission than is asked about.
func (s *survey) foreign(row geo.Row) bool {
	return process.OtherMission(row.Mission(), s.in[missionInput].Text())
}

// selectDemand selects the places that are asked about: in the area of the
// mission, where no area is given.
func (s *survey) selectDemand() (*layer.Layer, geo.Selection, error) {
	asked := s.in
	if s.area != nil && s.in[process.AreaInput].Null() {
		asked = maps.Clone(s.in)
		asked[process.AreaInput] = geo.Geometry(s.area)
	}
	return s.w.Selection(asked)
}

// readArea finds where the mission is that is asked about.
func (s *survey) readArea(ctx context.Context) error {
	mission := s.in[missionInput].Text()
	if mission == "" {
		return nil
	}
	area, l, err := s.w.MissionArea(ctx, mission)
	if l != nil {
		s.layers = append(s.layers, l)
	}
	if s.area = area; len(area) == 0 && err == nil {
		s.warn(noMissionArea, mission)
	}
	return err
}

func (s *survey) readDemand(ctx context.Context) error {
	l, selection, err := s.selectDemand()
	if err != nil {
		return err
	}
	s.layers = append(s.layers, l)
	var weight process.Numbers
	field := s.in[weightInput].Text()
	if field != "none" {
		if weight, err = process.NumberFields(l.Schema(), weightInput, field); err != nil {
			return err
		}
	}
	var priority map[geo.Key]bool
	if v := s.in[priorityFilter]; !v.Null() {
		if priority, err = s.matching(ctx, l, selection, priorityFilter); err != nil {
			return err
		}
	}
	rows, failed := l.Select(ctx, selection)
	for row := range rows {
		s.selected++
		d := demand{weight: 1, priority: priority == nil || priority[row.Key()]}
		at, ok := row.Point()
		if weight != nil {
			d.weight = process.Sum(weight.Columns(row.Table()), row.Number())
		}
		switch {
		case s.foreign(row):
			s.dropped["of another mission"]++
			continue
		case !ok:
			s.dropped[pattern.NoPlace]++
			continue
		case !(d.weight > 0):
			s.dropped["states no "+field+" above 0"]++
			continue
		}
		d.place = place{row.Key(), nameOf(l, row), at}
		s.demand = append(s.demand, d)
	}
	if err := failed(); err != nil {
		return err
	}
	switch pairs := len(s.demand) * len(s.sites); {
	case len(s.demand) == 0:
		return geo.Errorf(geo.Invalid, process.CollectionInput, "no place with a %s above 0 is selected; widen the area or the filter, or choose another weight", field)
	case pairs > mostPairs:
		return geo.Errorf(geo.TooLarge, process.CollectionInput, "%d places and %d sites are %d ways, and no more than %d are searched; select fewer", len(s.demand), len(s.sites), pairs, mostPairs)
	}
	return nil
}

// readThreat counts the records near each site.
func (s *survey) readThreat(ctx context.Context) error {
	if _, err := s.w.Layer(s.in[threatInput].Text()); err != nil && s.in[mostThreatInput].Null() && s.in[sumThreatInput].Null() && s.in[threatFilter].Null() {
		return nil // nothing is asked of it, and there is none
	}
	l, selection, err := s.further(threatInput, threatFilter)
	if err != nil {
		return err
	}
	selection.During = s.in[threatTimeInput].Interval()
	var points []orb.Point
	rows, failed := l.Select(ctx, selection)
	for row := range rows {
		if p, ok := row.Point(); ok && !s.foreign(row) {
			points = append(points, p)
		}
	}
	if err := failed(); err != nil {
		return err
	}
	if radius := s.in[threatKMInput].Float() * 1000; len(points) > 0 && radius > 0 {
		cloud, err := measure.NewCloud(points, radius)
		if err != nil {
			return err
		}
		for j := range s.sites {
			s.sites[j].exposure = float64(len(cloud.NearPoint(nil, s.sites[j].at)))
		}
	}
	for j := range s.sites {
		if most := s.in[mostThreatInput]; !most.Null() && s.sites[j].exposure > most.Float() && !s.sites[j].keep && s.sites[j].barred == "" {
			s.sites[j].barred = mostThreatInput
		}
	}
	return nil
}
