package reach

import (
	"container/heap"
	"context"

	"github.com/paulmach/orb"
)

// step is a place of the sheet from which one walks on.
type step struct {
	value float64
	at    int32
}

// steps is a heap, those with the most left first.
type steps []step

func (s steps) Len() int { return len(s) }
func (s steps) Less(i, j int) bool {
	if s[i].value != s[j].value {
		return s[i].value > s[j].value
	}
	return s[i].at < s[j].at
}
func (s steps) Swap(i, j int) { s[i], s[j] = s[j], s[i] }
func (s *steps) Push(x any)   { *s = append(*s, x.(step)) }
func (s *steps) Pop() any {
	last := len(*s) - 1
	x := (*s)[last]
	*s = (*s)[:last]
	return x
}

// walk goes on from the roads until no time is left: from place to place of the
// lattice, in a straight line from where one left the road or last turned, as
// far as no wall stands between (Theta*, Nash, Daniel, Koenig and Felner 2007).
// What is found is a way that can be walked, and so never too far.
func (f *field) walk(ctx context.Context) {
	var open steps
	for i, v := range f.Values {
		if v > f.Beyond {
			open = append(open, step{v, int32(i)})
		}
	}
	heap.Init(&open)
	for n := 0; open.Len() > 0; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return
		}
		x := heap.Pop(&open).(step)
		if x.value < f.Values[x.at] || x.value <= 0 || f.from[x.at] != f.from[x.at] { // NaN: behind a wall
			continue
		}
		column, row := int(x.at)%f.Columns, int(x.at)/f.Columns
		for _, d := range [8][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 1}, {-1, 1}, {-1, -1}, {1, -1}} {
			c, r := column+d[0], row+d[1]
			if c < 0 || r < 0 || c >= f.Columns || r >= f.Rows {
				continue
			}
			if value, ok := f.onward(x, r*f.Columns+c); ok {
				heap.Push(&open, step{value, int32(r*f.Columns + c)})
			}
		}
	}
}

// onward walks from one place of the lattice to the next, and returns what is
// left there where that is more than before.
func (f *field) onward(x step, next int) (float64, bool) {
	place := func(i int) orb.Point {
		lon, lat := f.At(i%f.Columns, i/f.Columns)
		return orb.Point{lon, lat}
	}
	here, there, from := place(int(x.at)), place(next), f.from[x.at]
	value := x.value + f.metres(from, here) - f.metres(from, there)
	if value <= f.Values[next] {
		return 0, false
	}
	if f.walls != nil && f.walls.between(from, there) {
		from, value = here, x.value-f.metres(here, there)
		if value <= f.Values[next] || f.walls.between(here, there) {
			return 0, false
		}
	}
	f.Values[next], f.from[next] = value, from
	return value, true
}
