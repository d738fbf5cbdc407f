package api

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
)

// stored returns the record as the store keeps it: as it stands now, or as it
// was sent where somebody else has changed it since.
func (s *Server) stored(l *layer.Layer, sent geo.Feature, receipt geo.Receipt) geo.Feature {
	sent.Key, sent.Rev = receipt.Keys[0], receipt.Version
	if now, err := s.config.Source.Snapshot().Layer(l.Schema().Name); err == nil {
		if row, ok := now.Find(sent.Key, geo.Unrestricted()); ok && row.Rev() == sent.Rev {
			return row.Feature()
		}
	}
	return sent
}

// sendRecord answers with a record that was written, in the bytes and under
// the tag that a GET of it gives: in CRS84, whatever it was
// sent in.
func (s *Server) sendRecord(c echo.Context, media string, schema *geo.Schema, f geo.Feature) error {
	r, v := c.Request(), visitOf(c)
	base := s.baseOf(r)
	self := base.Collection(schema.Name, "/items/"+strconv.FormatInt(int64(f.Key), 10))
	h := v.Header()
	h.Set("Etag", itemTag(s.config.Source.Snapshot().Store, f.Key, f.Rev, string(base), media, string(codingOf(r)), s.config.Build))
	h["Cache-Control"], h["Vary"] = checkEachTime, varying
	h.Set("Content-Type", media)
	sayCRS(h, crs.CRS84)
	status := http.StatusOK
	if r.Method == http.MethodPost {
		status = http.StatusCreated
		h.Set("Location", self)
	}
	v.markRecords(&f)
	b := v.bodyOf(r, status)
	b.B = geojson.AppendGeoFeature(b.B, schema, &f)
	b.B = appendItemLinks(b.B[:len(b.B)-1], self, base.Collection(schema.Name, ""), params.Profile{})
	_, err := b.Close()
	return err
}

// single takes the place in a batch of one off an error.
func single(err error) error {
	var e *geo.Error
	if !errors.As(err, &e) || !strings.HasPrefix(e.Where, "changes[0]") {
		return err
	}
	plain := *e
	plain.Where = strings.TrimPrefix(strings.TrimPrefix(e.Where, "changes[0]"), ".")
	if _, raced := err.(race); raced {
		return race{&plain}
	}
	return &plain
}
