package layer

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/index"
	"bivouac/geo/measure"
	"bivouac/geo/shape"
)

// question is a Selection bound to one page: names and codes looked up once.
type question struct {
	page     *page
	dead     bits
	box      []geo.Box // the row's shape must meet one; nil for no limit
	hint     []geo.Box // boxes that hold every match; nil for no limit
	during   geo.Interval
	always   bool // during says nothing
	known    bool // during holds the moments from..to-1, none of them unknown
	from, to int64
	ceiling  geo.Class
	missions []bool // by code; nil for all
	mask     uint64 // bits of the missions
	match    func(uint32) geo.Tri
}

func bind(p *page, dead bits, s geo.Selection) (*question, error) {
	q := &question{page: p, dead: dead, during: s.During, always: s.During.All(), ceiling: s.Reader.Ceiling}
	if !s.During.Valid() {
		return nil, geo.Errorf(geo.Invalid, "datetime", "the time ends before it starts: %v", s.During)
	}
	q.from, q.to = int64(s.During.Least()), int64(s.During.Beyond())
	q.known = q.from < q.to && s.During.Start.Kind != geo.Unknown && s.During.End.Kind != geo.Unknown
	if !s.Box.Everything() {
		q.box = s.Box.Split()
	}
	if s.Reader.Missions != nil {
		q.missions = make([]bool, len(p.missions.Dict))
		for code, m := range p.missions.Dict {
			q.missions[code] = s.Reader.SeesMission(m)
			if q.missions[code] {
				q.mask |= missionBit(uint32(code))
			}
		}
	}
	if s.Match != nil {
		match, err := s.Match.Bind(p)
		if err != nil {
			return nil, err
		}
		q.match, q.hint = match, p.hint(s.Match.Bound())
	}
	return q, nil
}

// hint widens the bounds of a predicate by what geodesic edges of the rows leave
// their own: a distance is measured to those.
func (p *page) hint(bounds []geo.Box) []geo.Box {
	if bounds == nil || p.bulge == 0 {
		return bounds
	}
	wide := []geo.Box{}
	for _, b := range bounds {
		wide = append(wide, measure.Widened(b, p.bulge)...)
	}
	return wide
}

// placeless reports whether rows without a place may be among the answers.
func (q *question) placeless() bool { return q.box == nil && q.hint == nil }

// node judges a node of the packed tree by its box and its summary. Whole
// means that each row below needs only be asked what rest asks. A node that
// the hint cuts is entered, since most of it may lie outside.
func (q *question) node(n index.Node, s *summary) index.Verdict {
	whole, skip := q.summary(s)
	if skip {
		return index.Skip
	}
	held, met := judge(q.box, n.Box)
	within, hinted := judge(q.hint, n.Box)
	switch {
	case !met || !hinted:
		return index.Skip
	case whole && held && within:
		return index.Whole
	}
	return index.Enter
}

// summary says whether every row below surely passes reader and time, or
// surely none does.
func (q *question) summary(s *summary) (whole, skip bool) {
	whole = s.class <= q.ceiling
	if q.missions != nil {
		several := s.missions&(1<<manyMissions) != 0
		if s.missions&q.mask == 0 {
			return false, true
		}
		whole = whole && !several && s.missions&^q.mask == 0
	}
	if !q.always {
		from, to := q.during.Least(), q.during.Beyond()
		if s.beyond <= from || s.least >= to {
			return false, true
		}
		whole = whole && s.latest < to && s.earliest > from
	}
	return whole, false
}

// judge says whether one of the boxes holds b, and whether one meets it.
func judge(boxes []geo.Box, b geo.Box) (held, met bool) {
	if boxes == nil {
		return true, true
	}
	for _, box := range boxes {
		if box.Holds(b) {
			return true, true
		}
		met = met || box.Meets(b)
	}
	return false, met
}

// rest decides a row of which all but the predicate is known.
func (q *question) rest(n uint32) bool {
	return !q.dead.has(n) && (q.match == nil || q.match(n) == geo.True)
}

// has decides a single row: everything but its place in the order.
func (q *question) has(n uint32) bool {
	p := q.page
	if q.dead.has(n) || p.classes.at(n) > q.ceiling {
		return false
	}
	if q.missions != nil && !q.missions[p.missions.Codes[n]] {
		return false
	}
	if q.box != nil && !q.inBox(n) {
		return false
	}
	if !q.always && !q.inTime(p.valid.at(n)) {
		return false
	}
	return q.match == nil || q.match(n) == geo.True
}

// inTime reports whether a row surely stood at some moment asked for. Nearly
// all rows have two known ends, which need no more than two comparisons.
func (q *question) inTime(s span) bool {
	if q.known && s.start > epoch && s.end > s.start && s.start != absent && s.end != absent {
		return int64(s.start) < q.to && int64(s.end) > q.from
	}
	return geo.Interval{Start: s.start.end(), End: s.end.end()}.Meets(q.during) == geo.True
}

func (q *question) inBox(n uint32) bool {
	p := q.page
	if pt, ok := p.Point(n); ok {
		for _, b := range q.box {
			if b.Has(pt[0], pt[1]) {
				return true
			}
		}
		return false
	}
	g := p.shapes.at(n)
	if g == nil {
		return false
	}
	held, met := judge(q.box, p.bounds.at(n))
	if held || !met {
		return held
	}
	for _, b := range q.box {
		if met, err := shape.Intersects(g, orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}); err == nil && met {
			return true
		}
	}
	return false
}
