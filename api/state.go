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
// and notes the Version that the answer will be of: the last one that this
// reader sees.
func (s *Server) layerOf(c echo.Context) (*layer.Snapshot, *layer.Layer, error) {
	snap, err := s.stateOf(c)
	if err != nil {
		return nil, nil, err
	}
	l, err := snap.Layer(c.Param("collection"))
	if err != nil {
		return nil, nil, err
	}
	visitOf(c).version = snap.Changed(s.readerOf(c), l).Version
	return snap, l, nil
}

// watched returns the context of a request, whose reads count into the visit.
// It ends when the reader goes away.
func watched(c echo.Context) context.Context {
	return layer.Watch(c.Request().Context(), &visitOf(c).tally)
}

// extentOf returns where the records are that the reader sees, all of which
// count into the marking of the answer.
func (s *Server) extentOf(c echo.Context, l *layer.Layer) (layer.Extent, error) {
	e, err := s.seenExtent(c, l)
	visitOf(c).mark(e.Classified, e.Highest)
	return e, err
}

// seenExtent is extentOf for an answer that does not tell the extent.
func (s *Server) seenExtent(c echo.Context, l *layer.Layer) (layer.Extent, error) {
	v := visitOf(c)
	var looked layer.Tally
	ctx := layer.Watch(c.Request().Context(), &looked)
	var e layer.Extent
	var err error
	if v.past {
		// That of a past layer is not kept, so that it does not drive the newest out.
		e, err = l.Extent(ctx, geo.Selection{Reader: s.readerOf(c)})
	} else {
		e, err = s.extents.of(ctx, l, s.readerOf(c))
	}
	v.looked(looked)
	return e, err
}

// extents keeps where the records of each layer are, since finding it looks at
// all of them. A layer never changes, so what is known of it is right as long
// as it is the newest; of an older one nothing is kept.
type extents struct {
	mu    sync.Mutex
	known map[string]knownExtents // by collection
}

type knownExtents struct {
	layer *layer.Layer
	by    map[string]layer.Extent // by reader
}

// of returns the extent of what the reader sees of l.
func (e *extents) of(ctx context.Context, l *layer.Layer, r geo.Reader) (layer.Extent, error) {
	all := geo.Selection{Reader: r}
	if extent, ok := e.find(l, all.Key()); ok {
		return extent, nil
	}
	extent, err := l.Extent(ctx, all)
	if err == nil {
		e.keep(l, all.Key(), extent)
	}
	return extent, err
}

func (e *extents) find(l *layer.Layer, reader string) (layer.Extent, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	k := e.known[l.Schema().Name]
	extent, ok := k.by[reader]
	return extent, ok && k.layer == l
}

func (e *extents) keep(l *layer.Layer, reader string, extent layer.Extent) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.known == nil {
		e.known = map[string]knownExtents{}
	}
	name := l.Schema().Name
	if e.known[name].layer != l {
		e.known[name] = knownExtents{l, map[string]layer.Extent{}}
	}
	e.known[name].by[reader] = extent
}
