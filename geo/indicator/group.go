package indicator

import (
	"cmp"
	"slices"

	"bivouac/geo"
)

// groups is the figures by the value of a field.
type groups struct {
	list   []GroupFigure
	byText map[string]int32 // one more than the place in list
	byInt  map[int64]int32
	null   int32
}

// at returns the figure of the group that the row belongs to.
func (g *groups) at(p *part, n uint32) (*GroupFigure, error) {
	c := p.group
	slot := &g.null
	switch {
	case c.Null(n):
	case p.clock != nil:
		k := p.clock(c.Value(n).Time().Std().In(p.zone))
		return g.number(geo.Int(k), k)
	case c.Kind == geo.KindString:
		slot = &p.codes[c.Codes[n]]
	default:
		return g.number(c.Value(n), c.Ints[n])
	}
	if *slot == 0 {
		i, err := g.find(c.Value(n))
		if err != nil {
			return nil, err
		}
		*slot = i
	}
	return &g.list[*slot-1], nil
}

func (g *groups) number(v geo.Value, key int64) (*GroupFigure, error) {
	i := g.byInt[key]
	if i == 0 {
		var err error
		if i, err = g.append(v); err != nil {
			return nil, err
		}
		if g.byInt == nil {
			g.byInt = map[int64]int32{}
		}
		g.byInt[key] = i
	}
	return &g.list[i-1], nil
}

// find returns the group of a text, which another part of the layer may have
// opened under another code.
func (g *groups) find(v geo.Value) (int32, error) {
	if v.Null() {
		return g.append(v)
	}
	if i := g.byText[v.Text()]; i != 0 {
		return i, nil
	}
	i, err := g.append(v)
	if err == nil {
		if g.byText == nil {
			g.byText = map[string]int32{}
		}
		g.byText[v.Text()] = i
	}
	return i, err
}

func (g *groups) append(v geo.Value) (int32, error) {
	if len(g.list) == MaxGroups {
		return 0, geo.Errorf(geo.TooLarge, "groupby", "the field has more than %d different values; group by one with fewer, or filter", MaxGroups)
	}
	g.list = append(g.list, GroupFigure{Value: v})
	return int32(len(g.list)), nil
}

func (g *groups) figures() []GroupFigure {
	slices.SortFunc(g.list, func(a, b GroupFigure) int {
		order, comparable := a.Value.Compare(b.Value)
		if !comparable {
			order = cmp.Compare(b.Value.Kind(), a.Value.Kind()) // null last
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), order)
	})
	return g.list
}
