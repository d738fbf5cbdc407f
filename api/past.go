package api

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
)

// stateOf takes the one state that a whole answer is of: the newest, or the
// past one that the query asks for; and what would be, in a scenario on it.
func (s *Server) stateOf(c echo.Context) (*layer.Snapshot, error) {
	snap, err := s.momentOf(c)
	if err != nil {
		return nil, err
	}
	name, err := params.ParseScenario(c.Request().URL.RawQuery)
	if err != nil || name == "" {
		return snap, err
	}
	asked, err := scenario.Read(process.World{Snapshot: snap, Reader: s.readerOf(c)}, params.ScenarioParameter, name)
	if err != nil {
		return nil, err
	}
	out, err := s.config.Scenarios.Of(watched(c), snap, asked, s.readerOf(c))
	if err != nil {
		return nil, err
	}
	v := visitOf(c)
	v.past, v.scenario = true, name
	v.markDocs(asked.Doc)
	return out.Snapshot, nil
}

func (s *Server) momentOf(c echo.Context) (*layer.Snapshot, error) {
	now, err := s.snapshot()
	if err != nil {
		return nil, err
	}
	when, err := params.ParseWhen(c.Request().URL.RawQuery)
	if err != nil || when.Parameter == "" {
		return now, err
	}
	if s.config.Past == nil {
		return nil, geo.Errorf(geo.Invalid, when.Parameter, "this world keeps no past; serve one that does with --store FILE.gpkg")
	}
	commit, isNewest, err := s.commitAt(c, now, when)
	if err != nil {
		return nil, err
	}
	v := visitOf(c)
	v.past = true
	v.Header().Set(versionHeader, strconv.FormatInt(int64(commit.Version), 10))
	if isNewest {
		return now, nil
	}
	snap, err := s.config.Past.AsOf(c.Request().Context(), commit.Version)
	if geo.CodeOf(err) == geo.NotFound {
		err = &geo.Error{Code: geo.Invalid, Where: when.Parameter, Text: err.Error(), Cause: err}
	}
	return snap, err
}

// commitAt finds the last Commit that the asker sees and that is not after the
// moment. All that an answer says of the past hangs on it, so that nothing
// tells of Commits that he does not see.
func (s *Server) commitAt(c echo.Context, now *layer.Snapshot, when params.When) (commit geo.Commit, isNewest bool, err error) {
	newest, err := s.lastCommit(c, now.Version)
	if err != nil {
		return newest, false, err
	}
	upTo := when.Version
	if when.Parameter == "asof" {
		m, _ := now.AsOf(when.AsOf)
		upTo = m.Version
	}
	switch {
	case when.Version > newest.Version:
		return newest, false, geo.Errorf(geo.Invalid, when.Parameter, "there is no version %d yet; %s", when.Version, saysNewest(newest))
	case upTo >= newest.Version && newest.Version > 0:
		return newest, true, nil
	}
	commit, err = s.lastCommit(c, upTo)
	if err == nil && commit.Version == 0 {
		err = geo.Errorf(geo.Invalid, when.Parameter, "there was nothing yet; ask for a later state: %s", saysNewest(newest))
	}
	return commit, false, err
}

func saysNewest(c geo.Commit) string {
	if c.Version == 0 {
		return "there is nothing so far"
	}
	return "the newest version is " + strconv.FormatInt(int64(c.Version), 10) + ", of " + c.At.String()
}

// lastCommit returns the last Commit not after v that the asker sees, the zero
// one for none.
func (s *Server) lastCommit(c echo.Context, v geo.Version) (geo.Commit, error) {
	if v == 0 {
		return geo.Commit{}, nil
	}
	list, err := s.config.Past.Commits(c.Request().Context(), s.readerOf(c), 0, v, 1)
	if err != nil || len(list) == 0 {
		return geo.Commit{}, err
	}
	return list[0], nil
}
