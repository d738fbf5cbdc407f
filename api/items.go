package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
)

// itemsAnswer is a list of records in the making.
type itemsAnswer struct {
	question params.Items
	layer    *layer.Layer
	moment   layer.Moment // when the layer last changed for this reader
	store    string
	base     ogc.Base
	media    string
	page     *page
}

// items answers a list of records.
func (s *Server) items(c echo.Context) error {
	r, v := c.Request(), visitOf(c)
	snap, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	q, err := params.ParseItems(r.URL.RawQuery, l.Schema(), s.readerOf(c), s.fileForms...)
	if err != nil {
		return err
	}
	if slices.Contains(s.fileForms, q.Format) {
		return s.itemsFile(c, snap, l, q)
	}
	media, err := featureMedia(r, q.Format, &q.Profile)
	if err != nil {
		return err
	}
	if media == encode.HTML && !q.Given("limit") {
		q.Select.Limit = sheetRows
	}
	if err := s.checkSystems(c, l, &q); err != nil {
		return err
	}
	sayCRS(v.Header(), q.CRS)
	a := itemsAnswer{question: q, layer: l, moment: snap.Changed(q.Select.Reader, l), store: snap.Store, base: s.baseOf(r), media: media}
	v.version = a.moment.Version
	if v.fresh(r, media, a.tag(r, s.config.Build)) {
		return nil
	}
	if a.page, err = readPage(r.Context(), l, &a.question); err != nil {
		return err
	}
	defer a.page.release()
	if err := a.page.checkHeld(q.CRS); err != nil {
		return err
	}
	v.tally.Add(a.page.tally)
	a.headers(v.Header())
	encoder, pool := s.encoders.take(l.Schema(), look{q.CRS, q.Fields, q.Offset, q.Profile.Profile})
	defer pool.give(encoder)
	if media == encode.HTML {
		return s.showItems(c, &a, encoder)
	}
	return a.send(r.Context(), v.body(r), encoder)
}

// featureMedia is the type of records that are read, and the profile where that
// follows from it. Programs that ask for plain JSON get the same bytes under that
// name, and a browser a page.
func featureMedia(r *http.Request, format string, p *params.Profile) (string, error) {
	switch {
	case format == "html":
		return encode.HTML, nil
	case format != "":
		return encode.GeoJSON, nil
	case p.Given:
		return encode.Negotiate(r.Header.Get("Accept"), encode.GeoJSON, encode.JSON, encode.JSONFG)
	}
	media, err := encode.Negotiate(r.Header.Get("Accept"), encode.GeoJSON, encode.JSON, encode.HTML, encode.JSONFG)
	if media == encode.JSONFG {
		*p = params.Profile{Profile: geojson.JSONFG, Given: true}
	}
	return media, err
}

// sayProfile names the profile in a header where it was asked for.
func sayProfile(h http.Header, p params.Profile) {
	if p.Given {
		h.Add("Link", "<"+p.URI()+`>; rel="profile"`)
	}
}

// tag is a hash of all that the answer follows from: an edit of what this
// reader may not see moves nothing.
func (a *itemsAnswer) tag(r *http.Request, build string) string {
	b := make([]byte, 0, 512)
	b = append(b, a.layer.Schema().Name...)
	b = append(b, '\n')
	b = a.question.Append(b)
	b = append(b, '\n')
	b = a.question.AppendSelf(b)
	version := strconv.AppendInt(make([]byte, 0, 20), int64(a.moment.Version), 10)
	return encode.Tag(b, version, []byte(a.store), []byte(a.base), []byte(a.media), []byte(codingOf(r)), []byte(build))
}

// maxLinkHeader is the longest next link that goes into a header, too. The
// body always has it.
const maxLinkHeader = 2 << 10

// nextMedia is the type of the next page: GeoJSON goes by one name.
func nextMedia(media string) string {
	switch media {
	case encode.JSON, encode.HTML, encode.JSONFG:
		return encode.GeoJSON
	}
	return media
}

func (a *itemsAnswer) headers(h http.Header) {
	id := a.layer.Schema().Name
	links := []string{"<" + a.base.Collection(id, "/queryables") + `>; rel="` + ogc.RelQueryables + `"; type="application/schema+json"`}
	if a.page.next.Order != geo.FromStart {
		if next := a.appendNext(nil); len(next) <= maxLinkHeader {
			links = append(links, "<"+string(next)+`>; rel="next"; type="`+nextMedia(a.media)+`"`)
		}
	}
	h["Link"] = links
	sayProfile(h, a.question.Profile)
	h["Ogc-Numbermatched"] = []string{strconv.Itoa(a.page.matched)}
	h["Ogc-Numberreturned"] = []string{strconv.Itoa(a.page.len())}
}

// send streams the answer.
func (a *itemsAnswer) send(ctx context.Context, b *encode.Body, encoder *geojson.Encoder) error {
	b.B = append(b.B, `{"type":"FeatureCollection",`...)
	b.B = appendRoot(b.B, a.base, a.layer.Schema(), a.question.CRS, a.question.Profile)
	if a.question.Profile.Profile != geojson.RFC7946 {
		b.B = append(geojson.AppendDimension(b.B[:len(b.B)-1], a.layer.Schema()), ',')
	}
	b.B = append(b.B, `"numberMatched":`...)
	b.B = strconv.AppendInt(b.B, int64(a.page.matched), 10)
	b.B = append(b.B, `,"numberReturned":`...)
	b.B = strconv.AppendInt(b.B, int64(a.page.len()), 10)
	if a.moment.Version > 0 {
		b.B = append(b.B, `,"timeStamp":"`...)
		b.B = append(a.moment.At.Append(b.B), '"')
	}
	b.B = a.appendLinks(append(b.B, `,"links":[`...))
	b.B = append(b.B, `],"features":[`...)
	if err := a.page.stream(ctx, b, encoder); err != nil {
		b.Drop()
		return err
	}
	b.B = append(b.B, "]}\n"...)
	_, err := b.Close()
	return err
}

// appendRoot adds the members that an answer in JSON-FG has at its root, with a
// comma behind; nothing to plain GeoJSON.
func appendRoot(b []byte, base ogc.Base, s *geo.Schema, in crs.System, p params.Profile) []byte {
	if p.Profile == geojson.RFC7946 {
		return b
	}
	uri := ""
	if in != crs.CRS84 {
		uri = in.URI()
	}
	b = append(geojson.AppendRoot(b, s, uri), `,"featureSchema":"`...)
	return append(append(b, base.Collection(s.Name, "/schema")...), `",`...)
}

func (a *itemsAnswer) appendLinks(b []byte) []byte {
	id := a.layer.Schema().Name
	media := encode.GeoJSON
	if a.media == encode.JSONFG {
		media = a.media // clients that ask for it page by links of that type
	}
	b = append(append(b, `{"rel":"self","type":"`...), media...)
	b = append(b, `","title":"This document","href":"`...)
	b = append(b, a.base.Collection(id, "/items")...)
	b = a.question.AppendSelf(b)
	b = append(b, `"},{"rel":"alternate","type":"text/html","title":"This document for people","href":"`...)
	b = append(b, a.base.Collection(id, "/items")...)
	b = a.question.AppendForm(b, "html")
	b = append(b, `"},{"rel":"collection","type":"application/json","title":"The collection","href":"`...)
	b = append(b, a.base.Collection(id, "")...)
	if a.question.Profile.Given {
		b = append(append(b, `"},{"rel":"profile","href":"`...), a.question.Profile.URI()...)
	}
	if a.page.next.Order != geo.FromStart {
		b = append(append(b, `"},{"rel":"next","type":"`...), media...)
		b = append(b, `","title":"Next page","href":"`...)
		b = a.appendNext(b)
	}
	return append(b, `"}`...)
}

func (a *itemsAnswer) appendNext(b []byte) []byte {
	b = append(b, a.base.Collection(a.layer.Schema().Name, "/items?")...)
	return a.question.AppendNext(b, a.page.next)
}
