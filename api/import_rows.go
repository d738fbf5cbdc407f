package api

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/staging"
)

const csvType = "text/csv; charset=utf-8"

// importRows answers rows of one kind: to be read, drawn, or mended.
func (s *Server) importRows(c echo.Context) error {
	asked, err := params.ParseImportRows(c.Request().URL.RawQuery)
	if err != nil {
		return err
	}
	owner := s.ownerOf(c)
	i, err := s.config.Imports.Find(c.Param("import"), owner)
	if err != nil {
		return err
	}
	if asked.Kind == staging.Refused && asked.Form != "json" && !asked.Paged {
		return s.sendRefused(c, &i, asked)
	}
	page, err := s.config.Imports.Rows(i.ID, owner, asked.Query)
	if err != nil {
		return err
	}
	v := visitOf(c)
	for n := range page.Rows {
		v.markRow(&page.Rows[n])
	}
	v.markImport(&i)
	links := s.rowLinks(c, asked.Query, page.Next)
	if asked.Form == "geojson" {
		return s.sendDrawn(c, &page, links)
	}
	h := v.Header()
	h.Set("Content-Type", encode.JSON)
	h.Set("Cache-Control", "no-store")
	b := v.body(c.Request())
	b.B = append(b.B, `{"kind":`...)
	b.B = geojson.AppendString(b.B, string(asked.Kind))
	b.B = append(b.B, `,"numberMatched":`...)
	b.B = strconv.AppendInt(b.B, int64(matchedOf(&i, asked.Kind)), 10)
	b.B = append(appendJSON(append(b.B, `,"columns":`...), append([]string{}, page.Columns...)), `,"rows":[`...)
	for n := range page.Rows {
		if n > 0 {
			b.B = append(b.B, ',')
		}
		if b.B, err = appendImportRow(b.B, &page.Schema, &page.Rows[n]); err != nil {
			b.Drop()
			return err
		}
	}
	b.B = append(appendJSON(append(b.B, `],"links":`...), links), '}')
	_, err = b.Close()
	return err
}

func matchedOf(i *staging.Import, k staging.Kind) int {
	if i.Counts == nil {
		return 0
	}
	return *i.Counts.Of(k)
}

func (v *visit) markRow(r *staging.Row) {
	for _, f := range []*geo.Feature{r.Before, r.After} {
		if f != nil {
			v.markRecords(f)
		}
	}
}

func (s *Server) rowLinks(c echo.Context, q staging.Query, next string) []ogc.Link {
	path := s.baseOf(c.Request()).API("/imports/" + c.Param("import"))
	links := []ogc.Link{{Href: path, Rel: "up", Type: encode.JSON, Title: "The import"}}
	if next != "" {
		query := url.Values{"kind": {string(q.Kind)}, "limit": {strconv.Itoa(q.Limit)}, "after": {next}}
		if f := c.QueryParam("f"); f != "" {
			query.Set("f", f)
		}
		links = append(links, ogc.Link{Href: path + "/rows?" + query.Encode(), Rel: "next", Type: encode.JSON, Title: "More"})
	}
	return links
}

// appendImportRow adds a row as JSON.
func appendImportRow(b []byte, s *geo.Schema, r *staging.Row) ([]byte, error) {
	b = append(geojson.AppendString(append(b, `{"kind":`...), string(r.Kind)), `,"row":`...)
	b = strconv.AppendInt(b, int64(r.Row), 10)
	if r.Line > 0 {
		b = strconv.AppendInt(append(b, `,"line":`...), int64(r.Line), 10)
	}
	if r.Key > 0 {
		b = strconv.AppendInt(append(b, `,"key":`...), int64(r.Key), 10)
	}
	if r.SourceID != "" {
		b = geojson.AppendString(append(b, `,"source_id":`...), r.SourceID)
	}
	if r.Kind == staging.Refused {
		b = geojson.AppendString(append(b, `,"field":`...), r.Field)
		b = geojson.AppendString(append(b, `,"reason":`...), r.Reason)
		b = geojson.AppendValue(append(b, `,"reason_said":`...), r.Said.Record())
	}
	b = append(b, `,"fields":[`...)
	for i, name := range r.Fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = geojson.AppendString(append(b, `{"name":`...), name)
		b = staging.AppendPart(append(b, `,"before":`...), s, r.Before, name)
		b = append(staging.AppendPart(append(b, `,"after":`...), s, r.After, name), '}')
	}
	b = append(b, `],"feature":`...)
	b, err := appendDrawn(b, s, r)
	return append(b, '}'), err
}

// appendDrawn adds the record of a row as a GeoJSON feature.
func appendDrawn(b []byte, s *geo.Schema, r *staging.Row) ([]byte, error) {
	switch {
	case r.After != nil:
		return geojson.AppendGeoFeature(b, s, r.After), nil
	case r.Before != nil:
		return geojson.AppendGeoFeature(b, s, r.Before), nil
	case r.Kind == staging.Refused:
		return staging.AppendRefused(b, r)
	}
	return append(b, "null"...), nil
}

// sendDrawn answers the rows as features, to be drawn.
func (s *Server) sendDrawn(c echo.Context, page *staging.Page, links []ogc.Link) error {
	v := visitOf(c)
	v.Header().Set("Content-Type", encode.GeoJSON)
	v.Header().Set("Cache-Control", "no-store")
	b := v.body(c.Request())
	b.B = append(b.B, `{"type":"FeatureCollection","numberReturned":`...)
	b.B = append(strconv.AppendInt(b.B, int64(len(page.Rows)), 10), `,"features":[`...)
	for n := range page.Rows {
		if n > 0 {
			b.B = append(b.B, ',')
		}
		var err error
		if b.B, err = appendDrawn(b.B, &page.Schema, &page.Rows[n]); err != nil {
			b.Drop()
			return err
		}
	}
	b.B = append(appendJSON(append(b.B, `],"links":`...), links), '}')
	_, err := b.Close()
	return err
}

// refusedPage is how many refused rows are at hand at a time.
const refusedPage = 1000

// sendRefused answers all refused rows in a file that can be mended.
func (s *Server) sendRefused(c echo.Context, i *staging.Import, asked params.ImportRows) error {
	v, owner := visitOf(c), s.ownerOf(c)
	q := staging.Query{Kind: staging.Refused, Limit: refusedPage}
	page, err := s.config.Imports.Rows(i.ID, owner, q)
	if err != nil {
		return err
	}
	v.markImport(i)
	h := v.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", `attachment; filename="refused.`+asked.Form+`"`)
	h.Set("Content-Type", csvType)
	if asked.Form == "geojson" {
		h.Set("Content-Type", encode.GeoJSON)
	}
	b := v.bodyOf(c.Request(), http.StatusOK)
	mend := staging.NewMendCSV(spilling{b}, page.Columns)
	if asked.Form == "geojson" {
		mend = staging.NewMendGeoJSON(spilling{b})
	}
	for err == nil {
		for n := 0; n < len(page.Rows) && err == nil; n++ {
			err = mend.Write(&page.Rows[n])
		}
		if q.After = page.Next; q.After == "" || err != nil {
			break
		}
		page, err = s.config.Imports.Rows(i.ID, owner, q)
	}
	if err == nil {
		err = mend.Close()
	}
	if err != nil {
		b.Drop()
		return err
	}
	_, err = b.Close()
	return err
}
