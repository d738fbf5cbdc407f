package scenario

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

const (
	basesCollection   = "bases"
	assetsCollection  = "assets"
	hazardsCollection = "hazards"
)

// Effect is what a change of a scenario did.
type Effect struct {
	Number     int
	Act        Act
	On         geo.Value
	Collection string
	Key        geo.Key
	Name       string            // as the reader sees it
	Did        process.Warning   // what happened; without a text where nothing did
	Problems   []process.Warning // what is wrong, or to be thought of
	Done       bool
	opens      bool // a base that was not open
}

// did is what happened as a list, empty where nothing did.
func (e *Effect) did() []process.Warning {
	if e.Did.Text == "" {
		return nil
	}
	return []process.Warning{e.Did}
}

// Outcome is a world in which a scenario has happened.
type Outcome struct {
	*layer.Snapshot
	Scenario *Scenario
	Effects  []Effect
	Warnings []process.Warning // of the whole
	seen     []geo.Row         // what the effects tell of
}

// See counts what the effects tell of into the marking of an answer.
func (o *Outcome) See(ctx context.Context) {
	for _, row := range o.seen {
		layer.See(ctx, row)
	}
}

// acts on records, by what they are called.
type draft struct {
	base     *layer.Snapshot
	reader   geo.Reader
	scenario *Scenario
	edits    map[string]map[geo.Key]*edit
	gone     map[geo.Key]int // assets withdrawn with their base, by which change
	seen     []geo.Row
	effect   *Effect // of the change at hand
	network  *network.Graph
}

// edit is a record as the scenario leaves it.
type edit struct {
	feature geo.Feature
	stored  bool // in the base line
	removed bool
}

// Apply makes the world in which the scenario has happened as of the day, all
// of it where at is null. The Snapshot is not changed, and nothing that the
// reader may not see is read.
func Apply(ctx context.Context, base *layer.Snapshot, s *Scenario, at geo.Value, reader geo.Reader) (*Outcome, error) {
	d := &draft{base: base, reader: reader, scenario: s, edits: map[string]map[geo.Key]*edit{}, gone: map[geo.Key]int{}, network: base.Network()}
	out := &Outcome{Scenario: s, Effects: make([]Effect, len(s.Changes))}
	for _, i := range s.order() {
		c := &s.Changes[i]
		e := &out.Effects[i]
		*e = Effect{Number: i + 1, Act: c.Act, On: c.On, Collection: c.collection(), Key: d.key(c.Target)}
		if !at.Null() && !c.On.Null() && c.On.Time() > at.Time() {
			continue
		}
		d.effect = e
		if err := d.act(c); err != nil {
			return nil, numbered(err, i+1)
		}
	}
	out.Warnings = d.warnings(out.Effects)
	snap, err := d.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	out.Snapshot = snap.Apart(fmt.Sprintf("%s; scenario %s as of %v", base.Store, s.key, at))
	out.seen = d.seen
	return out, nil
}

// warnings are of what all changes make together.
func (d *draft) warnings(effects []Effect) (out []process.Warning) {
	closed := false
	for i := range effects {
		closed = closed || effects[i].Done && (effects[i].Act == Close || effects[i].Act == Merge)
	}
	if closed && len(d.all(basesCollection, "status", func(string, string, geo.Key) bool { return true }, d.isOpen)) == 0 {
		out = append(out, allClosed.With())
	}
	return out
}

// order is the changes by day, those of one day, and those without any, in
// their own order.
func (s *Scenario) order() []int {
	order := make([]int, len(s.Changes))
	for i := range order {
		order[i] = i
	}
	day := func(i int) geo.Time {
		if v := s.Changes[i].On; !v.Null() {
			return v.Time()
		}
		return geo.Time(-1 << 62)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(day(a), day(b)) })
	return order
}

// key is that of a record, or of what an earlier change adds.
func (d *draft) key(k geo.Key) geo.Key {
	if k < 0 {
		return newKey(int(-k))
	}
	return k
}

// find returns a record as it stands by now; false where there is none that the
// reader sees.
func (d *draft) find(collection string, k geo.Key) (*edit, bool) {
	if e, ok := d.edits[collection][k]; ok {
		return e, !e.removed
	}
	l, err := d.base.Layer(collection)
	if err != nil {
		return nil, false
	}
	row, ok := l.Find(k, d.reader)
	if !ok {
		return nil, false
	}
	return d.take(collection, row), true
}

func (d *draft) take(collection string, row geo.Row) *edit {
	if d.edits[collection] == nil {
		d.edits[collection] = map[geo.Key]*edit{}
	}
	e := &edit{feature: row.Feature(), stored: true}
	d.seen = append(d.seen, row)
	d.edits[collection][row.Key()] = e
	return e
}

func (d *draft) problem(s geo.Sentence, values ...any) {
	d.effect.Problems = append(d.effect.Problems, s.With(values...))
}

func (d *draft) schema(collection string) *geo.Schema {
	l, err := d.base.Layer(collection)
	if err != nil {
		return &geo.Schema{Name: collection}
	}
	return l.Schema()
}

// value is that of a field, null where the collection has none of that name.
func (d *draft) value(collection string, e *edit, name string) geo.Value {
	return e.feature.Value(d.schema(collection).Field(name))
}

// set puts a value in, where the collection has such a field.
func (d *draft) set(collection string, e *edit, name string, v geo.Value) {
	if i := d.schema(collection).Field(name); i >= 0 {
		e.feature.Values[i] = v
	}
}

func (d *draft) name(collection string, e *edit) string {
	s := d.schema(collection)
	if v := e.feature.Value(s.WithRole(geo.NameRole)); v.Text() != "" {
		return v.Text()
	}
	return fmt.Sprintf("%s %d", collection, e.feature.Key)
}

// readFields reads values by the schema. Who may see a record is not a
// scenario's to say.
func readFields(s *geo.Schema, in geo.Values) (geo.Values, error) {
	out := geo.Values{}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		i := s.Field(name)
		if i < 0 {
			return nil, geo.Errorf(geo.Invalid, "fields."+name, "%s has no such field", s.Name)
		}
		f := &s.Fields[i]
		if f.Role == geo.MissionRole || f.Role == geo.ClassRole || f.Role == geo.SourceIDRole {
			return nil, geo.Errorf(geo.Invalid, "fields."+name, "a scenario does not say whose a record is; leave it out")
		}
		v, ok := jsonschema.Coerce(f, in[name])
		if !ok {
			return nil, geo.Errorf(geo.Invalid, "fields."+name, "must be a %v, not the %v %.60s", f.Kind, in[name].Kind(), in[name].String())
		}
		if err := f.InRange(v); err != nil {
			return nil, geo.Errorf(geo.Invalid, "fields."+name, "%v", err)
		}
		out[name] = v
	}
	return out, nil
}

// read reads the fields of a change. Whether a base is open is the acts' to say:
// they pass on its assets and count what it costs.
func (c *Change) read(s *geo.Schema) (geo.Values, error) {
	if _, has := c.Fields["status"]; has && c.Act == Edit {
		return nil, geo.Errorf(geo.Invalid, "fields.status", "a base closes and opens by the acts close, merge and open; leave it out")
	}
	return readFields(s, c.Fields)
}

// create adds a record of the change at hand. It is seen by whoever sees the
// scenario.
func (d *draft) create(collection string, place orb.Geometry, mission string, fields geo.Values) (*edit, error) {
	l, err := d.base.Layer(collection)
	if err != nil {
		return nil, err
	}
	s := l.Schema()
	e := &edit{feature: geo.Feature{Key: newKey(d.effect.Number), Rev: d.rev(l), Geometry: place, Mission: cmp.Or(mission, d.scenario.Mission), Values: make([]geo.Value, len(s.Fields))}}
	if doc := d.scenario.Doc; doc != nil {
		e.feature.Class = doc.Class
	}
	for i := range s.Fields {
		switch s.Fields[i].Role {
		case geo.MissionRole:
			if e.feature.Mission != "" {
				e.feature.Values[i] = geo.String(e.feature.Mission)
			}
		case geo.ClassRole:
			e.feature.Values[i] = geo.String(e.feature.Class.String())
		}
	}
	for name, v := range fields {
		d.set(collection, e, name, v)
	}
	if d.edits[collection] == nil {
		d.edits[collection] = map[geo.Key]*edit{}
	}
	d.edits[collection][e.feature.Key] = e
	d.effect.Key = e.feature.Key
	return e, nil
}

// rev is the Version at which the changes are said to have been made: that of
// the scenario, which its reader sees, else the last that he sees of the layer.
func (d *draft) rev(l *layer.Layer) geo.Version {
	if doc := d.scenario.Doc; doc != nil {
		return doc.Rev
	}
	return l.Changed(d.reader)
}

// snapshot makes the layers and the graph.
func (d *draft) snapshot(ctx context.Context) (*layer.Snapshot, error) {
	layers := slices.Clone(d.base.Layers())
	var changed []network.Changed
	for i, l := range layers {
		changes, err := d.changes(l)
		if err != nil {
			return nil, err
		}
		if len(changes) == 0 {
			continue
		}
		apart, err := l.Apart()
		if err != nil {
			return nil, err
		}
		if layers[i], err = apart.With(changes); err != nil {
			return nil, err
		}
		if network.Takes(l.Schema()) {
			changed = append(changed, changedRows(layers[i], changes))
		}
	}
	snap := d.base.WithLayers(layers)
	if len(changed) == 0 || d.network == nil {
		return snap, nil
	}
	if g, ok := d.network.Update(changed); ok {
		return snap.WithNetwork(g), nil
	}
	g, err := layer.Roads(ctx, layers)
	if err != nil {
		return nil, err
	}
	return snap.WithNetwork(g), nil
}

func (d *draft) changes(l *layer.Layer) ([]geo.Change, error) {
	name := l.Schema().Name
	edits := d.edits[name]
	var out []geo.Change
	for _, k := range slices.Sorted(maps.Keys(edits)) {
		e := edits[k]
		op := geo.Replace
		switch {
		case e.removed && !e.stored:
			continue
		case e.removed:
			op = geo.Remove
		case !e.stored:
			op = geo.Add
		}
		if op != geo.Remove {
			if err := geo.Fill(l.Schema(), &e.feature); err != nil {
				return nil, err
			}
		}
		e.feature.Rev = max(e.feature.Rev, d.rev(l))
		out = append(out, geo.Change{Collection: name, Op: op, Feature: e.feature})
	}
	return out, nil
}

func changedRows(l *layer.Layer, changes []geo.Change) network.Changed {
	return network.Changed{Schema: l.Schema(), Rows: l.Rows(), Each: func(f func(geo.Row) error) error {
		for i := range changes {
			row, ok := l.Find(changes[i].Feature.Key, geo.Unrestricted())
			if !ok {
				continue
			}
			if err := f(row); err != nil {
				return err
			}
		}
		return nil
	}}
}

// World is the outcome as a process looks at it.
func (o *Outcome) World(r geo.Reader) process.World {
	return process.World{Snapshot: o.Snapshot, Reader: r}
}
