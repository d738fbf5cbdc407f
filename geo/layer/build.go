package layer

import (
	"cmp"
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/index"
)

// Builder gathers records for a Layer's packed base. It is used once: Add as
// often as needed, then Build.
type Builder struct {
	schema geo.Schema
	rows   *appender
	marks  marks
	done   bool
}

// NewBuilder returns a Builder for records of the schema.
func NewBuilder(schema geo.Schema) *Builder {
	b := &Builder{schema: schema, marks: marks{}}
	b.rows = appendTo(newPage(&b.schema))
	return b
}

// Grow makes room for n records more, where their number is known beforehand.
func (b *Builder) Grow(n int) { b.rows.page.grow(n) }

// Len returns how many records were added.
func (b *Builder) Len() int { return b.rows.page.n }

// Add copies a record in; what its Geometry, Z and list values point at is
// kept and must not be changed afterwards. Its Key must be its own. A record
// that does not fit the schema is refused with a *geo.Error and leaves the
// Builder as it was.
func (b *Builder) Add(f *geo.Feature) error {
	if b.done {
		return geo.Errorf(geo.Internal, "", "layer: Add after Build")
	}
	if err := b.rows.add(f); err != nil {
		return err
	}
	b.marks.touch(f.Class, f.Mission, f.Rev)
	return nil
}

// Mark says that the Version changed a record of the class and mission, which
// may be gone by now: what a reader's ETag hangs on outlives the records.
func (b *Builder) Mark(c geo.Class, mission string, v geo.Version) { b.marks.touch(c, mission, v) }

// Build sorts the records, packs the tree and returns the Layer. Two records
// of one Key are an error.
func (b *Builder) Build() (*Layer, error) {
	if b.done {
		return nil, geo.Errorf(geo.Internal, "", "layer: Build twice")
	}
	b.done = true
	rows := b.rows.page
	b.rows = nil // its codes are not needed any more
	order, placed := rows.order()
	byKey := rows.byKey(order)
	p := rows.gather(order)
	base := &base{page: p, placed: placed, byKey: byKey}
	for i := 1; i < len(base.byKey); i++ {
		if k := p.keys[base.byKey[i]]; k == p.keys[base.byKey[i-1]] {
			return nil, geo.Errorf(geo.Internal, "", "layer: two records of key %d in %s", k, b.schema.Name)
		}
	}
	var err error
	base.tree, err = index.Pack(int(placed), func(n int) geo.Box {
		box, _ := p.Bound(uint32(n))
		return box
	})
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "", "layer: %w", err)
	}
	base.sums, base.secrecy = summarise(base), secrecyOf(p)
	for _, rev := range p.revs {
		base.newest = max(base.newest, rev)
	}
	return &Layer{schema: &b.schema, base: base, delta: newDelta(&b.schema), marks: b.marks}, nil
}

// order returns the rows by (Hilbert key, Key), and how many have a place.
func (p *page) order() (order []uint32, placed uint32) {
	type entry struct {
		rank uint64
		row  uint32
	}
	entries := make([]entry, p.n)
	for n := range entries {
		entries[n] = entry{p.rank(uint32(n)), uint32(n)}
		if entries[n].rank != index.Unplaced {
			placed++
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if a.rank != b.rank {
			return cmp.Compare(a.rank, b.rank)
		}
		return cmp.Compare(p.keys[a.row], p.keys[b.row])
	})
	order = make([]uint32, p.n)
	for i := range entries {
		order[i] = entries[i].row
	}
	return order, placed
}

// byKey returns the rows in order of their keys, each as its place in order,
// where it is going to stand.
func (p *page) byKey(order []uint32) []uint32 {
	place := make([]uint32, len(order))
	for i, n := range order {
		place[n] = uint32(i)
	}
	if slices.IsSorted(p.keys) {
		return place // as loaders add them
	}
	rows := slices.Clone(order)
	slices.SortFunc(rows, func(a, b uint32) int { return cmp.Compare(p.keys[a], p.keys[b]) })
	for i, n := range rows {
		rows[i] = place[n]
	}
	return rows
}

// grow makes room for n rows more in the slices that every row takes room in.
func (p *page) grow(n int) {
	p.keys, p.revs = slices.Grow(p.keys, n), slices.Grow(p.revs, n)
	p.xs, p.ys = slices.Grow(p.xs, n), slices.Grow(p.ys, n)
	p.missions.Codes = slices.Grow(p.missions.Codes, n)
	for i := range p.columns {
		switch c := &p.columns[i]; c.Kind {
		case geo.KindInt, geo.KindTime, geo.KindBool:
			c.Ints = slices.Grow(c.Ints, n)
		case geo.KindFloat:
			c.Floats = slices.Grow(c.Floats, n)
		case geo.KindString:
			c.Codes = slices.Grow(c.Codes, n)
		}
	}
}

// gather returns the rows of p in the given order, without spare room, its
// dictionaries sorted. Columns of p are let go one by one, so that no two
// whole copies ever stand in memory.
func (p *page) gather(order []uint32) *page {
	out := newPage(p.schema)
	out.n = len(order)
	out.keys = gather(&p.keys, order)
	out.revs = gather(&p.revs, order)
	out.ids = p.ids.gather(order)
	out.extra = p.extra.gather(order)
	out.xs, out.ys = gather(&p.xs, order), gather(&p.ys, order)
	out.shapes.s = gather(&p.shapes.s, order)
	out.bounds.s, out.bulge = gather(&p.bounds.s, order), p.bulge
	out.heights.s = gather(&p.heights.s, order)
	out.valid.s = gather(&p.valid.s, order)
	out.classes.s = gather(&p.classes.s, order)
	out.missions = gatherColumn(&p.missions, order)
	for i := range p.columns {
		out.columns[i] = gatherColumn(&p.columns[i], order)
	}
	return out
}

func gather[T any](from *[]T, order []uint32) []T {
	if *from == nil {
		return nil
	}
	out := make([]T, len(order))
	for i, n := range order {
		out[i] = (*from)[n]
	}
	*from = nil
	return out
}

func (t *text) gather(order []uint32) text {
	if t.ends == nil {
		return text{}
	}
	out := text{make([]uint64, 0, len(order)), make([]byte, 0, len(t.bytes))}
	for _, n := range order {
		out.bytes = append(out.bytes, t.at(n)...)
		out.ends = append(out.ends, uint64(len(out.bytes)))
	}
	*t = text{}
	return out
}

func gatherColumn(c *geo.Column, order []uint32) geo.Column {
	out := geo.Column{Kind: c.Kind, Nulls: gatherBits(c.Nulls, order), Sorted: true}
	out.Ints = gather(&c.Ints, order)
	out.Floats = gather(&c.Floats, order)
	out.Others = gather(&c.Others, order)
	out.Codes = gather(&c.Codes, order)
	out.Dict = sortDict(c.Dict, out.Codes)
	c.Nulls, c.Dict = nil, nil
	return out
}

func gatherBits(nulls []uint64, order []uint32) []uint64 {
	if nulls == nil {
		return nil
	}
	out := make([]uint64, (len(order)+63)/64)
	for i, n := range order {
		if int(n/64) < len(nulls) && nulls[n/64]&(1<<(n%64)) != 0 {
			out[i/64] |= 1 << (i % 64)
		}
	}
	return out
}

// sortDict returns the strings in order, end to end in one piece of memory, and
// renumbers the codes in place.
func sortDict(dict []string, codes []uint32) []string {
	order := make([]uint32, len(dict))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(dict[a], dict[b]) })
	size := 0
	for _, s := range dict {
		size += len(s)
	}
	var all strings.Builder
	all.Grow(size)
	sorted := make([]string, len(dict))
	renumbered := make([]uint32, len(dict))
	for code, old := range order {
		from := all.Len()
		all.WriteString(dict[old])
		sorted[code], renumbered[old] = all.String()[from:], uint32(code)
	}
	for i, code := range codes {
		codes[i] = renumbered[code]
	}
	return sorted
}
