package pattern_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/pattern"
)

func TestSites(t *testing.T) {
	a, b, c := orb.Point{1, 2}, orb.Point{3, 4}, orb.Point{5, 6}
	s := pattern.NewSites([]orb.Point{b, a, b, c, b, a})
	if fmt.Sprint(s.Points, s.Of) != fmt.Sprint([]orb.Point{b, a, c}, []int32{0, 1, 0, 2, 0, 1}) {
		t.Errorf("%v of %v", s.Points, s.Of)
	}
	if fmt.Sprint(s.Members(0), s.Members(1), s.Members(2)) != "[0 2 4] [1 5] [3]" {
		t.Errorf("%v %v %v", s.Members(0), s.Members(1), s.Members(2))
	}
	if from, to := s.Span(1); from != 3 || to != 5 {
		t.Errorf("%d to %d", from, to)
	}
	if s.Coincident() != 5 || s.Pairs() != 4 {
		t.Errorf("%d coincident, %d pairs", s.Coincident(), s.Pairs())
	}
	if none := pattern.NewSites(nil); len(none.Points) != 0 || none.Coincident() != 0 || none.Pairs() != 0 {
		t.Errorf("%v", none)
	}
}

// TestEach: every number is done once, and a cancelled work says so.
func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 7, 8, 1000} {
		done := make([]int, n)
		err := pattern.Each(context.Background(), n, 8, func(worker, from, to int) {
			if worker < 0 || worker >= pattern.Workers() || to-from > 8 {
				t.Errorf("worker %d does %d to %d", worker, from, to)
			}
			for i := from; i < to; i++ {
				done[i]++
			}
		})
		if err != nil || slices.ContainsFunc(done, func(k int) bool { return k != 1 }) {
			t.Errorf("%d: %v, %v", n, done, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var once sync.Once
	err := pattern.Each(ctx, 1e6, 1, func(int, int, int) { once.Do(cancel) })
	if err != context.Canceled {
		t.Error(err)
	}
}

// TestPermute: each run draws its own numbers, the same ones each time.
func TestPermute(t *testing.T) {
	draw := func(seed uint64) []uint64 {
		out := make([]uint64, 50)
		told := 0
		err := pattern.Permute(context.Background(), seed, len(out), func(done, total int) {
			if told++; done != told || total != 50 {
				t.Errorf("%d of %d", done, total)
			}
		}, func(_, run int, rng *rand.Rand) { out[run] = rng.Uint64() })
		if err != nil || told != 50 {
			t.Error(told, err)
		}
		return out
	}
	first, again, other := draw(1), draw(1), draw(2)
	if !slices.Equal(first, again) || slices.Equal(first, other) {
		t.Error("the numbers do not follow from the seed")
	}
	slices.Sort(first)
	if len(slices.Compact(first)) != 50 {
		t.Error("two runs draw the same numbers")
	}
}
