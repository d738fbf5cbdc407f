package api

import (
	"context"
	"io"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/staging"
)

// Sink takes changes.
type Sink interface {
	// Apply commits the Batch durably: all of it, or nothing and the reason.
	Apply(ctx context.Context, b geo.Batch) (geo.Receipt, error)
	// Undo commits a Batch that puts back what the Commit changed, as far as
	// the reader sees it. Where others have built on it, it is refused with a
	// geo.Conflict that holds the Clashes.
	Undo(ctx context.Context, v geo.Version, r geo.Reader, author, reason string) (geo.Receipt, error)
}

// Past tells what was. What a reader may not see does not exist in what it
// tells; a Version of which nothing is left is geo.NotFound.
type Past interface {
	// AsOf returns the state at the Version.
	AsOf(ctx context.Context, v geo.Version) (*layer.Snapshot, error)
	// Commits returns those after the one Version and not after the other, the
	// newest first, at most limit of them.
	Commits(ctx context.Context, r geo.Reader, after, upTo geo.Version, limit int) ([]geo.Commit, error)
	// Changes returns what a Commit did to records, at most limit of them. The
	// records that an import added are counted by its Touches alone.
	Changes(ctx context.Context, v geo.Version, r geo.Reader, limit int) ([]geo.Past, error)
	// History returns the changes of one record, the newest first.
	History(ctx context.Context, collection string, k geo.Key, r geo.Reader) ([]geo.Past, error)
	// DocHistory returns the changes of one document, the newest first.
	DocHistory(ctx context.Context, kind, id string, r geo.Reader) ([]geo.PastDoc, error)
	// Wait returns when a Version after v stands, or ctx has ended.
	Wait(ctx context.Context, v geo.Version) error
}

// Grants tells who is let in.
type Grants interface {
	// Grants returns all grants, those that are over too. It is asked for each
	// request that signs in, and answers at once.
	Grants() ([]geo.Grant, error)
}

// Auditor writes the audit log.
type Auditor interface {
	// Audit takes an entry and returns at once; it is durable within a second.
	// An error means that it was not taken, and that what it tells of must not
	// be done.
	Audit(e geo.Entry) error
}

// AuditLog reads what an Auditor wrote.
type AuditLog interface {
	// Entries returns the lines before the sequence number, 0 for the end of the
	// log, the newest first, at most limit of them.
	Entries(ctx context.Context, before int64, limit int) ([]geo.AuditLine, error)
}

// Imports takes files, says what each would change, and takes it into the
// store. Whom an import does not belong to, it does not exist for: geo.NotFound.
type Imports interface {
	// Begin makes room for a file of the name and size.
	Begin(owner geo.Asker, name string, size int64, o staging.Options) (staging.Import, error)
	// Receive takes a piece of the file, from the offset on, which must be where
	// the last one ended: else a geo.Conflict. What came is kept, whatever the
	// error. With its last byte the file begins to be read.
	Receive(id string, owner geo.Asker, offset int64, piece io.Reader) (staging.Import, error)
	// List returns the imports of the owner, the newest first.
	List(owner geo.Asker) []staging.Import
	Find(id string, owner geo.Asker) (staging.Import, error)
	// Restage reads the file anew by other options.
	Restage(id string, owner geo.Asker, o staging.Options) (staging.Import, error)
	// Rows returns rows of one kind.
	Rows(id string, owner geo.Asker, q staging.Query) (staging.Page, error)
	// Approve takes a staged import into the store, as one Version. Where
	// nothing would change, it makes none and the Receipt is zero. Where what it
	// touches was changed since it was compared, it is refused with a geo.Conflict.
	Approve(ctx context.Context, id string, owner geo.Asker, author, reason string) (geo.Receipt, error)
	// Drop takes an import and its file away.
	Drop(id string, owner geo.Asker) error
	// Since returns the owner's imports to which something happened after the
	// turn, the turn up to which that is true, and what is closed when anything
	// happens to any import.
	Since(turn uint64, owner geo.Asker) ([]staging.Import, uint64, <-chan struct{})
}
