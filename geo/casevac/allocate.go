package casevac

import (
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Allocate brings casualties to care in the order of their calls, of those at
// one moment in the order given. Each takes what is best for him of what is
// left: an asset that is under way is not to be had until it is back and
// readied, and a facility is full after as many surgeries as it does in a day,
// or as it has beds. The answer is in the order of the casualties.
func (c *Cover) Allocate(ctx context.Context, casualties []Casualty) ([]Chain, error) {
	order := make([]int, len(casualties))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(int64(casualties[a].Call) - int64(casualties[b].Call)) })
	out := make([]Chain, len(casualties))
	s := c.state()
	for _, i := range order {
		if err := s.bring(ctx, i, casualties[i], &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// state is what is left as casualties are brought away.
type state struct {
	*Cover
	units  [][]uint32 // by asset: from when on each is free
	beds   []float64  // taken, by facility
	cut    []float64  // surgeries done
	lifts  []lift
	scenes map[orb.Point]*scene
}

// lift is a journey that has room left.
type lift struct {
	casualty  int
	at        orb.Point
	plan      Plan
	legs      []Leg
	start     uint32 // when the casualty was wounded, to whose clock the legs go
	room      float64
	caredFor  uint32
	loads     uint32 // after start
	firstLoad int    // of legs
	units     map[int32]int
}

func (c *Cover) state() *state {
	s := &state{Cover: c, units: make([][]uint32, len(c.Assets)), beds: make([]float64, len(c.Facilities)), cut: make([]float64, len(c.Facilities)), scenes: map[orb.Point]*scene{}}
	for i := range c.Assets {
		s.units[i] = make([]uint32, max(0, min(c.Assets[i].Count, mostUnits)))
	}
	return s
}

// mostUnits of one record are told apart; nobody has more casualties at once.
const mostUnits = 10_000

func (s *state) bring(ctx context.Context, number int, who Casualty, out *Chain) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	place, ok := s.scenes[who.At]
	if !ok {
		var err error
		if place, err = s.sceneOf(ctx, who.At); err != nil {
			return err
		}
		s.scenes[who.At] = place
	}
	free, full := s.free(who.Call), s.full()
	*out = Chain{Casualty: who, Stages: s.stages(place, who.Night, free, full), Legs: map[Stage][]Leg{}, With: -1, units: map[int32]int{}, free: free, full: full}
	w := &writer{s.Cover, place, who.Night, free}
	for _, st := range [...]Stage{Advanced, Surgery} {
		out.Legs[st] = w.legs(out.Stages.plan(st))
	}
	out.Evacuation = s.evacuation(&out.Stages)
	out.Legs[Evacuation] = w.legs(&out.Evacuation)
	out.CaredFor = s.caredFor(&out.Evacuation, out.Legs[Evacuation])
	out.Legs[FirstAid] = []Leg{{What: LegAid, Asset: -1, To: casualtyPlace, End: out.Stages.First}}
	if out.Stages.First == Never {
		out.Legs[FirstAid] = nil
	}
	s.join(out)
	return s.commit(ctx, number, out, place)
}

// free is when each asset is, after a call; Never for one without a unit.
func (s *state) free(call uint32) []uint32 {
	out := make([]uint32, len(s.units))
	for i, units := range s.units {
		out[i] = Never
		for _, t := range units {
			if t != Never {
				out[i] = min(out[i], t-min(t, call))
			}
		}
	}
	return out
}

// full are the facilities without room.
func (s *state) full() shut {
	full := shut{Advanced: make([]bool, len(s.beds)), Surgery: make([]bool, len(s.beds))}
	for f := range s.beds {
		bedless := s.Facilities[f].Beds > 0 && s.beds[f] >= s.Facilities[f].Beds
		full[Advanced][f] = bedless
		full[Surgery][f] = bedless || s.Facilities[f].Surgeries > 0 && s.cut[f] >= s.Facilities[f].Surgeries
	}
	return full
}

// evacuation is the journey that is made.
func (c *Cover) evacuation(s *Stages) Plan {
	switch {
	case s.Together.Millis <= minutes(c.SurgeryLimitMin):
		return s.Together
	case s.Surgery.Millis != Never:
		return s.Surgery
	}
	return s.Advanced
}

// join puts the casualty into a lift from the same place that has room, where
// that is no slower for him.
func (s *state) join(out *Chain) {
	if !s.Share {
		return
	}
	for i := range s.lifts {
		l := &s.lifts[i]
		surgical := s.open(Surgery, l.plan.Facility, out.full)
		if l.at != out.Casualty.At || l.room < 1 || !surgical && s.operates[l.plan.Facility] {
			continue
		}
		if out.Casualty.Call+minutes(s.NotifyMin) > l.start+l.loads {
			continue // the lift has gone, or will have before the call comes through
		}
		late := out.Casualty.Call - l.start
		p := l.plan
		p.Millis -= late
		if p.Millis > out.Evacuation.Millis {
			continue
		}
		legs := l.rest(late)
		out.Evacuation, out.With, out.CaredFor, out.Legs[Evacuation] = p, l.casualty, l.caredFor-late, legs
		if surgical && p.Millis <= out.Stages.Surgery.Millis {
			out.Stages.Surgery, out.Legs[Surgery] = p, legs
		}
		if p.Millis <= out.Stages.Advanced.Millis {
			out.Stages.Advanced, out.Legs[Advanced] = p, legs
		}
		out.units = l.units
		l.room--
		return
	}
}

// rest are the legs of a lift for one who was wounded later.
func (l *lift) rest(late uint32) []Leg {
	out := []Leg{{What: LegWait, Asset: l.legs[l.firstLoad].Asset, To: l.legs[l.firstLoad].From, End: l.loads - late}}
	for _, leg := range l.legs[l.firstLoad:] {
		if leg.Meanwhile {
			continue
		}
		leg.Start, leg.End = leg.Start-late, leg.End-late
		out = append(out, leg)
	}
	return out
}

// commit takes the assets and the room of a journey.
func (s *state) commit(ctx context.Context, number int, out *Chain, at *scene) error {
	p, call := &out.Evacuation, out.Casualty.Call
	if p.Millis == Never {
		return nil
	}
	s.beds[p.Facility]++
	if s.open(Surgery, p.Facility, nil) {
		s.cut[p.Facility]++
	}
	if out.With >= 0 {
		return nil
	}
	legs := out.Legs[Evacuation]
	room := math.Inf(1)
	if p.Ambulance >= 0 {
		room = min(room, s.Assets[p.Ambulance].Patients)
		where := p.Facility
		if p.Mode == ByBoth {
			where = p.Stop
		}
		t, err := s.homeward(ctx, p.Ambulance, where)
		if err != nil {
			return err
		}
		out.units[p.Ambulance] = s.take(p.Ambulance, call, plus(unloaded(legs, p.Ambulance), t))
	}
	if p.Craft >= 0 {
		room = min(room, s.Assets[p.Craft].Patients)
		home := pace(s.out[p.Craft][p.Landing], s.Assets[p.Craft].CruiseKMH)
		out.units[p.Craft] = s.take(p.Craft, call, plus(unloaded(legs, p.Craft), home))
	}
	s.offer(lift{casualty: number, at: at.at, plan: *p, legs: legs, start: call, room: room - 1, caredFor: out.CaredFor, units: out.units})
	return nil
}

// unloaded is when an asset is rid of the casualty: the end of its last leg
// with him.
func unloaded(legs []Leg, asset int32) (end uint32) {
	for _, l := range legs {
		if l.Asset == asset && !l.Meanwhile {
			end = max(end, l.End)
		}
	}
	return end
}

// offer keeps a lift for others, unless the casualty is carried to it.
func (s *state) offer(l lift) {
	for i := range l.legs {
		if leg := &l.legs[i]; leg.What == LegLoad && !leg.Meanwhile {
			l.firstLoad, l.loads = i, leg.Start
			if l.plan.Mode == ByAir || l.plan.Ambulance >= 0 && !l.plan.Met {
				s.lifts = append(s.lifts, l)
			}
			return
		}
	}
}

// homeward is how long an ambulance drives home from a spot.
func (s *state) homeward(ctx context.Context, asset, spot int32) (uint32, error) {
	if !s.spots[spot].on {
		return Never, nil
	}
	from := &scene{standing: s.spots[spot].standing}
	out := []uint32{Never}
	err := s.ways(ctx, from, func(int) *standing { return &s.stand[asset] }, true, out)
	return out[0], err
}

// take books the unit that is free first until it is home and readied, and says
// which that is.
func (s *state) take(asset int32, call, home uint32) int {
	first := 0
	for u, t := range s.units[asset] {
		if t < s.units[asset][first] {
			first = u
		}
	}
	s.units[asset][first] = plus(call, home, minutes(s.TurnroundMin))
	return first
}
