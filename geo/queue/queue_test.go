package queue_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"bivouac/geo/queue"
)

type item struct{ first, second int }

func (a item) Before(b item) bool {
	return a.first < b.first || a.first == b.first && a.second < b.second
}

func compare(a, b item) int {
	return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.second, b.second))
}

// TestQueue holds that the first always comes out, whatever was put in between.
func TestQueue(t *testing.T) {
	const seed = 3
	r := rand.New(rand.NewPCG(seed, seed))
	for range 500 {
		var q queue.Queue[item]
		var held []item
		for range 200 {
			if len(held) > 0 && r.IntN(3) == 0 {
				slices.SortFunc(held, compare)
				if got := q.Pop(); got != held[0] {
					t.Fatalf("seed %d: %v came out of %v", seed, got, held)
				}
				held = held[1:]
				continue
			}
			x := item{r.IntN(20), r.IntN(5)}
			q.Push(x)
			held = append(held, x)
		}
		if len(q) != len(held) {
			t.Fatalf("seed %d: %d items are in it, want %d", seed, len(q), len(held))
		}
	}
}

func BenchmarkQueue(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var q queue.Queue[item]
	for range 10_000 {
		q.Push(item{r.IntN(1e9), 0})
	}
	b.ReportAllocs()
	for b.Loop() {
		x := q.Pop()
		x.first += r.IntN(1e9)
		q.Push(x)
	}
}
