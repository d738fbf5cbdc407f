package scenario

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// act does one change, or says in the effect why it cannot be done. An error
// is of a change that no state of the records would make right.
func (d *draft) act(c *Change) error {
	switch c.Act {
	case Open:
		return d.open(c)
	case AddAsset:
		return d.addAsset(c)
	}
	if err := c.onRoads(d.base); err != nil {
		return err
	}
	e, ok := d.target(c)
	if !ok {
		return nil
	}
	d.effect.Name = d.name(c.collection(), e)
	if c.Name != "" && !strings.EqualFold(c.Name, d.effect.Name) && c.Name != e.feature.SourceID {
		d.problem(calledOtherwise, c.Name, d.effect.Name)
	}
	switch c.Act {
	case Close:
		d.close(c, e)
	case Merge:
		d.merge(c, e)
	case Move:
		d.move(e, c.To)
	case Edit, EditAsset:
		return d.change(c, e)
	case MoveAsset:
		d.moveAsset(c, e)
	case OpenRoute:
		d.set(c.Collection, e, "status", geo.String("open"))
		d.set(c.Collection, e, "season", geo.String("all"))
		d.done(routeOpens, d.effect.Name)
	case CloseRoute:
		d.set(c.Collection, e, "status", geo.String("closed"))
		d.done(isClosed, d.effect.Name)
	case ClearHazard:
		d.set(hazardsCollection, e, "kind", geo.String("cleared"))
		d.set(hazardsCollection, e, "released", d.effect.On)
		d.done(isCleared, d.effect.Name)
	}
	return nil
}

// onRoads refuses to open or close what is no road, or says nowhere whether it
// is open. A collection that is not there is as a record that is not.
func (c *Change) onRoads(snap *layer.Snapshot) error {
	if c.Act != OpenRoute && c.Act != CloseRoute {
		return nil
	}
	l, err := snap.Layer(c.Collection)
	if err != nil {
		return nil
	}
	if s := l.Schema(); !network.HoldsRoads(s) || s.Field("status") < 0 {
		return geo.Errorf(geo.Invalid, "collection", "%s holds no roads that state whether they are open; name routes or roads", c.Collection)
	}
	return nil
}

func (d *draft) done(s geo.Sentence, values ...any) {
	d.effect.Did, d.effect.Done = s.With(values...), true
}

// target finds what the change is of. An asset that left with its base is found
// too: it may be kept by sending it elsewhere.
func (d *draft) target(c *Change) (*edit, bool) {
	k := d.key(c.Target)
	e, ok := d.find(c.collection(), k)
	if !ok && c.Act == MoveAsset && d.gone[k] > 0 {
		e, ok = d.edits[assetsCollection][k], true
		e.removed = false
		delete(d.gone, k)
	}
	if !ok {
		d.missing(c.collection(), c.Target)
	}
	return e, ok
}

// missing is the same for what never was, is gone, or is hidden.
func (d *draft) missing(collection string, k geo.Key) {
	if k < 0 {
		d.problem(addedNothing, int(-k))
		return
	}
	d.problem(noRecord, int(k), collection)
}

func (d *draft) isOpen(base *edit) bool {
	return process.OpenStatus(d.value(basesCollection, base, "status").Text())
}

// shut closes a base, and passes its assets to take.
func (d *draft) shut(e *edit, take func(asset *edit)) {
	d.set(basesCollection, e, "status", geo.String("closed"))
	if !d.effect.On.Null() {
		d.set(basesCollection, e, "closed", d.effect.On)
	}
	for _, a := range d.assetsOf(e) {
		take(a)
	}
}

func (d *draft) close(c *Change, e *edit) {
	if !d.isOpen(e) {
		d.problem(closedAlready, d.effect.Name)
		return
	}
	assets := 0
	d.shut(e, func(a *edit) {
		a.removed = true
		d.gone[a.feature.Key] = d.effect.Number
		assets++
	})
	d.done(baseCloses, d.effect.Name, d.strength(e), assets)
	for _, b := range d.suppliedBy(e) {
		d.problem(wasHub, d.name(basesCollection, b), d.effect.Name)
	}
}

var peopleFields = []string{"military", "police", "civilians"}

// strength is how many people are at a base.
func (d *draft) strength(e *edit) float64 {
	sum := 0.0
	for _, name := range peopleFields {
		sum += d.value(basesCollection, e, name).Float()
	}
	return sum
}

func (d *draft) merge(c *Change, e *edit) {
	into, ok := d.find(basesCollection, d.key(c.Into))
	switch {
	case !ok:
		d.missing(basesCollection, c.Into)
		return
	case !d.isOpen(e):
		d.problem(nothingToMerge, d.effect.Name)
		return
	case !d.isOpen(into):
		d.problem(mergesIntoClosed, d.name(basesCollection, into))
		return
	}
	there := d.name(basesCollection, into)
	people, assets, supplied := d.strength(e), 0, d.suppliedBy(e)
	d.shut(e, func(a *edit) {
		d.station(a, into)
		assets++
	})
	for _, name := range peopleFields {
		a, b := d.value(basesCollection, e, name), d.value(basesCollection, into, name)
		if !a.Null() {
			d.set(basesCollection, into, name, geo.Int(a.Int()+b.Int()))
		}
	}
	for _, b := range supplied {
		if b == into { // not by itself
			d.problem(wasHub, there, d.effect.Name)
			continue
		}
		d.set(basesCollection, b, "hub", geo.String(d.reference(into)))
	}
	d.done(baseMerges, d.effect.Name, people, assets, there)
	d.crowded(into)
}

// crowded says where more people are at a base than it houses.
func (d *draft) crowded(e *edit) {
	capacity, people := d.value(basesCollection, e, "capacity"), d.strength(e)
	if !capacity.Null() && people > capacity.Float() {
		d.problem(tooMany, d.name(basesCollection, e), capacity.Float(), people, people-capacity.Float())
	}
}

// reference is how other records name a base.
func (d *draft) reference(base *edit) string {
	if base.feature.SourceID != "" {
		return base.feature.SourceID
	}
	return d.name(basesCollection, base)
}

// names reports whether a text names the base: its source id, or its name where
// both are of one mission.
func (d *draft) names(text, mission string, base *edit) bool {
	return text != "" && (text == base.feature.SourceID || text == d.name(basesCollection, base) && mission == base.feature.Mission)
}

// suppliedBy returns the other open bases whose hub is the base.
func (d *draft) suppliedBy(base *edit) []*edit {
	return d.all(basesCollection, "hub", func(text, mission string, k geo.Key) bool {
		return k != base.feature.Key && d.names(text, mission, base)
	}, d.isOpen)
}

// assetsOf returns the assets whose home the base is.
func (d *draft) assetsOf(base *edit) []*edit {
	return d.all(assetsCollection, "base", func(text, mission string, _ geo.Key) bool { return d.names(text, mission, base) }, nil)
}

// all returns the records of a collection for whose field the test is true, by
// key.
func (d *draft) all(collection, field string, test func(text, mission string, k geo.Key) bool, keep func(*edit) bool) []*edit {
	l, err := d.base.Layer(collection)
	if err != nil {
		return nil
	}
	at := l.Schema().Field(field)
	var out []*edit
	add := func(e *edit) {
		if e.removed || !test(e.feature.Value(at).Text(), e.feature.Mission, e.feature.Key) || keep != nil && !keep(e) {
			return
		}
		out = append(out, e)
	}
	for _, e := range d.edits[collection] {
		add(e)
	}
	rows, _ := l.Select(context.Background(), geo.Selection{Reader: d.reader})
	for row := range rows {
		if _, edited := d.edits[collection][row.Key()]; edited || at < 0 {
			continue
		}
		if test(row.Value(at).Text(), row.Mission(), row.Key()) {
			e := &edit{feature: row.Feature(), stored: true}
			if keep == nil || keep(e) {
				out = append(out, d.take(collection, row))
			}
		}
	}
	slices.SortFunc(out, func(a, b *edit) int { return int(a.feature.Key - b.feature.Key) })
	return out
}

// station puts an asset at a base.
func (d *draft) station(asset, base *edit) {
	asset.feature.Geometry, asset.feature.Z = base.feature.Geometry, nil
	d.set(assetsCollection, asset, "base", geo.String(d.reference(base)))
}

// farMetres is how far from every road a base is asked about.
const farMetres = 50_000

func (d *draft) move(e *edit, to orb.Geometry) {
	assets := d.assetsOf(e)
	e.feature.Geometry, e.feature.Z = to, nil
	for _, a := range assets {
		d.station(a, e)
	}
	d.done(baseMoves, d.effect.Name, len(assets))
	d.remote(to.(orb.Point))
}

// remote says where a place is far from every road that the reader sees: no
// map of land and sea is kept, and what lies in the sea is far from roads too.
func (d *draft) remote(p orb.Point) {
	if d.network == nil {
		return
	}
	seen := func(s int32) bool { return d.network.Seen(s, d.reader) }
	if _, ok := d.network.Snap(p, farMetres, seen); ok {
		return
	}
	place, ok := d.network.Snap(p, math.Inf(1), seen)
	if ok {
		d.problem(farFromRoads, fmt.Sprintf("%.4f", p[0]), fmt.Sprintf("%.4f", p[1]), roads.Distance(place.AccessMetres))
	}
}

func (d *draft) change(c *Change, e *edit) error {
	of := c.collection()
	fields, err := c.read(d.schema(of))
	if err != nil {
		return err
	}
	for name, v := range fields {
		d.set(of, e, name, v)
	}
	if c.Act == EditAsset {
		d.done(assetChanges, d.value(of, e, "type").Text(), d.effect.Name)
		return nil
	}
	d.done(isChanged, d.effect.Name)
	d.crowded(e)
	return nil
}

// open opens a base that is there, or a new one.
func (d *draft) open(c *Change) error {
	fields, err := c.read(d.schema(basesCollection))
	if err != nil {
		return err
	}
	var e *edit
	if c.Target != 0 {
		ok := false
		if e, ok = d.target(c); !ok {
			return nil
		}
		if d.effect.Name = d.name(basesCollection, e); d.isOpen(e) {
			d.standing(e, c, fields)
			return nil
		}
		for name, v := range fields {
			d.set(basesCollection, e, name, v)
		}
		d.set(basesCollection, e, "closed", geo.Value{})
	} else if e, err = d.create(basesCollection, c.To, "", fields); err != nil {
		return err
	}
	d.set(basesCollection, e, "status", geo.String("open"))
	if !c.On.Null() {
		d.set(basesCollection, e, "opened", c.On)
	}
	if d.effect.Name = d.name(basesCollection, e); c.To != nil {
		e.feature.Geometry = c.To
		d.remote(c.To.(orb.Point))
	}
	d.done(baseOpens, d.effect.Name, d.strength(e))
	d.effect.opens = true
	d.crowded(e)
	return nil
}

// standing is what is left to do where a base that is to open is open already:
// it becomes what it was to be, and costs nothing to open.
func (d *draft) standing(e *edit, c *Change, fields geo.Values) {
	d.problem(openAlready, d.effect.Name)
	delete(fields, "status") // it stays open
	for name, v := range fields {
		d.set(basesCollection, e, name, v)
	}
	switch {
	case c.To != nil:
		d.move(e, c.To)
	case len(fields) > 0:
		d.done(isChanged, d.effect.Name)
	default:
		return
	}
	d.crowded(e)
}

// home is where an asset is sent.
func (d *draft) home(c *Change) (base *edit, ok bool) {
	if c.Into == 0 {
		return nil, true
	}
	base, ok = d.find(basesCollection, d.key(c.Into))
	switch {
	case !ok:
		d.missing(basesCollection, c.Into)
	case !d.isOpen(base):
		d.problem(standsNowhere, d.name(basesCollection, base))
		ok = false
	}
	return base, ok
}

func (d *draft) moveAsset(c *Change, e *edit) {
	base, ok := d.home(c)
	switch {
	case !ok:
		return
	case base != nil:
		d.station(e, base)
		d.effect.Did = assetGoes.With(d.value(assetsCollection, e, "type").Text(), d.effect.Name, d.name(basesCollection, base))
	default:
		e.feature.Geometry, e.feature.Z = c.To, nil
		d.set(assetsCollection, e, "base", geo.Value{})
		d.effect.Did = assetLeavesBases.With(d.value(assetsCollection, e, "type").Text(), d.effect.Name)
	}
	d.effect.Done = true
}

func (d *draft) addAsset(c *Change) error {
	fields, err := c.read(d.schema(assetsCollection))
	if err != nil {
		return err
	}
	if fields["type"].Null() {
		return geo.Errorf(geo.Invalid, "fields.type", "say what it is: helicopter, fixed_wing, unmanned, ambulance, reaction_force, surgical_module")
	}
	base, ok := d.home(c)
	if !ok {
		return nil
	}
	place, mission := c.To, ""
	if base != nil {
		place, mission = base.feature.Geometry, base.feature.Mission
	}
	e, err := d.create(assetsCollection, place, mission, fields)
	if err != nil {
		return err
	}
	if d.value(assetsCollection, e, "count").Null() {
		d.set(assetsCollection, e, "count", geo.Int(1))
	}
	if base != nil {
		d.station(e, base)
	}
	d.effect.Name = d.value(assetsCollection, e, "type").Text()
	d.done(assetIsAdded, d.effect.Name)
	return nil
}
