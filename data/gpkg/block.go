package gpkg

import (
	"bivouac/geo"
	"bivouac/geo/layer"
)

// block is records as the statements of their table take them.
type block struct {
	features []geo.Feature
	width    int
	args     []any // a row for each record, as wide as the table
	err      error // ends the blocks
}

func (b *block) row(i int) []any { return b.args[i*b.width : (i+1)*b.width] }

const blockRows = 256

// blocksOf gives the records of the Version in the order of their keys. They
// are made ready in a goroutine of their own, while the database takes those
// before them, until the channel is at its end or stop is called.
func blocksOf(t *table, v geo.Version, l *layer.Layer) (blocks <-chan block, stop func()) {
	out, done := make(chan block, 4), make(chan struct{})
	go func() {
		defer close(out)
		b := block{width: len(t.all)}
		send := func() bool {
			select {
			case out <- b:
				b = block{width: b.width}
				return true
			case <-done:
				return false
			}
		}
		b.err = l.EachByKey(func(r geo.Row) error {
			if r.Rev() != v {
				return nil
			}
			if b.features == nil {
				b.features = make([]geo.Feature, 0, blockRows)
				b.args = make([]any, 0, blockRows*b.width)
			}
			var err error
			f := r.Feature()
			if b.args, err = t.args(b.args, &f); err != nil {
				return err
			}
			if b.features = append(b.features, f); len(b.features) == blockRows && !send() {
				return errStopped
			}
			return nil
		})
		if b.err != errStopped {
			send()
		}
	}()
	return out, func() { close(done) }
}

// errStopped says that nobody asks for further blocks.
var errStopped = geo.Errorf(geo.Cancelled, "", "the writing was given up")

// filling puts new records into a table. Its statement names only columns in
// which some record so far holds something: most files fill few of the fields
// of a collection, and an empty value costs nearly as much as a full one.
type filling struct {
	w     *writer
	table *table
	named []bool // by column of the table
	into  *inserting
	kept  []any
}

// name makes room for what the block holds.
func (p *filling) name(b *block) {
	more := p.into == nil
	for i, v := range b.args {
		if at := i % b.width; v != nil && !p.named[at] {
			p.named[at], more = true, true
		}
	}
	if !more {
		return
	}
	p.flush()
	var columns []string
	for i, name := range p.table.all {
		if p.named[i] {
			columns = append(columns, name)
		}
	}
	p.into = p.w.inserting(p.table.name(), columns...)
}

func (p *filling) row(args []any) {
	p.kept = p.kept[:0]
	for i, v := range args {
		if p.named[i] {
			p.kept = append(p.kept, v)
		}
	}
	p.into.row(p.kept...)
}

func (p *filling) flush() {
	if p.into != nil {
		p.into.flush()
	}
}
