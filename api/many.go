package api

import (
	"github.com/labstack/echo/v4"

	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// changeMany makes many changes together: all of them, or none.
func (s *Server) changeMany(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	body, err := s.readBody(c, batchForm)
	if err != nil {
		return err
	}
	asked, err := params.ParseBatch(body)
	if err != nil {
		return err
	}
	in, err := params.ParseContentCRS(c.Request().Header.Get(params.ContentCRS))
	if err != nil {
		return err
	}
	asked.In(in)
	if asked.Reason == "" {
		if asked.Reason, err = params.ParseReason(c.Request().Header.Get("Bivouac-Reason")); err != nil {
			return err
		}
	}
	return racing(func() error {
		snap, err := s.snapshot()
		if err != nil {
			return err
		}
		made, err := s.draftAll(c, snap, asked.Changes)
		if err != nil {
			return err
		}
		receipt, err := s.commit(c, geo.Batch{Changes: made, Reason: asked.Reason})
		if err != nil {
			return err
		}
		return s.sendReceipt(c, receipt)
	})
}

func (s *Server) draftAll(c echo.Context, snap *layer.Snapshot, asked []params.Change) ([]geo.Change, error) {
	made := make([]geo.Change, len(asked))
	for i := range asked {
		l, err := snap.Layer(asked[i].Collection)
		if err == nil {
			made[i], err = s.draft(c, l, &asked[i])
		}
		if err != nil {
			return nil, params.InChange(i, err)
		}
	}
	return made, nil
}
