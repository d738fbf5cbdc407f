package casevac

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

const (
	placesInput = "places"
	basesInput  = "bases"
	townsInput  = "towns"
	countInput  = "casualties"
	afterInput  = "after_min"
)

// mostCasualties are brought away in one answer; what would mend it is tried
// for the first of them.
const (
	mostCasualties = 500
	mostMended     = 20
)

// ChainProcess is the chain of casualties as an analysis. cache keeps the roads
// under conditions; it may be nil.
func ChainProcess(cache *network.Cache) process.Process {
	return process.Process{
		ID:    "casevac-chain",
		Title: "Casualty evacuation chain",
		Description: "How one casualty or many come to care from a place, leg by leg: first aid in 10 minutes, advanced care in 1 hour, surgery in 2, by road, by air and by both; " +
			"which leg limits it, and what would mend it. Those who come later get the assets, beds and surgeries that are left.",
		In:    chainInputs(),
		Out:   chainOutputs(),
		Roads: true,
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			return runChain(ctx, cache, w, in, progress)
		},
	}
}

func chainInputs() geo.Schema {
	one, many, nothing, day := int64(1), float64(mostCasualties), 0.0, 1440.0
	least := float64(one)
	keys := func(name, title, collection string) geo.Field {
		return geo.Field{Name: name, Title: title, Kind: geo.KindList, Role: geo.CollectionRole, Collection: collection, Items: &geo.Field{Kind: geo.KindInt},
			Description: "Keys of " + collection + " where casualties lie, beside the places."}
	}
	return geo.Schema{Name: "casevac-chain", Fields: slices.Concat([]geo.Field{
		{Name: placesInput, Title: "Where casualties lie", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindGeometry}, Description: "GeoJSON Points, in the order in which help is called; the same place may stand there more than once."},
		keys(basesInput, "At bases", basesCollection),
		keys(townsInput, "At places", "places"),
		{Name: countInput, Title: "Casualties", Kind: geo.KindInt, Least: &least, Greatest: &many, Default: geo.Int(one), Description: "How many lie at each place."},
		{Name: afterInput, Title: "Minutes after the first", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat, Least: &nothing, Greatest: &day},
			Description: "When each of the places is hit, one number a place; without it, all at once."},
		{Name: shareInput, Title: "Share lifts", Kind: geo.KindBool, Default: geo.Bool(true), Description: "A lift takes as many casualties of one place as it has room for, if they are called in before it loads; else one each."},
		{Name: turnroundInput, Title: "Turnround", Unit: "min", Kind: geo.KindFloat, Least: &nothing, Greatest: &day, Default: geo.Float(Defaults().TurnroundMin),
			Description: "From an asset's return until it may be sent anew."},
	}, fields())}
}

func chainOutputs() geo.Schema {
	stage := geo.Field{Name: "stage", Title: "Stage", Kind: geo.KindString, Enum: []string{string(FirstAid), string(Advanced), string(Surgery), string(Evacuation)}}
	list := func(name, title, text string, fields ...geo.Field) geo.Field {
		return geo.Field{Name: name, Title: title, Kind: geo.KindList, Description: text, Items: &geo.Field{Kind: geo.KindRecord, Fields: fields}}
	}
	who := []geo.Field{process.Whole("casualty", "Casualty"), process.Text("place", "Place")}
	return geo.Schema{Name: "casevac-chain", Fields: []geo.Field{
		list("stages", "Stages", "Each stage by the quickest journey to it alone, as the map of casevac-surface has it; evacuation is the one journey that the casualty makes.", append(slices.Clone(who),
			stage, process.Number("minutes", "Time", "min"), process.Number("limit_min", "Limit", "min"), process.Flag("in_time", "In time"), process.Number("late_min", "Late", "min"), process.Text("facility", "Facility"), modeField(), process.Text("asset", "Asset"),
			process.Text("limiting", "Limiting leg"), process.Number("limiting_min", "Limiting leg takes", "min"), process.Text("limiting_kind", "Kind of the limiting leg"), process.Whole("kind_legs", "Legs of that kind"), process.Number("kind_min", "Legs of that kind take", "min"), process.Text("mend", "What would mend it"), process.Whole("shares", "In the lift of casualty"))...),
		list("legs", "Legs", "From the wound on; starts and ends are rounded to a tenth of a minute, and what a leg takes is their difference, so that legs add up to the stage. Those of an asset that comes meanwhile are not in the sum.",
			append(append(slices.Clone(who), stage), legFields()...)...),
		list("mends", "What would mend it, tried one by one", "For a stage that comes too late: each change alone, and the time with it, the best first.",
			append(slices.Clone(who), stage, process.Text("change", "Change"), process.Code("kind", "Kind", mendKinds), process.Text("at", "At"), process.Text("asset", "Asset"), process.Number("notice_min", "Notice", "min"), process.Number("notice_now_min", "Notice now", "min"),
				process.Number("minutes", "Time", "min"), process.Flag("in_time", "In time"),
				geo.Field{Name: "step", Title: "As a change of a scenario", Kind: geo.KindRecord, Description: "With its act; null for what is no change of records, such as daylight."})...),
		{Name: "journeys", Title: "Journeys", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection: straight lines from home to casualty to facility of each evacuation.",
			Fields: []geo.Field{process.Number("minutes", "Time", "min"), process.Whole("casualty", "Casualty"), modeField(), process.Text("asset", "Asset"), process.Text("facility", "Facility"), process.Flag("in_time", "In time")}},
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Whole("casualties", "Casualties"), process.Whole("in_time", "With all three in time"), process.Whole("surgery_in_time", "With surgery in time"), process.Whole("not_brought", "Brought nowhere"), process.Whole("night", "By night"),
		}},
	}}
}

func legFields() []geo.Field {
	return []geo.Field{
		process.Text("leg", "Leg"), process.Text("asset", "Asset"), process.Text("from", "From"), process.Text("to", "To"), process.Number("km", "Distance", "km"),
		process.Number("start_min", "Start", "min"), process.Number("end_min", "End", "min"), process.Number("minutes", "Takes", "min"), process.Flag("meanwhile", "Meanwhile"), process.Flag("limiting", "Limiting"),
	}
}

func modeField() geo.Field {
	return geo.Field{Name: "mode", Title: "By", Kind: geo.KindString, Enum: modes[:]}
}

func runChain(ctx context.Context, cache *network.Cache, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	m, err := Read(ctx, cache, w, in)
	if err != nil {
		return process.Result{}, err
	}
	who, err := m.casualties(ctx)
	if err != nil {
		return process.Result{}, err
	}
	c, err := m.cover(ctx)
	if err != nil {
		return process.Result{}, err
	}
	progress(0, 2, bringing.With())
	chains, err := c.Allocate(ctx, who)
	if err != nil {
		return process.Result{}, err
	}
	progress(1, 2, mending.With())
	a := &chainAnswer{Cover: c, means: m, chains: chains}
	if err := a.mend(ctx); err != nil {
		return process.Result{}, err
	}
	r := m.result()
	r.Output = a.values()
	r.Warnings = append(r.Warnings, a.warnings()...)
	return r, nil
}

// casualties reads who lies where, and when.
func (m *Means) casualties(ctx context.Context) ([]Casualty, error) {
	var places []Casualty
	for i, v := range m.in[placesInput].List() {
		p, err := pointOf(v, placesInput, i)
		if err != nil {
			return nil, err
		}
		places = append(places, Casualty{Name: fmt.Sprintf("place %d", i+1), At: p})
	}
	for _, f := range []struct{ input, collection string }{{basesInput, basesCollection}, {townsInput, "places"}} {
		for _, k := range m.in[f.input].List() {
			who, err := m.lies(ctx, f.input, f.collection, geo.Key(k.Int()))
			if err != nil {
				return nil, err
			}
			places = append(places, who)
		}
	}
	n := int(m.in[countInput].Int())
	after := m.in[afterInput].List()
	switch {
	case len(places) == 0:
		return nil, geo.Errorf(geo.Invalid, placesInput, "say where a casualty lies: a place, one of the bases or one of the towns")
	case n*len(places) > mostCasualties:
		return nil, geo.Errorf(geo.TooLarge, countInput, "%d casualties at %d places are more than the %d that are brought away in one answer; ask about fewer", n, len(places), mostCasualties)
	case !m.in[afterInput].Null() && len(after) != len(places):
		return nil, geo.Errorf(geo.Invalid, afterInput, "gives %d times for %d places; give one a place", len(after), len(places))
	}
	out := make([]Casualty, 0, n*len(places))
	for i, p := range places {
		p.Night = m.Params.Night(p.At)
		if len(after) > 0 {
			p.Call = minutes(after[i].Float())
		}
		for range n {
			out = append(out, p)
		}
	}
	return out, nil
}

func (m *Means) lies(ctx context.Context, input, collection string, k geo.Key) (Casualty, error) {
	l, err := m.w.Layer(collection)
	if err != nil {
		return Casualty{}, geo.Errorf(geo.Invalid, input, "there is no collection %q here", collection)
	}
	row, ok := l.Find(k, m.w.Reader)
	if !ok {
		return Casualty{}, geo.Errorf(geo.Invalid, input, "there is no record %d in %s", k, collection)
	}
	layer.See(ctx, row)
	if !slices.Contains(m.Layers, l) {
		m.Layers = append(m.Layers, l)
	}
	p, ok := row.Point()
	if !ok {
		return Casualty{}, geo.Errorf(geo.Invalid, input, "record %d of %s has no single point as its place", k, collection)
	}
	return Casualty{Name: nameOf(row, p), At: p}, nil
}

// chainAnswer is chains as they are told.
type chainAnswer struct {
	*Cover
	means  *Means
	chains []Chain
	mends  []map[Stage][]Mend
}

func (a *chainAnswer) mend(ctx context.Context) error {
	a.mends = make([]map[Stage][]Mend, len(a.chains))
	tried := map[Casualty]bool{}
	for i := range a.chains {
		a.mends[i] = map[Stage][]Mend{}
		who := a.chains[i].Casualty
		if len(tried) >= mostMended || tried[who] && a.chains[i].With >= 0 {
			continue
		}
		tried[who] = true
		for _, st := range [...]Stage{Advanced, Surgery} {
			found, err := a.Mends(ctx, &a.chains[i], st)
			if err != nil {
				return err
			}
			a.mends[i][st] = found
		}
	}
	return nil
}

func (a *chainAnswer) limit(st Stage) float64 {
	switch st {
	case FirstAid:
		return a.FirstAidLimitMin
	case Advanced:
		return a.AdvancedLimitMin
	}
	return a.SurgeryLimitMin
}

// tenths are minutes as answers give them: every time from the wound on is
// rounded to a tenth, and what lies between two is their difference.
func tenths(millis uint32) float64 { return math.Round(float64(millis) / 6000) }

func told(millis uint32) geo.Value {
	if millis == Never {
		return geo.Value{}
	}
	return geo.Float(tenths(millis) / 10)
}

func (a *chainAnswer) values() geo.Values {
	var stages, legs, mends, journeys []geo.Value
	inTime, cut, nowhere, night := 0, 0, 0, 0
	for i := range a.chains {
		c := &a.chains[i]
		for _, st := range [...]Stage{FirstAid, Advanced, Surgery, Evacuation} {
			stages = append(stages, a.stage(i, st))
			legs = append(legs, a.legs(i, st)...)
			for k := range a.mends[i][st] {
				mends = append(mends, a.mendValue(i, st, &a.mends[i][st][k]))
			}
		}
		surgery := c.Evacuation.Millis <= minutes(a.SurgeryLimitMin) && a.operates[c.Evacuation.Facility]
		all := surgery && c.CaredFor <= minutes(a.AdvancedLimitMin) && c.Stages.First <= minutes(a.FirstAidLimitMin)
		count(all, &inTime)
		count(surgery, &cut)
		count(c.Evacuation.Millis == Never, &nowhere)
		count(c.Casualty.Night, &night)
		if c.Evacuation.Millis != Never {
			journeys = append(journeys, a.journey(i, all))
		}
	}
	return geo.Values{
		"stages": geo.List(stages...), "legs": geo.List(legs...), "mends": geo.List(mends...), "journeys": process.FeatureCollection(journeys),
		"summary": geo.Record(geo.Values{
			"casualties": geo.Int(int64(len(a.chains))), "in_time": geo.Int(int64(inTime)), "surgery_in_time": geo.Int(int64(cut)),
			"not_brought": geo.Int(int64(nowhere)), "night": geo.Int(int64(night)),
		}),
	}
}

func count(yes bool, n *int) {
	if yes {
		*n++
	}
}

// millisOf is the time of a stage, and its journey; the last is nil for first
// aid.
func (c *Chain) millisOf(st Stage) (uint32, *Plan) {
	switch st {
	case FirstAid:
		return c.Stages.First, nil
	case Evacuation:
		return c.Evacuation.Millis, &c.Evacuation
	}
	p := c.Stages.plan(st)
	return p.Millis, p
}

func (a *chainAnswer) stage(i int, st Stage) geo.Value {
	c := &a.chains[i]
	millis, plan := c.millisOf(st)
	limit := a.limit(st)
	v := geo.Values{
		"casualty": geo.Int(int64(i + 1)), "place": geo.String(c.Casualty.Name), "stage": geo.String(string(st)), "minutes": told(millis), "limit_min": geo.Float(limit), "in_time": geo.Bool(millis <= minutes(limit)),
		"late_min": {}, "facility": {}, "mode": {}, "asset": {}, "limiting": {}, "limiting_min": {}, "limiting_kind": {}, "kind_legs": {}, "kind_min": {}, "mend": {}, "shares": {},
	}
	if late := minutes(limit); millis > late && millis != Never {
		v["late_min"] = geo.Float((tenths(millis) - tenths(late)) / 10)
	}
	if plan != nil && plan.Facility >= 0 {
		v["facility"], v["mode"], v["asset"] = geo.String(a.Facilities[plan.Facility].Name), geo.String(plan.Mode.String()), stated(a.carriers(plan, c.unitsOf(st)))
	}
	legs := c.Legs[st]
	if k := Limiting(legs); k >= 0 {
		v["limiting"], v["limiting_min"] = geo.String(a.legText(&legs[k], c.unitsOf(st))), geo.Float((tenths(legs[k].End)-tenths(legs[k].Start))/10)
		n, took := alike(legs, k)
		v["limiting_kind"], v["kind_legs"], v["kind_min"] = geo.String(legs[k].What), geo.Int(int64(n)), geo.Float(took)
	}
	for k := range a.mends[i][st] {
		if m := &a.mends[i][st][k]; m.Passes {
			v["mend"] = geo.String(m.String())
			break
		}
	}
	if st == Evacuation && c.With >= 0 {
		v["shares"] = geo.Int(int64(c.With + 1))
	}
	return geo.Record(v)
}

func (a *chainAnswer) mendValue(i int, st Stage, m *Mend) geo.Value {
	v := geo.Values{
		"casualty": geo.Int(int64(i + 1)), "place": geo.String(a.chains[i].Casualty.Name), "stage": geo.String(string(st)), "change": geo.String(m.String()), "kind": geo.String(string(m.Kind)), "at": stated(m.At), "asset": stated(string(m.Asset)),
		"notice_min": {}, "notice_now_min": {}, "minutes": told(m.Millis), "in_time": geo.Bool(m.Passes), "step": a.means.stepValue(m.Step),
	}
	if m.Kind == ShortNotice {
		v["notice_min"], v["notice_now_min"] = geo.Float(m.Notice), geo.Float(m.Now)
	}
	return geo.Record(v)
}

// alike counts the casualty's legs of the kind of one, and the minutes that they
// take together. One that comes meanwhile is counted alone.
func alike(legs []Leg, of int) (n int, took float64) {
	for k := range legs {
		if k == of || legs[k].What == legs[of].What && !legs[k].Meanwhile && !legs[of].Meanwhile {
			n++
			took += tenths(legs[k].End) - tenths(legs[k].Start)
		}
	}
	return n, took / 10
}

// legText is a leg in words.
func (a *chainAnswer) legText(l *Leg, units map[int32]int) string {
	out := l.What
	if l.From != "" && l.To != "" {
		out += " from " + l.From + " to " + l.To
	} else if at := cmp.Or(l.From, l.To); at != "" {
		out += " at " + at
	}
	if l.Asset >= 0 {
		out += " (" + a.assetName(l.Asset, units) + ")"
	}
	return out
}

// stated is a text, null for none.
func stated(text string) geo.Value {
	if text == "" {
		return geo.Value{}
	}
	return geo.String(text)
}

// unitsOf are those that a stage's legs take: only an evacuation takes any.
func (c *Chain) unitsOf(st Stage) map[int32]int {
	if st == Evacuation {
		return c.units
	}
	return nil
}

func (a *chainAnswer) legs(i int, st Stage) []geo.Value {
	c := &a.chains[i]
	legs := c.Legs[st]
	limiting := Limiting(legs)
	out := make([]geo.Value, len(legs))
	for k := range legs {
		l := &legs[k]
		v := geo.Values{
			"casualty": geo.Int(int64(i + 1)), "place": geo.String(c.Casualty.Name), "stage": geo.String(string(st)), "leg": geo.String(l.What), "asset": {}, "from": stated(l.From), "to": stated(l.To), "km": {},
			"start_min": told(l.Start), "end_min": told(l.End), "minutes": geo.Float((tenths(l.End) - tenths(l.Start)) / 10), "meanwhile": geo.Bool(l.Meanwhile), "limiting": geo.Bool(k == limiting),
		}
		if l.Asset >= 0 {
			v["asset"] = geo.String(a.assetName(l.Asset, c.unitsOf(st)))
		}
		if l.Metres > 0 {
			v["km"] = geo.Float(math.Round(l.Metres/10) / 100)
		}
		out[k] = geo.Record(v)
	}
	return out
}

func (a *chainAnswer) journey(i int, all bool) geo.Value {
	c := &a.chains[i]
	p := &c.Evacuation
	var line orb.LineString
	switch {
	case p.Mode == ByAir:
		line = orb.LineString{a.Assets[p.Craft].At, c.Casualty.At, a.spots[p.Landing].at}
	case p.Ambulance >= 0 && !p.Met:
		line = orb.LineString{a.Assets[p.Ambulance].At, c.Casualty.At}
	default:
		line = orb.LineString{c.Casualty.At}
	}
	if p.Stop >= 0 {
		line = append(line, a.spots[p.Stop].at)
	}
	line = append(line, a.Facilities[p.Facility].At)
	return process.Feature(i+1, line, geo.Values{
		"minutes": told(p.Millis), "casualty": geo.Int(int64(i + 1)), "mode": geo.String(p.Mode.String()), "asset": stated(a.carriers(p, c.units)), "facility": geo.String(a.Facilities[p.Facility].Name), "in_time": geo.Bool(all),
	})
}

func (a *chainAnswer) warnings() (out []process.Warning) {
	apartFrom, late := 0, 0
	for i := range a.chains {
		s := &a.chains[i].Stages
		count(a.Outcome(s) == Apart, &apartFrom)
		count(s.First > minutes(a.FirstAidLimitMin), &late)
	}
	if apartFrom > 0 {
		out = append(out, twoJourneys.With(apartFrom))
	}
	if len(a.chains) > mostMended {
		out = append(out, firstMended.With(mostMended))
	}
	if len(a.chains) > 1 {
		out = append(out, inTurn.With())
	}
	return out
}
