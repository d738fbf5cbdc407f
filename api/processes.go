package api

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"bivouac/api/job"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/webpage"
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
	list := ogc.NewProcesses(base, s.config.Processes.List(), q.Offset, q.Limit, next)
	return s.readable(c, list, func(p *webpage.Sheet) { showProcesses(p, &list) })
}

// process describes one of them.
func (s *Server) process(c echo.Context) error {
	if _, err := takes(c, "f"); err != nil {
		return err
	}
	p, err := s.config.Processes.Find(c.Param("process"))
	if err != nil {
		return err
	}
	return s.readable(c, ogc.NewProcess(s.baseOf(c.Request()), p, params.AnswerOutput), showProcess)
}

// execute runs an analysis while the asker waits. One who goes away ends it.
func (s *Server) execute(c echo.Context) error {
	if _, err := takes(c, "asof", "version", params.ScenarioParameter); err != nil {
		return err
	}
	p, err := s.config.Processes.Find(c.Param("process"))
	if err != nil {
		return err
	}
	body, err := s.readBody(c, processForm)
	if err != nil {
		return err
	}
	asked, err := params.ParseExecution(body, &p.In, &p.Out)
	if err != nil {
		return err
	}
	snap, err := s.stateOf(c)
	if err != nil {
		return err
	}
	visitOf(c).inputs = body
	w := process.World{Snapshot: snap, Reader: s.readerOf(c), Scenario: visitOf(c).scenario}
	j := job.Job{Process: p.ID, Owner: s.ownerOf(c), Question: body, Anytime: p.Anytime, Wish: asked.Wish}
	if j.Subscriber, err = s.subscriberOf(c, asked.Subscriber); err != nil {
		return err
	}
	if params.RespondsAsync(c.Request().Header.Values("Prefer")) {
		return s.start(c, j, p, w, asked.Inputs)
	}
	if j.Subscriber.Success != "" {
		return geo.Errorf(geo.Invalid, "subscriber", "goes with Prefer: respond-async; without it the answer itself tells how the run went")
	}
	return s.executeNow(c, j, p, w, asked.Inputs)
}

func (s *Server) executeNow(c echo.Context, j job.Job, p *process.Process, w process.World, in geo.Values) error {
	result, err := p.Execute(watched(c), w, in, nil)
	if err != nil {
		return err
	}
	v := visitOf(c)
	v.version = result.Version
	for i := range result.Docs {
		v.markDocs(&result.Docs[i])
	}
	o := job.Outcome{Answer: geojson.AppendValue(nil, result.Record()), Version: result.Version, Classified: v.tally.Classified, Highest: v.tally.Highest}
	if slices.ContainsFunc(j.Wish.Outputs, func(o job.Output) bool { return o.Reference }) {
		if j, err = s.jobs.Keep(j, o); err != nil {
			return err
		}
	}
	j.Outcome = o
	v.Header().Set("Cache-Control", "no-store")
	return s.sendResults(c, &j)
}
