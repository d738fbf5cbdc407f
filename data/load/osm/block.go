package osm

import (
	"errors"
	"fmt"
	"math"
	"unsafe"

	"google.golang.org/protobuf/encoding/protowire"

	"bivouac/geo"
)

// decoder reads the elements of blocks. Its scratch space is used again.
type decoder struct {
	visit   visitor
	headed  bool
	texts   []string
	groups  [][]byte
	grain   int64 // nanodegrees a unit
	lonZero int64 // nanodegrees
	latZero int64

	node     node
	way      way
	relation relation
	a, b, c  list
}

func (d *decoder) block(kind string, b []byte) error {
	switch {
	case kind == headerBlock:
		d.headed = true
		return checkHeader(b)
	case !d.headed:
		return errors.New("data before a header")
	case kind != dataBlock:
		return nil // the format says to skip others
	}
	return d.data(b)
}

// checkHeader refuses what the file says cannot be read without it.
func checkHeader(b []byte) error {
	return fields(b, func(f field) error {
		const required = 4
		if f.number != required || understood[string(f.bytes)] {
			return nil
		}
		if string(f.bytes) == "HistoricalInformation" {
			return geo.ErrorOf(geo.Unsupported, "", holdsHistory)
		}
		return geo.ErrorOf(geo.Unsupported, "", needsFeature, fmt.Sprintf("%q", f.bytes))
	})
}

func (d *decoder) data(b []byte) error {
	const (
		texts, group, grain, latZero, lonZero = 1, 2, 17, 19, 20
		nanodegrees                           = 100
	)
	d.texts, d.groups, d.grain, d.latZero, d.lonZero = d.texts[:0], d.groups[:0], nanodegrees, 0, 0
	err := fields(b, func(f field) error {
		switch f.number {
		case texts:
			return fields(f.bytes, func(s field) error {
				d.texts = append(d.texts, view(s.bytes))
				return nil
			})
		case group:
			d.groups = append(d.groups, f.bytes)
		case grain:
			d.grain = int64(int32(f.varint))
		case latZero:
			d.latZero = int64(f.varint)
		case lonZero:
			d.lonZero = int64(f.varint)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, g := range d.groups {
		if err := d.group(g); err != nil {
			return err
		}
	}
	return nil
}

// view is the bytes as a text, without a copy: the block stays as it is until
// the next one is read.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func (d *decoder) group(b []byte) error {
	const nodes, dense, ways, relations = 1, 2, 3, 4
	return fields(b, func(f field) error {
		switch {
		case f.number == nodes && d.visit.node != nil:
			return d.single(f.bytes)
		case f.number == dense && d.visit.node != nil:
			return d.dense(f.bytes)
		case f.number == ways && d.visit.way != nil:
			return d.oneWay(f.bytes)
		case f.number == relations && d.visit.relation != nil:
			return d.oneRelation(f.bytes)
		}
		return nil
	})
}

// text returns an entry of the block's table of texts.
func (d *decoder) text(i uint64) (string, error) {
	if i >= uint64(len(d.texts)) {
		return "", fmt.Errorf("text %d of %d", i, len(d.texts))
	}
	return d.texts[i], nil
}

// spot turns units of the block into a place on the earth.
func (d *decoder) spot(lat, lon int64) (spot, error) {
	const nanoPerUnit = 100
	y, okY := scaled(lat, d.grain, d.latZero)
	x, okX := scaled(lon, d.grain, d.lonZero)
	if !okX || !okY || math.Abs(y) > 90e9 || math.Abs(x) > 180e9 {
		return spot{}, errors.New("a node that is not on the earth")
	}
	return spot{int32(math.Round(x / nanoPerUnit)), int32(math.Round(y / nanoPerUnit))}, nil
}

// scaled is zero + grain * v in nanodegrees; false where that is no sensible
// number. Whole numbers up to 2^53 are exact.
func scaled(v, grain, zero int64) (float64, bool) {
	x := float64(v)*float64(grain) + float64(zero)
	return x, math.Abs(x) < 1<<53
}

func (d *decoder) single(b []byte) error {
	var lat, lon int64
	d.node = node{tags: d.node.tags[:0]}
	d.a.reset()
	d.b.reset()
	err := fields(b, func(f field) (err error) {
		switch f.number {
		case 1:
			d.node.id = protowire.DecodeZigZag(f.varint)
		case 2:
			err = d.a.add(f)
		case 3:
			err = d.b.add(f)
		case 8:
			lat = protowire.DecodeZigZag(f.varint)
		case 9:
			lon = protowire.DecodeZigZag(f.varint)
		}
		return err
	})
	if err != nil {
		return err
	}
	if d.node.at, err = d.spot(lat, lon); err != nil {
		return err
	}
	if d.node.tags, err = d.tags(d.node.tags); err != nil {
		return err
	}
	return d.visit.node(&d.node)
}

// dense reads nodes that stand in columns, each the difference to the last.
func (d *decoder) dense(b []byte) error {
	d.a.reset()
	d.b.reset()
	d.c.reset()
	var keysValues list
	err := fields(b, func(f field) error {
		switch f.number {
		case 1:
			return d.a.add(f)
		case 8:
			return d.b.add(f)
		case 9:
			return d.c.add(f)
		case 10:
			return keysValues.add(f)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(d.a.values) != len(d.b.values) || len(d.a.values) != len(d.c.values) {
		return errors.New("columns of nodes that differ in length")
	}
	var id, lat, lon int64
	for i := range d.a.values {
		id += protowire.DecodeZigZag(d.a.values[i])
		lat += protowire.DecodeZigZag(d.b.values[i])
		lon += protowire.DecodeZigZag(d.c.values[i])
		d.node = node{id: id, tags: d.node.tags[:0]}
		if d.node.at, err = d.spot(lat, lon); err != nil {
			return err
		}
		if err = d.denseTags(&keysValues); err != nil {
			return err
		}
		if err = d.visit.node(&d.node); err != nil {
			return err
		}
	}
	return nil
}

// denseTags takes the tags of the next node: pairs up to a 0.
func (d *decoder) denseTags(l *list) error {
	for len(l.values) > 0 {
		key := l.values[0]
		if key == 0 {
			l.values = l.values[1:]
			return nil
		}
		if len(l.values) < 2 {
			return errors.New("a key without a value")
		}
		if err := d.addTag(&d.node.tags, key, l.values[1]); err != nil {
			return err
		}
		l.values = l.values[2:]
	}
	return nil
}

func (d *decoder) addTag(to *tags, key, value uint64) error {
	k, err := d.text(key)
	if err != nil {
		return err
	}
	v, err := d.text(value)
	*to = append(*to, tag{k, v})
	return err
}

// tags joins keys and values, which stand in two lists.
func (d *decoder) tags(to tags) (tags, error) {
	if len(d.a.values) != len(d.b.values) {
		return to, errors.New("keys without values")
	}
	for i, key := range d.a.values {
		if err := d.addTag(&to, key, d.b.values[i]); err != nil {
			return to, err
		}
	}
	return to, nil
}

func (d *decoder) oneWay(b []byte) error {
	d.way = way{nodes: d.way.nodes[:0], tags: d.way.tags[:0]}
	err := d.element(b, &d.way.id, nil, &d.c, nil)
	if err != nil {
		return err
	}
	id := int64(0)
	for _, v := range d.c.values {
		id += protowire.DecodeZigZag(v)
		d.way.nodes = append(d.way.nodes, id)
	}
	if d.way.tags, err = d.tags(d.way.tags); err != nil {
		return err
	}
	return d.visit.way(&d.way)
}

// element reads what ways and relations have in common into a and b, and
// their lists: of roles, of references or ids, and of kinds.
func (d *decoder) element(b []byte, id *int64, roles, ids, kinds *list) error {
	for _, l := range []*list{&d.a, &d.b, roles, ids, kinds} {
		l.reset()
	}
	references := ids
	if roles != nil {
		references = roles // field 8 is the roles of a relation, the nodes of a way
	}
	return fields(b, func(f field) error {
		switch f.number {
		case 1:
			*id = int64(f.varint)
		case 2:
			return d.a.add(f)
		case 3:
			return d.b.add(f)
		case 8:
			return references.add(f)
		case 9:
			if roles != nil {
				return ids.add(f)
			}
		case 10:
			if kinds != nil {
				return kinds.add(f)
			}
		}
		return nil
	})
}

func (d *decoder) oneRelation(b []byte) error {
	d.relation = relation{members: d.relation.members[:0], tags: d.relation.tags[:0]}
	var roles, kinds list
	err := d.element(b, &d.relation.id, &roles, &d.c, &kinds)
	if err != nil {
		return err
	}
	if len(roles.values) != len(d.c.values) || len(kinds.values) != len(d.c.values) {
		return errors.New("members of a relation that differ in number")
	}
	id := int64(0)
	for i, v := range d.c.values {
		id += protowire.DecodeZigZag(v)
		role, err := d.text(roles.values[i])
		if err != nil {
			return err
		}
		if kinds.values[i] > uint64(relationMember) {
			return fmt.Errorf("a member of kind %d", kinds.values[i])
		}
		d.relation.members = append(d.relation.members, member{memberKind(kinds.values[i]), id, role})
	}
	if d.relation.tags, err = d.tags(d.relation.tags); err != nil {
		return err
	}
	return d.visit.relation(&d.relation)
}

// list is a repeated field of numbers, packed or one by one.
type list struct{ values []uint64 }

func (l *list) reset() {
	if l != nil {
		l.values = l.values[:0]
	}
}

func (l *list) add(f field) error {
	if f.bytes == nil {
		l.values = append(l.values, f.varint)
		return nil
	}
	for b := f.bytes; len(b) > 0; {
		v, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return protowire.ParseError(n)
		}
		l.values = append(l.values, v)
		b = b[n:]
	}
	return nil
}
