package data

import (
	"context"
	"maps"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
)

// roads is the graph of the roads of one state, and of which states of which
// collections it was made.
type roads struct {
	graph *network.Graph
	at    map[string]geo.Version
}

// KeepRoads makes the graph of the roads for the newest state and, from then
// on, for each state before it is published. Until it is called there is none:
// an import needs none, and it takes a while in a large country.
func (s *Store) KeepRoads() {
	s.writing.Lock()
	defer s.writing.Unlock()
	if !s.routing.Swap(true) {
		s.publish(s.Snapshot().Layers())
	}
}

// madeOf returns when each of the collections that make the graph was last
// changed.
func madeOf(layers []*layer.Layer) map[string]geo.Version {
	at := map[string]geo.Version{}
	for _, l := range layers {
		if network.Takes(l.Schema()) {
			at[l.Schema().Name] = l.Changed(geo.Unrestricted())
		}
	}
	return at
}

// of returns the graph of the layers, given that of a state before: the same
// where nothing changed in them, one that shares its shape where only what
// records say did, else a new one.
func (r roads) of(layers []*layer.Layer) roads {
	at := madeOf(layers)
	if maps.Equal(at, r.at) {
		return r
	}
	if r.graph != nil && len(at) == len(r.at) {
		if g, ok := r.graph.Update(r.changed(layers, at)); ok {
			return roads{g, at}
		}
	}
	return roads{graphOf(layers), at}
}

// former is of for a state that came before: its changes are not known, so that
// the graph is shared or made anew.
func (r roads) former(layers []*layer.Layer) roads {
	at := madeOf(layers)
	if maps.Equal(at, r.at) {
		return r
	}
	return roads{graphOf(layers), at}
}

func (r roads) changed(layers []*layer.Layer, at map[string]geo.Version) []network.Changed {
	var out []network.Changed
	for _, l := range layers {
		name := l.Schema().Name
		since, ok := r.at[name]
		if now, takes := at[name]; !takes || ok && now == since {
			continue
		}
		out = append(out, network.Changed{Schema: l.Schema(), Rows: l.Rows(), Each: func(f func(geo.Row) error) error { return l.Since(since, f) }})
	}
	return out
}

// graphOf makes the graph anew. Nothing in a layer is beyond what it takes, and
// nobody gives up.
func graphOf(layers []*layer.Layer) *network.Graph {
	g, err := layer.Roads(context.Background(), layers)
	if err != nil {
		return nil
	}
	return g
}
