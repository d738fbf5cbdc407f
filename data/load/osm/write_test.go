package osm

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"

	"google.golang.org/protobuf/encoding/protowire"
)

// message writes a protocol buffer field by field.
type message []byte

func (m *message) varint(field protowire.Number, v uint64) {
	*m = protowire.AppendVarint(protowire.AppendTag(*m, field, protowire.VarintType), v)
}

func (m *message) bytes(field protowire.Number, b []byte) {
	*m = protowire.AppendBytes(protowire.AppendTag(*m, field, protowire.BytesType), b)
}

func (m *message) text(field protowire.Number, s string) { m.bytes(field, []byte(s)) }

func packed(values ...uint64) (b []byte) {
	for _, v := range values {
		b = protowire.AppendVarint(b, v)
	}
	return b
}

// deltas are the zigzag differences of ids.
func deltas(ids ...int64) []byte {
	var out []uint64
	last := int64(0)
	for _, id := range ids {
		out = append(out, protowire.EncodeZigZag(id-last))
		last = id
	}
	return packed(out...)
}

// block frames a block, packed by zlib or not.
func block(kind string, data []byte, pack bool) []byte {
	var blob message
	if pack {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		_, _ = w.Write(data)
		_ = w.Close()
		blob.varint(2, uint64(len(data)))
		blob.bytes(3, z.Bytes())
	} else {
		blob.bytes(1, data)
	}
	var head message
	head.text(1, kind)
	head.varint(3, uint64(len(blob)))
	out := binary.BigEndian.AppendUint32(nil, uint32(len(head)))
	return append(append(out, head...), blob...)
}

func headerOf(features ...string) []byte {
	var h message
	for _, f := range features {
		h.text(4, f)
	}
	return block(headerBlock, h, false)
}

// table is a block's table of texts.
type table []string

func (t *table) of(s string) uint64 {
	if len(*t) == 0 {
		*t = table{""}
	}
	for i, known := range *t {
		if known == s {
			return uint64(i)
		}
	}
	*t = append(*t, s)
	return uint64(len(*t) - 1)
}

func (t *table) tags(to *message, tags tags) {
	var keys, values []uint64
	for _, x := range tags {
		keys, values = append(keys, t.of(x.key)), append(values, t.of(x.value))
	}
	to.bytes(2, packed(keys...))
	to.bytes(3, packed(values...))
}

// pbf writes a file of a block of nodes and one of ways and relations.
func pbf(dense bool, nodes []node, ways []way, relations []relation) []byte {
	out := headerOf("OsmSchema-V0.6", "DenseNodes")
	var t table
	t.of("")
	var group message
	if dense {
		group.bytes(2, denseOf(&t, nodes))
	} else {
		for _, n := range nodes {
			var m message
			m.varint(1, protowire.EncodeZigZag(n.id))
			t.tags(&m, n.tags)
			m.varint(8, protowire.EncodeZigZag(int64(n.at.lat)))
			m.varint(9, protowire.EncodeZigZag(int64(n.at.lon)))
			group.bytes(1, m)
		}
	}
	out = append(out, block(dataBlock, t.block(group), true)...)
	t, group = nil, nil
	t.of("")
	for _, w := range ways {
		var m message
		m.varint(1, uint64(w.id))
		t.tags(&m, w.tags)
		m.bytes(8, deltas(w.nodes...))
		group.bytes(3, m)
	}
	for _, r := range relations {
		var m message
		var roles, kinds []uint64
		var ids []int64
		for _, x := range r.members {
			roles, kinds, ids = append(roles, t.of(x.role)), append(kinds, uint64(x.kind)), append(ids, x.id)
		}
		m.varint(1, uint64(r.id))
		t.tags(&m, r.tags)
		m.bytes(8, packed(roles...))
		m.bytes(9, deltas(ids...))
		m.bytes(10, packed(kinds...))
		group.bytes(4, m)
	}
	return append(out, block(dataBlock, t.block(group), false)...)
}

func denseOf(t *table, nodes []node) message {
	var ids, lats, lons []int64
	var keysValues []uint64
	for _, n := range nodes {
		ids, lats, lons = append(ids, n.id), append(lats, int64(n.at.lat)), append(lons, int64(n.at.lon))
		for _, x := range n.tags {
			keysValues = append(keysValues, t.of(x.key), t.of(x.value))
		}
		keysValues = append(keysValues, 0)
	}
	var m message
	m.bytes(1, deltas(ids...))
	m.bytes(8, deltas(lats...))
	m.bytes(9, deltas(lons...))
	m.bytes(10, packed(keysValues...))
	return m
}

func (t table) block(group message) []byte {
	var texts, out message
	for _, s := range t {
		texts.text(1, s)
	}
	out.bytes(1, texts)
	out.bytes(2, group)
	return out
}
