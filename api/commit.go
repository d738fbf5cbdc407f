package api

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"bivouac/geo"
)

// commit hands a Batch to the store, in the name of who asks.
func (s *Server) commit(c echo.Context, b geo.Batch) (geo.Receipt, error) {
	b.Author = s.authorOf(c)
	receipt, err := s.config.Sink.Apply(c.Request().Context(), b)
	switch geo.CodeOf(err) {
	case "":
		s.received(c, receipt)
	case geo.Precondition, geo.NotFound:
		return receipt, race{err}
	}
	return receipt, err
}

// received says which Version a change made.
func (s *Server) received(c echo.Context, r geo.Receipt) {
	v := visitOf(c)
	v.version = r.Version
	v.Header().Set(versionHeader, strconv.FormatInt(int64(r.Version), 10))
}

const versionHeader = "Bivouac-Version"

// race is the error of a change whose record was changed by somebody else
// between reading it and committing.
type race struct{ error }

func (r race) Unwrap() error { return r.error }

// maxRaces is how often a change is drafted anew. A condition of its own ends
// it at the first.
const maxRaces = 10

// racing runs a change, and anew on the newest state where it lost a race.
func racing(change func() error) (err error) {
	for range maxRaces {
		if err = change(); err == nil {
			return nil
		}
		if _, lost := err.(race); !lost {
			return err
		}
	}
	return err
}
