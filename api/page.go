package api

import (
	"context"
	"math"
	"sync"

	"bivouac/api/encode"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
	"bivouac/geo/proximity"
)

// page is the rows of one answer. They are gathered before the first byte is
// sent, so that an error of the search is still an answer of its own and the
// headers can say how many there are.
type page struct {
	rows    []geo.Row
	hits    []proximity.Hit // instead of rows, where the question was near
	matched int
	next    geo.Cursor // the place behind the last row, where more follow
	tally   layer.Tally
}

var pages = sync.Pool{New: func() any { return &page{} }}

// release gives the page back without the layers that its rows hold.
func (p *page) release() {
	clear(p.rows)
	clear(p.hits)
	*p = page{rows: p.rows[:0], hits: p.hits[:0]}
	pages.Put(p)
}

func (p *page) len() int { return len(p.rows) + len(p.hits) }

// readPage asks the layer.
func readPage(ctx context.Context, l *layer.Layer, q *params.Items) (*page, error) {
	p := pages.Get().(*page)
	err := p.read(ctx, l, q)
	if err != nil {
		p.release()
		return nil, err
	}
	return p, nil
}

func (p *page) read(ctx context.Context, l *layer.Layer, q *params.Items) error {
	if !q.Hits {
		// One row more than the page holds says whether there is a next one.
		s := q.Select
		s.Limit++
		if err := p.gather(layer.Watch(ctx, &p.tally), l, q, s); err != nil {
			return err
		}
		if err := p.cut(&q.Select); err != nil {
			return err
		}
		p.classify()
	}
	if !q.Hits && q.Select.After.Order == geo.FromStart && p.next.Order == geo.FromStart {
		p.matched = p.len()
		return nil
	}
	return p.count(ctx, l, q)
}

// count counts all that match. They tell of every record among them, so those
// say how high the answer is classified, and not the page alone; but for the k
// nearest, whose number tells nothing of the others.
func (p *page) count(ctx context.Context, l *layer.Layer, q *params.Items) (err error) {
	var counted layer.Tally
	ctx = layer.Watch(ctx, &counted)
	if q.Near.Near != nil {
		p.matched, err = proximity.Count(ctx, l, q.Near, q.Select)
	} else {
		p.matched, err = l.Count(ctx, q.Select)
	}
	if q.Near.K > 0 && !q.Hits {
		counted.Plain()
	} else {
		p.tally.Plain()
	}
	p.tally.Add(counted)
	return err
}

// classify counts the classified rows of the page itself: the walk saw others.
func (p *page) classify() {
	if p.tally.Classified == 0 {
		return
	}
	p.tally.Plain()
	for _, r := range p.rows {
		p.tally.See(r)
	}
	for _, h := range p.hits {
		p.tally.See(h.Row)
	}
}

func (p *page) gather(ctx context.Context, l *layer.Layer, q *params.Items, s geo.Selection) error {
	if q.Near.Near != nil {
		hits, failed := proximity.Search(ctx, l, q.Near, s)
		for h := range hits {
			p.hits = append(p.hits, h)
		}
		return failed()
	}
	rows, failed := l.Select(ctx, s)
	for r := range rows {
		p.rows = append(p.rows, r)
	}
	return failed()
}

// maxCursor is how long the place behind a page may be as text: with all else
// that a question holds, it must go into an address.
const maxCursor = 16 << 10

// cut takes the row beyond the page off and keeps the place before it.
func (p *page) cut(s *geo.Selection) error {
	limit := s.Limit
	if len(p.hits) > limit {
		p.hits = p.hits[:limit]
		last := p.hits[limit-1]
		p.next = geo.MetresCursor(last.Metres, last.Row.Key())
	}
	if len(p.rows) > limit {
		p.rows = p.rows[:limit]
		p.next = layer.CursorAfter(p.rows[limit-1], s.Sort)
		if len(p.next.Values) > maxCursor {
			return geo.Errorf(geo.Invalid, "sortby", "record %d, where the page ends, holds a text too long for the link to the next one; sort by another field, or ask for the export", p.rows[limit-1].Key())
		}
	}
	return nil
}

// breath is how many features are written between two looks whether the reader
// is still there.
const breath = 64

// besideNear is what a record near a shape brings.
var besideNear = []geo.Field{{Name: "distance_m", Kind: geo.KindFloat}, {Name: "bearing_deg", Kind: geo.KindFloat}}

// stream appends the features, and sends them piece by piece.
func (p *page) stream(ctx context.Context, b *encode.Body, e *geojson.Encoder) error {
	for i := range p.len() {
		if i > 0 {
			b.B = append(b.B, ',')
		}
		b.B = p.appendFeature(b.B, e, i)
		if err := b.Spill(); err != nil {
			return err
		}
		if i%breath == breath-1 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// appendFeature adds one of the records.
func (p *page) appendFeature(b []byte, e *geojson.Encoder, i int) []byte {
	if i >= len(p.hits) {
		return e.AppendFeature(b, p.rows[i])
	}
	metres, bearing := besideOf(&p.hits[i])
	return e.AppendFeature(b, p.hits[i].Row, geojson.Property{Name: besideNear[0].Name, Value: metres}, geojson.Property{Name: besideNear[1].Name, Value: bearing})
}

// writeTo writes the records into a file.
func (p *page) writeTo(w RowWriter) error {
	var beside [2]geo.Value
	for i := range p.hits {
		beside[0], beside[1] = besideOf(&p.hits[i])
		if err := w.Write(p.hits[i].Row, beside[:]); err != nil {
			return err
		}
	}
	for _, r := range p.rows {
		if err := w.Write(r, nil); err != nil {
			return err
		}
	}
	return nil
}

// row returns one of the records.
func (p *page) row(i int) geo.Row {
	if i < len(p.hits) {
		return p.hits[i].Row
	}
	return p.rows[i]
}

// besideOf keeps what the method can vouch for: millimetres, and a
// ten-thousandth of a degree.
func besideOf(h *proximity.Hit) (metres, bearing geo.Value) {
	return geo.Float(round(h.Metres, 1e3)), geo.Float(math.Mod(round(h.Bearing, 1e4), 360))
}

func round(f, scale float64) float64 { return math.Round(f*scale) / scale }
