package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/geo"
)

// form is what the body of a request may be.
type form struct {
	limit  int64
	advice string // what to do where it is longer
	media  []string
}

// The forms of bodies. None of their types can be sent by a form of a page of
// another site.
var (
	questionForm = form{1 << 20, "send less at a time", []string{encode.JSON}}
	processForm  = form{1 << 20, "name a collection and a filter in place of a long list", []string{encode.JSON}}
	featureForm  = form{8 << 20, "send less at a time", []string{encode.GeoJSON, encode.JSON}}
	patchForm    = form{8 << 20, "send less at a time", []string{encode.MergePatch}}
	docForm      = form{8 << 20, "send less at a time", []string{encode.JSON}}
	batchForm    = form{64 << 20, "send less at a time", []string{encode.JSON}}
)

// readBody reads a body of the form. One that is too long is refused without
// being read, or at the byte where it is.
func (s *Server) readBody(c echo.Context, f form) ([]byte, error) {
	r, v := c.Request(), visitOf(c)
	if err := f.check(r); err != nil {
		return nil, err
	}
	in := &steady{from: http.MaxBytesReader(v, r.Body, f.limit), control: http.NewResponseController(v), start: time.Now(), stall: s.config.Stall}
	body, err := io.ReadAll(in)
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return nil, f.tooLong()
	case err != nil:
		// The deadline stays, since net/http reads what is still to come before
		// it sends the answer.
		return nil, &geo.Error{Code: geo.Invalid, Where: "body", Text: "the body did not arrive whole; send it again", Cause: err}
	}
	in.deadline(time.Time{})
	return body, nil
}

// check refuses what the head of a request says already.
func (f form) check(r *http.Request) error {
	given := r.Header.Get("Content-Type")
	media, _, err := mime.ParseMediaType(given)
	coding := r.Header.Get("Content-Encoding")
	switch {
	case err != nil || !slices.Contains(f.media, media):
		return geo.Errorf(geo.Unsupported, "Content-Type", "the body must be sent as %s, not %q", strings.Join(f.media, " or "), given)
	case coding != "" && coding != "identity":
		return geo.Errorf(geo.Unsupported, "Content-Encoding", "the body must be sent as it is, not packed by %q", coding)
	case r.ContentLength > f.limit:
		return f.tooLong()
	}
	return nil
}

func (f form) tooLong() error {
	return geo.Errorf(geo.TooLarge, "body", "the body has more than %d MiB, which is the most that is taken here; %s", f.limit>>20, f.advice)
}

// leastRate is how fast a body must come on the whole, in bytes a second: a
// line of a camp carries it, and who sends nothing does not hold a connection.
const leastRate = 4 << 10

// steady reads a body and gives its sender time by what came.
type steady struct {
	from    io.Reader
	control *http.ResponseController
	start   time.Time
	stall   time.Duration
	read    int64
}

func (s *steady) Read(p []byte) (int, error) {
	s.deadline(s.start.Add(s.stall + time.Duration(s.read)*time.Second/leastRate))
	n, err := s.from.Read(p)
	s.read += int64(n)
	return n, err
}

// deadline sets that of reading. A connection without deadlines, as in tests,
// is none the worse.
func (s *steady) deadline(t time.Time) { _ = s.control.SetReadDeadline(t) }
