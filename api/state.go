package api

import (
	"context"
	"sync"

	"github.com/labstack/echo/v4"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// snapshot takes the one state that a whole answer is of.
func (s *Server) snapshot() (*layer.Snapshot, error) {
	if err := s.config.Source.Ready(); err != nil {
		return nil, notReady(err)
	}
	snap := s.config.Source.Snapshot()
	if snap == nil {
		return nil, notReady(nil)
	}
	return snap, nil
}

func notReady(cause error) error {
	return &geo.Error{Code: geo.Unavailable, Text: "the data are still being loaded; ask again in a moment", Cause: cause}
}

// layerOf takes the state that is asked for and the layer that the path names,
// and notes the Version that the answer will be of.
func (s *Server) layerOf(c echo.Context) (*layer.Snapshot, *layer.Layer, error) {
	snap, err := s.stateOf(c)
	if err != nil {
		return nil, nil, err
	}
	l, err := snap.Layer(c.Param("collection"))
	if err != nil {
		return nil, nil, err
	}
	visitOf(c).version = snap.Version
	return snap, l, nil
}

// watched returns the context of a request, whose reads count into the visit.
// It ends when the reader goes away.
func watched(c echo.Context) context.Context {
	return layer.Watch(c.Request().Context(), &visitOf(c).tally)
}

// extents keeps where the records of each layer are, since finding it looks at
// all of them. A layer never changes, so an entry is right as long as its
// layer is the newest.
type extents struct {
	mu    sync.Mutex
	known map[string]knownExtent
}

type knownExtent struct {
	layer  *layer.Layer
	extent layer.Extent
}

// extentOf returns the extent of what the asker sees of l. That of a past
// layer is not kept, so that it does not drive the newest out.
func (s *Server) extentOf(c echo.Context, l *layer.Layer) (layer.Extent, error) {
	if visitOf(c).past {
		return l.Extent(watched(c), geo.Selection{Reader: s.readerOf(c)})
	}
	return s.extents.of(watched(c), l, s.readerOf(c))
}

// of returns the extent of what the reader sees of l.
func (e *extents) of(ctx context.Context, l *layer.Layer, r geo.Reader) (layer.Extent, error) {
	all := geo.Selection{Reader: r}
	key := l.Schema().Name + " " + all.Key()
	e.mu.Lock()
	k, ok := e.known[key]
	e.mu.Unlock()
	if ok && k.layer == l {
		return k.extent, nil
	}
	extent, err := l.Extent(ctx, all)
	if err != nil {
		return extent, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.known == nil {
		e.known = map[string]knownExtent{}
	}
	e.known[key] = knownExtent{l, extent}
	return extent, nil
}
