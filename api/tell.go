package api

import (
	"github.com/labstack/echo/v4"

	"bivouac/api/job"
	"bivouac/api/ogc"
	"bivouac/geo"
)

// subscriberOf refuses callbacks to hosts that the operator did not name.
func (s *Server) subscriberOf(c echo.Context, asked job.Subscriber) (job.Subscriber, error) {
	for _, to := range []struct{ name, uri string }{{"successUri", asked.Success}, {"inProgressUri", asked.InProgress}, {"failedUri", asked.Failed}} {
		if to.uri == "" {
			continue
		}
		if err := s.sender.Check("subscriber."+to.name, to.uri); err != nil {
			return asked, err
		}
	}
	asked.Base = string(s.baseOf(c.Request()))
	return asked, nil
}

// tell sends word of a run to whom its asker named. A result goes off the
// machine only where all that it tells of is unclassified; of any other the
// status is sent, which leads those to it who may see it.
func (s *Server) tell(j job.Job) {
	base := ogc.Base(j.Subscriber.Base)
	to, text := "", appendJSON(nil, ogc.NewStatusInfo(base, &j))
	switch j.Status {
	case job.Running:
		to = j.Subscriber.InProgress
	case job.Failed:
		to = j.Subscriber.Failed
	case job.Successful:
		to = j.Subscriber.Success
		if j.Classified == 0 && j.Highest == geo.Unclassified {
			parts, err := s.partsOf(base, &j)
			if err != nil {
				s.config.Log.Warn("callback", "job", j.ID, "error", err.Error())
				break
			}
			text = documentOf(parts)
		}
	}
	if to != "" {
		s.sender.Send(j.ID, to, text)
	}
}
