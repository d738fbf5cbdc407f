package intake

import (
	"cmp"
	"hash/maphash"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/staging"
)

// book finds the record of a collection that a row of a file is: the one of its
// source id or, where it has none, one without an id that says the same. It
// keeps 16 bytes a record and a bit.
type book struct {
	layer   *layer.Layer // nil holds nothing
	schema  *geo.Schema  // that the collection will have
	move    func([]geo.Value) []geo.Value
	entries []entry // by hash, then key
	met     []bool  // by entry
	seed    maphash.Seed
	b       []byte
}

type entry struct {
	hash uint64
	key  geo.Key
}

func compareEntries(x, y entry) int {
	return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.key, y.key))
}

func newBook(l *layer.Layer, schema *geo.Schema) (*book, error) {
	b := &book{layer: l, schema: schema, seed: maphash.MakeSeed()}
	if l == nil {
		return b, nil
	}
	b.move = layer.Mover(l.Schema(), schema)
	b.entries = make([]entry, 0, l.Rows())
	err := l.Each(func(r geo.Row) error {
		hash, err := b.hashOf(r)
		b.entries = append(b.entries, entry{hash, r.Key()})
		return err
	})
	slices.SortFunc(b.entries, compareEntries)
	b.met = make([]bool, len(b.entries))
	return b, err
}

func (b *book) hashOf(r geo.Row) (uint64, error) {
	if id := r.SourceID(); id != "" {
		return maphash.String(b.seed, id), nil
	}
	f := b.feature(r)
	return b.content(f)
}

// content is the hash of what a record without an id says.
func (b *book) content(f *geo.Feature) (uint64, error) {
	plain := *f
	plain.Extra = nil // is compared by what it says, whatever its bytes
	var err error
	b.b, err = appendContent(b.b[:0], &plain)
	return maphash.Bytes(b.seed, b.b), err
}

// feature returns a record in the fields of the schema.
func (b *book) feature(r geo.Row) *geo.Feature {
	f := r.Feature()
	f.Values = b.move(f.Values)
	return &f
}

// find returns what stands for the record, nil for nothing, and marks it as
// met. A record that the reader does not see does not stand for it, whatever its
// id: missions number their records alike, and a refusal would tell of it. Then
// the id is shared.
func (b *book) find(f *geo.Feature, reader geo.Reader) (stands *geo.Feature, shared bool, err error) {
	if len(b.entries) == 0 {
		return nil, false, nil
	}
	hash := maphash.String(b.seed, f.SourceID)
	if f.SourceID == "" {
		if hash, err = b.content(f); err != nil {
			return nil, false, err
		}
	}
	at, _ := slices.BinarySearchFunc(b.entries, entry{hash: hash}, compareEntries)
	for ; at < len(b.entries) && b.entries[at].hash == hash; at++ {
		if b.met[at] {
			continue
		}
		row, ok := b.layer.Find(b.entries[at].key, geo.Unrestricted())
		if !ok || row.SourceID() != f.SourceID {
			continue
		}
		if !reader.Sees(row.Class(), row.Mission()) {
			shared = true
			continue
		}
		stands := b.feature(row)
		if f.SourceID == "" && len(staging.Diff(b.schema, stands, f)) > 0 {
			continue
		}
		b.met[at] = true
		return stands, false, nil
	}
	return nil, shared, nil
}

// at returns the record of the key, nil where there is none that the reader sees,
// and marks it as met; again says that it was met before.
func (b *book) at(k geo.Key, reader geo.Reader) (stands *geo.Feature, again bool, err error) {
	if k == 0 || b.layer == nil {
		return nil, false, nil
	}
	row, ok := b.layer.Find(k, reader)
	if !ok {
		return nil, false, nil
	}
	hash, err := b.hashOf(row)
	if err != nil {
		return nil, false, err
	}
	at, _ := slices.BinarySearchFunc(b.entries, entry{hash, k}, compareEntries)
	again, b.met[at] = b.met[at], true
	return b.feature(row), again, nil
}

// bears reports whether a record that the reader sees has the source id.
func (b *book) bears(id string, reader geo.Reader) bool {
	hash := maphash.String(b.seed, id)
	at, _ := slices.BinarySearchFunc(b.entries, entry{hash: hash}, compareEntries)
	for ; at < len(b.entries) && b.entries[at].hash == hash; at++ {
		if row, ok := b.layer.Find(b.entries[at].key, reader); ok && row.SourceID() == id {
			return true
		}
	}
	return false
}

// meet marks the record of a source id as met.
func (b *book) meet(id string) {
	if id == "" || len(b.entries) == 0 {
		return
	}
	hash := maphash.String(b.seed, id)
	at, _ := slices.BinarySearchFunc(b.entries, entry{hash: hash}, compareEntries)
	for ; at < len(b.entries) && b.entries[at].hash == hash; at++ {
		if row, ok := b.layer.Find(b.entries[at].key, geo.Unrestricted()); ok && row.SourceID() == id {
			b.met[at] = true
		}
	}
}

// left calls f with every record that was not met and that the reader sees, in
// the order of their keys.
func (b *book) left(reader geo.Reader, f func(*geo.Feature) error) error {
	var keys []geo.Key
	for i, e := range b.entries {
		if !b.met[i] {
			keys = append(keys, e.key)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		if row, ok := b.layer.Find(k, reader); ok {
			if err := f(b.feature(row)); err != nil {
				return err
			}
		}
	}
	return nil
}
