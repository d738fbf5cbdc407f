package data

import (
	"context"
	"iter"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Vault makes what a Store holds durable, and remembers what it held. One
// Store at a time writes to it; its readers may be many.
type Vault interface {
	// Load reads all that the vault holds. It is asked once.
	Load(ctx context.Context) (*Holdings, error)
	// Commit writes the deeds in their order, in one transaction. When it
	// returns nil they outlive a power cut; else none of them was written.
	Commit(deeds []*Deed) error
	// Intake is Commit of a deed whose records come from a whole layer: those
	// of it that bear the deed's Version.
	Intake(d *Deed, in Intake, l *layer.Layer) error

	// Commits returns those after the one Version and not after the other, the
	// newest first.
	Commits(ctx context.Context, after, upTo geo.Version) iter.Seq2[geo.Commit, error]
	// Edits returns the changes of records, the newest first, without their
	// After. The records that imports added are not among them.
	Edits(ctx context.Context, q EditQuery) iter.Seq2[geo.Past, error]
	// DocEdits returns the changes of documents in the commits after the
	// Version, the newest first, without their After.
	DocEdits(ctx context.Context, after geo.Version) iter.Seq2[geo.PastDoc, error]
	// Intakes returns what imports added after the Version, the newest first.
	Intakes(ctx context.Context, after geo.Version) ([]Intake, error)
	// Schemas returns the collections as they were at the Version.
	Schemas(ctx context.Context, at geo.Version) ([]geo.Schema, error)
	// Marks returns the last Version up to the given one that touched records
	// of each collection, class and mission.
	Marks(ctx context.Context, upTo geo.Version) ([]Mark, error)
}

// Mark is the last Version that touched records of a collection that share a
// class and a mission.
type Mark struct {
	Collection string
	Class      geo.Class
	Mission    string
	Version    geo.Version
}

// Holdings is what a Vault holds at its last Version.
type Holdings struct {
	ID     string // of the store, the same for its whole life
	Layers []*layer.Layer
	Docs   []geo.Doc
	Times  []layer.Moment
	Keys   map[string]geo.Key // the last key given in each collection
}

// Deed is one commit as a Vault writes it.
type Deed struct {
	geo.Commit
	Schemas []geo.Schema // as they are from this Version on
	Edits   []Edit
	Docs    []DocEdit
}

// Edit is one change of one record, with what stood before.
type Edit struct {
	Collection string
	Key        geo.Key
	Before     *geo.Feature // nil for an added record
	After      *geo.Feature // nil for a removed one
}

// DocEdit is one change of one document; nil is a document that is not there.
type DocEdit struct{ Before, After *geo.Doc }

// Intake is the records that an import added, whose keys follow each other, and
// while it is written those that it replaced or removed.
type Intake struct {
	geo.Commit  // without its Touches
	Collection  string
	First, Last geo.Key                    // Last < First where it added none
	Edited      []geo.Key                  // each once
	Before      func(geo.Key) *geo.Feature // what stood under one of Edited, in the fields of the collection
}

// Has reports whether the import added the record.
func (in *Intake) Has(collection string, k geo.Key) bool {
	return in.Collection == collection && in.First <= k && k <= in.Last
}

// EditQuery says which edits are asked for.
type EditQuery struct {
	After, UpTo geo.Version // UpTo 0 is to the last
	Collection  string      // "" is all
	Key         geo.Key     // 0 is all
}
