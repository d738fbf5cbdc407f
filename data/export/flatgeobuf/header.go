package flatgeobuf

import flatbuffers "github.com/google/flatbuffers/go"

// header is the table Header behind its length.
func (w *Writer) header() []byte {
	b, h := flatbuffers.NewBuilder(1024), &w.head
	columns := make([]flatbuffers.UOffsetT, len(h.Columns))
	for i := range h.Columns {
		columns[i] = h.Columns[i].append(b)
	}
	list := b.CreateVectorOfTables(columns)
	system := w.system(b)
	name, title, description, metadata := b.CreateString(h.Name), optional(b, h.Title), optional(b, h.Description), optional(b, h.Metadata)
	var envelope flatbuffers.UOffsetT
	if w.placed {
		envelope = w.envelope(b)
	}
	kind := w.kind
	if w.mixed {
		kind = 0
	}
	size := uint16(0)
	if w.indexed() {
		size = nodeSize
	}
	b.StartObject(14)
	b.PrependUOffsetTSlot(0, name, 0)
	b.PrependUOffsetTSlot(1, envelope, 0)
	b.PrependByteSlot(2, kind, 0)
	b.PrependBoolSlot(3, h.Heights, false)
	b.PrependUOffsetTSlot(7, list, 0)
	b.PrependUint64Slot(8, w.n, 0)
	b.PrependUint16Slot(9, size, nodeSize)
	b.PrependUOffsetTSlot(10, system, 0)
	b.PrependUOffsetTSlot(11, title, 0)
	b.PrependUOffsetTSlot(12, description, 0)
	b.PrependUOffsetTSlot(13, metadata, 0)
	b.FinishSizePrefixed(b.EndObject())
	return b.FinishedBytes()
}

// envelope is the envelope: west, south, east, north.
func (w *Writer) envelope(b *flatbuffers.Builder) flatbuffers.UOffsetT {
	b.StartVector(8, 4, 8)
	for _, f := range [4]float64{w.bound.Max[1], w.bound.Max[0], w.bound.Min[1], w.bound.Min[0]} {
		b.PrependFloat64(f)
	}
	return b.EndVector(4)
}

func optional(b *flatbuffers.Builder, s string) flatbuffers.UOffsetT {
	if s == "" {
		return 0
	}
	return b.CreateString(s)
}

func (c *Column) append(b *flatbuffers.Builder) flatbuffers.UOffsetT {
	name, title, description := b.CreateString(c.Name), optional(b, c.Title), optional(b, c.Description)
	b.StartObject(11)
	b.PrependUOffsetTSlot(0, name, 0)
	b.PrependByteSlot(1, byte(c.Type), 0)
	b.PrependUOffsetTSlot(2, title, 0)
	b.PrependUOffsetTSlot(3, description, 0)
	return b.EndObject()
}

func (w *Writer) system(b *flatbuffers.Builder) flatbuffers.UOffsetT {
	org, name, text := b.CreateString("EPSG"), optional(b, w.head.System), optional(b, w.head.WKT)
	b.StartObject(6)
	b.PrependUOffsetTSlot(0, org, 0)
	b.PrependInt32Slot(1, int32(w.head.EPSG), 0)
	b.PrependUOffsetTSlot(2, name, 0)
	b.PrependUOffsetTSlot(4, text, 0)
	return b.EndObject()
}
