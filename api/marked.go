package api

import "bivouac/geo"

// markClass takes one record or document into the marking of the answer.
func (v *visit) markClass(c geo.Class) {
	if c > geo.Unclassified {
		v.mark(1, c)
	}
}

// markRecords takes records into the marking; nil is none.
func (v *visit) markRecords(list ...*geo.Feature) {
	for _, f := range list {
		if f != nil {
			v.markClass(f.Class)
		}
	}
}

// markDocs does so for documents.
func (v *visit) markDocs(list ...*geo.Doc) {
	for _, d := range list {
		if d != nil {
			v.markClass(d.Class)
		}
	}
}
