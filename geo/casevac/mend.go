package casevac

import (
	"context"
	"fmt"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// Mend is a change that was tried for a stage that comes too late.
type Mend struct {
	Kind   MendKind
	At     string  // the base; "" for the kinds that are of none
	Asset  Kind    // of which it is more, or sooner; "" for none
	Notice float64 // minutes that would do, and that it takes now; 0 for none
	Now    float64
	Step   *Step  // nil where it is no change of what there is, such as daylight
	Millis uint32 // with the change
	Passes bool
}

// MendKind is what a mend does.
type MendKind string

// The kinds of mends.
const (
	ShortNotice    MendKind = "short_notice"
	FurtherAsset   MendKind = "further_asset"
	LandingSite    MendKind = "landing_site"
	ByDay          MendKind = "by_day"
	SurgicalModule MendKind = "surgical_module"
	LevelOne       MendKind = "level_one"
	KeptAsset      MendKind = "kept_asset"
)

var mendKinds = []string{string(ShortNotice), string(FurtherAsset), string(LandingSite), string(ByDay), string(SurgicalModule), string(LevelOne), string(KeptAsset)}

// String is the mend in words.
func (m *Mend) String() string {
	switch m.Kind {
	case ShortNotice:
		return fmt.Sprintf("the %s of %s with a notice of %v instead of %v min", m.Asset, m.At, m.Notice, m.Now)
	case FurtherAsset:
		return fmt.Sprintf("one more %s at %s", m.Asset, m.At)
	case LandingSite:
		return "a landing site at the place"
	case ByDay:
		return "by day"
	case SurgicalModule:
		return "a surgical module at " + m.At
	case LevelOne:
		return "a level 1 facility at " + m.At
	}
	return fmt.Sprintf("%s %s kept at %s", articles[m.Asset], m.Asset, m.At)
}

// Step is a mend as a change of records, in the words of a scenario: its act,
// and what the act takes.
type Step struct {
	Act    string
	Target geo.Key // 0 for none
	Into   geo.Key // 0 for none
	Copy   geo.Key // the asset whose record the new one is like; 0 for none
	Fields geo.Values
}

// The acts of steps, as scenarios call them.
const (
	changeBase  = "change"
	changeAsset = "change_asset"
	addAsset    = "add_asset"
)

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
			m := t.mend
			m.Millis, m.Passes = now, now <= limit
			out = append(out, m)
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
	mend   Mend
	change func(*trial)
}

// trying notes a remedy.
type trying func(m Mend, change func(*trial))

func (c *Cover) trials(chain *Chain, st Stage, limit uint32) (out []remedy) {
	try := func(m Mend, change func(*trial)) { out = append(out, remedy{m, change}) }
	plan, legs := chain.Stages.plan(st), chain.Legs[st]
	if plan.Millis != Never {
		c.shorter(legs, chain.Casualty.Night, plan.Millis-limit, try)
	}
	if !c.LandAnywhere && c.Air {
		try(Mend{Kind: LandingSite}, func(t *trial) { t.params.LandAnywhere = true })
	}
	if chain.Casualty.Night {
		try(Mend{Kind: ByDay}, func(t *trial) { t.who.Night = false })
	}
	base := c.nearest(chain.Casualty)
	if base < 0 {
		return out
	}
	home := &c.Facilities[base]
	if st == Surgery && !home.Operates() {
		try(Mend{Kind: SurgicalModule, At: home.Name, Step: home.step(geo.Values{"surgical_module": geo.Bool(true)})}, func(t *trial) {
			f := &(*t.facilities)[base]
			f.Module = true
			f.Assume()
		})
	}
	if st == Advanced && !home.advanced() {
		try(Mend{Kind: LevelOne, At: home.Name, Step: home.step(geo.Values{"medical_level": geo.String("L1")})}, func(t *trial) { (*t.facilities)[base].Level = "L1" })
	}
	if craft := c.like(plan, Helicopter); craft >= 0 && home.At != c.Assets[craft].At {
		c.keep(craft, home, try)
	}
	if car := c.like(plan, Ambulance); car >= 0 && c.travel != nil && home.At != c.Assets[car].At {
		c.keep(car, home, try)
	}
	return out
}

// articles stand before what an asset is called.
var articles = map[Kind]string{Helicopter: "a", FixedWing: "a", Ambulance: "an"}

// keep tries one more asset, like another, at a base.
func (c *Cover) keep(like int32, home *Facility, try trying) {
	a := c.Assets[like]
	step := &Step{Act: addAsset, Into: home.Key, Copy: a.Key}
	if home.Key == 0 {
		step = nil
	}
	try(Mend{Kind: KeptAsset, At: home.Name, Asset: a.Kind, Step: step}, func(t *trial) {
		a.At, a.Base, a.Count = home.At, home.Name, 1
		*t.assets = append(*t.assets, a)
	})
}

// step changes the record of a base; nil for what stands at none.
func (f *Facility) step(fields geo.Values) *Step {
	if f.Key == 0 {
		return nil
	}
	return &Step{Act: changeBase, Target: f.Key, Fields: fields}
}

// shorter tries notices that would be short enough, or as good as none, and a
// further asset where one is waited for.
func (c *Cover) shorter(legs []Leg, night bool, excess uint32, try trying) {
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
				step := &Step{Act: changeAsset, Target: a.Key, Fields: geo.Values{"notice_day_min": geo.Int(int64(want))}}
				if night {
					step.Fields = geo.Values{"notice_night_min": geo.Int(int64(want))}
				}
				try(Mend{Kind: ShortNotice, At: a.Base, Asset: a.Kind, Notice: want, Now: now, Step: step}, func(t *trial) {
					b := &(*t.assets)[asset]
					if night {
						b.NoticeNightMin = want
					} else {
						b.NoticeDayMin = want
					}
				})
			}
		case LegBusy:
			try(Mend{Kind: FurtherAsset, At: a.Base, Asset: a.Kind, Step: c.further(a)}, func(t *trial) { (*t.free)[asset] = 0 })
		}
	}
}

// further adds one more of an asset where it stands; nil where that is at no
// base.
func (c *Cover) further(a *Asset) *Step {
	for f := range c.Facilities {
		if home := &c.Facilities[f]; home.Key != 0 && home.Name == a.Base && home.At == a.At {
			return &Step{Act: addAsset, Into: home.Key, Copy: a.Key}
		}
	}
	return nil
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
