package api

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// item answers one record.
func (s *Server) item(c echo.Context) error {
	q, err := takes(c, "f")
	if err != nil {
		return err
	}
	format, given := q.Take("f")
	if given {
		if format, err = params.ParseFormat(format, "json", "geojson"); err != nil {
			return err
		}
	}
	r, v := c.Request(), visitOf(c)
	media, err := featureMedia(r, format)
	if err != nil {
		return err
	}
	snap, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	row, err := find(l, c.Param("key"), s.readerOf(c))
	if err != nil {
		return err
	}
	v.tally.See(row)
	base := s.baseOf(r)
	if v.fresh(r, media, itemTag(snap.Store, row, string(base), media, string(codingOf(r)), s.config.Build)) {
		return nil
	}
	b := v.body(r)
	encoder, pool := s.encoders.take(l.Schema())
	defer pool.give(encoder)
	b.B = encoder.AppendFeature(b.B, row)
	self := base.Collection(l.Schema().Name, "/items/"+strconv.FormatInt(int64(row.Key()), 10))
	b.B = appendItemLinks(b.B[:len(b.B)-1], self, base.Collection(l.Schema().Name, ""))
	_, err = b.Close()
	return err
}

func find(l *layer.Layer, text string, r geo.Reader) (geo.Row, error) {
	key, err := strconv.ParseInt(text, 10, 64)
	if err == nil {
		if row, ok := l.Find(geo.Key(key), r); ok {
			return row, nil
		}
	}
	return geo.Row{}, geo.Errorf(geo.NotFound, "key", "%s has no record %q", l.Schema().Name, text)
}

// itemTag begins with the record's revision, which is all that an edit has to
// compare; what follows tells the forms of it apart.
func itemTag(store string, row geo.Row, form ...string) string {
	parts := [][]byte{[]byte(store), strconv.AppendInt(nil, int64(row.Key()), 10)}
	for _, f := range form {
		parts = append(parts, []byte(f))
	}
	return `"` + strconv.FormatInt(int64(row.Rev()), 10) + "-" + encode.Tag(parts...)[1:]
}

// appendItemLinks goes on behind the last member of a feature.
func appendItemLinks(b []byte, self, collection string) []byte {
	b = append(b, `,"links":[{"rel":"self","type":"application/geo+json","href":"`...)
	b = append(b, self...)
	b = append(b, `"},{"rel":"collection","type":"application/json","href":"`...)
	b = append(b, collection...)
	return append(b, "\"}]}\n"...)
}
