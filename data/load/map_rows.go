package load

import (
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/data/load/osm"
	"bivouac/geo"
)

// MapCollections are what a file of OpenStreetMap fills: roads, what stands
// on them, and which turns are forbidden. One reading fills one of them, the
// first unless the options name another; a collection of any other name takes
// the roads.
var MapCollections = []string{"roads", "barriers", "turn_restrictions"}

// mapColumns are the columns of each collection; cells are in their order.
var mapColumns = map[string][]string{
	"roads": {
		"name", "ref", "highway", "surface", "status", "season", "speed_kmh", "one_way", "access", "junction", "bridge", "tunnel", "ford",
		"max_weight_t", "source", "source_id",
	},
	"barriers":          {"kind", "status", "access", "source", "source_id"},
	"turn_restrictions": {"kind", "from_road", "to_road", "except", "source", "source_id"},
}

// mapSource is what records of the map name as their source, as its licence
// asks.
const mapSource = "© OpenStreetMap contributors, ODbL 1.0"

// mapRows are the roads, barriers or restrictions of one member.
type mapRows struct {
	extract *osm.Extract
	names   []string
	pull    func() (osmRecord, error, bool)
	stop    func()
	ordinal int
}

// osmRecord is one record in the columns of its collection.
type osmRecord struct {
	place orb.Geometry
	cells []geo.Value // the last one is its id
}

func newMapRows(m *member, collection string) (*mapRows, error) {
	extract, err := m.extract()
	if err != nil {
		return nil, m.named(err)
	}
	if mapColumns[collection] == nil {
		collection = MapCollections[0]
	}
	r := &mapRows{extract: extract, names: mapColumns[collection]}
	records := map[string]iter.Seq2[osmRecord, error]{"roads": r.roads, "barriers": r.barriers, "turn_restrictions": r.restrictions}
	r.pull, r.stop = iter.Pull2(records[collection])
	return r, nil
}

// Close ends the reading, and closes the file.
func (r *mapRows) Close() error {
	r.stop()
	return nil
}

func (r *mapRows) columns() []string { return r.names }

func (r *mapRows) next(row *row) error {
	row.reset()
	record, err, ok := r.pull()
	switch {
	case err != nil:
		return err
	case !ok:
		return io.EOF
	}
	r.ordinal++
	row.ordinal, row.line = r.ordinal, 0
	row.placed, row.place = true, record.place
	id := record.cells[len(record.cells)-1].Text()
	row.raw = append(row.raw[:0], id...)
	for len(row.cells) < len(record.cells) {
		row.cells = append(row.cells, cell{})
	}
	for i, v := range record.cells {
		if !v.Null() {
			row.cells[i] = cell{kind: typed, value: v}
		}
	}
	if record.place == nil {
		return &refused{r.ordinal, 0, fewNodes.With(id), id}
	}
	return nil
}

func (r *mapRows) roads(yield func(osmRecord, error) bool) {
	err := r.extract.Roads(func(x *osm.Road) bool {
		return yield(osmRecord{x.Line, []geo.Value{
			text(x.Name), text(x.Ref), text(x.Highway), text(x.Surface), geo.String("open"), text(x.Season), amount(x.SpeedKMH),
			geo.Bool(x.OneWay), text(x.Access), text(x.Junction), geo.Bool(x.Bridge), geo.Bool(x.Tunnel), geo.Bool(x.Ford),
			amount(x.MaxWeightT), geo.String(mapSource), geo.String(osm.WayID(x.ID)),
		}}, nil)
	})
	if err != nil {
		yield(osmRecord{}, err)
	}
}

func (r *mapRows) barriers(yield func(osmRecord, error) bool) {
	for _, x := range r.extract.Barriers() {
		cells := []geo.Value{text(x.Kind), text(x.Status), text(x.Access), geo.String(mapSource), geo.String("node/" + strconv.FormatInt(x.ID, 10))}
		if !yield(osmRecord{x.Point, cells}, nil) {
			return
		}
	}
}

func (r *mapRows) restrictions(yield func(osmRecord, error) bool) {
	for _, x := range r.extract.Restrictions() {
		cells := []geo.Value{text(x.Kind), text(x.From), text(x.To), text(x.Except), geo.String(mapSource), geo.String("relation/" + strconv.FormatInt(x.ID, 10))}
		if !yield(osmRecord{x.Point, cells}, nil) {
			return
		}
	}
}

// text is a text, null where there is none.
func text(s string) geo.Value {
	if s == "" {
		return geo.Value{}
	}
	return geo.String(s)
}

// amount is a number, null for 0.
func amount(v float64) geo.Value {
	if v == 0 {
		return geo.Value{}
	}
	return geo.Float(v)
}

// notes say what was read of the map.
func (r *mapRows) notes() []geo.Said {
	f := r.extract.Findings()
	return []geo.Said{mapRead.With(f.Roads, f.Barriers, f.Restrictions, tallied(f.Tags))}
}

// warnings say what was left out.
func (r *mapRows) warnings() []geo.Said {
	f := r.extract.Findings()
	var list []geo.Said
	if len(f.LeftOut) > 0 {
		list = append(list, noRoads.With(tallied(f.LeftOut)))
	}
	if f.Cut > 0 {
		list = append(list, cutRoads.With(f.Cut, f.Missing))
	}
	if len(f.Unused) > 0 {
		list = append(list, unusedRestrictions.With(tallied(f.Unused)))
	}
	return list
}

// tallied lists names with their numbers, the most first.
func tallied(counts map[string]int) string {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s (%d)", name, counts[name])
	}
	return strings.Join(names, ", ")
}
