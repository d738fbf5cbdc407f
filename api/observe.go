package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
	"bivouac/api/params"
	"bivouac/geo"
)

// observe is around every request: it turns errors into answers, keeps a
// panic from the next request, counts and logs.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		v := &visit{ResponseWriter: c.Response().Writer, server: s, request: r, start: time.Now(), serial: s.serial.Add(1), identity: auth.Nobody()}
		c.Response().Writer = v
		series := s.series[c.Path()]
		if series == nil {
			series = s.series[""]
		}
		series.Begin()
		v.err = protect(next, c)
		cut := v.err != nil && s.fail(v, r, v.err)
		took := time.Since(v.start)
		series.End(r.Method, v.status, took, v.tally.Rows, v.tally.Nodes)
		s.logVisit(v, r, c.Path(), took)
		if cut {
			// What left already must not parse as a whole answer.
			panic(http.ErrAbortHandler)
		}
		return nil
	}
}

// protect runs the handler and turns a panic into an error with its stack.
func protect(next echo.HandlerFunc, c echo.Context) (err error) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			err = context.Canceled
		default:
			err = geo.Errorf(geo.Internal, "", "panic: %v\n%s", p, debug.Stack())
		}
	}()
	return next(c)
}

// logVisit writes the one line of a request. It names the parameters and not
// their values: where somebody looks is nobody else's business.
func (s *Server) logVisit(v *visit, r *http.Request, pattern string, took time.Duration) {
	level := slog.LevelInfo
	if v.status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	if !s.config.Log.Enabled(context.Background(), level) {
		return
	}
	attrs := [15]slog.Attr{
		slog.String("id", v.id()), slog.String("method", r.Method), slog.String("path", auth.Mask(r.URL.Path)),
		slog.String("route", pattern), slog.String("query", namesOf(r.URL.RawQuery)), slog.Int("status", v.status),
		slog.Int64("bytes", v.bytes), slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.Int("rows", v.tally.Rows), slog.Int("nodes", v.tally.Nodes), slog.Int64("version", int64(v.version)),
		slog.String("from", fromOf(v.request)), slog.String("who", v.identity.Name),
	}
	all := attrs[:13]
	if v.err != nil {
		all = append(all, slog.String("error", auth.Mask(v.err.Error())))
		if cause := causeOf(v.err); cause != nil {
			all = append(all, slog.String("cause", auth.Mask(cause.Error())))
		}
	}
	s.config.Log.LogAttrs(context.Background(), level, "request", all...)
}

// namesOf returns the names of parameters for the log, where no token may
// stand, be it escaped.
func namesOf(query string) string {
	names := params.Names(query)
	if plain, err := url.QueryUnescape(names); err == nil && auth.Mentions(plain) {
		return auth.Mask(plain)
	}
	return names
}

// causeOf returns what an error for people leaves out.
func causeOf(err error) error {
	var e *geo.Error
	if errors.As(err, &e) {
		return e.Cause
	}
	return nil
}
