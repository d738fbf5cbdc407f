package casevac

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
	"bivouac/geo/shape"
	"bivouac/geo/sun"
)

// The collections that tell what there is.
const (
	basesCollection  = "bases"
	assetsCollection = "assets"
)

// Why a record is no part of a cover, as reasons of what was left out.
const (
	NoPlace      = "without a place"
	NotOpen      = "not open"
	OtherMission = "of another mission"
	NoCarrier    = "an asset that carries no casualties"
	NoneLeft     = "count of 0"
	HomeNotOpen  = "at a base that is not open"
	NoRoom       = "carries no patients"

	HomeNotSelected = "at a base that is not selected"
)

// Means are what a World has, read for a cover.
type Means struct {
	Facilities []Facility
	Assets     []Asset
	Travel     *network.Travel // nil without roads
	Params     Params

	Selected, Used int
	Dropped        map[string]int
	Layers         []*layer.Layer
	Docs           []geo.Doc
	Warnings       []process.Warning

	w       process.World
	in      geo.Values
	homes   map[string]int         // by mission and source id or name: number in Facilities, or notOpen or notSelected
	assumed map[string]*assumption // by their texts
	chosen  func(geo.Row) bool     // the bases that stand; nil for those that are open
}

// Read reads bases, assets, roads and parameters by the inputs that both
// analyses have. cache keeps the roads under conditions; it may be nil.
func Read(ctx context.Context, cache *network.Cache, w process.World, in geo.Values) (*Means, error) {
	return readMeans(ctx, cache, w, in, nil)
}

// ReadOf reads what stands at some bases, open or not, by some of the inputs of
// casevac-surface, the others being as always, beside what stands at no base.
// [roads.DateInput] may be among them, when one drives: in place of a time of the
// wound, which is one of day or of night too.
// Where nothing is known of assets there are none.
func ReadOf(ctx context.Context, cache *network.Cache, w process.World, in geo.Values, chosen func(geo.Row) bool) (*Means, error) {
	checked, err := process.Check(&geo.Schema{Name: "surgery", Fields: append(fields(), roads.DateField())}, in)
	if err != nil {
		return nil, err
	}
	return readMeans(ctx, cache, w, checked, chosen)
}

func readMeans(ctx context.Context, cache *network.Cache, w process.World, in geo.Values, chosen func(geo.Row) bool) (*Means, error) {
	m := &Means{w: w, in: in, Dropped: map[string]int{}, homes: map[string]int{}, assumed: map[string]*assumption{}, chosen: chosen}
	if err := m.params(); err != nil {
		return nil, err
	}
	for _, read := range []func(context.Context) error{m.bases, m.assets} {
		if err := read(ctx); err != nil {
			return nil, err
		}
	}
	if m.Params.Road || m.Params.Mixed {
		if err := m.roads(ctx, cache); err != nil {
			return nil, err
		}
	}
	if in[firstAidInput].Text() == fromBases {
		m.Params.Aiders = []Aider{}
		for i := range m.Facilities {
			f := &m.Facilities[i]
			m.Params.Aiders = append(m.Params.Aiders, Aider{f.Name, f.At, in[firstAidMinInput].Float()})
		}
	}
	m.warn()
	return m, nil
}

func (m *Means) params() error {
	in, p := m.in, Defaults()
	for _, f := range []struct {
		name string
		to   *float64
	}{
		{firstAidLimitInput, &p.FirstAidLimitMin}, {advancedLimitInput, &p.AdvancedLimitMin}, {surgeryLimitInput, &p.SurgeryLimitMin}, {notifyInput, &p.NotifyMin},
		{clearanceInput, &p.ClearanceMin}, {weatherInput, &p.WeatherMin}, {turnroundInput, &p.TurnroundMin}, {reloadInput, &p.ReloadMin}, {landingInput, &p.LandingMetres},
		{runwayInput, &p.RunwayMetres}, {carryInput, &p.CarryMetres}, {carrySpeedInput, &p.CarryKMH}, {offRoadInput, &p.OffRoadKMH}, {snapInput, &p.SnapMetres}, {firstAidMinInput, &p.FirstAidMin},
	} {
		if v := in[f.name]; !v.Null() {
			*f.to = v.Float()
		}
	}
	p.LandAnywhere = in[whereInput].Text() != atSites
	p.Share = in[shareInput].Null() || in[shareInput].Bool()
	p.Road, p.Air, p.Mixed = false, false, false
	for _, v := range in[modesInput].List() {
		switch v.Text() {
		case "road":
			p.Road = true
		case "air":
			p.Air = true
		case "mixed":
			p.Mixed = true
		}
	}
	if !p.Road && !p.Air && !p.Mixed {
		return geo.Errorf(geo.Invalid, modesInput, "name at least one of road, air and mixed")
	}
	p.Night = func(orb.Point) bool { return in[lightInput].Text() == nightLight }
	if at := in[atInput]; !at.Null() {
		p.Night = func(place orb.Point) bool { return sun.Night(place, at.Time()) }
	}
	for i, v := range in[sitesInput].List() {
		place, err := pointOf(v, sitesInput, i)
		if err != nil {
			return err
		}
		p.Sites = append(p.Sites, Site{fmt.Sprintf("landing site %d", i+1), place})
	}
	m.Params = p
	return p.check()
}

// pointOf is one of a list of GeoJSON Points.
func pointOf(v geo.Value, input string, i int) (orb.Point, error) {
	p, ok := v.Geometry().(orb.Point)
	if !ok {
		return p, geo.Errorf(geo.Invalid, input, "place %d must be a Point, not a %s", i+1, v.Geometry().GeoJSONType())
	}
	if bad := shape.Validate(p); bad != nil {
		return p, geo.Errorf(geo.Invalid, input, "place %d: %v", i+1, bad)
	}
	return p, nil
}

// rows calls take with the records of a collection that stood at the time, of
// the mission that is asked about.
func (m *Means) rows(ctx context.Context, collection, filter string, take func(geo.Row) string) error {
	l, err := m.w.Layer(collection)
	if err != nil && m.chosen != nil {
		m.Warnings = append(m.Warnings, notHere.With(collection))
		return nil
	}
	if err != nil {
		return geo.Errorf(geo.Conflict, collection, "there is no collection %q here", collection)
	}
	m.Layers = append(m.Layers, l)
	s := geo.Selection{Reader: m.w.Reader}
	if at := m.in[atInput]; !at.Null() {
		s.During = geo.Instant(at.Time())
	}
	if v := m.in[filter]; !v.Null() {
		if s.Match, err = process.Filter(l, filter, v.Text()); err != nil {
			return err
		}
	}
	mission := m.in[missionInput].Text()
	rows, failed := l.Select(ctx, s)
	for row := range rows {
		m.Selected++
		why := OtherMission
		if !process.OtherMission(row.Mission(), mission) || m.atChosen(collection, row) {
			why = take(row)
		}
		if why == "" {
			m.Used++
		} else {
			m.Dropped[why]++
		}
	}
	return failed()
}

// atChosen reports whether a record is a base that was chosen, or stands at one.
func (m *Means) atChosen(collection string, row geo.Row) bool {
	if m.chosen == nil {
		return false
	}
	if collection == basesCollection {
		return m.chosen(row)
	}
	home, known := m.homes[homeName(row.Mission(), row.Named("base").Text())]
	return known && home >= 0
}

// homeName is under what name an asset calls a base of its mission its home.
func homeName(mission, name string) string { return mission + "\x00" + name }

// nameOf is what a record is called: where it has no name, its place. Its key
// would do, but keys count records that a reader may not see.
func nameOf(row geo.Row, at orb.Point) string {
	return cmp.Or(row.Name(), fmt.Sprintf("%.4f %.4f", at[0], at[1]))
}

func (m *Means) bases(ctx context.Context) error {
	err := m.rows(ctx, basesCollection, filterInput, func(row geo.Row) string {
		at, ok := row.Point()
		open := m.stands(row)
		number := notOpen
		if ok && open {
			number = len(m.Facilities)
		}
		m.home(row, number)
		switch {
		case !open:
			return NotOpen
		case !ok:
			return NoPlace
		}
		f := Facility{
			Key: row.Key(), Name: nameOf(row, at), At: at, Level: row.Named("medical_level").Text(), Module: row.Named("surgical_module").Bool(),
			Surgeries: process.NumberOf(row, "surgeries_per_day"), Beds: process.NumberOf(row, "beds"), Helipad: row.Named("helipad").Bool(), RunwayM: process.NumberOf(row, "runway_m"),
		}
		m.Facilities = append(m.Facilities, f)
		return ""
	})
	if err != nil || m.in[atInput].Null() && m.in[filterInput].Null() {
		return err
	}
	return m.otherHomes(ctx)
}

// Numbers of homes at which nothing stands.
const (
	notOpen     = -1
	notSelected = -2
)

// otherHomes notes the bases of another time, and those that are not selected:
// what stands there is not there either.
func (m *Means) otherHomes(ctx context.Context) error {
	l, err := m.w.Layer(basesCollection)
	if err != nil {
		return err
	}
	rows, failed := l.Select(ctx, geo.Selection{Reader: m.w.Reader})
	for row := range rows {
		at := m.in[atInput]
		switch {
		case !at.Null() && row.Table().Valid(row.Number()).Meets(geo.Instant(at.Time())) == geo.False:
			m.home(row, notOpen)
		case !m.in[filterInput].Null():
			m.home(row, notSelected) // unless it was read
		}
	}
	return failed()
}

// home notes under which names assets may call a base their home. One at which
// nothing stands gives way to one that is open, and to nothing else.
func (m *Means) home(row geo.Row, number int) {
	for _, id := range []string{row.Named("source_id").Text(), row.Named("name").Text()} {
		key := homeName(row.Mission(), id)
		if old, ok := m.homes[key]; id != "" && (!ok || old < 0 && number >= 0) {
			m.homes[key] = number
		}
	}
}

// stands reports whether a base is open: by its status, or, at a time, by its
// days where they are stated.
func (m *Means) stands(row geo.Row) bool {
	if m.chosen != nil {
		return m.chosen(row)
	}
	status := row.Named("status").Text()
	if process.OpenStatus(status) {
		return true
	}
	if m.in[atInput].Null() {
		return false
	}
	return status == "planned" && !row.Named("opened").Null() || status != "planned" && !row.Named("closed").Null()
}

func (m *Means) assets(ctx context.Context) error {
	err := m.rows(ctx, assetsCollection, assetsInput, func(row geo.Row) string {
		home, known := m.homes[homeName(row.Mission(), row.Named("base").Text())]
		switch {
		case known && home == notOpen:
			return HomeNotOpen
		case known && home == notSelected:
			return HomeNotSelected
		}
		a := Asset{
			Key: row.Key(), Base: row.Named("base").Text(), Kind: Kind(row.Named("type").Text()), Count: 1,
			NoticeDayMin: process.NumberOf(row, "notice_day_min"), NoticeNightMin: process.NumberOf(row, "notice_night_min"), CruiseKMH: process.NumberOf(row, "cruise_kmh"),
			RangeKM: process.NumberOf(row, "range_km"), EnduranceH: process.NumberOf(row, "endurance_h"), LoadMin: process.NumberOf(row, "load_min"), OffloadMin: math.NaN(),
			Patients: process.NumberOf(row, "patients"), Night: row.Named("night").Bool(),
		}
		if known {
			a.Base, a.Home = m.Facilities[home].Name, m.Facilities[home].Key
		}
		if v := row.Named("count"); !v.Null() {
			a.Count = int(v.Int())
		}
		var placed bool
		if a.At, placed = row.Point(); !placed && known {
			a.At, placed = m.Facilities[home].At, true
		}
		switch {
		case !placed:
			return NoPlace
		case a.Count <= 0:
			return NoneLeft
		case a.Kind == "surgical_module":
			return m.module(&a, home, known)
		case !slices.Contains([]Kind{Helicopter, FixedWing, Ambulance}, a.Kind):
			return NoCarrier
		}
		return m.asset(&a, row)
	})
	for i := range m.Facilities {
		m.assume(m.Facilities[i].Assume())
	}
	return err
}

// module puts a surgical module where it stands.
func (m *Means) module(a *Asset, home int, known bool) string {
	if known {
		m.Facilities[home].Module = true
		return ""
	}
	m.Facilities = append(m.Facilities, Facility{Name: "surgical module of " + a.Base, At: a.At, Module: true, Surgeries: math.NaN(), Beds: math.NaN()})
	return ""
}

func (m *Means) asset(a *Asset, row geo.Row) string {
	if a.Kind != Ambulance {
		for _, f := range []struct {
			input string
			to    []*float64
		}{{noticeInput, []*float64{&a.NoticeDayMin, &a.NoticeNightMin}}, {loadInput, []*float64{&a.LoadMin}}, {offloadInput, []*float64{&a.OffloadMin}}} {
			if v := m.in[f.input]; !v.Null() {
				for _, to := range f.to {
					*to = v.Float()
				}
			}
		}
	}
	if row.Named("night").Null() {
		a.Night = a.Kind == Ambulance
		by := noFlightByNight
		if a.Night {
			by = drivesByNight
		}
		m.assume([]process.Warning{by.With()})
	}
	if a.Patients <= 0 {
		return NoRoom
	}
	m.assume(a.Assume())
	m.Assets = append(m.Assets, *a)
	return ""
}

// assumption is what was taken where so many records are silent.
type assumption struct {
	what    process.Warning
	records int
}

func (m *Means) assume(said []process.Warning) {
	for _, w := range said {
		a, ok := m.assumed[w.Text]
		if !ok {
			a = &assumption{what: w}
			m.assumed[w.Text] = a
		}
		a.records++
	}
}

// roads reads the roads, where there are any.
func (m *Means) roads(ctx context.Context, cache *network.Cache) error {
	in := m.in
	if at := in[atInput]; !at.Null() {
		in = maps.Clone(in)
		in[roads.DateInput] = at
	}
	q, err := roads.Read(ctx, m.w, in)
	var e *geo.Error
	if errors.As(err, &e) && e.Where == "roads" {
		m.Warnings = append(m.Warnings, noAmbulance.With())
		return nil
	}
	if err != nil {
		return err
	}
	if err := roads.Mark(ctx, m.w); err != nil {
		return err
	}
	m.Travel, err = cache.Travel(ctx, m.w.Network(), q.Conditions)
	m.Layers, m.Docs, m.Warnings = append(m.Layers, q.Layers...), append(m.Docs, q.Docs...), append(m.Warnings, q.Warnings...)
	return err
}

// warn says what was assumed, and what is missing.
func (m *Means) warn() {
	say := func(s geo.Sentence, values ...any) { m.Warnings = append(m.Warnings, s.With(values...)) }
	for _, text := range slices.Sorted(maps.Keys(m.assumed)) {
		say(assumed, m.assumed[text].what, m.assumed[text].records)
	}
	if m.Params.Aiders == nil {
		say(aidAssumed, m.Params.FirstAidMin)
	}
	if m.Params.Air && m.Params.LandAnywhere {
		say(landsBeside)
	}
	unlimited, advanced, surgical := 0, 0, 0
	for i := range m.Assets {
		if a := &m.Assets[i]; a.Kind != Ambulance && !(a.RangeKM > 0) && !(a.EnduranceH > 0) {
			unlimited++
		}
	}
	for i := range m.Facilities {
		if m.Facilities[i].advanced() {
			advanced++
		}
		if m.Facilities[i].Operates() {
			surgical++
		}
	}
	if unlimited > 0 {
		say(unlimitedFlights, unlimited)
	}
	switch {
	case m.Selected == 0:
		say(nothingSelected)
	case advanced == 0:
		say(noAdvanced)
	case surgical == 0:
		say(noSurgery)
	}
	if len(m.Assets) == 0 {
		say(noCarriers)
	}
	say(straightFlights)
}

// cover joins what was read.
func (m *Means) cover(ctx context.Context) (*Cover, error) {
	return New(ctx, m.Facilities, m.Assets, m.Travel, m.Params)
}

// ForSurgery reads what a world has to bring casualties to surgery, by some of the
// inputs of casevac-surface, the others being as always: its times are what
// that has in its column of surgery. The result is without an output.
func ForSurgery(ctx context.Context, cache *network.Cache, w process.World, in geo.Values) (*Theatre, process.Result, error) {
	m, err := ReadOf(ctx, cache, w, in, nil)
	if err != nil {
		return nil, process.Result{}, err
	}
	c, err := m.cover(ctx)
	if err != nil {
		return nil, process.Result{}, err
	}
	t, err := c.Theatre(ctx)
	return t, m.result(), err
}

// result is what every answer has.
func (m *Means) result() process.Result {
	return process.Result{
		Method: "10-1-2 timelines for casualty response (UN DOS policy 2020.07): notify, launch, travel, load, travel, unload; flights as geodesics on WGS84 (Karney 2013), " +
			"drives by the quickest ways (Dijkstra 1959), the sun by the Astronomical Almanac (Michalsky 1988)",
		Selected: m.Selected, Used: m.Used, Dropped: m.Dropped, Layers: m.Layers, Docs: m.Docs, Warnings: m.Warnings,
	}
}
