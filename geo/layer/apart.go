package layer

import "bivouac/geo"

// Apart returns the layer with a delta of its own, over the same packed base:
// whoever asks what would be if may call [Layer.With] on it, while the writer
// goes on with l. It copies the rows outside the base, and nothing else.
func (l *Layer) Apart() (*Layer, error) {
	e := (&Layer{schema: l.schema, base: l.base, dead: l.dead, delta: newDelta(l.schema), marks: l.marks}).edit()
	for _, k := range l.delta.byKey {
		f := geo.RowOf(l.delta.page, k.row).Feature()
		n := e.rows.page.n
		if err := e.add(&f); err != nil {
			return nil, err
		}
		e.byKey[k.key] = int64(n)
	}
	return e.layer(), nil
}
