package geo

// Op is what a Change does.
type Op uint8

// The three ops.
const (
	Add     Op = iota // a new record; the store gives its Key
	Replace           // all of the record with the Feature's Key
	Remove            // the record with the Feature's Key
)

// String prints the op for logs and history.
func (o Op) String() string { return [...]string{"add", "replace", "remove"}[o] }

// Change is one act on one record.
type Change struct {
	Collection string
	Op         Op
	Feature    Feature
	IfRev      Version // refuse unless the stored revision is this; 0 is any
}

// Batch is what is committed together: all of it or nothing.
type Batch struct {
	Changes []Change
	Schemas []Schema // new or changed collections, applied before the changes
	Docs    []Doc    // new or changed documents; an empty Body removes one
	Author  string
	Reason  string
	At      Time
}

// Doc is a stored document: a scenario, saved view, indicator or import
// profile. It has the history, backup and as-of that records have.
type Doc struct {
	Kind    string
	ID      string // unique within its Kind
	Title   string
	Body    []byte  // JSON
	Rev     Version // that last wrote it; in a Batch, refuse unless the stored one is this, 0 for any, NewDoc for none
	Class   Class
	Mission string
}

// NewDoc is the Rev of a document in a Batch that must not be there yet.
const NewDoc Version = -1
