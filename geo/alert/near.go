package alert

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
)

// The fields by which a way is in season, of corridors and of areas.
const (
	seasonField    = "season"     // all, dry or wet
	areaCollection = "areas"      // whose polygons say
	wetField       = "wet_months" // in which months it rains, 1 to 12
)

// neighbours are the records that a rule asks to be near to, and the areas that
// say when they are in season.
type neighbours struct {
	rule  *Near
	list  []neighbour
	areas []rainArea // the smallest first
}

type neighbour struct {
	Neighbour
	season string
	shape  *measure.Target
	boxes  []geo.Box // that hold all within the radius
}

// rainArea says in which months it rains.
type rainArea struct {
	shape *measure.Target
	size  float64
	wet   [13]bool
}

// findNeighbours reads them as the reader may see them.
func findNeighbours(ctx context.Context, snap *layer.Snapshot, n *Near, r geo.Reader) (*neighbours, error) {
	out := &neighbours{rule: n}
	l, err := snap.Layer(n.Collection)
	if err != nil {
		return out, nil // there were none yet
	}
	match, err := filterOf(l, "body.near.filter", n.Filter)
	if err != nil {
		return nil, err
	}
	rows, failed := l.Select(ctx, geo.Selection{Reader: r, Match: match})
	for row := range rows {
		if len(n.Keys) > 0 && !slices.Contains(n.Keys, row.Key()) || row.Geometry() == nil {
			continue
		}
		shape, err := measure.NewTarget(row.Geometry())
		if err != nil {
			continue // an empty shape is near to nothing
		}
		out.list = append(out.list, neighbour{
			Neighbour: Neighbour{Collection: n.Collection, Key: row.Key(), Name: row.Name()},
			season:    row.Named(seasonField).Text(), shape: shape, boxes: shape.Around(n.RadiusMetres),
		})
	}
	if err := failed(); err != nil || !n.InSeason {
		return out, err
	}
	out.areas, err = rainAreas(ctx, snap, r)
	return out, err
}

func rainAreas(ctx context.Context, snap *layer.Snapshot, r geo.Reader) ([]rainArea, error) {
	l, err := snap.Layer(areaCollection)
	if err != nil || l.Schema().Field(wetField) < 0 {
		return nil, nil
	}
	var out []rainArea
	rows, failed := l.Select(ctx, geo.Selection{Reader: r})
	for row := range rows {
		months := row.Named(wetField).List()
		if len(months) == 0 || row.Geometry() == nil {
			continue
		}
		shape, err := measure.NewTarget(row.Geometry())
		if err != nil {
			continue
		}
		a := rainArea{shape: shape, size: measure.Area(row.Geometry())}
		for _, m := range months {
			if n := m.Int(); n >= 1 && n <= 12 {
				a.wet[n] = true
			}
		}
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b rainArea) int {
		switch {
		case a.size < b.size:
			return -1
		case a.size > b.size:
			return 1
		}
		return 0
	})
	return out, failed()
}

// nearest returns the nearest one that is in season at the time, false where
// none is near.
func (n *neighbours) nearest(g orb.Geometry, at geo.Time) (Neighbour, bool) {
	best, found := Neighbour{}, false
	if g == nil {
		return best, false
	}
	box := g.Bound()
	place := orb.Point{(box.Min[0] + box.Max[0]) / 2, (box.Min[1] + box.Max[1]) / 2}
	for i := range n.list {
		o := &n.list[i]
		if !meetsAny(o.boxes, box) {
			continue
		}
		metres := o.shape.To(g)
		if !(metres <= n.rule.RadiusMetres) || found && metres >= best.Metres {
			continue
		}
		inSeason, known := n.inSeason(o.season, place, at)
		if !inSeason {
			continue
		}
		best, found = o.Neighbour, true
		best.Metres, best.Unseasoned = metres, !known
	}
	return best, found
}

func meetsAny(boxes []geo.Box, b orb.Bound) bool {
	for _, o := range boxes {
		if b.Min[0] <= o.East && b.Max[0] >= o.West && b.Min[1] <= o.North && b.Max[1] >= o.South {
			return true
		}
	}
	return false
}

// inSeason reports whether what is used in the season is in use at the time and
// place. Where nothing says when it rains, that is not known, and it is taken
// to be in use. Months are those of UTC.
func (n *neighbours) inSeason(season string, place orb.Point, at geo.Time) (in, known bool) {
	if !n.rule.InSeason || season != "dry" && season != "wet" {
		return true, true
	}
	for i := range n.areas {
		if n.areas[i].shape.Covers(place) {
			return n.areas[i].wet[month(at)] == (season == "wet"), true
		}
	}
	return true, false
}

func month(at geo.Time) time.Month { return at.Std().Month() }

// within bounds a search by boxes. It is true of all: what lies in them is
// looked at one by one.
type within []geo.Box

func (w within) Bound() []geo.Box { return w }
func (w within) String() string   { return fmt.Sprint("about ", []geo.Box(w)) }
func (w within) Bind(geo.Table) (func(uint32) geo.Tri, error) {
	return func(uint32) geo.Tri { return geo.True }, nil
}

// bound returns the boxes about all, nil where they are too many to help.
func (n *neighbours) bound() geo.Predicate {
	var all within = []geo.Box{}
	for i := range n.list {
		all = append(all, n.list[i].boxes...)
	}
	if len(all) > mostBoxes {
		return nil
	}
	return all
}

const mostBoxes = 64
