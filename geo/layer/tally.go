package layer

import "context"

// Tally counts what a read looked at: for logs, and for tests that a filter
// bounds the search.
type Tally struct{ Nodes, Rows int }

type tallyKey struct{}

// Watch returns a context whose reads of layers add to t. One read at a time
// may use it.
func Watch(ctx context.Context, t *Tally) context.Context {
	return context.WithValue(ctx, tallyKey{}, t)
}

// pulse notices a cancelled context now and then, and counts.
type pulse struct {
	ctx   context.Context
	tally *Tally
	beats int
	err   error
}

// pulseEvery is how many nodes and rows go by between two looks at the
// context: some tens of microseconds.
const pulseEvery = 512

func newPulse(ctx context.Context) *pulse {
	t, _ := ctx.Value(tallyKey{}).(*Tally)
	if t == nil {
		t = &Tally{}
	}
	return &pulse{ctx: ctx, tally: t, err: ctx.Err()}
}

// node and rows report whether to go on.
func (p *pulse) node() bool {
	p.tally.Nodes++
	return p.beat(1)
}

func (p *pulse) rows(n int) bool {
	p.tally.Rows += n
	return p.beat(n)
}

func (p *pulse) beat(n int) bool {
	if p.err != nil {
		return false
	}
	if p.beats += n; p.beats >= pulseEvery {
		p.beats = 0
		p.err = p.ctx.Err()
	}
	return p.err == nil
}
