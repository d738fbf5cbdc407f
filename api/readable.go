package api

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/webpage"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
)

// sheetRows are the records of a page for people that does not say how many.
const sheetRows = 100

// readable sends a document as JSON, or as a page where a browser asks or
// f=html says so; fill adds to the page what the document does not hold.
func (s *Server) readable(c echo.Context, value any, fill func(*webpage.Sheet)) error {
	return s.readableText(c, appendJSON(nil, value), fill, encode.JSON)
}

// readableText sends the text of a document in one of the types, the usual one
// first, or as a page.
func (s *Server) readableText(c echo.Context, text []byte, fill func(*webpage.Sheet), types ...string) error {
	media, err := documentMedia(c, types)
	if err != nil {
		return err
	}
	if media != encode.HTML {
		return s.text(c, media, text)
	}
	document, err := webpage.Read(text)
	if err != nil {
		return err
	}
	p := s.sheet(c, title(document))
	p.Links, p.Rest = webpage.Links(document), webpage.Without(document, "links", "title", "id", "description", "classification")
	p.About, _ = webpage.Find(document, "description").(string)
	fill(&p)
	return s.text(c, encode.HTML, appendSheet(c, &p))
}

// documentMedia reads f, and where it says nothing, what the client accepts.
func documentMedia(c echo.Context, types []string) (string, error) {
	r := c.Request()
	f := r.URL.Query().Get("f")
	if f == "" {
		return encode.Negotiate(r.Header.Get("Accept"), append(types, encode.HTML)...)
	}
	f, err := params.ParseFormat(f, "json", "html")
	return map[string]string{"json": types[0], "html": encode.HTML}[f], err
}

func title(document any) string {
	for _, name := range []string{"title", "id"} {
		if t, _ := webpage.Find(document, name).(string); t != "" {
			return t
		}
	}
	return ""
}

// appendSheet ends a page: how it is marked, and what a browser is to hold it to.
func appendSheet(c echo.Context, p *webpage.Sheet) []byte {
	v := visitOf(c)
	v.secure()
	p.Marked = v.tally.Highest.String()
	return p.Append(nil)
}

// sendSheet sends a page of records, whose tag has been compared.
func sendSheet(c echo.Context, p *webpage.Sheet) error {
	text := appendSheet(c, p)
	return visitOf(c).body(c.Request()).All(text)
}

// sheet begins a page: where it is, and where the same is as JSON.
func (s *Server) sheet(c echo.Context, title string) webpage.Sheet {
	u, base := c.Request().URL, s.baseOf(c.Request())
	p := webpage.Sheet{Title: title, JSON: base.API(strings.TrimPrefix(u.Path, "/api")) + "?" + otherForm(u.RawQuery, "json"), Path: []webpage.Step{{Title: "Map", Href: string(base) + "/"}}}
	steps := strings.Split(strings.Trim(u.Path, "/"), "/")
	for i, step := range steps[:len(steps)-1] {
		if i == 0 {
			step = "API"
		}
		p.Path = append(p.Path, webpage.Step{Title: step, Href: string(base) + "/" + strings.Join(steps[:i+1], "/") + "?f=html"})
	}
	return p
}

// otherForm is a query with another form asked for.
func otherForm(raw, form string) string {
	kept := []string{"f=" + form}
	for pair := range strings.SplitSeq(raw, "&") {
		if pair != "" && !strings.HasPrefix(pair, "f=") {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

// showCollections lists the collections with how many records each has.
func showCollections(list []ogc.Collection) func(*webpage.Sheet) {
	return func(p *webpage.Sheet) {
		p.Title, p.Rest = "Collections", nil
		t := &webpage.Table{Columns: []string{"collection", "records", "with a place", "what it holds"}}
		for i := range list {
			l := &list[i]
			t.Rows = append(t.Rows, webpage.Row{Href: l.Links[0].Href + "?f=html", Cells: []any{
				l.Title, json.Number(strconv.Itoa(l.ItemCount)), json.Number(strconv.Itoa(l.Placed)), l.Description,
			}})
		}
		p.Table = t
	}
}

// showCollection adds a small map of all records, and how to open the collection
// elsewhere.
func (s *Server) showCollection(c echo.Context, p *webpage.Sheet, l *layer.Layer, e layer.Extent) {
	base := s.baseOf(c.Request())
	id := l.Schema().Name
	p.Ways = webpage.Collection(base.API(""), id)
	p.Links = append([]webpage.Link{{Href: base.Collection(id, "/items?f=html"), Rel: "items", Title: "Records as a table and a map"}}, p.Links...)
	if e.Placed == 0 {
		return
	}
	rows, failed := l.Select(watched(c), geo.Selection{Reader: s.readerOf(c)})
	shapes := func(yield func(orb.Geometry) bool) {
		for r := range rows {
			if g := r.Geometry(); g != nil && !yield(g) {
				return
			}
		}
	}
	drawn := webpage.Map(s.land(), orb.Bound{Min: orb.Point{e.Box.West, e.Box.South}, Max: orb.Point{e.Box.East, e.Box.North}}, shapes)
	if failed() == nil { // a reader who left needs no map
		p.Map = drawn
	}
}

// showItems shows one page of records.
func (s *Server) showItems(c echo.Context, a *itemsAnswer, e *geojson.Encoder) error {
	schema := a.layer.Schema()
	p := s.sheet(c, schema.Title)
	if p.Title == "" {
		p.Title = schema.Name
	}
	p.About = schema.Description
	t, shapes := &webpage.Table{}, []orb.Geometry(nil)
	t.Note = strconv.Itoa(a.page.len()) + " of " + strconv.Itoa(a.page.matched) + " records that match"
	for i := range a.page.len() {
		row := a.page.row(i)
		feature, err := webpage.Read(a.page.appendFeature(nil, e, i))
		if err != nil {
			return err
		}
		t.Add(strconv.FormatInt(int64(row.Key()), 10), a.base.Collection(schema.Name, "/items/"), webpage.Find(feature, "properties"))
		shapes = append(shapes, row.Geometry())
	}
	if a.page.next.Order != geo.FromStart {
		t.Next = a.nextPage()
	}
	p.Table, p.Map = t, s.mapOf(shapes)
	return sendSheet(c, &p)
}

// nextPage is the address of the next page for people.
func (a *itemsAnswer) nextPage() string {
	address, query, _ := strings.Cut(string(a.appendNext(nil)), "?")
	return address + "?" + otherForm(query, "html")
}

// showItem shows one record.
func (s *Server) showItem(c echo.Context, l *layer.Layer, row geo.Row, e *geojson.Encoder) error {
	feature, err := webpage.Read(e.AppendFeature(nil, row))
	if err != nil {
		return err
	}
	p := s.sheet(c, l.Schema().Name+" "+strconv.FormatInt(int64(row.Key()), 10))
	p.Rest = webpage.Without(webpage.Find(feature, "properties"))
	p.Map = s.mapOf([]orb.Geometry{row.Geometry()})
	return sendSheet(c, &p)
}
