package gpkg

import (
	"bivouac/data"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// block is rows as the statements of their table take them.
type block struct {
	features []geo.Feature // that they are, where somebody asks
	width    int
	args     []any // a row after the other, as wide as the table
	err      error // ends the blocks
}

func (b *block) rows() int { return len(b.args) / b.width }

func (b *block) row(i int) []any { return b.args[i*b.width : (i+1)*b.width] }

const blockRows = 256

// inBlocks runs fill in a goroutine of its own, while the database takes the
// rows of blocks before, until the channel is at its end or stop is called. Fill
// calls next behind each row that it has put into the block, and ends with its
// error.
func inBlocks(width int, fill func(b *block, next func() error) error) (blocks <-chan block, stop func()) {
	out, done := make(chan block, 4), make(chan struct{})
	go func() {
		defer close(out)
		empty := func() block { return block{width: width, args: make([]any, 0, blockRows*width)} }
		b := empty()
		send := func() error {
			select {
			case out <- b:
				b = empty()
				return nil
			case <-done:
				return errStopped
			}
		}
		err := fill(&b, func() error {
			if b.rows() < blockRows {
				return nil
			}
			return send()
		})
		if err != errStopped {
			b.err = err
			_ = send() // or nobody asks any more
		}
	}()
	return out, func() { close(done) }
}

// recordsOf gives the records of the Version in the order of their keys.
func recordsOf(t *table, v geo.Version, l *layer.Layer) (blocks <-chan block, stop func()) {
	return inBlocks(len(t.all), func(b *block, next func() error) error {
		return l.EachByKey(func(r geo.Row) error {
			if r.Rev() != v {
				return nil
			}
			f := r.Feature()
			var err error
			if b.args, err = t.args(b.args, &f); err != nil {
				return err
			}
			b.features = append(b.features, f)
			return next()
		})
	})
}

// formerOf gives what an import replaces and removes, as the history takes it.
func formerOf(t *table, v geo.Version, in *data.Intake) (blocks <-chan block, stop func()) {
	return inBlocks(len(pastColumns), func(b *block, next func() error) error {
		for _, k := range in.Edited {
			var err error
			if b.args, err = t.past(b.args, v, &data.Edit{Collection: in.Collection, Key: k, Before: in.Before(k)}); err != nil {
				return err
			}
			if err := next(); err != nil {
				return err
			}
		}
		return nil
	})
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
