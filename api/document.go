package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/params"
)

// takes refuses the query parameters of a route beyond the known ones, and
// returns them.
func takes(c echo.Context, known ...string) (params.Query, error) {
	q, err := params.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		return q, err
	}
	for _, name := range known {
		q.Take(name)
	}
	return q, q.Done(known...)
}

// document sends a value as JSON, under a tag made of its bytes.
func (s *Server) document(c echo.Context, media string, value any) error {
	return s.text(c, media, appendJSON(nil, value))
}

// text sends bytes that are at hand, or a 304.
func (s *Server) text(c echo.Context, media string, text []byte) error {
	v, r := visitOf(c), c.Request()
	tag := encode.Tag(text, []byte(media), []byte(codingOf(r)))
	if v.fresh(r, media, tag) {
		return nil
	}
	return v.body(r).All(text)
}

// fresh writes the headers of a readable answer, and the whole of it where the
// reader has it already.
func (v *visit) fresh(r *http.Request, media, tag string) bool {
	h := v.Header()
	h["Etag"] = []string{tag}
	h["Cache-Control"], h["Vary"] = checkEachTime, varying
	if encode.Matches(r.Header.Get("If-None-Match"), tag) {
		v.WriteHeader(http.StatusNotModified)
		return true
	}
	h["Content-Type"] = []string{media}
	return false
}
