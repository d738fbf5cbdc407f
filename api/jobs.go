package api

import (
	"context"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/job"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/webpage"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// ownerOf is who asks, as jobs know him. A job is seen by the one who asked
// for it alone, while he sees all that it read.
func (s *Server) ownerOf(c echo.Context) job.Owner {
	who := s.identityOf(c)
	return job.Owner{Name: who.Name, Grant: who.Grant, Reader: who.Reader}
}

// start lets a run go on without its asker.
func (s *Server) start(c echo.Context, j job.Job, p *process.Process, w process.World, in geo.Values) error {
	checked, err := process.Check(&p.In, in)
	if err != nil {
		return err
	}
	id := visitOf(c).id()
	j, err = s.jobs.Start(j, func(ctx context.Context, progress func(int, int, geo.Said)) (o job.Outcome, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = geo.Errorf(geo.Internal, "", "panic: %v\n%s", r, debug.Stack())
			}
			if err != nil {
				s.config.Log.Warn("job", "id", id, "process", p.ID, "error", err.Error())
				err = runError(ctx, err)
			}
		}()
		var tally layer.Tally
		result, err := p.Execute(layer.Watch(ctx, &tally), w, checked, progress)
		if err != nil {
			return o, err
		}
		for _, d := range result.Docs {
			tally.Add(layer.Tally{Classified: 1, Highest: d.Class})
		}
		return job.Outcome{Answer: geojson.AppendValue(nil, result.Record()), Version: result.Version, Classified: tally.Classified, Highest: tally.Highest}, nil
	})
	if err != nil {
		return err
	}
	h := visitOf(c).Header()
	info := ogc.NewStatusInfo(s.baseOf(c.Request()), &j)
	h.Set("Location", info.Links[0].Href)
	h.Set("Preference-Applied", "respond-async")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", encode.JSON)
	return visitOf(c).bodyOf(c.Request(), http.StatusCreated).All(appendJSON(nil, info))
}

// runError is what a job tells of why it failed. It was not the asker who went
// away, but the server.
func runError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return job.Stopped()
	}
	return forPeople(err)
}

// listJobs lists the jobs of the asker.
func (s *Server) listJobs(c echo.Context) error {
	q, err := params.ParseJobs(c.Request().URL.RawQuery)
	if err != nil {
		return err
	}
	now := s.now()
	list := slices.DeleteFunc(s.jobs.List(s.ownerOf(c)), func(j job.Job) bool { return !matches(&j, &q, now) })
	base := s.baseOf(c.Request())
	out := ogc.JobList{Jobs: []ogc.StatusInfo{}, Links: []ogc.Link{
		{Href: base.API("/jobs"), Rel: "self", Type: encode.JSON, Title: "This document"}, ogc.ForPeople(base.API("/jobs")), {Href: base.API(""), Rel: "up", Type: encode.JSON, Title: "Landing page"},
	}}
	from := min(q.Offset, len(list))
	to := min(from+q.Limit, len(list))
	for i := range list[from:to] {
		out.Jobs = append(out.Jobs, ogc.NewStatusInfo(base, &list[from+i]))
	}
	if to < len(list) {
		next := c.Request().URL.Query()
		next.Set("limit", strconv.Itoa(q.Limit))
		next.Set("offset", strconv.Itoa(to))
		out.Links = append(out.Links, ogc.Link{Href: base.API("/jobs?" + next.Encode()), Rel: "next", Type: encode.JSON, Title: "More"})
	}
	return s.readable(c, out, func(p *webpage.Sheet) { showJobs(p, &out) })
}

func matches(j *job.Job, q *params.Jobs, now geo.Time) bool {
	end := now
	if j.Status.Over() {
		end = j.Finished
	}
	seconds := 0.0
	if j.Started != 0 {
		seconds = float64(end-j.Started) / float64(geo.Second)
	}
	return (q.Processes == nil || slices.Contains(q.Processes, j.Process)) &&
		(q.Statuses == nil || slices.Contains(q.Statuses, string(j.Status))) &&
		(q.During == geo.Interval{} || geo.Instant(j.Created).Meets(q.During) == geo.True) &&
		seconds >= q.Least && (q.Most == 0 || seconds <= q.Most)
}

// findJob finds the job that the path names.
func (s *Server) findJob(c echo.Context, known ...string) (job.Job, error) {
	if _, err := takes(c, known...); err != nil {
		return job.Job{}, err
	}
	return s.jobs.Find(c.Param("job"), s.ownerOf(c))
}

// job tells how far a run is.
func (s *Server) job(c echo.Context) error {
	j, err := s.findJob(c, "f")
	if err != nil {
		return err
	}
	return s.readable(c, ogc.NewStatusInfo(s.baseOf(c.Request()), &j), func(p *webpage.Sheet) { p.Title = "A run of " + j.Process })
}

// dismiss ends a run, or takes its result away.
func (s *Server) dismiss(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	j, err := s.jobs.Dismiss(c.Param("job"), s.ownerOf(c))
	if err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewStatusInfo(s.baseOf(c.Request()), &j))
}

// stop asks a run for the best that it has so far.
func (s *Server) stop(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	j, err := s.jobs.Stop(c.Param("job"), s.ownerOf(c))
	if err != nil {
		return err
	}
	return s.document(c, encode.JSON, ogc.NewStatusInfo(s.baseOf(c.Request()), &j))
}

// finished finds the job of the path and marks the answer by what the run read.
func (s *Server) finished(c echo.Context) (job.Job, error) {
	j, err := s.findJob(c)
	if err != nil {
		return j, err
	}
	o, err := j.Result()
	if err != nil {
		return j, err
	}
	v := visitOf(c)
	v.mark(o.Classified, o.Highest)
	v.version, v.inputs = o.Version, j.Question
	return j, nil
}

// results answers what a run gave, in the form that was asked for.
func (s *Server) results(c echo.Context) error {
	j, err := s.finished(c)
	if err != nil {
		return err
	}
	return s.sendResults(c, &j)
}

// result answers one output.
func (s *Server) result(c echo.Context) error {
	j, err := s.finished(c)
	if err != nil {
		return err
	}
	name, err := url.PathUnescape(c.Param("output"))
	if err != nil {
		name = c.Param("output")
	}
	out, err := s.outputOf(&j, name)
	if err != nil {
		return err
	}
	text, err := out.sent()
	if err != nil {
		return err
	}
	return s.text(c, out.media, text)
}
