package network

import (
	"slices"

	"bivouac/geo"
)

// Changed is what became of one collection since the graph was made.
type Changed struct {
	Schema *geo.Schema
	Rows   int                             // how many records it holds now
	Each   func(func(geo.Row) error) error // those that were added or changed
}

// Update returns the graph after changes of records that leave its shape alone:
// a road that is closed, a gate that opens. It shares all but the table of
// roads. False is a change of another kind, for which [Build] is to be asked.
func (g *Graph) Update(changes []Changed) (*Graph, bool) {
	next := *g
	next.defects = slices.Clone(g.defects)
	for _, c := range changes {
		if g.counts[c.Schema.Name] != c.Rows {
			return nil, false
		}
		var ok bool
		switch partOf(c.Schema) {
		case roadPart:
			ok = next.updateRoads(c)
		case barrierPart, restrictionPart:
			ok = next.updateControls(c)
		}
		if !ok {
			return nil, false
		}
	}
	return &next, true
}

// updateRoads puts in roads that changed in something other than their course
// and whose they are.
func (g *Graph) updateRoads(c Changed) bool {
	f := fieldsOf(c.Schema)
	table := &ways{rows: slices.Clone(g.ways.rows), codes: slices.Clip(g.ways.codes), names: slices.Clip(g.ways.names)}
	texts := &dictionary{ways: table, codeOf: table.dictionary().codeOf, nameOf: map[string]uint32{}}
	changed := map[geo.Key]wayRow{}
	bad := map[geo.Key]bool{}
	err := c.Each(func(r geo.Row) error {
		w := f.wayOf(r)
		changed[w.Key] = texts.row(&w, hashOf(r.Geometry()))
		v := f.value(r, "speed_kmh")
		bad[w.Key] = !v.Null() && !(v.Float() > 0)
		return nil
	})
	if err != nil {
		return false
	}
	found := 0
	for i := range table.rows {
		old := &table.rows[i]
		if table.codes[old.codes[collectionCode]] != c.Schema.Name {
			continue
		}
		row, ok := changed[old.key]
		if !ok {
			continue
		}
		if row.course != old.course || row.class != old.class || row.codes[missionCode] != old.codes[missionCode] ||
			(table.codes[row.codes[highwayCode]] == "") != (table.codes[old.codes[highwayCode]] == "") {
			return false
		}
		row.wet, row.flags = old.wet, row.flags&^seasonedFlag|old.flags&seasonedFlag
		*old = row
		g.badSpeed(table, int32(i), bad[old.key])
		found++
	}
	g.ways = table
	return found == len(changed)
}

func (g *Graph) badSpeed(table *ways, way int32, bad bool) {
	w := table.way(way)
	d := Defect{BadSpeed, w.Collection, w.Key, w.Class, w.Mission}
	i := slices.Index(g.defects, d)
	switch {
	case bad && i < 0:
		g.defects = append(g.defects, d)
	case !bad && i >= 0:
		g.defects = slices.Delete(g.defects, i, i+1)
	}
}

// updateControls puts in barriers and restrictions that changed in something
// other than where they stand and between which roads.
func (g *Graph) updateControls(c Changed) bool {
	f := fieldsOf(c.Schema)
	controls := slices.Clone(g.controls)
	same := true
	err := c.Each(func(r geo.Row) error {
		now := f.restrictionOf(r)
		if partOf(c.Schema) == barrierPart {
			now = f.barrierOf(r)
		}
		found := false
		for i := range controls {
			old := &controls[i]
			if old.collection != now.collection || old.key != now.key {
				continue
			}
			found = true
			same = same && old.sameTurns(&now)
			now.on, now.needs = old.on, old.needs
			*old = now
		}
		same = same && found
		return nil
	})
	g.controls = controls
	return err == nil && same
}

// sameTurns reports whether two states of a record bear on the same passages.
func (c *control) sameTurns(o *control) bool {
	restriction := c.from != "" || c.to != ""
	return c.at == o.at && c.class == o.class && c.mission == o.mission && c.from == o.from && c.to == o.to &&
		(!restriction || c.kind == o.kind)
}
