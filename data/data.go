// Package data holds the store: the only writer of records.
//
// A Store publishes one immutable layer.Snapshot after another. Readers take
// the current one and never lock; a Batch is validated, made durable, and
// then published as a whole. The folders beneath read files, hold the built-in
// schemas and the sample world.
package data
