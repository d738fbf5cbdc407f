package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/process"
)

// processes lists the analyses.
func (s *Server) processes(c echo.Context) error {
	q, err := params.ParseList(c.Request().URL.RawQuery)
	if err != nil {
		return err
	}
	base := s.baseOf(c.Request())
	next := base.API("/processes?limit=" + strconv.Itoa(q.Limit) + "&offset=" + strconv.Itoa(q.Offset+q.Limit))
	return s.document(c, encode.JSON, ogc.NewProcesses(base, s.config.Processes.List(), q.Offset, q.Limit, next))
}

// process describes one of them.
func (s *Server) process(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	p, err := s.config.Processes.Find(c.Param("process"))
	if err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewProcess(s.baseOf(c.Request()), p, params.AnswerOutput))
}

// execute runs an analysis while the asker waits. One who goes away ends it.
func (s *Server) execute(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	p, err := s.config.Processes.Find(c.Param("process"))
	if err != nil {
		return err
	}
	body, err := s.readBody(c)
	if err != nil {
		return err
	}
	asked, err := params.ParseExecution(body, &p.In)
	if err != nil {
		return err
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	v := visitOf(c)
	v.inputs = body
	result, err := p.Execute(watched(c), process.World{Snapshot: snap, Reader: s.readerOf(c)}, asked.Inputs, nil)
	if err != nil {
		return err
	}
	v.version = result.Version
	h := v.Header()
	h.Set("Content-Type", encode.JSON)
	h.Set("Cache-Control", "no-store")
	b := v.body(c.Request())
	b.B = appendAnswer(b.B, &result, asked.Document)
	_, err = b.Close()
	return err
}

// job answers for runs that go on. None does yet: each run answers at once.
func (s *Server) job(c echo.Context) error {
	return geo.Errorf(geo.NotFound, "job", "there is no job %q; every run answers at once", c.Param("job"))
}

// maxBodyBytes is the longest question that is taken.
const maxBodyBytes = 1 << 20

// readBody reads the JSON of a question. Only application/json is taken, which
// no form of a page of another site can send.
func (s *Server) readBody(c echo.Context) ([]byte, error) {
	r, v := c.Request(), visitOf(c)
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != encode.JSON {
		return nil, geo.Errorf(geo.Unsupported, "Content-Type", "the question must be sent as application/json, not %q", r.Header.Get("Content-Type"))
	}
	// Who sends nothing must not hold the connection. A writer without
	// deadlines, as in tests, is none the worse.
	control := http.NewResponseController(v)
	_ = control.SetReadDeadline(time.Now().Add(s.config.Stall))
	body, err := io.ReadAll(http.MaxBytesReader(v, r.Body, maxBodyBytes))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return nil, geo.Errorf(geo.TooLarge, "body", "the question has more than %d bytes", maxBodyBytes)
	case err != nil:
		// The deadline stays, since net/http reads what is still to come before
		// it sends the answer.
		return nil, &geo.Error{Code: geo.Invalid, Where: "body", Text: "the question did not arrive whole", Cause: err}
	}
	_ = control.SetReadDeadline(time.Time{})
	return body, nil
}

// appendAnswer adds the result and the envelope; as a document, by the name of
// their output.
func appendAnswer(b []byte, r *process.Result, document bool) []byte {
	if document {
		b = append(b, `{"`+params.AnswerOutput+`":{"value":`...)
	}
	b = geojson.AppendValue(b, r.Record())
	if document {
		b = append(b, "}}"...)
	}
	return append(b, '\n')
}
