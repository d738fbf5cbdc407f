package siting

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/casevac"
	"bivouac/geo/network"
	"bivouac/geo/roads"
)

// surgeryMin is within how many minutes a casualty is to be in surgery where
// nothing else is asked: the last of 10-1-2.
const surgeryMin = 120.0

// care is what brings casualties to surgery: what stands at sites, and what
// stands there whatever is chosen, by the chain of [bivouac/geo/casevac].
type care struct {
	facilities []casevac.Facility
	assets     []casevac.Asset
	of         casevac.Owners // sites
	travel     *network.Travel
	params     casevac.Params
	night      bool
	within     float64 // minutes

	points  []orb.Point // of the demand that must have surgery
	needing []float64   // its weight
	needs   []casevac.Needs
	places  *casevac.Places
}

// timed reports whether times to surgery are asked for.
func (s *survey) timed() bool {
	if !s.in[medicalInput].Null() {
		return true
	}
	for _, v := range s.in[measuresInput].List() {
		if v.Text() == medicalMeasure {
			return true
		}
	}
	return false
}

// readOutfit finds which sites operate on the wounded: what gives surgery is
// casevac's to say.
func (s *survey) readOutfit(ctx context.Context) error {
	if s.stands == nil {
		return nil // there are no bases
	}
	m, err := casevac.ReadOf(ctx, nil, s.w, geo.Values{"modes": geo.List(geo.String("air"))}, s.stands)
	if err != nil {
		return err
	}
	s.layers = append(s.layers, m.Layers...)
	site := s.sitesByKey()
	for i := range m.Facilities {
		if j, ok := site[m.Facilities[i].Key]; ok {
			s.sites[j].surgery = m.Facilities[i].Operates()
			s.sites[j].has = s.sites[j].has || s.in[placingInput].Text() == placeModule && s.sites[j].surgery
		}
	}
	return nil
}

func (s *survey) sitesByKey() map[geo.Key]int {
	out := map[geo.Key]int{}
	for j := range s.sites {
		if x := &s.sites[j]; x.base || x.planned {
			out[x.key] = j
		}
	}
	return out
}

// readCare finds what together brings each place that must have it to surgery in time.
func (s *survey) readCare(ctx context.Context, cache *network.Cache) error {
	if !s.timed() {
		return nil
	}
	s.care = &care{within: surgeryMin, night: s.in[medicalLightInput].Text() == nightLight}
	if v := s.in[medicalInput]; !v.Null() {
		s.care.within = v.Float()
	}
	for i := range s.demand {
		if d := &s.demand[i]; d.priority {
			s.care.points, s.care.needing = append(s.care.points, d.at), append(s.care.needing, d.weight)
		}
	}
	stands := s.stands
	if stands == nil {
		stands = func(geo.Row) bool { return false }
	}
	m, err := casevac.ReadOf(ctx, cache, s.w, s.chain(), stands)
	if err != nil {
		return err
	}
	s.layers, s.docs = append(s.layers, m.Layers...), append(s.docs, m.Docs...)
	for _, w := range m.Warnings {
		s.warn(ofSurgery, w)
	}
	s.care.travel, s.care.params = m.Travel, m.Params
	s.own(m)
	return s.care.find(ctx)
}

// chain is the inputs of the chain.
func (s *survey) chain() geo.Values {
	in := geo.Values{missionInput: s.in[missionInput], "modes": s.in[medicalModesInput], "light": s.in[medicalLightInput], snapInput: s.in[snapInput]}
	for _, name := range []string{roads.MonthInput, roads.SeasonInput, roads.DateInput, roads.AvoidInput, roads.HazardsInput} {
		in[name] = s.in[name]
	}
	return in
}

// own says which site each facility and asset hangs on.
func (s *survey) own(m *casevac.Means) {
	c, site := s.care, s.sitesByKey()
	owner := func(key geo.Key) int32 {
		if j, ok := site[key]; ok && !s.placing() {
			return int32(j)
		}
		return casevac.Anyway
	}
	c.facilities, c.assets = m.Facilities, m.Assets
	for i := range c.facilities {
		c.of.Facilities = append(c.of.Facilities, owner(c.facilities[i].Key))
	}
	for i := range c.assets {
		c.of.Assets = append(c.of.Assets, owner(c.assets[i].Home))
	}
	for j := range s.sites {
		if s.sites[j].has {
			continue // it is among what was read
		}
		switch s.in[placingInput].Text() {
		case placeModule:
			c.module(&s.sites[j], int32(j))
		case placeHelicopter:
			c.helicopter(s.helicopterAt(&s.sites[j]), int32(j))
		}
	}
}

// module puts one at a site: to who is brought there it is the base.
func (c *care) module(x *site, owner int32) {
	f := casevac.Facility{Name: x.title(), At: x.at, Module: true, Surgeries: math.NaN(), Beds: math.NaN()}
	for i := range c.facilities {
		if b := &c.facilities[i]; x.key != 0 && b.Key == x.key {
			f.Helipad, f.RunwayM = b.Helipad, b.RunwayM
		}
	}
	c.facilities, c.of.Facilities = append(c.facilities, f), append(c.of.Facilities, owner)
}

func (c *care) helicopter(a casevac.Asset, owner int32) {
	a.Assume()
	c.assets, c.of.Assets = append(c.assets, a), append(c.of.Assets, owner)
}

// helicopterAt is the one that is placed, as the change of a scenario puts it there.
func (s *survey) helicopterAt(x *site) casevac.Asset {
	a := casevac.Asset{
		Base: x.title(), Kind: casevac.Helicopter, At: x.at, Count: 1, NoticeDayMin: math.NaN(), NoticeNightMin: math.NaN(), CruiseKMH: math.NaN(),
		RangeKM: math.NaN(), EnduranceH: math.NaN(), LoadMin: math.NaN(), OffloadMin: math.NaN(), Patients: math.NaN(),
	}
	if s.in[byInput].Text() == byAir {
		a.CruiseKMH, a.NoticeDayMin, a.NoticeNightMin = s.in[cruiseInput].Float(), s.in[noticeInput].Float(), s.in[noticeInput].Float()
	}
	return a
}

// find finds which sites are needed.
func (c *care) find(ctx context.Context) error {
	cover, err := casevac.New(ctx, c.facilities, c.assets, c.travel, c.params)
	if err != nil {
		return err
	}
	if c.places, err = cover.NewPlaces(ctx, c.points, true); err != nil {
		return err
	}
	c.needs, err = cover.Needs(ctx, c.places, c.night, c.within, c.of)
	return err
}

// unmet measures the weight without surgery in time; without weights, the places.
func (c *care) unmet(weight []float64) Measure {
	sets := make([][][]int32, len(c.needs))
	for i, n := range c.needs {
		sets[i] = n
	}
	return Unmet(sets, weight)
}

// most counts the places with surgery in time from all sites that are not shut,
// and their share of the weight, in thousandths downward.
func (c *care) most(sites int, shut []bool) (met int, share float64) {
	open := make([]bool, sites)
	for j := range open {
		open[j] = shut == nil || !shut[j]
	}
	all := 0.0
	for i, n := range c.needs {
		all += c.needing[i]
		if n.Met(open) {
			met++
			share += c.needing[i]
		}
	}
	return met, math.Floor(1000*share/all) / 1000
}

// late returns which places do not come to surgery in time from a set of sites,
// by the times of casevac itself: of what stands at these sites, and of nothing else.
func (c *care) late(ctx context.Context, open []bool) ([]bool, error) {
	there := func(owner int32) bool { return owner == casevac.Anyway || open[owner] }
	var facilities []casevac.Facility
	for i, o := range c.of.Facilities {
		if there(o) {
			facilities = append(facilities, c.facilities[i])
		}
	}
	var assets []casevac.Asset
	for i, o := range c.of.Assets {
		if there(o) {
			assets = append(assets, c.assets[i])
		}
	}
	cover, err := casevac.New(ctx, facilities, assets, c.travel, c.params)
	if err != nil {
		return nil, err
	}
	theatre, err := cover.Theatre(ctx)
	if err != nil {
		return nil, err
	}
	times, err := theatre.Times(ctx, c.places, c.night)
	if err != nil {
		return nil, err
	}
	out := make([]bool, len(c.points))
	for i, t := range times.Any {
		out[i] = t > uint32(math.Round(c.within*60_000))
	}
	return out, nil
}

// check holds an answer against the times of casevac: the two are found by
// different code, and an answer of which they do not say the same is not given.
func (a *asked) check(ctx context.Context, sites []int) error {
	if a.care == nil {
		return nil
	}
	c, open := a.care, a.model.set(sites)
	late, err := c.late(ctx, open)
	if err != nil {
		return err
	}
	for i, n := range c.needs {
		if n.Met(open) == late[i] {
			return geo.Errorf(geo.Internal, medicalInput, "place %d of those that must have surgery is in time by one reckoning and not by the other", i+1)
		}
	}
	return nil
}
