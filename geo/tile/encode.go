package tile

import (
	"slices"

	"bivouac/geo"
)

// detail is how much of the records a tile tells. Less is told only where more
// would pass MaxBytes.
type detail int

const (
	everything  detail = iota
	shortTexts         // strings longer than longText are left out
	groupsAlone        // single records carry what they are grouped by and their sums
)

// longText is the length in bytes above which a string is a text to be read,
// not a name to be shown on a map.
const longText = 64

// encode writes what was gathered, as exactly as MaxBytes lets it: first with
// everything the query asks, then without long texts, then without the
// properties that are not grouped by; then the same with cells of twice the
// size, and so on. Groups are given up first where they alone would fill the
// tile, and last in any case. The size is that of the bytes, so that all of
// this follows from the records alone.
func (m *Maker) encode(b []byte, name string) []byte {
	if len(m.points.slots)+len(m.shapes.rows) == 0 {
		return b
	}
	m.shapes.inOrder()
	keys := m.fields.keys()
	room := MaxBytes - roomForHead(name, keys)
	for coarser := 0; ; coarser++ {
		for d := everything; d <= groupsAlone; d++ {
			if m.fields.tellsMore(d) && m.write(d, coarser, room) {
				return m.out.append(b, name, keys)
			}
		}
		switch {
		case coarser == 0 && m.groupBytes() > room/mostOfGroups:
			m.points.ungroup(&m.fields)
			coarser--
		case coarser == cellBits:
			m.points.ungroup(&m.fields)
			m.points.coarsen(1, len(m.fields.query.Sum))
		default:
			m.points.coarsen(1, len(m.fields.query.Sum))
		}
	}
}

// mostOfGroups is the part of a tile that is too much for one point of each
// group: there would be no room left for where they are.
const mostOfGroups = 4

// groupBytes returns about how long one point of each group is, 0 where there
// are no groups.
func (m *Maker) groupBytes() int {
	total := 0
	seen := map[uint32]bool{0: true}
	for i := range m.points.slots {
		s := &m.points.slots[i]
		if seen[s.group] {
			continue
		}
		seen[s.group] = true
		total += leastFeature
		groups := m.fields.tables[s.table].groups
		for j := range groups {
			if c := &groups[j]; c.Codes != nil && !c.Null(s.row) {
				total += len(c.Dict[c.Codes[s.row]])
			}
		}
	}
	return total
}

// roomForHead is what the layer takes beside its features and values.
func roomForHead(name string, keys []string) int {
	n := 16 + textSize(name)
	for _, k := range keys {
		n += textSize(k)
	}
	return n
}

// write encodes all that was gathered; false where it takes more than room.
func (m *Maker) write(d detail, coarser, room int) bool {
	if len(m.points.slots)*leastFeature > room {
		return false
	}
	m.out.reset()
	return m.writeShapes(d, coarser, room) && m.writePoints(d, room)
}

func (m *Maker) writePoints(d detail, room int) bool {
	for _, at := range m.points.inOrder() {
		m.point(at, d)
		if m.out.size() > room {
			return false
		}
	}
	return true
}

// leastFeature is fewer bytes than any point takes.
const leastFeature = 14

// point encodes one slot.
func (m *Maker) point(at uint32, d detail) {
	s := &m.points.slots[at]
	w := &m.out
	w.tag(0, w.values.int(int64(s.count)))
	for i := range m.fields.shown {
		f := &m.fields.shown[i]
		switch {
		case f.sum >= 0:
			m.tagSum(i+1, at, f.sum)
		case f.grouping || f.single && s.count == 1 && d < groupsAlone:
			m.tagValue(i, int(s.table), s.row, d >= shortTexts && !f.grouping)
		}
	}
	w.command(moveTo, 1)
	w.step(int32(s.x), int32(s.y))
	w.close(uint64(s.key), pointType)
}

func (m *Maker) tagSum(key int, slot uint32, i int) {
	s := &m.points.sums[int(slot)*len(m.fields.query.Sum)+i]
	switch {
	case !s.known:
	case s.parts != nil:
		m.out.tag(key, m.out.values.float(s.float()))
	default:
		m.out.tag(key, m.out.values.int(s.whole))
	}
}

func (m *Maker) tagValue(i, table int, row uint32, short bool) {
	c := &m.fields.tables[table].shown[i]
	if c.Null(row) || short && c.Codes != nil && len(c.Dict[c.Codes[row]]) > longText {
		return
	}
	m.out.tag(i+1, m.out.values.cell(c, row, table*len(m.fields.shown)+i, m.fields.shown[i].DateOnly))
}

// tellsMore reports whether a detail may take another room than the one above.
func (f *fields) tellsMore(d detail) bool {
	return d == everything || slices.ContainsFunc(f.shown, func(s shown) bool {
		return s.single && !s.grouping && s.sum < 0 && (d == groupsAlone || s.Kind == geo.KindString)
	})
}

// keys returns the names of the properties, in the order of their tags.
func (f *fields) keys() []string {
	keys := make([]string, 1, len(f.shown)+1)
	keys[0] = Count
	for i := range f.shown {
		keys = append(keys, f.shown[i].Name)
	}
	return keys
}
