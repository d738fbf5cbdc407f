package network

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"bivouac/geo"
)

// control is what holds up traffic at a junction: a barrier, or a turn
// restriction.
type control struct {
	collection string
	key        geo.Key
	class      geo.Class
	mission    string
	closed     bool
	access     string   // of a barrier; see Profile
	delay      uint32   // milliseconds
	except     []string // vehicles that a restriction does not bind
	kind       string
	at         spot    // where its record stands
	from, to   string  // of a restriction: source ids of roads
	on         []int32 // ways on which it stands there: who sees none of them passes
	needs      []int32 // ways: one that says where alone one may go is void for whoever sees none of them
}

func (f fields) controlOf(r geo.Row) control {
	at, _ := r.Point()
	return control{
		at: spotOf(at), from: f.text(r, "from_road"), to: f.text(r, "to_road"),
		collection: r.Table().Schema().Name, key: r.Key(), kind: f.text(r, "kind"),
		class: r.Class(), mission: r.Mission(),
	}
}

// barrierOf reads a barrier. A bridge that is out is closed whatever its
// status, a bollard unless it is said to be open.
func (f fields) barrierOf(r geo.Row) control {
	c := f.controlOf(r)
	status := f.text(r, "status")
	c.closed = status == "closed" || c.kind == "bridge_out" || c.kind == "bollard" && status != "open"
	c.access = f.text(r, "access")
	if minutes := f.value(r, "delay_min").Float(); minutes > 0 {
		c.delay = uint32(min(math.Round(minutes*60_000), Closed-1))
	}
	return c
}

func (f fields) restrictionOf(r geo.Row) control {
	c := f.controlOf(r)
	c.closed = true
	c.except = strings.FieldsFunc(f.text(r, "except"), func(r rune) bool { return r == ';' || r == ',' || r == ' ' })
	return c
}

func (c *control) seenBy(r geo.Reader) bool { return r.Sees(c.class, c.mission) }

// place finds where the barriers and restrictions stand on the roads.
func (d *draft) place(near *neighbours) {
	d.gates = map[knot][]gate{}
	for i := range d.points {
		p := &d.points[i]
		knots, ways := d.knotsOf(near, p)
		if len(knots) == 0 {
			d.unplaced(p)
		}
		for j, k := range knots {
			d.gates[k] = append(d.gates[k], gate{int32(i), int32(len(d.controls))})
			c := p.control
			c.on = ways[j]
			d.controls = append(d.controls, c)
		}
	}
}

// gate is a barrier or restriction at a junction: the place in draft.points of
// its record, and in draft.controls of what holds traffic up there.
type gate struct{ point, control int32 }

// unplaced keeps a point that stands on no road, so that it is known when it
// changes.
func (d *draft) unplaced(p *point) {
	d.controls = append(d.controls, p.control)
	d.controlDefect(NoRoad, &p.control)
}

func (d *draft) controlDefect(f Fault, c *control) {
	d.defects = append(d.defects, Defect{f, c.collection, c.key, c.class, c.mission})
}

// knotsOf returns where a point stands on roads, which are cut there: on the
// nearest of those which whoever sees the point sees too, and on each of the
// others that is nearer, since for some readers that one is the nearest; and by
// which ways it stands there.
func (d *draft) knotsOf(near *neighbours, p *point) (out []knot, ways [][]int32) {
	var touches []touch
	near.within(p.place, max(d.join, nodeMetres), func(t touch) { touches = append(touches, t) })
	slices.SortStableFunc(touches, func(a, b touch) int { return cmp.Compare(a.metres, b.metres) })
	for _, t := range touches {
		k := d.cutAt(t)
		i := slices.Index(out, k)
		if i < 0 {
			i = len(out)
			out, ways = append(out, k), append(ways, nil)
		}
		ways[i] = append(ways[i], d.lineWay[t.line])
		if d.ways.implied(d.lineWay[t.line], p.class, p.mission) {
			break
		}
	}
	return out, ways
}

// forbids reports whether a restriction closes the passage from a way to a
// way, of those that meet at its junction.
func (p *point) forbids(from, to []int32, in, out int32) bool {
	if !slices.Contains(from, in) {
		return false
	}
	return slices.Contains(to, out) == !p.only()
}

// only reports whether the restriction says where alone one may go, not where
// one may not.
func (p *point) only() bool { return strings.HasPrefix(p.kind, "only_") }

// known reports whether the restriction is of a kind that is kept here.
func (p *point) known() bool { return p.only() || strings.HasPrefix(p.kind, "no_") }

// barrier reports whether the point is one, not a restriction.
func (p *point) barrier() bool { return p.from == "" && p.to == "" }
