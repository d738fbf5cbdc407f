package casevac

import (
	"context"
	"fmt"
	"math"
	"slices"

	"bivouac/geo/measure"
)

// Mend is a change that was tried for a stage that comes too late.
type Mend struct {
	What   string
	Millis uint32 // with the change
	Passes bool
}

// Mends tries, one by one, what would bring a stage to the casualty in time:
// a shorter notice, a landing at the place, daylight, a further asset, an
// aircraft or surgery at the nearest base. The best come first. Each is computed
// anew on what there is with that one change, and what others took is still
// taken.
func (c *Cover) Mends(ctx context.Context, chain *Chain, st Stage) ([]Mend, error) {
	limit := minutes(c.AdvancedLimitMin)
	if st == Surgery {
		limit = minutes(c.SurgeryLimitMin)
	}
	was := chain.Stages.plan(st)
	if was.Millis <= limit {
		return nil, nil
	}
	var out []Mend
	for _, t := range c.trials(chain, st, limit) {
		f, a, p := slices.Clone(c.Facilities), slices.Clone(c.Assets), c.Params
		who, free := chain.Casualty, slices.Clone(chain.free)
		t.change(&trial{&f, &a, &p, &who, &free})
		changed, err := New(ctx, f, a, c.travel, p)
		if err != nil {
			return nil, err
		}
		place, err := changed.sceneOf(ctx, who.At)
		if err != nil {
			return nil, err
		}
		for len(free) < len(a) {
			free = append(free, 0)
		}
		stages := changed.stages(place, who.Night, free, chain.full)
		if now := stages.plan(st).Millis; now < was.Millis {
			out = append(out, Mend{t.what, now, now <= limit})
		}
	}
	slices.SortStableFunc(out, func(x, y Mend) int { return int(int64(x.Millis) - int64(y.Millis)) })
	return out, nil
}

// trial is what a change may change.
type trial struct {
	facilities *[]Facility
	assets     *[]Asset
	params     *Params
	who        *Casualty
	free       *[]uint32
}

type remedy struct {
	what   string
	change func(*trial)
}

func (c *Cover) trials(chain *Chain, st Stage, limit uint32) (out []remedy) {
	try := func(change func(*trial), format string, args ...any) {
		out = append(out, remedy{fmt.Sprintf(format, args...), change})
	}
	plan, legs := chain.Stages.plan(st), chain.Legs[st]
	if plan.Millis != Never {
		c.shorter(legs, plan.Millis-limit, try)
	}
	if !c.LandAnywhere && c.Air {
		try(func(t *trial) { t.params.LandAnywhere = true }, "a landing site at the place")
	}
	if chain.Casualty.Night {
		try(func(t *trial) { t.who.Night = false }, "by day")
	}
	base := c.nearest(chain.Casualty)
	if base < 0 {
		return out
	}
	home := &c.Facilities[base]
	if st == Surgery && !home.surgery() {
		try(func(t *trial) {
			(*t.facilities)[base].Module, (*t.facilities)[base].Surgeries = true, surgeries["module"]
		}, "a surgical module at %s", home.Name)
	}
	if st == Advanced && !home.advanced() {
		try(func(t *trial) { (*t.facilities)[base].Level = "L1" }, "a level 1 facility at %s", home.Name)
	}
	if craft := c.like(plan, Helicopter); craft >= 0 && home.At != c.Assets[craft].At {
		try(func(t *trial) {
			a := (*t.assets)[craft]
			a.At, a.Base, a.Count = home.At, home.Name, 1
			*t.assets = append(*t.assets, a)
		}, "a helicopter kept at %s", home.Name)
	}
	if car := c.like(plan, Ambulance); car >= 0 && c.travel != nil && home.At != c.Assets[car].At {
		try(func(t *trial) {
			a := (*t.assets)[car]
			a.At, a.Base, a.Count = home.At, home.Name, 1
			*t.assets = append(*t.assets, a)
		}, "an ambulance kept at %s", home.Name)
	}
	return out
}

// shorter tries notices that would be short enough, or as good as none, and a
// further asset where one is waited for.
func (c *Cover) shorter(legs []Leg, excess uint32, try func(func(*trial), string, ...any)) {
	for _, l := range legs {
		asset := l.Asset
		if asset < 0 {
			continue
		}
		a := &c.Assets[asset]
		switch l.What {
		case LegNotice:
			const least = 5 // minutes that even a crew beside its machine takes
			want := math.Floor((float64(l.Millis()) - float64(excess)) / 60_000)
			if want < least {
				want = least
			}
			if now := float64(l.Millis()) / 60_000; want < now {
				try(func(t *trial) {
					b := &(*t.assets)[asset]
					b.NoticeDayMin, b.NoticeNightMin = min(b.NoticeDayMin, want), min(b.NoticeNightMin, want)
				}, "the %s of %s with a notice of %v instead of %v min", a.Kind, a.Base, want, now)
			}
		case LegBusy:
			try(func(t *trial) { (*t.free)[asset] = 0 }, "one more %s at %s", a.Kind, a.Base)
		}
	}
}

// nearest is the base that is nearest to a casualty; -1 without any.
func (c *Cover) nearest(who Casualty) int {
	best, metres := -1, math.Inf(1)
	from := measure.NewOrigin(who.At)
	for f := range c.Facilities {
		if m := from.Distance(c.Facilities[f].At); m < metres {
			best, metres = f, m
		}
	}
	return best
}

// like is an asset of a kind to copy: the one of the journey, else the first.
func (c *Cover) like(p *Plan, k Kind) int32 {
	for _, i := range []int32{p.Craft, p.Ambulance} {
		if i >= 0 && c.Assets[i].Kind == k {
			return i
		}
	}
	for _, i := range slices.Concat(c.crafts, c.ambulances) {
		if c.Assets[i].Kind == k {
			return i
		}
	}
	return -1
}
