package api

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/params"
	"bivouac/geo"
)

// maxResumed is how many Commits are told one by one to who was away.
const maxResumed = 100

// streams are the streams that run, and what they are held to.
type streams struct {
	running  atomic.Int64
	most     int64         // that may run
	beat     time.Duration // between two signs of life
	together time.Duration // Commits within it are told together
	ending   context.Context
	end      context.CancelFunc // called when the server is told to stop
}

func newStreams() *streams {
	s := &streams{most: 500, beat: 15 * time.Second, together: 250 * time.Millisecond}
	s.ending, s.end = context.WithCancel(context.Background())
	return s
}

// enter takes one of the places, which leave gives back.
func (s *streams) enter() error {
	if s.running.Add(1) > s.most {
		s.leave()
		return geo.Errorf(geo.Unavailable, "", "%d others listen already, which is the most that there may be; ask again later", s.most)
	}
	return nil
}

func (s *streams) leave() { s.running.Add(-1) }

// events tells of each Commit as it comes, and of the listener's own jobs.
func (s *Server) events(c echo.Context) error {
	e, err := s.newStream(c)
	if err != nil {
		return err
	}
	if err := s.streams.enter(); err != nil {
		return err
	}
	defer s.streams.leave()
	if err := e.look(); err != nil {
		return err
	}
	e.open()
	r := c.Request()
	if r.Method == http.MethodHead {
		return nil
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.streams.ending, cancel)()
	if err := e.run(ctx); ctx.Err() == nil {
		return err
	}
	return nil
}

// newStream reads what a listener asks.
func (s *Server) newStream(c echo.Context) (*stream, error) {
	q, err := takes(c, "last")
	if err != nil {
		return nil, err
	}
	h := c.Request().Header
	if _, err := encode.Negotiate(h.Get("Accept"), encode.Events); err != nil {
		return nil, err
	}
	last := h.Get("Last-Event-ID")
	if last == "" {
		last, _ = q.Take("last")
	}
	return &stream{server: s, c: c, control: http.NewResponseController(visitOf(c)), last: params.ParseEventID(last)}, nil
}
