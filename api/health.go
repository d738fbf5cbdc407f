package api

import "github.com/labstack/echo/v4"

// health answers that the program runs.
func (s *Server) health(c echo.Context) error { return plain(c, "ok\n") }

// ready answers whether answers are right: not before the data are there.
func (s *Server) ready(c echo.Context) error {
	if _, err := s.snapshot(); err != nil {
		return err
	}
	return plain(c, "ready\n")
}

// metric answers in the form of Prometheus.
func (s *Server) metric(c echo.Context) error {
	s.metrics.Handler().ServeHTTP(visitOf(c), c.Request())
	return nil
}

func plain(c echo.Context, text string) error {
	v := visitOf(c)
	v.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.Header().Set("Cache-Control", "no-store")
	return v.body(c.Request()).All([]byte(text))
}
