package osm

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// unitsPerDegree is how finely OpenStreetMap keeps places.
const unitsPerDegree = 1e7

// errStop ends a reading that has what it wanted.
var errStop = errors.New("osm: enough")

// Extract is a file of which it is known where the nodes of its roads are.
type Extract struct {
	open         func() (io.ReadCloser, error)
	roads        int
	nodes        nodes
	barriers     []Barrier
	restrictions []Restriction
	found        Findings
}

// Findings are what became of the file's elements, for people.
type Findings struct {
	Roads        int            // with a highway class or a ferry, that are read
	LeftOut      map[string]int // highway values that are no road: one can only plan on them, or they are no way at all
	Missing      int            // nodes of roads that the file lacks
	Cut          int            // roads that leave the file, and are cut there
	Tags         map[string]int // tags that said something, with the number of elements
	Restrictions int            // that are read
	Unused       map[string]int // restrictions that are not, by why
	Barriers     int
}

// nodes are the places of nodes, by id.
type nodes struct {
	ids   []int64 // sorted, each once
	spots []spot
	found []bool
	at    int // where the last one stood: files have them in order
}

func (n *nodes) find(id int64) (int, bool) {
	if at := n.at + 1; at < len(n.ids) && n.ids[at] == id {
		n.at = at
		return at, true
	}
	at, ok := slices.BinarySearch(n.ids, id)
	if ok {
		n.at = at
	}
	return at, ok
}

// Open looks through the file twice: which nodes its roads and restrictions
// need, and where they are. open is called for each pass. Its errors are
// *geo.Error without a file's name.
func Open(open func() (io.ReadCloser, error)) (*Extract, error) {
	e := &Extract{open: open, found: Findings{LeftOut: map[string]int{}, Tags: map[string]int{}, Unused: map[string]int{}}}
	var relations []restriction
	err := e.pass(visitor{
		way: func(w *way) error {
			if e.takes(w) {
				e.roads++
				e.nodes.ids = append(e.nodes.ids, w.nodes...)
			}
			return nil
		},
		relation: func(r *relation) error {
			if x, ok := e.restriction(r); ok {
				relations = append(relations, x)
				e.nodes.ids = append(e.nodes.ids, x.via)
			}
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	e.nodes.settle()
	if e.roads > 0 {
		if err := e.places(); err != nil {
			return nil, err
		}
	}
	e.restrict(relations)
	e.found.Roads, e.found.Barriers = e.roads, len(e.barriers)
	return e, nil
}

func (n *nodes) settle() {
	slices.Sort(n.ids)
	n.ids = slices.Clip(slices.Compact(n.ids))
	n.spots, n.found, n.at = make([]spot, len(n.ids)), make([]bool, len(n.ids)), -1
}

// places is the second pass.
func (e *Extract) places() error {
	err := e.pass(visitor{node: func(n *node) error {
		i, ok := e.nodes.find(n.id)
		if !ok {
			return nil
		}
		e.nodes.spots[i], e.nodes.found[i] = n.at, true
		if b, ok := barrierOf(n); ok {
			e.count(n.tags, "barrier", "military", "motor_vehicle", "vehicle", "access")
			e.barriers = append(e.barriers, b)
		}
		return nil
	}})
	for _, there := range e.nodes.found {
		if !there {
			e.found.Missing++
		}
	}
	return err
}

func (e *Extract) pass(v visitor) error {
	in, err := e.open()
	if err != nil {
		return err
	}
	defer in.Close()
	if err := read(in, v); err != nil && !errors.Is(err, errStop) {
		return err
	}
	return nil
}

// Findings says what was found. Cut is whole once [Extract.Roads] ran.
func (e *Extract) Findings() Findings { return e.found }

// Len returns how many roads there are.
func (e *Extract) Len() int { return e.roads }

// Barriers returns what stands on the roads.
func (e *Extract) Barriers() []Barrier { return e.barriers }

// Restrictions returns which turns are forbidden.
func (e *Extract) Restrictions() []Restriction { return e.restrictions }

// Roads gives every road, in the order of the file, until give returns false.
// A Road without a Line has fewer than two nodes in the file. It is the third
// pass.
func (e *Extract) Roads(give func(*Road) bool) error {
	e.found.Cut = 0
	return e.pass(visitor{way: func(w *way) error {
		if !roadClass(w.tags) {
			return nil
		}
		r := roadOf(w.tags)
		r.ID = w.id
		var cut bool
		r.Line, cut = e.line(w.nodes, r.reversed)
		if cut {
			e.found.Cut++
		}
		if !give(&r) {
			return errStop
		}
		return nil
	}})
}

// line is the way's shape: in parts where it leaves the file in between.
func (e *Extract) line(ids []int64, reversed bool) (g orb.Geometry, cut bool) {
	var parts orb.MultiLineString
	var part orb.LineString
	end := func() {
		if len(part) > 1 {
			parts = append(parts, part)
		}
		part = nil
	}
	for _, id := range ids {
		i, ok := e.nodes.find(id)
		if !ok || !e.nodes.found[i] {
			cut = true
			end()
			continue
		}
		if p := e.nodes.spots[i].point(); len(part) == 0 || part[len(part)-1] != p {
			part = append(part, p)
		}
	}
	end()
	if reversed {
		slices.Reverse(parts)
		for _, p := range parts {
			slices.Reverse(p)
		}
	}
	switch len(parts) {
	case 0:
		return nil, cut
	case 1:
		return parts[0], cut
	}
	return parts, cut
}

func (s spot) point() orb.Point {
	return orb.Point{float64(s.lon) / unitsPerDegree, float64(s.lat) / unitsPerDegree}
}

// takes counts what a way says, and reports whether it is a road.
func (e *Extract) takes(w *way) bool {
	highway := w.tags.get("highway")
	if roadClass(w.tags) {
		e.count(w.tags, roadTags...)
		return true
	}
	if highway != "" {
		e.found.LeftOut[strings.Clone(highway)]++
	}
	return false
}

func (e *Extract) count(t tags, keys ...string) {
	for _, k := range keys {
		if t.get(k) != "" {
			e.found.Tags[k]++
		}
	}
}

// WayID is how a way is called in source ids.
func WayID(id int64) string { return "way/" + strconv.FormatInt(id, 10) }
