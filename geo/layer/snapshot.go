package layer

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/network"
)

// Snapshot is all layers and documents of one Version. It is immutable: an
// answer that takes one Snapshot is of one Version as a whole.
type Snapshot struct {
	Store   string // the id of the store, for ETags
	Version geo.Version
	layers  []*Layer // in the order of the collections
	docs    []geo.Doc
	times   []Moment
	network *network.Graph
}

// Moment is when a Version was committed.
type Moment struct {
	Version geo.Version
	At      geo.Time
}

// NewSnapshot returns a Snapshot of the layers, in the order in which
// collections are to be listed. times must be in order of their Versions and
// hold the last one. The slices are kept.
func NewSnapshot(store string, layers []*Layer, docs []geo.Doc, times []Moment) *Snapshot {
	s := &Snapshot{Store: store, layers: layers, docs: docs, times: times}
	if len(times) > 0 {
		s.Version = times[len(times)-1].Version
	}
	return s
}

// WithNetwork returns the Snapshot with the graph of its roads, which whoever
// makes snapshots for readers makes too.
func (s *Snapshot) WithNetwork(g *network.Graph) *Snapshot {
	next := *s
	next.network = g
	return &next
}

// Network returns the graph of the roads; nil where there are none.
func (s *Snapshot) Network() *network.Graph { return s.network }

// Layers returns the layers in the order of the collections. The slice is not
// to be changed.
func (s *Snapshot) Layers() []*Layer { return s.layers }

// Layer returns the layer of a collection.
func (s *Snapshot) Layer(id string) (*Layer, error) {
	for _, l := range s.layers {
		if l.schema.Name == id {
			return l, nil
		}
	}
	return nil, geo.Errorf(geo.NotFound, "collection", "there is no collection %q; /api/collections lists them", id)
}

// Docs returns the documents of a kind that the reader may see.
func (s *Snapshot) Docs(kind string, r geo.Reader) []geo.Doc {
	var out []geo.Doc
	for _, d := range s.docs {
		if d.Kind == kind && r.Sees(d.Class, d.Mission) {
			out = append(out, d)
		}
	}
	return out
}

// AllDocs returns the documents of all kinds, whoever may see them. The slice
// is not to be changed.
func (s *Snapshot) AllDocs() []geo.Doc { return s.docs }

// Moments returns when each Version was committed, in order. The slice is not
// to be changed.
func (s *Snapshot) Moments() []Moment { return s.times }

// Doc returns one document, false where there is none or the reader may not
// see it.
func (s *Snapshot) Doc(kind, id string, r geo.Reader) (geo.Doc, bool) {
	for _, d := range s.docs {
		if d.Kind == kind && d.ID == id {
			return d, r.Sees(d.Class, d.Mission)
		}
	}
	return geo.Doc{}, false
}

// AsOf returns the last Version that was not committed after t, false where
// all were.
func (s *Snapshot) AsOf(t geo.Time) (Moment, bool) {
	after, _ := slices.BinarySearchFunc(s.times, t, func(m Moment, t geo.Time) int {
		if m.At > t {
			return 1
		}
		return -1
	})
	if after == 0 {
		return Moment{}, false
	}
	return s.times[after-1], true
}

// Changed returns the last Version that changed something in one of the
// layers that the reader may see, and when that was.
func (s *Snapshot) Changed(r geo.Reader, layers ...*Layer) Moment {
	last := geo.Version(0)
	for _, l := range layers {
		last = max(last, l.Changed(r))
	}
	return s.Moment(last)
}

// Moment returns when a Version was committed; at 0 where that is not known.
func (s *Snapshot) Moment(v geo.Version) Moment {
	i, ok := slices.BinarySearchFunc(s.times, v, func(m Moment, v geo.Version) int { return int(m.Version - v) })
	if !ok {
		return Moment{Version: v}
	}
	return s.times[i]
}

// WithLayers returns the Snapshot with other layers, of the same collections in
// the same order.
func (s *Snapshot) WithLayers(layers []*Layer) *Snapshot {
	next := *s
	next.layers = layers
	return &next
}

// Apart returns the Snapshot under another name of its store, so that no tag of
// an answer is that of one made of s.
func (s *Snapshot) Apart(store string) *Snapshot {
	next := *s
	next.Store = store
	return &next
}

// WithDocs returns the Snapshot with other documents.
func (s *Snapshot) WithDocs(docs []geo.Doc) *Snapshot {
	next := *s
	next.docs = docs
	return &next
}
