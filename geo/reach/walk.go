package reach

import (
	"context"

	"github.com/paulmach/orb"

	"bivouac/geo/queue"
)

// step is a place of the sheet from which one walks on.
type step struct {
	value float64
	at    int32
}

// Before puts those with the most left first.
func (s step) Before(o step) bool {
	if s.value != o.value {
		return s.value > o.value
	}
	return s.at < o.at
}

// walk goes on from the roads until no time is left: from place to place of the
// lattice, in a straight line from where one left the road or last turned, as
// far as no wall stands between (Theta*, Nash, Daniel, Koenig and Felner 2007).
// What is found is a way that can be walked, and so never too far.
func (f *field) walk(ctx context.Context) {
	var open queue.Queue[step]
	for i, v := range f.Values {
		if v > f.Beyond {
			open.Push(step{v, int32(i)})
		}
	}
	for n := 0; len(open) > 0; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return
		}
		x := open.Pop()
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
				open.Push(step{value, int32(r*f.Columns + c)})
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
