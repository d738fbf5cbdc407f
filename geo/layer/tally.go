package layer

import (
	"context"

	"bivouac/geo"
)

// Tally counts what a read looked at, for logs and for tests that a filter
// bounds the search, and how high what it gave is classified.
type Tally struct {
	Nodes, Rows int
	Classified  int       // rows above unclassified among those given or counted
	Highest     geo.Class // of the rows given or counted
}

// See takes in a row that goes into an answer.
func (t *Tally) See(r geo.Row) { t.see(1, r.Class()) }

func (t *Tally) see(n int, c geo.Class) {
	if c > geo.Unclassified {
		t.Classified += n
		t.Highest = max(t.Highest, c)
	}
}

// Add takes in what another read gave.
func (t *Tally) Add(o Tally) {
	t.Nodes, t.Rows = t.Nodes+o.Nodes, t.Rows+o.Rows
	t.see(o.Classified, o.Highest)
}

// Plain forgets how high the rows are classified, for those that do not go into
// the answer after all.
func (t *Tally) Plain() { t.Classified, t.Highest = 0, geo.Unclassified }

type tallyKey struct{}

// Watch returns a context whose reads of layers add to t. One read at a time
// may use it.
func Watch(ctx context.Context, t *Tally) context.Context {
	return context.WithValue(ctx, tallyKey{}, t)
}

// Within returns a context whose reads add to t alone, and what adds t to the
// Tally that watches ctx: for a part of an answer that states its own marking.
func Within(ctx context.Context, t *Tally) (context.Context, func()) {
	outer, _ := ctx.Value(tallyKey{}).(*Tally)
	return Watch(ctx, t), func() {
		if outer != nil {
			outer.Add(*t)
		}
	}
}

// See takes a row into the Tally that watches ctx, for rows that were found by
// their key: Find knows no context.
func See(ctx context.Context, r geo.Row) {
	if t, _ := ctx.Value(tallyKey{}).(*Tally); t != nil {
		t.See(r)
	}
}

// pulse notices a cancelled context now and then, and counts.
type pulse struct {
	ctx     context.Context
	tally   *Tally
	beats   int32
	watched bool
	err     error
}

// pulseEvery is how many nodes and rows go by between two looks at the
// context: some tens of microseconds.
const pulseEvery = 512

func newPulse(ctx context.Context) *pulse {
	t, watched := ctx.Value(tallyKey{}).(*Tally)
	if !watched {
		t = &Tally{}
	}
	return &pulse{ctx: ctx, tally: t, watched: watched, err: ctx.Err()}
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
	if p.beats += int32(n); p.beats >= pulseEvery {
		p.beats = 0
		p.err = p.ctx.Err()
	}
	return p.err == nil
}
