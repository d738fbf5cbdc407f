package api

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/layer"
)

// item answers one record.
func (s *Server) item(c echo.Context) error {
	q, err := takes(c, "f", "profile", "asof", "version", params.ScenarioParameter, "crs")
	if err != nil {
		return err
	}
	profile, format, err := params.ParseForm(q)
	if err != nil {
		return err
	}
	r, v := c.Request(), visitOf(c)
	media, err := featureMedia(r, format, &profile)
	if err != nil {
		return err
	}
	snap, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	row, err := s.find(c, l, c.Param("key"))
	if err != nil {
		return err
	}
	in, err := s.systemOf(c, l, q)
	if err != nil {
		return err
	}
	if err := checkHeld(row, in); err != nil {
		return err
	}
	sayCRS(v.Header(), in)
	v.tally.See(row)
	base, when := s.baseOf(r), askedOf(q)
	if v.fresh(r, media, itemTag(snap.Store, row.Key(), row.Rev(), string(base)+when+profile.Key(), media, string(codingOf(r)), s.config.Build)) {
		return nil
	}
	encoder, pool := s.encoders.take(l.Schema(), look{in: in, profile: profile.Profile})
	defer pool.give(encoder)
	if media == encode.HTML {
		return s.showItem(c, l, row, encoder)
	}
	sayProfile(v.Header(), profile)
	b := v.body(r)
	b.B = encoder.AppendFeature(b.B, row)
	b.B = appendRoot(append(b.B[:len(b.B)-1], ','), base, l.Schema(), in, profile)
	self := base.Collection(l.Schema().Name, "/items/"+strconv.FormatInt(int64(row.Key()), 10)+when)
	b.B = appendItemLinks(b.B[:len(b.B)-1], self, base.Collection(l.Schema().Name, ""), profile)
	_, err = b.Close()
	return err
}

// systemOf reads the reference system that a record is asked for in.
func (s *Server) systemOf(c echo.Context, l *layer.Layer, q params.Query) (crs.System, error) {
	name, given := q.Take("crs")
	if !given {
		return crs.CRS84, nil
	}
	in, err := params.ParseSystem("crs", name)
	if err != nil {
		return in, err
	}
	return in, s.checkListed(c, l, "crs", in)
}

// askedOf returns the part of a query that asks for a past state, a
// scenario or a reference system, for links.
func askedOf(q params.Query) string {
	out, mark := "", "?"
	for _, name := range []string{"asof", "version", params.ScenarioParameter, "crs"} {
		if value, ok := q.Take(name); ok {
			out += mark + name + "=" + url.QueryEscape(value)
			mark = "&"
		}
	}
	return out
}

// find returns the record that the text names. One that was there and is not
// any longer is told apart from one that never was, so that it can be got back.
func (s *Server) find(c echo.Context, l *layer.Layer, text string) (geo.Row, error) {
	key := keyOf(text)
	if row, ok := l.Find(key, s.readerOf(c)); ok {
		return row, nil
	}
	if gone := s.removed(c, l, key); gone != nil {
		return geo.Row{}, gone
	}
	return geo.Row{}, geo.Errorf(geo.NotFound, "key", "%s has no record %q", l.Schema().Name, text)
}

// removed returns the error of a record that the reader saw once, nil for any
// other. A record that moved out of his sight is removed, as far as he knows.
func (s *Server) removed(c echo.Context, l *layer.Layer, key geo.Key) error {
	if s.config.Past == nil || visitOf(c).past || key == 0 {
		return nil
	}
	name := l.Schema().Name
	past, err := s.config.Past.History(c.Request().Context(), name, key, s.readerOf(c))
	if err != nil || len(past) == 0 || past[0].After != nil {
		return nil // the plain answer is right, too
	}
	return geo.Errorf(geo.NotFound, "key",
		"the record %d of %s was removed by version %d; /api/collections/%s/items/%d/history shows what it was, and POST /api/changes/%d/undo brings it back",
		key, name, past[0].Version, name, key, past[0].Version)
}

// itemTag tells a record's forms apart.
func itemTag(store string, key geo.Key, rev geo.Version, form ...string) string {
	return tagOf(rev, append([]string{store, strconv.FormatInt(int64(key), 10)}, form...)...)
}

// tagOf begins with a revision, which is all that an edit has to compare; what
// follows tells the forms of it apart.
func tagOf(rev geo.Version, form ...string) string {
	parts := make([][]byte, len(form))
	for i, f := range form {
		parts[i] = []byte(f)
	}
	return `"` + strconv.FormatInt(int64(rev), 10) + "-" + encode.Tag(parts...)[1:]
}

// appendItemLinks goes on behind the last member of a feature.
func appendItemLinks(b []byte, self, collection string, p params.Profile) []byte {
	b = append(b, `,"links":[{"rel":"self","type":"application/geo+json","href":"`...)
	b = append(b, self...)
	if p.Given {
		b = append(append(b, "?&"[min(1, 1+strings.IndexByte(self, '?'))]), "profile="...)
		b = append(b, p.String()...)
		b = append(append(b, `"},{"rel":"profile","href":"`...), p.URI()...)
	}
	b = append(b, `"},{"rel":"alternate","type":"text/html","href":"`...)
	b = append(append(b, self...), "?f=html"...)
	if at := strings.IndexByte(self, '?'); at >= 0 {
		b[len(b)-len("?f=html")] = '&'
	}
	b = append(b, `"},{"rel":"collection","type":"application/json","href":"`...)
	b = append(b, collection...)
	return append(b, "\"}]}\n"...)
}
