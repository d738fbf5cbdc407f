package api

import (
	"strconv"

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
	if _, err := takes(c, "asof", "version"); err != nil {
		return err
	}
	p, err := s.config.Processes.Find(c.Param("process"))
	if err != nil {
		return err
	}
	body, err := s.readBody(c, questionForm)
	if err != nil {
		return err
	}
	asked, err := params.ParseExecution(body, &p.In)
	if err != nil {
		return err
	}
	snap, err := s.stateOf(c)
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
