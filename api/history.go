package api

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ledger"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// maxRecords is how many records of one Commit are told in an answer.
const maxRecords = 1000

// changes lists the Commits, the newest first.
func (s *Server) changes(c echo.Context) error {
	q, err := params.ParseCommits(c.Request().URL.RawQuery)
	if err != nil {
		return err
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	upTo := snap.Version
	if q.Before > 0 {
		upTo = min(upTo, q.Before-1)
	}
	r := s.readerOf(c)
	list, err := s.config.Past.Commits(c.Request().Context(), r, 0, upTo, q.Limit+1)
	if err != nil {
		return err
	}
	next := geo.Version(0)
	if len(list) > q.Limit {
		list = list[:q.Limit]
		next = list[q.Limit-1].Version
	}
	return s.document(c, encode.JSON, ledger.NewChanges(s.baseOf(c.Request()), list, r, q.Limit, q.Before, next))
}

// change answers one Commit with the records that it changed.
func (s *Server) change(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	ctx, r := c.Request().Context(), s.readerOf(c)
	v, err := versionOf(c)
	if err != nil {
		return err
	}
	list, err := s.config.Past.Commits(ctx, r, v-1, v, 1)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return noVersion(c)
	}
	told, some := ledger.NewChange(&list[0], r)
	if !some {
		return noVersion(c)
	}
	records, err := s.config.Past.Changes(ctx, v, r, maxRecords+1)
	if err != nil {
		return err
	}
	whole, err := ledger.NewWhole(s.baseOf(c.Request()), told, records[:min(len(records), maxRecords)], len(records) > maxRecords, schemasOf(snap))
	if err != nil {
		return err
	}
	return s.document(c, encode.JSON, whole)
}

// schemasOf finds the schemas of a state.
func schemasOf(snap *layer.Snapshot) ledger.Schemas {
	return func(collection string) (*geo.Schema, error) {
		l, err := snap.Layer(collection)
		if err != nil {
			return nil, err
		}
		return l.Schema(), nil
	}
}

// versionOf reads the Version that the path names.
func versionOf(c echo.Context) (geo.Version, error) {
	v, err := strconv.ParseInt(c.Param("version"), 10, 64)
	if err != nil || v < 1 {
		return 0, noVersion(c)
	}
	return geo.Version(v), nil
}

func noVersion(c echo.Context) error {
	return geo.Errorf(geo.NotFound, "version", "there is no version %q; /api/changes lists them", c.Param("version"))
}

// itemHistory answers the changes of one record, be it there or removed.
func (s *Server) itemHistory(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	_, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	r, key := s.readerOf(c), keyOf(c.Param("key"))
	past, err := s.config.Past.History(c.Request().Context(), l.Schema().Name, key, r)
	if err != nil {
		return err
	}
	if _, there := l.Find(key, r); !there && len(past) == 0 {
		return geo.Errorf(geo.NotFound, "key", "%s never had a record %q", l.Schema().Name, c.Param("key"))
	}
	return s.document(c, encode.JSON, ledger.OfRecord(s.baseOf(c.Request()), l.Schema(), key, past))
}
